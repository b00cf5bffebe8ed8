//! The progress of a back-fill.

use super::error::InvalidCursor;
use super::finished::Finished;
use super::rule::RangeRule;
use super::windows::{Window, Windows};
use crate::gateway::Gateway;
use crate::params::Params;
use crate::percent::Percent;
use crate::write::{Encode, Writer};
use sha2::{Digest as _, Sha256};

/// Records which windows of a range are done, so that a later run sends only the others.
///
/// The text of a cursor is one line. Keep it in a file or a database column until the back-fill is
/// complete. The text contains the method, the range, how the range is split, the indexes of the
/// finished windows, and a digest of the request's other fields, but neither the values of these
/// fields nor secrets. Each back-fill needs a cursor of its own. A window that was in flight when
/// the program was killed counts as not done.
///
/// ```
/// use gatespec_protocol::split::Cursor;
///
/// let text = "gatespec-cursor=1 platform=acme method=orders.search from=2023-01-01T00:00:00Z \
///             to=2023-04-01T00:00:00Z at_most=604800s end=excluded unit=second zone=0 done=0-3,5 \
///             check=1d5306b3";
/// let cursor: Cursor = text.parse()?;
/// assert_eq!((cursor.done(), cursor.total()), (5, 13));
/// assert_eq!(cursor.remaining().next().map(|window| window.index), Some(4));
/// assert_eq!(cursor.to_string(), text);
/// assert!(text.replace("0-3", "0-4").parse::<Cursor>().is_err());
/// # Ok::<(), gatespec_protocol::split::InvalidCursor>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor {
    /// The platform's id. All texts in a cursor are percent-encoded.
    pub(super) platform: String,
    pub(super) method: String,
    /// The digest of the request in 16 hexadecimal digits; `None` in cursors of earlier versions.
    pub(super) request: Option<String>,
    pub(super) windows: Windows,
    pub(super) finished: Finished,
}

impl Cursor {
    /// Creates a cursor in which no window is done. The platform's id and the method's name
    /// identify the back-fill.
    pub fn new(platform: &str, method: &str, windows: Windows) -> Cursor {
        Cursor {
            platform: Percent::Rfc3986.encode(platform),
            method: Percent::Rfc3986.encode(method),
            request: None,
            windows,
            finished: Finished::default(),
        }
    }

    /// Adds a digest of the request's fields except the range, and of `others`, which are names and
    /// values that distinguish shops. Only the digest is kept.
    #[must_use]
    pub fn of_request(
        mut self,
        gateway: &Gateway<'_>,
        (request, rule): (&dyn Encode, &RangeRule<'_>),
        others: &[(&str, &str)],
    ) -> Cursor {
        let mut writer = Writer::new(Params::with_room(), gateway.json, gateway.nested);
        request.encode(&mut writer);
        let params = std::mem::take(&mut writer.params);
        let fields = params.iter().map(|param| (param.name, param.value));
        let fields = fields.filter(|(name, _)| !rule.fields.contains(name));
        let mut digest = Sha256::new();
        for (name, value) in fields.chain(others.iter().copied()) {
            for text in [name, value] {
                digest.update(text.len().to_be_bytes());
                digest.update(text);
            }
        }
        let digest = digest.finalize();
        self.request = Some(digest[..8].iter().map(|byte| format!("{byte:02x}")).collect());
        self
    }

    /// Whether the cursor has a digest of its request. Cursors of earlier versions do not have one.
    pub fn knows_request(&self) -> bool {
        self.request.is_some()
    }

    /// Returns this cursor with the request digest of `fresh`, so that it can be resumed with that
    /// request. `fresh` must be a new cursor for the same range.
    ///
    /// # Errors
    /// The same errors as [`check_resumes`](Cursor::check_resumes), except that a different request
    /// is accepted.
    pub fn taken_for(mut self, fresh: &Cursor) -> Result<Cursor, InvalidCursor> {
        self.request.clone_from(&fresh.request);
        self.check_resumes(fresh)?;
        Ok(self)
    }

    /// The range and how it is split. A restarted program takes its range from the cursor, because
    /// "the last 90 days" is a different range each time.
    pub fn windows(&self) -> Windows {
        self.windows
    }

    /// The number of finished windows.
    pub fn done(&self) -> u64 {
        self.finished.count()
    }

    /// The number of windows.
    pub fn total(&self) -> u64 {
        self.windows.count()
    }

    /// Whether all windows are done.
    pub fn is_complete(&self) -> bool {
        self.done() >= self.total()
    }

    /// Whether the window with this index is done.
    pub fn contains(&self, index: u64) -> bool {
        self.finished.contains(index)
    }

    /// Marks a window as done. An index out of range has no effect.
    pub fn finish(&mut self, index: u64) {
        if index < self.total() {
            self.finished.insert(index);
        }
    }

    /// The windows that are not done, earliest first.
    pub fn remaining(&self) -> impl Iterator<Item = Window> + '_ {
        let mut next = 0;
        std::iter::from_fn(move || {
            let window = self.next_missing(next)?;
            next = window.index + 1;
            Some(window)
        })
    }

    /// The first window at or after this index that is not done.
    pub fn next_missing(&self, from: u64) -> Option<Window> {
        self.windows.get(self.finished.next_missing(from))
    }

    /// Checks that this cursor belongs to the same back-fill as `fresh`, which is a new cursor.
    ///
    /// # Errors
    /// The cursor has another platform, method, request or range, or splits the range differently.
    pub fn check_resumes(&self, fresh: &Cursor) -> Result<(), InvalidCursor> {
        let same_method = (&self.platform, &self.method) == (&fresh.platform, &fresh.method);
        if !same_method {
            return Err(InvalidCursor(format!(
                "the cursor is for {} {}, not for {} {}",
                self.platform, self.method, fresh.platform, fresh.method
            )));
        }
        if self.request.is_some() && fresh.request.is_some() && self.request != fresh.request {
            let reason = "the cursor is for a different request: the shop or a field other than the range differs";
            return Err(InvalidCursor(reason.to_owned()));
        }
        let (own, other) = (self.windows, fresh.windows);
        if own == other {
            return Ok(());
        }
        let reason = if own.told(own.grid.offset) == other.told(own.grid.offset) {
            "the format of its times has changed".to_owned()
        } else {
            format!("the range asked for is {other}")
        };
        Err(InvalidCursor(format!(
            "the cursor does not fit: it is for {own}, but {reason}; set the range of the request from `cursor.windows().range()`, or start again without the cursor"
        )))
    }
}

//! What is done of a range.

use super::error::InvalidCursor;
use super::finished::Finished;
use super::rule::RangeRule;
use super::windows::{Window, Windows};
use crate::gateway::Gateway;
use crate::params::Params;
use crate::percent::Percent;
use crate::write::{Encode, Writer};
use sha2::{Digest as _, Sha256};

/// Which windows of a range are done, so that a later run sends only the others.
///
/// As text it is one line, to be kept in a file or a column until the back-fill is complete. It
/// holds the method, the range, the way it is split, numbers of windows, and a digest of the other
/// fields of the request; no value of them and nothing secret. Keep one a back-fill.
/// A window that was under way when the program was killed is not done, for nobody has heard of it.
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
    /// Percent-encoded, as all texts in it.
    pub(super) platform: String,
    pub(super) method: String,
    /// Sixteen hexadecimal digits; a text of an earlier version has none.
    pub(super) request: Option<String>,
    pub(super) windows: Windows,
    pub(super) finished: Finished,
}

impl Cursor {
    /// A cursor of windows of which none is done. The platform's id and the method's name keep it
    /// from being taken for that of another back-fill.
    pub fn new(platform: &str, method: &str, windows: Windows) -> Cursor {
        Cursor {
            platform: Percent::Rfc3986.encode(platform),
            method: Percent::Rfc3986.encode(method),
            request: None,
            windows,
            finished: Finished::default(),
        }
    }

    /// The same of this request: of all its fields but those of the range, and of what else tells two
    /// shops apart. Only a digest of them is kept.
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

    /// Whether the text says of which request it is. That of an earlier version does not.
    pub fn knows_request(&self) -> bool {
        self.request.is_some()
    }

    /// This cursor as one of the request that `fresh` begins, for whose range it must be.
    ///
    /// # Errors
    /// As [`check_resumes`](Cursor::check_resumes), but for the request.
    pub fn taken_for(mut self, fresh: &Cursor) -> Result<Cursor, InvalidCursor> {
        self.request.clone_from(&fresh.request);
        self.check_resumes(fresh)?;
        Ok(self)
    }

    /// The range and how it is split. A program that is started anew sets the range of its request
    /// from here, for "the last 90 days" is another range every time.
    pub fn windows(&self) -> Windows {
        self.windows
    }

    /// How many windows are done.
    pub fn done(&self) -> u64 {
        self.finished.count()
    }

    /// How many windows there are.
    pub fn total(&self) -> u64 {
        self.windows.count()
    }

    /// Every window is done.
    pub fn is_complete(&self) -> bool {
        self.done() >= self.total()
    }

    /// The window of this number is done.
    pub fn contains(&self, index: u64) -> bool {
        self.finished.contains(index)
    }

    /// Takes a window as done. A number that no window has changes nothing.
    pub fn finish(&mut self, index: u64) {
        if index < self.total() {
            self.finished.insert(index);
        }
    }

    /// The windows that are not done, the earliest first.
    pub fn remaining(&self) -> impl Iterator<Item = Window> + '_ {
        let mut next = 0;
        std::iter::from_fn(move || {
            let window = self.next_missing(next)?;
            next = window.index + 1;
            Some(window)
        })
    }

    /// The first window from this number on that is not done.
    pub fn next_missing(&self, from: u64) -> Option<Window> {
        self.windows.get(self.finished.next_missing(from))
    }

    /// Says whether this cursor goes on with what `fresh` begins.
    ///
    /// # Errors
    /// It is of another method, another request, another range, or of windows that are made in another
    /// way.
    pub fn check_resumes(&self, fresh: &Cursor) -> Result<(), InvalidCursor> {
        let same_method = (&self.platform, &self.method) == (&fresh.platform, &fresh.method);
        if !same_method {
            return Err(InvalidCursor(format!(
                "the cursor is of {} {}, not of {} {}",
                self.platform, self.method, fresh.platform, fresh.method
            )));
        }
        if self.request.is_some() && fresh.request.is_some() && self.request != fresh.request {
            let reason = "the cursor is of another request: another shop, or another field besides \
                          the range";
            return Err(InvalidCursor(reason.to_owned()));
        }
        let (own, other) = (self.windows, fresh.windows);
        if own == other {
            return Ok(());
        }
        let reason = if own.to_string() == other.to_string() {
            "the format of its times has changed".to_owned()
        } else {
            format!("the range asked for is {other}")
        };
        Err(InvalidCursor(format!(
            "the cursor does not fit: it is of {own}, and {reason}; set the range of the request \
             from `cursor.windows().range()`, or begin anew without the cursor"
        )))
    }
}

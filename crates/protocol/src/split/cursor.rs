//! What is done of a range.

use super::error::InvalidCursor;
use super::finished::Finished;
use super::windows::{Window, Windows};
use crate::percent::Percent;

/// Which windows of a range are done, so that a later run sends only the others.
///
/// As text it is one line, to be kept in a file or a column until the back-fill is complete. It
/// holds the method, the range, the way it is split, and numbers of windows, no other value of the
/// request and nothing secret. Keep one a back-fill: the text does not tell two shops apart.
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
            windows,
            finished: Finished::default(),
        }
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
    /// It is of another method, another range, or of windows that are made in another way.
    pub fn check_resumes(&self, fresh: &Cursor) -> Result<(), InvalidCursor> {
        let same_method = (&self.platform, &self.method) == (&fresh.platform, &fresh.method);
        if !same_method {
            return Err(InvalidCursor(format!(
                "the cursor is of {} {}, not of {} {}",
                self.platform, self.method, fresh.platform, fresh.method
            )));
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

//! Decides which window is sent next, without I/O, and independently of the client's mode and the
//! request's type.

use gatespec_protocol::datetime::DateTime;
use gatespec_protocol::split::{Cursor, RangeRule, SplitError, Window};
use gatespec_protocol::{Encode, Gateway};

use crate::client::error::{Error, Trouble};

/// The options of a back-fill.
#[derive(Debug)]
pub(super) struct Plan {
    platform: &'static str,
    method: &'static str,
    pub(super) rule: RangeRule<'static>,
    pub(super) concurrency: usize,
    pub(super) cursor: Option<Cursor>,
}

impl Plan {
    pub(super) fn new(
        platform: &'static str,
        method: &'static str,
        rule: RangeRule<'static>,
    ) -> Plan {
        Plan { platform, method, rule, concurrency: 1, cursor: None }
    }

    pub(super) fn start(
        self,
        range: (Option<DateTime>, Option<DateTime>),
        (gateway, request): (&Gateway<'_>, &dyn Encode),
    ) -> Result<Schedule, Error> {
        let Plan { platform, method, rule, concurrency, cursor } = self;
        let fail = |trouble| Error::new(platform, method, trouble);
        let windows = rule.windows(range).map_err(|error| match error {
            SplitError::Range(violations) => fail(Trouble::Validation(violations)),
            SplitError::Rule(problem) => fail(Trouble::Config(problem)),
        })?;
        let fresh =
            Cursor::new(platform, method, windows).of_request(gateway, (request, &rule), &[]);
        let resumed = match cursor {
            Some(cursor) => cursor.check_resumes(&fresh).and_then(|()| cursor.taken_for(&fresh)),
            None => Ok(fresh),
        };
        let cursor = resumed.map_err(|error| fail(Trouble::Config(error.to_string())))?;
        Ok(Schedule { cursor, concurrency, under_way: 0, next: 0, halted: false })
    }
}

/// Which windows are done, in flight, and next.
#[derive(Debug)]
pub(super) struct Schedule {
    cursor: Cursor,
    concurrency: usize,
    under_way: usize,
    /// The index from which to look for windows that have not started. All earlier windows are
    /// done, in flight or failed.
    next: u64,
    halted: bool,
}

impl Schedule {
    /// Returns the next window if a window may start now, and counts it as in flight.
    pub(super) fn begin(&mut self) -> Option<Window> {
        if self.halted || self.under_way >= self.concurrency {
            return None;
        }
        let window = self.cursor.next_missing(self.next)?;
        self.next = window.index + 1;
        self.under_way += 1;
        Some(window)
    }

    /// Records that a window has ended. After a failed window, no further window starts.
    pub(super) fn end(&mut self, window: &Window, answered: bool) {
        self.under_way = self.under_way.saturating_sub(1);
        match answered {
            true => self.cursor.finish(window.index),
            false => self.halt(),
        }
    }

    /// Prevents further windows from starting.
    pub(super) fn halt(&mut self) {
        self.halted = true;
    }

    pub(super) fn concurrency(&self) -> usize {
        self.concurrency
    }

    pub(super) fn cursor(&self) -> &Cursor {
        &self.cursor
    }

    /// The lower and upper bound of the number of windows still to be reported.
    pub(super) fn left(&self) -> (usize, Option<usize>) {
        let most = match self.halted {
            true => Some(self.under_way),
            false => usize::try_from(self.cursor.total() - self.cursor.done()).ok(),
        };
        (self.under_way, most)
    }
}

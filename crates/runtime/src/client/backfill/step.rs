//! What a back-fill tells of one window.

use std::fmt;

use gatespec_protocol::split::Window;

use super::plan::Schedule;
use crate::client::answer::Answer;
use crate::client::error::Error;

/// A window that is answered.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Step<T> {
    /// The window.
    pub window: Window,
    /// Its answer.
    pub answer: Answer<T>,
    /// How many windows are done, this one and those of earlier runs included.
    pub done: u64,
    /// How many windows there are.
    pub total: u64,
}

impl<T> Step<T> {
    /// The data of the answer alone.
    pub fn into_data(self) -> T {
        self.answer.into_data()
    }
}

/// A window that failed.
#[derive(Debug)]
#[non_exhaustive]
pub struct FailedWindow {
    /// The window. It may have been sent: the error says how far it came.
    pub window: Window,
    /// How many windows there are.
    pub total: u64,
    /// Why it failed.
    pub error: Error,
}

impl fmt::Display for FailedWindow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let FailedWindow { window, total, error } = self;
        write!(f, "window {} of {total}, {window}: {error}", window.index + 1)
    }
}

impl std::error::Error for FailedWindow {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        // The error's own text is part of ours; what it was caused by is not.
        self.error.source()
    }
}

/// The error, without its window.
impl From<FailedWindow> for Error {
    fn from(failed: FailedWindow) -> Error {
        failed.error
    }
}

/// Takes a window off the schedule, and tells of it.
pub(super) fn step<T>(
    schedule: &mut Schedule,
    window: Window,
    answer: Result<Answer<T>, Error>,
) -> Result<Step<T>, FailedWindow> {
    schedule.end(&window, answer.is_ok());
    let (done, total) = (schedule.cursor().done(), schedule.cursor().total());
    match answer {
        Ok(answer) => Ok(Step { window, answer, done, total }),
        Err(error) => Err(FailedWindow { window, total, error }),
    }
}

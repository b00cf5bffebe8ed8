//! The outcome of one window of a back-fill.

use std::fmt;

use gatespec_protocol::split::Window;

use super::plan::Schedule;
use crate::client::answer::Answer;
use crate::client::error::Error;

/// A window that was answered.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Step<T> {
    /// The window.
    pub window: Window,
    /// The answer to the window's call.
    pub answer: Answer<T>,
    /// How many windows are done, including this one and those of earlier runs.
    pub done: u64,
    /// How many windows the back-fill has.
    pub total: u64,
}

impl<T> Step<T> {
    /// Returns the data of the answer and drops the rest.
    pub fn into_data(self) -> T {
        self.answer.into_data()
    }
}

/// A window that failed.
#[derive(Debug)]
#[non_exhaustive]
pub struct FailedWindow {
    /// The window. Whether its request was sent follows from the kind of the error.
    pub window: Window,
    /// How many windows the back-fill has.
    pub total: u64,
    /// Why the window failed.
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
        // `Display` shows the error's text, but not the texts of its causes.
        self.error.source()
    }
}

/// Keeps the error and drops the window.
impl From<FailedWindow> for Error {
    fn from(failed: FailedWindow) -> Error {
        failed.error
    }
}

/// Records a window's outcome in the schedule and returns it.
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

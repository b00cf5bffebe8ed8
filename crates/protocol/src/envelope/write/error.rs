//! Why an answer cannot be written.

use std::fmt;

use crate::open::DecryptError;
use crate::template::Unfilled;

/// Why an answer cannot be written.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum WriteError {
    /// The spec knows no shape of a failure.
    NoShape,
    /// Two things would have to stand in one place.
    Blocked {
        /// The path.
        path: String,
    },
    /// A hole of a path stays empty.
    Unfilled(Unfilled),
    /// The data cannot be encrypted.
    Seal(DecryptError),
    /// What was written would be read as something else.
    Misread {
        /// As what.
        as_what: String,
    },
}

impl From<Unfilled> for WriteError {
    fn from(hole: Unfilled) -> WriteError {
        WriteError::Unfilled(hole)
    }
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            WriteError::NoShape => f.write_str("the spec knows no shape of a failure"),
            WriteError::Blocked { path } => {
                write!(f, "something else stands where `{path}` leads through")
            }
            WriteError::Unfilled(hole) => hole.fmt(f),
            WriteError::Seal(error) => write!(f, "the data cannot be encrypted: {error}"),
            WriteError::Misread { as_what } => {
                write!(f, "what was written would be misread: {as_what}")
            }
        }
    }
}

impl std::error::Error for WriteError {}

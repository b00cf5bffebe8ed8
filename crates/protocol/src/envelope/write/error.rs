//! The errors of writing an answer.

use std::fmt;

use crate::open::DecryptError;
use crate::template::Unfilled;

/// Why an answer cannot be written.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum WriteError {
    /// The spec has no shape of a failure.
    NoShape,
    /// Two parts of the answer need the same place.
    Blocked {
        /// The path of one of the two parts.
        path: String,
    },
    /// A placeholder of a path has no value.
    Unfilled(Unfilled),
    /// The data cannot be encrypted.
    Seal(DecryptError),
    /// The written answer would be read as something else.
    Misread {
        /// What the answer would be read as.
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
            WriteError::NoShape => f.write_str("the spec describes no failure"),
            WriteError::Blocked { path } => {
                write!(f, "`{path}` passes through a value that is not an object")
            }
            WriteError::Unfilled(hole) => hole.fmt(f),
            WriteError::Seal(error) => write!(f, "the data cannot be encrypted: {error}"),
            WriteError::Misread { as_what } => {
                write!(f, "the written answer would be misread: {as_what}")
            }
        }
    }
}

impl std::error::Error for WriteError {}

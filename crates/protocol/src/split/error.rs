//! Errors of ranges and cursors.

use std::error::Error;
use std::fmt;

use crate::check::Violation;

/// Why a range cannot be split.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SplitError {
    /// The start or the end of the range is not set, or the range is reversed.
    Range(Vec<Violation>),
    /// The rule does not allow windows.
    Rule(String),
}

impl fmt::Display for SplitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SplitError::Range(violations) => {
                f.write_str("the range cannot be split: ")?;
                for (index, violation) in violations.iter().enumerate() {
                    let separator = if index > 0 { "; " } else { "" };
                    write!(f, "{separator}{violation}")?;
                }
                Ok(())
            }
            SplitError::Rule(problem) => f.write_str(problem),
        }
    }
}

impl Error for SplitError {}

/// The error for a text that is not a cursor, or for a cursor that belongs to another back-fill.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidCursor(pub(super) String);

impl fmt::Display for InvalidCursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Error for InvalidCursor {}

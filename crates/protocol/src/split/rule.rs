//! A platform's limit on the length of a range.

use std::fmt;

use crate::datetime::TimeFormat;
use crate::fact::words;
use crate::rules::TimeSpan;

/// The rule that two times are at most a given time apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RangeRule<'a> {
    /// The wire names of the fields for the start and the end.
    pub fields: [&'a str; 2],
    /// The longest allowed range.
    pub at_most: TimeSpan,
    /// Whether the platform includes a range's end.
    pub end: RangeEnd,
    /// The wire format of both fields.
    pub format: TimeFormat<'a>,
}

words! {
    /// Whether the platform counts a range's last instant as part of it.
    #[derive(Default)]
    pub enum RangeEnd {
        /// It does not: the next window begins at the end of this one.
        #[default]
        Excluded = "excluded",
        /// It does: the next window begins one unit of the wire format after the end of this one.
        Included = "included",
    }
}

/// Writes the word of the spec language.
impl fmt::Display for RangeEnd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

//! A platform's limit on the length of a range.

use std::fmt;

use crate::datetime::TimeFormat;
use crate::fact::words;
use crate::rules::TimeSpan;

/// The rule that the start and the end of a range are at most a given time apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RangeRule<'a> {
    /// The wire names of the fields for the start and the end.
    pub fields: [&'a str; 2],
    /// The longest allowed range.
    pub at_most: TimeSpan,
    /// Whether the platform counts the end of a range as part of it.
    pub end: RangeEnd,
    /// The wire format of both fields.
    pub format: TimeFormat<'a>,
}

words! {
    /// Whether the platform counts the end of a range as part of it.
    #[derive(Default)]
    pub enum RangeEnd {
        /// The end is not part of the range: the next window begins at the end of the previous one.
        #[default]
        Excluded = "excluded",
        /// The end is part of the range: the next window begins one unit of the wire format after
        /// the end of the previous one.
        Included = "included",
    }
}

/// Writes the word that specs use.
impl fmt::Display for RangeEnd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

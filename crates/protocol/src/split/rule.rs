//! What a platform says about the length of a range.

use std::fmt;

use crate::datetime::TimeFormat;
use crate::fact::words;
use crate::rules::TimeSpan;

/// A rule that two times are at most so far apart, as what splits a longer range.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RangeRule<'a> {
    /// The wire names of the fields where the range begins and ends.
    pub fields: [&'a str; 2],
    /// How long a window is at most.
    pub at_most: TimeSpan,
    /// How two neighbours meet.
    pub end: RangeEnd,
    /// How both fields are written.
    pub format: TimeFormat<'a>,
}

words! {
    /// Whether the platform counts the last instant of a range to it: how two windows meet.
    #[derive(Default)]
    pub enum RangeEnd {
        /// The next window begins at the instant at which this one has ended.
        #[default]
        Excluded = "excluded",
        /// The next window begins one unit of the wire format after the end of this one.
        Included = "included",
    }
}

/// As specs say it: `excluded` or `included`.
impl fmt::Display for RangeEnd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

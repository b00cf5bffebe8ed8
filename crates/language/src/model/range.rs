//! The maximum span between two times, and how a longer range is split.

use crate::source::SourceSpan;
use gatespec_protocol::{RangeEnd, TimeSpan};

/// The limit of a `span` rule.
#[derive(Debug, Clone, PartialEq)]
pub struct SpanLimit {
    /// The maximum span between the two times.
    pub at_most: TimeSpan,
    /// Whether a range includes its end, which decides where the next window begins.
    pub end: RangeEnd,
    /// The span of the key `end`; `None` if the default applies.
    pub end_at: Option<SourceSpan>,
}

//! The maximum distance between two times, and how a longer range is split.

use crate::source::SourceSpan;
use gatespec_protocol::{RangeEnd, TimeSpan};

/// The limit of a `span` rule.
#[derive(Debug, Clone, PartialEq)]
pub struct SpanLimit {
    /// The maximum distance of the two times.
    pub at_most: TimeSpan,
    /// How consecutive windows of a longer range meet.
    pub end: RangeEnd,
    /// The span of the key `end`; `None` for the default.
    pub end_at: Option<SourceSpan>,
}

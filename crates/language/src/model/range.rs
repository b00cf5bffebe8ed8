//! How far apart two times may be, and how a longer range is split.

use crate::source::Span;
use gatespec_protocol::{RangeEnd, Span as Length};

/// What a `span` says beside its fields.
#[derive(Debug, Clone, PartialEq)]
pub struct SpanLimit {
    /// They are at most this far apart.
    pub at_most: Length,
    /// How the windows of a longer range meet.
    pub end: RangeEnd,
    /// Where the spec says so; the default otherwise.
    pub end_at: Option<Span>,
}

//! How far apart two times may be, and how a longer range is split.

use crate::source::SourceSpan;
use gatespec_protocol::{RangeEnd, TimeSpan};

/// What a `span` says beside its fields.
#[derive(Debug, Clone, PartialEq)]
pub struct SpanLimit {
    /// They are at most this far apart.
    pub at_most: TimeSpan,
    /// How the windows of a longer range meet.
    pub end: RangeEnd,
    /// Where the spec says so; the default otherwise.
    pub end_at: Option<SourceSpan>,
}

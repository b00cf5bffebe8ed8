//! Places in the sources.

/// Points to a file of a [`SourceMap`](crate::source::SourceMap).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId(pub(crate) u32);

/// A range of bytes in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceSpan {
    /// The file.
    pub source: SourceId,
    /// The first byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl SourceSpan {
    /// A part of this span: `start` and `end` count from its first byte.
    pub fn part(self, start: usize, end: usize) -> Self {
        let clamp = |offset: usize| self.end.min(self.start.saturating_add(offset as u32));
        Self { source: self.source, start: clamp(start), end: clamp(end) }
    }
}

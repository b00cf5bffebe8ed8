//! Ranges of bytes in the spec files.

/// Identifies a file of a [`SourceMap`](crate::source::SourceMap).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId(pub(crate) u32);

/// A range of bytes in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceSpan {
    /// The file.
    pub source: SourceId,
    /// The offset of the first byte.
    pub start: u32,
    /// The offset after the last byte.
    pub end: u32,
}

/// The positions of a text's characters in a file.
#[derive(Debug, Clone, Default)]
pub struct Places {
    whole: Option<SourceSpan>,
    runs: Vec<(usize, SourceSpan)>,
}

impl Places {
    /// Creates positions from runs of characters that are the same in the text and in the file.
    /// Each run has its start in the text, and its span in the file. Runs are in order.
    pub(crate) fn new(
        whole: SourceSpan,
        runs: impl IntoIterator<Item = (usize, SourceSpan)>,
    ) -> Self {
        Self { whole: Some(whole), runs: runs.into_iter().collect() }
    }

    /// The positions of a text of this length that has no quotes, or has quotes but no escapes.
    pub(crate) fn of(whole: SourceSpan, length: usize) -> Self {
        let quotes = (whole.end.saturating_sub(whole.start) as usize).checked_sub(length);
        let inside = match quotes {
            Some(0) => Some(whole),
            Some(2) => Some(whole.part(1, 1 + length)),
            _ => None,
        };
        Self::new(whole, inside.map(|inside| (0, inside)))
    }

    /// The span of a part of the text. If it is unknown, the span of the whole text.
    pub(crate) fn part(&self, start: usize, end: usize) -> Option<SourceSpan> {
        let run = self.runs.iter().rev().find(|(at, _)| *at <= start);
        let part = run.map(|(at, span)| span.part(start - at, end.max(start) - at));
        part.or(self.whole)
    }
}

impl SourceSpan {
    /// A part of this span. `start` and `end` are offsets from its first byte.
    pub fn part(self, start: usize, end: usize) -> Self {
        let clamp = |offset: usize| self.end.min(self.start.saturating_add(offset as u32));
        Self { source: self.source, start: clamp(start), end: clamp(end) }
    }
}

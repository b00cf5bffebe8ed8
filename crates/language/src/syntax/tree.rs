//! The tree of a YAML document.

use crate::span::{Places, SourceSpan};

/// A value.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    /// The span. For a collection, the span of its beginning.
    pub span: SourceSpan,
    pub kind: NodeKind,
}

/// The kinds of values.
#[derive(Debug, Clone)]
pub(crate) enum NodeKind {
    /// `~`, or no value at all.
    Null,
    /// A scalar. It is kept as text, whatever it looks like.
    Text {
        /// The characters.
        text: String,
        /// The position of each line of the text. Empty if the scalar has escapes.
        runs: Vec<Run>,
    },
    /// A sequence.
    List(Vec<Node>),
    /// A mapping, in the order of the file.
    Map(Vec<Entry>),
    /// A value that cannot be read. It has been reported and causes no further errors.
    Broken,
}

/// A run of a scalar's characters that are written in the file exactly as in its text, without
/// escapes or folding.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Run {
    /// The offset of the first character in the scalar's text.
    pub at: usize,
    /// The span in the file.
    pub span: SourceSpan,
}

/// A key with its value.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub key: String,
    pub key_span: SourceSpan,
    pub value: Node,
}

impl Node {
    /// The span of a part of a scalar's text. If it is unknown, the span of the whole scalar.
    pub(crate) fn part(&self, start: usize, end: usize) -> SourceSpan {
        let NodeKind::Text { runs, .. } = &self.kind else { return self.span };
        let run = runs.iter().rev().find(|run| run.at <= start);
        run.map_or(self.span, |run| run.span.part(start - run.at, end.max(start) - run.at))
    }

    /// The positions of a scalar's characters.
    pub(crate) fn places(&self) -> Places {
        let runs = match &self.kind {
            NodeKind::Text { runs, .. } => runs.as_slice(),
            _ => &[],
        };
        Places::new(self.span, runs.iter().map(|run| (run.at, run.span)))
    }

    /// The noun that messages use for this kind of value.
    pub(crate) fn describe(&self) -> &'static str {
        match self.kind {
            NodeKind::Null => "nothing",
            NodeKind::Text { .. } => "a text",
            NodeKind::List(_) => "a list",
            NodeKind::Map(_) => "a map",
            NodeKind::Broken => "unreadable",
        }
    }
}

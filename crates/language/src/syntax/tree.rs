//! The tree of a YAML document.

use crate::span::{Places, SourceSpan};

/// A value.
#[derive(Debug, Clone)]
pub struct Node {
    /// Its place; of a collection, where it begins.
    pub span: SourceSpan,
    /// What it is.
    pub kind: NodeKind,
}

/// The kinds of values.
#[derive(Debug, Clone)]
pub enum NodeKind {
    /// A bare `~`, or nothing.
    Null,
    /// A scalar: its characters, never a number or a boolean.
    Text {
        /// The characters.
        text: String,
        /// Where they stand, line by line; empty where escapes stand for characters.
        runs: Vec<Run>,
    },
    /// A sequence.
    List(Vec<Node>),
    /// A mapping, in the order of the file.
    Map(Vec<Entry>),
    /// Something that could not be read, which is reported already. Nothing else is said about it.
    Broken,
}

/// Characters of a scalar that stand in the file as they are.
#[derive(Debug, Clone, Copy)]
pub struct Run {
    /// Where the run begins in the scalar's text.
    pub at: usize,
    /// Its place in the file.
    pub span: SourceSpan,
}

/// A key with its value.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The key.
    pub key: String,
    /// The place of the key.
    pub key_span: SourceSpan,
    /// The value.
    pub value: Node,
}

impl Node {
    /// The place of a part of the scalar's text; the whole scalar if that is not known.
    pub fn part(&self, start: usize, end: usize) -> SourceSpan {
        let NodeKind::Text { runs, .. } = &self.kind else { return self.span };
        let run = runs.iter().rev().find(|run| run.at <= start);
        run.map_or(self.span, |run| run.span.part(start - run.at, end.max(start) - run.at))
    }

    /// Where the characters of a scalar are.
    pub fn places(&self) -> Places {
        let runs = match &self.kind {
            NodeKind::Text { runs, .. } => runs.as_slice(),
            _ => &[],
        };
        Places::new(self.span, runs.iter().map(|run| (run.at, run.span)))
    }

    /// What a message calls it.
    pub fn describe(&self) -> &'static str {
        match self.kind {
            NodeKind::Null => "nothing",
            NodeKind::Text { .. } => "a text",
            NodeKind::List(_) => "a list",
            NodeKind::Map(_) => "a map",
            NodeKind::Broken => "unreadable",
        }
    }
}

//! Converts spans to lines and columns.

use crate::source::{Source, SourceId, SourceMap};
use crate::span::SourceSpan;
use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;

/// Converts spans to places. Each file is searched for line breaks only once.
pub(super) struct Places<'a> {
    sources: &'a SourceMap,
    lines: RefCell<HashMap<SourceId, Rc<[usize]>>>,
}

/// A span as tools expect it. Lines and columns count from 1, columns count characters, and the end
/// is exclusive.
pub(super) struct Place<'a> {
    pub(super) source: &'a Source,
    pub(super) bytes: Range<usize>,
    pub(super) line: usize,
    pub(super) column: usize,
    pub(super) end_line: usize,
    pub(super) end_column: usize,
    /// The bytes of the lines that the span is in, without the last line break.
    pub(super) lines: Range<usize>,
}

impl<'a> Places<'a> {
    pub(super) fn new(sources: &'a SourceMap) -> Self {
        Self { sources, lines: RefCell::default() }
    }

    pub(super) fn place(&self, span: SourceSpan) -> Place<'a> {
        let source = self.sources.get(span.source);
        let text = source.text.as_str();
        let (start, end) = bytes_of(text, span);
        let lines = self.lines_of(span.source);
        let line_at = |byte: usize| lines.partition_point(|line| *line <= byte);
        let column = |line: usize, byte: usize| text[lines[line - 1]..byte].chars().count() + 1;
        let (line, end_line) = (line_at(start), line_at(end));
        let last = lines.get(end_line).map_or(text.len(), |next| next - 1);
        Place {
            source,
            bytes: start..end,
            line,
            column: column(line, start),
            end_line,
            end_column: column(end_line, end),
            lines: lines[line - 1]..last.max(end),
        }
    }

    /// The start of each line of a file.
    fn lines_of(&self, id: SourceId) -> Rc<[usize]> {
        let mut known = self.lines.borrow_mut();
        let lines = known.entry(id).or_insert_with(|| {
            let breaks = self.sources.get(id).text.match_indices('\n').map(|(at, _)| at + 1);
            std::iter::once(0).chain(breaks).collect()
        });
        Rc::clone(lines)
    }
}

/// A span as byte offsets at character boundaries.
pub(super) fn bytes_of(text: &str, span: SourceSpan) -> (usize, usize) {
    let boundary = |offset: u32| {
        let mut at = (offset as usize).min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let start = boundary(span.start);
    (start, boundary(span.end).max(start))
}

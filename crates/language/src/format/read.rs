//! Divides the text of a spec into pieces.

use super::piece::{Collection, Comment, Entry, Piece};
use crate::syntax::{Token, tokens};
use std::collections::VecDeque;
use std::ops::Range;
use unicode_width::UnicodeWidthStr;

/// The pieces of a file.
#[derive(Debug)]
pub(super) struct File<'t> {
    /// The comments at the beginning of the file, which stay there.
    pub(super) head: Vec<Comment<'t>>,
    pub(super) root: Piece<'t>,
}

/// Reads a file. Returns `None` if it is not YAML, or has a part that cannot be formatted.
pub(super) fn read(text: &str) -> Option<File<'_>> {
    let (tokens, comments) = tokens(text)?;
    let comments = comments.into();
    let mut reader =
        Reader { text, comments, open: Vec::new(), head: Vec::new(), root: None, end: 0 };
    for (token, range) in tokens {
        reader.token(&token, range)?;
    }
    let rest: Vec<_> = reader.comments.iter().map(|range| reader.comment(range)).collect();
    match &mut reader.root {
        Some(Piece::Collection(root)) => root.below.extend(rest),
        _ => reader.head.extend(rest),
    }
    Some(File { head: reader.head, root: reader.root.unwrap_or(Piece::Absent) })
}

/// The text of every comment.
pub(super) fn comments(text: &str) -> Option<Vec<&str>> {
    let (_, comments) = tokens(text)?;
    Some(comments.iter().map(|range| text_of(text, range)).collect())
}

/// A collection whose end has not been read yet.
struct Frame<'t> {
    collection: Collection<'t>,
    /// The entry whose value has not been read yet.
    entry: Option<Entry<'t>>,
    /// The comments before the collection, which belong to its first entry.
    carried: Vec<Comment<'t>>,
    /// The position of the key or dash before the collection.
    outer: Option<usize>,
}

struct Reader<'t> {
    text: &'t str,
    /// The comments that belong to no piece yet, in order.
    comments: VecDeque<Range<usize>>,
    open: Vec<Frame<'t>>,
    head: Vec<Comment<'t>>,
    root: Option<Piece<'t>>,
    /// The end of the last scalar or bracket that was read.
    end: usize,
}

impl<'t> Reader<'t> {
    fn token(&mut self, token: &Token<'_>, range: Range<usize>) -> Option<()> {
        match token {
            Token::Scalar { text, is_block } => self.scalar(text, *is_block, range),
            Token::Begin { is_map, is_flow } => self.begin(*is_map, *is_flow, &range),
            Token::End => self.finish(&range),
        }
    }

    fn scalar(&mut self, value: &str, is_block: bool, range: Range<usize>) -> Option<()> {
        let written = self.text.get(range.clone())?;
        let frame = self.open.last();
        let is_key = frame.is_some_and(|one| one.collection.is_map && one.entry.is_none());
        if is_key {
            // A key over several lines would need a `?`.
            if written.is_empty() || written.contains('\n') {
                return None;
            }
            self.start(range.start);
            self.open.last_mut()?.entry.as_mut()?.key = written;
            self.end = range.end;
            return Some(());
        }
        let (piece, above) = if is_block {
            let header = self.header(range.start)?;
            let mut above = self.start(header);
            let piece = self.block(value, header, &range)?;
            // A comment may follow on the line of the header.
            self.end = header;
            above.extend(self.start(range.start));
            // A block scalar extends to the next token. If it keeps the empty lines at its end,
            // they belong to its text and do not separate entries.
            let keeps = matches!(&piece, Piece::Block(header, _) if header.contains('+'));
            let end = if keeps { written.rfind('\n').map(|end| end + 1) } else { None };
            self.end = range.start + end.unwrap_or(written.trim_end().len());
            (piece, above)
        } else {
            let above = self.start(range.start);
            self.end = range.end;
            (if written.is_empty() { Piece::Absent } else { Piece::Scalar(written) }, above)
        };
        if let Some(entry) = self.open.last_mut().and_then(|frame| frame.entry.as_mut()) {
            entry.above.extend(above);
            if !matches!(piece, Piece::Block(..)) {
                entry.beside = entry.beside_key.take();
            }
        }
        self.value(piece);
        Some(())
    }

    /// The position of the `|` or `>` before the lines of a block scalar.
    fn header(&self, lines: usize) -> Option<usize> {
        let comments = self.comments.iter().take_while(|comment| comment.start < lines);
        let is_comment = |at: &usize| comments.clone().any(|comment| comment.contains(at));
        let gap = self.text.get(self.end..lines)?;
        let mut signs = gap.match_indices(['|', '>']).map(|(at, _)| self.end + at);
        signs.rfind(|at| !is_comment(at))
    }

    /// A literal or folded scalar. `at` is the position of its header, and `range` covers its
    /// lines.
    fn block(&self, value: &str, at: usize, range: &Range<usize>) -> Option<Piece<'t>> {
        let before = self.text.get(at..range.start)?;
        let header = before.split([' ', '\t', '\n', '#']).next()?;
        let first = at + before.find('\n')? + 1;
        let body = self.text.get(first..range.end)?;
        let mut lines: Vec<&str> = body.split('\n').collect();
        // Removes the indentation of the next token, which follows the last line.
        lines.pop_if(|line| line.trim().is_empty());
        let leading = |line: &str| line.len() - line.trim_start_matches(' ').len();
        let written = lines.iter().find(|line| !line.trim().is_empty());
        let meant = value.split('\n').find(|line| !line.trim().is_empty());
        let indent =
            written.map_or(0, |line| leading(line)).checked_sub(meant.map_or(0, leading))?;
        let lines = lines.into_iter().map(|line| line.get(indent..).unwrap_or_default());
        let mut lines: Vec<_> = lines.collect();
        if !header.contains('+') {
            while lines.pop_if(|line| line.is_empty()).is_some() {}
        }
        Some(Piece::Block(header, lines))
    }

    fn begin(&mut self, is_map: bool, is_flow: bool, range: &Range<usize>) -> Option<()> {
        let frame = self.open.last();
        // The collection is used as a key.
        if frame.is_some_and(|one| one.collection.is_map && one.entry.is_none()) {
            return None;
        }
        let outer = frame.map(|frame| match &frame.entry {
            Some(entry) => entry.key.as_ptr() as usize - self.text.as_ptr() as usize,
            None => self.beginning(range.start),
        });
        let carried = self.start(range.start);
        if is_flow {
            self.end = range.end;
        }
        let collection = Collection { is_map, is_flow, entries: Vec::new(), below: Vec::new() };
        self.open.push(Frame { collection, entry: None, carried, outer });
        Some(())
    }

    fn finish(&mut self, range: &Range<usize>) -> Option<()> {
        let mut frame = self.open.pop()?;
        while let Some(next) = self.comments.front().filter(|next| next.start < range.start) {
            let found = self.comment(next);
            let is_beside = self.is_beside(next);
            let outer = frame.outer.filter(|_| !frame.collection.is_flow);
            let is_inside = outer.is_none_or(|outer| found.column > column(self.text, outer));
            match frame.collection.entries.last_mut().filter(|last| last.beside.is_none()) {
                Some(last) if is_beside => last.beside = Some(found),
                _ if is_beside || is_inside => frame.collection.below.push(found),
                // This comment and all later ones belong to a collection around this one.
                _ => break,
            }
            self.comments.pop_front();
        }
        if frame.collection.is_flow {
            self.end = range.end;
        }
        // If a list contains a list or map, the first entry of the inner one is on the line of the
        // outer dash. The comments above this entry therefore belong above the dash.
        let above = match frame.collection.entries.first_mut() {
            Some(first) => std::mem::take(&mut first.above),
            None => std::mem::take(&mut frame.carried),
        };
        let list = self.open.last_mut().filter(|parent| !parent.collection.is_map);
        match (list.and_then(|parent| parent.entry.as_mut()), frame.collection.entries.first_mut())
        {
            (Some(item), _) => item.above.extend(above),
            (None, Some(first)) => first.above = above,
            (None, None) => frame.collection.below.splice(0..0, above).for_each(drop),
        }
        self.value(Piece::Collection(frame.collection));
        Some(())
    }

    /// Assigns the comments before a key or value that starts here, and creates the entry that
    /// begins with it. Returns the comments between a key and its value.
    fn start(&mut self, start: usize) -> Vec<Comment<'t>> {
        let mut above = Vec::new();
        while self.comments.front().is_some_and(|next| next.start < start) {
            let Some(next) = self.comments.pop_front() else { break };
            let found = self.comment(&next);
            let is_beside = self.is_beside(&next);
            let Some(frame) = self.open.last_mut() else {
                self.head.push(found);
                continue;
            };
            let beside = match &mut frame.entry {
                Some(entry) => Some(&mut entry.beside_key),
                None => frame.collection.entries.last_mut().map(|last| &mut last.beside),
            };
            match beside.filter(|beside| is_beside && beside.is_none()) {
                Some(beside) => *beside = Some(found),
                None => above.push(found),
            }
        }
        let at = self.beginning(start);
        let blank = self.open.last().is_some_and(|frame| !frame.collection.is_flow)
            && self.is_blank_before(at);
        let Some(frame) = self.open.last_mut() else { return above };
        if frame.entry.is_some() {
            return above;
        }
        let mut all = std::mem::take(&mut frame.carried);
        all.append(&mut above);
        let (key, value) = ("", Piece::Absent);
        frame.entry = Some(Entry { above: all, blank, key, beside_key: None, value, beside: None });
        Vec::new()
    }

    /// Adds a value that has been read completely.
    fn value(&mut self, piece: Piece<'t>) {
        let Some(frame) = self.open.last_mut() else {
            self.root.get_or_insert(piece);
            return;
        };
        if let Some(entry) = frame.entry.take() {
            frame.collection.entries.push(Entry { value: piece, ..entry });
        }
    }

    /// Whether a comment is on the line on which the last token ends.
    fn is_beside(&self, comment: &Range<usize>) -> bool {
        let is_in_a_line = self.end > 0 && !self.text[..self.end].ends_with('\n');
        is_in_a_line && !self.text[self.end..comment.start].contains('\n')
    }

    fn comment(&self, range: &Range<usize>) -> Comment<'t> {
        Comment {
            text: text_of(self.text, range),
            column: column(self.text, range.start),
            blank: self.is_blank_before(range.start),
        }
    }

    /// Whether the line above a position is empty and does not belong to the last scalar.
    fn is_blank_before(&self, at: usize) -> bool {
        let Some(line) = self.text[..at].rfind('\n') else { return false };
        let before = self.text[..line].rfind('\n').map_or(0, |end| end + 1);
        before >= self.end && self.text[before..line].trim().is_empty()
    }

    /// The beginning of the entry whose key or item starts here: the start of the key, or the dash
    /// of the item.
    fn beginning(&self, start: usize) -> usize {
        let frame = self.open.last();
        if frame.is_none_or(|frame| frame.collection.is_map || frame.collection.is_flow) {
            return start;
        }
        // There may be comments between a dash and its item.
        let line_of = |at: usize| self.text[..at].rfind('\n').map_or(0, |end| end + 1);
        let mut before = self.text[..start].trim_end();
        while !before.ends_with('-') {
            let line = line_of(before.len());
            match before[line..].find('#') {
                Some(comment) => before = before[..line + comment].trim_end(),
                None => return start,
            }
        }
        before.len() - 1
    }
}

/// The text of a comment without the spaces at its end.
fn text_of<'t>(text: &'t str, comment: &Range<usize>) -> &'t str {
    text[comment.clone()].trim_end()
}

fn column(text: &str, at: usize) -> usize {
    let line = text[..at].rfind('\n').map_or(0, |end| end + 1);
    text[line..at].width()
}

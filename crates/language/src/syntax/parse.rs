//! Builds a tree from the events of a YAML parser in one pass, without recursion and with limited
//! depth.

use super::broken;
use super::mask::Mask;
use super::place::{Found, Place};
use super::runs::runs;
use super::tree::{Entry, Node, NodeKind};
use crate::diagnostic::{Diagnostic, Sink, rules};
use crate::source::{SourceId, SourceMap, SourceSpan};
use granit_parser::{ErrorKind, Event, Options, Parser, ScalarStyle, ScanError, Tag};
use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

const MAX_DEPTH: usize = 64;

/// Parses one file. Parts that cannot be read are reported and become [`NodeKind::Broken`]. Returns
/// `None` if nothing can be read. The tree of an empty file is null.
pub(crate) fn parse(sources: &SourceMap, id: SourceId, sink: &mut Sink) -> Option<Node> {
    let mut mask = Mask::of(&sources.get(id).text);
    loop {
        let mut builder = Builder {
            source: id,
            text: mask.text(),
            sink,
            open: Vec::new(),
            root: None,
            documents: 0,
            end: 0,
        };
        let Err(place) = builder.run() else {
            let empty = SourceSpan { source: id, start: 0, end: 0 };
            let root = builder.root.take();
            let root = root.unwrap_or(Node { span: empty, kind: NodeKind::Null });
            return Some(mask.mark(root));
        };
        // If no entry can be hidden, or the file is nested too deeply, nothing of it can be read.
        if !place.is_some_and(|place| mask.hide(place as usize)) {
            return None;
        }
    }
}

/// A collection whose end has not been read yet.
struct Frame {
    node: Node,
    key: Option<(String, SourceSpan)>,
    /// The first occurrence of each key, with which duplicates are found.
    seen: HashMap<String, SourceSpan>,
}

struct Builder<'a> {
    source: SourceId,
    text: &'a str,
    sink: &'a mut Sink,
    open: Vec<Frame>,
    root: Option<Node>,
    documents: usize,
    /// The end of the last event that was read.
    end: usize,
}

impl Builder<'_> {
    /// Reads the text. The error is the position at which reading had to stop, or `None` if the
    /// rest of the file cannot be read either.
    fn run(&mut self) -> Result<(), Option<u32>> {
        let mut options = Options::default();
        options.flow_nesting_limit = MAX_DEPTH;
        options.block_nesting_limit = MAX_DEPTH;
        options.emit_anchor_events = true;
        options.emit_unresolved_aliases = true;
        options.set_emit_comments(false);
        for event in Parser::new_from_str_with_options(self.text, options) {
            match event {
                Ok((event, span)) => {
                    self.event(event, span);
                    self.end = span.byte_range().map_or(self.end, |range| range.end);
                }
                Err(error) => return Err(self.scan_error(&error)),
            }
            if self.documents > 1 {
                break;
            }
        }
        Ok(())
    }

    fn event(&mut self, event: Event<'_>, span: granit_parser::Span) {
        if let Some(tag) = event.tag() {
            self.refuse_tag(tag, self.span(&span.tag_span().unwrap_or(span)));
        }
        let span = self.span(&span);
        match event {
            Event::DocumentStart(..) => self.document(span),
            Event::Scalar(text, style, ..) => {
                let node = self.scalar(text, style, span);
                self.value(node);
            }
            Event::SequenceStart(..) => self.begin(NodeKind::List(Vec::new()), span),
            Event::MappingStart(..) => self.begin(NodeKind::Map(Vec::new()), span),
            Event::SequenceEnd | Event::MappingEnd => {
                if let Some(frame) = self.open.pop() {
                    self.value(frame.node);
                }
            }
            Event::Anchor(_, name) => self.refuse_anchor(&format!("the anchor `&{name}`"), span),
            // An alias needs no error of its own: its anchor has been reported already.
            Event::Alias(_) => self.value(Node { span, kind: NodeKind::Broken }),
            Event::UnresolvedAlias(name) => {
                self.refuse_anchor(&format!("the alias `*{name}`"), span);
                self.value(Node { span, kind: NodeKind::Broken });
            }
            _ => {}
        }
    }

    fn span(&self, span: &granit_parser::Span) -> SourceSpan {
        let range = span.byte_range().unwrap_or(0..0);
        SourceSpan { source: self.source, start: range.start as u32, end: range.end as u32 }
    }

    fn document(&mut self, span: SourceSpan) {
        self.documents += 1;
        if self.documents > 1 {
            self.error(
                Diagnostic::at(
                    rules::SEVERAL_DOCUMENTS,
                    span,
                    "a second YAML document begins here",
                )
                .help("put each method in a file of its own"),
            );
        }
    }

    fn error(&mut self, diagnostic: Diagnostic) {
        self.sink.report(diagnostic);
    }

    fn refuse_tag(&mut self, tag: &Tag, span: SourceSpan) {
        let message = format!("the tag `{}` is not supported", tag.original());
        self.error(Diagnostic::at(rules::TAG, span, message));
    }

    fn refuse_anchor(&mut self, what: &str, span: SourceSpan) {
        self.error(Diagnostic::at(
            rules::ANCHOR,
            span,
            format!("{what} is not supported in specs"),
        ));
    }

    fn scalar(&self, text: Cow<'_, str>, style: ScalarStyle, span: SourceSpan) -> Node {
        if style == ScalarStyle::Plain && (text.is_empty() || text == "~") {
            return Node { span, kind: NodeKind::Null };
        }
        let written = self.text.get(span.start as usize..span.end as usize).unwrap_or_default();
        // The parser's span of a block scalar extends up to the next token.
        let written = written.trim_end_matches([' ', '\n', '\r', '\t']);
        let span = span.part(0, written.len());
        let runs = runs(&text, written, span);
        Node { span, kind: NodeKind::Text { text: text.into_owned(), runs } }
    }

    fn begin(&mut self, kind: NodeKind, span: SourceSpan) {
        // A collection in the place of a key is reported once it has been read completely.
        self.open.push(Frame { node: Node { span, kind }, key: None, seen: HashMap::new() });
    }

    /// Adds a value that has been read completely to the collection that contains it.
    fn value(&mut self, node: Node) {
        let Some(frame) = self.open.last_mut() else {
            self.root.get_or_insert(node);
            return;
        };
        match &mut frame.node.kind {
            NodeKind::List(items) => items.push(node),
            NodeKind::Map(entries) => match frame.key.take() {
                Some((key, key_span)) => {
                    // Parts that cannot be read and duplicate keys cause no further errors.
                    let unread = key.is_empty() && matches!(node.kind, NodeKind::Null);
                    let kind = if unread { NodeKind::Broken } else { node.kind };
                    let value = Node { span: node.span, kind };
                    if frame.seen.get(&key).is_none_or(|first| *first == key_span) {
                        entries.push(Entry { key, key_span, value });
                    }
                }
                None => self.key(node),
            },
            NodeKind::Null | NodeKind::Text { .. } | NodeKind::Broken => {}
        }
    }

    fn key(&mut self, node: Node) {
        let key = match node.kind {
            NodeKind::Text { text, .. } => text,
            NodeKind::Null => "~".to_owned(),
            NodeKind::List(_) | NodeKind::Map(_) | NodeKind::Broken => {
                self.error(
                    Diagnostic::at(
                        rules::KEY_NOT_TEXT,
                        node.span,
                        "a list or a map cannot be a key",
                    )
                    .help("put a text that begins with `{` or `[` in quotes"),
                );
                String::new()
            }
        };
        let Some(frame) = self.open.last_mut() else { return };
        let first = frame.seen.get(&key).copied();
        frame.seen.entry(key.clone()).or_insert(node.span);
        frame.key = Some((key, node.span));
        if let Some((first, (key, _))) =
            first.zip(frame.key.as_ref()).filter(|(_, (key, _))| !key.is_empty())
        {
            let message = format!("duplicate key `{key}`");
            self.error(
                Diagnostic::at(rules::DUPLICATE_KEY, node.span, message)
                    .also(first, "first used here"),
            );
        }
    }

    /// Reports an error of the YAML parser: its reason and its position.
    fn scan_error(&mut self, error: &ScanError) -> Option<u32> {
        let marked = error.marker().byte_offset().unwrap_or(self.text.len()).min(self.text.len());
        let open = self.open.last().map(|frame| frame.node.span.start as usize);
        let place = Place { text: self.text, marked, read: self.end.min(marked), open };
        let Found { at, message, help, opened } = broken::explain(error.kind(), &place);
        let span = |range: &Range<usize>| SourceSpan {
            source: self.source,
            start: range.start as u32,
            end: range.end as u32,
        };
        let deep = matches!(error.kind(), ErrorKind::RecursionLimitExceeded);
        let diagnostic = if deep {
            let message = format!("collections are nested more than {MAX_DEPTH} levels deep");
            Diagnostic::at(rules::TOO_DEEP, span(&at), message)
        } else {
            Diagnostic::at(rules::YAML, span(&at), format!("invalid YAML: {message}"))
        };
        let diagnostic = help.into_iter().filter(|_| !deep).fold(diagnostic, Diagnostic::help);
        let diagnostic = opened
            .iter()
            .filter(|_| !deep)
            .fold(diagnostic, |diagnostic, opened| diagnostic.also(span(opened), "opened here"));
        // If the line has an error already, the parser's error is not reported too: both may come
        // from one missing quote.
        if !self.sink.has_error_in(
            self.source,
            self.text[..at.start].rfind('\n').map_or(0, |line| line + 1)..at.end,
        ) {
            self.error(diagnostic);
        }
        (!deep).then_some(at.start as u32)
    }
}

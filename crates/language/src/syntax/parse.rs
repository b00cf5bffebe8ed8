//! Text to tree, with an event parser: one pass, no recursion, limited depth.

use super::tree::{Entry, Node, NodeKind, Run};
use crate::diagnostic::{Diagnostic, Sink, rules};
use crate::source::{SourceId, SourceMap, SourceSpan};
use granit_parser::{ErrorKind, Event, Options, Parser, ScalarStyle, ScanError, Tag};
use std::borrow::Cow;
use std::collections::HashMap;

const MAX_DEPTH: usize = 64;

/// Parses one file. `None` after an error; a file without content is a null.
pub fn parse(sources: &SourceMap, id: SourceId, sink: &mut Sink) -> Option<Node> {
    let text = &sources.get(id).text;
    let mut builder = Builder {
        source: id,
        text,
        sink,
        open: Vec::new(),
        root: None,
        documents: 0,
        failed: false,
    };
    let mut options = Options::default();
    options.flow_nesting_limit = MAX_DEPTH;
    options.block_nesting_limit = MAX_DEPTH;
    options.emit_anchor_events = true;
    options.emit_unresolved_aliases = true;
    options.set_emit_comments(false);
    for event in Parser::new_from_str_with_options(text, options) {
        match event {
            Ok((event, span)) => builder.event(event, span),
            Err(error) => {
                builder.scan_error(&error);
                break;
            }
        }
        if builder.documents > 1 {
            break;
        }
    }
    let empty = Node { span: SourceSpan { source: id, start: 0, end: 0 }, kind: NodeKind::Null };
    if builder.failed { None } else { Some(builder.root.unwrap_or(empty)) }
}

/// A collection that is still open.
struct Frame {
    node: Node,
    key: Option<(String, SourceSpan)>,
    /// Where each key stood first; duplicate keys are refused.
    seen: HashMap<String, SourceSpan>,
}

struct Builder<'a> {
    source: SourceId,
    text: &'a str,
    sink: &'a mut Sink,
    open: Vec<Frame>,
    root: Option<Node>,
    documents: usize,
    failed: bool,
}

impl Builder<'_> {
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
            // Of an alias to a known anchor, the anchor is the mistake, and said already.
            Event::Alias(_) => self.value(Node { span, kind: NodeKind::Null }),
            Event::UnresolvedAlias(name) => {
                self.refuse_anchor(&format!("the alias `*{name}`"), span);
                self.value(Node { span, kind: NodeKind::Null });
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
                .help("put each method into a file of its own"),
            );
        }
    }

    fn error(&mut self, diagnostic: Diagnostic) {
        self.failed = true;
        self.sink.report(diagnostic);
    }

    fn refuse_tag(&mut self, tag: &Tag, span: SourceSpan) {
        let message = format!("the tag `{}` is not used here", tag.original());
        self.error(Diagnostic::at(rules::TAG, span, message));
    }

    fn refuse_anchor(&mut self, what: &str, span: SourceSpan) {
        self.error(Diagnostic::at(rules::ANCHOR, span, format!("{what} is not used in specs")));
    }

    fn scalar(&self, text: Cow<'_, str>, style: ScalarStyle, span: SourceSpan) -> Node {
        if style == ScalarStyle::Plain && (text.is_empty() || text == "~") {
            return Node { span, kind: NodeKind::Null };
        }
        let written = self.text.get(span.start as usize..span.end as usize).unwrap_or_default();
        // A block scalar's span reaches to the next token.
        let written = written.trim_end();
        let span = span.part(0, written.len());
        let runs = runs(&text, written, span);
        Node { span, kind: NodeKind::Text { text: text.into_owned(), runs } }
    }

    fn begin(&mut self, kind: NodeKind, span: SourceSpan) {
        // A collection as a key is reported when its value would be placed.
        self.open.push(Frame { node: Node { span, kind }, key: None, seen: HashMap::new() });
    }

    /// Places a finished value into the collection around it.
    fn value(&mut self, node: Node) {
        let Some(frame) = self.open.last_mut() else {
            self.root.get_or_insert(node);
            return;
        };
        match &mut frame.node.kind {
            NodeKind::List(items) => items.push(node),
            NodeKind::Map(entries) => match frame.key.take() {
                Some((key, key_span)) => entries.push(Entry { key, key_span, value: node }),
                None => self.key(node),
            },
            NodeKind::Null | NodeKind::Text { .. } => {}
        }
    }

    fn key(&mut self, node: Node) {
        let key = match node.kind {
            NodeKind::Text { text, .. } => text,
            NodeKind::Null => "~".to_owned(),
            NodeKind::List(_) | NodeKind::Map(_) => {
                self.error(
                    Diagnostic::at(
                        rules::KEY_NOT_TEXT,
                        node.span,
                        "a list or a map cannot be a key",
                    )
                    .help("a text that begins with `{` or `[` needs quotes"),
                );
                String::new()
            }
        };
        let Some(frame) = self.open.last_mut() else { return };
        if let Some(&first) = frame.seen.get(&key) {
            let message = format!("the key `{key}` is here a second time");
            self.error(
                Diagnostic::at(rules::DUPLICATE_KEY, node.span, message).also(first, "first here"),
            );
        } else {
            frame.seen.insert(key.clone(), node.span);
        }
        if let Some(frame) = self.open.last_mut() {
            frame.key = Some((key, node.span));
        }
    }

    fn scan_error(&mut self, error: &ScanError) {
        // A text without its quotes is a wrong key first, and broken YAML then.
        if self.failed {
            return;
        }
        let marked = error.marker().byte_offset().unwrap_or(self.text.len()).min(self.text.len());
        // The parser marks the beginning of the text that holds a control character.
        let control = |letter: char| letter.is_control() && !matches!(letter, '\n' | '\r' | '\t');
        let hidden = self
            .text
            .find(control)
            .filter(|_| matches!(error.kind(), ErrorKind::UnexpectedCharacter { .. }));
        let at = hidden.unwrap_or(marked);
        let end = at + self.text[at..].chars().next().map_or(0, char::len_utf8);
        let span = SourceSpan { source: self.source, start: at as u32, end: end as u32 };
        let diagnostic = if matches!(error.kind(), ErrorKind::RecursionLimitExceeded) {
            Diagnostic::at(
                rules::TOO_DEEP,
                span,
                format!("collections are nested more than {MAX_DEPTH} deep here"),
            )
        } else if hidden.is_some() {
            Diagnostic::at(rules::YAML, span, "this is not YAML: a control character")
                .help("delete it, or write it as `\\u0001` in double quotes if it is meant")
        } else {
            let (message, help) = words(error.kind());
            let diagnostic =
                Diagnostic::at(rules::YAML, span, format!("this is not YAML: {message}"));
            match help {
                Some(help) => diagnostic.help(help),
                None => diagnostic,
            }
        };
        self.error(diagnostic);
    }
}

/// The usual mistakes in our words; the others in the parser's.
fn words(kind: &ErrorKind) -> (String, Option<&'static str>) {
    use ErrorKind as K;
    const QUOTES: &str = "a text with `: ` or ` #` in it, or with a sign such as ` @ % [ { at its beginning, needs quotes; a long one is best written under `>-`";
    let (message, help) = match kind {
        K::TabNotAllowed | K::TabInBlockIndentation | K::TabInIndentation | K::TabInPlainScalar => {
            ("a tab in the indentation", "indent with two spaces")
        }
        K::MappingValueNotAllowed | K::InvalidColonPlacement => {
            ("a second `: ` in this line", QUOTES)
        }
        K::UnexpectedCharacter { .. } => ("a text cannot begin with this character", QUOTES),
        K::UnclosedQuotedScalar => {
            ("this quote is never closed", "close it, or double it if it belongs to the text")
        }
        K::ExpectedFlowMappingSeparator | K::UnexpectedEofFlowMapping => {
            ("`,` or `}` is expected: a map in braces is not closed", QUOTES)
        }
        K::ExpectedFlowSequenceSeparator | K::UnexpectedEofFlowSequence => {
            ("`,` or `]` is expected: a list in brackets is not closed", QUOTES)
        }
        K::UnclosedFlowCollection { .. } => (
            "a bracket or brace is never closed",
            "close it on the same level of indentation or deeper",
        ),
        K::ExpectedBlockMappingKey | K::SimpleKeyExpected | K::InvalidIndentation => (
            "inconsistent indentation",
            "keys of one map begin in one column, and each is followed by a `:`",
        ),
        other => return (other.to_string(), None),
    };
    (message.to_owned(), Some(help))
}

/// The place of each line of a scalar's text. Lines are trimmed on both sides: folding changes the
/// white space between them and nothing else.
fn runs(text: &str, written: &str, span: SourceSpan) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut rest = text;
    let mut lines = written.split_inclusive('\n').scan(0, |start, line| {
        let at = *start;
        *start += line.len();
        Some((at, line))
    });
    while !rest.trim_start().is_empty() {
        let Some((start, line)) = lines.next() else { return Vec::new() };
        let content = unquoted(line.trim(), runs.is_empty(), rest);
        let Some(offset) = line.find(content).filter(|_| !content.is_empty()) else { continue };
        rest = rest.trim_start();
        let at = text.len() - rest.len();
        let Some(after) = rest.strip_prefix(content) else {
            // The first line of a block scalar is its indicator, `>-`.
            if runs.is_empty() && content.starts_with(['>', '|']) {
                continue;
            }
            return Vec::new();
        };
        runs.push(Run { at, span: span.part(start + offset, start + offset + content.len()) });
        rest = after;
    }
    runs
}

/// A line without the quotes around the whole scalar, which may begin or end it.
fn unquoted<'l>(line: &'l str, first: bool, rest: &str) -> &'l str {
    const QUOTES: [char; 2] = ['"', '\''];
    let rest = rest.trim_start();
    let mut content = line;
    if first && !rest.starts_with(content) {
        content = content.strip_prefix(QUOTES).unwrap_or(content);
    }
    if !rest.starts_with(content) {
        content = content.strip_suffix(QUOTES).unwrap_or(content);
    }
    content
}

//! Renders diagnostics for readers, in the style of rustc.

use super::places::bytes_of;
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::{SourceId, SourceMap};
use crate::span::SourceSpan;
use annotate_snippets::renderer::Renderer;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Snippet};
use std::ops::Range;
use unicode_width::UnicodeWidthStr;

/// The number of lines shown around a span. The renderer's time grows with its input, so only these
/// lines of a file are passed to it.
const CONTEXT_LINES: usize = 1;
/// Spans of one diagnostic share a window if they are at most this many lines apart.
const NEAR_LINES: usize = 12;
/// The maximum number of diagnostics shown. A hostile file may cause any number of them.
const MAX_SHOWN: usize = 100;
/// The maximum length of a line that is shown, in bytes.
const MAX_LINE_BYTES: usize = 500;

/// The minimum width of the output, in columns.
const MIN_WIDTH: usize = 40;

/// The appearance of human-readable diagnostics.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Look {
    /// Whether to use ANSI escapes, for a terminal.
    pub color: bool,
    /// The width of the terminal in columns. Longer notes are wrapped, and longer lines of a spec
    /// are cut.
    pub width: Option<usize>,
}

/// Renders diagnostics one after another, with a final line that counts them.
///
/// Returns an empty text if there are no diagnostics. `color` adds ANSI escapes, for a terminal.
pub fn report(sources: &SourceMap, diagnostics: &[Diagnostic], color: bool) -> String {
    in_look(sources, diagnostics, Look { color, width: None })
}

/// Renders diagnostics like [`report`], for a terminal whose width may be known.
pub fn in_look(sources: &SourceMap, diagnostics: &[Diagnostic], look: Look) -> String {
    let mut text = String::new();
    for diagnostic in diagnostics.iter().take(MAX_SHOWN) {
        text.push_str(&one(sources, diagnostic, look));
        text.push_str("\n\n");
    }
    if diagnostics.len() > MAX_SHOWN {
        text.push_str(&format!("the first {MAX_SHOWN} are shown\n"));
    }
    if let Some(summary) = summary(diagnostics) {
        text.push_str(&summary);
        text.push('\n');
    }
    text
}

/// Counts diagnostics: "2 errors, 1 warning, 3 notes". `None` if there are no diagnostics.
pub fn summary(diagnostics: &[Diagnostic]) -> Option<String> {
    let count = |severity| diagnostics.iter().filter(|one| one.severity == severity).count();
    let counts = [
        (count(Severity::Error), "error"),
        (count(Severity::Warning), "warning"),
        (count(Severity::Note), "note"),
    ];
    let parts: Vec<_> = counts
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| format!("{count} {what}{}", if *count == 1 { "" } else { "s" }))
        .collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// The name of a severity in messages and formats.
pub(super) fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

/// Renders one diagnostic, without a final newline.
pub fn render(sources: &SourceMap, diagnostic: &Diagnostic, color: bool) -> String {
    one(sources, diagnostic, Look { color, width: None })
}

/// Renders one diagnostic like [`render`], wrapped to the width of `look` if it has one.
pub(super) fn one(sources: &SourceMap, diagnostic: &Diagnostic, look: Look) -> String {
    let width = look.width.map(|width| width.max(MIN_WIDTH));
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let title = wrapped(&diagnostic.message, width, TITLE_INDENT + diagnostic.rule.id.len());
    let title = level.primary_title(title).id(diagnostic.rule.id);
    let mut group = Group::with_title(title);
    let mut places: Vec<Labelled<'_>> = diagnostic
        .span
        .map(|span| Labelled { span, label: &diagnostic.label, kind: AnnotationKind::Primary })
        .into_iter()
        .collect();
    places.extend(diagnostic.also.iter().map(|(span, label)| Labelled {
        span: *span,
        label,
        kind: AnnotationKind::Context,
    }));
    for window in windows(sources, places) {
        group = window.add_to(sources, group);
    }
    for note in &diagnostic.notes {
        group = group.element(Level::NOTE.message(wrapped(note, width, NOTE_INDENT)));
    }
    for help in &diagnostic.help {
        group = group.element(Level::HELP.message(wrapped(help, width, NOTE_INDENT)));
    }
    let mut renderer = if look.color { Renderer::styled() } else { Renderer::plain() };
    if let Some(width) = width {
        renderer = renderer.term_width(width);
    }
    renderer.render(&[group])
}

/// The number of columns that `warning[` and `]: ` occupy before the text of a title. The length of
/// the rule's id is added.
const TITLE_INDENT: usize = 11;
/// The number of columns that a line number of five digits and ` = note: ` occupy before the text
/// of a note.
const NOTE_INDENT: usize = 14;

/// Wraps a text to lines that fit into `width` columns after an indentation of `indent` columns.
/// Words are not divided.
fn wrapped(text: &str, width: Option<usize>, indent: usize) -> String {
    let Some(room) = width.map(|width| width.saturating_sub(indent).max(MIN_WIDTH / 2)) else {
        return text.to_owned();
    };
    let mut lines = String::with_capacity(text.len());
    for (index, line) in text.split('\n').enumerate() {
        if index > 0 {
            lines.push('\n');
        }
        let mut taken = 0;
        for word in line.split(' ') {
            let columns = word.width();
            if taken > 0 && taken + 1 + columns > room {
                lines.push('\n');
                taken = 0;
            } else if taken > 0 {
                lines.push(' ');
                taken += 1;
            }
            lines.push_str(word);
            taken += columns;
        }
    }
    lines
}

struct Labelled<'a> {
    span: SourceSpan,
    label: &'a str,
    kind: AnnotationKind,
}

/// Consecutive lines of a file, with the spans in them.
struct Window<'a> {
    source: SourceId,
    /// The range of bytes, which consists of whole lines.
    bytes: Range<usize>,
    places: Vec<Labelled<'a>>,
}

fn windows<'a>(sources: &SourceMap, places: Vec<Labelled<'a>>) -> Vec<Window<'a>> {
    let mut windows: Vec<Window<'a>> = Vec::new();
    for place in places {
        let text = &sources.get(place.span.source).text;
        let near = lines_around(text, place.span, NEAR_LINES);
        let bytes = lines_around(text, place.span, CONTEXT_LINES);
        let shared = windows.iter_mut().find(|window| {
            window.source == place.span.source
                && near.start < window.bytes.end
                && window.bytes.start < near.end
        });
        match shared {
            Some(window) => {
                window.bytes.start = window.bytes.start.min(bytes.start);
                window.bytes.end = window.bytes.end.max(bytes.end);
                window.places.push(place);
            }
            None => windows.push(Window { source: place.span.source, bytes, places: vec![place] }),
        }
    }
    windows
}

/// The bytes of the lines that a span is in, and of `extra` lines before and after them.
fn lines_around(text: &str, span: SourceSpan, extra: usize) -> Range<usize> {
    let (start, end) = bytes_of(text, span);
    let before = text[..start].rmatch_indices('\n').nth(extra).map_or(0, |(at, _)| at + 1);
    let after = text[end..].match_indices('\n').nth(extra).map_or(text.len(), |(at, _)| end + at);
    before..after
}

impl<'a> Window<'a> {
    fn add_to(self, sources: &'a SourceMap, group: Group<'a>) -> Group<'a> {
        let source = sources.get(self.source);
        let shown = &source.text[self.bytes.clone()];
        let (line, _) = sources.position(self.source, self.bytes.start as u32);
        if shown.lines().any(|line| line.len() > MAX_LINE_BYTES) {
            return self.places.iter().fold(group, |group, place| {
                let (line, column) = sources.position(self.source, place.span.start);
                group.element(Origin::path(&*source.shown).line(line).char_column(column))
            });
        }
        let offset = self.bytes.start;
        let annotations = self.places.into_iter().map(|place| {
            let (start, end) = bytes_of(&source.text, place.span);
            let end = end.min(self.bytes.end).max(start);
            let label = (!place.label.is_empty()).then_some(place.label);
            place.kind.span(start - offset..end - offset).label(label)
        });
        group.element(
            Snippet::source(shown).path(&*source.shown).line_start(line).annotations(annotations),
        )
    }
}

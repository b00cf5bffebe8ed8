//! Diagnostics as text: what rustc's readers are used to.

use crate::diagnostic::{Diagnostic, Severity};
use crate::source::{SourceId, SourceMap, SourceSpan};
use annotate_snippets::renderer::Renderer;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Snippet};
use std::ops::Range;

/// Lines around a place that are shown. The renderer's time grows with what it is given, so it
/// gets a window and not the file.
const CONTEXT_LINES: usize = 1;
/// Places of one diagnostic that are this near share a window.
const NEAR_LINES: usize = 12;
/// Nobody reads further, and a hostile file can hold any number of mistakes.
const MAX_SHOWN: usize = 100;
/// A line beyond this is named and not shown.
const MAX_LINE_BYTES: usize = 500;

/// Renders diagnostics one after another, with a closing line that counts them.
///
/// Empty if there is nothing to say. `color`: with ANSI escapes, for a terminal.
pub fn report(sources: &SourceMap, diagnostics: &[Diagnostic], color: bool) -> String {
    let mut text = String::new();
    for diagnostic in diagnostics.iter().take(MAX_SHOWN) {
        text.push_str(&render(sources, diagnostic, color));
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

/// "2 errors, 1 warning, 3 notes", or nothing.
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

/// Renders one diagnostic, without a newline at its end.
pub fn render(sources: &SourceMap, diagnostic: &Diagnostic, color: bool) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let title = level.primary_title(diagnostic.message.as_str()).id(diagnostic.rule.id);
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
        group = group.element(Level::NOTE.message(note.as_str()));
    }
    for help in &diagnostic.help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    renderer.render(&[group])
}

struct Labelled<'a> {
    span: SourceSpan,
    label: &'a str,
    kind: AnnotationKind,
}

/// Neighbouring lines of one file, with the places in them.
struct Window<'a> {
    source: SourceId,
    /// Of whole lines.
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

/// The bytes of the span's lines and of `extra` lines before and after.
fn lines_around(text: &str, span: SourceSpan, extra: usize) -> Range<usize> {
    let (start, end) = bytes_of(text, span);
    let before = text[..start].rmatch_indices('\n').nth(extra).map_or(0, |(at, _)| at + 1);
    let after = text[end..].match_indices('\n').nth(extra).map_or(text.len(), |(at, _)| end + at);
    before..after
}

/// A span as byte offsets that can be sliced.
fn bytes_of(text: &str, span: SourceSpan) -> (usize, usize) {
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

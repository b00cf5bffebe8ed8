//! Renders each diagnostic as one JSON object, with rustc's field names.

use super::human::{Look, level, one};
use super::places::{Place, Places};
use crate::diagnostic::{Diagnostic, Suggestion};
use crate::source::SourceMap;
use crate::span::SourceSpan;
use serde_json::{Value, json};

/// The maximum length of a line that is quoted, in bytes.
const MAX_LINE_BYTES: usize = 500;

pub(super) fn json(sources: &SourceMap, diagnostics: &[Diagnostic]) -> String {
    let places = Places::new(sources);
    diagnostics.iter().map(|one| format!("{}\n", object(sources, &places, one))).collect()
}

fn object(sources: &SourceMap, places: &Places<'_>, diagnostic: &Diagnostic) -> Value {
    let primary = diagnostic.span.map(|span| (span, diagnostic.label.as_str(), true));
    let also = diagnostic.also.iter().map(|(span, label)| (*span, label.as_str(), false));
    let spans: Vec<_> = primary
        .into_iter()
        .chain(also)
        .map(|(at, label, primary)| span(places, at, label, primary, None))
        .collect();
    let notes = diagnostic.notes.iter().map(|note| child("note", note, &[]));
    let helps = diagnostic.help.iter().map(|help| {
        let own = diagnostic.suggestions.iter().filter(|one| one.message == *help);
        let spans: Vec<_> = own.map(|one| span(places, one.span, "", true, Some(one))).collect();
        child("help", help, &spans)
    });
    json!({
        "$message_type": "diagnostic",
        "message": diagnostic.message,
        "code": { "code": diagnostic.rule.id, "explanation": diagnostic.rule.meaning },
        "level": level(diagnostic.severity),
        "spans": spans,
        "children": notes.chain(helps).collect::<Vec<_>>(),
        "rendered": one(sources, diagnostic, Look::default()),
    })
}

fn child(level: &str, message: &str, spans: &[Value]) -> Value {
    json!({
        "message": message,
        "code": null,
        "level": level,
        "spans": spans,
        "children": [],
        "rendered": null,
    })
}

fn span(
    places: &Places<'_>,
    at: SourceSpan,
    label: &str,
    primary: bool,
    suggestion: Option<&Suggestion>,
) -> Value {
    let place = places.place(at);
    json!({
        "file_name": place.source.shown,
        "byte_start": place.bytes.start,
        "byte_end": place.bytes.end,
        "line_start": place.line,
        "line_end": place.end_line,
        "column_start": place.column,
        "column_end": place.end_column,
        "is_primary": primary,
        "label": (!label.is_empty()).then_some(label),
        "text": lines(&place),
        "suggested_replacement": suggestion.map(|one| one.replacement.as_str()),
        "suggestion_applicability": suggestion.map(|one| one.applicability.name()),
        "expansion": null,
    })
}

/// Each line of the span, with the columns that the span covers on that line.
fn lines(place: &Place<'_>) -> Vec<Value> {
    let text = &place.source.text[place.lines.clone()];
    if text.len() > MAX_LINE_BYTES {
        return Vec::new();
    }
    let count = place.end_line - place.line;
    let lines = text.split('\n').enumerate();
    let lines = lines.map(|(index, line)| {
        let line = line.trim_end_matches('\r');
        let end = if index == count { place.end_column } else { line.chars().count() + 1 };
        let start = if index == 0 { place.column } else { 1 };
        json!({ "text": line, "highlight_start": start, "highlight_end": end })
    });
    lines.collect()
}

//! Renders one line per diagnostic, for editors and grep.

use super::human::level;
use super::places::Places;
use crate::diagnostic::Diagnostic;
use crate::source::SourceMap;
use gatespec_protocol::text::visible;

pub(super) fn short(sources: &SourceMap, diagnostics: &[Diagnostic]) -> String {
    let places = Places::new(sources);
    let mut text = String::new();
    for one in diagnostics {
        if let Some(span) = one.span {
            let place = places.place(span);
            let file = visible(&place.source.shown);
            text.push_str(&format!("{file}:{}:{}: ", place.line, place.column));
        }
        let (level, id, message) = (level(one.severity), one.rule.id, visible(&one.message));
        text.push_str(&format!("{level}[{id}]: {message}\n"));
    }
    text
}

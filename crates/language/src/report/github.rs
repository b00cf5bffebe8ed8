//! Workflow commands of GitHub Actions: `::error file=…,line=…::message`.

use super::places::Places;
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::SourceMap;

pub(super) fn github(sources: &SourceMap, diagnostics: &[Diagnostic]) -> String {
    let places = Places::new(sources);
    diagnostics.iter().map(|one| command(&places, one)).collect()
}

fn command(places: &Places<'_>, diagnostic: &Diagnostic) -> String {
    let name = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let mut properties = Vec::new();
    if let Some(span) = diagnostic.span {
        let place = places.place(span);
        properties.push(("file", place.source.shown.replace('\\', "/")));
        properties.push(("line", place.line.to_string()));
        properties.push(("endLine", place.end_line.to_string()));
        // GitHub accepts columns only if the span is within one line. The end column is inclusive.
        if place.line == place.end_line {
            properties.push(("col", place.column.to_string()));
            let last = place.end_column.saturating_sub(1).max(place.column);
            properties.push(("endColumn", last.to_string()));
        }
    }
    properties.push(("title", diagnostic.rule.id.to_owned()));
    let properties: Vec<_> = properties
        .iter()
        .map(|(key, value)| {
            let value = data(value).replace(':', "%3A").replace(',', "%2C");
            format!("{key}={value}")
        })
        .collect();
    format!("::{name} {}::{}\n", properties.join(","), data(&diagnostic.in_full()))
}

/// Escapes line breaks, which would end the command, and the escape character itself.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

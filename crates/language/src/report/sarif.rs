//! Renders a SARIF 2.1.0 log, which code hosts and editors can display.

use super::human::level;
use super::places::{Place, Places};
use crate::diagnostic::{Applicability, Diagnostic, Edition, Suggestion, rules};
use crate::source::SourceMap;
use crate::span::SourceSpan;
use gatespec_protocol::percent::Percent;
use serde_json::{Map, Value, json};
use std::path::Path;

pub(super) fn sarif(sources: &SourceMap, diagnostics: &[Diagnostic]) -> String {
    let places = Places::new(sources);
    let rules: Vec<_> = rules::ALL
        .iter()
        .map(|rule| {
            let mut of_rule = json!({
                "id": rule.id,
                "shortDescription": { "text": rule.meaning },
                "defaultConfiguration": { "level": level(rule.severity_in(Edition::default())) },
            });
            if let Some(help) = rule.help {
                of_rule["help"] = json!({ "text": help });
            }
            of_rule
        })
        .collect();
    let results: Vec<_> = diagnostics.iter().map(|one| result(&places, one)).collect();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "gatespec",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            } },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    format!("{log}\n")
}

fn result(places: &Places<'_>, diagnostic: &Diagnostic) -> Value {
    let mut result = Map::new();
    result.insert("ruleId".to_owned(), json!(diagnostic.rule.id));
    if let Some(index) = rules::ALL.iter().position(|rule| rule.id == diagnostic.rule.id) {
        result.insert("ruleIndex".to_owned(), json!(index));
    }
    result.insert("level".to_owned(), json!(level(diagnostic.severity)));
    result.insert("message".to_owned(), json!({ "text": diagnostic.in_full() }));
    let primary = diagnostic.span.map(|span| location(places, span, &diagnostic.label));
    result.insert("locations".to_owned(), primary.into_iter().collect());
    if !diagnostic.also.is_empty() {
        let also = diagnostic.also.iter().enumerate().map(|(index, (span, label))| {
            let mut location = location(places, *span, label);
            location["id"] = json!(index + 1);
            location
        });
        result.insert("relatedLocations".to_owned(), also.collect());
    }
    // The standard cannot mark a fix as uncertain, and tools let users apply a fix with one click,
    // so only certain fixes are included.
    let certain = |one: &&Suggestion| one.applicability == Applicability::MachineApplicable;
    let fixes: Vec<_> =
        diagnostic.suggestions.iter().filter(certain).map(|one| fix(places, one)).collect();
    if !fixes.is_empty() {
        result.insert("fixes".to_owned(), json!(fixes));
    }
    Value::Object(result)
}

fn location(places: &Places<'_>, span: SourceSpan, label: &str) -> Value {
    let place = places.place(span);
    let mut location = json!({
        "physicalLocation": { "artifactLocation": artifact(&place), "region": region(&place) },
    });
    if !label.is_empty() {
        location["message"] = json!({ "text": label });
    }
    location
}

fn region(place: &Place<'_>) -> Value {
    json!({
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
        "byteOffset": place.bytes.start,
        "byteLength": place.bytes.len(),
    })
}

/// The location of a file: a relative reference, or a URI if the path is absolute.
fn artifact(place: &Place<'_>) -> Value {
    let shown = place.source.shown.replace('\\', "/");
    let segments: Vec<_> =
        shown.split('/').map(|segment| Percent::Rfc3986.encode(segment)).collect();
    let path = segments.join("/");
    match Path::new(&place.source.shown).is_absolute() {
        true => json!({ "uri": format!("file:///{}", path.trim_start_matches('/')) }),
        false => json!({ "uri": path }),
    }
}

fn fix(places: &Places<'_>, suggestion: &Suggestion) -> Value {
    let place = places.place(suggestion.span);
    json!({
        "description": { "text": suggestion.message },
        "artifactChanges": [{
            "artifactLocation": artifact(&place),
            "replacements": [{
                "deletedRegion": region(&place),
                "insertedContent": { "text": suggestion.replacement },
            }],
        }],
    })
}

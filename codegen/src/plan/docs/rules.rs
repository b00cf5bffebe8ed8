//! Rules as sentences, with the Rust names of the fields.

use super::about::{provenance, sentence};
use crate::model::{self, Constraint, Record, Required, Rule};
use crate::plan::names::Ident;
use crate::plan::prose::{code, escaped};
use crate::plan::tree::Field;
use gatespec_language::words::Words;
use gatespec_protocol::{RangeEnd, RangeRule};
use std::collections::HashMap;

/// The Rust names of a record's fields, by their wire names.
pub(crate) struct RustNames<'a>(HashMap<&'a str, &'a Ident>);

impl<'a> RustNames<'a> {
    pub(crate) fn of(fields: &'a [Field<'_>]) -> Self {
        Self(fields.iter().map(|field| (field.spec.name.as_str(), &field.ident)).collect())
    }

    /// Returns the Rust name of a field as a code span. For a row that is not sent, returns the
    /// wire name.
    fn show(&self, wire: &str) -> String {
        code(self.0.get(wire).map_or(wire, |ident| ident.as_str()))
    }

    /// Calls `write` with words that contain Rust names.
    fn words<T>(&self, write: impl FnOnce(Words<'_>) -> T) -> T {
        write(Words { field: &|wire| self.show(wire), value: &|text| code(text) })
    }
}

/// Returns the Rust name and the provenance of each field.
pub(crate) fn provenance_of<'a>(
    fields: &'a [Field<'_>],
) -> impl Iterator<Item = (&'a str, Vec<String>)> {
    fields.iter().map(|field| (field.ident.as_str(), provenance(&field.spec.about)))
}

/// Returns a sentence that says when a field is required, such as `Required when …`.
pub(crate) fn required(required: &Required, names: &RustNames<'_>) -> Option<String> {
    names.words(|words| words.required(required)).map(|text| capital(&text) + ".")
}

/// Returns a constraint of one field as a sentence.
pub(crate) fn limit(
    limit: &Constraint,
    row: &model::Field,
    names: &RustNames<'_>,
) -> Option<String> {
    names.words(|words| words.limit(limit, row)).map(|text| capital(&text) + ".")
}

/// Returns the text with a capital letter at its beginning.
fn capital(text: &str) -> String {
    let mut characters = text.chars();
    let first = characters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(characters).collect()
}

/// Returns the items of the list below "Rules", including the conditions under which single fields
/// are required. `splitting` is the rule that splits the request's range.
pub(crate) fn all(
    record: &Record,
    fields: &[Field<'_>],
    splitting: Option<(&Rule, RangeRule<'_>)>,
) -> Vec<String> {
    let names = RustNames::of(fields);
    let conditional = fields.iter().filter_map(|field| {
        let row = field.spec;
        if matches!(row.required, Required::No | Required::Yes) {
            return None;
        }
        let text = names.words(|words| words.required(&row.required))?;
        let id = code(&format!("required:{}", row.name));
        Some(format!("{} is {text} ({id}).", code(field.ident.as_str())))
    });
    let rules = record.rules.iter().map(|rule| {
        let splits = splitting.filter(|(chosen, _)| std::ptr::eq(*chosen, rule));
        item(rule, &names, splits.map(|(_, range)| windows(&range)))
    });
    conditional.chain(rules).collect()
}

/// Returns a sentence that says how a longer range is split into windows.
fn windows(range: &RangeRule<'_>) -> String {
    let next = match (range.end, range.format.unit()) {
        (RangeEnd::Included, Some(unit)) => format!("one {unit} after the previous one ends"),
        _ => "where the previous one ends".to_owned(),
    };
    format!("`client.back_fill` splits a longer range into windows; each begins {next}.")
}

fn item(rule: &Rule, names: &RustNames<'_>, more: Option<String>) -> String {
    let statement = capital(&names.words(|words| words.rule(rule)));
    let id = format!("{}:{}", rule.kind.key(), rule.kind.fields().join(","));
    let mut text = vec![format!("{statement} ({}).", code(&id))];
    text.extend(more);
    text.extend(rule.about.doc.as_deref().map(|doc| sentence(&escaped(doc))));
    text.extend(provenance(&rule.about));
    text.join(" ")
}

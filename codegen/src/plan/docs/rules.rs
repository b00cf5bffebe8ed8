//! Rules as sentences, with the Rust names of the fields.

use super::about::{provenance, sentence};
use crate::model::{
    self, Condition, Constraint, Record, Required, Rule, RuleKind, SpanLimit, Type,
};
use crate::plan::names::Ident;
use crate::plan::prose::{code, escaped};
use crate::plan::tree::Field;
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
}

/// Returns the Rust name and the provenance of each field.
pub(crate) fn provenance_of<'a>(
    fields: &'a [Field<'_>],
) -> impl Iterator<Item = (&'a str, Vec<String>)> {
    fields.iter().map(|field| (field.ident.as_str(), provenance(&field.spec.about)))
}

/// Returns a sentence that says when a field is required, such as `Required when …`.
pub(crate) fn required(required: &Required, names: &RustNames<'_>) -> Option<String> {
    match required {
        Required::No => None,
        Required::Yes => Some("Required.".to_owned()),
        Required::When(when) => Some(format!("Required when {}.", condition(when, names))),
        Required::Unless(unless) => Some(format!("Required unless {}.", condition(unless, names))),
    }
}

fn condition(condition: &Condition, names: &RustNames<'_>) -> String {
    let field = names.show(&condition.field);
    let values: Vec<_> = condition.any_of.iter().map(|value| code(value)).collect();
    match values.as_slice() {
        [] => format!("{field} is given"),
        values => format!("{field} is {}", values.join(" or ")),
    }
}

/// Returns a constraint of one field as a sentence.
pub(crate) fn limit(limit: &Constraint, row: &model::Field) -> Option<String> {
    match limit {
        Constraint::Length { min, max } => between(min.as_ref(), max.as_ref(), " characters"),
        Constraint::Items { min, max } => between(min.as_ref(), max.as_ref(), " elements"),
        Constraint::Pattern(pattern) => Some(format!("Matches {}.", code(pattern.as_str()))),
        Constraint::Range { min, max } => between(min.as_ref(), max.as_ref(), unit(row)),
    }
}

fn unit(row: &model::Field) -> &'static str {
    match row.ty {
        Type::Fen { .. } => " fen",
        Type::Decimal { yuan: true, .. } => " yuan",
        _ => "",
    }
}

fn between<T: std::fmt::Display + PartialEq>(
    min: Option<&T>,
    max: Option<&T>,
    unit: &str,
) -> Option<String> {
    match (min, max) {
        (Some(min), Some(max)) if min == max => Some(format!("Exactly {min}{unit}.")),
        (Some(min), Some(max)) => Some(format!("{min} to {max}{unit}.")),
        (Some(min), None) => Some(format!("At least {min}{unit}.")),
        (None, Some(max)) => Some(format!("At most {max}{unit}.")),
        (None, None) => None,
    }
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
        let text = match &row.required {
            Required::When(when) => format!("is required when {}", condition(when, &names)),
            Required::Unless(unless) => format!("is required unless {}", condition(unless, &names)),
            Required::No | Required::Yes => return None,
        };
        let id = code(&format!("required:{}", row.name));
        Some(format!("{} {text} ({id}).", code(field.ident.as_str())))
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
    let shown: Vec<_> = rule.kind.fields().iter().map(|name| names.show(name)).collect();
    let statement = match (&rule.kind, shown.as_slice()) {
        (RuleKind::NotAfter(..), [first, second]) => format!("{first} is not after {second}"),
        (RuleKind::Span(_, _, SpanLimit { at_most, .. }), [first, second]) => {
            format!("{first} and {second} are at most {at_most} apart")
        }
        (_, shown) => format!("At least one of {} is given", shown.join(", ")),
    };
    let id = format!("{}:{}", rule.kind.key(), rule.kind.fields().join(","));
    let mut text = vec![format!("{statement} ({}).", code(&id))];
    text.extend(more);
    text.extend(rule.about.doc.as_deref().map(|doc| sentence(&escaped(doc))));
    text.extend(provenance(&rule.about));
    text.join(" ")
}

//! Rules as sentences. They speak of fields by their Rust names.

use super::{provenance, sentence};
use crate::model::{
    Condition, Constraint, Field, Record, Required, Rule, RuleKind, SpanLimit, Type,
};
use crate::plan::names::Ident;
use crate::plan::prose::{code, escaped};
use gatespec_language::range::splitting;
use gatespec_protocol::{RangeEnd, RangeRule};

/// The fields that rules speak of.
pub struct Fields<'a> {
    /// Rows that are sent.
    pub rows: &'a [&'a Field],
    /// Their Rust names.
    pub idents: &'a [Ident],
}

impl Fields<'_> {
    /// The field's Rust name as code; a row that is not sent keeps its wire name.
    fn show(&self, wire: &str) -> String {
        let index = self.rows.iter().position(|row| row.name == wire);
        let ident = index.and_then(|index| self.idents.get(index));
        ident.map_or_else(|| code(wire), |ident| code(ident.as_str()))
    }

    /// What the spec says about how sure each field is.
    pub fn provenance(&self) -> impl Iterator<Item = (&str, Vec<String>)> {
        let named = self.rows.iter().zip(self.idents);
        named.map(|(row, ident)| (ident.as_str(), provenance(&row.about)))
    }
}

/// `Required when …`.
pub fn required(required: &Required, fields: &Fields<'_>) -> Option<String> {
    match required {
        Required::No => None,
        Required::Yes => Some("Required.".to_owned()),
        Required::When(when) => Some(format!("Required when {}.", condition(when, fields))),
        Required::Unless(unless) => Some(format!("Required unless {}.", condition(unless, fields))),
    }
}

fn condition(condition: &Condition, fields: &Fields<'_>) -> String {
    let field = fields.show(&condition.field);
    let values: Vec<_> = condition.any_of.iter().map(|value| code(value)).collect();
    match values.as_slice() {
        [] => format!("{field} is given"),
        values => format!("{field} is {}", values.join(" or ")),
    }
}

/// A limit of a field.
pub fn limit(limit: &Constraint, row: &Field) -> Option<String> {
    match limit {
        Constraint::Length { min, max } => between(min.as_ref(), max.as_ref(), " characters"),
        Constraint::Items { min, max } => between(min.as_ref(), max.as_ref(), " elements"),
        Constraint::Pattern(pattern) => Some(format!("Matches {}.", code(pattern.as_str()))),
        Constraint::Range { min, max } => between(min.as_ref(), max.as_ref(), unit(row)),
    }
}

fn unit(row: &Field) -> &'static str {
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

/// One item a rule, for the list under "Rules"; conditions of single fields included.
pub fn all(record: &Record, fields: &Fields<'_>) -> Vec<String> {
    items(record, fields, None)
}

/// The same for the request of a method, whose range may be split.
pub fn of_request(request: &Record, fields: &Fields<'_>) -> Vec<String> {
    items(request, fields, splitting(request))
}

fn items(
    record: &Record,
    fields: &Fields<'_>,
    splitting: Option<(&Rule, RangeRule<'_>)>,
) -> Vec<String> {
    let conditional = fields.rows.iter().filter_map(|row| {
        let text = match &row.required {
            Required::When(when) => format!("is required when {}", condition(when, fields)),
            Required::Unless(unless) => format!("is required unless {}", condition(unless, fields)),
            Required::No | Required::Yes => return None,
        };
        Some(format!(
            "{} {text} ({}).",
            fields.show(&row.name),
            code(&format!("required:{}", row.name))
        ))
    });
    let rules = record.rules.iter().map(|rule| {
        let splits = splitting.filter(|(chosen, _)| std::ptr::eq(*chosen, rule));
        item(rule, fields, splits.map(|(_, range)| windows(&range)))
    });
    conditional.chain(rules).collect()
}

/// How a longer range is split.
fn windows(range: &RangeRule<'_>) -> String {
    let next = match (range.end, range.format.unit()) {
        (RangeEnd::Included, Some(unit)) => format!("one {unit} after the previous one ends"),
        _ => "where the previous one ends".to_owned(),
    };
    format!("`client.back_fill` splits a longer range into windows; each begins {next}.")
}

fn item(rule: &Rule, fields: &Fields<'_>, more: Option<String>) -> String {
    let statement = match &rule.kind {
        RuleKind::NotAfter(a, b) => format!("{} is not after {}", fields.show(a), fields.show(b)),
        RuleKind::Span(a, b, SpanLimit { at_most, .. }) => {
            format!("{} and {} are at most {at_most} apart", fields.show(a), fields.show(b))
        }
        RuleKind::AtLeastOne(names) => {
            let names: Vec<_> = names.iter().map(|name| fields.show(name)).collect();
            format!("At least one of {} is given", names.join(", "))
        }
    };
    let id = format!("{}:{}", rule.kind.key(), rule.kind.fields().join(","));
    let mut text = vec![format!("{statement} ({}).", code(&id))];
    text.extend(more);
    text.extend(rule.about.doc.as_deref().map(|doc| sentence(&escaped(doc))));
    text.extend(provenance(&rule.about));
    text.join(" ")
}

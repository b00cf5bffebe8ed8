//! Reports rules that cannot be violated, and conditions whose result never changes.

use super::tables::tables;
use crate::diagnostic::{Diagnostic, Sink, rules};
use crate::model::{
    Condition, Constraint, Field, Platform, Record, Required, RuleKind, Type, TypeKind,
};
use crate::source::SourceSpan;
use std::collections::BTreeSet;

pub(super) fn check(platform: &Platform, sink: &mut Sink) {
    for (_, record) in tables(platform) {
        for field in record.sent() {
            for (constraint, span) in &field.constraints {
                limit(field, constraint, *span, sink);
            }
            match &field.required {
                Required::No | Required::Yes => {}
                Required::When(condition) => {
                    self::condition(platform, record, condition, true, sink);
                }
                Required::Unless(condition) => {
                    self::condition(platform, record, condition, false, sink);
                }
            }
        }
        for rule in &record.rules {
            several(record, &rule.kind, rule.span, sink);
        }
    }
}

fn report(span: SourceSpan, message: String, help: &str, sink: &mut Sink) {
    sink.report(Diagnostic::at(rules::RULE_WITHOUT_EFFECT, span, message).help(help));
}

fn limit(field: &Field, constraint: &Constraint, span: SourceSpan, sink: &mut Sink) {
    const DELETE: &str = "remove it, or write the limit that you mean";
    let name = &field.name;
    let required = field.required == Required::Yes;
    match constraint {
        Constraint::Length { min: Some(0), max: None } => {
            report(
                span,
                format!(
                    "this limit on `{name}` has no effect: every text has 0 characters or more"
                ),
                DELETE,
                sink,
            );
        }
        Constraint::Items { min: Some(0), max: None } => {
            report(
                span,
                format!("this limit on `{name}` has no effect: every list has 0 items or more"),
                DELETE,
                sink,
            );
        }
        Constraint::Pattern(pattern) if matches!(pattern.as_str(), ".*" | "(?s).*") => {
            report(
                span,
                format!("the pattern `{}` has no effect: it matches every text", pattern.as_str()),
                DELETE,
                sink,
            );
        }
        Constraint::Length { max: Some(0), .. } | Constraint::Items { max: Some(0), .. }
            if required =>
        {
            let message = format!(
                "`{name}` is required, so it must not be empty, but this limit allows only an empty value"
            );
            report(
                span,
                message,
                "no request satisfies both: remove the limit or `required`",
                sink,
            );
        }
        _ => {}
    }
}

/// Reports a condition that always holds. `when` is true if the field is required when the
/// condition holds, and false if the field is required unless it holds.
fn condition(
    platform: &Platform,
    record: &Record,
    condition: &Condition,
    when: bool,
    sink: &mut Sink,
) {
    let name = &condition.field;
    let Some(other) = record.field(name).filter(|other| other.required == Required::Yes) else {
        return;
    };
    let values: BTreeSet<&str> = condition.any_of.iter().map(String::as_str).collect();
    let holds = match &other.ty {
        _ if values.is_empty() => true,
        Type::Boolean { .. } => values.len() == 2,
        Type::Enumeration(id) => match &platform.type_def(*id).kind {
            TypeKind::Enumeration(known) => {
                known.variants.iter().all(|known| values.contains(known.value.as_str()))
            }
            TypeKind::Record(_) => false,
        },
        _ => false,
    };
    if holds {
        let only = if values.is_empty() { "" } else { " and has no other value" };
        let message = format!("`{name}` is required{only}, so this condition always holds");
        let help = match when {
            true => "write `required: true`",
            false => "remove `required`: this field is never required",
        };
        report(condition.span, message, help, sink);
    }
}

fn several(record: &Record, rule: &RuleKind, span: SourceSpan, sink: &mut Sink) {
    let RuleKind::AtLeastOne(names) = rule else { return };
    let required =
        |name: &&String| record.field(name).is_some_and(|field| field.required == Required::Yes);
    if let Some(name) = names.iter().find(required) {
        let message = format!("`{name}` is required, so this rule always holds");
        report(span, message, "remove the rule, or make the field optional", sink);
    }
}

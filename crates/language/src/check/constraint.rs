//! Checks that limits match the type of their field.

use crate::diagnostic::{Diagnostic, Sink, rules};
use crate::model::{Constraint, Field, Type};
use crate::source::SourceSpan;
use gatespec_protocol::{Decimal, Pattern};

pub(super) fn check(field: &Field, sink: &mut Sink) {
    for (constraint, span) in &field.constraints {
        let text = field.ty == Type::Text;
        let number =
            matches!(field.ty, Type::Integer { .. } | Type::Fen { .. } | Type::Decimal { .. });
        let (fits, what) = match constraint {
            Constraint::Length { min, max } => {
                ordered(min.as_ref(), max.as_ref(), *span, sink);
                (text, "`length` applies to text")
            }
            Constraint::Range { min, max } => {
                range(field, min.as_deref(), max.as_deref(), *span, sink);
                (number, "`range` applies to numbers and amounts")
            }
            Constraint::Pattern(pattern) => {
                self::pattern(pattern, *span, sink);
                (text, "`pattern` applies to text")
            }
            Constraint::Items { min, max } => {
                ordered(min.as_ref(), max.as_ref(), *span, sink);
                (
                    field.list.is_some() || matches!(field.ty, Type::Map(_)),
                    "`items` applies to lists and maps",
                )
            }
        };
        // `length`, `range` and `pattern` would apply to the items of a list, which is not
        // supported.
        let element = field.list.is_some() && !matches!(constraint, Constraint::Items { .. });
        if (!fits || element) && field.ty != Type::Invalid {
            let (is, limit) = kind(field);
            let message = format!("{what}, but `{}` is {is}", field.name);
            sink.report(
                Diagnostic::at(rules::CONSTRAINT_TYPE, *span, message)
                    .also(field.span, "the field")
                    .help(limit),
            );
        }
    }
}

fn ordered<T: PartialOrd + std::fmt::Display>(
    min: Option<&T>,
    max: Option<&T>,
    span: SourceSpan,
    sink: &mut Sink,
) {
    if let (Some(min), Some(max)) = (min, max)
        && min > max
    {
        let message = format!("`min` ({min}) is greater than `max` ({max})");
        sink.report(Diagnostic::at(rules::BAD_VALUE, span, message));
    }
}

/// Returns a description of a field's type, and advice on the limit that such a field can have.
fn kind(field: &Field) -> (&'static str, &'static str) {
    if field.list.is_some() {
        return (
            "a list",
            "to limit the number of items, write `items`; the items themselves cannot be limited",
        );
    }
    match field.ty {
        Type::Text => ("a text", "limit a text with `length`, for example `length: { max: 32 }`"),
        Type::Integer { .. } => (
            "an integer",
            "limit an integer with `range`, for example `range: { min: 1, max: 100 }`",
        ),
        Type::Fen { .. } => (
            "an amount in fen",
            "limit an amount with `range`, for example `range: { min: 1, max: 10000 }`",
        ),
        Type::Decimal { .. } => (
            "a decimal",
            "limit a decimal with `range`, for example `range: { min: 0.01, max: 100 }`",
        ),
        Type::Enumeration(_) => ("an enumeration", "remove the limit: the type lists its values"),
        Type::Map(_) => ("a map", "to limit the number of entries, write `items`"),
        Type::DateTime(_) => ("a datetime", "remove the limit; to compare times, write `rules:`"),
        Type::Boolean { .. } => ("a boolean", "remove the limit"),
        Type::Json => ("any JSON", "remove the limit"),
        Type::Record(_) => ("a record", "remove the limit, or limit the record's fields"),
        Type::Invalid => ("of an unknown type", "remove the limit"),
    }
}

fn range(field: &Field, min: Option<&str>, max: Option<&str>, span: SourceSpan, sink: &mut Sink) {
    let mut limit = |written: Option<&str>| {
        let written = written?;
        let whole = matches!(field.ty, Type::Integer { .. } | Type::Fen { .. });
        if whole && written.parse::<i64>().is_err() {
            let message =
                format!("`{written}` is not an integer, but `{}` is {}", field.name, kind(field).0);
            let help = "write a 64-bit integer";
            sink.report(Diagnostic::at(rules::BAD_VALUE, span, message).help(help));
            return None;
        }
        written.parse::<Decimal>().ok()
    };
    let (min, max) = (limit(min), limit(max));
    ordered(min.as_ref(), max.as_ref(), span, sink);
}

fn pattern(pattern: &Pattern, span: SourceSpan, sink: &mut Sink) {
    if let Some(problem) = pattern.problem() {
        let message = format!("invalid regular expression `{}`: {problem}", pattern.as_str());
        sink.report(Diagnostic::at(rules::BAD_PATTERN, span, message));
    }
}

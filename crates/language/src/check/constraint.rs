//! Limits fit the type of what they limit.

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
                (text, "`length` limits a text")
            }
            Constraint::Range { min, max } => {
                range(min.as_deref(), max.as_deref(), *span, sink);
                (number, "`range` limits a number or an amount")
            }
            Constraint::Pattern(pattern) => {
                self::pattern(pattern, *span, sink);
                (text, "`pattern` limits a text")
            }
            Constraint::Items { min, max } => {
                ordered(min.as_ref(), max.as_ref(), *span, sink);
                (
                    field.list.is_some() || matches!(field.ty, Type::Map(_)),
                    "`items` limits a list or a map",
                )
            }
        };
        // On a list, `length`, `range` and `pattern` would have to speak of elements.
        let element = field.list.is_some() && !matches!(constraint, Constraint::Items { .. });
        if (!fits || element) && field.ty != Type::Invalid {
            let message = format!("{what}, and `{}` is something else", field.name);
            sink.report(
                Diagnostic::at(rules::CONSTRAINT_TYPE, *span, message)
                    .also(field.span, "the field"),
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
        let message = format!("`min` is {min}, which is more than `max`, {max}");
        sink.report(Diagnostic::at(rules::BAD_VALUE, span, message));
    }
}

fn range(min: Option<&str>, max: Option<&str>, span: SourceSpan, sink: &mut Sink) {
    let mut limit = |written: Option<&str>| {
        let written = written?;
        let parsed = written.parse::<Decimal>().ok();
        if parsed.is_none() {
            let message = format!("`{written}` is not a number");
            sink.report(Diagnostic::at(rules::BAD_VALUE, span, message));
        }
        parsed
    };
    let (min, max) = (limit(min), limit(max));
    ordered(min.as_ref(), max.as_ref(), span, sink);
}

fn pattern(pattern: &Pattern, span: SourceSpan, sink: &mut Sink) {
    if let Some(problem) = pattern.problem() {
        let message = format!("`{}` is not a regular expression: {problem}", pattern.as_str());
        sink.report(Diagnostic::at(rules::BAD_PATTERN, span, message));
    }
}

//! Finds the rule by which a range in a request can be split.

use crate::model::{Field, Record, Rule, RuleKind, SpanLimit, TimeCodec, Type};
use gatespec_protocol as rt;

/// The first rule by which a range in a request can be split, and the form in which the runtime
/// uses it.
pub fn splitting(request: &Record) -> Option<(&Rule, rt::RangeRule<'_>)> {
    request.rules.iter().find_map(|rule| Some((rule, range(request, rule)?.ok()?)))
}

/// The form in which the runtime uses a `span` rule; `None` for other rules.
///
/// # Errors
///
/// The reason why ranges cannot be split by this rule.
pub fn range<'m>(request: &'m Record, rule: &'m Rule) -> Option<Result<rt::RangeRule<'m>, String>> {
    match &rule.kind {
        RuleKind::Span(first, second, limit) => Some(lower(request, [first, second], limit)),
        RuleKind::NotAfter(..) | RuleKind::AtLeastOne(..) => None,
    }
}

fn lower<'m>(
    request: &'m Record,
    fields: [&'m str; 2],
    limit: &SpanLimit,
) -> Result<rt::RangeRule<'m>, String> {
    let [first, second] = fields.map(|name| request.sent().find(|field| field.name == name));
    let (Some(first), Some(second)) = (first.and_then(codec), second.and_then(codec)) else {
        return Err("a range needs two times".to_owned());
    };
    if fields[0] == fields[1] {
        return Err(format!("a range needs two times, but `{}` is both", fields[0]));
    }
    if (&first.format, first.offset) != (&second.format, second.offset) {
        return Err("the span's two times have different formats".to_owned());
    }
    let format = first.time_format();
    let rule = rt::RangeRule { fields, at_most: limit.at_most, end: limit.end, format };
    match rule.problem() {
        Some(problem) => Err(problem),
        None => Ok(rule),
    }
}

fn codec(field: &Field) -> Option<&TimeCodec> {
    match (&field.ty, &field.list) {
        (Type::DateTime(codec), None) => Some(codec),
        _ => None,
    }
}

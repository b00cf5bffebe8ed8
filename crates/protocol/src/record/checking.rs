//! Validates the fields of a record.

use rust_decimal::Decimal;

use super::{Enumeration, Field, FieldType, Limit, List, Record, Required, Rule, View};
use crate::check::{Checker, Validate};
use crate::rules;
use crate::write::ListStyle;

impl<R: Record> Validate for R {
    fn check(&self, cx: &mut Checker<'_>) {
        check(self, cx);
    }
}

fn check(record: &dyn Record, cx: &mut Checker<'_>) {
    let schema = record.schema();
    for (at, field) in schema.fields.iter().enumerate().filter(|(_, field)| field.is_checked()) {
        let view = record.view(at);
        value(field, view, cx);
        required(record, field, view, cx);
        // The limits of a missing field are not checked, because its absence is reported already if
        // it is required. An empty list or map that is not required may have too few items, so its
        // limits are checked.
        let given = matches!(view, View::List(_) | View::Map(_)) && field.required == Required::No;
        if given || view.is_given() {
            for limit in field.limits.iter().filter(|limit| !allows(limit, view)) {
                cx.report(limit.name(), field.name, limit.demand());
            }
        }
    }
    for rule in schema.rules {
        several(record, rule, cx);
    }
}

/// Whether the spec lists the value. An empty text is accepted, because it counts as absent.
fn is_listed(choice: &dyn Enumeration) -> bool {
    choice.is_known() || choice.as_str().is_empty()
}

/// Checks a value, except for its limits.
fn value(field: &Field<'_>, view: View<'_>, cx: &mut Checker<'_>) {
    match view {
        View::List(list) => items(field, list, cx),
        View::Choice(choice) if !is_listed(choice) => unknown(field, None, choice, cx),
        View::Record(record) => cx.within(field.name, None, |cx| record.check(cx)),
        View::Decimal(number) => {
            let (FieldType::Decimal(scale) | FieldType::Amount(scale)) = field.kind else { return };
            if !rules::scale_fits(number, scale) {
                let message = match scale {
                    0 => "must be an integer".to_owned(),
                    scale => format!("must have at most {scale} decimals"),
                };
                cx.report("scale", field.name, message);
            }
        }
        _ => {}
    }
}

fn items(field: &Field<'_>, list: &dyn List, cx: &mut Checker<'_>) {
    for index in 0..list.count() {
        let item = list.item(index);
        match (item, field.list) {
            (View::Record(record), _) => {
                cx.within(field.name, Some(index), |cx| record.check(cx));
            }
            (View::Choice(choice), _) if !is_listed(choice) => {
                unknown(field, Some(index), choice, cx);
            }
            (View::Text(text), Some(ListStyle::Delimited(delimiter)))
                if !rules::joins(text, delimiter) =>
            {
                let message = format!("must not be empty or contain the delimiter {delimiter:?}");
                cx.report_at("delimiter", field.name, Some(index), message);
            }
            _ => {}
        }
    }
}

fn unknown(field: &Field<'_>, index: Option<usize>, value: &dyn Enumeration, cx: &mut Checker<'_>) {
    let all = value.all().join(", ");
    let message = match field.sensitive {
        true => format!("must be one of {all}"),
        false => format!("must be one of {all}, not {:?}", value.as_str()),
    };
    cx.report_at("enumeration", field.name, index, message);
}

fn required(record: &dyn Record, field: &Field<'_>, view: View<'_>, cx: &mut Checker<'_>) {
    let condition = match field.required {
        _ if view.is_given() => return,
        Required::No => return,
        Required::Yes => {
            return cx.report(
                "required",
                field.name,
                "must be given and must not be empty".to_owned(),
            );
        }
        Required::When(condition) | Required::Unless(condition) => condition,
    };
    let (other, name) =
        (record.view(condition.field), record.schema().fields[condition.field].name);
    let (holds, wording) = match condition.any_of {
        [] => (other.is_given(), format!("`{name}` is given")),
        values => (other.is_any_of(values), format!("`{name}` is {}", values.join(" or "))),
    };
    match field.required {
        Required::When(_) if holds => {
            cx.report("required", field.name, format!("must be given when {wording}"));
        }
        Required::Unless(_) if !holds => {
            cx.report("required", field.name, format!("must be given unless {wording}"));
        }
        _ => {}
    }
}

/// Whether the value is within the limit. Returns `true` if values of this type cannot have such a
/// limit.
fn allows(limit: &Limit<'_>, view: View<'_>) -> bool {
    match *limit {
        Limit::Length(..) | Limit::Pattern(_) => {
            text(view).is_none_or(|text| limit.allows_text(text))
        }
        Limit::Range(min, max) => {
            number(view).is_none_or(|number| rules::range_fits(number, min, max))
        }
        Limit::Items(min, max) => {
            count(view).is_none_or(|count| rules::count_fits(count, min, max))
        }
    }
}

fn text(view: View<'_>) -> Option<&str> {
    match view {
        View::Text(text) => Some(text),
        View::Choice(choice) => Some(choice.as_str()),
        _ => None,
    }
}

fn number(view: View<'_>) -> Option<Decimal> {
    match view {
        View::Integer(number) => Some(number.into()),
        View::Decimal(number) => Some(number),
        _ => None,
    }
}

fn count(view: View<'_>) -> Option<usize> {
    match view {
        View::List(list) => Some(list.count()),
        View::Map(map) => Some(map.count()),
        _ => None,
    }
}

fn several(record: &dyn Record, rule: &Rule<'_>, cx: &mut Checker<'_>) {
    let name = |at: usize| record.schema().fields[at].name;
    let times = |first, second| record.view(first).time().zip(record.view(second).time());
    match *rule {
        Rule::NotAfter(first, second) => {
            if times(first, second).is_some_and(|(a, b)| !rules::not_after(a, b)) {
                let (first, second) = (name(first), name(second));
                let message = format!("`{first}` must not be after `{second}`");
                cx.report("not_after", &format!("{first},{second}"), message);
            }
        }
        Rule::Span(first, second, limit) => {
            if times(first, second).is_some_and(|(a, b)| !rules::within(a, b, limit)) {
                let (first, second) = (name(first), name(second));
                let message = format!("`{first}` and `{second}` must be at most {limit} apart");
                cx.report("span", &format!("{first},{second}"), message);
            }
        }
        Rule::AtLeastOne(fields) => {
            if !fields.iter().any(|at| record.view(*at).is_given()) {
                let names: Vec<&str> = fields.iter().map(|at| name(*at)).collect();
                let message = format!("at least one of `{}` must be given", names.join("`, `"));
                cx.report("at_least_one", &names.join(","), message);
            }
        }
    }
}

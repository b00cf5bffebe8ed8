//! What generated `check` functions do, driven by the model.

use super::data::{Choice, Data, Object};
use crate::model::{Constraint, Field, ListStyle, Required, RuleKind, Type};
use gatespec_protocol as rt;
use rt::{Checker, DateTime, Decimal, Pattern, Validate, When};

impl Validate for Object<'_> {
    fn check(&self, cx: &mut Checker<'_>) {
        for (field, data) in self.sent() {
            field_rules(self, field, data, cx);
        }
        for rule in &self.record.rules {
            match &rule.kind {
                RuleKind::NotAfter(a, b) => cx.not_after((a, self.time(a)), (b, self.time(b))),
                RuleKind::Span(a, b, limit) => {
                    cx.span((a, self.time(a)), (b, self.time(b)), limit.at_most);
                }
                RuleKind::AtLeastOne(names) => {
                    let given: Vec<_> = names
                        .iter()
                        .map(|name| (name.as_str(), self.value(name).is_given()))
                        .collect();
                    cx.at_least_one(&given);
                }
            }
        }
    }
}

impl Object<'_> {
    fn time(&self, name: &str) -> Option<DateTime> {
        match self.value(name) {
            Data::Time(time) => Some(*time),
            _ => None,
        }
    }
}

fn field_rules(object: &Object<'_>, field: &Field, data: &Data<'_>, cx: &mut Checker<'_>) {
    let mut checked = start(field, data, cx);
    match &field.required {
        Required::No => {}
        Required::Yes => checked = checked.required(),
        Required::When(condition) | Required::Unless(condition) => {
            let other = object.value(&condition.field);
            let value = other.comparable();
            let any_of: Vec<_> = condition.any_of.iter().map(String::as_str).collect();
            let when = if any_of.is_empty() {
                When::present(&condition.field, other.is_given())
            } else {
                When::is(&condition.field, value.as_deref(), &any_of)
            };
            checked = match field.required {
                Required::When(_) => checked.required_when(when),
                _ => checked.required_unless(when),
            };
        }
    }
    for (constraint, _) in &field.constraints {
        checked = match constraint {
            Constraint::Length { min, max } => checked.length(count(*min), count(*max)),
            Constraint::Range { min, max } => checked.range(number(min), number(max)),
            Constraint::Pattern(pattern) => checked.pattern(&Pattern::owned(pattern.clone())),
            Constraint::Items { min, max } => checked.items(count(*min), count(*max)),
        };
    }
}

fn count(limit: Option<u64>) -> Option<usize> {
    limit.map(|limit| usize::try_from(limit).unwrap_or(usize::MAX))
}

fn number(limit: &Option<String>) -> Option<Decimal> {
    limit.as_deref().and_then(|limit| limit.parse().ok())
}

/// The check of the type itself.
fn start<'f>(field: &'f Field, data: &'f Data<'_>, cx: &'f mut Checker<'_>) -> rt::Field<'f> {
    let name = &field.name;
    match (data, &field.ty) {
        (Data::List(items), ty) => list(field, items, ty, cx),
        (Data::Text(text), _) => cx.text(name, Some(text)),
        (Data::Integer(number), _) => cx.integer(name, Some(*number)),
        (Data::Decimal(value), Type::Decimal { scale, .. }) => {
            cx.decimal(name, Some(*value), *scale)
        }
        (Data::Choice(choice), _) => cx.choice(name, Some(choice)),
        (Data::Record(record), _) => cx.record(name, Some(record)),
        (Data::Map(map), _) => cx.map(name, map.0.len()),
        (Data::Json(json), _) => cx.json(name, Some(json)),
        (data, _) => cx.value(name, data.is_given()),
    }
}

fn list<'f>(
    field: &'f Field,
    items: &'f [Data<'_>],
    ty: &Type,
    cx: &'f mut Checker<'_>,
) -> rt::Field<'f> {
    let name = &field.name;
    match ty {
        Type::Record(_) => {
            let records: Vec<_> = items.iter().filter_map(record).collect();
            cx.each(name, &records)
        }
        Type::Enumeration(_) => {
            let choices: Vec<_> = items.iter().filter_map(choice).collect();
            cx.choices(name, &choices)
        }
        Type::Text => match &field.list {
            Some(ListStyle::Delimited(delimiter)) => {
                let texts: Vec<_> = items.iter().filter_map(text).collect();
                cx.joined(name, &texts, delimiter)
            }
            _ => cx.items(name, items.len()),
        },
        _ => cx.items(name, items.len()),
    }
}

fn record<'d, 'm>(data: &'d Data<'m>) -> Option<&'d Object<'m>> {
    match data {
        Data::Record(record) => Some(record),
        _ => None,
    }
}

fn choice<'d>(data: &'d Data<'_>) -> Option<Choice<'d>> {
    match data {
        Data::Choice(choice) => {
            Some(Choice { value: choice.value.clone(), known: choice.known.clone() })
        }
        _ => None,
    }
}

fn text<'d>(data: &'d Data<'_>) -> Option<&'d str> {
    match data {
        Data::Text(text) => Some(text),
        _ => None,
    }
}

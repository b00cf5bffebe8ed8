//! Requests derived from the model: valid ones, and for each rule one that violates it. Rules
//! that are added to specs are covered without a change here; a new kind of rule needs one.

use gatespec_language::model::{
    Condition, Constraint, Field, ListStyle, Platform, Record, Required, RuleKind, Type, TypeKind,
};
use gatespec_runtime::{DateTime, TimeFormat};
use serde_json::{Map, Value, json};

pub(crate) type Values = Map<String, Value>;

/// A rule, and a request that violates it.
pub(crate) type Broken = (String, Values);

/// A number of days that exceeds the limit of every range.
const AGES: i64 = 20_000;

/// A request with every field.
pub(crate) fn right(platform: &Platform, record: &Record) -> Values {
    record.sent().map(|field| (field.name.clone(), value(platform, field))).collect()
}

fn value(platform: &Platform, field: &Field) -> Value {
    let one = match (&field.example, inner(platform, field)) {
        (Some(example), None) if field.list.is_none() => json!(example),
        (_, Some(record)) => Value::Object(right(platform, record)),
        _ => scalar(platform, field),
    };
    if field.list.is_some() { json!([one]) } else { one }
}

fn scalar(platform: &Platform, field: &Field) -> Value {
    match &field.ty {
        Type::Text => json!("A1"),
        Type::Integer { .. } | Type::Fen { .. } => json!("1"),
        Type::Decimal { .. } => json!("1.5"),
        Type::Boolean { yes, .. } => json!(yes),
        Type::DateTime(_) => time(field, 0),
        Type::Json | Type::Map(_) => json!({}),
        Type::Enumeration(id) => match &platform.type_def(*id).kind {
            TypeKind::Enumeration(known) => json!(known.variants[0].value),
            TypeKind::Record(_) => Value::Null,
        },
        Type::Record(_) | Type::Invalid => Value::Null,
    }
}

/// The time that is this many days after the beginning of 2023.
fn time(field: &Field, days: i64) -> Value {
    let Type::DateTime(codec) = &field.ty else { panic!("{} is no time", field.name) };
    let format = match codec.format.as_str() {
        "unix_seconds" => TimeFormat::UnixSeconds,
        "unix_millis" => TimeFormat::UnixMillis,
        pattern => TimeFormat::Pattern { pattern, offset: codec.offset },
    };
    let second = 1_672_502_400 + days * 86_400;
    json!(format.format(DateTime::from_unix_seconds(second).unwrap()))
}

/// The record that a field has as its type; `None` if it has another type.
fn inner<'m>(platform: &'m Platform, field: &Field) -> Option<&'m Record> {
    let Type::Record(id) = field.ty else { return None };
    match &platform.type_def(id).kind {
        TypeKind::Record(record) => Some(record),
        TypeKind::Enumeration(_) => None,
    }
}

/// For each rule of a record, a request that violates it.
pub(crate) fn broken(platform: &Platform, record: &Record) -> Vec<Broken> {
    let mut all = Vec::new();
    for field in record.sent() {
        let rule = |kind: &str| format!("{kind}:{}", field.name);
        let right = right(platform, record);
        let with = |value: Value| -> Values {
            let listed = field.list.is_some() && !value.is_array();
            let value = if listed { json!([value]) } else { value };
            right.clone().into_iter().chain([(field.name.clone(), value)]).collect()
        };
        if let Some(values) = without(field, &right) {
            all.push((rule("required"), values));
        }
        for (constraint, _) in &field.constraints {
            all.extend(
                beyond(constraint).into_iter().map(|(kind, value)| (rule(kind), with(value))),
            );
        }
        match (&field.ty, &field.list) {
            (Type::Enumeration(_), _) => all.push((rule("enumeration"), with(json!("987654")))),
            (Type::Decimal { scale, .. }, _) => {
                let digits = "1".repeat(*scale as usize + 1);
                all.push((rule("scale"), with(json!(format!("1.{digits}")))));
            }
            // The list has an empty item between two delimiters.
            (Type::Text, Some(ListStyle::Delimited(_))) => {
                all.push((rule("delimiter"), with(json!(["", "A1"]))));
            }
            _ => {}
        }
        let inside = inner(platform, field).map(|record| broken(platform, record));
        let inside = inside.into_iter().flatten();
        all.extend(inside.map(|(rule, values)| (rule, with(Value::Object(values)))));
    }
    all.extend(
        record.rules.iter().map(|rule| against(&rule.kind, record, right(platform, record))),
    );
    all
}

/// A valid request from which a required field is removed.
fn without(field: &Field, right: &Values) -> Option<Values> {
    let mut values = right.clone();
    let condition = |condition: &Condition, values: &mut Values| match &condition.any_of[..] {
        [] => json!("A1"),
        [first, ..] => values.insert(condition.field.clone(), json!(first)).unwrap(),
    };
    match &field.required {
        Required::No => return None,
        Required::Yes => {}
        Required::When(when) => drop(condition(when, &mut values)),
        Required::Unless(unless) => drop(values.remove(&unless.field)),
    }
    values.remove(&field.name);
    // Without a value for its placeholder, the path would be a different path.
    (!field.in_path).then_some(values)
}

/// Values that are just outside a limit.
fn beyond(constraint: &Constraint) -> Vec<(&'static str, Value)> {
    let count = |limit: &Option<u64>, by: i64| {
        limit
            .map(|limit| usize::try_from(limit.cast_signed() + by).unwrap())
            .filter(|size| *size > 0)
    };
    let number = |limit: &Option<String>, by: i64| {
        limit.as_deref().map(|limit| json!((limit.parse::<i64>().unwrap() + by).to_string()))
    };
    let text = |size: usize| json!("短".repeat(size));
    let items = |size: usize| json!(vec!["A1"; size]);
    match constraint {
        Constraint::Length { min, max } => {
            [count(min, -1).map(text), count(max, 1).map(text)].map(|one| ("length", one)).to_vec()
        }
        Constraint::Range { min, max } => {
            [number(min, -1), number(max, 1)].map(|one| ("range", one)).to_vec()
        }
        Constraint::Items { min, max } => {
            [count(min, -1).map(items), count(max, 1).map(items)].map(|one| ("items", one)).to_vec()
        }
        Constraint::Pattern(_) => vec![("pattern", Some(json!("\u{7f}")))],
    }
    .into_iter()
    .filter_map(|(kind, value)| Some((kind, value?)))
    .collect()
}

fn against(rule: &RuleKind, record: &Record, mut values: Values) -> Broken {
    let mut times = |first: (&str, i64), second: (&str, i64)| {
        for (name, days) in [first, second] {
            values.insert(name.to_owned(), time(record.field(name).unwrap(), days));
        }
    };
    match rule {
        RuleKind::NotAfter(first, second) => times((first, 1), (second, 0)),
        RuleKind::Span(first, second, _) => times((first, 0), (second, AGES)),
        RuleKind::AtLeastOne(names) => names.iter().for_each(|name| drop(values.remove(name))),
    }
    (format!("{}:{}", rule.key(), rule.fields().join(",")), values)
}

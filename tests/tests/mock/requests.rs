//! For each rule of the model, a request that violates it. Rules that are added to specs are covered without a change here; a new kind of rule needs one.

use gatespec_language::model::{
    Condition, Constraint, Field, ListStyle, Platform, Record, Required, RuleKind, Type,
};
use gatespec_tests::requests::{Values, inner, right, time};
use serde_json::{Value, json};

/// A rule, and a request that violates it.
pub(crate) type Broken = (String, Values);

/// A number of days that exceeds the limit of every range.
const AGES: i64 = 20_000;

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

//! Valid requests, made from the model.
#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use gatespec_language::model::{Field, Platform, Record, Type, TypeKind};
use gatespec_runtime::{DateTime, TimeFormat};
use serde_json::{Map, Value, json};

/// The fields of a request, by their names.
pub type Values = Map<String, Value>;

/// The depth of records below which only required fields are filled.
const DEEPEST: usize = 3;

/// A request with every field.
pub fn right(platform: &Platform, record: &Record) -> Values {
    filled(platform, record, DEEPEST)
}

fn filled(platform: &Platform, record: &Record, depth: usize) -> Values {
    let fields = record.sent().filter(|field| depth > 0 || field.is_needed());
    fields.map(|field| (field.name.clone(), value(platform, field, depth))).collect()
}

fn value(platform: &Platform, field: &Field, depth: usize) -> Value {
    let one = match (&field.example, inner(platform, field)) {
        (Some(example), None) if field.list.is_none() => json!(example),
        (_, Some(record)) => Value::Object(filled(platform, record, depth.saturating_sub(1))),
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
        Type::Json => json!({}),
        Type::Map(_) => json!({ "A1": "1" }),
        Type::Enumeration(id) => match &platform.type_def(*id).kind {
            TypeKind::Enumeration(known) => json!(known.variants[0].value),
            TypeKind::Record(_) => Value::Null,
        },
        Type::Record(_) | Type::Invalid => Value::Null,
    }
}

/// The time that is this many days after the beginning of 2023.
pub fn time(field: &Field, days: i64) -> Value {
    let Type::DateTime(codec) = &field.ty else { panic!("{} is no time", field.name) };
    let format = match codec.format.as_str() {
        "unix_seconds" => TimeFormat::UnixSeconds,
        "unix_millis" => TimeFormat::UnixMillis,
        pattern => TimeFormat::Pattern { pattern, offset: codec.offset },
    };
    let second = 1_672_502_400 + days * 86_400;
    json!(format.format(DateTime::from_unix_seconds(second).expect("a time")))
}

/// The record that a field has as its type; `None` if it has another type.
pub fn inner<'m>(platform: &'m Platform, field: &Field) -> Option<&'m Record> {
    let Type::Record(id) = field.ty else { return None };
    match &platform.type_def(id).kind {
        TypeKind::Record(record) => Some(record),
        TypeKind::Enumeration(_) => None,
    }
}

//! Adds defects to data, like those in the answers of careless gateways.

use gatespec_language::model::{Field, Method, Platform, Record, Returns, Type, TypeKind};
use gatespec_protocol::Json;

use crate::fault::Fault;

/// Applies a fault to data. Returns whether the data changed.
pub(crate) fn spoil(fault: Fault, platform: &Platform, method: &Method, data: &mut Json) -> bool {
    let before = data.clone();
    match fault {
        Fault::Flip => flip(data),
        Fault::Null => members(data, &Json::Null),
        Fault::EmptyText => members(data, &Json::from("")),
        Fault::EmptyList => members(data, &Json::Array(Vec::new())),
        Fault::EmptyObject => members(data, &Json::Object(serde_json::Map::new())),
        Fault::UnknownValue => match &method.returns {
            Returns::Nothing => {}
            Returns::Record(record) => unknown_members(platform, record, data),
            Returns::Value(field) => unknown(platform, field, data),
        },
        _ => {}
    }
    *data != before
}

/// Turns numbers into texts, and texts that are integers into numbers.
fn flip(value: &mut Json) {
    match value {
        Json::Number(number) => *value = number.to_string().into(),
        Json::String(text) => {
            let number = text.parse::<i64>().ok().filter(|number| number.to_string() == *text);
            if let Some(number) = number {
                *value = number.into();
            }
        }
        Json::Array(items) => items.iter_mut().for_each(flip),
        Json::Object(entries) => entries.values_mut().for_each(flip),
        Json::Null | Json::Bool(_) => {}
    }
}

/// Sets every member of an object, or of each object in a list, to the same value. Leaves other
/// data unchanged.
fn members(data: &mut Json, with: &Json) {
    match data {
        Json::Object(entries) => entries.values_mut().for_each(|value| *value = with.clone()),
        Json::Array(items) => items.iter_mut().for_each(|item| members(item, with)),
        _ => {}
    }
}

fn unknown_members(platform: &Platform, record: &Record, data: &mut Json) {
    let Json::Object(entries) = data else { return };
    for (name, value) in entries {
        if let Some(field) = record.field(name) {
            unknown(platform, field, value);
        }
    }
}

fn unknown(platform: &Platform, field: &Field, value: &mut Json) {
    match (&field.ty, &mut *value) {
        (Type::Enumeration(_) | Type::Record(_), Json::Array(items)) => {
            items.iter_mut().for_each(|item| unknown(platform, field, item));
        }
        (Type::Enumeration(id), _) => {
            let numeric = match &platform.type_def(*id).kind {
                TypeKind::Enumeration(values) => values.numeric,
                TypeKind::Record(_) => false,
            };
            *value = if numeric { 987_654.into() } else { "UNKNOWN_TO_ALL_DOCUMENTS".into() };
        }
        (Type::Record(id), _) => {
            if let TypeKind::Record(record) = &platform.type_def(*id).kind {
                unknown_members(platform, record, value);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn only_what_reads_back_as_itself_flips() {
        let mut data = json!({"a": 1, "b": ["2", "03", "x", 4.5], "c": {"d": "-7"}, "e": true});
        flip(&mut data);
        assert_eq!(data, json!({"a": "1", "b": [2, "03", "x", "4.5"], "c": {"d": -7}, "e": true}));
    }

    #[test]
    fn members_are_replaced_and_what_has_none_is_left() {
        let mut data = json!({"a": 1, "b": {"c": 2}});
        members(&mut data, &json!([]));
        assert_eq!(data, json!({"a": [], "b": []}));
        let mut data = json!([{"a": 1}, {"a": 2, "b": 3}]);
        members(&mut data, &json!(""));
        assert_eq!(data, json!([{"a": ""}, {"a": "", "b": ""}]));
        let mut data = json!("text");
        members(&mut data, &Json::Null);
        assert_eq!(data, json!("text"));
    }
}

//! Typed values as JSON.

use super::data::{Data, Object};
use crate::tree::Tree;
use gatespec_protocol::mask::SECRET;
use gatespec_protocol::record::{Field, FieldType, Form};
use gatespec_protocol::{Json, RawJson};

/// What happens to sensitive fields.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Sensitive {
    /// Their values are replaced by a mark.
    Masked,
    /// Their values are shown like others.
    Shown,
}

/// Returns a record as JSON, without its absent fields.
pub(super) fn object(object: &Object<'_>, sensitive: Sensitive) -> Json {
    let fields = object.values.iter().filter_map(|cell| {
        let value = value(&cell.field, &cell.data, sensitive)?;
        let is_masked = cell.field.sensitive && sensitive == Sensitive::Masked;
        Some((cell.field.name.to_owned(), if is_masked { SECRET.into() } else { value }))
    });
    let others = object.others.iter().flat_map(|others| &others.by_name);
    let others = others.map(|(name, json)| (name.clone(), shown(json)));
    Json::Object(fields.chain(others).collect())
}

/// The value of a field; `None` if it is absent.
pub(super) fn value(field: &Field<'_>, data: &Data<'_>, sensitive: Sensitive) -> Option<Json> {
    Some(match data {
        Data::Absent => return None,
        Data::Text(text) => text.as_str().into(),
        Data::Integer(number) if field.form == Form::Quoted => number.to_string().into(),
        Data::Integer(number) => (*number).into(),
        Data::Decimal(number) => number.to_string().into(),
        Data::Flag(flag) => match field.kind {
            FieldType::Flag(spelling) if spelling.yes != "true" => spelling.of(*flag).into(),
            _ => (*flag).into(),
        },
        Data::Time(time) => {
            let FieldType::Time(format, _) = field.kind else { return None };
            let text = format.format(*time);
            match text.parse::<i64>() {
                Ok(number) if format.is_number() && field.form != Form::Quoted => number.into(),
                _ => text.into(),
            }
        }
        Data::Choice(choice) => match choice.value.parse::<i64>() {
            Ok(number) if field.form == Form::Bare && number.to_string() == choice.value => {
                number.into()
            }
            _ => choice.value.as_str().into(),
        },
        Data::Json(json) => shown(json),
        Data::Map(members) => {
            members.by_name.iter().map(|(name, json)| (name.clone(), shown(json))).collect()
        }
        Data::Record(record) => object(record, sensitive),
        Data::List(items) => {
            items.0.iter().filter_map(|item| value(field, item, sensitive)).collect()
        }
    })
}

/// Returns JSON of any shape. A number that would lose digits becomes a string.
fn shown(json: &RawJson) -> Json {
    fn show(tree: Tree) -> Json {
        match tree {
            Tree::Null => Json::Null,
            Tree::Bare(text) => match serde_json::from_str::<Json>(&text) {
                Ok(json) if format!("{json}") == text => json,
                _ => Json::String(text),
            },
            Tree::Text(text) => Json::String(text),
            Tree::List(items) => items.into_iter().map(show).collect(),
            Tree::Object(members) => {
                members.into_iter().map(|(name, tree)| (name, show(tree))).collect()
            }
        }
    }
    Tree::parse(json.as_str()).map_or_else(|_| json.value(), show)
}

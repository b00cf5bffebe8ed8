//! Conditions between fields that JSON Schema can state.

use gatespec_language::model::{Condition, Record, Required, RuleKind};
use serde_json::{Value as Json, json};

/// The schemas that state when fields are required, and which fields must not all be absent.
pub(super) fn of(record: &Record) -> Vec<Json> {
    let fields = record.sent().filter(|field| !field.in_path);
    let mut all: Vec<Json> = fields
        .filter_map(|field| {
            let needed = json!({ "required": [field.name] });
            match &field.required {
                Required::When(when) => Some(json!({ "if": holds(when), "then": needed })),
                Required::Unless(unless) => Some(json!({ "if": holds(unless), "else": needed })),
                Required::No | Required::Yes => None,
            }
        })
        .collect();
    for rule in &record.rules {
        if let RuleKind::AtLeastOne(names) = &rule.kind {
            let any: Vec<_> = names.iter().map(|name| json!({ "required": [name] })).collect();
            all.push(json!({ "anyOf": any }));
        }
    }
    all
}

/// A schema that an object fits if the condition holds.
fn holds(condition: &Condition) -> Json {
    let value = match condition.any_of.is_empty() {
        true => json!({ "not": { "enum": [null, "", [], {}] } }),
        false => json!({ "enum": spellings(&condition.any_of) }),
    };
    json!({ "properties": { &condition.field: value }, "required": [condition.field] })
}

/// The values as texts and, if they can be read so, as numbers and booleans.
pub(crate) fn spellings<T: AsRef<str>>(values: &[T]) -> Vec<Json> {
    let values = values.iter().map(AsRef::as_ref);
    let spelled = values.flat_map(|text| {
        let bare = serde_json::from_str::<Json>(text).ok();
        let bare = bare.filter(|value| value.is_number() || value.is_boolean());
        [Some(text.into()), bare]
    });
    spelled.flatten().collect()
}

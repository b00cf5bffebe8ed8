//! Helpers for all parts of the exported model.

use crate::model::{About, Value};
use serde_json::{Map, Value as Json, json};

/// The members of a `json!` object.
pub(super) fn object(json: Json) -> Map<String, Json> {
    match json {
        Json::Object(object) => object,
        _ => Map::new(),
    }
}

/// Removes the null members of an object.
pub(super) fn said(json: Json) -> Json {
    let mut out = object(json);
    out.retain(|_, value| !value.is_null());
    out.into()
}

pub(super) fn list<'m, T: 'm>(
    items: impl IntoIterator<Item = &'m T>,
    one: impl FnMut(&'m T) -> Json,
) -> Json {
    items.into_iter().map(one).collect()
}

pub(super) fn texts<T: AsRef<str>>(pairs: &[(T, T)]) -> Json {
    let pairs = pairs.iter();
    let pairs = pairs.map(|(name, text)| (name.as_ref().to_owned(), text.as_ref().into()));
    pairs.collect::<Map<_, _>>().into()
}

/// Adds prose and provenance to an object: `doc` and `term` if present, and the grade.
pub(super) fn with_about(json: Json, about: &About) -> Json {
    let mut out = object(json);
    out.extend(object(said(json!({
        "doc": about.doc,
        "term": about.term,
        "provenance": provenance(about),
    }))));
    out.into()
}

/// Exports the grade of a fact and what is known about its source.
pub fn provenance(about: &About) -> Json {
    said(json!({
        "grade": about.grade.key(),
        "source": about.source,
        "note": about.note,
        "conflict": about.conflict.as_ref().map(|conflict| {
            json!({ "readings": texts(&conflict.readings), "chosen": conflict.chosen })
        }),
    }))
}

/// A value of an example or a vector.
pub(super) fn value(value: &Value) -> Json {
    match value {
        Value::Null(_) => Json::Null,
        Value::Text(text, _) => text.as_str().into(),
        Value::List(items, _) => list(items, self::value),
        Value::Map(entries, _) => {
            let entries = entries.iter();
            let entries = entries.map(|(name, _, entry)| (name.clone(), self::value(entry)));
            entries.collect::<Map<_, _>>().into()
        }
    }
}

//! The resolved model as data, for people and for tools in any language.
//!
//! Complete: what the compiler knows of a platform stands here, with every default filled in and
//! every provenance. Records are written out where they are used; one that contains itself is
//! named the second time.

mod fields;
mod protocol;

use crate::model::{About, Method, Model, Pages, Platform, Returns, TypeKind, Value};
use fields::{Fields, errors};
use serde_json::{Map, Value as Json, json};

/// The whole model.
pub fn model(model: &Model) -> Json {
    json!({ "platforms": model.platforms.iter().map(platform).collect::<Vec<_>>() })
}

fn platform(platform: &Platform) -> Json {
    let fields = Fields { platform };
    let mut gateways = platform.gateways.iter();
    let main = gateways.next().map(|main| protocol::gateway(main, &fields));
    let mut out = object(json!({
        "id": platform.id,
        "title": platform.title,
        "time_zone": offset(platform.time_zone),
    }));
    with_about(&mut out, &platform.about);
    if let Some(Json::Object(main)) = main {
        out.extend(main);
    }
    let further: Vec<_> = gateways.map(|gateway| protocol::gateway(gateway, &fields)).collect();
    out.insert("gateways".into(), further.into());
    let enumerations = platform.types.iter().filter_map(|def| match &def.kind {
        TypeKind::Enumeration(_) => Some(fields.type_def(def)),
        TypeKind::Record(_) => None,
    });
    out.insert("enumerations".into(), enumerations.collect());
    let records = platform.types.iter().filter_map(|def| match &def.kind {
        TypeKind::Record(_) => Some(fields.type_def(def)),
        TypeKind::Enumeration(_) => None,
    });
    out.insert("records".into(), records.collect());
    let methods = platform.methods.iter().map(|one| method(platform, one, &fields));
    out.insert("methods".into(), methods.collect());
    out.into()
}

fn method(platform: &Platform, method: &Method, fields: &Fields<'_>) -> Json {
    let gateway = platform.gateway_of(method);
    let mut out = object(json!({
        "name": method.name,
        "title": method.title,
        "file": method.file,
        "gateway": gateway.name,
        "verb": method.verb().as_str(),
        "path": method.path(),
        "business": method.business().to_string(),
        "repeat": method.repeat.as_str(),
        "silenced": method.silenced,
        "data": method.data(),
        "labels": texts(method.labels),
        "request": fields.record(&method.request),
        "response": match &method.returns {
            Returns::Nothing => Json::Null,
            Returns::Record(record) => fields.record(record),
            Returns::Value(field) => fields.value(field),
        },
        "errors": errors(&method.errors),
        "pages": method.pages.as_ref().map(pages),
        "examples": {
            "request": method.request_examples.iter().map(|example| json!({
                "name": example.name,
                "values": value(&example.values),
            })).collect::<Vec<_>>(),
            "response": method.response_examples.iter().map(protocol::response_example).collect::<Vec<_>>(),
        },
    }));
    with_about(&mut out, &method.about);
    let mut name = Map::new();
    with_about(&mut name, &method.name_about);
    out.insert("name_provenance".into(), name.into());
    out.into()
}

fn pages(pages: &Pages) -> Json {
    let mut out = object(texts(&pages.keys));
    out.insert("by".into(), pages.by.clone().into());
    out.into()
}

fn object(json: Json) -> Map<String, Json> {
    match json {
        Json::Object(object) => object,
        _ => Map::new(),
    }
}

fn texts<T: AsRef<str>>(pairs: &[(T, T)]) -> Json {
    pairs
        .iter()
        .map(|(name, text)| (name.as_ref().to_owned(), Json::from(text.as_ref())))
        .collect::<Map<_, _>>()
        .into()
}

/// Adds prose and provenance: `doc` and `term` if there are any, the grade always.
fn with_about(out: &mut Map<String, Json>, about: &About) {
    for (key, text) in [("doc", &about.doc), ("term", &about.term)] {
        if let Some(text) = text {
            out.insert(key.into(), text.as_str().into());
        }
    }
    let mut provenance = object(json!({ "grade": about.grade.key() }));
    for (key, text) in [("source", &about.source), ("note", &about.note)] {
        if let Some(text) = text {
            provenance.insert(key.into(), text.as_str().into());
        }
    }
    if let Some(conflict) = &about.conflict {
        let conflict = json!({ "readings": texts(&conflict.readings), "chosen": conflict.chosen });
        provenance.insert("conflict".into(), conflict);
    }
    out.insert("provenance".into(), provenance.into());
}

/// `+08:00`
fn offset(seconds: i32) -> String {
    let (sign, minutes) = (if seconds < 0 { '-' } else { '+' }, seconds.abs() / 60);
    format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60)
}

fn value(value: &Value) -> Json {
    match value {
        Value::Null(_) => Json::Null,
        Value::Text(text, _) => text.as_str().into(),
        Value::List(items, _) => items.iter().map(self::value).collect(),
        Value::Map(entries, _) => entries
            .iter()
            .map(|(name, _, entry)| (name.clone(), self::value(entry)))
            .collect::<Map<_, _>>()
            .into(),
    }
}

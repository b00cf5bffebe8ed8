//! The resolved model as data, for people and for tools in any language.
//!
//! The export is complete: it contains everything that the compiler knows about a platform,
//! including all defaults and provenance. Records are written out where they are used. Only two
//! kinds of records are replaced by their names: a record inside itself, and every record after the
//! first many thousand fields.

mod fields;
mod parts;
mod protocol;

use crate::model::{Method, Model, Pages, Platform, Returns, TypeKind, offset};
pub use fields::{required, rule};
pub use parts::provenance;
pub use protocol::source;

use fields::{Fields, errors};
use parts::{list, object, texts, value, with_about};
use serde_json::{Value as Json, json};

/// Exports the whole model.
pub fn model(model: &Model) -> Json {
    json!({ "platforms": list(&model.platforms, platform) })
}

/// Exports one platform.
pub fn platform(platform: &Platform) -> Json {
    let fields = Fields::new(platform);
    let mut gateways = platform.gateways.iter();
    let main = gateways.next().map(|main| protocol::gateway(main, &fields));
    let is_record = |kind: &TypeKind| matches!(kind, TypeKind::Record(_));
    let types = |records: bool| {
        let types = platform.types.iter().filter(|def| is_record(&def.kind) == records);
        list(types, |def| fields.type_def(def))
    };
    let head = json!({
        "id": platform.id,
        "title": platform.title,
        "time_zone": offset(platform.time_zone),
    });
    let mut out = object(with_about(head, &platform.about));
    out.extend(object(main.unwrap_or_default()));
    out.extend(object(json!({
        "gateways": list(gateways, |gateway| protocol::gateway(gateway, &fields)),
        "enumerations": types(false),
        "records": types(true),
        "methods": list(&platform.methods, |one| method(platform, one, &fields)),
    })));
    out.into()
}

fn method(platform: &Platform, method: &Method, fields: &Fields<'_>) -> Json {
    let gateway = platform.gateway_of(method);
    let out = json!({
        "name": method.name,
        "name_provenance": with_about(json!({}), &method.name_about),
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
        "request": fields.whole(&method.request, None),
        "response": match &method.returns {
            Returns::Nothing => Json::Null,
            Returns::Record(record) => fields.whole(record, None),
            Returns::Value(field) => fields.single(field),
        },
        "errors": errors(&method.errors),
        "pages": method.pages.as_ref().map(pages),
        "examples": {
            "request": list(&method.request_examples, |example| {
                json!({ "name": example.name, "values": value(&example.values) })
            }),
            "response": list(&method.response_examples, protocol::response_example),
        },
    });
    with_about(out, &method.about)
}

fn pages(pages: &Pages) -> Json {
    let mut out = object(texts(&pages.keys));
    out.insert("by".into(), pages.by.clone().into());
    out.into()
}

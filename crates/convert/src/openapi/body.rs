//! The parameters and the body of an operation.

use crate::loss::{Lost, object};
use crate::types::{Types, pattern_of};
use gatespec_language::model::{Gateway, Method, PublicParam};
use gatespec_protocol::{Location, NonceFormat, SendPolicy, Source};
use serde_json::{Map, Value as Json, json};
use std::collections::BTreeMap;

/// The parts of a request.
#[derive(Default)]
pub(super) struct Parts {
    /// The parameters outside of the body.
    pub(super) parameters: Vec<Json>,
    /// The form.
    pub(super) form: Object,
    /// The JSON body.
    pub(super) json: Object,
    /// The objects in the JSON body that contain parameters, by name.
    pub(super) inside: BTreeMap<String, Object>,
}

/// An object that is put together from several sources.
#[derive(Default)]
pub(super) struct Object {
    /// The members of the schema except `type`, `properties` and `required`.
    pub(super) schema: Map<String, Json>,
    properties: Map<String, Json>,
    required: Vec<Json>,
}

impl Object {
    pub(super) fn member(&mut self, name: &str, schema: Map<String, Json>, required: bool) {
        // A business parameter does not replace a public one of its name.
        if self.properties.contains_key(name) {
            return;
        }
        self.properties.insert(name.to_owned(), schema.into());
        if required {
            self.required.push(name.into());
        }
    }

    /// Adds the members of an object's schema.
    pub(super) fn merge(&mut self, mut record: Map<String, Json>) {
        let required = record.remove("required").unwrap_or_default();
        let properties = record.remove("properties").unwrap_or_default();
        for (name, schema) in object(properties) {
            let is_required =
                required.as_array().is_some_and(|names| names.iter().any(|one| *one == *name));
            self.member(&name, object(schema), is_required);
        }
        record.remove("type");
        self.schema.extend(record);
    }

    fn into_schema(self) -> Map<String, Json> {
        let mut out = self.schema;
        out.extend(object(json!({
            "type": "object",
            "properties": self.properties,
            "required": (!self.required.is_empty()).then_some(self.required),
        })));
        out
    }
}

impl Parts {
    /// Adds the gateway's public parameters.
    pub(super) fn public(&mut self, types: &mut Types<'_, '_>, method: &Method) {
        let gateway = types.platform.gateway_of(method);
        for param in &gateway.public {
            if !method.sends(param) {
                continue;
            }
            let mut schema = value(gateway, method, param);
            types.describe(&mut schema, &param.about, param.name);
            types.kept.keep(&mut schema, Lost::Source, param.name, &source(param));
            let required = param.send == SendPolicy::Always;
            match param.place {
                Location::Form => self.form.member(param.name, schema, required),
                Location::Body => self.json.member(param.name, schema, required),
                Location::BodyMember(name) => {
                    let inside = self.inside.entry(name.to_owned()).or_default();
                    inside.member(param.name, schema, required);
                }
                place => self.parameter(&place.to_string(), param.name, schema, required),
            }
        }
    }

    pub(super) fn parameter(
        &mut self,
        place: &str,
        name: &str,
        mut schema: Map<String, Json>,
        required: bool,
    ) {
        let description = schema.remove("description");
        self.parameters.push(
            object(json!({
                "name": name, "in": place, "required": required,
                "description": description, "schema": schema,
            }))
            .into(),
        );
    }

    /// The request body, if there is one.
    pub(super) fn body(mut self, is_raw: bool) -> Option<Json> {
        for (name, inside) in std::mem::take(&mut self.inside) {
            self.json.member(&name, inside.into_schema(), true);
        }
        let content = if is_raw {
            json!({ "*/*": {} })
        } else if !self.json.properties.is_empty() {
            json!({ "application/json": { "schema": self.json.into_schema() } })
        } else if !self.form.properties.is_empty() {
            json!({ "application/x-www-form-urlencoded": { "schema": self.form.into_schema() } })
        } else {
            return None;
        };
        Some(json!({ "required": true, "content": content }))
    }
}

/// The schema of a public parameter.
fn value(gateway: &Gateway, method: &Method, param: &PublicParam) -> Map<String, Json> {
    let ty = if param.number { "integer" } else { "string" };
    let holes = method.holes();
    object(match param.source {
        Source::Method => json!({ "const": method.name }),
        Source::Constant(value) => json!({ "const": value }),
        Source::Label(name) => match holes.label(name) {
            Some(Ok(text)) => json!({ "const": text }),
            _ => json!({ "type": ty }),
        },
        Source::SignMethod => {
            let names = gateway.signatures.iter().map(|one| one.name);
            json!({ "enum": names.collect::<Vec<_>>() })
        }
        Source::Clock(format) if format.is_number() => json!({ "type": "integer" }),
        Source::Clock(format) => json!({ "type": ty, "pattern": pattern_of(format) }),
        Source::Nonce(NonceFormat::Hex(digits)) => {
            json!({ "type": ty, "pattern": format!("^[0-9a-f]{{{digits}}}$") })
        }
        Source::Nonce(NonceFormat::Digits(digits)) => {
            json!({ "type": ty, "pattern": format!("^[0-9]{{{digits}}}$") })
        }
        Source::Nonce(NonceFormat::Uuid) => json!({ "type": ty, "format": "uuid" }),
        Source::Signature | Source::Formula(_) | Source::Argument | Source::Credential(_) => {
            json!({ "type": ty })
        }
    })
}

/// Where the client takes the value from, unless the schema states the value itself.
fn source(param: &PublicParam) -> Json {
    match param.source {
        Source::Method | Source::Constant(_) | Source::Label(_) | Source::Argument => Json::Null,
        _ => gatespec_language::export::source(param),
    }
}

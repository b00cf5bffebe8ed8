//! OpenAPI 3.1.

mod body;

use crate::envelope;
use crate::facts::{method_facts, platform_facts};
use crate::loss::{Kept, Lost, object};
use crate::path::{self, Address};
use crate::types::{At, Side, Types, Wire};
use body::Parts;
use gatespec_language::export;
use gatespec_language::model::{Method, Platform, Required, ResponseExample};
use gatespec_protocol::{Nested, Placement};
use serde_json::{Map, Value as Json, json};
use std::collections::BTreeMap;

/// The version of a document. Specs have no versions.
const VERSION: &str = "1";

pub(crate) fn document(platform: &Platform, tree: &Json, kept: &mut Kept) -> Json {
    let addresses: Vec<_> =
        platform.methods.iter().map(|method| path::address(platform, method)).collect();
    let main = platform.methods.iter().position(|method| method.gateway == 0);
    let servers = main.map(|at| addresses[at].servers.clone()).unwrap_or_default();
    let mut uses: BTreeMap<_, usize> = BTreeMap::new();
    for (method, address) in platform.methods.iter().zip(&addresses) {
        *uses.entry((address.path.as_str(), method.verb().as_str())).or_default() += 1;
    }
    let mut types = Types::new(platform, "#/components/schemas/", kept);
    let mut paths = Map::new();
    for (at, (method, address)) in platform.methods.iter().zip(&addresses).enumerate() {
        let mut operation = operation(&mut types, method, &tree["methods"][at]);
        if address.servers != servers {
            operation.insert("servers".into(), address.servers.clone().into());
        }
        let verb = method.verb().as_str();
        let mut path = address.path.clone();
        if uses[&(path.as_str(), verb)] > 1 {
            types.kept.keep(&mut operation, Lost::Path, method.name, &path.as_str().into());
            path = format!("{path}#{}", method.name);
        }
        let item = paths.entry(path).or_insert_with(|| json!({}));
        item[verb.to_ascii_lowercase()] = operation.into();
    }
    let components = json!({ "schemas": types.definitions() });
    let mut out = object(json!({
        "openapi": "3.1.0",
        "info": object(json!({
            "title": platform.title, "description": platform.about.doc, "version": VERSION,
        })),
        "servers": (!servers.is_empty()).then_some(servers),
        "paths": paths,
        "components": components,
    }));
    keep_unpublished(&mut out, platform, &addresses, kept);
    platform_facts(&mut out, tree, kept);
    out.into()
}

fn keep_unpublished(
    out: &mut Map<String, Json>,
    platform: &Platform,
    addresses: &[Address],
    kept: &mut Kept,
) {
    let mut names: Vec<_> = addresses.iter().flat_map(|address| &address.unpublished).collect();
    names.sort();
    names.dedup();
    kept.keep(out, Lost::Address, &platform.id, &json!(names));
}

fn operation(types: &mut Types<'_, '_>, method: &Method, tree: &Json) -> Map<String, Json> {
    let mut parts = Parts::default();
    parts.public(types, method);
    business(types, method, &mut parts);
    let parameters = std::mem::take(&mut parts.parameters);
    let mut out = object(json!({
        "operationId": method.name,
        "summary": method.title,
        "description": method.about.doc,
        "parameters": (!parameters.is_empty()).then_some(parameters),
        "requestBody": parts.body(types.platform.gateway_of(method).raw_body),
    }));
    let answer = envelope::answer(types, method);
    let examples = method.response_examples.iter().enumerate();
    let examples: Map<_, _> = examples.map(|(at, one)| example(one, at)).collect();
    let media = object(json!({
        "schema": answer, "examples": (!examples.is_empty()).then_some(examples),
    }));
    let response = json!({
        "description": "A success or a failure, which the envelope tells apart.",
        "content": { "application/json": media },
    });
    out.insert("responses".into(), json!({ "default": response }));
    types.keep_rules_outside(&mut out, method);
    types.describe(&mut out, &method.about, method.name);
    out.remove("title");
    method_facts(&mut out, tree, method.name, types.kept);
    out
}

fn example(example: &ResponseExample, at: usize) -> (String, Json) {
    let name = example.name.clone().unwrap_or_else(|| format!("example {}", at + 1));
    let value = serde_json::from_str(&example.body);
    let value: Json = value.unwrap_or_else(|_| example.body.as_str().into());
    (name, json!({ "value": value }))
}

/// Adds the business parameters.
fn business(types: &mut Types<'_, '_>, method: &Method, parts: &mut Parts) {
    let nested = types.platform.gateway_of(method).nested;
    let json = At::json(method.name, Side::Request);
    let text = At { wire: Wire::Parameter(nested), ..json.clone() };
    for field in path::fields(method) {
        let schema = types.field(field, &text);
        parts.parameter("path", &field.name, schema, true);
    }
    match method.business() {
        Placement::FormCarrier(name) => {
            let record = types.record(&method.request, &json);
            parts.form.member(name, crate::types::json_text(&record), true);
        }
        Placement::BodyMember(name) => {
            let record = types.record(&method.request, &json);
            parts.inside.entry(name.to_owned()).or_default().merge(record);
        }
        Placement::Body => parts.json.merge(types.record(&method.request, &json)),
        Placement::Form => {
            let record = types.record(&method.request, &text);
            if nested == Nested::Brackets {
                types.kept.keep(
                    &mut parts.form.schema,
                    Lost::List,
                    method.name,
                    &"brackets".into(),
                );
            }
            parts.form.merge(record);
        }
        place @ (Placement::Query | Placement::Header) => {
            for field in method.request.sent().filter(|field| !field.in_path) {
                let mut schema = types.field(field, &text);
                if let Required::When(_) | Required::Unless(_) = field.required {
                    let subject = format!("{}: {}", method.name, field.name);
                    let fact = json!([{ "required": export::required(&field.required) }]);
                    types.kept.keep(&mut schema, Lost::Rules, &subject, &fact);
                }
                let place = place.place().to_string();
                parts.parameter(&place, &field.name, schema, field.is_needed());
            }
        }
    }
}

impl Types<'_, '_> {
    /// Keeps the rules over parameters that are not members of a body.
    fn keep_rules_outside(&mut self, out: &mut Map<String, Json>, method: &Method) {
        if let Placement::Query | Placement::Header = method.business() {
            let nested = self.platform.gateway_of(method).nested;
            let at = At::json(method.name, Side::Request);
            let at = At { wire: Wire::Parameter(nested), ..at };
            self.keep_rules(out, &method.request, &at);
        }
    }
}

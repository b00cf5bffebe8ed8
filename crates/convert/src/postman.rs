//! Postman collections 2.1.

use crate::facts::{method_facts, platform_facts};
use crate::loss::{Kept, Lost, object};
use crate::path;
use crate::sample::{self, filled, variable};
use gatespec_language::model::{Gateway, Method, Platform, PublicParam};
use gatespec_protocol::{Location, Prepared, Source};
use serde_json::{Map, Value as Json, json};
use std::collections::BTreeMap;

const SCHEMA: &str = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json";

pub(crate) fn document(platform: &Platform, tree: &Json, kept: &mut Kept) -> Json {
    let methods = platform.methods.iter().enumerate();
    let items: Vec<_> =
        methods.map(|(at, method)| item(platform, method, &tree["methods"][at], kept)).collect();
    let mut out = object(json!({
        "info": object(json!({
            "name": platform.title, "description": platform.about.doc, "schema": SCHEMA,
        })),
        "item": items,
        "variable": variables(platform),
    }));
    platform_facts(&mut out, tree, kept);
    out.into()
}

/// The variable that contains a gateway's base URL.
fn base(gateway: &Gateway) -> String {
    match gateway.name {
        "main" => "base_url".to_owned(),
        name => format!("base_url_{name}"),
    }
}

/// The variables: the address of each gateway, and what the client fills in. Only addresses have a
/// value.
fn variables(platform: &Platform) -> Vec<Json> {
    let mut out = Vec::new();
    let mut filled_in = BTreeMap::new();
    for gateway in &platform.gateways {
        let url = gateway.base_url().unwrap_or_default();
        out.push(json!({ "key": base(gateway), "value": url }));
        for param in &gateway.public {
            if let Some(name) = filled(param) {
                filled_in.entry(key(name)).or_insert_with(|| meaning(gateway, param));
            }
        }
    }
    out.extend(filled_in.into_iter().map(|(key, doc)| {
        Json::from(object(json!({ "key": key, "value": "", "description": doc })))
    }));
    out
}

/// What a variable is: the formula of a signature, or what the spec says about the parameter.
fn meaning(gateway: &Gateway, param: &PublicParam) -> Option<String> {
    match (param.source, gateway.signatures.first()) {
        (Source::Signature, Some(one)) => Some(format!("The result of {}.", one.formula.text)),
        _ => param.about.doc.clone(),
    }
}

/// The name of a variable without its braces.
fn key(name: &str) -> String {
    variable(name).trim_matches(['{', '}']).to_owned()
}

fn item(platform: &Platform, method: &Method, tree: &Json, kept: &mut Kept) -> Json {
    let gateway = platform.gateway_of(method);
    let request = sample::request(platform, method, |prepared| request(gateway, method, prepared));
    let request = request.unwrap_or_else(|| without_values(gateway, method));
    let responses: Vec<_> = method
        .response_examples
        .iter()
        .map(|example| json!({ "name": example.name, "body": example.body }))
        .collect();
    let mut out = object(json!({
        "name": method.name, "request": request, "response": responses,
    }));
    kept.keep(&mut out, Lost::Request, method.name, &tree["request"]);
    kept.keep(&mut out, Lost::Response, method.name, &tree["response"]);
    method_facts(&mut out, tree, method.name, kept);
    out.into()
}

/// A request without parameters, for a method whose spec has too few examples. Postman asks for the
/// fields in its path.
fn without_values(gateway: &Gateway, method: &Method) -> Json {
    let path = path::below(gateway, method).replace('{', ":").replace('}', "");
    object(json!({
        "method": method.verb().as_str(),
        "description": method.about.doc,
        "url": url(gateway, &path, &[]),
    }))
    .into()
}

fn request(gateway: &Gateway, method: &Method, prepared: &Prepared<'_>) -> Json {
    let at = |place: Location<'static>| -> Vec<Json> {
        let params = prepared.params().iter().filter(|param| param.place == place);
        params.map(|param| pair(method, gateway, param.name, param.value)).collect()
    };
    let (query, form) = (at(Location::Query), at(Location::Form));
    let mut header: Vec<Json> =
        gateway.headers.iter().map(|(name, text)| json!({ "key": name, "value": text })).collect();
    header.extend(at(Location::Header));
    let body = if !form.is_empty() {
        Some(json!({ "mode": "urlencoded", "urlencoded": form }))
    } else if prepared.body().is_empty() {
        None
    } else {
        let text = String::from_utf8_lossy(prepared.body());
        let options = json!({ "raw": { "language": "json" } });
        Some(json!({ "mode": "raw", "raw": text, "options": options }))
    };
    object(json!({
        "method": prepared.verb().as_str(),
        "description": method.about.doc,
        "header": header,
        "url": url(gateway, prepared.path(), &query),
        "body": body,
    }))
    .into()
}

fn pair(method: &Method, gateway: &Gateway, name: &str, value: &str) -> Json {
    let about = match gateway.public_param(name) {
        Some(param) => Some(&param.about),
        None => method.request.field(name).map(|field| &field.about),
    };
    let doc = about.and_then(|about| about.doc.as_deref());
    object(json!({ "key": name, "value": value, "description": doc })).into()
}

/// A URL in Postman's parts. Values contain variables, so they are not percent-encoded.
fn url(gateway: &Gateway, path: &str, query: &[Json]) -> Json {
    let base = format!("{{{{{}}}}}", base(gateway));
    let pairs = query.iter().map(|pair| {
        let text = |key: &str| pair[key].as_str().unwrap_or_default();
        format!("{}={}", text("key"), text("value"))
    });
    let mut raw = format!("{base}{path}");
    if !query.is_empty() {
        raw.push('?');
        raw.push_str(&pairs.collect::<Vec<_>>().join("&"));
    }
    let segments: Vec<_> = path.split('/').filter(|segment| !segment.is_empty()).collect();
    let mut out = Map::new();
    out.insert("raw".into(), raw.into());
    out.insert("host".into(), json!([base]));
    if !segments.is_empty() {
        out.insert("path".into(), json!(segments));
    }
    if !query.is_empty() {
        out.insert("query".into(), query.into());
    }
    out.into()
}

//! Gateways, public parameters, signatures and envelopes as data.

use super::fields::{Fields, errors};
use super::{object, offset, texts, value, with_about};
use crate::model::{
    About, Envelope, FailureShape, Gateway, OpenStep, PublicParam, ResponseExample, Vector,
    VectorInput,
};
use gatespec_protocol::{Expected, Iv, NonceFormat, Opening, Predicate, Source};
use serde_json::{Map, Value as Json, json};

pub(super) fn gateway(gateway: &Gateway, fields: &Fields<'_>) -> Json {
    let values = &gateway.values;
    let mut request = object(json!({
        "verb": gateway.verb.as_str(),
        "path": gateway.path,
        "headers": texts(gateway.headers),
        "empty": if gateway.omit_empty { "omit" } else { "send" },
        "raw_body": gateway.raw_body,
        "business": gateway.business.to_string(),
    }));
    with_about(&mut request, &gateway.about);
    json!({
        "name": gateway.name,
        "environments": list(&gateway.environments, |one| {
            (json!({ "name": one.name, "url": one.url }), &one.about)
        }),
        "credentials": list(&gateway.credentials, |one| {
            let per = if one.per_shop { "shop" } else { "app" };
            (json!({ "name": one.name, "per": per, "sensitive": one.sensitive, "optional": one.optional }), &one.about)
        }),
        "labels": list(&gateway.labels, |one| (json!({ "name": one.name, "default": one.default }), &one.about)),
        "values": about(json!({
            "boolean": [values.boolean.0, values.boolean.1],
            "datetime": values.datetime,
            "never": values.never,
            "json": {
                "keys": if gateway.json.sort_keys { "sorted" } else { "declared" },
                "escape": gateway.json.escape.as_str(),
            },
            "nested": gateway.nested.as_str(),
        }), &values.about),
        "request": request,
        "public": list(&gateway.public, |one| (public(one), &one.about)),
        "signature": signature(gateway),
        "replay": gateway.replay.map(|replay| about(json!({
            "window_seconds": replay.window_seconds,
            "duplicates_seconds": replay.duplicate_seconds,
        }), &gateway.replay_about)),
        "envelope": envelope(&gateway.envelope, fields),
        "errors": errors(&gateway.errors),
    })
}

fn list<T>(items: &[T], one: impl Fn(&T) -> (Json, &About)) -> Json {
    items
        .iter()
        .map(|item| {
            let (json, of) = one(item);
            about(json, of)
        })
        .collect()
}

fn about(json: Json, about: &About) -> Json {
    let mut out = object(json);
    with_about(&mut out, about);
    out.into()
}

fn public(param: &PublicParam) -> Json {
    let mut out = object(json!({
        "name": param.name,
        "in": param.place.to_string(),
        "type": if param.number { "integer" } else { "text" },
        "required": param.required,
        "example": param.example,
        "send": param.send.as_str(),
    }));
    out.extend(object(source(param)));
    out.into()
}

fn source(param: &PublicParam) -> Json {
    match param.source {
        Source::Method => json!({ "is": "method" }),
        Source::Clock(format) => {
            json!({ "is": "clock", "format": format.name(), "zone": offset(param.zone) })
        }
        Source::Constant(value) => json!({ "is": "constant", "value": value }),
        Source::Signature => json!({ "is": "signature" }),
        Source::SignMethod => json!({ "is": "sign_method" }),
        Source::Nonce(format) => json!({ "is": "nonce", "format": match format {
            NonceFormat::Hex(digits) => format!("hex {digits}"),
            NonceFormat::Digits(digits) => format!("digits {digits}"),
            NonceFormat::Uuid => "uuid".to_owned(),
        } }),
        Source::Formula(_) => {
            json!({ "is": "formula", "formula": param.formula.as_ref().map(|one| &one.text) })
        }
        Source::Argument => json!({ "is": "argument" }),
        Source::Credential(name) => json!({ "is": "credential", "credential": name }),
        Source::Label(name) => json!({ "is": "label", "label": name }),
    }
}

/// Null where calls are not signed.
fn signature(gateway: &Gateway) -> Json {
    let Some(default) = gateway.signatures.first() else { return Json::Null };
    let methods = list(&gateway.signatures, |one| {
        (json!({ "name": one.name, "formula": one.formula.text }), &one.about)
    });
    about(
        json!({
            "formula": default.formula.text,
            "default": default.name,
            "methods": methods,
            "vectors": list(&gateway.vectors, |one| (vector(one), &one.about)),
        }),
        &default.about,
    )
}

fn vector(vector: &Vector) -> Json {
    let mut out = object(json!({
        "name": vector.name,
        "case": vector.case.as_ref().map(|(case, _)| case),
        "credentials": texts(&vector.credentials),
        "clock": vector.clock.as_ref().map(|(clock, _)| clock),
        "nonce": vector.nonce,
        "verb": vector.verb.map(gatespec_protocol::Verb::as_str),
        "path": vector.path,
        "body": vector.body,
        "sign": vector.sign,
    }));
    match &vector.input {
        VectorInput::Request { method, values } => {
            out.insert("method".into(), method.0.as_str().into());
            out.insert("request".into(), value(values));
        }
        VectorInput::Sent(sent) => {
            let sent = sent.iter().map(
                |(at, name, text)| json!({ "in": at.to_string(), "name": name, "value": text }),
            );
            out.insert("sent".into(), sent.collect());
        }
    }
    out.retain(|_, value| !value.is_null());
    out.into()
}

fn envelope(envelope: &Envelope, fields: &Fields<'_>) -> Json {
    let mut out = object(json!({
        "success": predicates(envelope.success),
        "data": envelope.data,
        "code": said(envelope.code),
        "message": said(envelope.message),
        "open": list(&envelope.open, |one| (open_step(one), &one.about)),
        "failures": list(&envelope.failures, |one| (failure(one), &one.about)),
        "fields": envelope.fields.iter().map(|field| fields.value(field)).collect::<Vec<_>>(),
        "examples": envelope.examples.iter().map(response_example).collect::<Vec<_>>(),
    }));
    with_about(&mut out, &envelope.about);
    out.into()
}

/// Null for a path that leads nowhere.
fn said(path: &str) -> Option<&str> {
    (!path.is_empty()).then_some(path)
}

fn predicates(predicates: &[Predicate<'_>]) -> Json {
    let pairs = predicates.iter().map(|predicate| {
        let is = match predicate.is {
            Expected::Missing => Json::Null,
            Expected::Exists => json!({ "exists": true }),
            Expected::OneOf(values) => values.into(),
        };
        (predicate.path.to_owned(), is)
    });
    pairs.collect::<Map<_, _>>().into()
}

fn open_step(step: &OpenStep) -> Json {
    let text =
        |formula: &Option<_>| formula.as_ref().map(|one: &crate::model::Formula| one.text.clone());
    let how = match &step.how {
        Opening::JsonText => "json_text".into(),
        Opening::Decrypt(cipher) => json!({
            "encoding": cipher.encoding.as_str(),
            "cipher": format!("{:?}", cipher.algorithm),
            "padding": cipher.padding.as_str(),
            "key": text(&step.key),
            "iv": match cipher.iv {
                Iv::Prefix => Some("prefix".to_owned()),
                Iv::None | Iv::Formula(_) => text(&step.iv),
            },
        }),
    };
    json!({ "at": step.at, "when": predicates(step.when), "as": how })
}

fn failure(shape: &FailureShape) -> Json {
    json!({
        "kind": shape.origin.as_str(),
        "when": predicates(shape.when),
        "code": shape.code,
        "message": shape.message,
        "sub_code": shape.sub_code,
        "sub_message": shape.sub_message,
        "request_id": shape.request_id,
    })
}

pub(super) fn response_example(example: &ResponseExample) -> Json {
    about(
        json!({
            "name": example.name,
            "body": example.body,
            "gives": if example.success { "success" } else { "failure" },
        }),
        &example.about,
    )
}

//! Gateways, public parameters, signatures and envelopes as data.

use super::fields::{Fields, errors};
use super::parts::{list, object, said, texts, value, with_about};
use crate::model::{
    Envelope, FailureShape, Formula, Gateway, OpenStep, PublicParam, ResponseExample,
    SignatureMethod, Vector, VectorInput, offset,
};
use gatespec_protocol::{Expected, Iv, NonceFormat, Opening, Predicate, Source, Verb};
use serde_json::{Map, Value as Json, json};

pub(super) fn gateway(gateway: &Gateway, fields: &Fields<'_>) -> Json {
    let values = &gateway.values;
    json!({
        "name": gateway.name,
        "environments": list(&gateway.environments, |one| {
            with_about(json!({ "name": one.name, "url": one.url }), &one.about)
        }),
        "credentials": list(&gateway.credentials, |one| with_about(json!({
            "name": one.name,
            "per": if one.per_shop { "shop" } else { "app" },
            "sensitive": one.sensitive,
            "optional": one.optional,
        }), &one.about)),
        "labels": list(&gateway.labels, |one| {
            with_about(json!({ "name": one.name, "default": one.default }), &one.about)
        }),
        "values": with_about(json!({
            "boolean": [values.boolean.0, values.boolean.1],
            "datetime": values.datetime,
            "never": values.never,
            "json": {
                "keys": if gateway.json.sort_keys { "sorted" } else { "declared" },
                "escape": gateway.json.escape.as_str(),
            },
            "nested": gateway.nested.as_str(),
        }), &values.about),
        "request": with_about(json!({
            "verb": gateway.verb.as_str(),
            "path": gateway.path,
            "headers": texts(gateway.headers),
            "empty": if gateway.omit_empty { "omit" } else { "send" },
            "raw_body": gateway.raw_body,
            "business": gateway.business.to_string(),
        }), &gateway.about),
        "public": list(&gateway.public, public),
        "signature": gateway.signatures.first().map(|default| signature(gateway, default)),
        "replay": gateway.replay.map(|replay| with_about(json!({
            "window_seconds": replay.window_seconds,
            "duplicates_seconds": replay.duplicate_seconds,
        }), &gateway.replay_about)),
        "envelope": envelope(&gateway.envelope, fields),
        "errors": errors(&gateway.errors),
    })
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
    with_about(out.into(), &param.about)
}

/// Exports where the value of a public parameter comes from.
pub fn source(param: &PublicParam) -> Json {
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

fn signature(gateway: &Gateway, default: &SignatureMethod) -> Json {
    let out = json!({
        "formula": default.formula.text,
        "default": default.name,
        "methods": list(&gateway.signatures, |one| {
            with_about(json!({ "name": one.name, "formula": one.formula.text }), &one.about)
        }),
        "vectors": list(&gateway.vectors, vector),
    });
    with_about(out, &default.about)
}

fn vector(vector: &Vector) -> Json {
    let (method, request, sent) = match &vector.input {
        VectorInput::Request { method, values } => (Some(&method.0), Some(value(values)), None),
        VectorInput::Sent(sent) => (
            None,
            None,
            Some(list(
                sent,
                |(at, name, text)| json!({ "in": at.to_string(), "name": name, "value": text }),
            )),
        ),
    };
    let out = said(json!({
        "name": vector.name,
        "case": vector.case.as_ref().map(|(case, _)| case),
        "credentials": texts(&vector.credentials),
        "clock": vector.clock.as_ref().map(|(clock, _)| clock),
        "nonce": vector.nonce,
        "verb": vector.verb.map(Verb::as_str),
        "path": vector.path,
        "body": vector.body,
        "sign": vector.sign,
        "labels": (!vector.labels.is_empty()).then(|| texts(&vector.labels)),
        "method": method,
        "request": request,
        "sent": sent,
    }));
    with_about(out, &vector.about)
}

fn envelope(envelope: &Envelope, fields: &Fields<'_>) -> Json {
    // Converts an empty path to null.
    let path = |path: &'static str| Some(path).filter(|path| !path.is_empty());
    let out = json!({
        "success": predicates(envelope.success),
        "data": envelope.data,
        "code": path(envelope.code),
        "message": path(envelope.message),
        "open": list(&envelope.open, open_step),
        "failures": list(&envelope.failures, failure),
        "fields": list(&envelope.fields, |field| fields.single(field)),
        "examples": list(&envelope.examples, response_example),
    });
    with_about(out, &envelope.about)
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
    let text = |formula: &Option<Formula>| formula.as_ref().map(|formula| formula.text.clone());
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
    let out = json!({ "at": step.at, "when": predicates(step.when), "as": how });
    with_about(out, &step.about)
}

fn failure(shape: &FailureShape) -> Json {
    let out = json!({
        "kind": shape.origin.as_str(),
        "when": predicates(shape.when),
        "code": shape.code,
        "message": shape.message,
        "sub_code": shape.sub_code,
        "sub_message": shape.sub_message,
        "request_id": shape.request_id,
    });
    with_about(out, &shape.about)
}

pub(super) fn response_example(example: &ResponseExample) -> Json {
    let gives = if example.success { "success" } else { "failure" };
    let out = json!({ "name": example.name, "body": example.body, "gives": gives });
    with_about(out, &example.about)
}

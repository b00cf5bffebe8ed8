//! Gateways, public parameters, signatures and envelopes as data.

use super::fields::{Fields, errors};
use super::{object, offset, texts, value, with_about};
use crate::model::{
    About, Envelope, Expected, FailureShape, Gateway, OpenStep, Opening, Place, Predicate,
    PublicParam, ResponseExample, Scope, Source, Vector, VectorInput,
};
use gatespec_protocol::NonceFormat;
use serde_json::{Map, Value as Json, json};

pub(super) fn gateway(gateway: &Gateway, fields: &Fields<'_>) -> Json {
    let values = &gateway.values;
    let mut request = object(json!({
        "verb": gateway.verb.as_str(),
        "path": gateway.path,
        "headers": texts(&gateway.headers),
        "empty": if gateway.omit_empty { "omit" } else { "send" },
        "raw_body": gateway.raw_body,
        "business": place(&gateway.business),
    }));
    with_about(&mut request, &gateway.about);
    json!({
        "name": gateway.name,
        "environments": list(&gateway.environments, |one| {
            (json!({ "name": one.name, "url": one.url }), &one.about)
        }),
        "credentials": list(&gateway.credentials, |one| {
            let per = if one.scope == Scope::Shop { "shop" } else { "app" };
            (json!({ "name": one.name, "per": per, "sensitive": one.sensitive, "optional": one.optional }), &one.about)
        }),
        "labels": list(&gateway.labels, |one| (json!({ "name": one.name, "default": one.default }), &one.about)),
        "values": about(json!({
            "boolean": [values.boolean.0, values.boolean.1],
            "datetime": values.datetime,
            "never": values.never,
            "json": {
                "keys": if values.sort_keys { "sorted" } else { "declared" },
                "escape": values.escape.as_str(),
            },
            "nested": values.nested.as_str(),
        }), &values.about),
        "request": request,
        "public": list(&gateway.public, |one| (public(one), &one.about)),
        "signature": signature(gateway),
        "replay": gateway.replay.as_ref().map(|replay| about(json!({
            "window_seconds": replay.window,
            "duplicates_seconds": replay.duplicates,
        }), &replay.about)),
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

pub(super) fn place(place: &Place) -> String {
    match place {
        Place::Query => "query".to_owned(),
        Place::Form => "form".to_owned(),
        Place::Header => "header".to_owned(),
        Place::Body => "body".to_owned(),
        Place::BodyMember(name) => format!("body.{name}"),
        Place::FormCarrier(name) => format!("form.{name}"),
    }
}

fn public(param: &PublicParam) -> Json {
    let mut out = object(json!({
        "name": param.name,
        "in": place(&param.place),
        "type": if param.number { "integer" } else { "text" },
        "required": param.required,
        "example": param.example,
        "send": param.send.as_str(),
    }));
    out.extend(object(source(&param.source)));
    out.into()
}

fn source(source: &Source) -> Json {
    match source {
        Source::Method => json!({ "is": "method" }),
        Source::Clock(format, zone) => {
            json!({ "is": "clock", "format": format, "zone": offset(*zone) })
        }
        Source::Constant(value) => json!({ "is": "constant", "value": value }),
        Source::Signature => json!({ "is": "signature" }),
        Source::SignMethod => json!({ "is": "sign_method" }),
        Source::Nonce(format) => json!({ "is": "nonce", "format": match format {
            NonceFormat::Hex(digits) => format!("hex {digits}"),
            NonceFormat::Digits(digits) => format!("digits {digits}"),
            NonceFormat::Uuid => "uuid".to_owned(),
        } }),
        Source::Formula(formula) => json!({ "is": "formula", "formula": formula.text }),
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
            let sent = sent
                .iter()
                .map(|(at, name, text)| json!({ "in": place(at), "name": name, "value": text }));
            out.insert("sent".into(), sent.collect());
        }
    }
    out.retain(|_, value| !value.is_null());
    out.into()
}

fn envelope(envelope: &Envelope, fields: &Fields<'_>) -> Json {
    let mut out = object(json!({
        "success": predicates(&envelope.success),
        "data": envelope.data,
        "code": envelope.code,
        "message": envelope.message,
        "open": list(&envelope.open, |one| (open_step(one), &one.about)),
        "failures": list(&envelope.failures, |one| (failure(one), &one.about)),
        "fields": envelope.fields.iter().map(|field| fields.value(field)).collect::<Vec<_>>(),
        "examples": envelope.examples.iter().map(response_example).collect::<Vec<_>>(),
    }));
    with_about(&mut out, &envelope.about);
    out.into()
}

fn predicates(predicates: &[Predicate]) -> Json {
    let pairs = predicates.iter().map(|predicate| {
        let is = match &predicate.is {
            Expected::Missing => Json::Null,
            Expected::Exists => json!({ "exists": true }),
            Expected::OneOf(values) => values.clone().into(),
        };
        (predicate.path.clone(), is)
    });
    pairs.collect::<Map<_, _>>().into()
}

fn open_step(step: &OpenStep) -> Json {
    let how = match &step.how {
        Opening::JsonText => "json_text".into(),
        Opening::Decrypt(cipher) => json!({
            "encoding": cipher.encoding.as_str(),
            "cipher": format!("{:?}", cipher.algorithm),
            "padding": cipher.padding.as_str(),
            "key": cipher.key.text,
            "iv": match &cipher.iv {
                crate::model::Iv::None => Json::Null,
                crate::model::Iv::Prefix => "prefix".into(),
                crate::model::Iv::Formula(formula) => formula.text.as_str().into(),
            },
        }),
    };
    json!({ "at": step.at, "when": predicates(&step.when), "as": how })
}

fn failure(shape: &FailureShape) -> Json {
    json!({
        "kind": shape.origin.as_str(),
        "when": predicates(&shape.when),
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

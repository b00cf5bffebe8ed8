//! Steps and diagnosis as JSON for programs.

use super::Extra;
use super::made::Made;
use crate::command::stop::Stop;
use gatespec_inspect::diagnose::{Cause, Diagnosis, Difference, Parameter};
use gatespec_inspect::steps::{Shows, Step, measure, steps};
use gatespec_runtime::Role;
use gatespec_runtime::text::visible_in_json;
use serde_json::{Value, json};

/// Returns the steps, the diagnosis and all other output as one JSON object.
pub(super) fn print(made: &Made<'_>, extra: &Extra<'_>) -> Result<String, Stop> {
    let (all, canonical) = steps(&made.signing, &made.sign)?;
    let mut whole = json!({
        "platform": made.platform.id,
        "gateway": made.gateway.name,
        "method": made.method,
        "case": made.case,
        "sign": made.sign,
        "canonical": canonical,
        "params": made.signing.params.iter().map(|sent| param(made, sent)).collect::<Vec<_>>(),
        "steps": all.iter().map(step).collect::<Vec<_>>(),
    });
    if let Some(found) = extra.diagnosis {
        whole["diagnosis"] = diagnosis(found);
        whole["diagnosis"]["against"] = json!(extra.claim.sign);
    }
    if let Some(curl) = &extra.curl {
        whole["curl"] = json!(curl);
    }
    if let Some(vector) = &extra.vector {
        whole["vector"] = json!(vector);
    }
    let text = serde_json::to_string_pretty(&whole)
        .map_err(|error| Stop::Failed(vec![format!("cannot print the result: {error}")]))?;
    Ok(visible_in_json(&text))
}

fn param(made: &Made<'_>, sent: &Parameter<'_>) -> Value {
    let (role, value) = match sent.role {
        Role::Public => ("public", sent.masked().into_owned()),
        Role::Signature => ("signature", made.sign.clone()),
        Role::Business => ("business", sent.masked().into_owned()),
        Role::Extra => ("extra", sent.masked().into_owned()),
    };
    json!({ "name": sent.name, "value": value, "in": sent.place.to_string(), "role": role })
}

fn step(step: &Step) -> Value {
    let mut out = json!({ "step": step.name, "of": step.of });
    let sized = |text: &str| {
        let (bytes, secrets) = measure(text);
        json!({ "text": text, "bytes": bytes, "secrets": secrets })
    };
    match &step.shows {
        Shows::Text(text) => {
            for (key, value) in sized(text).as_object().into_iter().flatten() {
                out[key] = value.clone();
            }
        }
        Shows::Names(names) => out["names"] = json!(names),
        Shows::Pairs(pairs) => {
            let pairs = pairs.iter().map(|(name, text)| {
                let mut pair = sized(text);
                pair["name"] = json!(name);
                pair
            });
            out["pairs"] = pairs.collect();
        }
        Shows::Bytes(bytes) => {
            let digits: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
            (out["hex"], out["bytes"]) = (json!(digits), json!(bytes.len()));
        }
    }
    out
}

fn diagnosis(diagnosis: &Diagnosis) -> Value {
    let found = diagnosis.found.as_ref();
    json!({
        "same": diagnosis.same,
        "causes": found.map_or(&[][..], |found| &found.causes).iter().map(cause).collect::<Vec<_>>(),
        "also": found.map_or(&[][..], |found| &found.also).iter().map(cause).collect::<Vec<_>>(),
        "canonical": found.map(|found| &found.canonical),
        "difference": diagnosis.difference.as_ref().map(difference),
        "tried": diagnosis.tried,
        "bytes": diagnosis.bytes,
        "complete": diagnosis.complete,
        "hint": diagnosis.hint,
    })
}

fn cause(cause: &Cause) -> Value {
    json!({ "id": cause.id, "what": cause.what, "fix": cause.fix })
}

fn difference(difference: &Difference) -> Value {
    json!({ "byte": difference.at, "ours": difference.ours, "theirs": difference.theirs })
}

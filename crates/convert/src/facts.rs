//! The facts of gateways and methods that no format states.

use crate::loss::{Kept, Lost, object};
use serde_json::{Map, Value as Json, json};

/// Keeps what no format states about a gateway. The facts of further gateways are in a list.
pub(crate) fn platform_facts(out: &mut Map<String, Json>, tree: &Json, kept: &mut Kept) {
    let id = tree["id"].as_str().unwrap_or_default();
    gateway_facts(out, tree, id, kept);
    let others = tree["gateways"].as_array().into_iter().flatten();
    let others: Vec<_> = others
        .map(|gateway| {
            let name = gateway["name"].as_str().unwrap_or_default();
            let mut facts = object(json!({ "name": name }));
            gateway_facts(&mut facts, gateway, &format!("{id}, gateway {name}"), kept);
            Json::from(facts)
        })
        .collect();
    if !others.is_empty() {
        out.insert("x-gatespec-gateways".into(), others.into());
    }
}

fn gateway_facts(out: &mut Map<String, Json>, gateway: &Json, of: &str, kept: &mut Kept) {
    let mut signature = object(gateway["signature"].clone());
    // Vectors are left out: they prove the formula to the compiler, and contain credentials of
    // tests.
    signature.remove("vectors");
    kept.keep(out, Lost::Signature, of, &signature.into());
    let mut envelope = object(gateway["envelope"].clone());
    envelope.remove("examples");
    envelope.remove("fields");
    kept.keep(out, Lost::Envelope, of, &envelope.into());
    for (lost, key) in
        [(Lost::Credentials, "credentials"), (Lost::Errors, "errors"), (Lost::Replay, "replay")]
    {
        kept.keep(out, lost, of, &gateway[key]);
    }
}

/// Keeps what no format states about a method.
pub(crate) fn method_facts(out: &mut Map<String, Json>, tree: &Json, of: &str, kept: &mut Kept) {
    let keys = [(Lost::Repeat, "repeat"), (Lost::Pages, "pages"), (Lost::Errors, "errors")];
    for (lost, key) in keys {
        if tree[key] != "unknown" {
            kept.keep(out, lost, of, &tree[key]);
        }
    }
}

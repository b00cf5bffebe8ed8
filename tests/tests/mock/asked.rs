//! Requests that the protocol's engine signs, from the model and some values.

use bumpalo::Bump;
use gatespec_inspect::request::{Argument, Ask, Written};
use gatespec_language::diagnostic::Sink;
use gatespec_language::model::{Method, Model, Platform};
use gatespec_language::{analyse, source};
use gatespec_mock::Mock;
use gatespec_runtime::{DateTime, Overrides, Stamp};
use gatespec_tests::harness::workspace;
use gatespec_tests::requests::Values;
use serde_json::Value;

use crate::wire::{Got, exchange, request};

pub(crate) fn model(folder: &str) -> Model {
    let mut sink = Sink::default();
    analyse(&source::load(&workspace(folder), &mut sink), &mut sink).unwrap()
}

/// Signs these values according to the spec, and sends them with further headers. Returns `None` if
/// no answer arrives.
pub(crate) fn send(
    mock: &Mock,
    platform: &Platform,
    method: &Method,
    values: &Values,
    more: &[(&str, &str)],
) -> Option<Got> {
    let argument = |(name, value): (&String, &Value)| Argument {
        name: name.clone(),
        text: value.to_string(),
        written: Written::Json,
    };
    let ask = Ask {
        platform,
        gateway: platform.gateway_of(method),
        method: Some(method),
        name: method.name,
        raw: false,
        values: values.iter().map(argument).collect(),
        overrides: Overrides::default(),
        credentials: mock.credentials(&platform.id).unwrap(),
        stamp: Stamp { clock: DateTime::now(), entropy: [7; 16] },
    };
    let arena = Bump::new();
    let prepared = ask.prepare(&arena).unwrap_or_else(|wrong| panic!("{}: {wrong:?}", method.name));
    let gateway = &platform.gateway_of(method).name;
    let url = prepared.url(&mock.gateway_url(&platform.id, gateway).unwrap());
    let path = url.splitn(4, '/').nth(3).unwrap();
    let headers: Vec<_> = prepared.headers().chain(more.iter().copied()).collect();
    let bytes = request(prepared.verb().as_str(), &format!("/{path}"), &headers, prepared.body());
    exchange(mock, &bytes)
}

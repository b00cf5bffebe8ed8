//! Every rule of every method, as the model has them: broken, signed as it should be, and refused.

use bumpalo::Bump;
use gatespec_codegen::diagnostic::Sink;
use gatespec_codegen::model::{Method, Model, Platform};
use gatespec_codegen::request::Ask;
use gatespec_codegen::{analyse, source};
use gatespec_mock::{Mock, Outcome};
use gatespec_runtime::{DateTime, Overrides, Stamp};
use gatespec_tests::harness::workspace;
use serde_json::Value;

use crate::requests::{Values, broken, right};
use crate::wire::{Got, exchange, request};
use crate::{last, refusal};

fn model(folder: &str) -> Model {
    let mut sink = Sink::default();
    analyse(&source::load(&workspace(folder), &mut sink), &mut sink).unwrap()
}

/// Signs these values as the spec says, and sends them.
fn send(mock: &Mock, platform: &Platform, method: &Method, values: &Values) -> Got {
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let ask = Ask {
        platform,
        gateway: platform.gateway_of(method),
        method: Some(method),
        name: &method.name,
        raw: false,
        values: values.iter().map(|(name, value)| (name.clone(), text(value))).collect(),
        overrides: Overrides::default(),
        credentials: mock.credentials(&platform.id).unwrap(),
        stamp: Stamp { clock: DateTime::now(), entropy: [7; 16] },
    };
    let arena = Bump::new();
    let prepared = ask.prepare(&arena).unwrap_or_else(|wrong| panic!("{}: {wrong:?}", method.name));
    let gateway = &platform.gateway_of(method).name;
    let url = prepared.url(&mock.gateway_url(&platform.id, gateway).unwrap());
    let path = url.splitn(4, '/').nth(3).unwrap();
    let headers: Vec<_> = prepared.headers().collect();
    let bytes = request(prepared.verb().as_str(), &format!("/{path}"), &headers, prepared.body());
    exchange(mock, &bytes).unwrap()
}

#[test]
fn every_rule_of_every_method_is_refused_when_it_is_broken() {
    let mut rules = Vec::new();
    for folder in ["specs", "tests/platforms"] {
        let (mock, model) = (Mock::builder(workspace(folder)).start().unwrap(), model(folder));
        for platform in &model.platforms {
            for method in &platform.methods {
                mock.clear();
                let got = send(&mock, platform, method, &right(platform, &method.request));
                assert!(last(&mock).is_accepted(), "{}: {got:?}", last(&mock));
                for (rule, values) in broken(platform, &method.request) {
                    let got = send(&mock, platform, method, &values);
                    refused(&mock, &rule, &got);
                    rules.push(format!("{} {rule}", method.name));
                }
            }
        }
    }
    // A few of them, so that nobody takes an empty list for a good one.
    for one in ["matrix.fill.multiple span:start_time,end_time", "order.remark pattern:order_no"] {
        assert!(rules.iter().any(|rule| rule == one), "{rules:#?}");
    }
    assert!(rules.len() >= 45, "{}: {rules:#?}", rules.len());
}

fn refused(mock: &Mock, rule: &str, got: &Got) {
    let entry = last(mock);
    let missing = ["required", "at_least_one"].contains(&rule.split(':').next().unwrap());
    let meaning = if missing { "missing_parameter" } else { "bad_parameter" };
    let (found, code) = refusal(&entry);
    assert_eq!(found, meaning, "{rule}: {entry}");
    assert!(got.body.contains(code), "{rule}: {got:?}");
    let Outcome::Refused { reason, .. } = &entry.outcome else { panic!("{entry}") };
    assert!(reason.contains(rule), "{rule}: {reason}");
}

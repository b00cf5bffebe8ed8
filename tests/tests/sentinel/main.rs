//! Nothing that a program prints shows a secret or a sensitive value: `Debug`, `Display`, errors,
//! panics and traces. All hidden values contain a unique text, for which the output is searched.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod clients;
mod echoes;
mod pushed;
mod records;
mod shown;
mod spans;
mod types;
mod values;

use gatespec_tests::{recorder, server, time, traces};
use std::panic::catch_unwind;

use gatespec_clients::shopex::{self, MatrixUnbind};
use gatespec_runtime::{Answer, Error};
use gatespec_tests::harness::workspace;

use recorder::Recorder;
use shown::{SECRET, clean};

#[test]
fn no_public_type_shows_a_secret() {
    records::show();
    clients::show();
    values::show();
    pushed::show();
    types::complete();
}

/// A program panics because of the result of a call.
#[test]
fn what_panics_over_a_call_shows_no_secret() {
    let outcome = |body: String| -> Result<Answer<()>, Error> {
        let client = shopex::blocking::Client::builder(clients::shopex());
        let client = client.transport(Recorder::answering(body)).build().unwrap();
        client.send(&MatrixUnbind::new("15000000"))
    };
    let said = serde_json::to_string(SECRET).unwrap();
    let refused = format!(r#"{{"status":"fail","code":{said},"desc":{said}}}"#);
    let done = format!(r#"{{"status":"succ","code":{said},"desc":{said}}}"#);
    for panic in [
        catch_unwind(|| drop(outcome(refused.clone()).unwrap())),
        catch_unwind(|| drop(outcome(done.clone()).unwrap_err())),
        catch_unwind(|| drop(outcome(format!("<html>{SECRET}")).expect("an answer"))),
        catch_unwind(|| {
            panic!("{:?} {}", clients::shopex(), outcome(refused.clone()).unwrap_err())
        }),
    ] {
        let text = panic.unwrap_err().downcast::<String>().unwrap();
        assert!(text.contains("<secret>") || text.contains("JSON"), "{text}");
        clean(text);
    }
}

/// If a builder gets a new setter, it must be called in these tests too.
#[test]
fn every_setter_is_called_with_something_to_hide() {
    let used = include_str!("clients.rs");
    for file in ["builder.rs", "call.rs", "over_tower.rs"] {
        let source =
            std::fs::read_to_string(workspace("crates/runtime/src/client").join(file)).unwrap();
        let setters: Vec<_> = source
            .lines()
            .filter_map(|line| line.trim_start().strip_prefix("pub fn ")?.split(['(', '<']).next())
            // These functions set nothing, except `reqwest`, whose feature is off in the tests.
            .filter(|name| !["new", "of", "build", "prepare", "reqwest"].contains(name))
            .filter(|name| !["call", "call_untyped", "data", "send"].contains(name))
            .collect();
        assert!(!setters.is_empty(), "{file}");
        for setter in setters {
            assert!(used.contains(&format!(".{setter}(")), "{file}: `{setter}` is not used");
        }
    }
}

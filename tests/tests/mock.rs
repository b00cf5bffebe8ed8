//! The mock gateway: what it accepts, what it refuses and how, how it misbehaves, what it survives.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "mock/asked.rs"]
mod asked;
#[path = "mock/clients.rs"]
mod clients;
#[path = "mock/command.rs"]
mod command;
#[path = "mock/control.rs"]
mod control;
#[path = "mock/entrances.rs"]
mod entrances;
#[path = "mock/every_rule.rs"]
mod every_rule;
#[path = "mock/faults.rs"]
mod faults;
#[path = "mock/hostile.rs"]
mod hostile;
#[path = "mock/journal.rs"]
mod journal;
#[path = "mock/methods.rs"]
mod methods;
#[path = "mock/order.rs"]
mod order;
#[path = "mock/python.rs"]
mod python;
#[path = "mock/requests.rs"]
mod requests;
#[path = "mock/rules.rs"]
mod rules;
#[path = "mock/specs.rs"]
mod specs;
#[path = "mock/speech.rs"]
mod speech;
#[path = "mock/tokens.rs"]
mod tokens;
#[path = "mock/vectors.rs"]
mod vectors;
#[path = "mock/wire.rs"]
mod wire;

use gatespec_mock::{Entry, Mock, Outcome};
use gatespec_runtime::CredentialSet;
use gatespec_tests::harness::workspace;

/// A mock of the platforms that ship.
fn shipped() -> Mock {
    Mock::builder(workspace("specs")).start().unwrap()
}

/// A mock of the invented platforms.
fn invented() -> Mock {
    Mock::builder(workspace("tests/platforms")).start().unwrap()
}

/// The text of a credential.
fn text<'c>(credentials: &'c CredentialSet, name: &str) -> &'c str {
    credentials.get(name).unwrap()
}

/// The last call.
fn last(mock: &Mock) -> Entry {
    mock.received().pop().unwrap()
}

/// Meaning and code of a refusal.
fn refusal(entry: &Entry) -> (&'static str, &str) {
    match &entry.outcome {
        Outcome::Refused { meaning, code, .. } => (meaning.as_str(), code),
        other => panic!("a refusal was expected: {other:?}"),
    }
}

fn block_on<F: Future>(future: F) -> F::Output {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future)
}

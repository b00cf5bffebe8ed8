//! The mock gateway: what it accepts, what it refuses and how, which faults it has, and how robust
//! it is.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod asked;
mod carried;
mod clients;
mod command;
mod control;
mod entrances;
mod every_rule;
mod faults;
mod hostile;
mod journal;
mod likeness;
mod methods;
mod order;
mod python;
mod requests;
mod rules;
mod specs;
mod speech;
mod tokens;
mod vectors;
mod wire;

use gatespec_mock::{Entry, Mock, Outcome};
use gatespec_runtime::CredentialSet;
use gatespec_tests::harness::workspace;

/// A mock of the shipped platforms.
fn shipped() -> Mock {
    Mock::builder(workspace("specs")).start().unwrap()
}

/// A mock of the invented platforms.
fn invented() -> Mock {
    Mock::builder(workspace("tests/platforms")).start().unwrap()
}

/// The value of a credential.
fn text<'c>(credentials: &'c CredentialSet, name: &str) -> &'c str {
    credentials.get(name).unwrap()
}

/// The last entry of the journal.
fn last(mock: &Mock) -> Entry {
    mock.received().pop().unwrap()
}

/// The meaning and the code of a refusal.
fn refusal(entry: &Entry) -> (&'static str, &str) {
    match &entry.outcome {
        Outcome::Refused { meaning, code, .. } => (meaning.as_str(), code),
        other => panic!("a refusal was expected: {other:?}"),
    }
}

fn block_on<F: Future>(future: F) -> F::Output {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future)
}

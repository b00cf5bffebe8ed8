//! Judges the changes between two versions of specs.
//!
//! Each [`Change`] has two verdicts and a cause. [`Wire`] says whether a client generated from the
//! old version still works with a gateway that does what the new version says; `wire` compares
//! the models for it. [`Rust`] says whether code that compiled still compiles; `rust` compares the
//! public items of the generated code ([`gatespec_codegen::surface`]). The cause is a place in one
//! of the versions.

mod change;
mod rust;
pub mod show;
mod wire;

pub use change::{Change, Fact, Place, Rust, Version, Wire};

use change::Changes;
use gatespec_codegen::surface;
use gatespec_language::diagnostic::Sink;
use gatespec_language::model::Model;

/// Compares two checked models. Names that Rust does not have are reported to the version's sink.
pub fn compare(old: (&Model, &mut Sink), new: (&Model, &mut Sink)) -> Vec<Change> {
    let mut changes = Changes::default();
    wire::compare(old.0, new.0, &mut changes);
    rust::compare(&surface(old.0, old.1), &surface(new.0, new.1), &mut changes);
    changes.into_list()
}

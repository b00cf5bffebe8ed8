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
use gatespec_codegen::{Use, surface};
use gatespec_language::diagnostic::Sink;
use gatespec_language::model::Model;

/// A checked model with the public items that it becomes.
#[derive(Debug)]
pub struct Side<'m> {
    model: &'m Model,
    uses: Vec<Use>,
}

impl<'m> Side<'m> {
    /// Prepares a model. Names that Rust does not have are reported to `sink`.
    pub fn new(model: &'m Model, sink: &mut Sink) -> Self {
        Self { model, uses: surface(model, sink) }
    }
}

/// Compares two versions.
pub fn compare(old: &Side<'_>, new: &Side<'_>) -> Vec<Change> {
    let mut changes = Changes::default();
    wire::compare(old.model, new.model, &mut changes);
    rust::compare(&old.uses, &new.uses, &mut changes);
    changes.into_list()
}

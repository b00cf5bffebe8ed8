//! Judges the changes between two versions of specs.
//!
//! Each [`Change`] has two verdicts and a cause. [`Wire`] says whether a client generated from the
//! old version still works with a gateway that does what the new version says; the module `wire`
//! finds out by comparing the models. [`Rust`] says whether code that compiled against the old
//! client still compiles; the module `rust` finds out by comparing the public items of the
//! generated code ([`gatespec_codegen::surface`]). The cause is a place in one of the versions.

mod change;
mod rust;
pub mod show;
mod wire;

pub use change::{Change, Fact, Place, Rust, Version, Wire};

use change::Changes;
use gatespec_codegen::{Use, surface};
use gatespec_language::diagnostic::Sink;
use gatespec_language::model::Model;

/// A checked model, and the public items that are generated from it.
#[derive(Debug)]
pub struct Side<'m> {
    model: &'m Model,
    uses: Vec<Use>,
}

impl<'m> Side<'m> {
    /// Prepares a model. Names that are impossible in Rust are reported to `sink`.
    pub fn new(model: &'m Model, sink: &mut Sink) -> Self {
        Self { model, uses: surface(model, sink) }
    }
}

/// Compares two versions, and returns the changes.
pub fn compare(old: &Side<'_>, new: &Side<'_>) -> Vec<Change> {
    let mut changes = Changes::default();
    wire::compare(old.model, new.model, &mut changes);
    rust::compare(&old.uses, &new.uses, &mut changes);
    changes.into_list()
}

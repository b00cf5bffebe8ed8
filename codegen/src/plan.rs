//! All decisions about Rust: names, types, files, and every line of documentation.
//!
//! The plan is a typed tree, wire name and identifier side by side; it borrows the rest from the
//! model. What cannot become Rust is a diagnostic, never a guess.

mod docs;
mod example;
mod limits;
mod method;
mod names;
mod place;
mod platform;
mod prose;
mod range;
mod record;
mod tree;
mod usage;

pub use limits::{Requirement, Rule};
pub use names::{Ident, RuntimePath, order};
pub use prose::Docs;
pub use range::Range;
pub use tree::{
    Build, Credential, Enumeration, Field, Format, Holds, Home, Item, Method, Place, Platform,
    Record, Response, Std, TypePath, Value,
};

use crate::diagnostic::Sink;
use crate::model::Model;
use names::{CRATE_MODULES, Case, Scope, Wish};

/// How the output is wanted.
#[derive(Debug, Clone)]
pub struct Options {
    /// The path of the runtime crate, as the generated crate sees it.
    pub runtime_path: String,
    /// Clients that block are generated too.
    pub blocking: bool,
    /// What the output is the root of.
    pub root: Root,
    /// The path of the generated crate, if examples can be compiled under it.
    pub doc_path: Option<String>,
    /// What to do instead of editing a generated file, for its first line.
    pub command: String,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            runtime_path: "gatespec_runtime".to_owned(),
            blocking: true,
            root: Root::Crate,
            doc_path: Some("gatespec_clients".to_owned()),
            command: "Edit the spec, then run `cargo run`.".to_owned(),
        }
    }
}

/// What the output is the root of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Root {
    /// A crate: `lib.rs`, one feature a platform.
    Crate,
    /// A module to include: `mod.rs`.
    Module,
}

/// Everything that is going to be written.
#[derive(Debug)]
pub struct Plan<'m> {
    /// How it is wanted.
    pub options: Options,
    /// The runtime crate.
    pub runtime: RuntimePath,
    /// Of the root.
    pub docs: Docs,
    /// Sorted by id.
    pub platforms: Vec<Platform<'m>>,
}

/// Plans the output for a model.
pub fn plan<'m>(model: &'m Model, options: &Options, sink: &mut Sink) -> Plan<'m> {
    let runtime = RuntimePath::parse(&options.runtime_path, sink);
    let mut scope = Scope::new("in the platforms of a crate", CRATE_MODULES);
    let mut platforms = Vec::with_capacity(model.platforms.len());
    for spec in &model.platforms {
        let module = scope.name(Wish::own(&spec.id, spec.span), Case::Snake, sink);
        platforms.push(platform::platform(spec, module, options, sink));
    }
    let docs = docs::overview::root(&platforms, options);
    Plan { options: options.clone(), runtime, docs, platforms }
}

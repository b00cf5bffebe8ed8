//! Makes all decisions about Rust: names, types, files, and every line of documentation.
//!
//! The plan is a typed tree that pairs each wire name with its identifier and borrows the rest from
//! the model. A name that has no Rust spelling is reported, never guessed.

mod docs;
mod example;
mod method;
mod names;
mod options;
mod platform;
mod prose;
mod record;
mod tree;
mod types;
mod usage;

pub(crate) use names::{Ident, RuntimePath, order};
pub use options::{Options, Root};
pub(crate) use prose::{Docs, Prose, code};
pub(crate) use tree::{
    Credential, Enumeration, Field, Holds, Home, Item, Method, Platform, Range, Record, Response,
    RustType, Std, TypePath, Value,
};

use crate::diagnostic::Sink;
use crate::model::{self, Model};
use bumpalo::Bump;
use names::{CRATE_MODULES, Case, Scope, Wish};

/// The whole output, before it becomes tokens.
#[derive(Debug)]
pub(crate) struct Plan<'m> {
    pub options: Options,
    /// The path of the runtime crate.
    pub runtime: RuntimePath,
    /// Documentation of the root file.
    pub docs: Docs,
    /// Sorted by id.
    pub platforms: Vec<Platform<'m>>,
}

/// Plans the output for a model. The records' schemas are allocated in `arena`.
pub(crate) fn plan<'m>(
    model: &'m Model,
    options: &Options,
    prose: Prose,
    arena: &'m Bump,
    sink: &mut Sink,
) -> Plan<'m> {
    let runtime = RuntimePath::parse(&options.runtime_path, sink);
    let mut scope = Scope::new("module", CRATE_MODULES);
    let mut platforms = Vec::with_capacity(model.platforms.len());
    for spec in &model.platforms {
        let module = scope.name(Wish::own(&spec.id, spec.span), Case::Snake, sink);
        platforms.push(platform::platform(spec, module, (options, prose), arena, sink));
    }
    let docs = prose.docs(|| docs::overview::root(&platforms, options));
    Plan { options: options.clone(), runtime, docs, platforms }
}

/// Returns the programs for the examples of each method of a platform.
pub(crate) fn examples(spec: &model::Platform, options: &Options) -> Vec<Vec<String>> {
    let (arena, mut sink) = (Bump::new(), Sink::default());
    let wish = Wish::own(&spec.id, spec.span);
    let module = Scope::new("module", CRATE_MODULES).name(wish, Case::Snake, &mut sink);
    let prose = (options, Prose::Examples);
    let platform = platform::platform(spec, module, prose, &arena, &mut sink);
    match sink.has_errors() {
        true => vec![Vec::new(); platform.methods.len()],
        false => platform.methods.into_iter().map(|method| method.examples).collect(),
    }
}

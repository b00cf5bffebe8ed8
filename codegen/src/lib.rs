//! The gatespec compiler: YAML specs of signed gateway APIs in, a typed Rust client out.
//!
//! ```text
//! specs/**/*.yaml
//!    │ source     the only reader of the disk
//!    ▼
//! syntax          as written: every key and value with its span
//!    │ resolve    names become ids, defaults are filled in
//!    ▼
//! model           as meant: no YAML, no Rust
//!    │ check      adds diagnostics, changes nothing
//!    │ plan       the Rust decisions: identifiers, types, files
//!    ▼
//! plan            as Rust: a typed tree
//!    │ emit       plan → tokens, no decisions
//!    │ render     tokens → text
//!    ▼
//! files           write what changed, delete what is orphaned, or check
//! ```
//!
//! A `build.rs` uses [`Config`]:
//!
//! ```no_run
//! fn main() -> Result<(), gatespec_codegen::BuildError> {
//!     gatespec_codegen::Config::new("specs").build()
//! }
//! ```
//!
//! Everything else is for tools: [`source::load`] reads, [`analyse`] makes and checks the model,
//! [`generate`] makes the files, [`write::sync`] writes them. Stages report to a
//! [`diagnostic::Sink`] and return; the driver stops between them.

mod check;
mod config;
pub mod diagnose;
pub mod diagnostic;
mod dynamic;
mod emit;
pub mod export;
mod formula;
mod lower;
pub mod model;
mod plan;
mod render;
pub mod report;
pub mod request;
mod resolve;
pub mod source;
mod syntax;
mod tree;
pub mod write;

pub use config::{BuildError, Config};
pub use dynamic::{Answered, Received, bends, violations};
pub use lower::Lowered;
pub use plan::{Options, Root};
pub use write::OutputFile;

use diagnostic::Sink;
use model::Model;
use source::SourceMap;

/// Source to checked model. `None` if there are errors.
pub fn analyse(sources: &SourceMap, sink: &mut Sink) -> Option<Model> {
    let trees: Vec<_> = sources
        .iter()
        .filter_map(|(id, _)| syntax::parse(sources, id, sink).map(|tree| (id, tree)))
        .collect();
    if sink.has_errors() {
        return None;
    }
    let model = resolve::resolve(sources, &trees, sink);
    if sink.has_errors() {
        return None;
    }
    check::check(&model, sink);
    (!sink.has_errors()).then_some(model)
}

/// Checked model to files. `None` if there are errors.
pub fn generate(model: &Model, options: &Options, sink: &mut Sink) -> Option<Vec<OutputFile>> {
    let plan = plan::plan(model, options, sink);
    if sink.has_errors() {
        return None;
    }
    let mut files = Vec::new();
    emit::emit(&plan, &mut |file| files.push(render::render(file)));
    Some(files)
}

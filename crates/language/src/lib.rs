//! The spec language: turns YAML specs of signed gateway APIs into a checked model or diagnostics.
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
//!    ▼
//! checked model
//! ```
//!
//! [`source::load`] reads specs, [`analyse`] builds and checks the model, and [`report`] renders
//! diagnostics. Stages report to a [`diagnostic::Sink`], which the caller checks between stages.

mod check;
pub mod diagnostic;
pub mod dynamic;
pub mod explain;
pub mod export;
pub mod fix;
pub mod format;
mod formula;
pub mod gaps;
mod hidden;
mod keep;
mod letters;
pub mod model;
pub mod range;
pub mod report;
mod resolve;
pub mod schema;
pub mod source;
mod span;
pub mod suggest;
mod synonyms;
mod syntax;
mod table;
pub mod tree;
mod unsaid;
mod usable;
pub mod words;

pub use check::{VectorRequest, is_private, notes, vector_holds, vector_request, vectors};
pub use dynamic::{Answered, Expected, Received, bends, violations};
pub use resolve::read_vector;
pub use usable::{Usable, Wrong, analyse_each};

use diagnostic::Sink;
use model::Model;
use source::{SourceId, SourceMap};
use std::collections::HashSet;

/// Builds and checks the model of specs. Returns `None` if there are errors.
pub fn analyse(sources: &SourceMap, sink: &mut Sink) -> Option<Model> {
    let model = sound(sources, sink);
    (!sink.has_errors()).then_some(model)
}

/// Builds the part of the model that has no errors, and reports all errors. Methods with errors are
/// left out, so the result is meant for further checks and not for generation.
pub fn sound(sources: &SourceMap, sink: &mut Sink) -> Model {
    let files: Vec<_> = sources.iter().map(|(id, _)| id).collect();
    let resolved = resolve::resolve(sources, &trees(sources, &files, sink), sink);
    let model = check::check(resolved, sink);
    explain(sources, sink);
    model
}

/// The tree of each file; `None` for a file that cannot be parsed.
fn trees(
    sources: &SourceMap,
    files: &[SourceId],
    sink: &mut Sink,
) -> Vec<(SourceId, Option<syntax::Node>)> {
    let unread: HashSet<&str> = sources.unread().collect();
    let tree = |id: &SourceId| {
        let is_read = !unread.contains(&*sources.get(*id).path);
        (*id, if is_read { syntax::parse(sources, *id, sink) } else { None })
    };
    files.iter().map(tree).collect()
}

/// Adds help to diagnostics about names that contain hidden characters or look-alikes.
fn explain(sources: &SourceMap, sink: &mut Sink) {
    sink.adjust(|diagnostic| {
        if let Some(span) = diagnostic.span {
            hidden::explain(&sources.get(span.source).text, diagnostic);
        }
    });
}

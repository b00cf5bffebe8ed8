//! The spec language: YAML specs of signed gateway APIs in, a checked model or diagnostics out.
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
//! [`source::load`] reads, [`analyse`] makes and checks the model, [`report`] renders diagnostics.
//! Stages report to a [`diagnostic::Sink`] and return; the driver stops between them.

mod check;
pub mod diagnostic;
pub mod dynamic;
pub mod explain;
pub mod export;
pub mod fix;
mod formula;
pub mod gaps;
mod hidden;
mod keep;
mod letters;
pub mod model;
pub mod range;
pub mod report;
mod resolve;
pub mod source;
mod span;
pub mod suggest;
mod synonyms;
mod syntax;
pub mod tree;
mod unsaid;
mod usable;

pub use check::{notes, vector_holds};
pub use dynamic::{Answered, Expected, Received, bends, violations};
pub use resolve::read_vector;
pub use usable::{Usable, Wrong, analyse_each};

use diagnostic::Sink;
use model::Model;
use source::{SourceId, SourceMap};
use std::collections::HashSet;

/// Source to checked model. `None` if there are errors.
pub fn analyse(sources: &SourceMap, sink: &mut Sink) -> Option<Model> {
    let model = sound(sources, sink);
    (!sink.has_errors()).then_some(model)
}

/// Source to what is sound of the model, with everything reported that is wrong with the rest. It is
/// for what else is to be judged, not for use: a method with a mistake is not in it.
pub fn sound(sources: &SourceMap, sink: &mut Sink) -> Model {
    let files: Vec<_> = sources.iter().map(|(id, _)| id).collect();
    let resolved = resolve::resolve(sources, &trees(sources, &files, sink), sink);
    let model = check::check(resolved, sink);
    explain(sources, sink);
    model
}

/// The trees of files; of what cannot be parsed there is none.
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

/// Names characters that nobody sees in what diagnostics point at.
fn explain(sources: &SourceMap, sink: &mut Sink) {
    sink.adjust(|diagnostic| {
        if let Some(span) = diagnostic.span {
            hidden::explain(&sources.get(span.source).text, diagnostic);
        }
    });
}

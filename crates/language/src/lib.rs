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
pub mod export;
pub mod fix;
mod formula;
pub mod gaps;
mod keep;
pub mod model;
pub mod range;
pub mod report;
mod resolve;
pub mod source;
mod span;
pub mod suggest;
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

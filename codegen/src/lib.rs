//! The back half of the gatespec compiler: a checked model in, a typed Rust client out.
//!
//! ```text
//! model           as `gatespec-language` gives it
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
//! Everything else is for tools: [`generate`] makes the files of a model, [`write::sync`] writes
//! them.

mod config;
mod emit;
mod plan;
mod render;
pub mod write;

pub use config::{BuildError, Config};
pub use plan::{Options, Root};
pub use write::OutputFile;

// The front half, under the paths that the stages name it by.
use gatespec_language::{analyse, diagnostic, model, report, source};

use bumpalo::Bump;
use diagnostic::Sink;
use model::Model;

/// Checked model to files. `None` if there are errors.
pub fn generate(model: &Model, options: &Options, sink: &mut Sink) -> Option<Vec<OutputFile>> {
    let arena = Bump::new();
    let plan = plan::plan(model, options, &arena, sink);
    if sink.has_errors() {
        return None;
    }
    let mut files = Vec::new();
    emit::emit(&plan, &mut |file| files.push(render::render(file)));
    Some(files)
}

//! The back end of the gatespec compiler: turns a checked model into a typed Rust client.
//!
//! ```text
//! model           from `gatespec-language`
//!    │ plan       the Rust decisions: identifiers, types, files
//!    ▼
//! plan            the client as a typed tree of Rust items
//!    │ emit       plan → tokens, no decisions
//!    │ render     tokens → text
//!    ▼
//! files           write what changed, delete orphans, or only check
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
//! The other items are for tools: [`generate`] creates the text of the files from a model, and
//! [`write::sync`] writes the files.

mod config;
mod emit;
mod plan;
mod render;
mod surface;
pub mod write;

pub use config::{BuildError, Config};
pub use plan::{Options, Root};
pub use surface::{Argument, Use, surface};
pub use write::OutputFile;

// Modules of the front end, re-exported under the paths that the stages use.
use gatespec_language::{diagnostic, model, report, sound, source};

use bumpalo::Bump;
use diagnostic::Sink;
use model::{Model, Platform};
use plan::Prose;

/// Generates the files of a checked model. Returns `None` if an error was reported to `sink`.
pub fn generate(model: &Model, options: &Options, sink: &mut Sink) -> Option<Vec<OutputFile>> {
    let arena = Bump::new();
    let plan = plan::plan(model, options, Prose::Written, &arena, sink);
    if sink.has_errors() {
        return None;
    }
    let mut files = Vec::new();
    emit::emit(&plan, &mut |file| files.push(render::render(file)));
    Some(files)
}

/// Returns programs that make the calls of a platform's request examples with the generated client:
/// for each method, in the order of the model, one program for each example. A method without
/// examples has one program, with the examples of its fields. If a name cannot become a Rust
/// identifier, there are no programs.
pub fn examples(platform: &Platform, options: &Options) -> Vec<Vec<String>> {
    plan::examples(platform, options)
}

/// Reports the names of a model that cannot become Rust identifiers, and generates nothing.
pub fn names(model: &Model, options: &Options, sink: &mut Sink) {
    plan::plan(model, options, Prose::LeftOut, &Bump::new(), sink);
}

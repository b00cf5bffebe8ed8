//! The specs, where a command needs them and does not judge them.

use super::stop::Stop;
use super::terminal;
use gatespec_language::diagnostic::Sink;
use gatespec_language::model::Model;
use gatespec_language::{analyse, source};
use std::path::Path;

/// The checked specs; what is wrong with them is said only if it is in the way.
pub(super) fn model(specs: &Path) -> Result<Model, Stop> {
    if !specs.exists() {
        let folder = specs.display();
        return Err(Stop::Failed(vec![format!(
            "there is no folder {folder} here; name the folder of the specs with --specs DIR"
        )]));
    }
    let mut sink = Sink::default();
    let sources = source::load(specs, &mut sink);
    let model = if sink.has_errors() { None } else { analyse(&sources, &mut sink) };
    model.ok_or_else(|| {
        terminal::diagnostics(&sources, &sink.into_sorted());
        Stop::Specs
    })
}

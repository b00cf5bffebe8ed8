//! `gatespec check`: diagnostics and nothing else.

use super::terminal;
use gatespec_codegen::{Options, generate};
use gatespec_language::diagnostic::Sink;
use gatespec_language::{analyse, source};
use std::path::PathBuf;

pub(super) fn run(paths: &[PathBuf]) -> bool {
    let mut sink = Sink::default();
    let sources = source::load_each(paths, &mut sink);
    let mut notes = Sink::default();
    if !sink.has_errors()
        && let Some(model) = analyse(&sources, &mut sink)
    {
        // Names are chosen late; a collision is a mistake of the spec all the same.
        generate(&model, &Options::default(), &mut sink);
        gatespec_language::notes(&model, &mut notes);
    }
    let sound = !sink.has_errors();
    let diagnostics = sink.into_sorted();
    terminal::diagnostics(&sources, &diagnostics);
    // What the signatures leave open is no mistake, and comes after the mistakes.
    if sound {
        terminal::diagnostics(&sources, &notes.into_sorted());
    }
    if sound && diagnostics.is_empty() {
        let files = sources.iter().count();
        let plural = if files == 1 { "" } else { "s" };
        return terminal::out(&format!("{files} spec file{plural}, no mistakes found"));
    }
    sound
}

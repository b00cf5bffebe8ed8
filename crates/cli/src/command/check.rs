//! `gatespec check`: prints diagnostics only.

use super::reporting::Reporting;
use super::terminal;
use gatespec_codegen::{Options, names};
use gatespec_language::diagnostic::Severity;
use gatespec_language::{sound, source};
use std::path::PathBuf;

pub(super) fn run(paths: &[PathBuf], reporting: &Reporting) -> bool {
    if !reporting.fix(paths) {
        return false;
    }
    let Some(mut sink) = reporting.sink() else { return false };
    let sources = source::load_each(paths, &mut sink);
    let model = sound(&sources, &mut sink);
    // The code generator chooses Rust names, but a collision of names is an error in the spec.
    names(&model, &Options::default(), &mut sink);
    if !sink.has_errors() {
        gatespec_language::notes(&model, &mut sink);
    }
    let failed = sink.fails();
    let diagnostics = Reporting::found(&model, sink);
    let printed = reporting.print(&sources, &diagnostics);
    if reporting.is_for_tools() {
        return printed && !failed;
    }
    // Notes, such as those on the gaps in a signature's proof, are not mistakes.
    if diagnostics.iter().all(|one| one.severity == Severity::Note) {
        let files = sources.iter().count();
        let plural = if files == 1 { "" } else { "s" };
        return terminal::out(&format!("{files} spec file{plural}, no mistakes found"));
    }
    !failed
}

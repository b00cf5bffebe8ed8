//! The only place of the command that prints. A closed pipe is the reader's choice, not an error.

use gatespec_codegen::diagnostic::Diagnostic;
use gatespec_codegen::report;
use gatespec_codegen::source::SourceMap;
use std::io::{ErrorKind, IsTerminal, Write};

/// What was asked for. False if it could not be written: a full disk, not a reader who left.
pub(super) fn out(text: &str) -> bool {
    let mut stream = anstream::stdout().lock();
    let written = writeln!(stream, "{}", text.trim_end()).and_then(|()| stream.flush());
    match written {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            err(&format!("the output cannot be written: {error}"));
            false
        }
        _ => true,
    }
}

/// Whether somebody is there who can be asked; if the input is taken, the messages tell.
pub(super) fn has_person(input_is_taken: bool) -> bool {
    std::io::stdin().is_terminal() || (input_is_taken && std::io::stderr().is_terminal())
}

/// What a person should know.
pub(super) fn err(text: &str) {
    let mut stream = anstream::stderr().lock();
    let _ = writeln!(stream, "{}", text.trim_end());
}

/// Diagnostics, in colour on a terminal (the stream strips it elsewhere).
pub(super) fn diagnostics(sources: &SourceMap, diagnostics: &[Diagnostic]) {
    if !diagnostics.is_empty() {
        err(&report::report(sources, diagnostics, true));
    }
}

//! The only place of the command that prints. A closed pipe is the reader's choice, not an error.

use super::guard;
use gatespec_language::diagnostic::Diagnostic;
use gatespec_language::report::{self, Look};
use gatespec_language::source::SourceMap;
use indicatif::{ProgressBar, ProgressStyle};
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

/// Whether the output is read by a person.
pub(super) fn is_shown() -> bool {
    std::io::stdout().is_terminal()
}

/// What a person should know.
pub(super) fn err(text: &str) {
    let mut stream = anstream::stderr().lock();
    let _ = writeln!(stream, "{}", text.trim_end());
}

/// What a person should know beside the matter.
pub(super) fn note(text: &str) {
    err(&format!("note: {}", guard::said(text)));
}

/// Diagnostics, in colour on a terminal (the stream strips it elsewhere).
pub(super) fn diagnostics(sources: &SourceMap, diagnostics: &[Diagnostic]) {
    if !diagnostics.is_empty() {
        err(&report::in_look(sources, diagnostics, look()));
    }
}

/// How diagnostics look here: in colour, which the stream strips elsewhere, and as wide as the
/// terminal.
pub(super) fn look() -> Look {
    let terminal = console::Term::stderr();
    let width = terminal.is_term().then(|| terminal.size_checked()).flatten();
    Look { color: true, width: width.map(|(_, columns)| columns.into()) }
}

/// A bar that says how far a long run has come; it shows on a terminal only.
pub(super) struct Progress(ProgressBar);

impl Progress {
    /// Of a run that needs none.
    pub(super) fn none() -> Self {
        Self(ProgressBar::hidden())
    }

    /// Of a run that begins here, with so many of all steps behind it.
    pub(super) fn of(done: u64, total: u64) -> Self {
        let bar = ProgressBar::new(total).with_position(done);
        if let Ok(style) = ProgressStyle::with_template("{bar:40} {pos} of {len}") {
            bar.set_style(style);
        }
        bar.tick();
        Self(bar)
    }

    /// So many steps are done.
    pub(super) fn set(&self, done: u64) {
        self.0.set_position(done);
    }

    /// Lets something be printed above the bar.
    pub(super) fn aside<T>(&self, print: impl FnOnce() -> T) -> T {
        self.0.suspend(print)
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}

//! The only module of the command that prints. A closed pipe is not an error.

use super::guard;
use gatespec_language::diagnostic::Diagnostic;
use gatespec_language::report::{self, Look};
use gatespec_language::source::SourceMap;
use indicatif::{ProgressBar, ProgressStyle};
use std::io::{ErrorKind, IsTerminal, Write};

/// Prints a result. Returns `false` if it could not be written, unless the reader closed the pipe.
pub(super) fn out(text: &str) -> bool {
    let mut stream = anstream::stdout().lock();
    let written = writeln!(stream, "{}", text.trim_end()).and_then(|()| stream.flush());
    match written {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            err(&format!("cannot write the output: {error}"));
            false
        }
        _ => true,
    }
}

/// Whether a person can be asked: whether the standard input is a terminal or, if the input is
/// needed for other data, the standard error.
pub(super) fn has_person(input_is_taken: bool) -> bool {
    std::io::stdin().is_terminal() || (input_is_taken && std::io::stderr().is_terminal())
}

/// Whether the standard output is a terminal, where a person reads it.
pub(super) fn is_shown() -> bool {
    std::io::stdout().is_terminal()
}

/// Prints a message.
pub(super) fn err(text: &str) {
    let mut stream = anstream::stderr().lock();
    let _ = writeln!(stream, "{}", text.trim_end());
}

/// Prints a note.
pub(super) fn note(text: &str) {
    err(&format!("note: {}", guard::said(text)));
}

/// Prints diagnostics with colours, which the stream removes if it is not a terminal.
pub(super) fn diagnostics(sources: &SourceMap, diagnostics: &[Diagnostic]) {
    if !diagnostics.is_empty() {
        err(&report::in_look(sources, diagnostics, look()));
    }
}

/// Returns the look of diagnostics: in colours, which the stream removes if it is not a terminal,
/// and as wide as the terminal.
pub(super) fn look() -> Look {
    let terminal = console::Term::stderr();
    let width = terminal.is_term().then(|| terminal.size_checked()).flatten();
    Look { color: true, width: width.map(|(_, columns)| columns.into()) }
}

/// A progress bar, which is shown on a terminal only.
pub(super) struct Progress(ProgressBar);

impl Progress {
    /// Creates a hidden bar, for a short run.
    pub(super) fn none() -> Self {
        Self(ProgressBar::hidden())
    }

    /// Creates a bar for `total` steps, of which `done` are done already.
    pub(super) fn of(done: u64, total: u64) -> Self {
        let bar = ProgressBar::new(total).with_position(done);
        if let Ok(style) = ProgressStyle::with_template("{bar:40} {pos} of {len}") {
            bar.set_style(style);
        }
        bar.tick();
        Self(bar)
    }

    /// Sets the number of steps that are done.
    pub(super) fn set(&self, done: u64) {
        self.0.set_position(done);
    }

    /// Runs `print`, whose output appears above the bar.
    pub(super) fn aside<T>(&self, print: impl FnOnce() -> T) -> T {
        self.0.suspend(print)
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}

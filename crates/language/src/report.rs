//! Renders diagnostics: for readers in the style of rustc, and in formats for tools.

mod github;
mod human;
mod json;
mod places;
mod sarif;
mod short;

pub use human::{Look, in_look, render, report, summary};

use crate::diagnostic::Diagnostic;
use crate::source::SourceMap;

/// A format of diagnostics.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// For readers: the line with a caret, notes and help.
    Human,
    /// One line per diagnostic: `file:line:column: error[id]: message`.
    Short,
    /// One JSON object per line, with rustc's field names.
    Json,
    /// One SARIF 2.1.0 log.
    Sarif,
    /// Workflow commands of GitHub Actions, which become annotations.
    Github,
}

impl Format {
    /// Whether the format is for tools.
    pub fn is_for_tools(self) -> bool {
        matches!(self, Format::Json | Format::Sarif | Format::Github)
    }
}

/// Renders diagnostics in a format. `look` affects only [`Format::Human`].
pub fn in_format(
    sources: &SourceMap,
    diagnostics: &[Diagnostic],
    format: Format,
    look: Look,
) -> String {
    match format {
        Format::Human => in_look(sources, diagnostics, look),
        Format::Short => short::short(sources, diagnostics),
        Format::Json => json::json(sources, diagnostics),
        Format::Sarif => sarif::sarif(sources, diagnostics),
        Format::Github => github::github(sources, diagnostics),
    }
}

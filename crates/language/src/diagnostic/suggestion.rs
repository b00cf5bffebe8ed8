//! A change of the text that would mend a mistake.

use crate::span::SourceSpan;

/// A change of the text that would mend a mistake.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// What to do, as the diagnostic's help says it.
    pub message: String,
    /// The bytes that are replaced; empty to insert.
    pub span: SourceSpan,
    /// What replaces them.
    pub replacement: String,
    /// How sure it is.
    pub applicability: Applicability,
}

/// How sure a suggestion is; the names are rustc's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Applicability {
    /// What the author meant: `--fix` applies it.
    MachineApplicable,
    /// One of several things that the author can have meant.
    MaybeIncorrect,
}

impl Applicability {
    /// As rustc writes it.
    pub fn name(self) -> &'static str {
        match self {
            Applicability::MachineApplicable => "MachineApplicable",
            Applicability::MaybeIncorrect => "MaybeIncorrect",
        }
    }
}

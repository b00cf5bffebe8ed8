//! A change of the source text that fixes an error.

use crate::span::SourceSpan;

/// A change of the source text that fixes an error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// The help of the diagnostic.
    pub message: String,
    /// The bytes to replace; empty for an insertion.
    pub span: SourceSpan,
    /// The new text.
    pub replacement: String,
    /// The certainty of the suggestion.
    pub applicability: Applicability,
}

/// The certainty of a suggestion, with rustc's names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Applicability {
    /// It is what the author meant: `--fix` applies it.
    MachineApplicable,
    /// It is one of several possible fixes.
    MaybeIncorrect,
}

impl Applicability {
    /// The name as in rustc's JSON.
    pub fn name(self) -> &'static str {
        match self {
            Applicability::MachineApplicable => "MachineApplicable",
            Applicability::MaybeIncorrect => "MaybeIncorrect",
        }
    }
}

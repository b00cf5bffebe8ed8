//! A change to the source text that fixes an error.

use crate::span::SourceSpan;

/// A change to the source text that fixes an error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// The advice that the change carries out.
    pub message: String,
    /// The bytes to replace; empty for an insertion.
    pub span: SourceSpan,
    /// The new text.
    pub replacement: String,
    /// How certain the suggestion is.
    pub applicability: Applicability,
}

/// How certain a suggestion is, with the names that rustc uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Applicability {
    /// The change is what the author meant, so `--fix` applies it.
    MachineApplicable,
    /// The change is one of several possible fixes.
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

/// Whether `near` can replace `written` at a span: both are plain names, without quotes.
pub(super) fn fits(written: &str, span: SourceSpan, near: &str) -> bool {
    stands_alone(written, span) && is_plain(near)
}

/// Whether the span contains only the name, without quotes.
fn stands_alone(name: &str, span: SourceSpan) -> bool {
    span.end.checked_sub(span.start).is_some_and(|bytes| bytes as usize == name.len())
}

/// Whether the name needs no quotes in YAML or in a formula.
fn is_plain(name: &str) -> bool {
    let inside = |byte: u8| byte.is_ascii_alphanumeric() || b"_.-".contains(&byte);
    name.bytes().next().is_some_and(|first| first.is_ascii_alphabetic()) && name.bytes().all(inside)
}

//! The answer: places, prose and formulas for the facts of its envelope and of its codes.

use super::about::noted;
use super::{About, Field, Formula, ResponseExample};
use crate::source::SourceSpan;
use gatespec_protocol as rt;

/// How an answer is wrapped.
#[derive(Debug, Clone, Default)]
pub struct Envelope {
    /// As generated code has it.
    pub facts: rt::Envelope<'static>,
    /// Prose and provenance.
    pub about: About,
    /// The place of each predicate of `success`.
    pub success_at: Vec<SourceSpan>,
    /// Every path of the data, the code, the message and of failures, with its place.
    pub places: Vec<(&'static str, SourceSpan)>,
    /// Steps in order; each opens a text in place.
    pub open: Vec<OpenStep>,
    /// Shapes of failure, in order.
    pub failures: Vec<FailureShape>,
    /// Members of the answer that no table lists, for the documentation.
    pub fields: Vec<Field>,
    /// Sample answers that belong to no method.
    pub examples: Vec<ResponseExample>,
}

/// A step that opens a text in place.
#[derive(Debug, Clone)]
pub struct OpenStep {
    /// As generated code has it.
    pub facts: rt::OpenStep<'static>,
    /// The place of each predicate of `when`.
    pub when_at: Vec<SourceSpan>,
    /// Of a cipher: its key.
    pub key: Option<Formula>,
    /// Of a cipher: its initialisation vector, if a formula makes it.
    pub iv: Option<Formula>,
    /// Prose and provenance.
    pub about: About,
    /// Its place in the spec.
    pub span: SourceSpan,
}

/// One shape of failure.
#[derive(Debug, Clone)]
pub struct FailureShape {
    /// As generated code has it.
    pub facts: rt::FailureShape<'static>,
    /// The place of each predicate of `when`.
    pub when_at: Vec<SourceSpan>,
    /// Its paths, each with its place.
    pub places: Vec<(&'static str, SourceSpan)>,
    /// Prose and provenance.
    pub about: About,
}

/// One row of an error table.
#[derive(Debug, Clone)]
pub struct ErrorCode {
    /// As generated code has it.
    pub facts: rt::ErrorCode<'static>,
    /// Its place in the spec.
    pub span: SourceSpan,
    /// The place of `means`.
    pub means_at: SourceSpan,
    /// The place of `parameter`.
    pub parameter_at: SourceSpan,
    /// Prose and provenance.
    pub about: About,
}

noted! {
    Envelope: rt::Envelope<'static>,
    OpenStep: rt::OpenStep<'static>,
    FailureShape: rt::FailureShape<'static>,
    ErrorCode: rt::ErrorCode<'static>,
}

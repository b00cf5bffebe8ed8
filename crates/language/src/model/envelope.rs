//! The answer: what stands beside the facts of its envelope and of its codes.

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
    /// Where each predicate of `success` stands.
    pub success_at: Vec<SourceSpan>,
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
    /// Where each predicate of `when` stands.
    pub when_at: Vec<SourceSpan>,
    /// Of a cipher: its key.
    pub key: Option<Formula>,
    /// Of a cipher: its initialisation vector, if a formula makes it.
    pub iv: Option<Formula>,
    /// Prose and provenance.
    pub about: About,
    /// Where it stands.
    pub span: SourceSpan,
}

/// One shape of failure.
#[derive(Debug, Clone)]
pub struct FailureShape {
    /// As generated code has it.
    pub facts: rt::FailureShape<'static>,
    /// Where each predicate of `when` stands.
    pub when_at: Vec<SourceSpan>,
    /// Prose and provenance.
    pub about: About,
}

/// One row of an error table.
#[derive(Debug, Clone)]
pub struct ErrorCode {
    /// As generated code has it.
    pub facts: rt::ErrorCode<'static>,
    /// Where it stands.
    pub span: SourceSpan,
    /// Where `means` stands.
    pub means_at: SourceSpan,
    /// Where `parameter` stands.
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

//! The answer: spans, prose and formulas of its envelope and its codes.

use super::about::noted;
use super::{About, Field, Formula, ResponseExample};
use crate::source::SourceSpan;
use gatespec_protocol as rt;

/// The structure of an answer.
#[derive(Debug, Clone, Default)]
pub struct Envelope {
    /// The envelope as generated code has it.
    pub facts: rt::Envelope<'static>,
    /// Prose and provenance.
    pub about: About,
    /// The span of each predicate of `success`.
    pub success_at: Vec<SourceSpan>,
    /// The paths of the data, the code, the message and the failures, each with its span.
    pub places: Vec<(&'static str, SourceSpan)>,
    /// Steps that decode a text into JSON, in order.
    pub open: Vec<OpenStep>,
    /// Shapes of failures, in order.
    pub failures: Vec<FailureShape>,
    /// Unlisted members of the answer, for documentation.
    pub fields: Vec<Field>,
    /// Sample answers that belong to no method.
    pub examples: Vec<ResponseExample>,
}

/// A step that decodes a text into JSON.
#[derive(Debug, Clone)]
pub struct OpenStep {
    /// The step as generated code has it.
    pub facts: rt::OpenStep<'static>,
    /// The span of each predicate of `when`.
    pub when_at: Vec<SourceSpan>,
    /// The key of a cipher.
    pub key: Option<Formula>,
    /// The initialisation vector of a cipher, if a formula computes it.
    pub iv: Option<Formula>,
    /// Prose and provenance.
    pub about: About,
    /// The span in the spec.
    pub span: SourceSpan,
}

/// One shape of failure.
#[derive(Debug, Clone)]
pub struct FailureShape {
    /// The shape as generated code has it.
    pub facts: rt::FailureShape<'static>,
    /// The span of each predicate of `when`.
    pub when_at: Vec<SourceSpan>,
    /// The paths, each with its span.
    pub places: Vec<(&'static str, SourceSpan)>,
    /// Prose and provenance.
    pub about: About,
}

/// One row of an error table.
#[derive(Debug, Clone)]
pub struct ErrorCode {
    /// The row as generated code has it.
    pub facts: rt::ErrorCode<'static>,
    /// The span in the spec.
    pub span: SourceSpan,
    /// The span of `means`.
    pub means_at: SourceSpan,
    /// The span of `parameter`.
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

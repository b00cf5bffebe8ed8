//! The envelope of answers and the error codes, with spans, prose and formulas.

use super::about::noted;
use super::{About, Field, Formula, ResponseExample};
use crate::source::SourceSpan;
use gatespec_protocol as rt;

/// The structure of an answer.
#[derive(Debug, Clone, Default)]
pub struct Envelope {
    /// The envelope as it is in generated code.
    pub facts: rt::Envelope<'static>,
    /// Prose and provenance.
    pub about: About,
    /// The span of each predicate of `success`.
    pub success_at: Vec<SourceSpan>,
    /// The paths of the data, the code, the message and the failures, each with its span.
    pub places: Vec<(&'static str, SourceSpan)>,
    /// The steps that decode a text into JSON, in the order in which they are applied.
    pub open: Vec<OpenStep>,
    /// The shapes of failures, in the order in which they are tried.
    pub failures: Vec<FailureShape>,
    /// Members of the answer that no other key of the envelope names, for documentation.
    pub fields: Vec<Field>,
    /// Sample answers that belong to no method.
    pub examples: Vec<ResponseExample>,
}

/// A step that decodes a text into JSON.
#[derive(Debug, Clone)]
pub struct OpenStep {
    /// The step as it is in generated code.
    pub facts: rt::OpenStep<'static>,
    /// The span of each predicate of `when`.
    pub when_at: Vec<SourceSpan>,
    /// The formula of a cipher's key.
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
    /// The shape as it is in generated code.
    pub facts: rt::FailureShape<'static>,
    /// The span of each predicate of `when`.
    pub when_at: Vec<SourceSpan>,
    /// The paths of the shape, each with its span.
    pub places: Vec<(&'static str, SourceSpan)>,
    /// Prose and provenance.
    pub about: About,
}

/// One row of an error table.
#[derive(Debug, Clone)]
pub struct ErrorCode {
    /// The row as it is in generated code.
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

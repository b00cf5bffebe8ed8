//! The answer: where its parts sit, what success is, how it is opened, what its codes mean.

use super::{About, Field, Formula, ResponseExample};
use crate::source::Span;
use gatespec_protocol::{Algorithm, Class, Encoding, Meaning, Origin, Padding, RetryAfter};

/// Where status, code, message and data sit. Paths are templates, split at their dots.
#[derive(Debug, Clone, Default)]
pub struct Envelope {
    /// Prose and provenance.
    pub about: About,
    /// Steps in order; each opens a text in place.
    pub open: Vec<OpenStep>,
    /// All hold on success.
    pub success: Vec<Predicate>,
    /// The data's path; empty: the whole answer.
    pub data: String,
    /// A success's code.
    pub code: Option<String>,
    /// A success's message.
    pub message: Option<String>,
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
    /// The text's path.
    pub at: String,
    /// Skipped unless all hold.
    pub when: Vec<Predicate>,
    /// How.
    pub how: Opening,
    /// Prose and provenance.
    pub about: About,
    /// Where it stands.
    pub span: Span,
}

/// How a text is opened.
#[derive(Debug, Clone)]
pub enum Opening {
    /// It is JSON.
    JsonText,
    /// It is encrypted JSON.
    Decrypt(Box<Cipher>),
}

/// How an encrypted text is opened.
#[derive(Debug, Clone)]
pub struct Cipher {
    /// Text to bytes.
    pub encoding: Encoding,
    /// The block cipher and its mode.
    pub algorithm: Algorithm,
    /// The padding.
    pub padding: Padding,
    /// The key.
    pub key: Formula,
    /// The initialisation vector.
    pub iv: Iv,
}

/// Where the initialisation vector comes from.
#[derive(Debug, Clone)]
pub enum Iv {
    /// The mode has none.
    None,
    /// The first block of the text.
    Prefix,
    /// A formula.
    Formula(Formula),
}

/// A condition on an answer.
#[derive(Debug, Clone)]
pub struct Predicate {
    /// The path.
    pub path: String,
    /// What must be there.
    pub is: Expected,
    /// Where it stands.
    pub span: Span,
}

/// What must be at a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expected {
    /// Nothing: missing, null or empty.
    Missing,
    /// Anything that is not missing.
    Exists,
    /// One of these, compared as text.
    OneOf(Vec<String>),
}

/// One shape of failure; of several paths the first that is there counts.
#[derive(Debug, Clone)]
pub struct FailureShape {
    /// Who failed.
    pub origin: Origin,
    /// All hold; empty: fits when the code is there.
    pub when: Vec<Predicate>,
    /// The code.
    pub code: Vec<String>,
    /// The message.
    pub message: Vec<String>,
    /// The more precise code.
    pub sub_code: Vec<String>,
    /// The more precise message.
    pub sub_message: Vec<String>,
    /// The id for a support ticket.
    pub request_id: Vec<String>,
    /// Prose and provenance.
    pub about: About,
}

/// One row of an error table.
#[derive(Debug, Clone)]
pub struct ErrorCode {
    /// The code; `isp.*` is a prefix.
    pub code: String,
    /// Where it stands.
    pub span: Span,
    /// What to do about it.
    pub class: Class,
    /// How long to wait.
    pub retry_after: RetryAfter,
    /// The credential to refresh.
    pub refresh: Option<String>,
    /// The HTTP status that comes with it.
    pub http: Option<u16>,
    /// What it says, if that is one of the things that any gateway refuses for.
    pub means: Option<(Meaning, Span)>,
    /// The parameter that it says it of.
    pub parameter: Option<(String, Span)>,
    /// Prose and provenance.
    pub about: About,
}

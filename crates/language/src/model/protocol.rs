//! Gateways: addresses, credentials, public parameters, signatures, vectors.

use super::about::noted;
use super::{About, Envelope, ErrorCode, Formula, Noted, Value};
use crate::span::{Places, SourceSpan};
use gatespec_protocol as rt;
use rt::Verb;

/// One gateway of a platform.
#[derive(Debug, Clone)]
pub struct Gateway {
    /// The gateway as generated code has it.
    pub facts: &'static rt::Gateway<'static>,
    /// The span of its beginning.
    pub span: SourceSpan,
    /// In the spec's order; the first published address is the default.
    pub environments: Vec<Environment>,
    /// In the spec's order.
    pub credentials: Vec<Credential>,
    /// Facts that each method states.
    pub labels: Vec<Label>,
    /// Defaults for values as text.
    pub values: Values,
    /// Provenance of the request's shape.
    pub about: About,
    /// The span of the keys on how requests are sent.
    pub transport: SourceSpan,
    /// The positions of the path's characters.
    pub path_at: Places,
    /// The span of each constant header.
    pub header_spans: Vec<SourceSpan>,
    /// Sorted by the bytes of the names.
    pub public: Vec<PublicParam>,
    /// The default first; empty if calls are not signed.
    pub signatures: Vec<SignatureMethod>,
    /// Requests with known signatures.
    pub vectors: Vec<Vector>,
    /// Provenance of the gateway's treatment of repeated calls.
    pub replay_about: About,
    /// The envelope of answers.
    pub envelope: Envelope,
    /// The error table.
    pub errors: Vec<ErrorCode>,
}

impl Gateway {
    /// The default base address, if the platform publishes one.
    pub fn base_url(&self) -> Option<&'static str> {
        Some(self.facts.base_url).filter(|url| !url.is_empty())
    }

    /// The public parameter with this wire name.
    pub fn public_param(&self, name: &str) -> Option<&PublicParam> {
        self.public.iter().find(|param| param.name == name)
    }

    /// The labels of a method without a spec; labels without a default are left out.
    pub fn default_labels(&self) -> &'static [(&'static str, &'static str)] {
        crate::keep::list(self.labels.iter().filter_map(|label| Some((label.name, label.default?))))
    }
}

/// A value that identifies the caller.
pub type Credential = Noted<rt::Credential<'static>>;

/// An address of the gateway.
#[derive(Debug, Clone)]
pub struct Environment {
    /// The name, such as `production`.
    pub name: String,
    /// The span in the spec.
    pub span: SourceSpan,
    /// The address; `None` if the platform does not publish it.
    pub url: Option<&'static str>,
    /// Prose and provenance.
    pub about: About,
}

/// A fact that each method states.
#[derive(Debug, Clone)]
pub struct Label {
    /// The name.
    pub name: &'static str,
    /// The span in the spec.
    pub span: SourceSpan,
    /// A template; `None` if every method must state the label.
    pub default: Option<&'static str>,
    /// The positions of the default's characters.
    pub default_at: Places,
    /// Prose and provenance.
    pub about: About,
}

/// Defaults for values as text.
#[derive(Debug, Clone)]
pub struct Values {
    /// The texts for true and false.
    pub boolean: (String, String),
    /// The format of times that state none.
    pub datetime: &'static str,
    /// The text of a time that means "not yet".
    pub never: Option<String>,
    /// Prose and provenance.
    pub about: About,
}

/// A parameter of every call.
#[derive(Debug, Clone)]
pub struct PublicParam {
    /// The parameter as generated code has it.
    pub facts: rt::PublicParam<'static>,
    /// The span in the spec.
    pub span: SourceSpan,
    /// The formula that computes it, if there is one.
    pub formula: Option<Formula>,
    /// The time zone of a clock, in seconds east of UTC.
    pub zone: i32,
    /// Whether the document says that it is required.
    pub required: Option<bool>,
    /// Prose and provenance.
    pub about: About,
    /// A sample value.
    pub example: Option<String>,
}

/// A signature method.
#[derive(Debug, Clone)]
pub struct SignatureMethod {
    /// The method as generated code has it.
    pub facts: rt::Signature<'static>,
    /// The formula.
    pub formula: Formula,
    /// Prose and provenance.
    pub about: About,
}

noted! {
    Gateway: rt::Gateway<'static>,
    PublicParam: rt::PublicParam<'static>,
    SignatureMethod: rt::Signature<'static>,
}

/// A request with a known signature.
#[derive(Debug, Clone)]
pub struct Vector {
    /// A short name.
    pub name: Option<String>,
    /// The span of its beginning.
    pub span: SourceSpan,
    /// From its beginning to the next vector.
    pub area: SourceSpan,
    /// The span of `credentials`, or of the vector.
    pub credentials_at: SourceSpan,
    /// The signature method; `None` for the default.
    pub case: Option<(String, SourceSpan)>,
    /// Credentials by name.
    pub credentials: Vec<(String, String)>,
    /// The time, in Unix seconds with up to three decimals.
    pub clock: Option<(String, SourceSpan)>,
    /// The nonce.
    pub nonce: Option<String>,
    /// Labels by name, which replace those of the method.
    pub labels: Vec<(String, String)>,
    /// The request.
    pub input: VectorInput,
    /// The HTTP verb, if it differs from the gateway's.
    pub verb: Option<Verb>,
    /// The path, if it differs from the gateway's.
    pub path: Option<String>,
    /// The raw body.
    pub body: Option<String>,
    /// The signed text, with secrets as `<name>`.
    pub canonical: Option<(String, SourceSpan)>,
    /// The signature.
    pub sign: String,
    /// The span of the signature.
    pub sign_span: SourceSpan,
    /// Prose and provenance.
    pub about: About,
}

/// The request of a vector.
#[derive(Debug, Clone)]
pub enum VectorInput {
    /// A whole request of a method, from typed values.
    Request {
        /// The wire name of the method.
        method: (String, SourceSpan),
        /// Typed values, by wire name.
        values: Value,
    },
    /// Texts as published, each with its location.
    Sent(Vec<(rt::Location<'static>, String, String)>),
}

//! Gateways: addresses, credentials, public parameters, signatures, vectors.

use super::about::noted;
use super::{About, Envelope, ErrorCode, Formula, Noted, Value};
use crate::span::{Places, SourceSpan};
use gatespec_protocol as rt;
use rt::Verb;

/// One gateway of a platform.
#[derive(Debug, Clone)]
pub struct Gateway {
    /// The gateway as it is in generated code.
    pub facts: &'static rt::Gateway<'static>,
    /// The span of the gateway's beginning.
    pub span: SourceSpan,
    /// The addresses in the order of the spec. The first published one is the default.
    pub environments: Vec<Environment>,
    /// The credentials in the order of the spec.
    pub credentials: Vec<Credential>,
    /// The names for which each method states a value.
    pub labels: Vec<Label>,
    /// How values are written as text by default.
    pub values: Values,
    /// The provenance of the facts about how requests are sent.
    pub about: About,
    /// The span of the keys that say how requests are sent.
    pub transport: SourceSpan,
    /// The positions of the path's characters.
    pub path_at: Places,
    /// The span of each constant header.
    pub header_spans: Vec<SourceSpan>,
    /// The public parameters, sorted by the bytes of their names.
    pub public: Vec<PublicParam>,
    /// The signature methods, beginning with the default. Empty if calls are not signed.
    pub signatures: Vec<SignatureMethod>,
    /// Requests with known signatures.
    pub vectors: Vec<Vector>,
    /// The provenance of the facts about repeated calls.
    pub replay_about: About,
    /// The envelope of the gateway's answers.
    pub envelope: Envelope,
    /// The error codes of the gateway.
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

    /// The labels of a method without a spec. Labels without a default are left out.
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

/// A name for which each method states a value.
#[derive(Debug, Clone)]
pub struct Label {
    /// The name.
    pub name: &'static str,
    /// The span in the spec.
    pub span: SourceSpan,
    /// A template for the value; `None` if every method must state a value.
    pub default: Option<&'static str>,
    /// The positions of the default's characters.
    pub default_at: Places,
    /// Prose and provenance.
    pub about: About,
}

/// How values are written as text by default.
#[derive(Debug, Clone)]
pub struct Values {
    /// The texts for true and false.
    pub boolean: (String, String),
    /// The format of times that do not state one.
    pub datetime: &'static str,
    /// The text of a time that means "not yet".
    pub never: Option<String>,
    /// Prose and provenance.
    pub about: About,
}

/// A parameter of every call.
#[derive(Debug, Clone)]
pub struct PublicParam {
    /// The parameter as it is in generated code.
    pub facts: rt::PublicParam<'static>,
    /// The span in the spec.
    pub span: SourceSpan,
    /// The formula that computes the parameter, if there is one.
    pub formula: Option<Formula>,
    /// The time zone of a timestamp, in seconds east of UTC.
    pub zone: i32,
    /// Whether the parameter is required, if the document says so.
    pub required: Option<bool>,
    /// Prose and provenance.
    pub about: About,
    /// A sample value.
    pub example: Option<String>,
}

/// A signature method.
#[derive(Debug, Clone)]
pub struct SignatureMethod {
    /// The method as it is in generated code.
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
    /// The span of the vector's beginning.
    pub span: SourceSpan,
    /// The bytes from the beginning of the vector to the next vector.
    pub area: SourceSpan,
    /// The span of the key `credentials`. If there is none, the span of the vector.
    pub credentials_at: SourceSpan,
    /// The signature method; `None` for the default.
    pub case: Option<(String, SourceSpan)>,
    /// Credentials by name.
    pub credentials: Vec<(String, String)>,
    /// The time, in Unix seconds with up to three decimals.
    pub clock: Option<(String, SourceSpan)>,
    /// The nonce.
    pub nonce: Option<String>,
    /// Labels by name. They replace the labels of the method.
    pub labels: Vec<(String, String)>,
    /// The request.
    pub input: VectorInput,
    /// The HTTP verb, if it differs from the gateway's.
    pub verb: Option<Verb>,
    /// The path, if it differs from the gateway's.
    pub path: Option<String>,
    /// The raw body.
    pub body: Option<String>,
    /// The signed text, in which secrets are written `<name>`.
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
    /// A whole request of a method, built from typed values.
    Request {
        /// The wire name of the method.
        method: (String, SourceSpan),
        /// Typed values, by wire name.
        values: Value,
    },
    /// Parameters as they were published, each with its location, name and text.
    Sent(Vec<(rt::Location<'static>, String, String)>),
}

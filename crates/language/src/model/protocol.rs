//! How a gateway is spoken to: addresses, credentials, public parameters, signature, vectors.

use super::about::noted;
use super::{About, Envelope, ErrorCode, Formula, Noted, Value};
use crate::span::{Places, SourceSpan};
use gatespec_protocol as rt;
use rt::Verb;

/// One protocol of a platform.
#[derive(Debug, Clone)]
pub struct Gateway {
    /// As generated code has it.
    pub facts: &'static rt::Gateway<'static>,
    /// Where it begins.
    pub span: SourceSpan,
    /// In the spec's order; the first disclosed one is the default.
    pub environments: Vec<Environment>,
    /// In the spec's order.
    pub credentials: Vec<Credential>,
    /// Facts that each method supplies.
    pub labels: Vec<Label>,
    /// How values become text.
    pub values: Values,
    /// Provenance of the request's shape.
    pub about: About,
    /// Where the spec says how a request travels.
    pub transport: SourceSpan,
    /// The places of the path's characters.
    pub path_at: Places,
    /// The place of each constant header.
    pub header_spans: Vec<SourceSpan>,
    /// Sorted by the bytes of their names.
    pub public: Vec<PublicParam>,
    /// The default first; empty: calls are not signed.
    pub signatures: Vec<SignatureMethod>,
    /// Known answers.
    pub vectors: Vec<Vector>,
    /// Provenance of what the gateway does about repeated calls.
    pub replay_about: About,
    /// The answer.
    pub envelope: Envelope,
    /// The code table.
    pub errors: Vec<ErrorCode>,
}

impl Gateway {
    /// The address that a client uses unless told otherwise.
    pub fn base_url(&self) -> Option<&'static str> {
        Some(self.facts.base_url).filter(|url| !url.is_empty())
    }

    /// A public parameter by its wire name.
    pub fn public_param(&self, name: &str) -> Option<&PublicParam> {
        self.public.iter().find(|param| param.name == name)
    }

    /// The labels of a method that no spec states; those without a default are left out.
    pub fn default_labels(&self) -> &'static [(&'static str, &'static str)] {
        crate::keep::list(self.labels.iter().filter_map(|label| Some((label.name, label.default?))))
    }
}

/// Something that identifies the caller.
pub type Credential = Noted<rt::Credential<'static>>;

/// An address.
#[derive(Debug, Clone)]
pub struct Environment {
    /// Such as `production`.
    pub name: String,
    /// Its place in the spec.
    pub span: SourceSpan,
    /// `None`: the platform does not disclose it.
    pub url: Option<&'static str>,
    /// Prose and provenance.
    pub about: About,
}

/// A fact that each method supplies.
#[derive(Debug, Clone)]
pub struct Label {
    /// The name.
    pub name: &'static str,
    /// Its place in the spec.
    pub span: SourceSpan,
    /// A template; `None`: each method must supply it.
    pub default: Option<&'static str>,
    /// The places of the default's characters.
    pub default_at: Places,
    /// Prose and provenance.
    pub about: About,
}

/// How values become text.
#[derive(Debug, Clone)]
pub struct Values {
    /// Yes and no.
    pub boolean: (String, String),
    /// The format of a time that states none.
    pub datetime: &'static str,
    /// The time that means "not yet".
    pub never: Option<String>,
    /// Prose and provenance.
    pub about: About,
}

/// A parameter of every call.
#[derive(Debug, Clone)]
pub struct PublicParam {
    /// As generated code has it.
    pub facts: rt::PublicParam<'static>,
    /// Its place in the spec.
    pub span: SourceSpan,
    /// The formula that makes it, if one does.
    pub formula: Option<Formula>,
    /// Of a clock: seconds east of UTC.
    pub zone: i32,
    /// The document's word on whether it must be there.
    pub required: Option<bool>,
    /// Prose and provenance.
    pub about: About,
    /// A sample value.
    pub example: Option<String>,
}

/// A way to sign.
#[derive(Debug, Clone)]
pub struct SignatureMethod {
    /// As generated code has it.
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

/// A known answer.
#[derive(Debug, Clone)]
pub struct Vector {
    /// A short name.
    pub name: Option<String>,
    /// Where it begins.
    pub span: SourceSpan,
    /// From there to the next one.
    pub area: SourceSpan,
    /// The place of `credentials`, or of the vector.
    pub credentials_at: SourceSpan,
    /// Which way to sign; `None`: the default.
    pub case: Option<(String, SourceSpan)>,
    /// Credentials by name.
    pub credentials: Vec<(String, String)>,
    /// The time, Unix seconds with up to three decimals.
    pub clock: Option<(String, SourceSpan)>,
    /// The nonce's text.
    pub nonce: Option<String>,
    /// Labels by name, in place of those of the method.
    pub labels: Vec<(String, String)>,
    /// What is signed.
    pub input: VectorInput,
    /// The HTTP verb, if not the gateway's.
    pub verb: Option<Verb>,
    /// The path, if not the gateway's.
    pub path: Option<String>,
    /// The raw body.
    pub body: Option<String>,
    /// The signed text with secrets as `<name>`.
    pub canonical: Option<(String, SourceSpan)>,
    /// The signature.
    pub sign: String,
    /// The place of the signature.
    pub sign_span: SourceSpan,
    /// Prose and provenance.
    pub about: About,
}

/// What a known answer signs.
#[derive(Debug, Clone)]
pub enum VectorInput {
    /// A whole request of a method, from typed values.
    Request {
        /// The wire method.
        method: (String, SourceSpan),
        /// Typed values by wire name.
        values: Value,
    },
    /// Texts as published, each in its place.
    Sent(Vec<(rt::Location<'static>, String, String)>),
}

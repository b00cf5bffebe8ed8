//! How a gateway is spoken to: addresses, credentials, public parameters, signature, vectors.

use super::{About, Envelope, ErrorCode, Formula, Place, Value};
use crate::source::Span;
use gatespec_protocol::{Escape, Nested, NonceFormat, Send, Verb};

/// One protocol of a platform.
#[derive(Debug, Clone)]
pub struct Gateway {
    /// `main`, or the name of a further protocol.
    pub name: String,
    /// Where it begins.
    pub span: Span,
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
    pub transport: Span,
    /// The HTTP verb.
    pub verb: Verb,
    /// The signed path, a template; empty: none.
    pub path: String,
    /// Constant headers, which are not signed.
    pub headers: Vec<(String, String)>,
    /// Parameters whose text is empty are not sent.
    pub omit_empty: bool,
    /// The caller hands in the body.
    pub raw_body: bool,
    /// Where business parameters travel.
    pub business: Place,
    /// Sorted by the bytes of their names.
    pub public: Vec<PublicParam>,
    /// The default first; empty: calls are not signed.
    pub signatures: Vec<SignatureMethod>,
    /// Known answers.
    pub vectors: Vec<Vector>,
    /// What the gateway does about repeated calls.
    pub replay: Option<Replay>,
    /// The answer.
    pub envelope: Envelope,
    /// The code table.
    pub errors: Vec<ErrorCode>,
}

impl Gateway {
    /// The address that a client uses unless told otherwise.
    pub fn base_url(&self) -> Option<&str> {
        self.environments.iter().find_map(|environment| environment.url.as_deref())
    }

    /// A public parameter by its wire name.
    pub fn public_param(&self, name: &str) -> Option<&PublicParam> {
        self.public.iter().find(|param| param.name == name)
    }
}

/// An address.
#[derive(Debug, Clone)]
pub struct Environment {
    /// Such as `production`.
    pub name: String,
    /// Where it stands.
    pub span: Span,
    /// `None`: the platform does not disclose it.
    pub url: Option<String>,
    /// Prose and provenance.
    pub about: About,
}

/// Something that identifies the caller.
#[derive(Debug, Clone)]
pub struct Credential {
    /// Such as `app_key`.
    pub name: String,
    /// Where it stands.
    pub span: Span,
    /// Whom it belongs to.
    pub scope: Scope,
    /// Never shown.
    pub sensitive: bool,
    /// A client can be built without it.
    pub optional: bool,
    /// Prose and provenance.
    pub about: About,
}

/// Whom a credential belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// The application: one for all shops.
    App,
    /// One shop.
    Shop,
}

/// A fact that each method supplies.
#[derive(Debug, Clone)]
pub struct Label {
    /// The name.
    pub name: String,
    /// Where it stands.
    pub span: Span,
    /// A template; `None`: each method must supply it.
    pub default: Option<String>,
    /// Prose and provenance.
    pub about: About,
}

/// How values become text.
#[derive(Debug, Clone)]
pub struct Values {
    /// Yes and no.
    pub boolean: (String, String),
    /// The format of a time that states none.
    pub datetime: String,
    /// The time that means "not yet".
    pub never: Option<String>,
    /// Members of JSON objects are sorted at every depth.
    pub sort_keys: bool,
    /// What JSON escapes.
    pub escape: Escape,
    /// Records and lists in forms.
    pub nested: Nested,
    /// Prose and provenance.
    pub about: About,
}

/// A parameter of every call.
#[derive(Debug, Clone)]
pub struct PublicParam {
    /// The wire name.
    pub name: String,
    /// Where it stands.
    pub span: Span,
    /// Where it travels; never a carrier.
    pub place: Place,
    /// What fills it.
    pub source: Source,
    /// Whether it is sent.
    pub send: Send,
    /// The document's word on whether it must be there.
    pub required: Option<bool>,
    /// A bare number in JSON.
    pub number: bool,
    /// Prose and provenance.
    pub about: About,
    /// A sample value.
    pub example: Option<String>,
}

/// What fills a public parameter.
#[derive(Debug, Clone)]
pub enum Source {
    /// The method's wire name.
    Method,
    /// The time of the call: format and seconds east of UTC.
    Clock(String, i32),
    /// Always the same.
    Constant(String),
    /// The signature.
    Signature,
    /// The name of the signature method.
    SignMethod,
    /// Random characters.
    Nonce(NonceFormat),
    /// A formula of its own.
    Formula(Formula),
    /// The caller's, call by call.
    Argument,
    /// A credential, by name.
    Credential(String),
    /// A label, by name.
    Label(String),
}

/// A way to sign.
#[derive(Debug, Clone)]
pub struct SignatureMethod {
    /// What `is: sign_method` sends; empty if there is only one way.
    pub name: String,
    /// The formula.
    pub formula: Formula,
    /// Prose and provenance.
    pub about: About,
}

/// A known answer.
#[derive(Debug, Clone)]
pub struct Vector {
    /// A short name.
    pub name: Option<String>,
    /// Where it begins.
    pub span: Span,
    /// Which way to sign; `None`: the default.
    pub case: Option<(String, Span)>,
    /// Credentials by name.
    pub credentials: Vec<(String, String)>,
    /// The time, Unix seconds with up to three decimals.
    pub clock: Option<(String, Span)>,
    /// The nonce's text.
    pub nonce: Option<String>,
    /// What is signed.
    pub input: VectorInput,
    /// The HTTP verb, if not the gateway's.
    pub verb: Option<Verb>,
    /// The path, if not the gateway's.
    pub path: Option<String>,
    /// The raw body.
    pub body: Option<String>,
    /// The signed text with secrets as `<name>`.
    pub canonical: Option<(String, Span)>,
    /// The signature.
    pub sign: String,
    /// Where the signature stands.
    pub sign_span: Span,
    /// Prose and provenance.
    pub about: About,
}

/// What a known answer signs.
#[derive(Debug, Clone)]
pub enum VectorInput {
    /// A whole request of a method, from typed values.
    Request {
        /// The wire method.
        method: (String, Span),
        /// Typed values by wire name.
        values: Value,
    },
    /// Texts as published, each in its place.
    Sent(Vec<(Place, String, String)>),
}

/// What the gateway does about repeated calls.
#[derive(Debug, Clone, Default)]
pub struct Replay {
    /// Seconds that a clock may lag.
    pub window: Option<u64>,
    /// Seconds during which an identical call is refused.
    pub duplicates: Option<u64>,
    /// Prose and provenance.
    pub about: About,
}

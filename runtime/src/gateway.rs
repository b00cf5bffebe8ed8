//! What a gateway wants: the facts of a platform's protocol, as borrowed data.
//!
//! Generated code holds them as constants; the compiler builds the same types from its model.

use crate::datetime::TimeFormat;
use crate::recipe::Recipe;
use crate::shape::Envelope;

/// The protocol of one gateway of a platform.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gateway<'a> {
    /// The platform's id, for messages.
    pub platform: &'a str,
    /// `main`, or the name of a further gateway.
    pub name: &'a str,
    /// URL of the first disclosed environment; empty if none is: then the caller must set one.
    pub base_url: &'a str,
    /// The HTTP verb, unless a method says otherwise.
    pub verb: Verb,
    /// Template of the signed path, appended to the base URL; empty if the gateway has none.
    pub path: &'a str,
    /// Constant headers, never signed.
    pub headers: &'a [(&'a str, &'a str)],
    /// Parameters whose text is empty are not sent.
    pub omit_empty: bool,
    /// The body is a document of the caller's.
    pub raw_body: bool,
    /// Where business parameters travel.
    pub business: Placement<'a>,
    /// How records and lists travel in a query or form.
    pub nested: Nested,
    /// How JSON is written.
    pub json: JsonStyle,
    /// The public parameters, sorted by the bytes of their names.
    pub public: &'a [PublicParam<'a>],
    /// What the caller must know to sign.
    pub credentials: &'a [Credential<'a>],
    /// The signature methods, the default first; empty if requests are not signed.
    pub signatures: &'a [Signature<'a>],
    /// How an answer is wrapped.
    pub envelope: Envelope<'a>,
    /// The known error codes.
    pub errors: &'a [ErrorCode<'a>],
}

/// An HTTP verb.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Verb {
    /// `GET`
    Get,
    /// `POST`
    Post,
    /// `PUT`
    Put,
    /// `DELETE`
    Delete,
    /// `PATCH`
    Patch,
}

impl Verb {
    /// The verb as sent and signed, in upper case.
    pub const fn as_str(self) -> &'static str {
        match self {
            Verb::Get => "GET",
            Verb::Post => "POST",
            Verb::Put => "PUT",
            Verb::Delete => "DELETE",
            Verb::Patch => "PATCH",
        }
    }
}

/// Where the business parameters of a method travel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Placement<'a> {
    /// Each one a query parameter.
    Query,
    /// Each one a parameter of the form body.
    Form,
    /// Each one a header.
    Header,
    /// Members of the JSON body.
    Body,
    /// Members of an object that is a member of the JSON body.
    BodyMember(&'a str),
    /// One form parameter with this name holds the business JSON, `{}` if there is none.
    FormCarrier(&'a str),
}

/// Where one parameter travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Place<'a> {
    /// The query of the URL.
    Query,
    /// The form body.
    Form,
    /// A header.
    Header,
    /// A member of the JSON body.
    Body,
    /// A member of this object in the JSON body.
    BodyMember(&'a str),
}

/// How records and lists travel in a query or form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Nested {
    /// One parameter holds compact JSON.
    Json,
    /// `lines[0][sku]=…`, one parameter a scalar.
    Brackets,
    /// A list repeats its name; a record is JSON.
    Repeat,
}

/// How JSON is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct JsonStyle {
    /// Members sorted by the bytes of their names, at every depth; otherwise as declared.
    pub sort_keys: bool,
    /// Which characters are escaped.
    pub escape: Escape,
}

impl JsonStyle {
    /// Members as declared, minimal escapes.
    pub const PLAIN: JsonStyle = JsonStyle { sort_keys: false, escape: Escape::Minimal };
}

/// Which characters of a JSON text are escaped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Escape {
    /// Only `"`, `\` and controls.
    Minimal,
    /// Also `/`, as `\/`.
    Slash,
    /// Also everything beyond ASCII, as `\uXXXX`.
    Ascii,
}

/// A parameter that the gateway itself wants with each call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PublicParam<'a> {
    /// The name on the wire.
    pub name: &'a str,
    /// Where it travels.
    pub place: Place<'a>,
    /// What fills it.
    pub source: Source<'a>,
    /// Whether it is sent.
    pub send: Send,
    /// In JSON it is a bare number.
    pub number: bool,
}

/// Whether a public parameter is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Send {
    /// With each request; nothing to fill it with is an error.
    Always,
    /// If there is something to fill it with.
    Optional,
    /// Not by default; an override may.
    Never,
}

/// What fills a public parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source<'a> {
    /// The name of the method.
    Method,
    /// The clock, read once for a request.
    Clock(TimeFormat<'a>),
    /// Always the same text.
    Constant(&'a str),
    /// The signature.
    Signature,
    /// The name of the signature method in use.
    SignMethod,
    /// Fresh random text.
    Nonce(NonceFormat),
    /// The result of a formula.
    Formula(Recipe<'a>),
    /// The caller's argument of this name.
    Argument,
    /// A credential.
    Credential(&'a str),
    /// A label of the method.
    Label(&'a str),
}

/// How a nonce is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NonceFormat {
    /// So many lower-case hexadecimal digits.
    Hex(usize),
    /// So many decimal digits.
    Digits(usize),
    /// A random UUID with dashes.
    Uuid,
}

/// Something that the caller must know to sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Credential<'a> {
    /// Its name in formulas and messages.
    pub name: &'a str,
    /// It never shows in logs, errors or explanations.
    pub sensitive: bool,
    /// Requests can be signed without it.
    pub optional: bool,
    /// It differs from shop to shop under one app.
    pub per_shop: bool,
}

/// One way to sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Signature<'a> {
    /// The name sent by a parameter whose source is [`Source::SignMethod`].
    pub name: &'a str,
    /// How the signature is made.
    pub recipe: Recipe<'a>,
}

/// The two spellings of a boolean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Spelling<'a> {
    /// The text of true.
    pub yes: &'a str,
    /// The text of false.
    pub no: &'a str,
}

impl Spelling<'static> {
    /// `true` and `false`: the only spelling that travels bare in JSON.
    pub const WORDS: Spelling<'static> = Spelling { yes: "true", no: "false" };
}

impl<'a> Spelling<'a> {
    /// The text of `flag`.
    pub fn of(self, flag: bool) -> &'a str {
        if flag { self.yes } else { self.no }
    }

    pub(crate) fn is_words(self) -> bool {
        self.yes == "true" && self.no == "false"
    }
}

/// What the runtime must know of one method.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MethodInfo<'a> {
    /// The name on the wire.
    pub name: &'a str,
    /// The gateway that serves it.
    pub gateway: &'a Gateway<'a>,
    /// Its own verb.
    pub verb: Option<Verb>,
    /// Its own path template.
    pub path: Option<&'a str>,
    /// Its own placement of the business parameters.
    pub business: Option<Placement<'a>>,
    /// Name and value of each label; a value may be a template.
    pub labels: &'a [(&'a str, &'a str)],
    /// Public parameters that this method never sends.
    pub silenced: &'a [&'a str],
    /// Its own path of the data in an answer.
    pub data: Option<&'a str>,
    /// It returns something, so that data must be there.
    pub returns: bool,
    /// Whether a second identical call does harm.
    pub repeat: Repeat,
}

impl<'a> MethodInfo<'a> {
    /// A method that takes everything from its gateway and returns nothing.
    pub const fn new(name: &'a str, gateway: &'a Gateway<'a>) -> MethodInfo<'a> {
        MethodInfo {
            name,
            gateway,
            verb: None,
            path: None,
            business: None,
            labels: &[],
            silenced: &[],
            data: None,
            returns: false,
            repeat: Repeat::Unknown,
        }
    }

    /// The verb in force.
    pub fn verb(&self) -> Verb {
        self.verb.unwrap_or(self.gateway.verb)
    }

    /// The path template in force.
    pub fn path(&self) -> &'a str {
        self.path.unwrap_or(self.gateway.path)
    }

    /// The placement of business parameters in force.
    pub fn business(&self) -> Placement<'a> {
        self.business.unwrap_or(self.gateway.business)
    }

    /// The path of the data in an answer; empty for the whole answer.
    pub fn data(&self) -> &'a str {
        self.data.unwrap_or(self.gateway.envelope.data)
    }
}

/// Whether a second identical call does harm.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Repeat {
    /// It does none.
    Safe,
    /// It does.
    Unsafe,
    /// The documents do not say.
    Unknown,
}

/// One row of the table of error codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ErrorCode<'a> {
    /// The code as text; `isp.*` stands for all that begin with `isp.`.
    pub code: &'a str,
    /// What to do about it.
    pub class: Class,
    /// When a repeated call may succeed.
    pub retry_after: RetryAfter,
    /// The credential to renew.
    pub refresh: Option<&'a str>,
    /// What it means, one line.
    pub doc: &'a str,
}

/// What to do about an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Class {
    /// The request is wrong; change it.
    Caller,
    /// A credential is wrong, expired or not allowed.
    Authentication,
    /// Too many calls; wait.
    Quota,
    /// The same request came a moment ago.
    Duplicate,
    /// It may go away by itself.
    Retry,
    /// Nothing helps.
    Fatal,
    /// The documents do not say.
    Unknown,
}

/// When a repeated call may succeed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RetryAfter {
    /// Not said.
    None,
    /// After so many seconds.
    Seconds(u32),
    /// The first integer in the message is a number of seconds.
    NumberInMessage,
}

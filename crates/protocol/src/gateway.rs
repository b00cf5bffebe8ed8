//! What a gateway wants: the facts of a platform's protocol, as borrowed data.
//!
//! Generated code holds them as constants; the compiler builds the same types from its model.

use crate::method::ErrorCode;
use crate::parameter::{Credential, PublicParam, Signature};
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
    /// What the platform does about late and repeated calls, as far as it says.
    pub replay: Option<Replay>,
}

/// What a platform does about late and repeated calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Replay {
    /// Seconds that the clock of a request may lag.
    pub window_seconds: Option<u32>,
    /// Seconds during which the same request is refused.
    pub duplicate_seconds: Option<u32>,
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

/// A gateway without parameters, credentials or signatures, as a base for `..BARE`.
pub const BARE: Gateway<'static> = Gateway {
    platform: "test",
    name: "main",
    base_url: "",
    verb: Verb::Post,
    path: "",
    headers: &[],
    omit_empty: false,
    raw_body: false,
    business: Placement::Form,
    nested: Nested::Json,
    json: JsonStyle::PLAIN,
    public: &[],
    credentials: &[],
    signatures: &[],
    envelope: Envelope { open: &[], success: &[], data: "", code: "", message: "", failures: &[] },
    errors: &[],
    replay: None,
};

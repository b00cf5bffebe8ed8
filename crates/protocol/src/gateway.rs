//! What a gateway wants: the facts of a platform's protocol, as borrowed data.
//!
//! Generated code holds them as constants; the compiler builds the same types from its model.

use std::fmt;

use crate::fact::{fact, words};
use crate::method::ErrorCode;
use crate::parameter::{Credential, PublicParam, Signature};
use crate::shape::Envelope;

fact! {
    /// The protocol of one gateway of a platform.
    pub struct Gateway<'a> {
        /// The platform's id, for messages.
        pub platform: &'a str = "",
        /// `main`, or the name of a further gateway.
        pub name: &'a str = "main",
        /// URL of the first disclosed environment; empty if none is: then the caller must set one.
        pub base_url: &'a str = "",
        /// The HTTP verb, unless a method says otherwise.
        pub verb: Verb = Verb::Post,
        /// Template of the signed path, appended to the base URL; empty if the gateway has none.
        pub path: &'a str = "",
        /// Constant headers, never signed.
        pub headers: &'a [(&'a str, &'a str)] = &[],
        /// Parameters whose text is empty are not sent.
        pub omit_empty: bool = false,
        /// The body is a document of the caller's.
        pub raw_body: bool = false,
        /// Where business parameters travel.
        pub business: Placement<'a> = Placement::Form,
        /// How records and lists travel in a query or form.
        pub nested: Nested = Nested::Json,
        /// How JSON is written.
        pub json: JsonStyle = JsonStyle::BARE,
        /// The public parameters, sorted by the bytes of their names.
        pub public: &'a [PublicParam<'a>] = &[],
        /// What the caller must know to sign.
        pub credentials: &'a [Credential<'a>] = &[],
        /// The signature methods, the default first; empty if requests are not signed.
        pub signatures: &'a [Signature<'a>] = &[],
        /// How an answer is wrapped.
        pub envelope: Envelope<'a> = Envelope::BARE,
        /// The known error codes.
        pub errors: &'a [ErrorCode<'a>] = &[],
        /// What the platform does about late and repeated calls, as far as it says.
        pub replay: Option<Replay> = None,
    }
}

fact! {
    /// What a platform does about late and repeated calls.
    pub struct Replay {
        /// Seconds that the clock of a request may lag.
        pub window_seconds: Option<u32>,
        /// Seconds during which the same request is refused.
        pub duplicate_seconds: Option<u32>,
    }
}

words! {
    /// An HTTP verb.
    pub enum Verb {
        /// `GET`
        Get = "GET",
        /// `POST`
        Post = "POST",
        /// `PUT`
        Put = "PUT",
        /// `DELETE`
        Delete = "DELETE",
        /// `PATCH`
        Patch = "PATCH",
    }
}

fact! {
    /// Where the business parameters of a method travel.
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
}

fact! {
    /// Where one parameter travels.
    pub enum Location<'a> {
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
}

words! {
    /// How records and lists travel in a query or form.
    pub enum Nested {
        /// One parameter holds compact JSON.
        Json = "json",
        /// `lines[0][sku]=…`, one parameter a scalar.
        Brackets = "brackets",
        /// A list repeats its name; a record is JSON.
        Repeat = "repeat",
    }
}

fact! {
    /// How JSON is written.
    pub struct JsonStyle {
        /// Members sorted by the bytes of their names, at every depth; otherwise as declared.
        pub sort_keys: bool = false,
        /// Which characters are escaped.
        pub escape: Escape = Escape::Minimal,
    }
}

words! {
    /// Which characters of a JSON text are escaped.
    pub enum Escape {
        /// Only `"`, `\` and controls.
        Minimal = "minimal",
        /// Also `/`, as `\/`.
        Slash = "slash",
        /// Also everything beyond ASCII, as `\uXXXX`.
        Ascii = "ascii",
    }
}

impl<'a> Placement<'a> {
    /// Where a single parameter travels that is placed so: a carrier is in the form.
    pub const fn place(self) -> Location<'a> {
        match self {
            Placement::Query => Location::Query,
            Placement::Form | Placement::FormCarrier(_) => Location::Form,
            Placement::Header => Location::Header,
            Placement::Body => Location::Body,
            Placement::BodyMember(name) => Location::BodyMember(name),
        }
    }
}

/// As specs write it.
impl fmt::Display for Placement<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Placement::FormCarrier(name) => write!(f, "form.{name}"),
            single => single.place().fmt(f),
        }
    }
}

/// As specs write it.
impl fmt::Display for Location<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Location::Query => f.write_str("query"),
            Location::Form => f.write_str("form"),
            Location::Header => f.write_str("header"),
            Location::Body => f.write_str("body"),
            Location::BodyMember(name) => write!(f, "body.{name}"),
        }
    }
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

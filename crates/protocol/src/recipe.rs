//! A formula of the spec language as a flat program.
//!
//! The program runs on one arena of bytes with a stack of open segments (see [`crate::sign`]).
//! `md5("x" + secret)` in uppercase hexadecimal digits is
//! `[Open, Open, Text("x"), Credential("secret"), Close(Md5), Close(UpperHex)]`.

use crate::fact::{Fact, Term, fact};
use crate::layout::Location;

/// A formula, as a list of steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Recipe<'a>(pub &'a [Op<'a>]);

impl Fact for Recipe<'_> {
    fn term(&self) -> Term<'_> {
        Term::Call("Recipe", Some(Box::new(self.0.term())))
    }
}

fact! {
    /// A step of a formula. All except [`Op::Open`] and [`Op::Close`] append text to the top
    /// segment.
    pub enum Op<'a> {
        /// A literal text.
        Text(&'a str),
        /// The credential with this name.
        Credential(&'a str),
        /// The method's label with this name.
        Label(&'a str),
        /// The HTTP verb.
        Verb,
        /// The method's name.
        Method,
        /// The nonce as it is sent.
        Nonce,
        /// The signed path, with its placeholders filled.
        Path,
        /// The JSON or raw body as it is sent; empty for a form.
        Body,
        /// The timestamp as it is sent.
        Clock,
        /// The value of the parameter with this name. If the parameter is not sent, the formula
        /// fails.
        Value(&'a str),
        /// Selected parameters, each written by a template.
        Pairs(Pairs<'a>),
        /// Opens a segment, which collects an argument of a function.
        Open,
        /// Removes the top segment, applies the function to it, and appends the result to the
        /// segment below. An HMAC removes two segments: the message, and the key below it.
        Close(Function),
    }
}

fact! {
    /// A function of formulas.
    pub enum Function {
        /// MD5.
        Md5,
        /// SHA-1.
        Sha1,
        /// SHA-256.
        Sha256,
        /// HMAC over MD5.
        HmacMd5,
        /// HMAC over SHA-1.
        HmacSha1,
        /// HMAC over SHA-256.
        HmacSha256,
        /// Lowercase hexadecimal digits with leading zeros.
        Hex,
        /// Uppercase hexadecimal digits with leading zeros.
        UpperHex,
        /// Base64 with padding.
        Base64,
        /// Percent-encoding by RFC 3986, of all bytes except `A-Z a-z 0-9 - . _ ~`.
        Rfc3986,
        /// Form encoding, of all bytes except `A-Z a-z 0-9 * - . _`; a space becomes `+`.
        Form,
        /// Converts ASCII letters to lowercase.
        Lower,
        /// Converts ASCII letters to uppercase.
        Upper,
        /// This number of bytes from the beginning of the input, for cipher keys. A shorter input
        /// is an error.
        First(usize),
    }
}

impl Function {
    /// The functions that take no number, with their names in formulas.
    pub const NAMED: &'static [(&'static str, Function)] = &[
        ("md5", Function::Md5),
        ("sha1", Function::Sha1),
        ("sha256", Function::Sha256),
        ("hmac_md5", Function::HmacMd5),
        ("hmac_sha1", Function::HmacSha1),
        ("hmac_sha256", Function::HmacSha256),
        ("hex", Function::Hex),
        ("HEX", Function::UpperHex),
        ("base64", Function::Base64),
        ("rfc3986", Function::Rfc3986),
        ("form", Function::Form),
        ("lower", Function::Lower),
        ("upper", Function::Upper),
    ];

    /// The function's name in formulas.
    pub fn name(self) -> &'static str {
        let found = Function::NAMED.iter().find(|(_, function)| *function == self);
        found.map_or("first", |(name, _)| name)
    }

    /// Returns the function that has this name in formulas. Functions that take a number are not
    /// found.
    pub fn named(name: &str) -> Option<Function> {
        Function::NAMED.iter().find(|(known, _)| *known == name).map(|(_, function)| *function)
    }

    /// Whether the function maps text to text, so that it can be used in a template.
    pub const fn is_encoder(self) -> bool {
        matches!(self, Function::Rfc3986 | Function::Form | Function::Lower | Function::Upper)
    }

    /// Whether the function is a digest, with or without a key.
    pub const fn is_digest(self) -> bool {
        matches!(self, Function::Md5 | Function::Sha1 | Function::Sha256) || self.is_hmac()
    }

    /// Whether the function takes a key before its message.
    pub const fn is_hmac(self) -> bool {
        matches!(self, Function::HmacMd5 | Function::HmacSha1 | Function::HmacSha256)
    }
}

fact! {
    /// Selected parameters of a request, each written by a template.
    pub struct Pairs<'a> {
        /// The sets whose parameters are selected. The list has no duplicates.
        pub select: &'a [Select<'a>] = &[],
        /// Whether to leave out parameters with an empty text.
        pub nonempty: bool = false,
        /// The names of parameters to leave out.
        pub except: &'a [&'a str] = &[],
        /// How each parameter is written.
        pub template: &'a [Piece<'a>] = &[Piece::Name(&[]), Piece::Text("="), Piece::Value(&[])],
        /// The text between two parameters.
        pub separator: &'a str = "",
    }
}

impl Pairs<'_> {
    /// Whether a parameter with this name and location is selected if it is sent. `is_public` is
    /// `false` for fields, carriers and extra parameters.
    pub fn takes(&self, name: &str, location: Location<'_>, is_public: bool) -> bool {
        !self.except.contains(&name)
            && self.select.iter().any(|set| match *set {
                Select::All => true,
                Select::Public => is_public,
                Select::Business => !is_public,
                Select::Query => location == Location::Query,
                Select::Form => location == Location::Form,
                Select::Header => location == Location::Header,
                Select::Names(names) => names.contains(&name),
            })
    }
}

fact! {
    /// A set of parameters of a request. No set contains the signature.
    pub enum Select<'a> {
        /// All parameters.
        All,
        /// The gateway's public parameters.
        Public,
        /// The method's fields or their carrier, and the caller's extra parameters.
        Business,
        /// The parameters in the query.
        Query,
        /// The parameters in the form.
        Form,
        /// The parameters in headers.
        Header,
        /// The parameters with these names. If this is the only set, they are signed in this order.
        Names(&'a [&'a str]),
    }
}

fact! {
    /// A piece of the template that writes a pair. The functions in it are encoders.
    pub enum Piece<'a> {
        /// A literal text.
        Text(&'a str),
        /// The name of the parameter, encoded by these functions in order.
        Name(&'a [Function]),
        /// The value as text, encoded by these functions in order.
        Value(&'a [Function]),
        /// The value as JSON (texts quoted, numbers bare), encoded by these functions in order.
        Json(&'a [Function]),
        /// The value: a scalar as text; a record or list as its members, each written by the
        /// template.
        Fold,
    }
}

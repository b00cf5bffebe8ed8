//! A signature formula as a flat program.
//!
//! The program runs over one arena of bytes with a stack of open segments (see [`crate::sign`]).
//! `md5("x" + secret)` in upper hex is
//! `[Open, Open, Text("x"), Credential("secret"), Close(Md5), Close(UpperHex)]`.

use crate::fact::{Fact, Term, fact};
use crate::layout::Location;

/// A formula.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Recipe<'a>(pub &'a [Op<'a>]);

impl Fact for Recipe<'_> {
    fn term(&self) -> Term<'_> {
        Term::Call("Recipe", Some(Box::new(self.0.term())))
    }
}

fact! {
    /// One step of a formula. All but [`Op::Open`] and [`Op::Close`] append text to the segment on top.
    pub enum Op<'a> {
        /// A literal.
        Text(&'a str),
        /// A credential.
        Credential(&'a str),
        /// A label of the method.
        Label(&'a str),
        /// The HTTP verb.
        Verb,
        /// The method's name.
        Method,
        /// The nonce, as sent.
        Nonce,
        /// The signed path, holes filled.
        Path,
        /// The JSON or raw body, as sent; empty for a form.
        Body,
        /// The clock, as sent.
        Clock,
        /// The text of a parameter that is always sent.
        Value(&'a str),
        /// Chosen parameters, each through a template.
        Pairs(Pairs<'a>),
        /// Starts a segment: an argument of a function.
        Open,
        /// Takes the segment on top (for an HMAC two: the key lies below the message), applies the
        /// function and appends its result to the segment below.
        Close(Function),
    }
}

fact! {
    /// What a formula can compute.
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
        /// Lower-case hexadecimal digits, never shortened.
        Hex,
        /// Upper-case hexadecimal digits, never shortened.
        UpperHex,
        /// Base64 with padding.
        Base64,
        /// Percent-encoding of RFC 3986: all but `A-Z a-z 0-9 - . _ ~`.
        Rfc3986,
        /// Form encoding: all but `A-Z a-z 0-9 * - . _`, a space becomes `+`.
        Form,
        /// ASCII letters in lower case.
        Lower,
        /// ASCII letters in upper case.
        Upper,
        /// The first bytes, for cipher keys. Fewer than that is an error.
        First(usize),
    }
}

impl Function {
    /// The functions without a number, by their names in a formula.
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

    /// Its name in a formula.
    pub fn name(self) -> &'static str {
        let found = Function::NAMED.iter().find(|(_, function)| *function == self);
        found.map_or("first", |(name, _)| name)
    }

    /// The function without a number that has this name in a formula.
    pub fn named(name: &str) -> Option<Function> {
        Function::NAMED.iter().find(|(known, _)| *known == name).map(|(_, function)| *function)
    }

    /// It makes a text of a text, and can be used in a template.
    pub const fn is_encoder(self) -> bool {
        matches!(self, Function::Rfc3986 | Function::Form | Function::Lower | Function::Upper)
    }

    /// It makes a digest, keyed or not.
    pub const fn is_digest(self) -> bool {
        matches!(self, Function::Md5 | Function::Sha1 | Function::Sha256) || self.is_hmac()
    }

    /// It takes a key below its message.
    pub const fn is_hmac(self) -> bool {
        matches!(self, Function::HmacMd5 | Function::HmacSha1 | Function::HmacSha256)
    }
}

fact! {
    /// Chosen parameters of a request, each written through a template.
    pub struct Pairs<'a> {
        /// The union of these sets; a parameter is taken once.
        pub select: &'a [Select<'a>] = &[],
        /// Leave out parameters whose text is empty.
        pub nonempty: bool = false,
        /// Leave out these names.
        pub except: &'a [&'a str] = &[],
        /// How one parameter is written.
        pub template: &'a [Piece<'a>] = &[Piece::Name(&[]), Piece::Text("="), Piece::Value(&[])],
        /// What stands between two.
        pub separator: &'a str = "",
    }
}

impl Pairs<'_> {
    /// They hold a parameter of this name and location, if it is sent: one of the gateway's own, or
    /// else a field, a carrier or an extra parameter.
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
    /// A set of parameters that this request sends. The signature itself is in none.
    pub enum Select<'a> {
        /// Everything sent.
        All,
        /// The gateway's own parameters.
        Public,
        /// The method's fields or their carrier, and the caller's extra parameters.
        Business,
        /// What travels in the query.
        Query,
        /// What travels in the form.
        Form,
        /// What travels in headers.
        Header,
        /// These names, in this order if no other set is asked for.
        Names(&'a [&'a str]),
    }
}

fact! {
    /// A piece of a pair's template. The functions are encoders only.
    pub enum Piece<'a> {
        /// A literal.
        Text(&'a str),
        /// The name.
        Name(&'a [Function]),
        /// The value as text.
        Value(&'a [Function]),
        /// The value as JSON: text quoted, numbers bare.
        Json(&'a [Function]),
        /// A scalar's text; of a record or list, the template over its members.
        Fold,
    }
}

//! What a gateway wants with each call: its own parameters, credentials, a signature.

use crate::datetime::TimeFormat;
use crate::fact::{fact, words};
use crate::layout::Location;
use crate::recipe::Recipe;

fact! {
    /// A parameter that the gateway itself wants with each call.
    pub struct PublicParam<'a> {
        /// The name on the wire.
        pub name: &'a str = "",
        /// Where it travels.
        pub place: Location<'a> = Location::Form,
        /// What fills it.
        pub source: Source<'a> = Source::Argument,
        /// Whether it is sent.
        pub send: SendPolicy = SendPolicy::Always,
        /// In JSON it is a bare number.
        pub number: bool = false,
    }
}

words! {
    /// Whether a public parameter is sent.
    pub enum SendPolicy {
        /// With each request; nothing to fill it with is an error.
        Always = "always",
        /// If there is something to fill it with.
        Optional = "optional",
        /// Not by default; an override may.
        Never = "never",
    }
}

fact! {
    /// What fills a public parameter.
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
}

impl<'a> Source<'a> {
    /// The credential that is sent, if one is.
    pub fn credential(&self) -> Option<&'a str> {
        match *self {
            Source::Credential(name) => Some(name),
            _ => None,
        }
    }
}

fact! {
    /// How a nonce is written.
    pub enum NonceFormat {
        /// So many lower-case hexadecimal digits.
        Hex(usize),
        /// So many decimal digits.
        Digits(usize),
        /// A random UUID with dashes.
        Uuid,
    }
}

fact! {
    /// Something that the caller must know to sign.
    pub struct Credential<'a> {
        /// Its name in formulas and messages.
        pub name: &'a str = "",
        /// It never shows in logs, errors or explanations.
        pub sensitive: bool = false,
        /// Requests can be signed without it.
        pub optional: bool = false,
        /// It differs from shop to shop under one app.
        pub per_shop: bool = false,
    }
}

fact! {
    /// One way to sign.
    pub struct Signature<'a> {
        /// The name sent by a parameter whose source is [`Source::SignMethod`].
        pub name: &'a str,
        /// How the signature is made.
        pub recipe: Recipe<'a>,
    }
}

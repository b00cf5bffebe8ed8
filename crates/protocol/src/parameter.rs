//! What a gateway adds to each call: public parameters, credentials, a signature.

use crate::datetime::TimeFormat;
use crate::fact::{fact, words};
use crate::layout::Location;
use crate::recipe::Recipe;

fact! {
    /// A parameter that the gateway requires of every method.
    pub struct PublicParam<'a> {
        /// The name on the wire.
        pub name: &'a str = "",
        /// Where it is sent.
        pub place: Location<'a> = Location::Form,
        /// The source of its value.
        pub source: Source<'a> = Source::Argument,
        /// Whether it is sent.
        pub send: SendPolicy = SendPolicy::Always,
        /// Whether it is a bare number in JSON.
        pub number: bool = false,
    }
}

words! {
    /// Whether a public parameter is sent.
    pub enum SendPolicy {
        /// In each request; a missing value is an error.
        Always = "always",
        /// If it has a value.
        Optional = "optional",
        /// Not by default, but an override may send it.
        Never = "never",
    }
}

fact! {
    /// The source of a public parameter's value.
    pub enum Source<'a> {
        /// The name of the method.
        Method,
        /// The clock, read once for each request.
        Clock(TimeFormat<'a>),
        /// A constant text.
        Constant(&'a str),
        /// The signature.
        Signature,
        /// The name of the signature method in use.
        SignMethod,
        /// A random text.
        Nonce(NonceFormat),
        /// The result of a formula.
        Formula(Recipe<'a>),
        /// The caller's argument with the parameter's name.
        Argument,
        /// A credential.
        Credential(&'a str),
        /// A label of the method.
        Label(&'a str),
    }
}

impl<'a> Source<'a> {
    /// The credential, if it is the source.
    pub fn credential(&self) -> Option<&'a str> {
        match *self {
            Source::Credential(name) => Some(name),
            _ => None,
        }
    }
}

fact! {
    /// The format of a nonce.
    pub enum NonceFormat {
        /// This many lower-case hexadecimal digits.
        Hex(usize),
        /// This many decimal digits.
        Digits(usize),
        /// A random UUID with dashes.
        Uuid,
    }
}

fact! {
    /// A secret or an identifier that the caller has from the platform.
    pub struct Credential<'a> {
        /// Its name in formulas and messages.
        pub name: &'a str = "",
        /// Whether it is masked in logs, errors and explanations.
        pub sensitive: bool = false,
        /// Whether requests can be signed without it.
        pub optional: bool = false,
        /// Whether it differs between the shops of one app.
        pub per_shop: bool = false,
    }
}

fact! {
    /// A signature method.
    pub struct Signature<'a> {
        /// The name that a parameter with the source [`Source::SignMethod`] sends.
        pub name: &'a str,
        /// How the signature is computed.
        pub recipe: Recipe<'a>,
    }
}

//! What a gateway adds to each call: public parameters, credentials and a signature.

use crate::datetime::TimeFormat;
use crate::fact::{fact, words};
use crate::layout::Location;
use crate::recipe::Recipe;

fact! {
    /// A parameter that the gateway requires in the requests of all methods.
    pub struct PublicParam<'a> {
        /// The name on the wire.
        pub name: &'a str = "",
        /// Where the parameter is sent.
        pub place: Location<'a> = Location::Form,
        /// Where the value of the parameter comes from.
        pub source: Source<'a> = Source::Argument,
        /// Whether the parameter is sent.
        pub send: SendPolicy = SendPolicy::Always,
        /// Whether JSON contains the value as a number, without quotes.
        pub number: bool = false,
    }
}

words! {
    /// Whether a public parameter is sent.
    pub enum SendPolicy {
        /// Sent in each request. If there is no value, this is an error.
        Always = "always",
        /// Sent if it has a value.
        Optional = "optional",
        /// Not sent, unless an override gives it a value.
        Never = "never",
    }
}

fact! {
    /// Where the value of a public parameter comes from.
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
        /// An argument of the caller, which has the parameter's name.
        Argument,
        /// A credential.
        Credential(&'a str),
        /// A label of the method.
        Label(&'a str),
    }
}

impl<'a> Source<'a> {
    /// The name of the credential, if the source is a credential.
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
        /// This number of lowercase hexadecimal digits.
        Hex(usize),
        /// This number of decimal digits.
        Digits(usize),
        /// A random UUID with dashes.
        Uuid,
    }
}

fact! {
    /// A secret or an identifier that the platform has given to the caller.
    pub struct Credential<'a> {
        /// The credential's name in formulas and messages.
        pub name: &'a str = "",
        /// Whether the credential is masked in logs, errors and explanations.
        pub sensitive: bool = false,
        /// Whether requests can be signed without the credential.
        pub optional: bool = false,
        /// Whether the credential differs between the shops of one app.
        pub per_shop: bool = false,
    }
}

fact! {
    /// A signature method.
    pub struct Signature<'a> {
        /// The name of the signature method, which parameters with the source
        /// [`Source::SignMethod`] send.
        pub name: &'a str,
        /// How the signature is computed.
        pub recipe: Recipe<'a>,
    }
}

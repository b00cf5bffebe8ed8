//! What a gateway wants with each call: its own parameters, credentials, a signature.

use crate::datetime::TimeFormat;
use crate::gateway::Place;
use crate::recipe::Recipe;

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

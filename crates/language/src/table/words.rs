//! Vocabularies that are not facts of the protocol.

use crate::model::{Delivery, ListStyle, MapOf};
use gatespec_protocol::{Location, Placement};

/// The value of an environment's address that is not public.
pub(crate) const UNDISCLOSED: &str = "undisclosed";

/// The value of `signature` where calls are not signed.
pub(crate) const UNSIGNED: &str = "none";

/// The value of `iv` where the opened bytes begin with it.
pub(crate) const PREFIX: &str = "prefix";

/// The value of `retry_after` where the message of the answer has the seconds.
pub(crate) const NUMBER_IN_MESSAGE: &str = "number in message";

/// The value of `as` of a step where a text is JSON.
pub(crate) const JSON_TEXT: &str = "json_text";

/// The value of `data` where the whole answer is the data.
pub(crate) const WHOLE: &str = ".";

/// Whether a credential is a shop's.
pub(crate) const PER: [(&str, bool); 2] = [("app", false), ("shop", true)];

/// Whether the keys of JSON are sorted.
pub(crate) const KEY_ORDER: [(&str, bool); 2] = [("declared", false), ("sorted", true)];

/// Whether an empty parameter is left out.
pub(crate) const EMPTY: [(&str, bool); 2] = [("send", false), ("omit", true)];

pub(crate) const BODY: [(&str, ()); 1] = [("raw", ())];

/// Whether a parameter, or a value of an enumeration, is a number.
pub(crate) const PARAM_TYPE: [(&str, bool); 2] = [("text", false), ("integer", true)];

/// Whether a number is quoted in JSON.
pub(crate) const PARAM_AS: [(&str, bool); 2] = [("text", true), ("number", false)];

/// Locations of parameters.
pub(crate) const PLACES: [(&str, Placement<'static>); 4] = [
    ("query", Placement::Query),
    ("form", Placement::Form),
    ("header", Placement::Header),
    ("body", Placement::Body),
];

/// Locations of a published request's texts.
pub(crate) const SENT_IN: [(&str, Location<'static>); 3] =
    [("query", Location::Query), ("form", Location::Form), ("header", Location::Header)];

/// What fills a public parameter, beside credentials and labels.
pub(crate) const ROLES: [&str; 8] =
    ["method", "clock", "constant", "signature", "sign_method", "nonce", "formula", "argument"];

/// Whether an answer is a success.
pub(crate) const GIVES: [(&str, bool); 2] = [("success", true), ("failure", false)];

/// The built-in types.
pub(crate) const BUILT_IN: [&str; 8] =
    ["text", "integer", "decimal", "money", "boolean", "datetime", "json", "map"];

/// The values of a map.
pub(crate) const MAP_OF: [(&str, MapOf); 3] =
    [("text", MapOf::Text), ("integer", MapOf::Integer), ("json", MapOf::Json)];

/// How a value is sent, if not as usual.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum As {
    Text,
    Number,
    JsonText,
}

pub(crate) const TRAVELS_AS: [(&str, As); 3] =
    [("text", As::Text), ("number", As::Number), (JSON_TEXT, As::JsonText)];

/// Whether an amount is in fen.
pub(crate) const UNIT: [(&str, bool); 2] = [("fen", true), ("yuan", false)];

pub(crate) const FROM: [(&str, Delivery); 1] = [("public", Delivery::FromPublic)];

pub(crate) const DELIVERY: [(&str, Delivery); 1] = [("never", Delivery::Never)];

pub(crate) const IN_PATH: [(&str, ()); 1] = [("path", ())];

/// How a list travels, beside delimiters.
pub(crate) const LIST_STYLES: [(&str, ListStyle); 2] =
    [("json", ListStyle::Json), ("repeat", ListStyle::Repeat)];

/// Ways of turning pages; the key of the same name is the field that does it.
pub(crate) const PAGING: [(&str, &str); 2] = [("page", "page"), ("cursor", "cursor")];

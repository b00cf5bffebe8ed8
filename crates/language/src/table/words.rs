//! The vocabularies that are not defined by the protocol.

use crate::model::{Delivery, ListStyle, MapOf};
use gatespec_protocol::{Location, Placement};

/// The value of an environment if its address is not public.
pub(crate) const UNDISCLOSED: &str = "undisclosed";

/// The value of `signature` if calls are not signed.
pub(crate) const UNSIGNED: &str = "none";

/// The value of `iv` if the initialisation vector precedes the encrypted bytes.
pub(crate) const PREFIX: &str = "prefix";

/// The value of `retry_after` if the number of seconds is in the message of the answer.
pub(crate) const NUMBER_IN_MESSAGE: &str = "number in message";

/// The value of `as` in a step that parses a text as JSON.
pub(crate) const JSON_TEXT: &str = "json_text";

/// The value of `data` where the whole answer is the data.
pub(crate) const WHOLE: &str = ".";

/// Whether a credential belongs to a shop, and not to the app.
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

/// The locations of the texts in a published request.
pub(crate) const SENT_IN: [(&str, Location<'static>); 3] =
    [("query", Location::Query), ("form", Location::Form), ("header", Location::Header)];

/// The values that can fill a public parameter, in addition to credentials and labels.
pub(crate) const ROLES: [&str; 8] =
    ["method", "clock", "constant", "signature", "sign_method", "nonce", "formula", "argument"];

/// Whether an answer is a success.
pub(crate) const GIVES: [(&str, bool); 2] = [("success", true), ("failure", false)];

/// The built-in types.
pub(crate) const BUILT_IN: [&str; 8] =
    ["text", "integer", "decimal", "money", "boolean", "datetime", "json", "map"];

/// The types of a map's values.
pub(crate) const MAP_OF: [(&str, MapOf); 3] =
    [("text", MapOf::Text), ("integer", MapOf::Integer), ("json", MapOf::Json)];

/// How a value is sent if it is not sent in the default form.
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

/// The forms of a list on the wire, in addition to a delimited text.
pub(crate) const LIST_STYLES: [(&str, ListStyle); 2] =
    [("json", ListStyle::Json), ("repeat", ListStyle::Repeat)];

/// The ways of paging. The key with the same name states the field that selects the page.
pub(crate) const PAGING: [(&str, &str); 2] = [("page", "page"), ("cursor", "cursor")];

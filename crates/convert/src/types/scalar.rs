//! Scalars, maps and enumerations as JSON Schema.

use super::place::{Side, Wire};
use crate::loss::{Lost, object};
use gatespec_language::model::{Enumeration, MapOf, TimeCodec, Type, offset};
use gatespec_protocol::{DateTime, TimeFormat};
use serde_json::{Map, Value as Json, json};

/// The schema of a scalar or a map. In answers, numbers may also be texts and texts numbers, as
/// clients read them.
pub(super) fn schema(ty: &Type, side: Side, wire: Wire) -> Map<String, Json> {
    let quoted = |quoted: bool| quoted && wire == Wire::Json;
    object(match (ty, side) {
        (Type::Json, _) => json!({}),
        (Type::Map(of), _) => json!({ "type": "object", "additionalProperties": map_of(*of) }),
        (Type::Boolean { .. }, Side::Answer) => json!({ "type": ["boolean", "integer", "string"] }),
        (Type::Decimal { .. }, Side::Answer) => json!({ "type": ["number", "string"] }),
        (Type::Text, Side::Answer) => json!({ "type": ["string", "number", "boolean"] }),
        (_, Side::Answer) => json!({ "type": ["integer", "string"] }),
        (Type::Integer { quoted: as_text } | Type::Fen { quoted: as_text }, Side::Request) => {
            match quoted(*as_text) {
                true => json!({ "type": "string", "pattern": "^-?[0-9]+$" }),
                false => json!({ "type": "integer", "format": "int64" }),
            }
        }
        (Type::Decimal { bare: true, .. }, Side::Request) => json!({ "type": "number" }),
        (Type::Decimal { scale, .. }, Side::Request) => {
            let decimals = match scale {
                0 => r"(\.[0-9]+)?".to_owned(),
                scale => format!(r"\.[0-9]{{{scale},}}"),
            };
            json!({ "type": "string", "pattern": format!("^-?[0-9]+{decimals}$") })
        }
        (Type::Boolean { yes, no }, Side::Request) => match (yes.as_str(), no.as_str()) {
            ("true", "false") => json!({ "type": "boolean" }),
            _ => json!({ "enum": [yes, no] }),
        },
        (Type::DateTime(codec), Side::Request) => time(codec, wire),
        (Type::Text | Type::Record(_) | Type::Enumeration(_) | Type::Invalid, Side::Request) => {
            json!({ "type": "string" })
        }
    })
}

fn time(codec: &TimeCodec, wire: Wire) -> Json {
    let format = codec.time_format();
    if format.is_number() {
        let is_text = codec.quoted && wire == Wire::Json;
        return match is_text {
            true => json!({ "type": "string", "pattern": "^-?[0-9]+$" }),
            false => json!({ "type": "integer", "format": "int64" }),
        };
    }
    let pattern = json!({ "type": "string", "pattern": pattern_of(format) });
    match &codec.never {
        Some(never) => json!({ "anyOf": [pattern, { "const": never }] }),
        None => pattern,
    }
}

/// A regular expression for the texts of a format, in which every number has a fixed width.
pub(crate) fn pattern_of(format: TimeFormat<'_>) -> String {
    let sample = format.format(DateTime::default());
    let mut out = String::from("^");
    let mut rest = sample.as_str();
    while let Some(first) = rest.chars().next() {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let length = digits.max(first.len_utf8());
        match first {
            '0'..='9' => out.push_str(&format!("[0-9]{{{digits}}}")),
            // An offset from UTC has one sign or the other.
            '+' | '-' if !format.name().contains(first) => out.push_str("[+-]"),
            c if c.is_alphanumeric() || " :/,-".contains(c) => out.push(c),
            c => out.extend(['\\', c]),
        }
        rest = &rest[length..];
    }
    out.push('$');
    out
}

/// The facts of a scalar for which there is no keyword.
pub(super) fn unsaid(ty: &Type) -> Vec<(Lost, Json)> {
    match ty {
        Type::Fen { .. } => vec![(Lost::Unit, "fen".into())],
        Type::Decimal { yuan: true, .. } => vec![(Lost::Unit, "yuan".into())],
        Type::Boolean { yes, no } if yes != "true" => vec![(Lost::Spelling, json!([yes, no]))],
        Type::DateTime(codec) => {
            let fact = json!({
                "format": codec.format, "zone": offset(codec.offset), "never": codec.never,
            });
            vec![(Lost::Time, object(fact).into())]
        }
        _ => Vec::new(),
    }
}

/// An open enumeration: the known values with their meanings, and any other value of its type.
pub(super) fn enumeration(values: &Enumeration, side: Side) -> Map<String, Json> {
    let mut any: Vec<Json> = Vec::new();
    for variant in &values.variants {
        let value: Json = match variant.value.parse::<i64>() {
            Ok(number) if values.numeric => number.into(),
            _ => variant.value.as_str().into(),
        };
        let (title, doc) = (&variant.about.term, &variant.about.doc);
        any.push(object(json!({ "const": value, "title": title, "description": doc })).into());
    }
    any.push(match (side, values.numeric) {
        (Side::Request, true) => json!({ "type": "integer" }),
        (Side::Request, false) => json!({ "type": "string" }),
        (Side::Answer, _) => json!({ "type": ["string", "integer", "boolean"] }),
    });
    object(json!({ "anyOf": any }))
}

/// The schema of a map's values.
pub(super) fn map_of(of: MapOf) -> Json {
    match of {
        MapOf::Text => json!({ "type": "string" }),
        MapOf::Integer => json!({ "type": "integer" }),
        MapOf::Json => true.into(),
    }
}

/// An example as JSON: a number if the type's schema asks for one.
pub(super) fn example(ty: &Type, text: &str) -> Json {
    let is_number = match ty {
        Type::Integer { quoted } | Type::Fen { quoted } => !quoted,
        Type::DateTime(codec) => codec.time_format().is_number() && !codec.quoted,
        Type::Decimal { bare, .. } => *bare,
        Type::Boolean { yes, .. } => yes == "true",
        Type::Json => true,
        _ => false,
    };
    match serde_json::from_str(text) {
        Ok(value) if is_number => value,
        _ => text.into(),
    }
}

/// Whether a schema is for numbers alone, so that bounds can be stated.
pub(super) fn is_number(schema: &Map<String, Json>) -> bool {
    schema.get("type").is_some_and(|ty| ty == "integer" || ty == "number")
}

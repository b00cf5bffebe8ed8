//! Public parameters: what fills each of them.

use crate::facts::{Field, Kind, Public};
use crate::names::{Source, source};
use crate::prose;
use gatespec_language::model::Grade;

/// Reads a row of the table of public parameters.
pub(crate) fn param(mut field: Field) -> Public {
    let known = source(&field.name);
    let credential = credential(&field.name);
    let (mut value, mut format) = (None, None);
    let is = match known {
        Some(Source::Method) => "method".to_owned(),
        Some(Source::Key | Source::Token) => credential,
        Some(Source::Clock) => {
            format = Some(clock(&mut field));
            "clock".to_owned()
        }
        Some(Source::Version | Source::Constant) => {
            value = prose::constant(&field.prose)
                .or_else(|| field.example.clone())
                .filter(|value| is_plain(value));
            if value.is_some() { "constant".to_owned() } else { "argument".to_owned() }
        }
        // The formula is not known, so the caller gives the signature until a person writes it.
        Some(Source::Signature | Source::Nonce) | None => "argument".to_owned(),
    };
    if value.is_some() {
        field.doubt(Grade::Inferred, "the value is taken from the description or the example");
    }
    if known == Some(Source::Signature) {
        field.reasons.push(
            "the page states no formula; write it under signature, and is: signature here"
                .to_owned(),
        );
    }
    Public { field, is, value, format }
}

fn is_plain(value: &str) -> bool {
    !value.is_empty() && value.len() <= 40 && value.chars().all(|c| c.is_ascii_graphic())
}

/// The name of a credential that fills a parameter.
fn credential(name: &str) -> String {
    let plain = name.trim_start_matches('$');
    plain.chars().map(|c| if c.is_ascii_alphanumeric() || c == '_' { c } else { '_' }).collect()
}

/// The format of the clock, according to the description and the example.
fn clock(field: &mut Field) -> String {
    if let Kind::Time(Some(format)) = &field.kind {
        return format.clone();
    }
    let digits = field
        .example
        .as_deref()
        .filter(|example| example.chars().all(|c| c.is_ascii_digit()))
        .map(str::len);
    let stated = prose::unix(&field.prose).or(match digits {
        Some(10) => Some("unix_seconds"),
        Some(13) => Some("unix_millis"),
        _ => None,
    });
    match (stated, digits) {
        (Some(_), Some(13)) => "unix_millis".to_owned(),
        (Some(format), _) => format.to_owned(),
        (None, Some(14)) => "yyyyMMddHHmmss".to_owned(),
        (None, _) => {
            field.doubt(Grade::Inferred, "the page does not state the format of the time");
            "unix_seconds".to_owned()
        }
    }
}

/// The type of a public parameter in a spec.
pub(crate) fn type_of(kind: &Kind) -> &'static str {
    match kind {
        Kind::Integer => "integer",
        _ => "text",
    }
}

/// Whether a parameter holds a token of a shop.
pub(crate) fn is_token(name: &str) -> bool {
    source(name) == Some(Source::Token)
}

/// Whether a parameter is filled by a credential.
pub(crate) fn is_credential(name: &str) -> bool {
    matches!(source(name), Some(Source::Token | Source::Key))
}

//! How the types of values are written, and whether an old client can exchange values with a
//! gateway that uses the new type.

use super::Role;
use crate::change::Wire;
use gatespec_language::model::{ListStyle, MapOf, Type};

const READS: &str = "old clients do not decode it";
const REFUSED: &str = "old clients write it in a form that the gateway refuses";
const HUNDREDFOLD: &str = "amounts are read as a hundred times or a hundredth of their value";

/// Describes a type in words, which are the same for two types whose values are written in the same
/// way. The contents of records and enumerations are not described, because they are compared
/// separately.
pub(super) fn words(ty: &Type) -> String {
    let quoted = |word: &str, quoted: bool| {
        if quoted { format!("{word} as text") } else { word.to_owned() }
    };
    match ty {
        Type::Text | Type::Invalid => "text".to_owned(),
        Type::Integer { quoted: text } => quoted("integer", *text),
        Type::Fen { quoted: text } => quoted("fen", *text),
        Type::Decimal { scale, bare, yuan } => {
            let word = if *yuan { "yuan" } else { "decimal" };
            format!("{word} with {scale} decimals{}", if *bare { " as number" } else { "" })
        }
        Type::Boolean { yes, no } => format!("boolean as {yes:?} and {no:?}"),
        Type::DateTime(codec) => {
            let format = quoted(&codec.format, codec.quoted);
            format!("time as {format} at {}", gatespec_language::model::offset(codec.offset))
        }
        Type::Json => "JSON".to_owned(),
        Type::Map(MapOf::Text) => "map of texts".to_owned(),
        Type::Map(MapOf::Integer) => "map of integers".to_owned(),
        Type::Map(MapOf::Json) => "map of JSON".to_owned(),
        Type::Record(_) => "record".to_owned(),
        Type::Enumeration(_) => "enumeration".to_owned(),
    }
}

/// Describes the style of a list in words.
pub(super) fn list_words(list: Option<&ListStyle>) -> String {
    match list {
        None => "one value".to_owned(),
        Some(ListStyle::Json) => "a JSON list".to_owned(),
        Some(ListStyle::Repeat) => "a repeated parameter".to_owned(),
        Some(ListStyle::Delimited(by)) => format!("a list joined by {by:?}"),
        Some(ListStyle::Inside(item)) => format!("a list inside `{item}`"),
    }
}

/// The verdict on a change between two types whose values are written differently.
pub(super) fn verdict(role: Role, old: &Type, new: &Type) -> (Wire, &'static str) {
    let is_yuan = |ty: &Type| matches!(ty, Type::Decimal { .. });
    let counts = |ty: &Type| matches!(ty, Type::Fen { .. } | Type::Integer { .. });
    let money = |ty: &Type| matches!(ty, Type::Fen { .. } | Type::Decimal { yuan: true, .. });
    let unit_changes =
        (money(old) || money(new)) && (is_yuan(old) && counts(new) || counts(old) && is_yuan(new));
    if unit_changes {
        return (Wire::Fails, HUNDREDFOLD);
    }
    match role {
        Role::Answer => reads(old, new),
        Role::Form => writes(old, new, true),
        Role::Json => writes(old, new, false),
    }
}

/// Whether a decoder for the type `old` can decode values of the type `new`. Decoders accept
/// numbers in place of texts and the reverse, and keep unknown values of enumerations.
fn reads(old: &Type, new: &Type) -> (Wire, &'static str) {
    const SOME: &str = "old clients decode only some values";
    let scalar = |ty: &Type| !matches!(ty, Type::Record(_) | Type::Map(_) | Type::Json);
    match (old, new) {
        (Type::Json, _)
        | (Type::Integer { .. } | Type::Fen { .. }, Type::Integer { .. } | Type::Fen { .. }) => {
            (Wire::Works, "")
        }
        (Type::Text | Type::Enumeration(_), new) if scalar(new) => (Wire::Works, ""),
        (Type::Decimal { scale, .. }, Type::Decimal { scale: new, .. }) if new <= scale => {
            (Wire::Works, "")
        }
        (Type::Decimal { .. }, Type::Integer { .. }) => (Wire::Works, ""),
        (Type::DateTime(_), Type::DateTime(_)) => {
            (Wire::Fails, "old clients do not decode it, or decode it as a different time")
        }
        (Type::Map(_), Type::Map(_) | Type::Record(_)) => (Wire::MayFail, SOME),
        (old, new) if scalar(old) && (scalar(new) || matches!(new, Type::Json)) => {
            (Wire::MayFail, SOME)
        }
        _ => (Wire::Fails, READS),
    }
}

/// Whether a gateway that expects the type `new` accepts what a client writes for the type `old`.
fn writes(old: &Type, new: &Type, all_text: bool) -> (Wire, &'static str) {
    const SOME: &str = "the gateway accepts only some values of old clients";
    let number = |ty: &Type| matches!(ty, Type::Integer { .. } | Type::Fen { .. });
    let bare =
        |ty: &Type| matches!(ty, Type::Integer { quoted: false } | Type::Fen { quoted: false });
    match (old, new) {
        (_, Type::Json) => (Wire::Works, ""),
        (Type::Enumeration(_), Type::Text) => (Wire::Works, ""),
        (Type::Record(_), Type::Map(MapOf::Json)) => (Wire::Works, ""),
        (old, Type::Text)
            if all_text && !matches!(old, Type::Record(_) | Type::Map(_) | Type::Json) =>
        {
            (Wire::Works, "")
        }
        (old, new) if number(old) && number(new) && (all_text || bare(old) == bare(new)) => {
            (Wire::Works, "")
        }
        (Type::Text, Type::Enumeration(_)) => (Wire::MayFail, SOME),
        (Type::Text, new) if all_text && !matches!(new, Type::Record(_) | Type::Map(_)) => {
            (Wire::MayFail, SOME)
        }
        (Type::Map(_), Type::Map(_)) => (Wire::MayFail, SOME),
        _ => (Wire::Fails, REFUSED),
    }
}

/// The verdict on a change to the style of a list.
pub(super) fn list_verdict(
    role: Role,
    old: Option<&ListStyle>,
    new: Option<&ListStyle>,
    single: bool,
) -> (Wire, &'static str) {
    match (role, old, new) {
        // A decoder also accepts a list without the object around it, and one item without its list
        // if the spec says so.
        (Role::Answer, Some(ListStyle::Inside(_)), Some(ListStyle::Json)) => (Wire::Works, ""),
        (Role::Answer, Some(_), None) if single => (Wire::Works, ""),
        (Role::Answer, ..) => (Wire::Fails, READS),
        _ => (Wire::Fails, REFUSED),
    }
}

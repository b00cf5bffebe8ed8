//! Types and conditions as texts, so that they can be compared.

use gatespec_language::model::{
    Condition, Field, ListStyle, MapOf, Platform, Required, Type, TypeKind,
};

/// The type of a field's values on the wire, as text.
pub(crate) fn type_text(platform: &Platform, field: &Field) -> String {
    let mut out = base(platform, &field.ty);
    match &field.list {
        Some(ListStyle::Delimited(by)) => out = format!("list of {out}, joined by {by:?}"),
        Some(ListStyle::Json) => out = format!("JSON list of {out}"),
        Some(ListStyle::Repeat) => out = format!("repeated {out}"),
        Some(ListStyle::Inside(item)) => out = format!("list of {out} inside {item}"),
        None => {}
    }
    if field.json_text { format!("JSON text of {out}") } else { out }
}

fn base(platform: &Platform, ty: &Type) -> String {
    let quoted =
        |name: &str, quoted: bool| format!("{name}{}", if quoted { " as text" } else { "" });
    match ty {
        Type::Text => "text".into(),
        Type::Integer { quoted: yes } => quoted("integer", *yes),
        Type::Fen { quoted: yes } => quoted("fen", *yes),
        Type::Decimal { yuan: true, bare, .. } => format!("yuan{}", number(*bare)),
        Type::Decimal { scale, bare, .. } => format!("decimal of scale {scale}{}", number(*bare)),
        Type::Boolean { yes, no } => format!("boolean {yes}/{no}"),
        Type::DateTime(codec) => format!("datetime {}", codec.format),
        Type::Json => "json".into(),
        Type::Map(MapOf::Text) => "map of text".into(),
        Type::Map(MapOf::Json) => "map of json".into(),
        Type::Map(MapOf::Integer) => "map of integer".into(),
        Type::Record(_) => "record".into(),
        Type::Enumeration(id) => match &platform.type_def(*id).kind {
            TypeKind::Enumeration(values) if values.numeric => "enumeration of numbers".into(),
            _ => "enumeration of texts".into(),
        },
        Type::Invalid => "invalid".into(),
    }
}

fn number(bare: bool) -> &'static str {
    if bare { " as number" } else { "" }
}

/// Whether `looser` accepts all values of `stricter` but is another type, and so says less.
pub(crate) fn accepts(looser: &str, stricter: &str) -> bool {
    match looser {
        "json" => true,
        "text" => {
            [
                "enumeration of texts",
                "yuan",
                "list of text, joined",
                "JSON text of",
                "integer as text",
                "fen as text",
            ]
            .iter()
            .any(|head| stricter.starts_with(head) && !stricter.ends_with("as number"))
                || stricter.starts_with("datetime") && !stricter.contains("unix")
                || stricter.starts_with("decimal") && !stricter.ends_with("as number")
        }
        "map of json" => stricter.starts_with("map of"),
        "integer" => {
            matches!(stricter, "fen" | "enumeration of numbers") || stricter.contains("unix")
        }
        _ => false,
    }
}

/// Whether and when a parameter is required, as text.
pub(crate) fn required_text(required: &Required) -> String {
    let condition = |word: &str, condition: &Condition| {
        let mut values = condition.any_of.clone();
        values.sort();
        format!("required {word} {} is [{}]", condition.field, values.join(", "))
    };
    match required {
        Required::No => "optional".into(),
        Required::Yes => "required".into(),
        Required::When(when) => condition("when", when),
        Required::Unless(unless) => condition("unless", unless),
    }
}

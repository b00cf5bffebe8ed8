//! Describes the values that a field accepts.

use crate::model::{Field, MapOf, Platform, Type, TypeKind};
use crate::suggest::list;

/// Describes what a person can type for a field.
pub fn expected(platform: &Platform, field: &Field) -> String {
    let one = of(platform, &field.ty);
    match &field.list {
        None => one,
        Some(crate::model::ListStyle::Delimited(delimiter)) => {
            format!("a list, as JSON or joined by `{delimiter}`, each {one}")
        }
        Some(_) => format!("a list as JSON, each {one}"),
    }
}

fn of(platform: &Platform, ty: &Type) -> String {
    match ty {
        Type::Text | Type::Invalid => "a text".to_owned(),
        Type::Integer { .. } => "a whole number".to_owned(),
        Type::Fen { .. } => "an integer in fen, hundredths of a yuan".to_owned(),
        Type::Decimal { scale, yuan, .. } => {
            let what = if *yuan { "an amount in yuan" } else { "a decimal number" };
            format!("{what} with at most {scale} decimals")
        }
        Type::Boolean { .. } => "`true` or `false`".to_owned(),
        Type::DateTime(codec) => format!("a time as `{}`", codec.format),
        Type::Json => "JSON".to_owned(),
        Type::Map(of) => {
            let of = match of {
                MapOf::Text => "texts",
                MapOf::Integer => "whole numbers",
                MapOf::Json => "any JSON",
            };
            format!("a JSON object of {of}")
        }
        Type::Record(id) | Type::Enumeration(id) => {
            let def = platform.type_def(*id);
            match &def.kind {
                TypeKind::Record(_) => format!("a JSON object ({})", def.name),
                TypeKind::Enumeration(values) => {
                    let known: Vec<_> =
                        values.variants.iter().map(|variant| variant.value.as_str()).collect();
                    format!("one of {}", list(&known))
                }
            }
        }
    }
}

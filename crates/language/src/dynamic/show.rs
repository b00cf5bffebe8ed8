//! Typed values as they stand in JSON.

use super::data::{Data, Object};
use crate::model::{Field, Platform, Type, TypeKind};
use gatespec_protocol::{Json, TimeFormat};

/// In place of what never shows.
const MARK: &str = "<secret>";

/// What becomes of sensitive fields.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Sensitive {
    /// A mark stands in their place.
    Masked,
    /// They are there like the others.
    Shown,
}

/// A record without what is absent.
pub(super) fn object(object: &Object<'_>, sensitive: Sensitive) -> Json {
    let fields = object.record.fields.iter().zip(&object.values);
    let shown = fields.filter_map(|(field, data)| {
        let value = value(object.platform, field, data, sensitive)?;
        let is_masked = field.sensitive && sensitive == Sensitive::Masked;
        Some((field.name.clone(), if is_masked { MARK.into() } else { value }))
    });
    let others = object.others.iter().map(|(name, value)| (name.clone(), value.clone()));
    Json::Object(shown.chain(others).collect())
}

/// The value of a field; `None` if it is absent.
pub(super) fn value(
    platform: &Platform,
    field: &Field,
    data: &Data<'_>,
    sensitive: Sensitive,
) -> Option<Json> {
    Some(match data {
        Data::Absent => return None,
        Data::Text(text) => text.as_str().into(),
        Data::Integer(number) => match field.ty {
            Type::Integer { quoted: true } | Type::Fen { quoted: true } => {
                number.to_string().into()
            }
            _ => (*number).into(),
        },
        Data::Decimal(number) => number.to_string().into(),
        Data::Flag(flag) => match &field.ty {
            Type::Boolean { yes, no } if yes != "true" => {
                if *flag {
                    yes.as_str().into()
                } else {
                    no.as_str().into()
                }
            }
            _ => (*flag).into(),
        },
        Data::Time(time) => match &field.ty {
            Type::DateTime(codec) => {
                let format = TimeFormat::named(&codec.format, codec.offset);
                let text = format.format(*time);
                match text.parse::<i64>() {
                    Ok(number) if format.is_number() && !codec.quoted => number.into(),
                    _ => text.into(),
                }
            }
            _ => Json::Null,
        },
        Data::Choice(choice) => match choice.value.parse::<i64>() {
            Ok(number) if is_numeric(platform, &field.ty) && number.to_string() == choice.value => {
                number.into()
            }
            _ => choice.value.as_str().into(),
        },
        Data::Json(json) => json.clone(),
        Data::Map(map) => Json::Object(map.0.clone().into_iter().collect()),
        Data::Record(record) => object(record, sensitive),
        Data::List(items) => {
            items.iter().filter_map(|item| value(platform, field, item, sensitive)).collect()
        }
    })
}

/// An enumeration whose values are numbers in JSON.
fn is_numeric(platform: &Platform, ty: &Type) -> bool {
    match ty {
        Type::Enumeration(id) => match &platform.type_def(*id).kind {
            TypeKind::Enumeration(values) => values.numeric,
            TypeKind::Record(_) => false,
        },
        _ => false,
    }
}

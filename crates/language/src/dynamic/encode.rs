//! What generated `encode` functions do, driven by the model.

use super::data::{Data, Map, Object};
use crate::model::{Field, ListStyle, Type, TypeKind};
use gatespec_protocol as rt;
use rt::{Encode, Wire, Writer};

impl Encode for Object<'_> {
    fn encode(&self, out: &mut Writer<'_>) {
        for (field, data) in self.sent() {
            write(self, field, data, out);
        }
        for (name, value) in &self.others {
            out.put(name, Wire::Json(value));
        }
    }
}

impl Encode for Map {
    fn encode(&self, out: &mut Writer<'_>) {
        for (name, value) in &self.0 {
            match value {
                rt::Json::String(text) => out.put(name, Wire::Text(text)),
                value => out.put(name, Wire::Json(value)),
            }
        }
    }
}

fn write(object: &Object<'_>, field: &Field, data: &Data<'_>, out: &mut Writer<'_>) {
    let out = if field.sensitive { out.private() } else { out };
    if let (Some(style), Data::List(items)) = (&field.list, data) {
        let style = list_style(field, style);
        let mut items = items.iter().filter_map(|item| wire(object, field, item));
        return out.list(&field.name, &mut items, style);
    }
    match wire(object, field, data) {
        Some(value) if field.in_path => out.in_path(&field.name, value),
        value if field.nullable => out.nullable(&field.name, value),
        value => out.maybe(&field.name, value),
    }
}

fn wire<'w>(object: &'w Object<'_>, field: &'w Field, data: &'w Data<'_>) -> Option<Wire<'w>> {
    Some(match (data, &field.ty) {
        (Data::Text(text), _) => Wire::Text(text),
        (Data::Integer(number), Type::Integer { quoted: true } | Type::Fen { quoted: true }) => {
            Wire::QuotedInteger(*number)
        }
        (Data::Integer(number), _) => Wire::Integer(*number),
        (Data::Decimal(value), Type::Decimal { scale, bare: true, .. }) => {
            Wire::BareDecimal { value: *value, scale: *scale }
        }
        (Data::Decimal(value), Type::Decimal { scale, .. }) => {
            Wire::Decimal { value: *value, scale: *scale }
        }
        (Data::Flag(flag), Type::Boolean { yes, no }) => {
            Wire::Flag(*flag, rt::Spelling { yes, no })
        }
        (Data::Time(time), Type::DateTime(codec)) => {
            let format = rt::TimeFormat::named(&codec.format, codec.offset);
            if codec.quoted { Wire::QuotedTime(*time, format) } else { Wire::Time(*time, format) }
        }
        (Data::Choice(choice), Type::Enumeration(id)) => {
            match &object.platform.type_def(*id).kind {
                TypeKind::Enumeration(values) if values.numeric => Wire::Number(&choice.value),
                _ => Wire::Text(&choice.value),
            }
        }
        (Data::Json(json), _) => Wire::Json(json),
        (Data::Map(map), _) if field.json_text => Wire::JsonText(map),
        (Data::Map(map), _) => Wire::Map(map),
        (Data::Record(record), _) if field.json_text && field.list.is_none() => {
            Wire::JsonText(record)
        }
        (Data::Record(record), _) => Wire::Record(record),
        _ => return None,
    })
}

/// How a list travels, as the runtime says it.
pub(super) fn list_style<'m>(field: &Field, style: &'m ListStyle) -> rt::ListStyle<'m> {
    match style {
        _ if field.json_text => rt::ListStyle::JsonText,
        ListStyle::Delimited(delimiter) => rt::ListStyle::Delimited(delimiter),
        ListStyle::Json => rt::ListStyle::Json,
        ListStyle::Repeat => rt::ListStyle::Repeat,
        ListStyle::Inside(item) => rt::ListStyle::Inside(item),
    }
}

//! Writes the fields of a record.

use std::collections::BTreeMap;

use super::{Field, FieldType, Form, List, Record, Required, Slot, View};
use crate::blank::Blank;
use crate::datetime::TimeFormat;
use crate::layout::Spelling;
use crate::write::{Encode, ListStyle, Wire, Writer};

impl<R: Record> Encode for R {
    fn encode(&self, out: &mut Writer<'_>) {
        write(self, out);
    }
}

/// The members of a map are written like fields.
impl<T: Slot + Blank> Encode for BTreeMap<String, T> {
    fn encode(&self, out: &mut Writer<'_>) {
        for (name, member) in self {
            if let Some(value) = wire(&Field::BARE, member.view()) {
                let out = if member.is_private() { out.private() } else { &mut *out };
                out.put(name, value);
            }
        }
    }
}

fn write(record: &dyn Record, out: &mut Writer<'_>) {
    let schema = record.schema();
    let declared = schema.order.is_empty() || !out.takes_sorted();
    for index in 0..schema.fields.len() {
        let at = if declared { index } else { schema.order[index] };
        field(&schema.fields[at], record.view(at), out);
    }
    if let Some(others) = record.others() {
        others.encode(out);
    }
}

/// Writes a field. An empty list or map counts as absent, with one exception: if the field is
/// optional and is written in JSON, the empty value is written, and clears what the platform has
/// stored.
fn field(field: &Field<'_>, view: View<'_>, out: &mut Writer<'_>) {
    let counts = field.required != Required::Yes && out.is_json();
    let value = match view {
        View::List(list) if counts || list.count() > 0 => return items(field, list, out),
        View::List(_) => None,
        View::Map(map) if !counts && map.count() == 0 => None,
        view => wire(field, view),
    };
    let Some(value) = value else {
        if field.nullable {
            out.null(field.name);
        }
        return;
    };
    let out = if field.sensitive { out.private() } else { out };
    if field.in_path { out.in_path(field.name, value) } else { out.put(field.name, value) }
}

fn items(field: &Field<'_>, list: &dyn List, out: &mut Writer<'_>) {
    let out = if field.sensitive { out.private() } else { out };
    let mut items = (0..list.count()).filter_map(|index| wire(field, list.item(index)));
    out.list(field.name, &mut items, field.list.unwrap_or(ListStyle::Json));
}

/// Converts a value for the writer. Returns `None` if there is nothing to write.
fn wire<'v>(field: &Field<'v>, view: View<'v>) -> Option<Wire<'v>> {
    Some(match view {
        View::Absent | View::List(_) => return None,
        View::Text(text) => Wire::Text(text),
        View::Integer(number) if field.form == Form::Quoted => Wire::QuotedInteger(number),
        View::Integer(number) => Wire::Integer(number),
        View::Decimal(value) => {
            let (FieldType::Decimal(scale) | FieldType::Amount(scale)) = field.kind else {
                return None;
            };
            match field.form {
                Form::Bare => Wire::BareDecimal { value, scale },
                _ => Wire::Decimal { value, scale },
            }
        }
        View::Flag(flag) => match field.kind {
            FieldType::Flag(spelling) => Wire::Flag(flag, spelling),
            _ => Wire::Flag(flag, Spelling::WORDS),
        },
        View::Time(time) => match (field.kind, field.form) {
            (FieldType::Time(format, _), Form::Quoted) => Wire::QuotedTime(time, format),
            (FieldType::Time(format, _), _) => Wire::Time(time, format),
            _ => Wire::Time(time, TimeFormat::UnixSeconds),
        },
        View::Choice(choice) if field.form == Form::Bare => Wire::Number(choice.as_str()),
        View::Choice(choice) => Wire::Text(choice.as_str()),
        View::Json(json) => Wire::Json(json.as_str()),
        View::Map(map) if field.json_text => Wire::JsonText(map),
        View::Map(map) => Wire::Map(map),
        View::Record(record) if field.json_text => Wire::JsonText(record),
        View::Record(record) => Wire::Record(record),
    })
}

//! A request that was received, typed by the model alone.

use super::data::{Choice, Data, Map, Object};
use super::read::known;
use crate::lower::{list_style, time_format};
use crate::model::{Field, MapOf, Method, Platform, Record, Type, TypeKind};
use gatespec_runtime as rt;
use rt::decode::RecordSlot;
use rt::incoming::{Incoming, IncomingError};
use rt::{Decode, Decoded, Json, Private, Validate, Value, Violation};
use std::collections::BTreeMap;

/// The fields of a received request. Its `Debug` shows no values.
pub struct Received<'m>(Object<'m>);

impl<'m> Received<'m> {
    /// Reads the fields of a call by what the spec says of its method. Fields that are missing are
    /// no error: [`violations`](Self::violations) tells which of them must be there.
    ///
    /// # Errors
    /// [`Decode`](IncomingError::Decode) for the first field that is not of its type.
    pub fn read(
        platform: &'m Platform,
        method: &'m Method,
        call: &Incoming<'_>,
    ) -> Result<Self, IncomingError> {
        let mut object = blank(platform, &method.request);
        call.fields(&mut |value| {
            object = blank(platform, &method.request);
            value.members(&mut object, &[])
        })?;
        Ok(Self(object))
    }

    /// The rules that the request breaks, as the generated client judges it before it is sent.
    pub fn violations(&self) -> Vec<Violation> {
        self.0.violations()
    }

    /// The fields that were there, as they stand in JSON; `<secret>` in place of what is sensitive.
    pub fn shown(&self) -> Json {
        super::show::object(&self.0)
    }

    /// The field of this name, at any depth, with its value as it stands in JSON. `None` if there
    /// is none, if there are several, or if it is sensitive, a list, a map or a record.
    pub fn leaf(&self, name: &str) -> Option<(&'m Field, Json)> {
        let mut found = Vec::new();
        leaves(&self.0, name, &mut found);
        match found.as_slice() {
            [(field, data)] => Some((field, super::show::value(field, data)?)),
            _ => None,
        }
    }
}

impl std::fmt::Debug for Received<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let names: Vec<_> = self.0.record.fields.iter().map(|field| field.name.as_str()).collect();
        f.debug_struct("Received").field("fields", &names).finish_non_exhaustive()
    }
}

fn leaves<'o, 'm>(object: &'o Object<'m>, name: &str, found: &mut Vec<(&'m Field, &'o Data<'m>)>) {
    for (field, data) in object.record.fields.iter().zip(&object.values) {
        match data {
            Data::Absent | Data::List(_) | Data::Map(_) | Data::Json(_) => {}
            Data::Record(inner) => leaves(inner, name, found),
            data if field.name == name && !field.sensitive => found.push((field, data)),
            _ => {}
        }
    }
}

fn blank<'m>(platform: &'m Platform, record: &'m Record) -> Object<'m> {
    let values = record.fields.iter().map(|_| Data::Absent).collect();
    Object { platform, record, values, others: BTreeMap::new() }
}

impl Decode for Object<'_> {
    fn field(&mut self, name: &str, value: Value<'_>) -> Decoded {
        let Object { platform, record, values, others } = self;
        let position = record.fields.iter().position(|field| field.name == name);
        match position {
            // What is recorded and not sent is none of the method's fields.
            Some(at) if record.fields[at].send == crate::model::Send::Yes => {
                values[at] = Reader { platform, field: &record.fields[at] }.field(value)?;
                Ok(())
            }
            None if record.others.is_some() => {
                let mut json = None;
                value.json(&mut json)?;
                others.extend(json.map(|json| (name.to_owned(), json)));
                Ok(())
            }
            _ => value.skip(),
        }
    }
}

/// Where a record goes; it is made when an object arrives.
struct Place<'m> {
    platform: &'m Platform,
    record: &'m Record,
    private: bool,
    object: Option<Object<'m>>,
}

impl RecordSlot for Place<'_> {
    type Record = ();

    fn is_private(&self) -> bool {
        self.private
    }

    fn open(&mut self) -> &mut dyn Decode {
        self.object.get_or_insert_with(|| blank(self.platform, self.record))
    }
}

/// Takes a scalar; one that is sensitive goes where errors do not show it.
macro_rules! take {
    ($sensitive:expr, $ty:ty, |$slot:ident| $take:expr) => {
        if $sensitive {
            let mut hidden: Option<Private<$ty>> = None;
            let $slot = &mut hidden;
            $take?;
            hidden.map(Private::into_inner)
        } else {
            let mut shown: Option<$ty> = None;
            let $slot = &mut shown;
            $take?;
            shown
        }
    };
}

struct Reader<'m> {
    platform: &'m Platform,
    field: &'m Field,
}

impl<'m> Reader<'m> {
    fn field(&self, value: Value<'_>) -> Result<Data<'m>, rt::Stop> {
        let mut data = Data::Absent;
        if let Some(style) = &self.field.list {
            let mut items = Vec::new();
            let style = list_style(self.field, style);
            value.list(&mut items, style, |value, item| {
                *item = self.one(value)?;
                Ok(())
            })?;
            return Ok(if items.is_empty() { data } else { Data::List(items) });
        }
        let mut one = |value: Value<'_>| {
            data = self.one(value)?;
            Ok(())
        };
        if self.field.json_text {
            value.json_text(one)?;
        } else {
            one(value)?;
        }
        Ok(data)
    }

    fn one(&self, value: Value<'_>) -> Result<Data<'m>, rt::Stop> {
        let private = self.field.sensitive;
        let data = match &self.field.ty {
            Type::Text => take!(private, String, |slot| value.text(slot)).map(Data::Text),
            Type::Integer { .. } | Type::Fen { .. } => {
                take!(private, i64, |slot| value.integer(slot)).map(Data::Integer)
            }
            // How many decimals an amount may have is a rule of the request.
            Type::Decimal { .. } => {
                take!(private, rt::Decimal, |slot| value.decimal(slot)).map(Data::Decimal)
            }
            Type::Boolean { yes, no } => {
                let spelling = rt::Spelling { yes, no };
                take!(private, bool, |slot| value.flag(slot, spelling)).map(Data::Flag)
            }
            Type::DateTime(codec) => {
                let format = time_format(&codec.format, codec.offset);
                let never = codec.never.as_deref();
                take!(private, rt::DateTime, |slot| value.time(slot, format, never)).map(Data::Time)
            }
            Type::Json => take!(private, Json, |slot| value.json(slot)).map(Data::Json),
            Type::Map(of) => Some(Data::Map(map(*of, value)?)),
            Type::Enumeration(id) => match &self.platform.type_def(*id).kind {
                TypeKind::Enumeration(values) => {
                    let text = take!(private, String, |slot| value.text(slot));
                    let known = known(values);
                    text.map(|value| Data::Choice(Choice { value, known }))
                }
                TypeKind::Record(_) => return skipped(value),
            },
            Type::Record(id) => match &self.platform.type_def(*id).kind {
                TypeKind::Record(record) => {
                    let platform = self.platform;
                    let mut place = Place { platform, record, private, object: None };
                    value.record(&mut place)?;
                    place.object.map(Data::Record)
                }
                TypeKind::Enumeration(_) => return skipped(value),
            },
            Type::Invalid => return skipped(value),
        };
        Ok(data.unwrap_or_default())
    }
}

fn skipped<'m>(value: Value<'_>) -> Result<Data<'m>, rt::Stop> {
    value.skip().map(|()| Data::Absent)
}

fn map(of: MapOf, value: Value<'_>) -> Result<Map, rt::Stop> {
    let mut entries = BTreeMap::<String, Json>::new();
    value.map(&mut entries, |value, entry| match of {
        MapOf::Text => {
            let mut text = String::new();
            value.text(&mut text)?;
            *entry = text.into();
            Ok(())
        }
        MapOf::Integer => {
            let mut number = 0;
            value.integer(&mut number)?;
            *entry = number.into();
            Ok(())
        }
        MapOf::Json => value.json(entry),
    })?;
    Ok(Map(entries))
}

//! What generated `field` functions do, driven by the model: values that arrive, by what the model
//! says of their fields.

use super::data::{Choice, Data, Map, Object};
use super::encode::list_style;
use super::read::known;
use crate::model::{Field, MapOf, Platform, Record, Send, Type, TypeKind};
use gatespec_protocol as rt;
use rt::decode::{ChoiceSlot, RecordSlot};
use rt::{Decode, Decoded, Json, Private, Stop, Value};
use std::collections::BTreeMap;

/// Whose fields arrive.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// What is missing, and how many decimals an amount may have, are the business of its rules.
    Request,
    /// What is always there must be there, and no decimal of an amount gets lost.
    Answer,
}

/// A record that members of an object fill.
pub(super) struct Filling<'m> {
    pub(super) object: Object<'m>,
    side: Side,
}

impl<'m> Filling<'m> {
    pub(super) fn new(platform: &'m Platform, record: &'m Record, side: Side) -> Self {
        let values = record.fields.iter().map(|_| Data::Absent).collect();
        Self { object: Object { platform, record, values, others: BTreeMap::new() }, side }
    }
}

impl Decode for Filling<'_> {
    fn field(&mut self, name: &str, value: Value<'_>) -> Decoded {
        let Object { platform, record, values, others } = &mut self.object;
        let known = |field: &Field| field.name == name && field.send == Send::Yes;
        match (record.fields.iter().position(known), record.others) {
            (Some(at), _) => {
                let reader = Reader { platform, field: &record.fields[at], side: self.side };
                values[at] = reader.field(value)?;
                Ok(())
            }
            (None, Some(of)) => value.entry(name, others, |value, into| member(of, value, into)),
            (None, None) => value.unknown(),
        }
    }
}

/// Reads the values of one field.
pub(super) struct Reader<'m> {
    pub(super) platform: &'m Platform,
    pub(super) field: &'m Field,
    pub(super) side: Side,
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

impl<'m> Reader<'m> {
    pub(super) fn field(&self, value: Value<'_>) -> Result<Data<'m>, Stop> {
        let mut data = Data::Absent;
        if let Some(style) = &self.field.list {
            let (style, mut items) = (list_style(self.field, style), Vec::new());
            let value = self.hidden(value);
            let item = |value: Value<'_>, item: &mut Data<'m>| {
                *item = self.one(value)?;
                Ok(())
            };
            match self.field.single {
                true => value.list_or_one(&mut items, style, item)?,
                false => value.list(&mut items, style, item)?,
            }
            return Ok(Data::List(items));
        }
        let mut one = |value: Value<'_>| {
            data = self.one(value)?;
            Ok(())
        };
        if self.field.json_text {
            self.hidden(value).json_text(one)?;
        } else {
            one(value)?;
        }
        Ok(data)
    }

    /// The value, which errors do not show if the field is sensitive.
    fn hidden<'v>(&self, value: Value<'v>) -> Value<'v> {
        if self.field.sensitive { value.private() } else { value }
    }

    fn one(&self, value: Value<'_>) -> Result<Data<'m>, Stop> {
        let private = self.field.sensitive;
        let data = match &self.field.ty {
            Type::Text => take!(private, String, |slot| value.text(slot)).map(Data::Text),
            Type::Integer { quoted } | Type::Fen { quoted } => {
                let value = if *quoted { value.quoted() } else { value };
                take!(private, i64, |slot| value.integer(slot)).map(Data::Integer)
            }
            Type::Decimal { scale, bare, yuan } => {
                let value = if *bare { value.bare() } else { value };
                let number = match (self.side, yuan) {
                    (Side::Answer, true) => {
                        take!(private, rt::Decimal, |slot| value.amount(slot, *scale))
                    }
                    _ => take!(private, rt::Decimal, |slot| value.decimal(slot)),
                };
                number.map(Data::Decimal)
            }
            Type::Boolean { yes, no } => {
                let spelling = rt::Spelling { yes, no };
                take!(private, bool, |slot| value.flag(slot, spelling)).map(Data::Flag)
            }
            Type::DateTime(codec) => {
                let value = if codec.quoted { value.quoted() } else { value };
                let format = rt::TimeFormat::named(&codec.format, codec.offset);
                let never = codec.never.as_deref();
                take!(private, rt::DateTime, |slot| value.time(slot, format, never)).map(Data::Time)
            }
            Type::Json => take!(private, Json, |slot| value.json(slot)).map(Data::Json),
            Type::Map(of) => {
                let mut entries = BTreeMap::<String, Json>::new();
                let item = |value: Value<'_>, entry: &mut Json| member(*of, value, entry);
                self.hidden(value).map(&mut entries, item)?;
                Some(Data::Map(Map(entries)))
            }
            Type::Enumeration(id) | Type::Record(id) => match &self.platform.type_def(*id).kind {
                TypeKind::Enumeration(values) => {
                    let value = if values.numeric { value.bare() } else { value };
                    let mut chosen = Chosen { known: known(values), private, text: None };
                    value.choice(&mut chosen)?;
                    let Chosen { known, text, .. } = chosen;
                    text.map(|value| Data::Choice(Choice { value, known }))
                }
                TypeKind::Record(record) => self.record(record, value)?,
            },
            Type::Invalid => {
                value.skip()?;
                None
            }
        };
        Ok(data.unwrap_or_default())
    }

    fn record(&self, record: &'m Record, value: Value<'_>) -> Result<Option<Data<'m>>, Stop> {
        let always = always(record, self.side);
        let mut place = Place { platform: self.platform, record, side: self.side, filling: None };
        let value = self.hidden(value);
        match always.as_slice() {
            [] => value.record(&mut place)?,
            always => value.members(&mut AtFirst(&mut place), always)?,
        }
        Ok(place.filling.map(|filling| Data::Record(filling.object)))
    }
}

/// The members that must be there.
pub(super) fn always(record: &Record, side: Side) -> Vec<&str> {
    let needed = record.sent().filter(|field| side == Side::Answer && field.always);
    needed.map(|field| field.name.as_str()).collect()
}

/// Where a record goes; it is made when an object arrives.
struct Place<'m> {
    platform: &'m Platform,
    record: &'m Record,
    side: Side,
    filling: Option<Filling<'m>>,
}

impl RecordSlot for Place<'_> {
    type Record = ();

    fn open(&mut self) -> &mut dyn Decode {
        let Place { platform, record, side, filling } = self;
        filling.get_or_insert_with(|| Filling::new(platform, record, *side))
    }
}

/// Makes the record at its first member. One that has members always has a first.
struct AtFirst<'p, 'm>(&'p mut Place<'m>);

impl Decode for AtFirst<'_, '_> {
    fn field(&mut self, name: &str, value: Value<'_>) -> Decoded {
        self.0.open().field(name, value)
    }
}

/// A value of an enumeration. Every text is one.
struct Chosen<'m> {
    known: Vec<&'m str>,
    private: bool,
    text: Option<String>,
}

impl ChoiceSlot for Chosen<'_> {
    type Choice = ();

    fn is_private(&self) -> bool {
        self.private
    }

    fn choose(&mut self, text: String) -> bool {
        let is_known = self.known.contains(&text.as_str());
        self.text = Some(text);
        is_known
    }
}

fn member(of: MapOf, value: Value<'_>, into: &mut Json) -> Decoded {
    match of {
        MapOf::Text => {
            let mut text = String::new();
            value.text(&mut text)?;
            *into = text.into();
            Ok(())
        }
        MapOf::Integer => {
            let mut number = 0;
            value.integer(&mut number)?;
            *into = number.into();
            Ok(())
        }
        MapOf::Json => value.json(into),
    }
}

//! What generated `field` functions do, driven by the model: the data is decoded and dropped.

use crate::lower::{list_style, time_format};
use crate::model::{Enumeration, Field, MapOf, Platform, Record, Returns, Type, TypeKind};
use gatespec_runtime as rt;
use rt::decode::ChoiceSlot;
use rt::{Decode, Decoded, Value};
use std::collections::BTreeMap;

/// Decodes the data of an answer.
pub(crate) struct Answer<'m> {
    platform: &'m Platform,
    returns: &'m Returns,
}

impl<'m> Answer<'m> {
    pub(crate) fn new(platform: &'m Platform, returns: &'m Returns) -> Self {
        Self { platform, returns }
    }

    /// Decodes the data; called again when the first pass was not exact enough.
    pub(crate) fn read(&self, value: Value<'_>) -> Decoded {
        match self.returns {
            Returns::Nothing => value.skip(),
            Returns::Record(record) => self.record(record, value),
            Returns::Value(field) => self.field(field, value),
        }
    }

    fn record(&self, record: &'m Record, value: Value<'_>) -> Decoded {
        let always = record.sent().filter(|field| field.always).map(|field| field.name.as_str());
        let always: Vec<_> = always.collect();
        value.members(&mut Members { answer: self, record }, &always)
    }

    fn field(&self, field: &'m Field, value: Value<'_>) -> Decoded {
        let Some(style) = &field.list else {
            return if field.json_text {
                value.json_text(|value| self.one(&field.ty, value))
            } else {
                self.one(&field.ty, value)
            };
        };
        let (style, mut list) = (list_style(field, style), Vec::<()>::new());
        if field.single {
            value.list_or_one(&mut list, style, |value, _| self.one(&field.ty, value))
        } else {
            value.list(&mut list, style, |value, _| self.one(&field.ty, value))
        }
    }

    fn one(&self, ty: &'m Type, value: Value<'_>) -> Decoded {
        match ty {
            Type::Text => value.text(&mut String::new()),
            Type::Integer { quoted } | Type::Fen { quoted } => {
                let value = if *quoted { value.quoted() } else { value };
                value.integer(&mut 0)
            }
            Type::Decimal { scale, bare, yuan } => {
                let value = if *bare { value.bare() } else { value };
                let mut into = rt::Decimal::default();
                if *yuan { value.amount(&mut into, *scale) } else { value.decimal(&mut into) }
            }
            Type::Boolean { yes, no } => value.flag(&mut false, rt::Spelling { yes, no }),
            Type::DateTime(codec) => {
                let value = if codec.quoted { value.quoted() } else { value };
                let format = time_format(&codec.format, codec.offset);
                value.time(&mut rt::DateTime::default(), format, codec.never.as_deref())
            }
            Type::Json => value.json(&mut rt::Json::Null),
            Type::Map(of) => {
                value.map(&mut BTreeMap::<String, ()>::new(), |value, _| map_of(*of, value))
            }
            Type::Record(id) | Type::Enumeration(id) => match &self.platform.type_def(*id).kind {
                TypeKind::Record(record) => self.record(record, value),
                TypeKind::Enumeration(known) => {
                    let value = if known.numeric { value.bare() } else { value };
                    value.choice(&mut Known(known))
                }
            },
            Type::Invalid => value.skip(),
        }
    }
}

fn map_of(of: MapOf, value: Value<'_>) -> Decoded {
    match of {
        MapOf::Text => value.text(&mut String::new()),
        MapOf::Integer => value.integer(&mut 0),
        MapOf::Json => value.json(&mut rt::Json::Null),
    }
}

/// A value of an enumeration. Every text is one.
struct Known<'m>(&'m Enumeration);

impl ChoiceSlot for Known<'_> {
    type Choice = ();

    fn choose(&mut self, text: String) -> bool {
        self.0.variants.iter().any(|variant| variant.value == text)
    }
}

struct Members<'a, 'm> {
    answer: &'a Answer<'m>,
    record: &'m Record,
}

impl Decode for Members<'_, '_> {
    fn field(&mut self, name: &str, value: Value<'_>) -> Decoded {
        let known = self.record.sent().find(|field| field.name == name);
        match (known, self.record.others) {
            (Some(field), _) => self.answer.field(field, value),
            (None, Some(of)) => {
                value.entry(name, &mut BTreeMap::<_, ()>::new(), |value, _| map_of(of, value))
            }
            (None, None) => value.unknown(),
        }
    }
}

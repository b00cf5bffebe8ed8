//! What generated `field` functions do, driven by the model: the data is decoded and dropped.

use crate::lower::{list_style, time_format};
use crate::model::{Field, MapOf, Platform, Record, Returns, Type, TypeKind};
use gatespec_runtime as rt;
use rt::{Decode, Decoded, Value};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

/// Decodes the data of an answer.
pub(crate) struct Answer<'m> {
    platform: &'m Platform,
    returns: &'m Returns,
    /// Members that an answer always has, and this one has not.
    missing: RefCell<BTreeSet<&'m str>>,
}

impl<'m> Answer<'m> {
    pub(crate) fn new(platform: &'m Platform, returns: &'m Returns) -> Self {
        Self { platform, returns, missing: RefCell::default() }
    }

    /// Wire names of `always` fields that were not there.
    pub(crate) fn missing(&self) -> Vec<&'m str> {
        self.missing.borrow().iter().copied().collect()
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
        let mut members = Members { answer: self, record, seen: BTreeSet::new() };
        value.members(&mut members)?;
        let always =
            record.fields.iter().filter(|field| field.always).map(|field| field.name.as_str());
        self.missing.borrow_mut().extend(always.filter(|name| !members.seen.contains(name)));
        Ok(())
    }

    fn field(&self, field: &'m Field, value: Value<'_>) -> Decoded {
        let Some(style) = &field.list else {
            return if field.json_text {
                value.json_text(|value| self.one(&field.ty, value))
            } else {
                self.one(&field.ty, value)
            };
        };
        let style = list_style(field, style);
        value.list(&mut Vec::<()>::new(), style, |value, _| self.one(&field.ty, value))
    }

    fn one(&self, ty: &'m Type, value: Value<'_>) -> Decoded {
        match ty {
            // Every text is a value of an open enumeration.
            Type::Text | Type::Enumeration(_) => value.text(&mut String::new()),
            Type::Integer { .. } | Type::Fen { .. } => value.integer(&mut 0),
            Type::Decimal { .. } => value.decimal(&mut rt::Decimal::default()),
            Type::Boolean { yes, no } => value.flag(&mut false, rt::Spelling { yes, no }),
            Type::DateTime(codec) => {
                let format = time_format(&codec.format, codec.offset);
                value.time(&mut rt::DateTime::default(), format, codec.never.as_deref())
            }
            Type::Json => value.json(&mut rt::Json::Null),
            Type::Map(of) => {
                value.map(&mut BTreeMap::<String, ()>::new(), |value, _| map_of(*of, value))
            }
            Type::Record(id) => match &self.platform.type_def(*id).kind {
                TypeKind::Record(record) => self.record(record, value),
                TypeKind::Enumeration(_) => value.skip(),
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

struct Members<'a, 'm> {
    answer: &'a Answer<'m>,
    record: &'m Record,
    seen: BTreeSet<&'m str>,
}

impl Decode for Members<'_, '_> {
    fn field(&mut self, name: &str, value: Value<'_>) -> Decoded {
        match (self.record.field(name), self.record.others) {
            (Some(field), _) => {
                self.seen.insert(&field.name);
                self.answer.field(field, value)
            }
            (None, Some(of)) => map_of(of, value),
            (None, None) => value.skip(),
        }
    }
}

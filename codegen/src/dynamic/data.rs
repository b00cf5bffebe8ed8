//! Typed values of a record that only the model knows.

use crate::model::{Field, Platform, Record};
use gatespec_protocol::{DateTime, Decimal, Enumeration, Json};
use std::collections::BTreeMap;

/// A request, or a record in one.
pub(crate) struct Object<'m> {
    pub(crate) platform: &'m Platform,
    pub(crate) record: &'m Record,
    /// One a field of the record, in its order.
    pub(crate) values: Vec<Data<'m>>,
    /// Members that no field lists.
    pub(crate) others: BTreeMap<String, Json>,
}

/// One value.
#[derive(Default)]
pub(crate) enum Data<'m> {
    #[default]
    Absent,
    Text(String),
    Integer(i64),
    Decimal(Decimal),
    Flag(bool),
    Time(DateTime),
    Choice(Choice<'m>),
    Json(Json),
    Map(Map),
    Record(Object<'m>),
    List(Vec<Data<'m>>),
}

/// A map with free keys.
pub(crate) struct Map(pub(crate) BTreeMap<String, Json>);

/// A value of an enumeration.
pub(crate) struct Choice<'m> {
    pub(crate) value: String,
    pub(crate) known: Vec<&'m str>,
}

impl Enumeration for Choice<'_> {
    fn as_str(&self) -> &str {
        &self.value
    }

    fn is_known(&self) -> bool {
        self.known.contains(&self.value.as_str())
    }

    fn all(&self) -> &[&str] {
        &self.known
    }
}

impl<'m> Object<'m> {
    /// Each sent field with its value.
    pub(crate) fn sent(&self) -> impl Iterator<Item = (&'m Field, &Data<'m>)> {
        self.record
            .fields
            .iter()
            .zip(&self.values)
            .filter(|(field, _)| field.send == crate::model::Send::Yes)
    }

    /// The value of a field, by wire name.
    pub(crate) fn value(&self, name: &str) -> &Data<'m> {
        self.sent().find(|(field, _)| field.name == name).map_or(&Data::Absent, |(_, data)| data)
    }
}

impl Data<'_> {
    /// Present and not empty.
    pub(crate) fn is_given(&self) -> bool {
        match self {
            Data::Absent => false,
            Data::Text(text) => !text.is_empty(),
            Data::Choice(choice) => !choice.value.is_empty(),
            Data::List(items) => !items.is_empty(),
            Data::Map(map) => !map.0.is_empty(),
            Data::Json(json) => !json.is_null(),
            _ => true,
        }
    }

    /// What a condition compares: text, number or boolean as written in a spec.
    pub(crate) fn comparable(&self) -> Option<String> {
        match self {
            Data::Text(text) => Some(text.clone()),
            Data::Choice(choice) => Some(choice.value.clone()),
            Data::Integer(number) => Some(number.to_string()),
            Data::Flag(flag) => Some(flag.to_string()),
            _ => None,
        }
    }
}

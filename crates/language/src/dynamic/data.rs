//! Typed values of a record that only the model knows.

use crate::model::{Field, Platform, Record};
use gatespec_protocol::{DateTime, Decimal, Enumeration, Json};
use std::collections::BTreeMap;

/// A request, or a record in one.
pub struct Object<'m> {
    /// The platform, whose types the fields name.
    pub platform: &'m Platform,
    /// What the model says of the record.
    pub record: &'m Record,
    /// One a field of the record, in its order.
    pub values: Vec<Data<'m>>,
    /// Members that no field lists.
    pub others: BTreeMap<String, Json>,
}

/// One value.
#[derive(Default)]
pub enum Data<'m> {
    /// Not given.
    #[default]
    Absent,
    /// A text.
    Text(String),
    /// An integer, or an amount in fen.
    Integer(i64),
    /// An exact decimal, or an amount in yuan.
    Decimal(Decimal),
    /// A boolean.
    Flag(bool),
    /// An instant.
    Time(DateTime),
    /// A value of an enumeration, known or not.
    Choice(Choice<'m>),
    /// JSON of any shape.
    Json(Json),
    /// A map with free keys.
    Map(Map),
    /// A nested record.
    Record(Object<'m>),
    /// A list, of any length.
    List(Vec<Data<'m>>),
}

/// A map with free keys.
pub struct Map(pub BTreeMap<String, Json>);

/// A value of an enumeration.
pub struct Choice<'m> {
    pub value: String,
    pub known: Vec<&'m str>,
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
    pub fn sent(&self) -> impl Iterator<Item = (&'m Field, &Data<'m>)> {
        self.record
            .fields
            .iter()
            .zip(&self.values)
            .filter(|(field, _)| field.send == crate::model::Send::Yes)
    }

    /// The value of a field, by wire name.
    pub fn value(&self, name: &str) -> &Data<'m> {
        self.sent().find(|(field, _)| field.name == name).map_or(&Data::Absent, |(_, data)| data)
    }
}

impl Data<'_> {
    /// Present and not empty.
    pub fn is_given(&self) -> bool {
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
    pub fn comparable(&self) -> Option<String> {
        match self {
            Data::Text(text) => Some(text.clone()),
            Data::Choice(choice) => Some(choice.value.clone()),
            Data::Integer(number) => Some(number.to_string()),
            Data::Flag(flag) => Some(flag.to_string()),
            _ => None,
        }
    }
}

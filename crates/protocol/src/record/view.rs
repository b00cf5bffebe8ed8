//! A record and its values, as the loops over its schema see them.

use rust_decimal::Decimal;

use super::{Field, Schema};
use crate::check::Validate;
use crate::datetime::DateTime;
use crate::decode::{Decoded, Value};
use crate::raw_json::RawJson;
use crate::write::Encode;

/// A record: a request, a part of one, or the data of an answer. Object safe.
///
/// Fields are counted from zero, in the order of the [`Schema`].
pub trait Record: Encode + Validate {
    /// What is known of all values of this type.
    fn schema(&self) -> &Schema<'_>;

    /// The value of a field.
    fn view(&self, field: usize) -> View<'_>;

    /// A field, and the place that a received value of it goes to.
    fn slot(&mut self, field: usize) -> (&Field<'_>, &mut dyn Slot);

    /// Members that no field lists, if the record keeps them.
    fn others(&self) -> Option<&dyn Map> {
        None
    }

    /// Where members go that no field lists; `None` if they are skipped.
    fn others_mut(&mut self) -> Option<&mut dyn Map> {
        None
    }
}

/// The type of a field. Object safe.
pub trait Slot {
    /// The value there; an empty list or map is none.
    fn view(&self) -> View<'_>;

    /// The value in an `Option`, which has a way of its own to say that there is none.
    fn some(&self) -> View<'_> {
        self.view()
    }

    /// The value never shows.
    fn is_private(&self) -> bool {
        false
    }

    /// Puts a received value there, by what `field` says of it. Null leaves the place as it is.
    ///
    /// # Errors
    /// [`Stop`](crate::Stop) if the value is not of this type.
    fn fill(&mut self, value: Value<'_>, field: &Field<'_>) -> Decoded;
}

/// The value of a field.
#[derive(Clone, Copy)]
pub enum View<'v> {
    /// There is none.
    Absent,
    /// A text.
    Text(&'v str),
    /// A whole number.
    Integer(i64),
    /// A decimal.
    Decimal(Decimal),
    /// A boolean.
    Flag(bool),
    /// An instant.
    Time(DateTime),
    /// A value of an enumeration.
    Choice(&'v dyn Enumeration),
    /// JSON of any shape.
    Json(&'v RawJson),
    /// An object with free names.
    Map(&'v dyn Map),
    /// A record.
    Record(&'v dyn Record),
    /// A list.
    List(&'v dyn List),
}

impl View<'_> {
    /// The value is present and not empty.
    pub fn is_given(&self) -> bool {
        match self {
            View::Absent => false,
            View::Text(text) => !text.is_empty(),
            // An empty text can be one of the documented values.
            View::Choice(choice) => choice.is_known() || !choice.as_str().is_empty(),
            View::Json(json) => !json.is_null(),
            View::Map(map) => map.count() > 0,
            View::List(list) => list.count() > 0,
            _ => true,
        }
    }

    /// The value is one of these texts, as a spec writes them; lists, maps and records are none.
    pub fn is_any_of(&self, texts: &[&str]) -> bool {
        match self {
            View::Text(text) => texts.contains(text),
            View::Choice(choice) => texts.contains(&choice.as_str()),
            View::Integer(number) => texts.contains(&number.to_string().as_str()),
            View::Flag(flag) => texts.contains(&if *flag { "true" } else { "false" }),
            _ => false,
        }
    }

    /// The instant, if it is one.
    pub fn time(&self) -> Option<DateTime> {
        if let View::Time(time) = self { Some(*time) } else { None }
    }
}

/// What every open enumeration can say. Made by [`open_enum!`](crate::open_enum).
pub trait Enumeration {
    /// The text on the wire.
    fn as_str(&self) -> &str;

    /// The documents list this value.
    fn is_known(&self) -> bool;

    /// All values that the documents list.
    fn all(&self) -> &[&str];
}

/// A list of values of one kind.
pub trait List {
    /// How many items it has.
    fn count(&self) -> usize;

    /// The item at this index.
    fn item(&self, index: usize) -> View<'_>;
}

/// An object with free names.
pub trait Map: Encode {
    /// How many members it has.
    fn count(&self) -> usize;

    /// Hands over each member, sorted by name.
    fn each(&self, take: &mut dyn FnMut(&str, View<'_>));

    /// Keeps a received member under its name. Null is not kept.
    ///
    /// # Errors
    /// [`Stop`](crate::Stop) if the value is not of the type that the map holds.
    fn keep(&mut self, name: &str, value: Value<'_>) -> Decoded;
}

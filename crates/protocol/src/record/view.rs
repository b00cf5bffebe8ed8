//! Dynamic access to a record and its values, for the loops over its schema.

use rust_decimal::Decimal;

use super::{Field, Schema};
use crate::check::Validate;
use crate::datetime::DateTime;
use crate::decode::{Decoded, Value};
use crate::raw_json::RawJson;
use crate::write::Encode;

/// A record: a request, a part of one, or the data of an answer. Dyn-compatible.
///
/// Fields have indexes from zero, in the order of the [`Schema`].
pub trait Record: Encode + Validate {
    /// The description of the record's type.
    fn schema(&self) -> &Schema<'_>;

    /// The value of a field.
    fn view(&self, field: usize) -> View<'_>;

    /// A field, and the slot that its value is decoded into.
    fn slot(&mut self, field: usize) -> (&Field<'_>, &mut dyn Slot);

    /// The members that match no field, if the record keeps them.
    fn others(&self) -> Option<&dyn Map> {
        None
    }

    /// The map into which members that match no field are decoded. `None` if such members are
    /// skipped.
    fn others_mut(&mut self) -> Option<&mut dyn Map> {
        None
    }
}

/// A place for the value of a field. Dyn-compatible.
pub trait Slot {
    /// The value in the slot. An empty list or map counts as absent.
    fn view(&self) -> View<'_>;

    /// The value in a slot that is inside an `Option`. Here an empty list or map counts as present.
    fn some(&self) -> View<'_> {
        self.view()
    }

    /// Whether the value is private: errors and logs do not show it.
    fn is_private(&self) -> bool {
        false
    }

    /// Decodes a value as `field` describes it. Null leaves the slot unchanged.
    ///
    /// # Errors
    /// [`Stop`](crate::Stop) if the value does not have the type of the slot.
    fn fill(&mut self, value: Value<'_>, field: &Field<'_>) -> Decoded;
}

/// The value of a field.
#[derive(Clone, Copy)]
pub enum View<'v> {
    /// No value.
    Absent,
    /// A text.
    Text(&'v str),
    /// A whole number.
    Integer(i64),
    /// A decimal.
    Decimal(Decimal),
    /// A boolean.
    Flag(bool),
    /// A time.
    Time(DateTime),
    /// A value of an enumeration.
    Choice(&'v dyn Enumeration),
    /// JSON of any shape.
    Json(&'v RawJson),
    /// An object with arbitrary member names.
    Map(&'v dyn Map),
    /// A record.
    Record(&'v dyn Record),
    /// A list.
    List(&'v dyn List),
}

impl View<'_> {
    /// Whether the value is present and not empty.
    pub fn is_given(&self) -> bool {
        match self {
            View::Absent => false,
            View::Text(text) => !text.is_empty(),
            // An empty text counts as given only if the spec lists it as a value.
            View::Choice(choice) => choice.is_known() || !choice.as_str().is_empty(),
            View::Json(json) => !json.is_null(),
            View::Map(map) => map.count() > 0,
            View::List(list) => list.count() > 0,
            _ => true,
        }
    }

    /// Whether the value is one of these texts, which are written as in a spec. Only texts,
    /// enumerations, whole numbers and booleans can match.
    pub fn is_any_of(&self, texts: &[&str]) -> bool {
        match self {
            View::Text(text) => texts.contains(text),
            View::Choice(choice) => texts.contains(&choice.as_str()),
            View::Integer(number) => texts.contains(&number.to_string().as_str()),
            View::Flag(flag) => texts.contains(&if *flag { "true" } else { "false" }),
            _ => false,
        }
    }

    /// The time, if the value is a time.
    pub fn time(&self) -> Option<DateTime> {
        if let View::Time(time) = self { Some(*time) } else { None }
    }
}

/// An open enumeration. Implemented by [`open_enum!`](crate::open_enum).
pub trait Enumeration {
    /// The text on the wire.
    fn as_str(&self) -> &str;

    /// Whether the spec lists this value.
    fn is_known(&self) -> bool;

    /// The values that the spec lists.
    fn all(&self) -> &[&str];
}

/// A list of values of one type.
pub trait List {
    /// The number of items.
    fn count(&self) -> usize;

    /// The item at this index.
    fn item(&self, index: usize) -> View<'_>;
}

/// An object with arbitrary member names.
pub trait Map: Encode {
    /// The number of members.
    fn count(&self) -> usize;

    /// Calls `take` for each member, in the order of the names.
    fn each(&self, take: &mut dyn FnMut(&str, View<'_>));

    /// Decodes a member and inserts it, unless it is null.
    ///
    /// # Errors
    /// [`Stop`](crate::Stop) if the value does not have the type of the map's values.
    fn keep(&mut self, name: &str, value: Value<'_>) -> Decoded;
}

//! A value on its way to the wire, and where it comes from.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::{Encode, Writer};
use crate::datetime::{DateTime, TimeFormat};
use crate::enumeration::Enumeration;
use crate::gateway::Spelling;
use crate::private::Private;

/// One value on its way to the wire.
#[derive(Clone, Copy)]
pub enum Wire<'v> {
    /// Text.
    Text(&'v str),
    /// Digits: a value of an enumeration of numbers. Bare in JSON.
    Number(&'v str),
    /// An integer, bare in JSON.
    Integer(i64),
    /// An integer, quoted in JSON.
    QuotedInteger(i64),
    /// A decimal with exactly so many decimals, quoted in JSON. Further digits are kept, never cut.
    Decimal {
        /// The number.
        value: Decimal,
        /// How many decimals.
        scale: u32,
    },
    /// The same, bare in JSON.
    BareDecimal {
        /// The number.
        value: Decimal,
        /// How many decimals.
        scale: u32,
    },
    /// A boolean; `true` and `false` are bare in JSON, other spellings quoted.
    Flag(bool, Spelling<'v>),
    /// An instant; Unix times are bare in JSON, patterns quoted.
    Time(DateTime, TimeFormat<'v>),
    /// An instant, always quoted in JSON.
    QuotedTime(DateTime, TimeFormat<'v>),
    /// JSON of the caller's: scalars like those above, a list or an object as compact JSON.
    Json(&'v serde_json::Value),
    /// A record as JSON in a text: quoted where it stands in JSON.
    JsonText(&'v dyn Encode),
    /// A record.
    Record(&'v dyn Encode),
    /// A map, whose members are put like fields.
    Map(&'v dyn Encode),
    /// JSON text, spliced in to the letter.
    Raw(&'v str),
}

impl<'v> Wire<'v> {
    /// A value of an enumeration of texts.
    pub fn choice<E: Enumeration>(value: &'v E) -> Wire<'v> {
        Wire::Text(value.as_str())
    }

    /// A value of an enumeration of numbers.
    pub fn number<E: Enumeration>(value: &'v E) -> Wire<'v> {
        Wire::Number(value.as_str())
    }

    /// A decimal, quoted in JSON.
    pub fn decimal(value: Decimal, scale: u32) -> Wire<'v> {
        Wire::Decimal { value, scale }
    }

    /// A decimal, bare in JSON.
    pub fn bare_decimal(value: Decimal, scale: u32) -> Wire<'v> {
        Wire::BareDecimal { value, scale }
    }
}

/// How a list is written and read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ListStyle<'a> {
    /// One text, joined by this.
    Delimited(&'a str),
    /// A JSON array.
    Json,
    /// A parameter that repeats its name; an array within JSON.
    Repeat,
    /// An object with this one member, the array.
    Inside(&'a str),
    /// A JSON array in a text.
    JsonText,
}

/// A map puts its members like fields.
impl<V: ToWire> Encode for BTreeMap<String, V> {
    fn encode(&self, out: &mut Writer<'_>) {
        for (name, value) in self {
            if V::PRIVATE {
                out.private();
            }
            out.put(name, value.to_wire());
        }
    }
}

/// A value of a map.
pub trait ToWire {
    /// It never shows.
    const PRIVATE: bool = false;

    /// The value on its way to the wire.
    fn to_wire(&self) -> Wire<'_>;
}

impl ToWire for String {
    fn to_wire(&self) -> Wire<'_> {
        Wire::Text(self)
    }
}

impl ToWire for i64 {
    fn to_wire(&self) -> Wire<'_> {
        Wire::Integer(*self)
    }
}

impl ToWire for serde_json::Value {
    fn to_wire(&self) -> Wire<'_> {
        Wire::Json(self)
    }
}

impl<V: ToWire> ToWire for Private<V> {
    const PRIVATE: bool = true;

    fn to_wire(&self) -> Wire<'_> {
        (**self).to_wire()
    }
}

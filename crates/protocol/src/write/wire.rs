//! A value on its way to the wire.

use rust_decimal::Decimal;

use super::Encode;
use crate::datetime::{DateTime, TimeFormat};
use crate::gateway::Spelling;

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

//! The writer of requests and records, and the values that it takes.

use std::ops::Range;

use rust_decimal::Decimal;

use crate::datetime::{DateTime, TimeFormat};
use crate::layout::{JsonStyle, Location, Nested, Spelling};
use crate::params::{Params, Role};

/// A request or record that can write its fields. Dyn-compatible.
pub trait Encode {
    /// Writes all fields in the order of declaration.
    fn encode(&self, out: &mut Writer<'_>);
}

/// A request without fields.
impl Encode for () {
    fn encode(&self, _: &mut Writer<'_>) {}
}

/// Writes the fields of a request as parameters, and those of a record as JSON members.
pub struct Writer<'n> {
    pub(crate) params: Params<'n>,
    pub(super) style: JsonStyle,
    pub(super) nested: Nested,
    pub(super) omit_empty: bool,
    pub(super) place: Location<'n>,
    pub(super) role: Role,
    pub(super) level: Level,
    pub(super) members: Members,
    /// Whether the next value is sensitive.
    pub(super) private: bool,
    /// Values of the placeholders in the path.
    pub(crate) path_fields: Vec<PathField>,
}

/// A field in a placeholder of the path.
#[derive(Clone)]
pub(crate) struct PathField {
    pub(crate) name: String,
    pub(crate) value: String,
    pub(crate) sensitive: bool,
}

/// What the next value becomes.
#[derive(Debug, Clone)]
pub(super) enum Level {
    /// A parameter.
    Parameter,
    /// A parameter with this name, followed by the value's name in brackets.
    Brackets(String),
    /// A member of a JSON object.
    Member,
}

/// The positions of members in the open objects, if they must be sorted.
#[derive(Debug, Default)]
pub(super) struct Members {
    /// Whether the current object has no member yet.
    pub(super) first: bool,
    pub(super) names: String,
    pub(super) all: Vec<Member>,
}

#[derive(Debug, Clone)]
pub(super) struct Member {
    pub(super) name: Range<usize>,
    pub(super) start: usize,
}

/// A value to be written.
#[derive(Clone, Copy)]
pub enum Wire<'v> {
    /// Text.
    Text(&'v str),
    /// Digits of a numeric enumeration's value; bare in JSON.
    Number(&'v str),
    /// An integer, bare in JSON.
    Integer(i64),
    /// An integer, quoted in JSON.
    QuotedInteger(i64),
    /// A decimal with `scale` decimals, quoted in JSON. Further digits are kept.
    Decimal {
        /// The number.
        value: Decimal,
        /// The number of decimals.
        scale: u32,
    },
    /// The same, bare in JSON.
    BareDecimal {
        /// The number.
        value: Decimal,
        /// The number of decimals.
        scale: u32,
    },
    /// A boolean: `true` and `false` are bare in JSON, other spellings quoted.
    Flag(bool, Spelling<'v>),
    /// A time: Unix times are bare in JSON, patterns quoted.
    Time(DateTime, TimeFormat<'v>),
    /// A time, always quoted in JSON.
    QuotedTime(DateTime, TimeFormat<'v>),
    /// The caller's JSON: numbers as they are, strings and members in the platform's style.
    Json(&'v str),
    /// A record as JSON in a text; as a JSON string where it is itself in JSON.
    JsonText(&'v dyn Encode),
    /// A record.
    Record(&'v dyn Encode),
    /// A map, whose members are written like fields.
    Map(&'v dyn Encode),
    /// JSON, inserted as it is.
    Raw(&'v str),
}

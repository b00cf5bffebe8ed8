//! The writer of requests and records, and the values that it accepts.

use std::ops::Range;

use rust_decimal::Decimal;

use crate::datetime::{DateTime, TimeFormat};
use crate::layout::{JsonStyle, Location, Nested, Spelling};
use crate::params::{Params, Role};

/// A request or record that can write its fields. Dyn-compatible.
pub trait Encode {
    /// Writes all fields. They are in the order of declaration, unless the writer accepts any
    /// order.
    fn encode(&self, out: &mut Writer<'_>);
}

/// A request without fields.
impl Encode for () {
    fn encode(&self, _: &mut Writer<'_>) {}
}

/// Writes the fields of a request as parameters, and the fields of a nested record as JSON members.
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
    /// The values of the placeholders in the path.
    pub(crate) path_fields: Vec<PathField>,
}

/// A field that fills a placeholder of the path.
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

/// The positions of the members of all objects that are being written. They are recorded only if
/// members must be sorted.
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
    /// The digits of a numeric value of an enumeration, bare in JSON.
    Number(&'v str),
    /// An integer, bare in JSON.
    Integer(i64),
    /// An integer, quoted in JSON.
    QuotedInteger(i64),
    /// A decimal with at least `scale` decimal places, quoted in JSON.
    Decimal {
        /// The number.
        value: Decimal,
        /// The minimum number of decimal places.
        scale: u32,
    },
    /// Like `Decimal`, but bare in JSON.
    BareDecimal {
        /// The number.
        value: Decimal,
        /// The minimum number of decimal places.
        scale: u32,
    },
    /// A boolean: `true` and `false` are bare in JSON, other spellings quoted.
    Flag(bool, Spelling<'v>),
    /// A time: Unix times are bare in JSON, patterns quoted.
    Time(DateTime, TimeFormat<'v>),
    /// A time, always quoted in JSON.
    QuotedTime(DateTime, TimeFormat<'v>),
    /// JSON from the caller. Numbers are written unchanged, strings and members in the platform's
    /// style.
    Json(&'v str),
    /// A record that is written as JSON in a text. Inside JSON, this text is a JSON string.
    JsonText(&'v dyn Encode),
    /// A record.
    Record(&'v dyn Encode),
    /// A map, whose members are written like fields.
    Map(&'v dyn Encode),
    /// JSON that is inserted unchanged.
    Raw(&'v str),
}

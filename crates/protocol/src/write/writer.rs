//! What requests and records are written into, and the values that they put there.

use std::ops::Range;

use rust_decimal::Decimal;

use crate::datetime::{DateTime, TimeFormat};
use crate::layout::{JsonStyle, Location, Nested, Spelling};
use crate::params::{Params, Role};

/// A request or a record that can write its fields. Object safe.
pub trait Encode {
    /// Puts every field, in the order of declaration.
    fn encode(&self, out: &mut Writer<'_>);
}

/// A request without fields.
impl Encode for () {
    fn encode(&self, _: &mut Writer<'_>) {}
}

/// Takes the fields of a request as parameters, those of a record as JSON members.
pub struct Writer<'n> {
    pub(crate) params: Params<'n>,
    pub(super) style: JsonStyle,
    pub(super) nested: Nested,
    pub(super) omit_empty: bool,
    pub(super) place: Location<'n>,
    pub(super) role: Role,
    pub(super) level: Level,
    pub(super) members: Members,
    /// What is put next is sensitive.
    pub(super) private: bool,
    /// What fills the path.
    pub(crate) path_fields: Vec<PathField>,
}

/// A field that fills a hole of the path.
#[derive(Clone)]
pub(crate) struct PathField {
    pub(crate) name: String,
    pub(crate) value: String,
    pub(crate) sensitive: bool,
}

/// What a `put` writes.
#[derive(Debug, Clone)]
pub(super) enum Level {
    /// A parameter.
    Parameter,
    /// A parameter whose name is this, then the name in brackets.
    Brackets(String),
    /// A member of a JSON object.
    Member,
}

/// Where the members of the open objects begin, if their order matters.
#[derive(Debug, Default)]
pub(super) struct Members {
    /// The current object has no member yet.
    pub(super) first: bool,
    pub(super) names: String,
    pub(super) all: Vec<Member>,
}

#[derive(Debug, Clone)]
pub(super) struct Member {
    pub(super) name: Range<usize>,
    pub(super) start: usize,
}

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
    /// JSON of the caller's: numbers to the letter, texts and members in the platform's style.
    Json(&'v str),
    /// A record as JSON in a text: quoted where it stands in JSON.
    JsonText(&'v dyn Encode),
    /// A record.
    Record(&'v dyn Encode),
    /// A map, whose members are put like fields.
    Map(&'v dyn Encode),
    /// JSON text, spliced in to the letter.
    Raw(&'v str),
}

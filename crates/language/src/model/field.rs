//! Records, fields, types and rules.

use super::{About, SpanLimit};
use crate::source::SourceSpan;
use gatespec_protocol::Pattern;
pub use gatespec_protocol::record::MapOf;
use std::collections::HashMap;
use std::sync::OnceLock;

/// An index in [`super::Platform::types`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TypeId(pub usize);

/// A named type of a platform.
#[derive(Debug, Clone)]
pub struct TypeDef {
    /// The name in the spec, in CamelCase.
    pub name: String,
    /// The span of the name.
    pub span: SourceSpan,
    /// The path of the spec, relative to the specs folder, with `/`.
    pub file: String,
    /// The wire name of the method in whose file the type is declared; `None` if all methods share
    /// it.
    pub method: Option<String>,
    /// Prose and provenance.
    pub about: About,
    /// The definition.
    pub kind: TypeKind,
}

/// A record or an enumeration.
#[derive(Debug, Clone)]
pub enum TypeKind {
    /// A record.
    Record(Record),
    /// An open enumeration: a list of known values.
    Enumeration(Enumeration),
}

/// Named fields in the document's order.
#[derive(Debug, Clone, Default)]
pub struct Record {
    /// All rows, including those that are not sent.
    pub fields: Vec<Field>,
    /// Rules that involve several fields.
    pub rules: Vec<Rule>,
    /// The type of unlisted members, if they are kept.
    pub others: Option<MapOf>,
    /// The index with which [`field`](Self::field) finds the fields of large records.
    pub(crate) by_name: ByName,
}

/// The position of each field by name, filled when a large record is first searched.
#[derive(Debug, Clone, Default)]
pub(crate) struct ByName(OnceLock<HashMap<String, usize>>);

impl Record {
    /// The fields that are sent as members of the record.
    pub fn sent(&self) -> impl Iterator<Item = &Field> + Clone {
        self.fields.iter().filter(|field| field.send == Delivery::Yes)
    }

    /// The indices of the fields in [`sent`](Self::sent), sorted by the bytes of their wire names.
    pub fn order(&self) -> Vec<usize> {
        let names: Vec<_> = self.sent().map(|field| field.name.as_bytes()).collect();
        let mut order: Vec<usize> = (0..names.len()).collect();
        order.sort_by_key(|&at| names[at]);
        order
    }

    /// The field with this wire name.
    pub fn field(&self, name: &str) -> Option<&Field> {
        /// The maximum number of fields that are searched one by one, which is faster for a few.
        const FEW: usize = 16;
        let one_by_one = || self.fields.iter().find(|field| field.name == name);
        if self.fields.len() <= FEW {
            return one_by_one();
        }
        let all = self.fields.iter().enumerate().rev();
        let by_name = self
            .by_name
            .0
            .get_or_init(|| all.map(|(index, field)| (field.name.clone(), index)).collect());
        // The fields may have changed since the index was filled.
        match by_name.get(name).map(|index| self.fields.get(*index)) {
            Some(Some(field)) if field.name == name => Some(field),
            None if by_name.len() == self.fields.len() => None,
            _ => one_by_one(),
        }
    }
}

/// One row of a parameter table.
#[derive(Debug, Clone)]
pub struct Field {
    /// The wire name.
    pub name: String,
    /// The span of the name.
    pub span: SourceSpan,
    /// The type of the value. If the field is a list, the type of an item.
    pub ty: Type,
    /// The form of a list on the wire, if the field is a list.
    pub list: Option<ListStyle>,
    /// Whether a record or list is JSON inside a JSON string.
    pub json_text: bool,
    /// Whether an answer may contain a single item in place of the list.
    pub single: bool,
    /// When a request must have the field.
    pub required: Required,
    /// Limits of the value, each with its span.
    pub constraints: Vec<(Constraint, SourceSpan)>,
    /// Whether and how the field is sent.
    pub send: Delivery,
    /// Whether the field fills a placeholder of the path.
    pub in_path: bool,
    /// Whether an absent value is sent as null (JSON only).
    pub nullable: bool,
    /// Whether every answer contains the field.
    pub always: bool,
    /// Whether the value is hidden from `Debug`, errors and logs.
    pub sensitive: bool,
    /// The Rust name, if the spec gives one.
    pub rust: Option<(String, SourceSpan)>,
    /// A sample value, as it is on the wire.
    pub example: Option<String>,
    /// The spans of some of the field's keys.
    pub places: FieldPlaces,
    /// Prose and provenance.
    pub about: About,
}

/// The spans of some keys of a field.
#[derive(Debug, Clone, Copy, Default)]
pub struct FieldPlaces {
    /// The value of `example`.
    pub example: Option<SourceSpan>,
    /// The key `required`.
    pub required: Option<SourceSpan>,
    /// The key `always`.
    pub always: Option<SourceSpan>,
    /// The key `from`.
    pub from: Option<SourceSpan>,
    /// The first of the keys that limit the value.
    pub constraints: Option<SourceSpan>,
}

/// Whether and how a row of a table is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Delivery {
    /// As a business parameter.
    Yes,
    /// As a public parameter; the row only lists it again.
    FromPublic,
    /// Not at all: the row only records what the document says.
    Never,
}

/// Whether a request must have a field. A required field must not be empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Required {
    /// Never.
    No,
    /// Always.
    Yes,
    /// When the condition holds.
    When(Condition),
    /// Unless the condition holds.
    Unless(Condition),
}

/// A condition on another field of the same record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// The other field's wire name.
    pub field: String,
    /// The span of the name in `field`.
    pub span: SourceSpan,
    /// The values that satisfy the condition; if empty, any value that is present and not empty.
    pub any_of: Vec<String>,
    /// The span of each value.
    pub is: Vec<SourceSpan>,
}

/// The type of a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Type {
    /// A text of any characters.
    Text,
    /// A 64-bit integer.
    Integer {
        /// Whether the number is a string in JSON.
        quoted: bool,
    },
    /// An amount as a whole number of fen (0.01 yuan).
    Fen {
        /// Whether the number is a string in JSON.
        quoted: bool,
    },
    /// An exact decimal, including amounts in yuan.
    Decimal {
        /// The number of decimals on the wire.
        scale: u32,
        /// Whether the decimal is a number in JSON.
        bare: bool,
        /// Whether the decimal is an amount in yuan.
        yuan: bool,
    },
    /// A boolean in the platform's spelling.
    Boolean {
        /// The text for true.
        yes: String,
        /// The text for false.
        no: String,
    },
    /// A point in time.
    DateTime(TimeCodec),
    /// Any JSON value.
    Json,
    /// A map with arbitrary keys.
    Map(MapOf),
    /// A record.
    Record(TypeId),
    /// An open enumeration.
    Enumeration(TypeId),
    /// The type does not exist. This was reported once and causes no further errors.
    Invalid,
}

/// The format of a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeCodec {
    /// `unix_seconds`, `unix_millis`, or a pattern such as `yyyy-MM-dd HH:mm:ss`.
    pub format: String,
    /// The time zone, in seconds east of UTC.
    pub offset: i32,
    /// The text that means "not yet".
    pub never: Option<String>,
    /// Whether a Unix time is a string in JSON.
    pub quoted: bool,
}

/// The form of a list on the wire.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ListStyle {
    /// One text, in which a delimiter separates the items.
    Delimited(String),
    /// A JSON array.
    Json,
    /// One parameter per item, all with the same name.
    Repeat,
    /// An object whose only member is the array: `{ item: [ … ] }`.
    Inside(String),
}

/// A limit of a single value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Constraint {
    /// The number of characters of a text.
    Length {
        /// The minimum, inclusive.
        min: Option<u64>,
        /// The maximum, inclusive.
        max: Option<u64>,
    },
    /// The range of a number. The bounds are kept as written.
    Range {
        /// The minimum, inclusive.
        min: Option<String>,
        /// The maximum, inclusive.
        max: Option<String>,
    },
    /// A regular expression that the whole text must match.
    Pattern(Pattern),
    /// The number of items of a list, or of entries of a map.
    Items {
        /// The minimum, inclusive.
        min: Option<u64>,
        /// The maximum, inclusive.
        max: Option<u64>,
    },
}

/// A rule that involves several fields of one record.
#[derive(Debug, Clone)]
pub struct Rule {
    /// What the rule requires.
    pub kind: RuleKind,
    /// The span in the spec.
    pub span: SourceSpan,
    /// The spans of the names that [`RuleKind::fields`] returns.
    pub names: Vec<SourceSpan>,
    /// Prose and provenance.
    pub about: About,
}

/// What a rule requires of several fields. Fields are given by wire name.
#[derive(Debug, Clone, PartialEq)]
pub enum RuleKind {
    /// The first time must not be after the second.
    NotAfter(String, String),
    /// The two times must be at most this far apart.
    Span(String, String, SpanLimit),
    /// At least one of the fields must be present and not empty.
    AtLeastOne(Vec<String>),
}

impl RuleKind {
    /// The wire names of the fields in the rule.
    pub fn fields(&self) -> Vec<&str> {
        match self {
            RuleKind::NotAfter(a, b) | RuleKind::Span(a, b, _) => vec![a, b],
            RuleKind::AtLeastOne(names) => names.iter().map(String::as_str).collect(),
        }
    }

    /// The key that states the rule in a spec.
    pub fn key(&self) -> &'static str {
        match self {
            RuleKind::NotAfter(..) => "not_after",
            RuleKind::Span(..) => "span",
            RuleKind::AtLeastOne(..) => "at_least_one",
        }
    }
}

/// The known values of an open enumeration.
#[derive(Debug, Clone)]
pub struct Enumeration {
    /// The values in the document's order.
    pub variants: Vec<Variant>,
    /// Whether the values are numbers on the wire.
    pub numeric: bool,
}

/// One known value.
#[derive(Debug, Clone)]
pub struct Variant {
    /// The wire value.
    pub value: String,
    /// The span in the spec.
    pub span: SourceSpan,
    /// The Rust name, if the spec gives one.
    pub rust: Option<(String, SourceSpan)>,
    /// Prose and provenance.
    pub about: About,
}

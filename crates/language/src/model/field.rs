//! Records, fields, types and rules.

use super::{About, SpanLimit};
use crate::source::SourceSpan;
use gatespec_protocol::Pattern;
pub use gatespec_protocol::record::MapOf;

/// Points into [`super::Platform::types`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TypeId(pub usize);

/// A named type of a platform.
#[derive(Debug, Clone)]
pub struct TypeDef {
    /// The name in the spec, CamelCase.
    pub name: String,
    /// The place of the name.
    pub span: SourceSpan,
    /// The spec file, relative to the specs folder, with `/`.
    pub file: String,
    /// The wire name of the method whose file holds it; `None`: shared by the platform.
    pub method: Option<String>,
    /// Prose and provenance.
    pub about: About,
    /// What it is.
    pub kind: TypeKind,
}

/// A record or an enumeration.
#[derive(Debug, Clone)]
pub enum TypeKind {
    /// Named fields.
    Record(Record),
    /// A list of known values; others may come.
    Enumeration(Enumeration),
}

/// Named fields, in the document's order.
#[derive(Debug, Clone, Default)]
pub struct Record {
    /// All rows, recorded ones that are not sent included.
    pub fields: Vec<Field>,
    /// Rules over several fields.
    pub rules: Vec<Rule>,
    /// Unlisted members are kept, typed so.
    pub others: Option<MapOf>,
}

impl Record {
    /// The fields that this record itself carries on the wire.
    pub fn sent(&self) -> impl Iterator<Item = &Field> + Clone {
        self.fields.iter().filter(|field| field.send == Delivery::Yes)
    }

    /// The fields that it carries itself, by the bytes of their wire names.
    pub fn order(&self) -> Vec<usize> {
        let names: Vec<_> = self.sent().map(|field| field.name.as_bytes()).collect();
        let mut order: Vec<usize> = (0..names.len()).collect();
        order.sort_by_key(|&at| names[at]);
        order
    }

    /// A field by its wire name.
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }
}

/// One row of a parameter table.
#[derive(Debug, Clone)]
pub struct Field {
    /// The wire name.
    pub name: String,
    /// The place of the name.
    pub span: SourceSpan,
    /// The type of the value, or of an element if `list` is there.
    pub ty: Type,
    /// How a list of it travels.
    pub list: Option<ListStyle>,
    /// A record or list that travels as JSON inside a JSON string.
    pub json_text: bool,
    /// An answer may give one item of the list without the list.
    pub single: bool,
    /// Whether a request must have it.
    pub required: Required,
    /// Limits of its value.
    pub constraints: Vec<(Constraint, SourceSpan)>,
    /// Whether it is sent.
    pub send: Delivery,
    /// It fills a hole of the path.
    pub in_path: bool,
    /// Null is sent when it is absent (JSON only).
    pub nullable: bool,
    /// An answer always has it.
    pub always: bool,
    /// Never shown in `Debug`, errors or logs.
    pub sensitive: bool,
    /// The Rust name that the spec chose.
    pub rust: Option<(String, SourceSpan)>,
    /// A sample value, as on the wire.
    pub example: Option<String>,
    /// Where some of its keys are.
    pub places: FieldPlaces,
    /// Prose and provenance.
    pub about: About,
}

/// Where a field says what.
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
    /// The first key that limits the value.
    pub constraints: Option<SourceSpan>,
}

/// Whether and how a row of the table is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Delivery {
    /// With the business parameters.
    Yes,
    /// The row repeats a public parameter, which is sent once.
    FromPublic,
    /// Recorded, never sent.
    Never,
}

/// Whether a request must have a field, which then must not be empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Required {
    /// It may be absent.
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
    /// The place of its name.
    pub span: SourceSpan,
    /// It has one of these values; empty: it is present and not empty.
    pub any_of: Vec<String>,
    /// The place of each value.
    pub is: Vec<SourceSpan>,
}

/// The type of a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Type {
    /// Any characters.
    Text,
    /// A whole number of 64 bits; `quoted`: as text in JSON.
    Integer {
        /// As text in JSON.
        quoted: bool,
    },
    /// A whole number of hundredths of a yuan.
    Fen {
        /// As text in JSON.
        quoted: bool,
    },
    /// Exact decimal; yuan amounts too.
    Decimal {
        /// Decimals on the wire.
        scale: u32,
        /// As a number in JSON.
        bare: bool,
        /// It is an amount in yuan.
        yuan: bool,
    },
    /// Yes or no, in the platform's spelling.
    Boolean {
        /// The two spellings.
        yes: String,
        /// The two spellings.
        no: String,
    },
    /// An instant.
    DateTime(TimeCodec),
    /// Any JSON value.
    Json,
    /// Free keys.
    Map(MapOf),
    /// A record.
    Record(TypeId),
    /// An open enumeration.
    Enumeration(TypeId),
    /// A type that does not exist: reported once, then passed over.
    Invalid,
}

/// How an instant is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeCodec {
    /// `yyyy-MM-dd HH:mm:ss`, `unix_seconds` or `unix_millis`.
    pub format: String,
    /// Seconds east of UTC.
    pub offset: i32,
    /// The text that means "not yet".
    pub never: Option<String>,
    /// A Unix time as text in JSON.
    pub quoted: bool,
}

/// How a list travels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ListStyle {
    /// Joined by a delimiter into one text.
    Delimited(String),
    /// A JSON array.
    Json,
    /// The name repeated.
    Repeat,
    /// `{ item: [ … ] }`.
    Inside(String),
}

/// A limit of one value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Constraint {
    /// Characters of a text.
    Length {
        /// At least.
        min: Option<u64>,
        /// At most.
        max: Option<u64>,
    },
    /// A number, inclusive, as written.
    Range {
        /// At least.
        min: Option<String>,
        /// At most.
        max: Option<String>,
    },
    /// A regular expression that the whole text matches.
    Pattern(Pattern),
    /// Elements of a list.
    Items {
        /// At least.
        min: Option<u64>,
        /// At most.
        max: Option<u64>,
    },
}

/// A rule over several fields of one record.
#[derive(Debug, Clone)]
pub struct Rule {
    /// What it asks.
    pub kind: RuleKind,
    /// Its place in the spec.
    pub span: SourceSpan,
    /// The place of each of [`RuleKind::fields`].
    pub names: Vec<SourceSpan>,
    /// Prose and provenance.
    pub about: About,
}

/// The closed vocabulary of rules over several fields; names are wire names.
#[derive(Debug, Clone, PartialEq)]
pub enum RuleKind {
    /// The first time is not after the second.
    NotAfter(String, String),
    /// Two times are at most this far apart.
    Span(String, String, SpanLimit),
    /// At least one of the fields is present and not empty.
    AtLeastOne(Vec<String>),
}

impl RuleKind {
    /// The wire names that the rule speaks of.
    pub fn fields(&self) -> Vec<&str> {
        match self {
            RuleKind::NotAfter(a, b) | RuleKind::Span(a, b, _) => vec![a, b],
            RuleKind::AtLeastOne(names) => names.iter().map(String::as_str).collect(),
        }
    }

    /// The rule's key in a spec.
    pub fn key(&self) -> &'static str {
        match self {
            RuleKind::NotAfter(..) => "not_after",
            RuleKind::Span(..) => "span",
            RuleKind::AtLeastOne(..) => "at_least_one",
        }
    }
}

/// Known values of a field; others may come.
#[derive(Debug, Clone)]
pub struct Enumeration {
    /// In the document's order.
    pub variants: Vec<Variant>,
    /// The values are numbers on the wire.
    pub numeric: bool,
}

/// One known value.
#[derive(Debug, Clone)]
pub struct Variant {
    /// The wire value.
    pub value: String,
    /// Its place in the spec.
    pub span: SourceSpan,
    /// The Rust name that the spec chose.
    pub rust: Option<(String, SourceSpan)>,
    /// Prose and provenance.
    pub about: About,
}

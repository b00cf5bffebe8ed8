//! What is known of a record before there is a value of it.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;

use rust_decimal::Decimal;

use super::places::hash;
use crate::check::Pattern;
use crate::datetime::TimeFormat;
use crate::fact::{Fact, Term};
use crate::json::ParamType;
use crate::layout::{Nested, Spelling};
use crate::rules::TimeSpan;
use crate::write::ListStyle;

/// The fields of a record and its rules.
#[derive(Debug, Clone, Copy)]
pub struct Schema<'a> {
    /// The fields, in the order of the document.
    pub fields: &'a [Field<'a>],
    /// The fields again, sorted by the bytes of their names; may be empty if they are few.
    pub order: &'a [usize],
    /// Where each name is found, as [`place`](super::place) fills it; may be empty if the fields are few.
    pub places: &'a [u32],
    /// Rules over several fields.
    pub rules: &'a [Rule<'a>],
}

impl Schema<'static> {
    /// A record without fields.
    pub const EMPTY: &'static Schema<'static> =
        &Schema { fields: &[], order: &[], places: &[], rules: &[] };
}

impl<'a> Schema<'a> {
    /// The names of sensitive fields, of this record and of all that it can hold.
    pub fn sensitive(&self) -> Vec<&str> {
        let (mut names, mut known) = (Vec::new(), vec![self]);
        let mut next = 0;
        while let Some(schema) = known.get(next).copied() {
            next += 1;
            for field in schema.fields {
                names.extend(field.sensitive.then_some(field.name));
                if let FieldType::Record(inner) = field.kind
                    && !known.iter().any(|one| std::ptr::eq(one.fields, inner.schema().fields))
                {
                    known.push(inner.schema());
                }
            }
        }
        names
    }

    /// The index of the field with this name. `near` is tried first: members usually arrive in the
    /// order of the document.
    #[inline]
    pub fn find(&self, name: &str, near: usize) -> Option<usize> {
        match self.fields.get(near) {
            Some(field) if field.name == name => Some(near),
            _ => self.search(name),
        }
    }

    fn search(&self, name: &str) -> Option<usize> {
        if self.places.is_empty() {
            return self.fields.iter().position(|field| field.name == name);
        }
        let mask = self.places.len() - 1;
        let mut at = hash(name.as_bytes()) & mask;
        loop {
            let index = (self.places[at] as usize).checked_sub(1)?;
            if self.fields[index].name == name {
                return Some(index);
            }
            at = (at + 1) & mask;
        }
    }
}

/// One field of a record.
#[derive(Debug, Clone, Copy)]
pub struct Field<'a> {
    /// The name on the wire.
    pub name: &'a str,
    /// What it holds, or what each item of its list holds.
    pub kind: FieldType<'a>,
    /// How it is written in JSON, if not as usual for its kind.
    pub form: Form,
    /// How a list of it travels; `None` if it is no list.
    pub list: Option<ListStyle<'a>>,
    /// An answer may hold one item in place of the list.
    pub single: bool,
    /// A record or map that travels as JSON within a text.
    pub json_text: bool,
    /// Whether a request must have it.
    pub required: Required<'a>,
    /// Limits of its value.
    pub limits: &'a [Limit<'a>],
    /// It fills a hole of the path, and is no parameter.
    pub in_path: bool,
    /// JSON holds null where it is absent.
    pub nullable: bool,
    /// Decoding a record without it is an error.
    pub always: bool,
    /// It is never shown in errors, logs and explanations.
    pub sensitive: bool,
}

impl Field<'static> {
    /// An optional text without a name: what generated fields are spelled out over.
    pub const BARE: Field<'static> = Field {
        name: "",
        kind: FieldType::Text,
        form: Form::Usual,
        list: None,
        single: false,
        json_text: false,
        required: Required::No,
        limits: &[],
        in_path: false,
        nullable: false,
        always: false,
        sensitive: false,
    };
}

impl Field<'_> {
    /// How the field's text stands in JSON if it travels as a parameter; of one that is sent in
    /// parts, how each part does.
    pub(crate) fn parameter_kind(&self, nested: Nested) -> ParamType {
        match self.list {
            _ if self.json_text => ParamType::Text,
            Some(ListStyle::Delimited(_) | ListStyle::JsonText) => ParamType::Text,
            Some(ListStyle::Json) if nested == Nested::Json => ParamType::Json,
            Some(ListStyle::Inside(_)) => ParamType::Json,
            _ if matches!(
                self.kind,
                FieldType::Record(_) | FieldType::Map(_) | FieldType::Json
            ) =>
            {
                ParamType::Json
            }
            _ if self.is_bare() => ParamType::Number,
            _ => ParamType::Text,
        }
    }

    /// A value of it can break a rule.
    pub(crate) fn is_checked(&self) -> bool {
        match self.kind {
            FieldType::Record(_)
            | FieldType::Choice(_)
            | FieldType::Decimal(_)
            | FieldType::Amount(_) => true,
            FieldType::Text if matches!(self.list, Some(ListStyle::Delimited(_))) => true,
            _ => self.required != Required::No || !self.limits.is_empty(),
        }
    }

    /// A scalar stands in JSON without quotes.
    fn is_bare(&self) -> bool {
        match (self.kind, self.form) {
            (_, Form::Quoted) => false,
            (_, Form::Bare) | (FieldType::Integer, _) => true,
            (FieldType::Flag(spelling), _) => spelling.is_words(),
            (FieldType::Time(format, _), _) => format.is_number(),
            _ => false,
        }
    }
}

/// What a field holds.
#[derive(Clone, Copy)]
pub enum FieldType<'a> {
    /// Any characters.
    Text,
    /// A whole number of 64 bits; an amount in fen, too.
    Integer,
    /// An exact decimal that is written with so many decimals.
    Decimal(u32),
    /// The same; an answer with more decimals is refused.
    Amount(u32),
    /// Yes or no in the platform's spelling.
    Flag(Spelling<'a>),
    /// An instant, and the text that stands for none.
    Time(TimeFormat<'a>, Option<&'a str>),
    /// JSON of any shape.
    Json,
    /// An object with free names.
    Map(MapOf),
    /// A value of an open enumeration, of which the documents list these.
    Choice(&'a [&'a str]),
    /// A record.
    Record(&'a dyn Describe),
}

impl fmt::Debug for FieldType<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            FieldType::Text => f.write_str("Text"),
            FieldType::Integer => f.write_str("Integer"),
            FieldType::Decimal(scale) => write!(f, "Decimal({scale})"),
            FieldType::Amount(scale) => write!(f, "Amount({scale})"),
            FieldType::Flag(spelling) => write!(f, "Flag({:?}, {:?})", spelling.yes, spelling.no),
            FieldType::Time(format, never) => write!(f, "Time({format:?}, {never:?})"),
            FieldType::Json => f.write_str("Json"),
            FieldType::Map(of) => write!(f, "Map({of:?})"),
            FieldType::Choice(values) => write!(f, "Choice({values:?})"),
            FieldType::Record(inner) => write!(f, "Record({inner:?})"),
        }
    }
}

/// What a map with free names holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MapOf {
    /// Texts.
    Text,
    /// Whole numbers.
    Integer,
    /// JSON of any shape.
    Json,
}

/// How a value is written in JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// As usual for its kind.
    Usual,
    /// A number in quotes.
    Quoted,
    /// A decimal or a value of an enumeration without quotes.
    Bare,
}

/// Whether a request must have a field, which then must not be empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Required<'a> {
    /// It may be absent.
    No,
    /// Always.
    Yes,
    /// If the condition holds.
    When(Condition<'a>),
    /// Unless the condition holds.
    Unless(Condition<'a>),
}

/// A condition on another field of the same record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Condition<'a> {
    /// The index of the other field.
    pub field: usize,
    /// It has one of these values; if empty: it is given.
    pub any_of: &'a [&'a str],
}

/// A limit of one value. Both ends of a range are included.
#[derive(Debug, Clone, Copy)]
pub enum Limit<'a> {
    /// Characters of a text, at least and at most.
    Length(Option<usize>, Option<usize>),
    /// A number, at least and at most.
    Range(Option<Decimal>, Option<Decimal>),
    /// A regular expression that the whole text matches.
    Pattern(&'a Pattern),
    /// Items of a list or a map, at least and at most.
    Items(Option<usize>, Option<usize>),
}

/// A rule over several fields, which it names by their indices.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule<'a> {
    /// The first time is not after the second.
    NotAfter(usize, usize),
    /// The two times are at most so far apart.
    Span(usize, usize, TimeSpan),
    /// At least one of these is given.
    AtLeastOne(&'a [usize]),
}

/// What knows a schema. Records may hold each other, so a field refers to a schema that may be made
/// later.
pub trait Describe: Sync {
    /// The schema.
    fn schema(&self) -> &Schema<'_>;
}

impl fmt::Debug for dyn Describe + '_ {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Records may hold each other without end.
        let names = self.schema().fields.iter().map(|field| field.name);
        f.debug_list().entries(names).finish()
    }
}

// Facts of methods are compared and hashed. Schemas may hold each other, so only one and the same
// schema is equal to itself.

impl PartialEq for dyn Describe + '_ {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::addr_eq(self.schema(), other.schema())
    }
}

impl Eq for dyn Describe + '_ {}

impl Hash for dyn Describe + '_ {
    fn hash<H: Hasher>(&self, state: &mut H) {
        std::ptr::from_ref(self.schema()).hash(state);
    }
}

/// Generated code states a schema by the type of the request, so none is printed as a value.
impl Fact for dyn Describe + '_ {
    fn term(&self) -> Term<'_> {
        Term::Call("Schema::EMPTY", None)
    }
}

impl Describe for Schema<'_> {
    fn schema(&self) -> &Schema<'_> {
        self
    }
}

/// A type whose schema is known when it is compiled; implemented by [`record!`](crate::record!).
pub trait Described {
    /// The schema.
    fn schema() -> &'static Schema<'static>;
}

/// The schema of a type, for a constant. Schemas that hold each other could not be constants
/// themselves.
pub const fn schema_of<T: Described + 'static>() -> &'static dyn Describe {
    &Of::<T>(PhantomData)
}

struct Of<T>(PhantomData<fn() -> T>);

impl<T: Described> Describe for Of<T> {
    fn schema(&self) -> &Schema<'_> {
        T::schema()
    }
}

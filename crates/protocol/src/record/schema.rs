//! The description of a record's type.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;

use super::limit::Limit;
use super::places::hash;
use crate::datetime::TimeFormat;
use crate::fact::{Fact, Term};
use crate::json::ParamType;
use crate::layout::{Nested, Spelling};
use crate::rules::TimeSpan;
use crate::write::ListStyle;

/// The fields of a record and its rules.
#[derive(Debug, Clone, Copy)]
pub struct Schema<'a> {
    /// The fields in the order of declaration.
    pub fields: &'a [Field<'a>],
    /// The indexes of the fields, sorted by the bytes of their names. May be empty if there are few
    /// fields.
    pub order: &'a [usize],
    /// A hash table of the names, filled by [`place`](super::place). May be empty if there are few
    /// fields.
    pub places: &'a [u32],
    /// Rules over several fields.
    pub rules: &'a [Rule<'a>],
}

impl Schema<'static> {
    /// The schema of a record without fields.
    pub const EMPTY: &'static Schema<'static> =
        &Schema { fields: &[], order: &[], places: &[], rules: &[] };
}

impl<'a> Schema<'a> {
    /// The names of the sensitive fields of this record and of all records in it.
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

    /// The index of the field with this name. Tries `near` first, because members usually arrive in
    /// the order of declaration.
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

/// A field of a record.
#[derive(Debug, Clone, Copy)]
pub struct Field<'a> {
    /// The name on the wire.
    pub name: &'a str,
    /// The type of the value; for a list, the type of each item.
    pub kind: FieldType<'a>,
    /// How the value is written in JSON.
    pub form: Form,
    /// The format of the list; `None` if the field is not a list.
    pub list: Option<ListStyle<'a>>,
    /// Whether an answer may contain a single item instead of the list.
    pub single: bool,
    /// Whether the field is a record or map that is sent as a text which contains JSON.
    pub json_text: bool,
    /// Whether a request must have the field.
    pub required: Required<'a>,
    /// The limits of the value.
    pub limits: &'a [Limit<'a>],
    /// Whether the value fills a placeholder of the path instead of being sent as a parameter.
    pub in_path: bool,
    /// Whether JSON contains `null` if the field has no value, instead of leaving it out.
    pub nullable: bool,
    /// Whether decoding fails if the record lacks this field.
    pub always: bool,
    /// Whether errors, logs and explanations mask the value.
    pub sensitive: bool,
}

impl Field<'static> {
    /// An optional text without a name. Generated fields state only what differs from it.
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
    /// The type that the field has in JSON if it is sent as a parameter. If it is sent as several
    /// parameters, this is the type of each of them.
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

    /// Whether a value of this field can violate a rule.
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

    /// Whether the value is a scalar that JSON contains without quotes.
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

/// The type of a field.
#[derive(Clone, Copy)]
pub enum FieldType<'a> {
    /// A text.
    Text,
    /// A whole number of 64 bits; also used for amounts in fen.
    Integer,
    /// An exact decimal, written with this number of decimal places.
    Decimal(u32),
    /// Like `Decimal`, but decoding fails if the number has more decimal places.
    Amount(u32),
    /// A boolean in the platform's spelling.
    Flag(Spelling<'a>),
    /// A time in this format. If there is a text, it is written when the field has no time.
    Time(TimeFormat<'a>, Option<&'a str>),
    /// JSON of any shape.
    Json,
    /// An object with arbitrary member names.
    Map(MapOf),
    /// A value of an open enumeration. The list has the values in the spec.
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

/// The type of a map's values.
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
    /// In the usual way for its type.
    Usual,
    /// A number is written in quotes.
    Quoted,
    /// A decimal or a value of an enumeration is written without quotes.
    Bare,
}

/// Whether a request must have a field. A required field must not be empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Required<'a> {
    /// The field is optional.
    No,
    /// The field is required.
    Yes,
    /// The field is required if the condition holds.
    When(Condition<'a>),
    /// The field is required unless the condition holds.
    Unless(Condition<'a>),
}

/// A condition on another field of the same record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Condition<'a> {
    /// The index of the other field.
    pub field: usize,
    /// The values of the other field for which the condition holds; if empty, any value.
    pub any_of: &'a [&'a str],
}

/// A rule over several fields, given by their indexes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule<'a> {
    /// The first time must not be after the second.
    NotAfter(usize, usize),
    /// The two times must be at most this far apart.
    Span(usize, usize, TimeSpan),
    /// At least one of the fields must have a value.
    AtLeastOne(&'a [usize]),
}

/// Provides a schema. Fields refer to the schemas of nested records through this trait, because
/// records may contain each other.
pub trait Describe: Sync {
    /// The schema.
    fn schema(&self) -> &Schema<'_>;
}

impl fmt::Debug for dyn Describe + '_ {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Shows only names, because records may contain each other, and their schemas would have no
        // end.
        let names = self.schema().fields.iter().map(|field| field.name);
        f.debug_list().entries(names).finish()
    }
}

// `MethodInfo` is compared and hashed, and contains a schema. Schemas may contain each other, so
// each is equal only to itself.

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

/// A schema is not printed, because generated code refers to it through the type of the request.
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

/// A type with a constant schema. Implemented by [`record!`](crate::record!).
pub trait Described {
    /// The schema.
    fn schema() -> &'static Schema<'static>;
}

/// Refers to the schema of a type, for use in constants. The schemas themselves cannot be
/// constants, because they may contain each other.
pub const fn schema_of<T: Described + 'static>() -> &'static dyn Describe {
    &Of::<T>(PhantomData)
}

struct Of<T>(PhantomData<fn() -> T>);

impl<T: Described> Describe for Of<T> {
    fn schema(&self) -> &Schema<'_> {
        T::schema()
    }
}

//! The plan as data: the whole output, with each wire name beside its identifier.
//!
//! The plan contains every decision: types, derives, the arguments of each function, every line of
//! documentation. `emit` only writes them as Rust.

use super::names::Ident;
use super::prose::Docs;
use crate::model;
use gatespec_protocol::record::{self, MapOf, Required, Rule};
use gatespec_protocol::{RangeRule, TimeFormat};

/// One platform: a folder of the output.
#[derive(Debug)]
pub(crate) struct Platform<'m> {
    pub spec: &'m model::Platform,
    pub module: Ident,
    /// Documentation of the module.
    pub docs: Docs,
    /// One line about the platform, for the crate's documentation.
    pub title: String,
    /// The name of each gateway's constant.
    pub gateways: Vec<Ident>,
    /// The addresses that the spec publishes.
    pub environments: Vec<Environment<'m>>,
    /// Documentation of the credentials' type.
    pub credential_docs: Docs,
    /// The credentials of all gateways.
    pub credentials: Vec<Credential<'m>>,
    /// Time formats with a pattern, each once, with the names of their constants.
    pub formats: Vec<(Ident, TimeFormat<'m>)>,
    /// All records and enumerations, by `TypeId`.
    pub types: Vec<Item<'m>>,
    /// The types that methods share, as indices into `types`.
    pub shared: Vec<usize>,
    /// How the module names the standard library.
    pub std: Std,
    /// Documentation of the file of shared types.
    pub types_docs: Docs,
    /// How the file of shared types names the standard library.
    pub types_std: Std,
    /// The methods, one file each.
    pub methods: Vec<Method<'m>>,
}

/// The published address of a gateway.
#[derive(Debug)]
pub(crate) struct Environment<'m> {
    /// The name of the constant.
    pub ident: Ident,
    pub url: &'m str,
    /// Documentation of the constant.
    pub docs: Docs,
}

#[derive(Debug)]
pub(crate) struct Credential<'m> {
    /// The name in the spec.
    pub wire: &'m str,
    /// The name of the argument or setter.
    pub ident: Ident,
    /// Whether a client can be built without the credential.
    pub optional: bool,
    /// The gateways whose calls need the credential, although it is optional.
    pub needed_by: Vec<&'m str>,
    /// The client's function that replaces the credential, if the credential differs from shop to
    /// shop.
    pub replace: Option<Ident>,
    /// The description of the credential, as Markdown.
    pub docs: String,
    /// How certain the description is, as Markdown.
    pub provenance: Vec<String>,
}

/// One method: a file.
#[derive(Debug)]
pub(crate) struct Method<'m> {
    pub spec: &'m model::Method,
    /// The name of the constant of the method's gateway.
    pub gateway: Ident,
    /// The name of the module and of the client's function.
    pub module: Ident,
    /// Whether the module has types of its own and is therefore public.
    pub public: bool,
    /// Documentation of the module, if it is public.
    pub docs: Docs,
    /// Documentation of the client's function.
    pub call_docs: Docs,
    /// Programs for the request examples, if they are wanted.
    pub examples: Vec<String>,
    /// The record that the caller builds.
    pub request: Record<'m>,
    /// The range by which the request can be split, if there is one.
    pub range: Option<Range<'m>>,
    /// What a successful call returns.
    pub response: Response<'m>,
    /// The method's own types, as indices into [`Platform::types`].
    pub types: Vec<usize>,
    /// How the file names the standard library.
    pub std: Std,
}

/// What a successful call returns.
#[derive(Debug)]
pub(crate) enum Response<'m> {
    Nothing,
    /// A record that belongs to the method.
    Record(Record<'m>),
    /// A single value, with its description.
    Value(RustType, record::Field<'m>),
}

/// The range by which a request can be split.
#[derive(Debug)]
pub(crate) struct Range<'m> {
    /// The start and the end of the range, as indices into [`Record::fields`].
    pub fields: [usize; 2],
    /// The rule that splits the range.
    pub rule: RangeRule<'m>,
}

/// The names of a method.
#[derive(Debug)]
pub(super) struct Named {
    /// The name of the method's module and of the client's function.
    pub module: Ident,
    /// The name of the request's type.
    pub request: Ident,
    /// The name of the response's type, if the response is a record.
    pub response: Option<Ident>,
}

/// How a file names the standard library.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Std {
    /// By names of the prelude: `Option`.
    Prelude,
    /// By paths, because a type of the spec has the same name as an item of the prelude.
    Path,
}

/// A record or an enumeration.
#[derive(Debug)]
pub(crate) enum Item<'m> {
    Record(Record<'m>),
    Enumeration(Enumeration<'m>),
}

/// An open enumeration: it also holds unknown values.
#[derive(Debug)]
pub(crate) struct Enumeration<'m> {
    pub ident: Ident,
    /// Documentation of the type.
    pub docs: Docs,
    /// The known values: name on the wire, variant, documentation.
    pub variants: Vec<(&'m str, Ident, Docs)>,
}

#[derive(Debug)]
pub(crate) struct Record<'m> {
    pub ident: Ident,
    /// Documentation of the type.
    pub docs: Docs,
    /// Whether callers build the record. Otherwise callers only read it.
    pub built: bool,
    /// Whether the type derives `Default`.
    pub default: bool,
    /// The fields, in the document's order.
    pub fields: Vec<Field<'m>>,
    /// Indices of the fields, sorted by the bytes of their wire names.
    pub order: &'m [usize],
    /// Rules that involve several fields.
    pub rules: &'m [Rule<'m>],
    /// The type of members that the spec does not list, if such members are kept.
    pub others: Option<MapOf>,
}

impl<'m> Record<'m> {
    /// Returns the arguments of `new`, in the document's order.
    pub(crate) fn arguments(&self) -> impl Iterator<Item = &Field<'m>> {
        self.fields.iter().filter(|field| field.is_argument())
    }

    /// Returns the fields that have a setter.
    pub(crate) fn setters(&self) -> impl Iterator<Item = &Field<'m>> {
        self.fields.iter().filter(|field| !field.is_argument())
    }
}

/// One field of a struct.
#[derive(Debug)]
pub(crate) struct Field<'m> {
    /// The field of the model.
    pub spec: &'m model::Field,
    /// The runtime's description of the field.
    pub facts: record::Field<'m>,
    pub ident: Ident,
    pub ty: RustType,
    /// Documentation of the field.
    pub docs: Docs,
    /// Documentation of the field's setter, if there is one.
    pub brief: Docs,
}

impl Field<'_> {
    /// Whether `new` takes the field as an argument.
    pub(crate) fn is_argument(&self) -> bool {
        self.facts.required == Required::Yes
    }
}

/// The type of a field.
#[derive(Debug, Clone)]
pub(crate) struct RustType {
    /// The type of one value.
    pub value: Value,
    /// How many values the field holds.
    pub holds: Holds,
    /// Whether values are hidden from `Debug`.
    pub private: bool,
}

/// How many values a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Holds {
    /// Exactly one.
    One,
    /// Zero or one.
    Option,
    /// Any number. An empty list stands for an absent one.
    List,
    /// Any number, or absent: in JSON, `[]` and a missing member differ.
    OptionList,
}

/// The Rust type of one value.
#[derive(Debug, Clone)]
pub(crate) enum Value {
    /// `String`.
    Text,
    /// `i64`.
    Integer,
    /// `Fen`: a whole number of fen.
    Fen,
    /// `Decimal`.
    Decimal,
    /// `bool`.
    Flag,
    /// `DateTime`, with the name of the constant for its format, if the format has a pattern.
    Time(Option<Ident>),
    /// `RawJson`.
    Json,
    /// A map with arbitrary keys.
    Map(MapOf),
    Record(TypePath),
    Choice(TypePath),
}

/// The path of a type, relative to the file that names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TypePath {
    pub home: Home,
    pub ident: Ident,
}

/// The module of a type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Home {
    /// The current file.
    Here,
    /// The platform's module.
    Platform,
    /// The module of a method.
    Method(Ident),
}

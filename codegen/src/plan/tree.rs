//! The plan as data: what is going to be written, with wire name and identifier side by side.
//!
//! Everything is decided here: types, derives, which function gets which argument, every line of
//! documentation. What `emit` does with it is spelling.

use super::names::Ident;
use super::prose::Docs;
use crate::model;
use gatespec_protocol::record::{self, MapOf, Required, Rule};
use gatespec_protocol::{RangeRule, TimeFormat};

/// One platform: a folder of the output.
#[derive(Debug)]
pub struct Platform<'m> {
    /// The model's platform.
    pub spec: &'m model::Platform,
    /// The platform's module.
    pub module: Ident,
    /// Of the module.
    pub docs: Docs,
    /// One line about it, for the crate's own page.
    pub title: String,
    /// The constant of each protocol.
    pub gateways: Vec<Ident>,
    /// Addresses that the platform discloses.
    pub environments: Vec<Environment<'m>>,
    /// Of the credentials' type.
    pub credential_docs: Docs,
    /// What a client must know, of all gateways.
    pub credentials: Vec<Credential<'m>>,
    /// Time formats that are patterns, each once.
    pub formats: Vec<(Ident, TimeFormat<'m>)>,
    /// All records and enumerations, by `TypeId`.
    pub types: Vec<Item<'m>>,
    /// Those that the methods share.
    pub shared: Vec<usize>,
    /// The paths that the module is written with.
    pub std: Std,
    /// Of the shared types' file.
    pub types_docs: Docs,
    /// The paths that the types' file is written with.
    pub types_std: Std,
    /// One file each.
    pub methods: Vec<Method<'m>>,
}

/// A disclosed address.
#[derive(Debug)]
pub struct Environment<'m> {
    /// The constant's name.
    pub ident: Ident,
    /// The address.
    pub url: &'m str,
    /// Of the constant.
    pub docs: Docs,
}

/// One credential.
#[derive(Debug)]
pub struct Credential<'m> {
    /// Its name in the spec.
    pub wire: &'m str,
    /// The argument's or setter's name.
    pub ident: Ident,
    /// A client can be built without it.
    pub optional: bool,
    /// The further gateways whose calls need it where it is optional.
    pub needed_by: Vec<&'m str>,
    /// A function of the client that replaces it, for what differs from shop to shop.
    pub replace: Option<Ident>,
    /// What it is, as Markdown.
    pub docs: String,
    /// How sure that is, as Markdown.
    pub provenance: Vec<String>,
}

/// One method: a file.
#[derive(Debug)]
pub struct Method<'m> {
    /// The model's method.
    pub spec: &'m model::Method,
    /// The constant of the method's gateway.
    pub gateway: Ident,
    /// The file's module, and the client's function.
    pub module: Ident,
    /// The module has types of its own, and is public.
    pub public: bool,
    /// Of a public module.
    pub docs: Docs,
    /// Of the client's function.
    pub call_docs: Docs,
    /// What the caller builds.
    pub request: Record<'m>,
    /// The range by which the request can be split.
    pub range: Option<Range<'m>>,
    /// What a success returns.
    pub response: Response<'m>,
    /// Its own records and enumerations, in [`Platform::types`].
    pub types: Vec<usize>,
    /// The paths that the file is written with.
    pub std: Std,
}

/// What a success returns.
#[derive(Debug)]
pub enum Response<'m> {
    /// Nothing.
    Nothing,
    /// A record of the method's own.
    Record(Record<'m>),
    /// One value.
    Value(RustType, record::Field<'m>),
}

/// The range of a request that can be split.
#[derive(Debug)]
pub struct Range<'m> {
    /// Its two times, by their indices in [`Record::fields`].
    pub fields: [usize; 2],
    /// How it is split.
    pub rule: RangeRule<'m>,
}

/// The names that a method has in its platform.
#[derive(Debug)]
pub struct Named {
    /// Its module, and its function of the client.
    pub module: Ident,
    /// Its request.
    pub request: Ident,
    /// The record of its own that it returns.
    pub response: Option<Ident>,
}

/// How the standard library is named in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Std {
    /// By the prelude: `Option`.
    Prelude,
    /// By its path, because a type of the spec takes a name of the prelude.
    Path,
}

/// A record or an enumeration.
#[derive(Debug)]
pub enum Item<'m> {
    /// A record.
    Record(Record<'m>),
    /// An enumeration.
    Enumeration(Enumeration<'m>),
}

/// An open enumeration.
#[derive(Debug)]
pub struct Enumeration<'m> {
    /// The type's name.
    pub ident: Ident,
    /// Of the type.
    pub docs: Docs,
    /// The known values: wire value, variant, documentation.
    pub variants: Vec<(&'m str, Ident, Docs)>,
}

/// A struct.
#[derive(Debug)]
pub struct Record<'m> {
    /// The type's name.
    pub ident: Ident,
    /// Of the type.
    pub docs: Docs,
    /// Callers build it; otherwise it is only read.
    pub built: bool,
    /// `Default` is derived.
    pub default: bool,
    /// In the document's order.
    pub fields: Vec<Field<'m>>,
    /// The fields, sorted by the bytes of their names.
    pub order: &'m [usize],
    /// Rules over several fields.
    pub rules: &'m [Rule<'m>],
    /// What unlisted members become.
    pub others: Option<MapOf>,
}

impl<'m> Record<'m> {
    /// The arguments of `new`, in the document's order.
    pub fn arguments(&self) -> impl Iterator<Item = &Field<'m>> {
        self.fields.iter().filter(|field| field.is_argument())
    }

    /// The fields that have a setter.
    pub fn setters(&self) -> impl Iterator<Item = &Field<'m>> {
        self.fields.iter().filter(|field| !field.is_argument())
    }
}

/// One field of a struct.
#[derive(Debug)]
pub struct Field<'m> {
    /// The row of the spec.
    pub spec: &'m model::Field,
    /// What the runtime knows of it.
    pub facts: record::Field<'m>,
    /// The name in Rust.
    pub ident: Ident,
    /// Its type.
    pub ty: RustType,
    /// Of the field.
    pub docs: Docs,
    /// Of the field's setter, where there is one.
    pub brief: Docs,
}

impl Field<'_> {
    /// A value cannot be built without it.
    pub fn is_argument(&self) -> bool {
        self.facts.required == Required::Yes
    }
}

/// The type of a field.
#[derive(Debug, Clone)]
pub struct RustType {
    /// What one value is.
    pub value: Value,
    /// How many there are.
    pub holds: Holds,
    /// A value shows nothing in `Debug`.
    pub private: bool,
}

/// How many values a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// Exactly one.
    One,
    /// One or none.
    Option,
    /// Any number; empty is absent.
    List,
    /// Any number, or nothing: two things that JSON tells apart.
    OptionList,
}

/// What one value is in Rust.
#[derive(Debug, Clone)]
pub enum Value {
    /// A text.
    Text,
    /// A whole number.
    Integer,
    /// A whole number of fen.
    Fen,
    /// An exact decimal.
    Decimal,
    /// Yes or no.
    Flag,
    /// An instant; the platform's constant of its format, where that has parameters.
    Time(Option<Ident>),
    /// Any JSON.
    Json,
    /// Free keys.
    Map(MapOf),
    /// A record.
    Record(TypePath),
    /// An enumeration.
    Choice(TypePath),
}

/// A type, seen from the file that names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypePath {
    /// Where it stands.
    pub home: Home,
    /// Its name.
    pub ident: Ident,
}

/// Where a type stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Home {
    /// In this file.
    Here,
    /// In the platform's module.
    Platform,
    /// In the module of a method.
    Method(Ident),
}

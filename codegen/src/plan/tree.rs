//! The plan as data: what is going to be written, with wire name and identifier side by side.
//!
//! Everything is decided here: types, derives, which function gets which argument, every line of
//! documentation. What `emit` does with it is spelling.

use super::limits::{Requirement, Rule};
use super::names::Ident;
use super::prose::Docs;
use super::range::Range;
use crate::model;
use gatespec_protocol::record::Limit;
use gatespec_protocol::{ListStyle, TimeFormat};

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
    /// Its protocols, as static facts.
    pub gateways: Vec<Gateway>,
    /// Addresses that the platform discloses.
    pub environments: Vec<Environment<'m>>,
    /// Of the module of the addresses.
    pub environment_docs: Docs,
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

/// One protocol.
#[derive(Debug)]
pub struct Gateway {
    /// The constant that holds its facts.
    pub ident: Ident,
    /// Of the constant.
    pub docs: Docs,
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
    pub range: Option<Range>,
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
    Value(Place<'m>),
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
    /// `Default` is derived.
    pub default: bool,
    /// What the caller needs to build it; `None`: it is only read.
    pub build: Option<Build<'m>>,
    /// In the document's order.
    pub fields: Vec<Field<'m>>,
    /// The fields, sorted by the bytes of their names.
    pub order: Vec<usize>,
    /// What unlisted members become.
    pub others: Option<model::MapOf>,
}

/// What a record that is built has beyond its fields. Indices point at [`Record::fields`].
#[derive(Debug)]
pub struct Build<'m> {
    /// Arguments of `new`, in the document's order.
    pub arguments: Vec<usize>,
    /// Fields with a setter.
    pub setters: Vec<usize>,
    /// `new` has more arguments than clippy likes.
    pub long: bool,
    /// Rules over several fields.
    pub rules: Vec<Rule<'m>>,
}

/// One field of a struct.
#[derive(Debug)]
pub struct Field<'m> {
    /// The name on the wire.
    pub wire: &'m str,
    /// The name in Rust.
    pub ident: Ident,
    /// Of the field.
    pub docs: Docs,
    /// Of the field's setter, where there is one.
    pub brief: Docs,
    /// Its type and its way to the wire.
    pub place: Place<'m>,
    /// It fills a hole of the path.
    pub in_path: bool,
    /// Null is sent when it is absent.
    pub nullable: bool,
    /// What is decoded always has it.
    pub always: bool,
    /// Whether a request must have it.
    pub required: Option<Requirement<'m>>,
    /// Limits of its value.
    pub limits: Vec<Limit<'m>>,
}

/// The type of a field.
#[derive(Debug, Clone)]
pub struct Place<'m> {
    /// What one value is.
    pub value: Value<'m>,
    /// How many there are.
    pub holds: Holds<'m>,
    /// A value shows nothing in `Debug`.
    pub private: bool,
    /// It travels as JSON inside a JSON string.
    pub json_text: bool,
    /// An answer may give one item of the list without the list.
    pub single: bool,
}

/// How many values a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds<'m> {
    /// Exactly one.
    One,
    /// One or none.
    Option,
    /// Any number; empty is absent.
    List(ListStyle<'m>),
}

/// What one value is, in Rust and on the wire.
#[derive(Debug, Clone)]
pub enum Value<'m> {
    /// A text.
    Text,
    /// A whole number; as text in JSON if true.
    Integer(bool),
    /// A whole number of fen; as text in JSON if true.
    Fen(bool),
    /// An exact decimal.
    Decimal {
        /// Decimals on the wire.
        scale: u32,
        /// A number in JSON.
        bare: bool,
        /// It is money: an answer with more decimals is wrong.
        amount: bool,
    },
    /// Yes or no, in these spellings.
    Flag(&'m str, &'m str),
    /// An instant.
    Time(Time<'m>),
    /// Any JSON.
    Json,
    /// Free keys.
    Map(model::MapOf),
    /// A record.
    Record(TypePath),
    /// An enumeration; of numbers if true.
    Choice(TypePath, bool),
}

/// How an instant is written.
#[derive(Debug, Clone)]
pub struct Time<'m> {
    /// The constant of its format, or a format without parameters.
    pub format: Format,
    /// The text that means "not yet".
    pub never: Option<&'m str>,
    /// A Unix time as text in JSON.
    pub quoted: bool,
}

/// A time format.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Format {
    /// A constant of the platform's module.
    Constant(Ident),
    /// Seconds since 1970.
    UnixSeconds,
    /// Milliseconds since 1970.
    UnixMillis,
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

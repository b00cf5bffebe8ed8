//! The domain as meant: platforms, methods, records, fields, rules, signature, envelope.
//!
//! No YAML and no Rust in here. Every name has become an id, every default is filled in; what the
//! specs do not say is an empty list or `None`, never a guess. The compiler's later stages, the
//! exported model, and every tool that needs to know a platform read this one shape.

mod about;
mod envelope;
mod field;
mod formula;
mod protocol;
mod range;
mod terms;
mod value;

pub use about::{About, Conflict, Grade, Noted};
pub use envelope::{Envelope, ErrorCode, FailureShape, OpenStep};
pub use field::{
    Condition, Constraint, Delivery, Enumeration, Field, FieldPlaces, ListStyle, MapOf, Record,
    Required, Rule, RuleKind, TimeCodec, Type, TypeDef, TypeId, TypeKind, Variant,
};
pub use formula::{Expr, ExprKind, Formula};
pub use protocol::{
    Credential, Environment, Gateway, Label, PublicParam, SignatureMethod, Values, Vector,
    VectorInput,
};
pub use range::SpanLimit;
pub use terms::offset;
pub use value::Value;

use crate::span::{Places, SourceSpan};
use about::noted;
use gatespec_protocol::MethodInfo;

/// Everything that the specs of one run say.
#[derive(Debug, Clone, Default)]
pub struct Model {
    /// Sorted by id.
    pub platforms: Vec<Platform>,
}

/// One platform: its protocol, its types, its methods.
#[derive(Debug, Clone)]
pub struct Platform {
    /// The folder's name, such as `shopex`.
    pub id: String,
    /// The place of `platform:`.
    pub span: SourceSpan,
    /// The platform's name for people.
    pub title: String,
    /// Prose and provenance.
    pub about: About,
    /// Of every time without a zone of its own: seconds east of UTC.
    pub time_zone: i32,
    /// The text of each file of the folder, by its name.
    pub files: Vec<(String, String)>,
    /// The main protocol first, then the further ones.
    pub gateways: Vec<Gateway>,
    /// Records and enumerations, those of single methods included; [`TypeId`] points here.
    pub types: Vec<TypeDef>,
    /// Sorted by wire name.
    pub methods: Vec<Method>,
}

impl Platform {
    /// The record or enumeration of an id.
    pub fn type_def(&self, id: TypeId) -> &TypeDef {
        &self.types[id.0]
    }

    /// The record of a type, if it is one.
    pub fn record(&self, ty: &Type) -> Option<&Record> {
        let Type::Record(id) = ty else { return None };
        match &self.type_def(*id).kind {
            TypeKind::Record(record) => Some(record),
            TypeKind::Enumeration(_) => None,
        }
    }

    /// The protocol that a method speaks.
    pub fn gateway_of(&self, method: &Method) -> &Gateway {
        &self.gateways[method.gateway]
    }
}

/// One method of a platform.
#[derive(Debug, Clone)]
pub struct Method {
    /// As generated code has it: the wire name, such as `matrix.fill.multiple`, and what differs from
    /// the gateway.
    pub facts: MethodInfo<'static>,
    /// Provenance of the wire name, which some documents leave out.
    pub name_about: About,
    /// Where the method's file begins.
    pub span: SourceSpan,
    /// The spec file, relative to the specs folder, with `/`.
    pub file: String,
    /// One line: what the call does.
    pub title: String,
    /// Prose and provenance.
    pub about: About,
    /// The Rust name that the spec chose.
    pub rust: Option<(String, SourceSpan)>,
    /// The place of `data`.
    pub data_at: Option<SourceSpan>,
    /// The places of the path's characters.
    pub path_at: Places,
    /// Index into [`Platform::gateways`].
    pub gateway: usize,
    /// Where the method says how it travels, if it does; else where it begins.
    pub transport: SourceSpan,
    /// Business parameters, as the document lists them, recorded ones included.
    pub request: Record,
    /// What a success returns.
    pub returns: Returns,
    /// How long lists are paged.
    pub pages: Option<Pages>,
    /// Codes that only this method knows.
    pub errors: Vec<ErrorCode>,
    /// Sample requests.
    pub request_examples: Vec<RequestExample>,
    /// Sample answers.
    pub response_examples: Vec<ResponseExample>,
}

impl Method {
    /// The path template in force, and its place.
    pub fn path_in(&self, gateway: &Gateway) -> (&'static str, SourceSpan) {
        match self.path {
            Some(path) => (path, self.transport),
            None => (gateway.path, gateway.transport),
        }
    }
}

noted! { Method: MethodInfo<'static> }

/// What a success returns.
#[derive(Debug, Clone)]
pub enum Returns {
    /// Nothing: the data is not looked at.
    Nothing,
    /// The fields of the data.
    Record(Record),
    /// One value that is not a record of the method's own; the field's name is empty.
    Value(Box<Field>),
}

/// How a long list is paged. Paths start at the data, with `/` at the root of the answer.
#[derive(Debug, Clone)]
pub struct Pages {
    /// `page` or `cursor`.
    pub by: String,
    /// Key → request field or path, in the spec's order.
    pub keys: Vec<(String, String)>,
    /// The place of each path of `keys`.
    pub places: Vec<SourceSpan>,
    /// Its place in the spec.
    pub span: SourceSpan,
}

/// A sample request.
#[derive(Debug, Clone)]
pub struct RequestExample {
    /// A short name.
    pub name: Option<String>,
    /// Typed values by wire name.
    pub values: Value,
    /// Its place in the spec.
    pub span: SourceSpan,
}

/// A sample answer.
#[derive(Debug, Clone)]
pub struct ResponseExample {
    /// A short name.
    pub name: Option<String>,
    /// Where the sample comes from.
    pub about: About,
    /// The whole answer, as text.
    pub body: String,
    /// The place of the text.
    pub span: SourceSpan,
    /// The places of its characters.
    pub places: Places,
    /// Whether it is a success.
    pub success: bool,
    /// Credentials that open an encrypted answer.
    pub credentials: Vec<(String, String)>,
}

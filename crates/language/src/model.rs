//! The specs as they are meant: platforms, methods, records, fields, rules, signatures and
//! envelopes.
//!
//! The model contains no YAML and no Rust. Names have become ids, and defaults are filled in. What
//! a spec leaves out is an empty list or `None`, never a guess. The later stages, the export and
//! all tools use this model.

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
use gatespec_protocol::{CredentialSet, MethodInfo};

/// All platforms of a run.
#[derive(Debug, Clone, Default)]
pub struct Model {
    /// The platforms, sorted by id.
    pub platforms: Vec<Platform>,
}

/// One platform: its gateways, its types, its methods.
#[derive(Debug, Clone)]
pub struct Platform {
    /// The name of the folder, such as `shopex`.
    pub id: String,
    /// The span of `platform:`.
    pub span: SourceSpan,
    /// The platform's name for readers.
    pub title: String,
    /// Prose and provenance.
    pub about: About,
    /// The time zone of times that do not state one, in seconds east of UTC.
    pub time_zone: i32,
    /// The text of each file of the folder, by its name.
    pub files: Vec<(String, String)>,
    /// The gateways, beginning with the main one.
    pub gateways: Vec<Gateway>,
    /// All records and enumerations, including those of a single method, indexed by [`TypeId`].
    pub types: Vec<TypeDef>,
    /// The methods, sorted by wire name.
    pub methods: Vec<Method>,
}

impl Platform {
    /// The record or enumeration with this id.
    pub fn type_def(&self, id: TypeId) -> &TypeDef {
        &self.types[id.0]
    }

    /// The record that a type refers to; `None` for all other types.
    pub fn record(&self, ty: &Type) -> Option<&Record> {
        let Type::Record(id) = ty else { return None };
        match &self.type_def(*id).kind {
            TypeKind::Record(record) => Some(record),
            TypeKind::Enumeration(_) => None,
        }
    }

    /// The gateway of a method.
    pub fn gateway_of(&self, method: &Method) -> &Gateway {
        &self.gateways[method.gateway]
    }

    /// Invents a value for each credential. A mock accepts these values, and documentation shows
    /// them.
    pub fn invented_credentials(&self) -> CredentialSet {
        let known = self.gateways.iter().flat_map(|gateway| &gateway.credentials);
        let invented = known.map(|credential| {
            let name = credential.name;
            // Long enough for every cipher that derives its key from a secret.
            let text = match credential.sensitive {
                true => format!("test-{name}-0123456789abcdef"),
                // Some platforms require a number.
                false => "10011".to_owned(),
            };
            (name, text)
        });
        invented.collect()
    }
}

/// One method of a platform.
#[derive(Debug, Clone)]
pub struct Method {
    /// The method as it is in generated code: its wire name, such as `matrix.fill.multiple`, and
    /// the settings that differ from the gateway's.
    pub facts: MethodInfo<'static>,
    /// The provenance of the wire name, which some documents do not state.
    pub name_about: About,
    /// The beginning of the method's file.
    pub span: SourceSpan,
    /// The path of the spec, relative to the specs folder, with `/`.
    pub file: String,
    /// What the call does, in one line.
    pub title: String,
    /// Prose and provenance.
    pub about: About,
    /// The Rust name, if the spec gives one.
    pub rust: Option<(String, SourceSpan)>,
    /// The span of the key `data`.
    pub data_at: Option<SourceSpan>,
    /// The positions of the path's characters.
    pub path_at: Places,
    /// The index in [`Platform::gateways`].
    pub gateway: usize,
    /// The span of the keys that say how the method is sent. If the method has no such keys, the
    /// beginning of the file.
    pub transport: SourceSpan,
    /// The business parameters in the order of the document, including rows that are not sent.
    pub request: Record,
    /// The data that a success returns.
    pub returns: Returns,
    /// How the answer is divided into pages, if it is.
    pub pages: Option<Pages>,
    /// The error codes that only this method has.
    pub errors: Vec<ErrorCode>,
    /// Examples of requests.
    pub request_examples: Vec<RequestExample>,
    /// Examples of answers.
    pub response_examples: Vec<ResponseExample>,
}

impl Method {
    /// The path template that the method uses, with its span.
    pub fn path_in(&self, gateway: &Gateway) -> (&'static str, SourceSpan) {
        match self.path {
            Some(path) => (path, self.transport),
            None => (gateway.path, gateway.transport),
        }
    }
}

noted! { Method: MethodInfo<'static> }

/// The data that a success returns.
#[derive(Debug, Clone)]
pub enum Returns {
    /// Nothing: the data is ignored.
    Nothing,
    /// The fields of the data.
    Record(Record),
    /// One value that is not a record of the method. The field has an empty name.
    Value(Box<Field>),
}

/// How a long list is divided into pages. Paths start at the data, or at the root of the answer if
/// they begin with `/`.
#[derive(Debug, Clone)]
pub struct Pages {
    /// The way of paging: `page` or `cursor`.
    pub by: String,
    /// The keys in the order of the spec, each with the field of the request or the path in the
    /// answer that it names.
    pub keys: Vec<(String, String)>,
    /// The span of each path in `keys`.
    pub places: Vec<SourceSpan>,
    /// The span in the spec.
    pub span: SourceSpan,
}

/// An example of a request.
#[derive(Debug, Clone)]
pub struct RequestExample {
    /// A short name.
    pub name: Option<String>,
    /// Typed values, by wire name.
    pub values: Value,
    /// The span in the spec.
    pub span: SourceSpan,
}

/// An example of an answer.
#[derive(Debug, Clone)]
pub struct ResponseExample {
    /// A short name.
    pub name: Option<String>,
    /// Prose and provenance.
    pub about: About,
    /// The whole answer, as text.
    pub body: String,
    /// The span of the text.
    pub span: SourceSpan,
    /// The positions of the text's characters.
    pub places: Places,
    /// Whether the answer is a success.
    pub success: bool,
    /// The credentials that decrypt the answer, by name.
    pub credentials: Vec<(String, String)>,
}

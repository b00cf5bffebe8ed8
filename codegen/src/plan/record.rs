//! Records: what the protocol needs to know about each field, and the field's Rust type.

use super::docs::item;
use super::docs::rules::RustNames;
use super::names::{Case, Ident, RECORD_NAMES, Scope, Wish};
use super::prose::Docs;
use super::tree::{Field, Holds, Record, Value};
use super::types::Names;
use super::usage::Roles;
use crate::diagnostic::Sink;
use crate::model;
use gatespec_protocol::record::{self, Required};

/// The parts of a record that are known before its fields are planned.
pub(super) struct Outline<'m> {
    pub ident: Ident,
    /// Documentation of the type. Empty if the caller writes it after the fields are planned.
    pub docs: Docs,
    /// The uses of the type.
    pub roles: Roles,
    /// The method whose file contains the type. `None` if methods share the type.
    pub method: Option<&'m str>,
}

pub(super) fn record<'m>(
    outline: Outline<'m>,
    spec: &'m model::Record,
    files: &Names<'m>,
    sink: &mut Sink,
) -> Record<'m> {
    let Outline { ident, docs, roles, method } = outline;
    let rows: Vec<&'m model::Field> = spec.sent().collect();
    let idents = identifiers(&rows, spec, roles, sink);
    let schema = files.schemas.record(spec);
    let fields = rows.into_iter().zip(idents).zip(schema.fields);
    let mut fields: Vec<Field<'m>> = fields
        .map(|((spec, ident), facts)| {
            let ty = files.rust_type(spec, roles, method);
            // A field without `Option` cannot be absent, so answers must have the member.
            let bare = ty.holds == Holds::One && !matches!(ty.value, Value::Map(_));
            let always = (spec.always && roles.answer) || bare;
            let facts = match roles.request {
                true => record::Field { always, ..*facts },
                false => record::Field { always, required: Required::No, limits: &[], ..*facts },
            };
            let brief = if roles.request {
                files.prose.docs(|| item::setter(spec))
            } else {
                Docs::default()
            };
            Field { spec, facts, ident, ty, docs: Docs::default(), brief }
        })
        .collect();
    let names = RustNames::of(&fields);
    let docs_of = |field| files.prose.docs(|| item::field(field, roles, &names));
    let field_docs: Vec<Docs> = fields.iter().map(docs_of).collect();
    for (field, docs) in fields.iter_mut().zip(field_docs) {
        field.docs = docs;
    }
    Record {
        ident,
        docs,
        built: roles.request,
        default: roles.answer || !fields.iter().any(Field::is_argument),
        fields,
        order: schema.order,
        rules: if roles.request { schema.rules } else { &[] },
        others: spec.others,
    }
}

fn identifiers(
    rows: &[&model::Field],
    spec: &model::Record,
    roles: Roles,
    sink: &mut Sink,
) -> Vec<Ident> {
    let mut scope = Scope::new("field", &[]);
    if roles.request {
        scope = Scope::new("field", RECORD_NAMES);
    }
    if spec.others.is_some() {
        scope.reserve("others");
    }
    let mut name = |row: &model::Field| {
        scope.name(Wish::new(&row.name, row.span, row.rust.as_ref()), Case::Snake, sink)
    };
    rows.iter().map(|row| name(row)).collect()
}

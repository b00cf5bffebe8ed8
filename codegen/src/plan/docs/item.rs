//! Documentation of types, fields and values.

use super::about::{add_provenance, joined, provenance, summary};
use super::rules::{self, RustNames};
use crate::model::{self, About, Type, TypeDef};
use crate::plan::names::Ident;
use crate::plan::prose::{Docs, INDENT, code};
use crate::plan::tree::{Field, Record};
use crate::plan::usage::Roles;

/// Documentation of a field: one paragraph with all that a caller must know. The documentation of
/// the type says how certain the facts about its fields are.
pub(crate) fn field(field: &Field<'_>, roles: Roles, names: &RustNames<'_>) -> Docs {
    let Field { spec: row, ident, .. } = field;
    // The wire name is mentioned if the Rust name differs.
    let other = (row.name != ident.as_str()).then(|| code(&row.name));
    let mut text = vec![summary(&row.about, other.as_slice(), &otherwise(row))];
    if roles.request {
        text.extend(rules::required(&row.required, names));
        text.extend(
            row.constraints.iter().filter_map(|(limit, _)| rules::limit(limit, row, names)),
        );
    }
    if roles.answer && row.always {
        text.push("Always present.".to_owned());
    }
    text.extend(match &row.ty {
        Type::Fen { .. } => Some("In fen (1/100 yuan).".to_owned()),
        Type::Decimal { yuan: true, .. } => Some("In yuan.".to_owned()),
        Type::DateTime(codec) if roles.answer => codec
            .never
            .as_deref()
            .map(|never| format!("Absent until it happens ({} on the wire).", code(never))),
        _ => None,
    });
    let example = row.example.as_deref().filter(|text| !row.sensitive && !text.trim().is_empty());
    text.extend(example.map(|example| format!("Example: {}.", code(example))));
    Docs::of(INDENT, &joined(text))
}

/// Documentation of a setter: the first sentence of the field's documentation.
pub(crate) fn setter(row: &model::Field) -> Docs {
    let text = summary(&row.about, &[], &otherwise(row));
    let mut ends = text.match_indices(". ").map(|(at, _)| at + 1);
    let spoken = |end: &usize| text[..*end].matches('`').count().is_multiple_of(2);
    let first = ends.find(spoken).map_or(text.as_str(), |end| &text[..end]);
    Docs::of(2 * INDENT, first)
}

fn otherwise(row: &model::Field) -> String {
    format!("The field {}", code(&row.name))
}

/// Documentation of a constant.
pub(crate) fn plain_item(about: &About, otherwise: &str, indent: usize) -> Docs {
    let mut text = vec![summary(about, &[], otherwise)];
    text.extend(provenance(about));
    Docs::of(indent, &joined(text))
}

/// Documentation of a record in the spec's `types`, with its rules.
pub(crate) fn record(def: &TypeDef, spec: &model::Record, planned: &Record<'_>) -> Docs {
    let otherwise = format!("The record {}", code(&def.name));
    let mut docs = Docs::of(0, &summary(&def.about, &[], &otherwise));
    if planned.built {
        docs.section("Rules", &rules::all(spec, &planned.fields, None));
    }
    add_provenance(&mut docs, &provenance(&def.about), rules::provenance_of(&planned.fields));
    docs
}

/// Documentation of an enumeration.
pub(crate) fn enumeration<'a>(
    def: &TypeDef,
    values: impl Iterator<Item = (&'a Ident, &'a About)>,
) -> Docs {
    let otherwise = format!("The enumeration {}", code(&def.name));
    let mut docs = Docs::of(INDENT, &summary(&def.about, &[], &otherwise));
    let parts = values.map(|(ident, about)| (ident.as_str(), provenance(about)));
    add_provenance(&mut docs, &provenance(&def.about), parts);
    docs
}

/// Documentation of one value of an enumeration.
pub(crate) fn variant(about: &About, wire: &str) -> Docs {
    Docs::of(INDENT, &summary(about, &[code(wire)], "The value"))
}

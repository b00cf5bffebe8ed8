//! Named types: the bodies of what is declared.

use super::about::about;
use super::field::fields;
use super::kind::MAP_OF;
use super::read::{Keys, entries, keyed};
use super::rule::rules;
use super::types::{Scope, Types};
use crate::diagnostic::Sink;
use crate::model::{About, Enumeration, Record, TypeDef, TypeKind, Values, Variant};
use crate::syntax::{Entry, NodeKind};

/// Reads every declared type, in the order of their ids.
pub(super) fn define(
    types: &Types<'_>,
    values: &Values,
    time_zone: i32,
    sink: &mut Sink,
) -> Vec<TypeDef> {
    let defined = types.declared.iter().map(|declared| {
        let scope = types.scope(declared.method.as_deref(), values, time_zone);
        let body = keyed(&declared.entry.value, "a type", sink, |keys, sink| {
            (about(keys, sink), kind(keys, &scope, sink))
        });
        let (about, kind) =
            body.unwrap_or_else(|| (About::default(), TypeKind::Record(Record::default())));
        TypeDef {
            name: declared.entry.key.clone(),
            span: declared.entry.key_span,
            file: declared.file.clone(),
            method: declared.method.clone(),
            about,
            kind,
        }
    });
    defined.collect()
}

fn kind(keys: &mut Keys<'_>, scope: &Scope<'_>, sink: &mut Sink) -> TypeKind {
    match keys.node("enum") {
        Some(values) => {
            let numeric = keys.word("type", &[("text", false), ("integer", true)], sink);
            let variants = entries(Some(values), "an enumeration", sink, variant);
            TypeKind::Enumeration(Enumeration { numeric: numeric.unwrap_or(false), variants })
        }
        None => TypeKind::Record(Record {
            fields: fields(keys.require("fields", sink), scope, sink),
            others: keys.word("others", &MAP_OF, sink),
            rules: rules(keys.node("rules"), sink),
        }),
    }
}

fn variant(entry: &Entry, sink: &mut Sink) -> Option<Variant> {
    let (rust, about) = match &entry.value.kind {
        NodeKind::Null => (None, About::default()),
        NodeKind::Text { text, .. } => {
            (None, About { doc: Some(text.clone()), ..About::default() })
        }
        _ => keyed(&entry.value, "a value of an enumeration", sink, |keys, sink| {
            (keys.spanned("rust", sink), about(keys, sink))
        })?,
    };
    Some(Variant { value: entry.key.clone(), span: entry.key_span, rust, about })
}

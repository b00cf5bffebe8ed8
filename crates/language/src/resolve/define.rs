//! Defines the declared types.

use super::about::about;
use super::field::fields;
use super::keys::{Keys, keyed};
use super::read::entries;
use super::rule::rules;
use super::time::TimeZone;
use super::types::{Scope, Types};
use crate::diagnostic::{Diagnostic, Sink, rules as broken};
use crate::model::{About, Enumeration, Record, TypeDef, TypeKind, Values, Variant};
use crate::syntax::{Entry, NodeKind};
use crate::table::{ENUMERATION, MAP_OF, PARAM_TYPE, TYPE, VARIANT};

/// Reads the definition of every declared type, in the order of ids.
pub(super) fn define(
    types: &Types<'_>,
    values: &Values,
    time_zone: &TimeZone,
    sink: &mut Sink,
) -> Vec<TypeDef> {
    let defined = types.declared.iter().map(|declared| {
        let scope = types.scope(declared.method.as_deref(), values, time_zone);
        let body = keyed(&declared.entry.value, &TYPE, sink, |keys, sink| {
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
            let numeric = keys.word("type", &PARAM_TYPE, sink);
            let variants = entries(Some(values), &ENUMERATION, sink, variant);
            if matches!(&values.kind, NodeKind::Map(values) if values.is_empty()) {
                let message = "an enumeration needs at least one value";
                let help = "write each value as `value: What it means.`, or use `type: text`";
                sink.report(Diagnostic::at(broken::BAD_VALUE, values.span, message).help(help));
            }
            if numeric == Some(true) {
                variants.iter().for_each(|variant| whole(variant, sink));
            }
            TypeKind::Enumeration(Enumeration { numeric: numeric.unwrap_or(false), variants })
        }
        None => TypeKind::Record(Record {
            fields: fields(keys.node("fields"), scope, sink),
            others: keys.word("others", &MAP_OF, sink),
            rules: rules(keys.node("rules"), sink),
            ..Record::default()
        }),
    }
}

/// Checks that a value of a numeric enumeration is written like a number in JSON.
fn whole(variant: &Variant, sink: &mut Sink) {
    let value = &variant.value;
    if value.parse::<i64>().is_ok_and(|number| number.to_string() == *value) {
        return;
    }
    let message = format!("`{value}` is not an integer, but this enumeration has `type: integer`");
    sink.report(
        Diagnostic::at(broken::BAD_VALUE, variant.span, message)
            .help("remove `type: integer`, so that the values are texts"),
    );
}

fn variant(entry: &Entry, sink: &mut Sink) -> Option<Variant> {
    let (rust, about) = match &entry.value.kind {
        NodeKind::Null => (None, About::default()),
        NodeKind::Text { text, .. } => {
            (None, About { doc: Some(text.clone()), ..About::default() })
        }
        _ => keyed(&entry.value, &VARIANT, sink, |keys, sink| {
            (keys.spanned("rust", sink), about(keys, sink))
        })?,
    };
    Some(Variant { value: entry.key.clone(), span: entry.key_span, rust, about })
}

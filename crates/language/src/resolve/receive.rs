//! What only a receiver must know of a method.

use crate::keep;
use crate::model::{Field, ListStyle, Method, Platform, Record, Type, TypeId, TypeKind};
use gatespec_protocol as rt;
use std::collections::BTreeSet;

/// Adds it to the facts of every method.
pub(super) fn complete(platform: &mut Platform) {
    let facts = |method| (fields(platform, method), sensitive(platform, method));
    let all: Vec<_> = platform.methods.iter().map(facts).collect();
    for (method, (fields, sensitive)) in platform.methods.iter_mut().zip(all) {
        (method.facts.fields, method.facts.sensitive) = (fields, sensitive);
    }
}

/// Fields that travel in headers, all of them; and those in a query or form that a formula writes as
/// JSON, unless they are texts there.
fn fields(platform: &Platform, method: &Method) -> &'static [(&'static str, rt::Kind)] {
    let gateway = method.facts.gateway;
    let sent = method.request.sent().filter(|field| !field.in_path);
    let kinds = sent.map(|field| (keep::text(&field.name), kind(platform, field, gateway.nested)));
    let needed: Vec<_> = match method.business() {
        rt::Placement::Header => kinds.collect(),
        rt::Placement::Query | rt::Placement::Form if writes_json(gateway) => {
            kinds.filter(|(_, kind)| *kind != rt::Kind::Text).collect()
        }
        _ => Vec::new(),
    };
    keep::list(needed)
}

/// A formula writes values as JSON, or folds them.
fn writes_json(gateway: &rt::Gateway<'_>) -> bool {
    let typed = |piece: &rt::Piece<'_>| matches!(piece, rt::Piece::Json(_) | rt::Piece::Fold);
    let mut ops = gateway.signatures.iter().flat_map(|signature| signature.recipe.0);
    ops.any(|op| matches!(op, rt::Op::Pairs(pairs) if pairs.template.iter().any(typed)))
}

/// How the field's text stands in JSON; of one that is sent in parts, how each part does.
fn kind(platform: &Platform, field: &Field, nested: rt::Nested) -> rt::Kind {
    match &field.list {
        _ if field.json_text => rt::Kind::Text,
        Some(ListStyle::Delimited(_)) => rt::Kind::Text,
        Some(ListStyle::Json) if nested == rt::Nested::Json => rt::Kind::Json,
        Some(ListStyle::Inside(_)) => rt::Kind::Json,
        None | Some(ListStyle::Json | ListStyle::Repeat) => one(platform, &field.ty),
    }
}

fn one(platform: &Platform, ty: &Type) -> rt::Kind {
    let bare = match ty {
        Type::Record(_) | Type::Map(_) | Type::Json => return rt::Kind::Json,
        Type::Integer { quoted } | Type::Fen { quoted } => !quoted,
        Type::Decimal { bare, .. } => *bare,
        Type::Boolean { yes, no } => yes == "true" && no == "false",
        Type::DateTime(codec) => {
            !codec.quoted && rt::TimeFormat::named(&codec.format, codec.offset).is_number()
        }
        Type::Enumeration(id) => match &platform.type_def(*id).kind {
            TypeKind::Enumeration(enumeration) => enumeration.numeric,
            TypeKind::Record(_) => false,
        },
        Type::Text | Type::Invalid => false,
    };
    if bare { rt::Kind::Number } else { rt::Kind::Text }
}

/// Names of fields that never show, in the request and in every record that it can hold.
fn sensitive(platform: &Platform, method: &Method) -> &'static [&'static str] {
    let mut names: BTreeSet<&'static str> = BTreeSet::new();
    let mut known: BTreeSet<TypeId> = BTreeSet::new();
    let mut open: Vec<&Record> = vec![&method.request];
    while let Some(record) = open.pop() {
        for field in record.sent() {
            names.extend(field.sensitive.then(|| keep::text(&field.name)));
            if let Type::Record(id) = field.ty
                && known.insert(id)
                && let TypeKind::Record(inner) = &platform.type_def(id).kind
            {
                open.push(inner);
            }
        }
    }
    keep::list(names)
}

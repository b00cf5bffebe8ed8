//! What only a receiver must know of a method.

use super::slice;
use crate::model::{Field, ListStyle, Method, Platform, Record, Type, TypeId, TypeKind};
use bumpalo::Bump;
use gatespec_protocol as rt;
use std::collections::BTreeSet;

/// Fields that travel in headers, all of them; and those in a query or form that a formula writes as
/// JSON, unless they are texts there.
pub(super) fn fields<'a>(
    platform: &'a Platform,
    method: &'a Method,
    gateway: &rt::Gateway<'_>,
    arena: &'a Bump,
) -> &'a [(&'a str, rt::Kind)] {
    let business = method.business.as_ref().map_or(gateway.business, super::placement);
    let sent = method.request.sent().filter(|field| !field.in_path);
    let kinds = sent.map(|field| (field.name.as_str(), kind(platform, field, gateway.nested)));
    let needed: Vec<_> = match business {
        rt::Placement::Header => kinds.collect(),
        rt::Placement::Query | rt::Placement::Form if writes_json(gateway) => {
            kinds.filter(|(_, kind)| *kind != rt::Kind::Text).collect()
        }
        _ => Vec::new(),
    };
    slice(arena, needed.into_iter())
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
            !codec.quoted && super::time_format(&codec.format, codec.offset).is_number()
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
pub(super) fn sensitive<'a>(
    platform: &'a Platform,
    method: &'a Method,
    arena: &'a Bump,
) -> &'a [&'a str] {
    let mut names: BTreeSet<&'a str> = BTreeSet::new();
    let mut known: BTreeSet<TypeId> = BTreeSet::new();
    let mut open: Vec<&'a Record> = vec![&method.request];
    while let Some(record) = open.pop() {
        for field in record.sent() {
            names.extend(field.sensitive.then_some(field.name.as_str()));
            if let Type::Record(id) = field.ty
                && known.insert(id)
                && let TypeKind::Record(inner) = &platform.type_def(id).kind
            {
                open.push(inner);
            }
        }
    }
    slice(arena, names.into_iter())
}

//! Compares what descriptions say about a field: units, formats, conditions and limits.

use crate::write::QUOTING;
use gatespec_language::model::{Constraint, Field, Grade, Required, Type};

/// A fact that differs: its name for people, and the keys that state it.
pub(super) type Difference = (&'static str, &'static [&'static str]);

/// The keys of a field that say its type.
pub(super) const TYPE_KEYS: &[&str] =
    &["type", "unit", "list", "as", "format", "scale", "of", "spelling"];

/// Whether the description changed since the spec was written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Words {
    Same,
    Changed,
    /// The spec does not quote the description.
    Unknown,
}

/// The description that a note of a draft quotes.
fn quoted(field: &Field) -> Option<&str> {
    field.about.note.as_deref()?.rsplit_once(QUOTING).map(|(_, words)| words)
}

fn words(old: &Field, new: &Field) -> Words {
    match (quoted(old), quoted(new)) {
        (None, _) => Words::Unknown,
        (before, now) if before == now => Words::Same,
        _ => Words::Changed,
    }
}

/// Returns the facts in which the descriptions differ. Returns nothing if the description did not
/// change, because then a difference is a person's decision. If the spec does not quote the
/// description, only facts that the page adds or contradicts are returned.
pub(super) fn differences(old: &Field, new: &Field) -> Vec<Difference> {
    let words = words(old, new);
    let is_of_page = matches!(old.about.grade, Grade::Documented | Grade::Inferred);
    if words == Words::Same || !is_of_page {
        return Vec::new();
    }
    let has_changed = words == Words::Changed;
    let mut found: Vec<Difference> = Vec::new();
    if is_scalar(&old.ty) && is_scalar(&new.ty) {
        let is_restated = restates(&old.ty, &new.ty) && old.list.is_some() == new.list.is_some();
        if is_restated || has_changed && (old.ty != new.ty || old.list != new.list) {
            found.push(("type", TYPE_KEYS));
        }
    }
    let is_conditional = matches!(new.required, Required::When(_));
    let is_new = is_conditional && matches!(old.required, Required::No | Required::When(_));
    let is_gone = has_changed && matches!(old.required, Required::When(_));
    if (is_new || is_gone) && !is_same(&old.required, &new.required) {
        found.push(("required", &["required"]));
    }
    for (key, keys) in LIMITS {
        let [before, now] = [old, new].map(|field| limit(field, key).1);
        if before != now && (now.is_some() || has_changed) {
            found.push((key, keys));
        }
    }
    if has_changed && old.send != new.send {
        found.push(("send", &["send"]));
    }
    if has_changed && !found.is_empty() {
        found.push(("note", &["note", "grade"]));
    }
    found
}

/// The keys of limits that drafts have.
const LIMITS: [(&str, &[&str]); 2] = [("range", &["range"]), ("length", &["length"])];

/// The smallest and the greatest value that a key allows.
fn limit(field: &Field, key: &str) -> (Option<String>, Option<String>) {
    let text = |bound: &Option<u64>| bound.map(|bound| bound.to_string());
    let limits = field.constraints.iter().filter_map(|(constraint, _)| match constraint {
        Constraint::Range { min, max } if key == "range" => Some((min.clone(), max.clone())),
        Constraint::Length { min, max } if key == "length" => Some((text(min), text(max))),
        _ => None,
    });
    limits.last().unwrap_or_default()
}

/// The value of a key as the draft writes it, with the smallest value that the spec allows.
pub(super) fn value(key: &str, written: &str, old: &Field) -> String {
    match (limit(old, key).0, written.strip_prefix('{')) {
        (Some(min), Some(rest)) => format!("{{ min: {min},{rest}"),
        _ => written.to_owned(),
    }
}

fn is_scalar(ty: &Type) -> bool {
    matches!(
        ty,
        Type::Text
            | Type::Integer { .. }
            | Type::Fen { .. }
            | Type::Decimal { .. }
            | Type::Boolean { .. }
            | Type::DateTime(_)
    )
}

/// Whether the second type has another unit or format than the first, or a unit that the first lacks.
fn restates(old: &Type, new: &Type) -> bool {
    let is_number = matches!(old, Type::Integer { .. } | Type::Fen { .. } | Type::Decimal { .. });
    match (old, new) {
        (Type::DateTime(old), Type::DateTime(new)) => old.format != new.format,
        (Type::Fen { .. }, Type::Fen { .. })
        | (Type::Decimal { yuan: true, .. }, Type::Decimal { .. }) => false,
        (_, Type::Fen { .. } | Type::Decimal { yuan: true, .. }) => is_number,
        _ => false,
    }
}

/// Whether two requirements are alike. Their spans are of different files.
fn is_same(old: &Required, new: &Required) -> bool {
    match (old, new) {
        (Required::When(old), Required::When(new)) => {
            old.field == new.field && old.any_of == new.any_of
        }
        (old, new) => old == new,
    }
}

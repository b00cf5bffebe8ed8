//! Finds out whether code that compiled still compiles and means the same, by comparing uses of
//! public items.

use crate::change::{Changes, Place, Rust};
use gatespec_codegen::{Argument, Use};
use std::collections::HashMap;

/// Adds the public items that differ.
pub(crate) fn compare(old: &[Use], new: &[Use], changes: &mut Changes) {
    let new_by_path: HashMap<&str, &Use> = new.iter().map(|one| (&*one.path, one)).collect();
    let old_by_path: HashMap<&str, &Use> = old.iter().map(|one| (&*one.path, one)).collect();
    for before in old {
        match new_by_path.get(&*before.path) {
            None => changes.item(removal(before, &new_by_path), &before.path, Rust::Major),
            Some(after) if after.code != before.code => {
                changes.item(cause(before, after), &before.path, Rust::Major);
            }
            Some(_) => {}
        }
    }
    for after in new.iter().filter(|one| !old_by_path.contains_key(&*one.path)) {
        changes.item(Place::new(after.span), &after.path, Rust::Minor);
    }
}

/// The cause of the removal of an item. If a record has lost `Default`, the cause is the first
/// argument of its `new`.
fn removal(before: &Use, new: &HashMap<&str, &Use>) -> Place {
    let record = before.path.strip_suffix(" as Default");
    let constructor = record.and_then(|record| new.get(&*format!("{record}::new")));
    let argument = constructor.and_then(|one| one.arguments.first());
    argument.map_or(Place::old(before.span), |one| Place::new(one.span))
}

/// The cause of a change to an item: the argument that was added, removed or moved, or else the
/// place of the item itself.
fn cause(before: &Use, after: &Use) -> Place {
    let same = |a: &Argument, b: &Argument| a.name == b.name && a.ty == b.ty;
    let missing = |one: &&Argument, from: &Use| !from.arguments.iter().any(|b| same(one, b));
    let added = after.arguments.iter().find(|one| missing(one, before));
    let gone = before.arguments.iter().find(|one| missing(one, after));
    let mut pairs = before.arguments.iter().zip(&after.arguments);
    let moved = pairs.find(|(a, b)| !same(a, b)).map(|(_, b)| b);
    match (added, gone, moved) {
        (Some(one), ..) | (None, None, Some(one)) => Place::new(one.span),
        (None, Some(one), _) => Place::old(one.span),
        (None, None, None) => Place::new(after.span),
    }
}

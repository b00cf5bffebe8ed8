//! Restores JSON of any shape as the caller wrote it. A value of a spec does not record whether
//! `12` was a number or a string, so the JSON is copied from the request again.

use super::data::{Data, Object};
use crate::model::MapOf;
use crate::tree::Tree;
use gatespec_protocol::RawJson;

/// Replaces the values of type JSON in a request with the JSON in `given`, from which the request
/// was read.
pub fn exact(object: &mut Object<'_>, given: &[(String, Tree)]) {
    for (name, tree) in given {
        if let Some(cell) = object.cell(name) {
            one(&mut cell.data, tree);
        } else if let Some(others) = &mut object.others
            && others.of == MapOf::Json
            && let Some(member) = others.by_name.get_mut(name)
        {
            *member = json(tree);
        }
    }
}

fn one(data: &mut Data<'_>, tree: &Tree) {
    match (data, tree) {
        (Data::Json(slot), tree) => *slot = json(tree),
        (Data::Record(record), Tree::Object(members)) => exact(record, members),
        (Data::List(items), Tree::List(trees)) => {
            items.0.iter_mut().zip(trees).for_each(|(item, tree)| one(item, tree));
        }
        // In a map of texts or of whole numbers, the type is known, so nothing was lost.
        (Data::Map(map), Tree::Object(members)) if map.of == MapOf::Json => {
            map.by_name.extend(members.iter().map(|(name, tree)| (name.clone(), json(tree))));
        }
        _ => {}
    }
}

fn json(tree: &Tree) -> RawJson {
    tree.to_string().parse().unwrap_or_default()
}

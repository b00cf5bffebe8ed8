//! Free JSON as it was given. A spec's value forgets whether `12` was a number or a text; where the
//! request was JSON, that is put right.

use super::data::{Data, Object};
use crate::model::{MapOf, Type};
use crate::tree::Tree;
use gatespec_protocol::Json;

/// Puts free JSON of a request as the texts that it was read from have it.
pub fn exact(object: &mut Object<'_>, given: &[(String, Tree)]) {
    for (name, tree) in given {
        let position = object.record.fields.iter().position(|field| field.name == *name);
        match position {
            Some(position) => {
                let ty = &object.record.fields[position].ty;
                one(&mut object.values[position], ty, tree);
            }
            None => {
                if let (Some(slot), Some(MapOf::Json)) =
                    (object.others.get_mut(name), object.record.others)
                {
                    *slot = json(tree);
                }
            }
        }
    }
}

fn one(data: &mut Data<'_>, ty: &Type, tree: &Tree) {
    match (data, tree) {
        (Data::Json(slot), tree) => *slot = json(tree),
        (Data::Record(record), Tree::Object(members)) => exact(record, members),
        (Data::List(items), Tree::List(trees)) => {
            items.iter_mut().zip(trees).for_each(|(item, tree)| one(item, ty, tree));
        }
        // A map of texts or of whole numbers holds them already.
        (Data::Map(map), Tree::Object(members)) if *ty == Type::Map(MapOf::Json) => {
            map.0.extend(members.iter().map(|(name, tree)| (name.clone(), json(tree))));
        }
        _ => {}
    }
}

fn json(tree: &Tree) -> Json {
    match tree {
        Tree::Null => Json::Null,
        Tree::Bare(text) => serde_json::from_str(text).unwrap_or(Json::Null),
        Tree::Text(text) => Json::String(text.clone()),
        Tree::List(items) => Json::Array(items.iter().map(json).collect()),
        Tree::Object(members) => {
            Json::Object(members.iter().map(|(name, tree)| (name.clone(), json(tree))).collect())
        }
    }
}

//! Sorts the keys that belong to the language. Names that a spec chooses keep their order.

use super::piece::{Collection, Piece};
use crate::table::{Map, Shape};

/// Sorts the keys in a value of this shape.
pub(super) fn sort(piece: &mut Piece<'_>, shape: Shape) {
    let Piece::Collection(collection) = piece else { return };
    match inside(shape, collection.is_map) {
        Some(Shape::Keys(map)) => keys(collection, map),
        Some(Shape::Named(names)) => values(collection, names.value),
        Some(Shape::List(item)) => values(collection, *item),
        _ => {}
    }
}

fn keys(collection: &mut Collection<'_>, map: &'static Map) {
    let order = map.order();
    let rank = |key: &str| order.iter().position(|known| *known == plain(key));
    collection.entries.sort_by_key(|entry| rank(entry.key).unwrap_or(order.len()));
    for entry in &mut collection.entries {
        if let Some(row) = map.row(plain(entry.key)) {
            sort(&mut entry.value, row.shape);
        }
    }
}

fn values(collection: &mut Collection<'_>, shape: Shape) {
    for entry in &mut collection.entries {
        sort(&mut entry.value, shape);
    }
}

/// The alternative of a shape that a map (`is_map`) or a list can have; `None` if there is none.
fn inside(shape: Shape, is_map: bool) -> Option<Shape> {
    match shape {
        Shape::Keys(_) | Shape::Named(_) => is_map.then_some(shape),
        Shape::List(_) => (!is_map).then_some(shape),
        Shape::Either(shapes) => shapes.iter().find_map(|one| inside(*one, is_map)),
        _ => None,
    }
}

/// A key without its quotes.
fn plain(key: &str) -> &str {
    key.trim_matches(['"', '\''])
}

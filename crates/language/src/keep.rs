//! Stores facts about the protocol once, for the life of the process.
//!
//! The model uses the types of the constants in generated code, so its facts must be `'static` too.
//! Each distinct text and list is stored once, so reading the same specs again takes no more
//! memory.

use std::any::{Any, TypeId};
use std::collections::{HashMap, HashSet};
use std::hash::Hash;
use std::sync::{LazyLock, Mutex, PoisonError};

type Tables = HashMap<TypeId, Box<dyn Any + Send>>;

/// One table for each type of item.
static KEPT: LazyLock<Mutex<Tables>> = LazyLock::new(Mutex::default);

/// The stored text that equals `text`.
pub(crate) fn text(text: &str) -> &'static str {
    let kept = list(text.bytes());
    std::str::from_utf8(kept).unwrap_or_default()
}

/// The stored list that equals the list of these items.
pub(crate) fn list<T: Copy + Eq + Hash + Send + Sync + 'static>(
    items: impl IntoIterator<Item = T>,
) -> &'static [T] {
    let items: Vec<T> = items.into_iter().collect();
    let mut tables = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    let table = tables.entry(TypeId::of::<T>()).or_insert_with(|| {
        let empty: HashSet<&'static [T]> = HashSet::new();
        Box::new(empty)
    });
    let Some(table) = table.downcast_mut::<HashSet<&'static [T]>>() else { return items.leak() };
    if let Some(kept) = table.get(items.as_slice()) {
        return kept;
    }
    let kept: &'static [T] = items.leak();
    table.insert(kept);
    kept
}

/// The stored fact that equals `fact`.
pub(crate) fn one<T: Copy + Eq + Hash + Send + Sync + 'static>(fact: T) -> &'static T {
    match list([fact]) {
        [kept, ..] => kept,
        [] => Box::leak(Box::new(fact)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_equal_is_kept_once() {
        let (first, second) = (text("a text"), text(&["a", "text"].join(" ")));
        assert!(std::ptr::eq(first, second));
        let (first, second) = (list([(first, 1), ("b", 2)]), list(vec![(second, 1), ("b", 2)]));
        assert!(std::ptr::eq(first, second));
        assert_ne!(list([("b", 2)]), list([("b", 3)]));
        assert_eq!(*one(7_u8), 7);
    }
}

//! Lists whose items have names, which are found without a search: a page may have 20,000 rows.

use std::collections::HashMap;
use std::ops::Deref;

/// Items in the order of the page. If several have the same name, only the first is kept.
#[derive(Debug)]
pub(crate) struct Named<T> {
    items: Vec<T>,
    places: HashMap<String, usize>,
}

impl<T> Default for Named<T> {
    fn default() -> Self {
        Self { items: Vec::new(), places: HashMap::new() }
    }
}

impl<T> Named<T> {
    /// The item of this name.
    pub(crate) fn named(&self, name: &str) -> Option<&T> {
        self.places.get(name).map(|place| &self.items[*place])
    }

    /// Adds an item, unless there is one of this name.
    pub(crate) fn add(&mut self, name: &str, item: T) {
        if !self.places.contains_key(name) {
            self.places.insert(name.to_owned(), self.items.len());
            self.items.push(item);
        }
    }
}

impl<T> Deref for Named<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.items
    }
}

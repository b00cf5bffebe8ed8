//! The names of types, which are declared before anything is defined: their order in the files does
//! not matter.

use super::read::map;
use crate::diagnostic::{Diagnostic, Sink, rules};
use crate::model::{Type, TypeId, Values};
use crate::source::SourceSpan;
use crate::syntax::{Entry, Node, NodeKind};
use std::collections::BTreeMap;

/// A type that is declared and not yet defined.
pub(super) struct Declared<'n> {
    pub(super) entry: &'n Entry,
    pub(super) file: String,
    pub(super) method: Option<String>,
}

/// All types of a platform.
#[derive(Default)]
pub(super) struct Types<'n> {
    /// In the order of their ids.
    pub(super) declared: Vec<Declared<'n>>,
    /// Whether each declared type is a record.
    records: Vec<bool>,
    shared: BTreeMap<String, TypeId>,
    local: BTreeMap<String, BTreeMap<String, TypeId>>,
}

/// What a field's type can name, and the defaults of its platform.
pub(super) struct Scope<'a> {
    types: &'a Types<'a>,
    method: Option<&'a str>,
    pub(super) values: &'a Values,
    pub(super) time_zone: i32,
}

impl<'n> Types<'n> {
    /// Takes the names of a `types:` map; `method` is the wire name if a method's file holds it.
    pub(super) fn declare(
        &mut self,
        node: &'n Node,
        file: &str,
        method: Option<&str>,
        sink: &mut Sink,
    ) {
        for entry in map(node, "`types`", sink).unwrap_or_default() {
            let earlier = self.find(&entry.key, method).or_else(|| self.find(&entry.key, None));
            if let Some(earlier) = earlier {
                let first = self.declared[earlier.0].entry.key_span;
                let message = format!("there is a type `{}` already", entry.key);
                sink.report(
                    Diagnostic::at(rules::DUPLICATE_NAME, entry.key_span, message)
                        .also(first, "declared here first"),
                );
                continue;
            }
            let id = TypeId(self.declared.len());
            let names = match method {
                Some(method) => self.local.entry(method.to_owned()).or_default(),
                None => &mut self.shared,
            };
            names.insert(entry.key.clone(), id);
            let is_record = match &entry.value.kind {
                NodeKind::Map(entries) => entries.iter().all(|entry| entry.key != "enum"),
                _ => true,
            };
            self.records.push(is_record);
            self.declared.push(Declared {
                entry,
                file: file.to_owned(),
                method: method.map(str::to_owned),
            });
        }
    }

    fn find(&self, name: &str, method: Option<&str>) -> Option<TypeId> {
        match method {
            Some(method) => self.local.get(method)?.get(name).copied(),
            None => self.shared.get(name).copied(),
        }
    }

    pub(super) fn scope<'a>(
        &'a self,
        method: Option<&'a str>,
        values: &'a Values,
        time_zone: i32,
    ) -> Scope<'a> {
        Scope { types: self, method, values, time_zone }
    }
}

impl Scope<'_> {
    /// The record or enumeration of a name.
    pub(super) fn named(&self, name: &str) -> Option<Type> {
        let local = self.method.and_then(|method| self.types.find(name, Some(method)));
        let id = local.or_else(|| self.types.find(name, None))?;
        Some(if self.types.records[id.0] { Type::Record(id) } else { Type::Enumeration(id) })
    }

    /// The method whose own type this name is, if it is another's.
    pub(super) fn elsewhere(&self, name: &str) -> Option<&str> {
        let mut local = self.types.local.iter();
        local.find(|(_, names)| names.contains_key(name)).map(|(method, _)| method.as_str())
    }

    /// Every name that can be used, for advice.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> + Clone {
        let local = self.method.and_then(|method| self.types.local.get(method));
        self.types
            .shared
            .keys()
            .chain(local.into_iter().flat_map(BTreeMap::keys))
            .map(String::as_str)
    }
}

/// Where something begins, for messages about it as a whole.
pub(super) fn beginning(span: SourceSpan) -> SourceSpan {
    SourceSpan { end: span.start, ..span }
}

//! The names of types. They are declared before any type is defined, so that the order of types
//! does not matter.

use super::read::{areas, map, plain_name};
use super::time::TimeZone;
use crate::diagnostic::{Diagnostic, Sink, rules};
use crate::model::{Type, TypeId, Values};
use crate::source::SourceSpan;
use crate::syntax::{Entry, Node, NodeKind};
use crate::table::{BUILT_IN, TYPES};
use std::collections::BTreeMap;

/// A type that is declared but not defined yet.
pub(super) struct Declared<'n> {
    pub(super) entry: &'n Entry,
    /// The bytes from the type's name to the next type.
    pub(super) area: SourceSpan,
    pub(super) file: String,
    pub(super) method: Option<String>,
}

/// All types of a platform.
#[derive(Default)]
pub(super) struct Types<'n> {
    /// The declared types, in the order of ids.
    pub(super) declared: Vec<Declared<'n>>,
    /// Whether each declared type is a record.
    records: Vec<bool>,
    shared: BTreeMap<String, TypeId>,
    local: BTreeMap<String, BTreeMap<String, TypeId>>,
    /// Whether some declarations could not be read. If so, an unknown name may be one of them.
    pub(super) unread: bool,
}

/// What the type of a field depends on: the names of types, and defaults.
pub(super) struct Scope<'a> {
    types: &'a Types<'a>,
    method: Option<&'a str>,
    pub(super) values: &'a Values,
    pub(super) time_zone: &'a TimeZone,
}

impl<'n> Types<'n> {
    /// Declares the names in a `types` map. `method` is the wire name if the map is in a method's
    /// file.
    pub(super) fn declare(
        &mut self,
        (node, end): (&'n Node, u32),
        file: &str,
        method: Option<&str>,
        sink: &mut Sink,
    ) {
        let entries = map(node, TYPES.what, TYPES.example, sink);
        self.unread |= entries.is_none();
        for (entry, area) in areas(entries.unwrap_or_default(), end) {
            let earlier = self.find(&entry.key, method).or_else(|| self.find(&entry.key, None));
            if let Some(earlier) = earlier {
                let first = self.declared[earlier.0].entry.key_span;
                let message = format!("duplicate type `{}`", entry.key);
                sink.report(
                    Diagnostic::at(rules::DUPLICATE_NAME, entry.key_span, message)
                        .also(first, "first declared here"),
                );
                continue;
            }
            plain_name(entry, sink);
            if BUILT_IN.contains(&&*entry.key) {
                let message =
                    format!("`{}` is a built-in type, so this one is never used", entry.key);
                sink.report(Diagnostic::at(rules::BUILT_IN_NAME, entry.key_span, message));
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
                area,
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
        time_zone: &'a TimeZone,
    ) -> Scope<'a> {
        Scope { types: self, method, values, time_zone }
    }
}

impl Scope<'_> {
    /// The record or enumeration with this name.
    pub(super) fn named(&self, name: &str) -> Option<Type> {
        let local = self.method.and_then(|method| self.types.find(name, Some(method)));
        let id = local.or_else(|| self.types.find(name, None))?;
        Some(if self.types.records[id.0] { Type::Record(id) } else { Type::Enumeration(id) })
    }

    /// Whether an unknown name may be declared in a part that could not be read.
    pub(super) fn is_partial(&self) -> bool {
        self.types.unread
    }

    /// The wire name of another method whose file declares a type with this name.
    pub(super) fn elsewhere(&self, name: &str) -> Option<&str> {
        let mut local = self.types.local.iter();
        local.find(|(_, names)| names.contains_key(name)).map(|(method, _)| method.as_str())
    }

    /// All names that can be used here, for suggestions.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> + Clone {
        let local = self.method.and_then(|method| self.types.local.get(method));
        self.types
            .shared
            .keys()
            .chain(local.into_iter().flat_map(BTreeMap::keys))
            .map(String::as_str)
    }
}

/// The beginning of a span, for messages about all of it.
pub(super) fn beginning(span: SourceSpan) -> SourceSpan {
    SourceSpan { end: span.start, ..span }
}

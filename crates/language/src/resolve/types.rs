//! Named types: declared first, defined then, so that their order in the files does not matter.

use super::about::about;
use super::field::fields;
use super::kind::MAP_OF;
use super::read::{Keys, flag, map, text, word};
use super::rule::rules as record_rules;
use crate::diagnostic::{Diagnostic, Sink, rules};
use crate::model::{About, Enumeration, Record, Type, TypeDef, TypeId, TypeKind, Values, Variant};
use crate::source::SourceSpan;
use crate::syntax::{Entry, Node, NodeKind};
use std::collections::BTreeMap;

/// A type that is declared and not yet defined.
pub(super) struct Declared<'n> {
    entry: &'n Entry,
    file: String,
    method: Option<String>,
}

/// All types of a platform.
#[derive(Default)]
pub(super) struct Types<'n> {
    declared: Vec<Declared<'n>>,
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

    /// Reads the bodies, in the order of declaration, which is the order of the ids.
    pub(super) fn define(&self, values: &Values, time_zone: i32, sink: &mut Sink) -> Vec<TypeDef> {
        self.declared
            .iter()
            .map(|declared| {
                let scope = self.scope(declared.method.as_deref(), values, time_zone);
                let (about, kind) = define(&declared.entry.value, &scope, sink);
                TypeDef {
                    name: declared.entry.key.clone(),
                    span: declared.entry.key_span,
                    file: declared.file.clone(),
                    method: declared.method.clone(),
                    about,
                    kind,
                }
            })
            .collect()
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
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        let local = self.method.and_then(|method| self.types.local.get(method));
        self.types
            .shared
            .keys()
            .chain(local.into_iter().flat_map(BTreeMap::keys))
            .map(String::as_str)
    }
}

fn define(node: &Node, scope: &Scope<'_>, sink: &mut Sink) -> (About, TypeKind) {
    let Some(mut keys) = Keys::of(node, "a type", sink) else {
        return (About::default(), TypeKind::Record(Record::default()));
    };
    let about = about(&mut keys, sink);
    let kind = match keys.node("enum") {
        Some(values) => TypeKind::Enumeration(Enumeration {
            numeric: keys
                .word("type", &[("text", false), ("integer", true)], sink)
                .unwrap_or(false),
            variants: variants(values, sink),
        }),
        None => {
            let fields = keys.require("fields", sink).map(|node| fields(node, scope, sink));
            let others = keys.node("others").and_then(|node| word(node, &MAP_OF, sink));
            let rules = keys.node("rules").map(|node| record_rules(node, sink)).unwrap_or_default();
            TypeKind::Record(Record { fields: fields.unwrap_or_default(), rules, others })
        }
    };
    keys.finish(sink);
    (about, kind)
}

fn variants(node: &Node, sink: &mut Sink) -> Vec<Variant> {
    map(node, "an enumeration", sink)
        .unwrap_or_default()
        .iter()
        .filter_map(|entry| variant(entry, sink))
        .collect()
}

fn variant(entry: &Entry, sink: &mut Sink) -> Option<Variant> {
    let (value, span) = (entry.key.clone(), entry.key_span);
    match &entry.value.kind {
        NodeKind::Null => Some(Variant { value, span, rust: None, about: About::default() }),
        NodeKind::Text { text, .. } => {
            let about = About { doc: Some(text.clone()), ..About::default() };
            Some(Variant { value, span, rust: None, about })
        }
        _ => {
            let mut keys = Keys::of(&entry.value, "a value of an enumeration", sink)?;
            let rust = keys.spanned("rust", sink);
            let about = about(&mut keys, sink);
            keys.finish(sink);
            Some(Variant { value, span, rust, about })
        }
    }
}

/// `~`, a text, or a map: what several keys allow in their short form.
pub(super) fn short_text<'n>(node: &'n Node, sink: &mut Sink) -> Option<&'n str> {
    match node.kind {
        NodeKind::Text { .. } => text(node, sink),
        _ => None,
    }
}

/// `true` and `false` where absence says something else than `false`.
pub(super) fn tristate(node: Option<&Node>, sink: &mut Sink) -> Option<bool> {
    node.and_then(|node| flag(node, sink))
}

/// Where something begins, for messages about it as a whole.
pub(super) fn beginning(span: SourceSpan) -> SourceSpan {
    SourceSpan { end: span.start, ..span }
}

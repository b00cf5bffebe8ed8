//! What developers read: the prose of the specs, the rules, and how sure each fact is.

pub mod example;
pub mod method;
pub mod overview;
pub mod platform;
pub mod rules;

use super::names::Ident;
use super::prose::{Docs, code, escaped};
use super::tree;
use super::usage::Roles;
use crate::model::{About, Field, Grade, Record, Type, TypeDef};
use std::collections::BTreeMap;

pub use rules::Fields;

/// A field stands so far in.
pub const INDENT: usize = 4;

/// Of a struct's field: one paragraph with everything a caller must know. The type's documentation
/// says how sure it is.
pub fn field(row: &Field, ident: &Ident, roles: Roles, fields: &Fields<'_>) -> Docs {
    let mut text = vec![summary(
        &row.about,
        &other_names(row, ident),
        &format!("The field {}", code(&row.name)),
    )];
    if roles.request {
        text.extend(rules::required(&row.required, fields));
        text.extend(row.constraints.iter().filter_map(|(limit, _)| rules::limit(limit, row)));
    }
    if roles.answer && row.always {
        text.push("Always present.".to_owned());
    }
    text.extend(unit(&row.ty));
    text.extend(sentinel(row, roles));
    text.extend(row.example.as_deref().filter(|example| !example.trim().is_empty()).map(
        |example| {
            if row.sensitive { String::new() } else { format!("Example: {}.", code(example)) }
        },
    ));
    Docs::of(INDENT, &joined(text))
}

/// Of a field's setter: the first sentence about the field.
pub fn setter(row: &Field) -> Docs {
    let text = summary(&row.about, &[], &format!("The field {}", code(&row.name)));
    let mut ends = text.match_indices(". ").map(|(at, _)| at + 1);
    let spoken = |end: &usize| text[..*end].matches('`').count().is_multiple_of(2);
    let first = ends.find(spoken).map_or(text.as_str(), |end| &text[..end]);
    Docs::of(2 * INDENT, first)
}

/// Of a constant.
pub fn plain_item(about: &About, otherwise: &str, indent: usize) -> Docs {
    let mut text = vec![summary(about, &[], otherwise)];
    text.extend(provenance(about));
    Docs::of(indent, &joined(text))
}

/// Of a record that methods share or own, with its rules.
pub fn record(def: &TypeDef, spec: &Record, planned: &tree::Record<'_>) -> Docs {
    let otherwise = format!("The record {}", code(&def.name));
    let mut docs = Docs::of(0, &summary(&def.about, &[], &otherwise));
    let rows: Vec<_> = spec.sent().collect();
    let idents: Vec<_> = planned.fields.iter().map(|field| field.ident.clone()).collect();
    let fields = Fields { rows: &rows, idents: &idents };
    let rules = rules::all(spec, &fields);
    if planned.build.is_some() && !rules.is_empty() {
        docs.heading(1, "Rules");
        docs.list(&rules);
    }
    add_provenance(&mut docs, &provenance(&def.about), fields.provenance());
    docs
}

/// Of an enumeration.
pub fn enumeration<'a>(
    def: &TypeDef,
    values: impl Iterator<Item = (&'a Ident, &'a About)>,
) -> Docs {
    let otherwise = format!("The enumeration {}", code(&def.name));
    let mut docs = Docs::of(INDENT, &summary(&def.about, &[], &otherwise));
    let parts = values.map(|(ident, about)| (ident.as_str(), provenance(about)));
    add_provenance(&mut docs, &provenance(&def.about), parts);
    docs
}

/// Of an enumeration's value.
pub fn variant(about: &About, wire: &str) -> Docs {
    Docs::of(INDENT, &summary(about, &[code(wire)], "The value"))
}

/// Adds the section that says how sure the facts of a type are: about the type itself, then by
/// field, credential or value. Those of which the same is true share an item.
pub fn add_provenance<'a>(
    docs: &mut Docs,
    own: &[String],
    parts: impl IntoIterator<Item = (&'a str, Vec<String>)>,
) {
    let mut items: Vec<(String, String)> = Vec::new();
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    for (name, text) in parts {
        let text = joined(text);
        match known.get(&text).and_then(|&index| items.get_mut(index)) {
            _ if text.is_empty() => {}
            Some((names, _)) => names.push_str(&format!(", {}", code(name))),
            None => {
                known.insert(text.clone(), items.len());
                items.push((code(name), text));
            }
        }
    }
    if own.is_empty() && items.is_empty() {
        return;
    }
    docs.heading(1, "Provenance");
    docs.paragraph(&own.join(" "));
    let items = items.iter().map(|(names, text)| format!("{names}: {text}"));
    docs.list(&items.collect::<Vec<_>>());
}

/// The wire name is worth a word where the Rust name hides it.
fn other_names(row: &Field, ident: &Ident) -> Vec<String> {
    if row.name == ident.as_str() { Vec::new() } else { vec![code(&row.name)] }
}

/// `The shop's node (店铺节点).`: prose, with the platform's term and further names.
pub fn summary(about: &About, names: &[String], otherwise: &str) -> String {
    let term = about.term.as_deref().map(escaped);
    let (text, term) = match about.doc.as_deref().map(escaped) {
        Some(doc) => (doc, term),
        None => (term.unwrap_or_else(|| otherwise.to_owned()), None),
    };
    let names: Vec<String> = names.iter().cloned().chain(term).collect();
    let stripped = text.trim_end_matches(['.', '。']);
    match names.as_slice() {
        [] => sentence(&text),
        names if stripped.len() == text.len() && text.ends_with(['!', '?']) => {
            format!("{text} ({}).", names.join(", "))
        }
        names => format!("{stripped} ({}).", names.join(", ")),
    }
}

/// What else the spec says about a fact: notes, contradictions, how sure it is.
pub fn provenance(about: &About) -> Vec<String> {
    note(about).into_iter().chain(evidence(about)).collect()
}

/// What the spec notes about a fact.
pub fn note(about: &About) -> Option<String> {
    about.note.as_deref().map(|note| sentence(&escaped(note)))
}

/// Contradictions, and how sure a fact is.
pub fn evidence(about: &About) -> Vec<String> {
    let conflict = about.conflict.as_ref().map(|conflict| {
        let reading = |(name, text): &(String, String)| {
            format!("*{}* reads “{}”", escaped(name), escaped(text))
        };
        let readings: Vec<_> = conflict.readings.iter().map(reading).collect();
        let chosen = escaped(&conflict.chosen);
        format!(
            "The document contradicts itself: {}. This client follows *{chosen}*.",
            readings.join(", ")
        )
    });
    conflict.into_iter().chain(grade(about)).collect()
}

fn grade(about: &About) -> Option<String> {
    let source = about.source.as_deref().map(escaped);
    match (about.grade, source) {
        (Grade::Documented, None) => None,
        (Grade::Documented, Some(source)) => Some(sentence(&format!("Source: {source}"))),
        (grade, None) => Some(format!("Grade: {}.", grade.key())),
        (grade, Some(source)) => Some(sentence(&format!("Grade: {} ({source})", grade.key()))),
    }
}

fn unit(ty: &Type) -> Option<String> {
    match ty {
        Type::Fen { .. } => Some("In fen (1/100 yuan).".to_owned()),
        Type::Decimal { yuan: true, .. } => Some("In yuan.".to_owned()),
        _ => None,
    }
}

fn sentinel(row: &Field, roles: Roles) -> Option<String> {
    match &row.ty {
        Type::DateTime(codec) if roles.answer => codec
            .never
            .as_deref()
            .map(|never| format!("Absent until it happens ({} on the wire).", code(never))),
        _ => None,
    }
}

/// A text as a sentence.
pub fn sentence(text: &str) -> String {
    let text = text.trim();
    let ended = text.ends_with(['.', '!', '?', '。', '！', '？']);
    if ended || text.is_empty() { text.to_owned() } else { format!("{text}.") }
}

/// Sentences as one paragraph.
pub fn joined(sentences: Vec<String>) -> String {
    let spoken: Vec<String> = sentences.into_iter().filter(|text| !text.is_empty()).collect();
    spoken.join(" ")
}

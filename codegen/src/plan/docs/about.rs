//! Prose and provenance of a fact: what it means, and how sure it is.

use crate::model::{About, Grade};
use crate::plan::prose::{Docs, code, escaped};
use std::collections::BTreeMap;

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

/// How sure a fact is, if the document does not state it.
pub fn grade(about: &About) -> Option<String> {
    let source = about.source.as_deref().map(escaped);
    match (about.grade, source) {
        (Grade::Documented, None) => None,
        (Grade::Documented, Some(source)) => Some(sentence(&format!("Source: {source}"))),
        (grade, None) => Some(format!("Grade: {}.", grade.key())),
        (grade, Some(source)) => Some(sentence(&format!("Grade: {} ({source})", grade.key()))),
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

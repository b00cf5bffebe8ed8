//! Documents a fact: what it means, and how certain it is.

use crate::model::{About, Grade};
use crate::plan::prose::{Docs, code, escaped};
use std::collections::BTreeMap;

/// Adds the section that says how certain facts are: first those about the type itself (`own`),
/// then those about each field, credential or value (`parts`). Parts with the same text share an
/// item of the list.
pub(crate) fn add_provenance<'a>(
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

/// Returns the prose of a fact, followed in parentheses by `names` and the platform's term:
/// `The shop's node (店铺节点).` If there is no prose, the term takes its place, or `otherwise` if
/// there is no term either.
pub(crate) fn summary(about: &About, names: &[String], otherwise: &str) -> String {
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

/// Returns everything that qualifies a fact: the remark, the contradiction, and how certain the
/// fact is.
pub(crate) fn provenance(about: &About) -> Vec<String> {
    note(about).into_iter().chain(evidence(about)).collect()
}

pub(crate) fn note(about: &About) -> Option<String> {
    about.note.as_deref().map(|note| sentence(&escaped(note)))
}

/// Returns the contradiction in the document, if there is one, and how certain the fact is.
pub(crate) fn evidence(about: &About) -> Vec<String> {
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

/// Returns how certain a fact is, and its source. Returns `None` if the fact is documented and
/// names no source.
pub(crate) fn grade(about: &About) -> Option<String> {
    let source = about.source.as_deref().map(escaped);
    match (about.grade, source) {
        (Grade::Documented, None) => None,
        (Grade::Documented, Some(source)) => Some(sentence(&format!("Source: {source}"))),
        (grade, None) => Some(format!("Grade: {}.", grade.key())),
        (grade, Some(source)) => Some(sentence(&format!("Grade: {} ({source})", grade.key()))),
    }
}

/// Appends a full stop unless the text ends with punctuation.
pub(crate) fn sentence(text: &str) -> String {
    let text = text.trim();
    let ended = text.ends_with(['.', '!', '?', '。', '！', '？']);
    if ended || text.is_empty() { text.to_owned() } else { format!("{text}.") }
}

/// Joins sentences into one paragraph. Skips empty ones.
pub(crate) fn joined(sentences: Vec<String>) -> String {
    let spoken: Vec<String> = sentences.into_iter().filter(|text| !text.is_empty()).collect();
    spoken.join(" ")
}

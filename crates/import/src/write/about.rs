//! What all parts of a draft use: shortened texts, provenance, and samples.

use super::yaml::{self, Map, Yaml};
use crate::facts::Field;
use crate::prose;
use gatespec_language::model::Grade;
use std::collections::BTreeMap;

/// What the writer needs in addition to the facts.
pub(crate) struct Context<'c> {
    pub(crate) platform: &'c str,
    /// The name of the page in comments.
    pub(crate) page: &'c str,
    /// Samples that the compiler refused, by file and name, each with the compiler's reason.
    pub(crate) dropped: &'c BTreeMap<(String, String), String>,
}

/// The words before a quotation of the page in a note. `--update` finds the quotation by these
/// words.
pub(crate) const QUOTING: &str = "The page says: ";

/// A text shortened for a term or a comment.
pub(super) fn shortened(text: &str) -> String {
    const LONGEST: usize = 80;
    let text = yaml::one_line(text);
    if text.chars().count() <= LONGEST {
        return text;
    }
    text.chars().take(LONGEST - 1).chain(['…']).collect()
}

/// Adds the grade, the line, a contradiction, and a note with `reasons` and the page's words.
pub(super) fn about(field: &Field, reasons: &[String], map: &mut Map) {
    if let Some(word) = word(field.grade) {
        map.text("grade", word);
    }
    line(map, field.line);
    if let Some(conflict) = &field.conflict {
        let mut readings = Map::new();
        for (place, reading) in &conflict.readings {
            let reading =
                if reading.is_empty() { "nothing".to_owned() } else { shortened(reading) };
            readings.text(place, reading);
        }
        readings.text("chosen", &conflict.chosen);
        map.map("conflict", readings);
    }
    let mut note: Vec<String> = reasons.iter().map(|reason| yaml::one_line(reason)).collect();
    let said: String = prose::plain(&field.prose).into_iter().collect();
    if yaml::one_line(&said) != field.term {
        note.push(format!("{QUOTING}{}", yaml::one_line(&field.prose)));
    }
    if !note.is_empty() {
        map.text("note", note.join(". "));
    }
}

/// The word for a grade; `None` for the usual one.
pub(super) fn word(grade: Grade) -> Option<&'static str> {
    (grade != Grade::Documented).then(|| grade.key())
}

/// Samples as items of `examples`, without those that the compiler refused.
pub(super) struct Examples<'c> {
    file: String,
    dropped: &'c BTreeMap<(String, String), String>,
    pub(super) items: Vec<Yaml>,
    pub(super) comments: Vec<String>,
}

impl<'c> Examples<'c> {
    pub(super) fn new(file: &str, context: &Context<'c>) -> Self {
        Self {
            file: file.to_owned(),
            dropped: context.dropped,
            items: Vec::new(),
            comments: Vec::new(),
        }
    }

    pub(super) fn push(&mut self, name: &str, fill: impl FnOnce(&mut Map)) {
        if let Some(why) = self.dropped.get(&(self.file.clone(), name.to_owned())) {
            self.comments.push(format!("Not used: {name}: {why}"));
            return;
        }
        let mut item = Map::open();
        item.text("name", name);
        fill(&mut item);
        self.items.push(Yaml::Map(item));
    }
}

/// Adds the `doc` that a person has to write, and the platform's term.
pub(super) fn described(map: &mut Map, term: &str) {
    map.text("doc", "TODO");
    if !term.is_empty() {
        map.text("term", shortened(term));
    }
}

/// Adds the line of the page.
pub(super) fn line(map: &mut Map, line: usize) {
    map.text("source", format!("line {line}"));
}

/// Describes a guess: a fact that the page does not state, but a spec needs.
pub(super) fn guess(map: &mut Map, note: &str) {
    described(map, "");
    map.text("grade", "inferred");
    map.text("note", note);
}

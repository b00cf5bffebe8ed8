//! Reads `doc`, `term` and provenance, which every fact can have.

use super::keys::Keys;
use super::levels::levels;
use super::read::{map, text};
use crate::diagnostic::{Diagnostic, Sink, rules};
use crate::model::{About, Conflict, Grade};
use crate::syntax::Node;
use crate::table::CONFLICT;

pub(super) fn about(keys: &mut Keys<'_>, sink: &mut Sink) -> About {
    levels(keys, sink);
    About {
        doc: keys.text("doc", sink).as_deref().map(one_line),
        term: keys.text("term", sink),
        grade: keys.word("grade", &Grade::ALL, sink).unwrap_or_default(),
        source: keys.text("source", sink).as_deref().map(one_line),
        note: keys.text("note", sink).as_deref().map(one_line),
        conflict: keys.node("conflict").and_then(|node| conflict(node, sink)),
    }
}

/// Joins the lines of prose and removes the newline at the end of a folded scalar.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn conflict(node: &Node, sink: &mut Sink) -> Option<Conflict> {
    let mut readings = Vec::new();
    let mut chosen = None;
    for entry in map(node, CONFLICT.what, CONFLICT.example, sink)? {
        let value = text(&entry.value, sink)?;
        match entry.key.as_str() {
            "chosen" => chosen = Some((value.to_owned(), entry.value.span)),
            _ => readings.push((entry.key.clone(), value.to_owned())),
        }
    }
    let wrong = match &chosen {
        None => Some((node.span, "the conflict needs `chosen`".to_owned())),
        Some((name, span)) if readings.iter().all(|(reading, _)| reading != name) => {
            Some((*span, format!("`{name}` is not one of the readings")))
        }
        Some(_) if readings.len() < 2 => {
            Some((node.span, "a conflict needs at least two readings".to_owned()))
        }
        Some(_) => None,
    };
    if let Some((span, message)) = wrong {
        sink.report(
            Diagnostic::at(rules::BAD_CONFLICT, span, message)
                .help("write `conflict: { here: what it says here, there: what it says there, chosen: here }`"),
        );
        return None;
    }
    chosen.map(|(chosen, _)| Conflict { readings, chosen })
}

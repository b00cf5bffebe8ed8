//! Writes changes as text for people, as Markdown for a pull request, or as JSON for programs.

use crate::change::{Change, Rust, Version, Wire};
use gatespec_language::source::SourceMap;
use serde_json::{Value, json};
use std::fmt::Write;

/// Changes with the sources of both versions.
#[derive(Debug, Clone, Copy)]
pub struct Report<'a> {
    /// The changes.
    pub changes: &'a [Change],
    /// The sources of the old version.
    pub old: &'a SourceMap,
    /// The sources of the new version.
    pub new: &'a SourceMap,
}

impl Report<'_> {
    /// The worst verdicts on all changes.
    pub fn verdicts(&self) -> (Wire, Rust) {
        let wire = self.changes.iter().map(Change::wire).max().unwrap_or_default();
        (wire, self.changes.iter().map(|change| change.rust).max().unwrap_or_default())
    }

    /// File, line and column of a change's cause.
    fn cause(&self, change: &Change) -> (&str, usize, usize) {
        let sources = match change.place.version {
            Version::Old => self.old,
            Version::New => self.new,
        };
        let span = change.place.span;
        let (line, column) = sources.position(span.source, span.start);
        (&sources.get(span.source).shown, line, column)
    }

    /// Writes a paragraph for each change, and a summary.
    pub fn human(&self) -> String {
        let mut out = String::new();
        for change in self.changes {
            let (file, line, column) = self.cause(change);
            let _ = writeln!(out, "{}", change.subject);
            for fact in &change.facts {
                let _ = writeln!(out, "  {}", fact.what);
                let effect = effect(&fact.effect);
                let _ = writeln!(out, "    wire  {}{effect}", words(fact.wire));
            }
            if change.facts.is_empty() {
                let _ = writeln!(out, "  the generated code changes");
            }
            let _ = writeln!(out, "    rust  {}{}", change.rust.key(), items(&change.items));
            let _ = writeln!(out, "    --> {file}:{line}:{column}{}\n", side(change));
        }
        out + &self.summary()
    }

    fn summary(&self) -> String {
        let (wire, rust) = self.verdicts();
        let count = match self.changes.len() {
            0 => return "nothing changes\n".to_owned(),
            1 => "1 change".to_owned(),
            many => format!("{many} changes"),
        };
        let old = match wire {
            Wire::Works => "old clients work",
            Wire::MayFail => "old clients may fail",
            Wire::Fails => "old clients fail",
        };
        format!("{count}: {old}; a {} release\n", rust.key())
    }

    /// Writes a table for a pull request.
    pub fn markdown(&self) -> String {
        let mut out = format!("**{}**\n", self.summary().trim_end());
        if self.changes.is_empty() {
            return out;
        }
        out += "\n| what | change | wire | Rust | cause |\n|---|---|---|---|---|\n";
        for change in self.changes {
            let (file, line, _) = self.cause(change);
            let facts =
                change.facts.iter().map(|fact| format!("{}{}", fact.what, effect(&fact.effect)));
            let facts = facts.collect::<Vec<_>>().join("; ");
            let row = [
                change.subject.clone(),
                facts,
                words(change.wire()).to_owned(),
                format!("{}{}", change.rust.key(), items(&change.items)),
                format!("{file}:{line}{}", side(change)),
            ];
            let cells = row.map(|cell| cell.replace('|', "\\|").replace('\n', " "));
            let _ = writeln!(out, "| {} |", cells.join(" | "));
        }
        out
    }

    /// Writes one object with the verdicts and the list of changes.
    pub fn json(&self) -> Value {
        let (wire, rust) = self.verdicts();
        let changes = self.changes.iter().map(|change| {
            let (file, line, column) = self.cause(change);
            let facts = change.facts.iter().map(
                |fact| json!({ "what": fact.what, "wire": fact.wire.key(), "effect": fact.effect }),
            );
            let version = if change.place.version == Version::Old { "old" } else { "new" };
            json!({
                "subject": change.subject,
                "wire": change.wire().key(),
                "rust": change.rust.key(),
                "facts": facts.collect::<Vec<_>>(),
                "items": change.items,
                "cause": { "version": version, "file": file, "line": line, "column": column },
            })
        });
        let changes: Vec<Value> = changes.collect();
        json!({ "wire": wire.key(), "rust": rust.key(), "changes": changes })
    }
}

fn words(wire: Wire) -> &'static str {
    match wire {
        Wire::Works => "works",
        Wire::MayFail => "may fail",
        Wire::Fails => "fails",
    }
}

fn effect(effect: &str) -> String {
    if effect.is_empty() { String::new() } else { format!(": {effect}") }
}

fn items(items: &[String]) -> String {
    /// The maximum number of paths that are shown.
    const MOST: usize = 4;
    let shown: Vec<String> = items.iter().take(MOST).map(|path| format!("`{path}`")).collect();
    match items.len() {
        0 => String::new(),
        count if count > MOST => format!(": {} and {} more", shown.join(", "), count - MOST),
        _ => format!(": {}", shown.join(", ")),
    }
}

fn side(change: &Change) -> &'static str {
    if change.place.version == Version::Old { " (before)" } else { "" }
}

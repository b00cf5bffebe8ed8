//! Edits of the files of a spec.

use super::entry::{Entry, entry, moved, removal};
use gatespec_language::source::{SourceId, SourceMap, SourceSpan};
use std::collections::BTreeMap;
use std::ops::Range;

/// The edits of each file: the ranges that they replace, and the new texts.
#[derive(Debug)]
pub(super) struct Edits<'s> {
    /// The spec.
    pub(super) old: &'s SourceMap,
    /// The draft.
    pub(super) new: &'s SourceMap,
    found: BTreeMap<SourceId, Vec<(Range<usize>, String)>>,
}

impl<'s> Edits<'s> {
    pub(super) fn new(old: &'s SourceMap, new: &'s SourceMap) -> Self {
        Self { old, new, found: BTreeMap::new() }
    }

    /// The entry of the spec whose key has this span.
    pub(super) fn of_spec(&self, key: SourceSpan) -> (&'s str, Entry) {
        let text: &'s str = &self.old.get(key.source).text;
        (text, entry(text, key.start as usize))
    }

    /// The entry of the draft whose key has this span.
    pub(super) fn of_draft(&self, key: SourceSpan) -> (&'s str, Entry) {
        let text: &'s str = &self.new.get(key.source).text;
        (text, entry(text, key.start as usize))
    }

    /// Replaces a range. Returns `false` if a part of it is already replaced.
    pub(super) fn replace(&mut self, source: SourceId, range: Range<usize>, by: String) -> bool {
        let edits = self.found.entry(source).or_default();
        let overlaps = |(other, _): &(Range<usize>, String)| {
            range.start < other.end && other.start < range.end
        };
        let is_free = !edits.iter().any(overlaps);
        if is_free {
            edits.push((range, by));
        }
        is_free
    }

    /// Replaces the value of a rule's key with the draft's value. Both spans are of a value before
    /// the key.
    pub(super) fn take_value(&mut self, rule: SourceSpan, new: SourceSpan, key: &str) -> bool {
        let value = |text: &str, start: u32| {
            let start = start as usize;
            let rest = &text[start..];
            let end = rest.find("\n  - ").or_else(|| rest.find("\n\n")).unwrap_or(rest.len());
            let rule = &rest[..end];
            let from = rule.find(&format!("{key}: "))? + key.len() + 2;
            let length = rule[from..].find([',', '}', '#', '\n']).unwrap_or(rule.len() - from);
            Some(start + from..start + from + rule[from..from + length].trim_end().len())
        };
        let (old, draft) = (&self.old.get(rule.source).text, &self.new.get(new.source).text);
        let (Some(at), Some(by)) = (value(old, rule.start), value(draft, new.start)) else {
            return false;
        };
        self.replace(rule.source, at, draft[by].to_owned())
    }

    /// Removes the entry of this key.
    pub(super) fn remove(&mut self, key: SourceSpan) -> bool {
        let (text, entry) = self.of_spec(key);
        self.replace(key.source, removal(text, &entry), String::new())
    }

    /// Adds an entry of the draft beside one of the spec. Returns `false` if the spec has braces
    /// there and the entry needs several lines.
    pub(super) fn add(&mut self, key: SourceSpan, beside: SourceSpan, after: bool) -> bool {
        let (text, own) = self.of_draft(key);
        let (_, neighbour) = self.of_spec(beside);
        let Range { start, end } = neighbour.range;
        let at = if after { end } else { start };
        let new = match neighbour.indent {
            Some(indent) => moved(text, &own, indent),
            None => {
                let line = moved(text, &own, 0);
                let line = line.trim_end();
                if line.contains('\n') {
                    return false;
                }
                if after { format!(", {line}") } else { format!("{line}, ") }
            }
        };
        self.replace(beside.source, at..at, new)
    }

    /// Adds a section with entries of the draft at the end of a file. Returns `false` if the file
    /// has this section already.
    pub(super) fn section(&mut self, source: SourceId, name: &str, keys: &[SourceSpan]) -> bool {
        let text = &self.old.get(source).text;
        let heading = format!("{name}:");
        if text.lines().any(|line| line.starts_with(&heading)) {
            return false;
        }
        let mut new = String::new();
        let added = self.found.get(&source).is_some_and(|edits| {
            edits.iter().any(|(range, by)| range.start == text.len() && by.starts_with(&heading))
        });
        if !added {
            if !text.ends_with('\n') {
                new.push('\n');
            }
            new.push_str(&heading);
            new.push('\n');
        }
        for key in keys {
            let (text, entry) = self.of_draft(*key);
            new.push_str(&moved(text, &entry, 2));
        }
        self.replace(source, text.len()..text.len(), new)
    }

    /// The path of each edited file, with its text before and after.
    pub(super) fn files(self) -> Vec<(String, String, String)> {
        let edited = |(id, mut edits): (SourceId, Vec<(Range<usize>, String)>)| {
            let source = self.old.get(id);
            // The sort is stable, so additions at the same place keep their order.
            edits.sort_by_key(|(range, _)| (range.start, range.end));
            let (mut out, mut at) = (String::new(), 0);
            for (range, by) in edits {
                out.push_str(&source.text[at..range.start]);
                out.push_str(&by);
                at = range.end;
            }
            out.push_str(&source.text[at..]);
            (source.path.clone(), source.text.clone(), out)
        };
        self.found.into_iter().map(edited).collect()
    }
}

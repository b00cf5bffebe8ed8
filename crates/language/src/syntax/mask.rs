//! Continues after a YAML error: hides the entry that contains the error, and reads the rest again.

use super::tree::{Entry, Node, NodeKind};
use crate::letters::ascii;
use crate::source::SourceSpan;
use std::borrow::Cow;
use std::ops::Range;

/// The maximum number of errors that are hidden in a file.
const MOST_HIDDEN: usize = 20;

/// A text in which some entries are hidden: spaces replace all but their keys, so that positions do
/// not change.
pub(super) struct Mask<'t> {
    text: Cow<'t, str>,
    hidden: Vec<Range<usize>>,
}

impl<'t> Mask<'t> {
    pub(super) fn of(text: &'t str) -> Self {
        Self { text: Cow::Borrowed(text), hidden: Vec::new() }
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Hides the entry that contains a position: at first the innermost one, the next time the
    /// top-level one. Returns `false` if there is no such entry, or it is hidden already.
    pub(super) fn hide(&mut self, at: usize) -> bool {
        let is_new = |entry: &Range<usize>| {
            self.hidden.iter().all(|hidden| hidden.end <= entry.start || entry.end <= hidden.start)
        };
        let inner = innermost(&self.text, at).filter(is_new);
        let outer = || {
            let entry = entry_around(&self.text, at)?;
            self.hidden.iter().all(|hidden| *hidden != entry).then_some(entry)
        };
        let Some(entry) = inner.or_else(outer) else { return false };
        if self.hidden.len() == MOST_HIDDEN {
            return false;
        }
        let written = &self.text[entry.clone()];
        let indentation = written.len() - written.trim_start_matches(' ').len();
        let key = key_of(&written[indentation..]);
        let kept = indentation + key.len();
        let blanks = written.bytes().skip(kept);
        let blanks = blanks.map(|byte| if byte == b'\n' { '\n' } else { ' ' });
        let mut shown: String = written[..kept].chars().chain(blanks).collect();
        if !key.is_empty() {
            shown.replace_range(kept..=kept, ":");
        }
        self.text.to_mut().replace_range(entry.clone(), &shown);
        self.hidden.push(entry);
        true
    }

    /// Marks the entries that are hidden as broken.
    pub(super) fn mark(&self, mut root: Node) -> Node {
        if self.hidden.is_empty() {
            return root;
        }
        let source = root.span.source;
        if matches!(root.kind, NodeKind::Null) {
            root.kind = NodeKind::Map(Vec::new());
        }
        let NodeKind::Map(entries) = &mut root.kind else { return root };
        let mut lost = Vec::new();
        let inside = |hidden: &Range<usize>, around: &Range<usize>| {
            hidden != around && around.start <= hidden.start && hidden.end <= around.end
        };
        let outer =
            |hidden: &&Range<usize>| !self.hidden.iter().any(|around| inside(hidden, around));
        for hidden in self.hidden.iter().filter(outer) {
            if !mark_in(entries, hidden) {
                let at = hidden.start as u32;
                let key_span = SourceSpan { source, start: at, end: at };
                let value = Node { span: key_span, kind: NodeKind::Broken };
                lost.push(Entry { key: String::new(), key_span, value });
            }
        }
        entries.extend(lost);
        entries.sort_by_key(|entry| entry.key_span.start);
        root
    }
}

/// Marks the entry whose key is in a hidden part. Returns whether there is one.
fn mark_in(entries: &mut [Entry], hidden: &Range<usize>) -> bool {
    let starts = |entry: &Entry| entry.key_span.start as usize;
    if let Some(entry) = entries.iter_mut().find(|entry| hidden.contains(&starts(entry))) {
        entry.value.kind = NodeKind::Broken;
        return true;
    }
    let around = entries.iter_mut().rev().find(|entry| starts(entry) < hidden.start);
    let mut open: Vec<&mut Node> = around.map(|entry| &mut entry.value).into_iter().collect();
    while let Some(node) = open.pop() {
        match &mut node.kind {
            NodeKind::Map(entries) => return mark_in(entries, hidden),
            NodeKind::List(items) => {
                let before = |item: &&mut Node| (item.span.start as usize) <= hidden.start;
                open.extend(items.iter_mut().rev().find(before));
            }
            NodeKind::Null | NodeKind::Text { .. } | NodeKind::Broken => {}
        }
    }
    false
}

/// The line that contains a position, if it has a key, and the more deeply indented lines after it.
fn innermost(text: &str, at: usize) -> Option<Range<usize>> {
    let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let indentation = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let mut lines = text[start..].split_inclusive('\n');
    let first = lines.next()?;
    let own = indentation(first);
    if key_of(&first[own..]).is_empty() {
        return None;
    }
    let deeper = |line: &&str| line.trim().is_empty() || indentation(line) > own;
    let length: usize = lines.take_while(deeper).map(str::len).sum();
    Some(start..start + first.len() + length)
}

/// The top-level entry that contains a position.
fn entry_around(text: &str, at: usize) -> Option<Range<usize>> {
    let begins = |line: &str| {
        line.starts_with(|first: char| first.is_alphanumeric() || "\"'_".contains(first))
    };
    let lines = text.split_inclusive('\n').scan(0, |start, line| {
        let here = *start;
        *start += line.len();
        Some((here, line))
    });
    let starts: Vec<usize> =
        lines.filter(|(_, line)| begins(line)).map(|(start, _)| start).collect();
    let next = starts.partition_point(|start| *start <= at);
    let start = *starts.get(next.checked_sub(1)?)?;
    Some(start..starts.get(next).copied().unwrap_or(text.len()))
}

/// The key of an entry, if a colon or a look-alike of a colon follows.
fn key_of(entry: &str) -> &str {
    let end = entry.find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_');
    let (key, rest) = entry.split_at(end.unwrap_or(entry.len()));
    let colon = rest.chars().next().is_some_and(|sign| sign == ':' || ascii(sign) == Some(':'));
    if colon { key } else { "" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_is_hidden_and_its_key_stays() {
        let text = "a: 1\nb：“x\n  y: [\n    z\n# c\nc: 2\n";
        let at = text.find('y').unwrap();
        let mut mask = Mask::of(text);
        let lines = |mask: &Mask<'_>| -> Vec<String> {
            assert_eq!(mask.text().len(), text.len());
            mask.text().lines().map(|line| line.trim_end().to_owned()).collect()
        };
        assert!(mask.hide(at), "the innermost first");
        assert_eq!(lines(&mask), ["a: 1", "b：“x", "  y:", "", "# c", "c: 2"]);
        assert!(mask.hide(at), "then the one of the file's own map");
        assert_eq!(lines(&mask), ["a: 1", "b:", "", "", "", "c: 2"]);
        assert!(!mask.hide(at), "and no more");
        assert!(!Mask::of("  [").hide(2), "no entry of the file's own");
    }
}

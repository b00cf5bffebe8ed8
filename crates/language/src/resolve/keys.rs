//! Reads the keys of a map one by one.

use super::layout::Areas;
use super::read::{areas, flag, map, spanned, text, word};
use super::words;
use crate::diagnostic::{Diagnostic, Level, Sink, rules};
use crate::keep;
use crate::letters::ascii;
use crate::source::{SourceId, SourceSpan};
use crate::suggest::list;
use crate::synonyms;
use crate::syntax::{Entry, Node, NodeKind};
use crate::table::{Map, Need, Shape, names};

/// The keys of one map.
pub(super) struct Keys<'n> {
    map: &'static Map,
    span: SourceSpan,
    entries: &'n [Entry],
    /// Unknown keys, each with the key that was probably meant, and whether that is certain.
    strays: Vec<(&'n Entry, Option<(&'static str, bool)>)>,
    /// Whether a part could not be read. If so, a missing key may be in that part.
    partial: bool,
}

/// Reads a node that must be a map of known keys. Reports unknown keys, and required ones that are
/// missing.
pub(super) fn keyed<'n, T>(
    node: &'n Node,
    map: &'static Map,
    sink: &mut Sink,
    read: impl FnOnce(&mut Keys<'n>, &mut Sink) -> T,
) -> Option<T> {
    let mut keys = Keys::of(node, map, sink)?;
    let value = read(&mut keys, sink);
    keys.finish(sink);
    Some(value)
}

impl<'n> Keys<'n> {
    /// The keys of a node, which must be a map.
    pub(super) fn of(node: &'n Node, map: &'static Map, sink: &mut Sink) -> Option<Self> {
        let entries = self::map(node, map.what, map.example, sink)?;
        let partial = entries.iter().any(|entry| entry.key.is_empty());
        let mut keys = Self { map, span: node.span, entries, strays: Vec::new(), partial };
        keys.find_strays(sink);
        if !partial {
            keys.report_missing(sink);
        }
        Some(keys)
    }

    /// Reports required keys that are absent.
    fn report_missing(&self, sink: &mut Sink) {
        let Map { what, example, one_of, .. } = self.map;
        let mut report = |message: String, example: Option<&str>| {
            let diagnostic = Diagnostic::at(rules::MISSING_KEY, self.span, message);
            sink.report(example.into_iter().fold(diagnostic, Diagnostic::help));
        };
        for row in self.map.rows() {
            let is_needed = match row.need {
                Need::No => false,
                Need::Yes => true,
                Need::Unless(other) => self.entry(other).is_none(),
            };
            if is_needed && self.entry(row.key).is_none() {
                report(format!("{what} needs `{}`", row.key), row.example);
            }
        }
        let given = one_of.iter().filter(|key| self.entry(key).is_some()).count();
        if given != 1 && !one_of.is_empty() {
            report(format!("{what} needs one of {}", list(one_of)), *example);
        }
    }

    /// If an unknown key is clearly misspelled, assigns it to the key that was meant, so that the
    /// mistake gives only one error.
    fn find_strays(&mut self, sink: &mut Sink) {
        let known: Vec<_> = self.map.rows().map(|row| row.key).collect();
        let entries = self.entries.iter();
        // A merge key contains an alias, which has been reported already.
        let is_said = |entry: &Entry| {
            let is_broken = matches!(entry.value.kind, NodeKind::Broken);
            is_broken && (entry.key.is_empty() || entry.key == "<<")
        };
        let strays = entries.filter(|entry| !known.contains(&&*entry.key) && !is_said(entry));
        let strays: Vec<_> = strays.collect();
        if strays.is_empty() {
            return;
        }
        let mut free = self.free();
        for entry in strays {
            let glued = glued(entry);
            let same = free.iter().copied().find(|free| glued == Some(*free));
            let same = same.or_else(|| words::meant(self.map.what, &entry.key, &free));
            let meant = same.map(|key| (key, true)).or_else(|| {
                if synonyms::key(self.map.what, &entry.key).is_some() {
                    return None;
                }
                let near = sink.near(&entry.key, free.iter().copied());
                near.or_else(|| words::part_of(&entry.key, &free).map(|key| (key, false)))
            });
            free.retain(|key| meant.is_none_or(|(meant, _)| meant != *key));
            self.strays.push((entry, meant));
        }
    }

    /// The keys that the map can have but does not have. The levels of lints are left out, since
    /// nearly every map can have them.
    fn free(&self) -> Vec<&'static str> {
        let taken = |key: &&str| self.entries.iter().all(|entry| entry.key != **key);
        let level = |key: &&str| Level::ALL.iter().any(|(level, _)| level == key);
        let free = self.map.rows().map(|row| row.key).filter(|key| taken(key) && !level(key));
        let mut free: Vec<_> = free.collect();
        free.sort_unstable();
        free
    }

    pub(super) fn span(&self) -> SourceSpan {
        self.span
    }

    /// Whether a missing key may be in a part that could not be read.
    pub(super) fn is_partial(&self) -> bool {
        self.partial
    }

    /// The entry of an optional key.
    pub(super) fn entry(&self, key: &'static str) -> Option<&'n Entry> {
        debug_assert!(self.map.row(key).is_some(), "{} has no row for `{key}`", self.map.what);
        let written = self.entries.iter().find(|entry| entry.key == key);
        written.or_else(|| {
            let stray =
                self.strays.iter().find(|(_, meant)| meant.is_some_and(|(meant, _)| meant == key));
            // If the value that was meant is a part of the key's text, the key counts as present
            // but unread.
            stray.map(|(entry, _)| if glued(entry).is_some() { &UNREAD } else { *entry })
        })
    }

    /// The part of the file that an entry occupies, in a map that ends at `end`.
    pub(super) fn area(&self, key: &'static str, end: u32) -> Option<SourceSpan> {
        let written = self.entry(key)?;
        areas(self.entries, end)
            .find(|(entry, _)| std::ptr::eq(*entry, written))
            .map(|(_, area)| area)
    }

    /// The parts of the file that these keys occupy.
    pub(super) fn areas(&self, keys: impl Iterator<Item = &'static str>, end: u32) -> Areas {
        keys.filter_map(|key| Some((key, self.area(key, end)?))).collect()
    }

    /// The value of an optional key.
    pub(super) fn node(&mut self, key: &'static str) -> Option<&'n Node> {
        self.entry(key).map(|entry| &entry.value)
    }

    pub(super) fn text(&mut self, key: &'static str, sink: &mut Sink) -> Option<String> {
        self.read(key, sink, text).map(str::to_owned)
    }

    /// Reads a text and stores it for the life of the process.
    pub(super) fn fact(&mut self, key: &'static str, sink: &mut Sink) -> Option<&'static str> {
        self.read(key, sink, text).map(keep::text)
    }

    /// Reads a text with its span.
    pub(super) fn spanned(
        &mut self,
        key: &'static str,
        sink: &mut Sink,
    ) -> Option<(String, SourceSpan)> {
        self.node(key).and_then(|node| spanned(node, sink))
    }

    /// Reads a boolean; `false` if the key is absent.
    pub(super) fn flag(&mut self, key: &'static str, sink: &mut Sink) -> bool {
        debug_assert!(matches!(self.map.row(key).map(|row| row.shape), Some(Shape::Flag)));
        self.read(key, sink, flag).unwrap_or(false)
    }

    /// Reads the value of an optional key with the function `read`.
    pub(super) fn read<T>(
        &mut self,
        key: &'static str,
        sink: &mut Sink,
        read: impl FnOnce(&'n Node, &mut Sink) -> Option<T>,
    ) -> Option<T> {
        self.node(key).and_then(|node| read(node, sink))
    }

    /// Reads a value from a fixed vocabulary.
    pub(super) fn word<T: Copy>(
        &mut self,
        key: &'static str,
        words: &[(&'static str, T)],
        sink: &mut Sink,
    ) -> Option<T> {
        debug_assert!(
            matches!(self.map.row(key).map(|row| row.shape),
                Some(Shape::Word(known)) if known() == names(words)),
            "the table has other words for `{key}` of {}",
            self.map.what,
        );
        self.read(key, sink, |node, sink| word(key, node, words, sink))
    }

    /// Reports the unknown keys.
    pub(super) fn finish(self, sink: &mut Sink) {
        let free = if self.strays.is_empty() { Vec::new() } else { self.free() };
        for (entry, meant) in &self.strays {
            let message = format!("{} has no key `{}`", self.map.what, entry.key);
            let diagnostic = Diagnostic::at(rules::UNKNOWN_KEY, entry.key_span, message);
            // In `{ doc: Grams, not kilos. }`, the comma ends the text.
            let cut = entry.key.contains(' ') && matches!(entry.value.kind, NodeKind::Null);
            let is_glued = glued(entry).is_some();
            let colon = entry.key.chars().any(|letter| ascii(letter) == Some(':'));
            let diagnostic = match meant {
                _ if cut && !colon => diagnostic
                    .help("a comma ends a text between `{` and `}`: put the text in quotes"),
                Some((meant, certain)) if !is_glued => {
                    diagnostic.meant(&entry.key, meant, *certain)
                }
                // A note about the look-alike is added when all diagnostics are explained.
                _ if is_glued && colon => diagnostic,
                _ => diagnostic.help(words::advice(self.map, &entry.key, &free)),
            };
            sink.report(diagnostic);
        }
    }
}

/// An entry whose value could not be read, which causes no further errors.
static UNREAD: Entry = {
    let span = SourceSpan { source: SourceId(0), start: 0, end: 0 };
    Entry { key: String::new(), key_span: span, value: Node { span, kind: NodeKind::Broken } }
};

/// The key before a colon that YAML takes as a part of the text, as in `{ type:State }` or `{
/// type：State }`.
fn glued(entry: &Entry) -> Option<&str> {
    let is_colon = |letter: char| letter == ':' || ascii(letter) == Some(':');
    let (key, _) = entry.key.split_once(is_colon)?;
    matches!(entry.value.kind, NodeKind::Null).then_some(key.trim())
}

/// An entry of a map whose other keys are read later.
pub(super) fn peek<'n>(node: &'n Node, map: &'static Map, key: &'static str) -> Option<&'n Entry> {
    match node.kind {
        NodeKind::Map(_) => Keys::of(node, map, &mut Sink::default())?.entry(key),
        _ => None,
    }
}

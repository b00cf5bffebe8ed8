//! How keys and scalars are taken out of the tree, and what is said when they are not as expected.

use crate::diagnostic::{Applicability, Diagnostic, Sink, rules};
use crate::keep;
use crate::source::SourceSpan;
use crate::suggest::list;
use crate::syntax::{Entry, Node, NodeKind};
use crate::unsaid::unsaid;

/// The keys of one map. What is not taken by the end is unknown.
pub(super) struct Keys<'n> {
    /// What the map is, for messages: "a field".
    what: &'static str,
    span: SourceSpan,
    entries: &'n [Entry],
    known: Vec<&'static str>,
}

/// Reads a node that must be a map of keys, and says which of its keys the language does not know.
pub(super) fn keyed<'n, T>(
    node: &'n Node,
    what: &'static str,
    sink: &mut Sink,
    read: impl FnOnce(&mut Keys<'n>, &mut Sink) -> T,
) -> Option<T> {
    let mut keys = Keys::of(node, what, sink)?;
    let value = read(&mut keys, sink);
    keys.finish(sink);
    Some(value)
}

/// Reads every entry of a map; empty without a node.
pub(super) fn entries<'n, T>(
    node: Option<&'n Node>,
    what: &str,
    sink: &mut Sink,
    mut read: impl FnMut(&'n Entry, &mut Sink) -> Option<T>,
) -> Vec<T> {
    let entries = node.and_then(|node| map(node, what, sink)).unwrap_or_default();
    entries.iter().filter_map(|entry| read(entry, sink)).collect()
}

/// Of what is read again for each gateway or each method, a platform has at most so many.
const MOST_OF_A_KIND: usize = 100;

/// Reads every entry of a map that has a hundred entries at most; empty without a node.
pub(super) fn few_entries<'n, T>(
    node: Option<&'n Node>,
    what: &str,
    sink: &mut Sink,
    read: impl FnMut(&'n Entry, &mut Sink) -> Option<T>,
) -> Vec<T> {
    if let Some(node @ Node { kind: NodeKind::Map(entries), .. }) = node
        && entries.len() > MOST_OF_A_KIND
    {
        let message = format!("{what} has {} entries, and at most {MOST_OF_A_KIND}", entries.len());
        bad_value(node, message, sink);
        return Vec::new();
    }
    entries(node, what, sink, read)
}

/// Reads every item of a list; empty without a node.
pub(super) fn items<'n, T>(
    node: Option<&'n Node>,
    sink: &mut Sink,
    mut read: impl FnMut(&'n Node, &mut Sink) -> Option<T>,
) -> Vec<T> {
    let items = match node.map(|node| (node, &node.kind)) {
        None => &[],
        Some((_, NodeKind::List(items))) => items.as_slice(),
        Some((node, _)) => wrong_kind(node, "a list is expected here", sink).unwrap_or_default(),
    };
    items.iter().filter_map(|item| read(item, sink)).collect()
}

impl<'n> Keys<'n> {
    /// The keys of a node that must be a map.
    pub(super) fn of(node: &'n Node, what: &'static str, sink: &mut Sink) -> Option<Self> {
        let entries = map(node, what, sink)?;
        Some(Self { what, span: node.span, entries, known: Vec::new() })
    }

    pub(super) fn span(&self) -> SourceSpan {
        self.span
    }

    /// The entry of an optional key.
    pub(super) fn entry(&mut self, key: &'static str) -> Option<&'n Entry> {
        self.known.push(key);
        self.entries.iter().find(|entry| entry.key == key)
    }

    /// The value of an optional key.
    pub(super) fn node(&mut self, key: &'static str) -> Option<&'n Node> {
        self.entry(key).map(|entry| &entry.value)
    }

    /// The value of a key that must be there.
    pub(super) fn require(&mut self, key: &'static str, sink: &mut Sink) -> Option<&'n Node> {
        let found = self.node(key);
        if found.is_none() {
            let message = format!("{} has no `{key}`", self.what);
            sink.report(Diagnostic::at(rules::MISSING_KEY, self.span, message));
        }
        found
    }

    pub(super) fn text(&mut self, key: &'static str, sink: &mut Sink) -> Option<String> {
        self.read(key, sink, text).map(str::to_owned)
    }

    /// A text among the facts.
    pub(super) fn fact(&mut self, key: &'static str, sink: &mut Sink) -> Option<&'static str> {
        self.read(key, sink, text).map(keep::text)
    }

    /// A text, and where it is.
    pub(super) fn spanned(
        &mut self,
        key: &'static str,
        sink: &mut Sink,
    ) -> Option<(String, SourceSpan)> {
        self.node(key).and_then(|node| spanned(node, sink))
    }

    /// A boolean key; absent is false.
    pub(super) fn flag(&mut self, key: &'static str, sink: &mut Sink) -> bool {
        self.read(key, sink, flag).unwrap_or(false)
    }

    /// The value of an optional key, read in its own way.
    pub(super) fn read<T>(
        &mut self,
        key: &'static str,
        sink: &mut Sink,
        read: impl FnOnce(&'n Node, &mut Sink) -> Option<T>,
    ) -> Option<T> {
        self.node(key).and_then(|node| read(node, sink))
    }

    /// One of a list of words.
    pub(super) fn word<T: Copy>(
        &mut self,
        key: &'static str,
        words: &[(&'static str, T)],
        sink: &mut Sink,
    ) -> Option<T> {
        self.read(key, sink, |node, sink| word(key, node, words, sink))
    }

    /// Says which keys the language does not know.
    pub(super) fn finish(self, sink: &mut Sink) {
        let taken = |key: &&str| self.entries.iter().all(|entry| entry.key != **key);
        let mut free: Vec<_> = self.known.iter().copied().filter(taken).collect();
        free.sort_unstable();
        free.dedup();
        for entry in self.entries.iter().filter(|entry| !self.known.contains(&&*entry.key)) {
            let message = format!("{} has no key `{}`", self.what, entry.key);
            let diagnostic = Diagnostic::at(rules::UNKNOWN_KEY, entry.key_span, message);
            // `{ doc: Grams, not kilos. }`: the comma has ended the text.
            if entry.key.contains(' ') && matches!(entry.value.kind, NodeKind::Null) {
                let advice = "a comma ends a text between `{` and `}`: put the text into quotes";
                sink.report(diagnostic.help(advice));
                continue;
            }
            let it_can_have = |free: &[&str]| format!("it can have {}", list(free));
            let free = free.iter().copied();
            let diagnostic = sink.advised(diagnostic, &entry.key, free, it_can_have);
            sink.report(diagnostic);
        }
    }
}

/// The entries of a map.
pub(super) fn map<'n>(node: &'n Node, what: &str, sink: &mut Sink) -> Option<&'n [Entry]> {
    match &node.kind {
        NodeKind::Map(entries) => Some(entries),
        _ => wrong_kind(node, &format!("{what} is a map of keys"), sink),
    }
}

/// The characters of a scalar.
pub(super) fn text<'n>(node: &'n Node, sink: &mut Sink) -> Option<&'n str> {
    match &node.kind {
        NodeKind::Text { text, .. } => Some(text),
        _ => wrong_kind(node, "a text is expected here", sink),
    }
}

/// A text, and where it is.
pub(super) fn spanned(node: &Node, sink: &mut Sink) -> Option<(String, SourceSpan)> {
    text(node, sink).map(|text| (text.to_owned(), node.span))
}

/// A text, or a list of texts.
pub(super) fn texts(node: &Node, sink: &mut Sink) -> Vec<(String, SourceSpan)> {
    match &node.kind {
        NodeKind::List(_) => items(Some(node), sink, spanned),
        _ => spanned(node, sink).into_iter().collect(),
    }
}

/// The same among the facts.
pub(super) fn facts(node: &Node, sink: &mut Sink) -> &'static [&'static str] {
    keep::list(texts(node, sink).iter().map(|(text, _)| keep::text(text)))
}

/// Entries of a map whose values are texts; empty without a node.
pub(super) fn pairs(node: Option<&Node>, what: &str, sink: &mut Sink) -> Vec<(String, String)> {
    entries(node, what, sink, |entry, sink| {
        Some((entry.key.clone(), text(&entry.value, sink)?.to_owned()))
    })
}

pub(super) fn flag(node: &Node, sink: &mut Sink) -> Option<bool> {
    let written = text(node, sink)?;
    let meant = match written.to_lowercase().as_str() {
        "true" | "yes" | "on" => true,
        "false" | "no" | "off" => false,
        _ => return word("", node, &[("true", true), ("false", false)], sink),
    };
    if written != "true" && written != "false" {
        let message = format!("`{written}` is neither `true` nor `false`");
        sink.report(Diagnostic::at(rules::BAD_VALUE, node.span, message).suggest(
            format!("write `{meant}`"),
            node.span,
            meant.to_string(),
            Applicability::MachineApplicable,
        ));
    }
    Some(meant)
}

/// One of the words of a key; a wrong one gets the nearest as advice.
pub(super) fn word<T: Copy>(
    key: &str,
    node: &Node,
    words: &[(&'static str, T)],
    sink: &mut Sink,
) -> Option<T> {
    let written = text(node, sink)?;
    if let Some((_, value)) = words.iter().find(|(word, _)| *word == written) {
        return Some(*value);
    }
    let known: Vec<_> = words.iter().map(|(word, _)| *word).collect();
    let message = match known.as_slice() {
        [only] => format!("`{written}` is not `{only}`, the only value allowed here"),
        _ => format!("`{written}` is not one of {}", list(&known)),
    };
    let diagnostic = Diagnostic::at(rules::BAD_VALUE, node.span, message);
    let diagnostic = match sink.closest(written, known.iter().copied()) {
        Some(_) => sink.advised(diagnostic, written, known, |_| String::new()),
        None => unsaid(key, written).into_iter().fold(diagnostic, Diagnostic::help),
    };
    sink.report(diagnostic);
    None
}

/// A whole number.
pub(super) fn number<T: std::str::FromStr>(node: &Node, sink: &mut Sink) -> Option<T> {
    let written = text(node, sink)?;
    let parsed = written.parse().ok();
    if parsed.is_none() {
        bad_value(node, format!("`{written}` is not a whole number that fits here"), sink);
    }
    parsed
}

/// `90 seconds`, `7 days`: seconds.
pub(super) fn duration(node: &Node, sink: &mut Sink) -> Option<u64> {
    span(node, sink).map(|span| span.duration().as_secs())
}

/// The same with the unit that it is written in.
pub(super) fn span(node: &Node, sink: &mut Sink) -> Option<gatespec_protocol::TimeSpan> {
    use gatespec_protocol::TimeSpan;
    let written = text(node, sink)?;
    let parsed = written.split_once(' ').and_then(|(count, unit)| {
        let count = count.parse().ok()?;
        match unit.trim_end_matches('s') {
            "second" => Some(TimeSpan::seconds(count)),
            "minute" => Some(TimeSpan::minutes(count)),
            "hour" => Some(TimeSpan::hours(count)),
            "day" => Some(TimeSpan::days(count)),
            _ => None,
        }
    });
    if parsed.is_none() {
        let count = written.split_once(' ').map_or("", |(count, _)| count);
        let long = count.len() > 9 && count.bytes().all(|digit| digit.is_ascii_digit());
        let (message, help) = if long {
            (
                format!("`{written}` is longer than any span can be"),
                "at most 4294967295 of a unit fit",
            )
        } else {
            let help = "write a whole number and a unit: 90 seconds, 10 minutes, 25 hours, 7 days";
            (format!("`{written}` is not a span of time"), help)
        };
        sink.report(Diagnostic::at(rules::BAD_VALUE, node.span, message).help(help));
    }
    parsed
}

/// `+08:00`: seconds east of UTC.
pub(super) fn offset(node: &Node, sink: &mut Sink) -> Option<i32> {
    let written = text(node, sink)?;
    let parsed = parse_offset(written);
    if parsed.is_none() {
        let message = format!("`{written}` is not an offset from UTC");
        let help = if written.contains(|c: char| c.is_ascii_alphabetic()) {
            "zones with a name, whose offset changes with the season, cannot be expressed yet: write a fixed offset, \"+08:00\" for China; a format ends with `XXX` where each time says its own"
        } else {
            "write it as \"+08:00\""
        };
        sink.report(Diagnostic::at(rules::BAD_VALUE, node.span, message).help(help));
    }
    parsed
}

fn parse_offset(written: &str) -> Option<i32> {
    if written == "Z" {
        return Some(0);
    }
    let (sign, rest) = match written.split_at_checked(1)? {
        ("+", rest) => (1, rest),
        ("-", rest) => (-1, rest),
        _ => return None,
    };
    let (hours, minutes) = rest.split_once(':')?;
    let two = |digits: &str| (digits.len() == 2).then(|| digits.parse::<u8>().ok()).flatten();
    let (hours, minutes) = (two(hours)?, two(minutes)?);
    (hours <= 18 && minutes < 60)
        .then(|| sign * (i32::from(hours) * 3600 + i32::from(minutes) * 60))
}

pub(super) fn bad_value(node: &Node, message: String, sink: &mut Sink) {
    sink.report(Diagnostic::at(rules::BAD_VALUE, node.span, message));
}

fn wrong_kind<T>(node: &Node, expected: &str, sink: &mut Sink) -> Option<T> {
    let message = format!("{expected}, and this is {}", node.describe());
    sink.report(Diagnostic::at(rules::WRONG_KIND, node.span, message));
    None
}

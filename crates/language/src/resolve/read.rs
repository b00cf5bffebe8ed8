//! Reads scalars and entries of the tree, and reports nodes of the wrong kind.

use crate::diagnostic::{Applicability, Diagnostic, Sink, rules};
use crate::keep;
use crate::letters::{is_hidden, mended};
use crate::source::SourceSpan;
use crate::suggest::list;
use crate::synonyms;
use crate::syntax::{Entry, Node, NodeKind};
use crate::table::Names;
use crate::unsaid::unsaid;

/// Reads every entry of a map. Returns an empty list if there is no node.
pub(super) fn entries<'n, T>(
    node: Option<&'n Node>,
    names: &Names,
    sink: &mut Sink,
    mut read: impl FnMut(&'n Entry, &mut Sink) -> Option<T>,
) -> Vec<T> {
    let map = |node: &'n Node| map(node, names.what, names.example, sink);
    let entries = node.and_then(map).unwrap_or_default();
    let named = entries.iter().filter(|entry| !is_unnamed(entry));
    named
        .filter_map(|entry| {
            plain_name(entry, sink);
            read(entry, sink)
        })
        .collect()
}

/// Whether an entry stands for a part of a map that could not be read.
fn is_unnamed(entry: &Entry) -> bool {
    entry.key.is_empty() && matches!(entry.value.kind, NodeKind::Broken)
}

/// Reports names with white space around them, which would be sent with the name.
pub(super) fn plain_name(entry: &Entry, sink: &mut Sink) {
    let name = entry.key.as_str();
    let is_blank = |letter: char| letter.is_whitespace() || is_hidden(letter);
    let trimmed = name.trim_matches(is_blank);
    if trimmed == name {
        return;
    }
    let message = format!("the name {name:?} begins or ends with white space");
    let help = format!("write `{trimmed}`");
    sink.report(Diagnostic::at(rules::BAD_VALUE, entry.key_span, message).help(help));
}

/// The maximum number of entries in tables that are read once per gateway or method.
const MOST_OF_A_KIND: usize = 100;

/// Like [`entries`], for a map with at most [`MOST_OF_A_KIND`] entries.
pub(super) fn few_entries<'n, T>(
    node: Option<&'n Node>,
    names: &Names,
    sink: &mut Sink,
    read: impl FnMut(&'n Entry, &mut Sink) -> Option<T>,
) -> Vec<T> {
    if let Some(node @ Node { kind: NodeKind::Map(entries), .. }) = node
        && entries.len() > MOST_OF_A_KIND
    {
        let (what, count) = (names.what, entries.len());
        let message = format!("{what} has {count} entries; at most {MOST_OF_A_KIND} are allowed");
        bad_value(node, message, sink);
        return Vec::new();
    }
    entries(node, names, sink, read)
}

/// Reads every item of a list. Returns an empty list if there is no node.
pub(super) fn items<'n, T>(
    node: Option<&'n Node>,
    sink: &mut Sink,
    mut read: impl FnMut(&'n Node, &mut Sink) -> Option<T>,
) -> Vec<T> {
    let items = match node.map(|node| (node, &node.kind)) {
        None => &[],
        Some((_, NodeKind::List(items))) => items.as_slice(),
        Some((node, _)) => wrong_kind(node, "expected a list", sink).unwrap_or_default(),
    };
    items.iter().filter_map(|item| read(item, sink)).collect()
}

/// The entries of a table; empty if the table cannot be read.
pub(super) fn declared(node: Option<&Node>) -> &[Entry] {
    match node.map(|node| &node.kind) {
        Some(NodeKind::Map(entries)) => entries,
        _ => &[],
    }
}

/// Each entry of a map, and the part of the file up to the next entry or to `end`.
pub(super) fn areas(entries: &[Entry], end: u32) -> impl Iterator<Item = (&Entry, SourceSpan)> {
    let nexts = entries.iter().skip(1).map(|next| next.key_span.start).chain([end]);
    let area = |(entry, end): (_, u32)| {
        let Entry { key_span, .. }: &Entry = entry;
        (entry, SourceSpan { end: end.max(key_span.end), ..*key_span })
    };
    entries.iter().zip(nexts).map(area)
}

/// Whether a table exists but cannot be read, so that the names that it declares are unknown.
pub(super) fn is_unread(node: Option<&Node>) -> bool {
    node.is_some_and(|node| !matches!(node.kind, NodeKind::Map(_)))
}

/// The entries of a node that must be a map. `example` shows in an error what to write instead.
pub(super) fn map<'n>(
    node: &'n Node,
    what: &str,
    example: Option<&str>,
    sink: &mut Sink,
) -> Option<&'n [Entry]> {
    match &node.kind {
        NodeKind::Map(entries) => Some(entries),
        _ => wrong_kind_of(node, &format!("expected a map for {what}"), example, sink),
    }
}

/// The characters of a node, which must be a scalar.
pub(super) fn text<'n>(node: &'n Node, sink: &mut Sink) -> Option<&'n str> {
    match &node.kind {
        NodeKind::Text { text, .. } => Some(text),
        _ => wrong_kind(node, "expected a text", sink),
    }
}

/// Reads a path in an answer: names joined by dots, beginning at the root.
pub(super) fn path<'n>(node: &'n Node, sink: &mut Sink) -> Option<&'n str> {
    let written = text(node, sink)?;
    check_path(written, node.span, sink);
    Some(written)
}

/// Reports a text that is not a path.
pub(super) fn check_path(written: &str, span: SourceSpan, sink: &mut Sink) {
    let is_path = |name: &str| {
        !name.is_empty() && !name.contains(|c: char| c.is_whitespace() || "[]$()=<>|/".contains(c))
    };
    let names = mended(written).replace("$.", "").replace('/', ".");
    let names = names.split(['.', '[', ' ']).map(str::trim);
    let names: Vec<_> = names.filter(|name| !name.is_empty() && !name.ends_with(']')).collect();
    if !written.split('.').all(is_path) {
        let message = format!("`{written}` is not a path in an answer");
        let meant = names.join(".");
        let help = format!("write names joined by dots, from the root of the answer: `{meant}`");
        sink.report(Diagnostic::at(rules::BAD_VALUE, span, message).help(help));
    }
}

/// Reads a text with its span.
pub(super) fn spanned(node: &Node, sink: &mut Sink) -> Option<(String, SourceSpan)> {
    text(node, sink).map(|text| (text.to_owned(), node.span))
}

/// Reads a text, or a list of texts.
pub(super) fn texts(node: &Node, sink: &mut Sink) -> Vec<(String, SourceSpan)> {
    match &node.kind {
        NodeKind::List(_) => items(Some(node), sink, spanned),
        _ => spanned(node, sink).into_iter().collect(),
    }
}

/// Reads a path or a list of paths, and stores them for the life of the process.
pub(super) fn paths(node: &Node, sink: &mut Sink) -> &'static [&'static str] {
    keep::list(match &node.kind {
        NodeKind::List(_) => items(Some(node), sink, |node, sink| path(node, sink).map(keep::text)),
        _ => path(node, sink).map(keep::text).into_iter().collect(),
    })
}

/// Reads a map of texts. Returns an empty list if there is no node.
pub(super) fn pairs(node: Option<&Node>, names: &Names, sink: &mut Sink) -> Vec<(String, String)> {
    entries(node, names, sink, |entry, sink| {
        Some((entry.key.clone(), text(&entry.value, sink)?.to_owned()))
    })
}

pub(super) fn flag(node: &Node, sink: &mut Sink) -> Option<bool> {
    let NodeKind::Text { text: written, .. } = &node.kind else {
        return wrong_kind(node, "expected `true` or `false`", sink);
    };
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

/// Reads a value from a fixed vocabulary. For a wrong value, suggests the nearest one.
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
    let lower = written.to_lowercase();
    let same = known.iter().copied().find(|known| known.eq_ignore_ascii_case(&mended(written)));
    let meant = same.or_else(|| synonyms::word(key, written)).filter(|word| known.contains(word));
    let mut longer = known.iter().copied();
    let longer = longer.find(|known| lower.len() > 2 && known.starts_with(&*lower));
    let near = meant.map(|word| (word, true)).or(longer.map(|word| (word, false)));
    let near = near.or_else(|| sink.near(written, known.iter().copied()));
    let diagnostic = match near {
        Some((near, certain)) => diagnostic.meant(written, near, certain),
        None => unsaid(key, written).into_iter().fold(diagnostic, Diagnostic::help),
    };
    sink.report(diagnostic);
    None
}

/// Reads a whole number.
pub(super) fn number<T: std::str::FromStr>(node: &Node, sink: &mut Sink) -> Option<T> {
    let NodeKind::Text { text: written, .. } = &node.kind else {
        return wrong_kind(node, "expected an integer", sink);
    };
    let parsed = written.parse().ok();
    if parsed.is_none() {
        let message = format!("`{written}` is not a valid integer here");
        let help = match digits(written) {
            Some(digits) => format!("write `{digits}`"),
            None => "write it in decimal digits only".to_owned(),
        };
        sink.report(Diagnostic::at(rules::BAD_VALUE, node.span, message).help(help));
    }
    parsed
}

/// The value of a whole number that is written in another notation: `0x20`, `1e3`, `32.0`, `1,000`.
fn digits(written: &str) -> Option<u64> {
    let plain = mended(written).replace(['_', ',', ' '], "").to_lowercase();
    if let Some(hex) = plain.strip_prefix("0x") {
        return u64::from_str_radix(hex, 16).ok();
    }
    if let Some((digits, zeros)) = plain.split_once('e') {
        let factor = 10u64.checked_pow(zeros.trim_start_matches('+').parse().ok()?)?;
        return digits.parse::<u64>().ok()?.checked_mul(factor);
    }
    let whole = plain.split_once('.').map_or(&*plain, |(whole, half)| {
        if half.bytes().all(|digit| digit == b'0') { whole } else { "" }
    });
    whole.parse().ok()
}

/// Reads a duration such as `90 seconds` or `7 days`, and returns it in seconds.
pub(super) fn duration(node: &Node, sink: &mut Sink) -> Option<u64> {
    span(node, sink).map(|span| span.duration().as_secs())
}

/// Reads a time span, and keeps its unit.
pub(super) fn span(node: &Node, sink: &mut Sink) -> Option<gatespec_protocol::TimeSpan> {
    use gatespec_protocol::TimeSpan;
    let written = text(node, sink)?;
    let parsed = written.split_once(' ').and_then(|(count, unit)| {
        let count = count.parse().ok()?;
        match unit.strip_suffix('s').unwrap_or(unit) {
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
            (format!("the duration `{written}` is too long"), "the maximum is 4294967295 of a unit")
        } else {
            let help = "write an integer, a space and a unit: `90 seconds`, `10 minutes`, `25 hours`, `7 days`";
            (format!("invalid duration `{written}`"), help)
        };
        sink.report(Diagnostic::at(rules::BAD_VALUE, node.span, message).help(help));
    }
    parsed
}

/// Reads an offset such as `+08:00`, and returns it in seconds east of UTC.
pub(super) fn offset(node: &Node, sink: &mut Sink) -> Option<i32> {
    let written = text(node, sink)?;
    let parsed = parse_offset(written);
    if parsed.is_none() {
        let message = format!("invalid UTC offset `{written}`");
        let help = if written.contains(|c: char| c.is_ascii_alphabetic()) {
            "named zones, whose offset changes with the season, cannot be expressed yet: write a fixed offset, such as \"+08:00\" for China; if each time states its own offset, end the format with `XXX`"
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
    wrong_kind_of(node, expected, None, sink)
}

/// Reports a node of the wrong kind. `help` shows what to write instead.
fn wrong_kind_of<T>(node: &Node, expected: &str, help: Option<&str>, sink: &mut Sink) -> Option<T> {
    if matches!(node.kind, NodeKind::Broken) {
        return None;
    }
    let message = format!("{expected}, found {}", node.describe());
    let diagnostic = Diagnostic::at(rules::WRONG_KIND, node.span, message);
    sink.report(help.into_iter().fold(diagnostic, Diagnostic::help));
    None
}

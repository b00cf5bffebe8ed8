//! Formats specs: sorts keys into the order of the table of keys, indents by two spaces, and writes
//! each map in brackets either on one line or over several.
//!
//! Does not change scalars, comments, or the order of the names that a spec chooses.

mod order;
mod piece;
mod print;
mod read;

use crate::diagnostic::Sink;
use crate::source::{Source, SourceMap};
use crate::syntax::{self, Node, NodeKind};
use crate::table::{METHOD, Map, PLATFORM, Shape, TYPES_FILE};
use read::read;

/// Formats a spec. `path` is its [`Source::path`].
///
/// Returns `None` if the text is not YAML, or has a part that cannot be formatted, such as a key
/// over several lines.
pub fn format(path: &str, text: &str) -> Option<String> {
    let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n").replace('\r', "\n");
    let formatted = laid_out(path, &text)?;
    // Guards against bugs in the formatter: the result must have the same meaning and comments as
    // the text, and a second run must not change it.
    let is_same = same(&tree(path, &text)?, &tree(path, &formatted)?);
    let keeps_comments = comments(&text)? == comments(&formatted)?;
    let is_final = laid_out(path, &formatted)? == formatted;
    (is_same && keeps_comments && is_final).then_some(formatted)
}

fn laid_out(path: &str, text: &str) -> Option<String> {
    let mut file = read(text)?;
    order::sort(&mut file.root, Shape::Keys(kind(path)));
    Some(print::print(&file))
}

/// The table of keys for a file.
fn kind(path: &str) -> &'static Map {
    let name = path.rsplit('/').next().unwrap_or(path);
    match name.strip_suffix(".yaml").or_else(|| name.strip_suffix(".yml")) {
        Some("platform") => &PLATFORM,
        Some("types") => &TYPES_FILE,
        _ => &METHOD,
    }
}

fn tree(path: &str, text: &str) -> Option<Node> {
    let mut sources = SourceMap::default();
    let path = path.to_owned();
    let id = sources.add(Source { shown: path.clone(), path, text: text.to_owned() });
    let mut sink = Sink::default();
    let tree = syntax::parse(&sources, id, &mut sink)?;
    (!sink.has_errors()).then_some(tree)
}

/// Whether two trees have the same meaning. The keys of a map may be in another order.
fn same(one: &Node, other: &Node) -> bool {
    match (&one.kind, &other.kind) {
        (NodeKind::Null, NodeKind::Null) => true,
        (NodeKind::Text { text: one, .. }, NodeKind::Text { text: other, .. }) => one == other,
        (NodeKind::List(one), NodeKind::List(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
        }
        (NodeKind::Map(one), NodeKind::Map(other)) => {
            let moved = |(at, entry): (usize, &crate::syntax::Entry)| {
                let kept = other.get(at).filter(|found| found.key == entry.key);
                let found = kept.or_else(|| other.iter().find(|found| found.key == entry.key));
                found.is_some_and(|found| same(&entry.value, &found.value))
            };
            one.len() == other.len() && one.iter().enumerate().all(moved)
        }
        _ => false,
    }
}

/// The text of each comment in a file, sorted.
fn comments(text: &str) -> Option<Vec<&str>> {
    let mut comments = read::comments(text)?;
    comments.sort_unstable();
    Some(comments)
}

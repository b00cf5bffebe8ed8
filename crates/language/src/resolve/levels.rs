//! Reads the levels of lints that a spec sets, each with a reason.

use super::keys::Keys;
use super::read::{few_entries, text};
use crate::diagnostic::{Covers, Diagnostic, Level, LevelError, Scope, Sink, adjustable, rules};
use crate::source::{SourceId, SourceSpan};
use crate::syntax::{Node, NodeKind};
use crate::table::LEVELS;
use std::collections::HashMap;
use std::ops::Range;

/// Reads the keys `allow`, `warn` and `deny` of a map.
pub(super) fn levels(keys: &mut Keys<'_>, sink: &mut Sink) {
    let map = keys.span();
    for (key, level) in Level::ALL {
        few_entries(keys.node(key), &LEVELS, sink, |entry, sink| {
            let reason = text(&entry.value, sink)?;
            if reason.trim().is_empty() {
                let message = format!("`{key}` has no reason for `{}`", entry.key);
                let diagnostic = Diagnostic::at(rules::BAD_VALUE, entry.value.span, message);
                sink.report(diagnostic.help("write `ID: why`"));
            }
            match adjustable(&entry.key, level) {
                Ok(rule) => {
                    let covers = Covers::Nothing;
                    sink.state_level(Scope { rule, level, at: entry.key_span, map, covers });
                }
                Err(LevelError::Unknown(name)) => {
                    let known = rules::ALL.iter().filter(|rule| rule.has_level());
                    sink.unknown_name("lint", &name, entry.key_span, known.map(|rule| rule.id));
                }
                Err(error) => {
                    let message = error.to_string();
                    sink.report(Diagnostic::at(rules::BAD_VALUE, entry.key_span, message));
                }
            }
            Some(())
        });
    }
}

/// Determines the part of the specs that each level covers. `platforms` contains the files of each
/// platform, by the span of the platform's map.
pub(super) fn settle(
    trees: &[(SourceId, Option<Node>)],
    platforms: &HashMap<SourceSpan, Vec<SourceId>>,
    sink: &mut Sink,
) {
    let mut known: HashMap<SourceId, HashMap<u32, Range<u32>>> = HashMap::new();
    for scope in sink.stated_levels() {
        if let Some(files) = platforms.get(&scope.map) {
            scope.covers = Covers::Files(files.clone());
            continue;
        }
        let source = scope.map.source;
        let extents = known.entry(source).or_insert_with(|| {
            let mut extents = HashMap::new();
            if let Some((_, Some(node))) = trees.iter().find(|(id, _)| *id == source) {
                measure(node, None, &mut extents);
            }
            extents
        });
        if let Some(part) = extents.get(&scope.map.start) {
            scope.covers = Covers::Part(part.clone());
        }
    }
    sink.settle_levels();
}

/// Records the extent of each map including its key, by the beginning of the map. Returns the end
/// of the node.
fn measure(node: &Node, key: Option<SourceSpan>, extents: &mut HashMap<u32, Range<u32>>) -> u32 {
    let end = match &node.kind {
        NodeKind::Null | NodeKind::Text { .. } | NodeKind::Broken => node.span.end,
        NodeKind::List(items) => {
            items.iter().map(|item| measure(item, None, extents)).max().unwrap_or(node.span.end)
        }
        NodeKind::Map(entries) => {
            let ends = entries.iter().map(|entry| {
                measure(&entry.value, Some(entry.key_span), extents).max(entry.key_span.end)
            });
            ends.max().unwrap_or(node.span.end)
        }
    };
    if let NodeKind::Map(_) = node.kind {
        let start = key.map_or(node.span.start, |key| key.start);
        extents.insert(node.span.start, start..end.max(node.span.end));
    }
    end
}

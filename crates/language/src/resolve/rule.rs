//! Reads the rules that involve several fields of a record.

use super::about::about;
use super::keys::keyed;
use super::read::{items, span, spanned, word};
use crate::diagnostic::{Diagnostic, Sink, rules};
use crate::model::{Rule, RuleKind, SpanLimit};
use crate::source::SourceSpan;
use crate::syntax::{Entry, Node, NodeKind};
use crate::table::RULE;
use gatespec_protocol::{RangeEnd, TimeSpan};

pub(super) fn rules(node: Option<&Node>, sink: &mut Sink) -> Vec<Rule> {
    items(node, sink, rule)
}

fn rule(node: &Node, sink: &mut Sink) -> Option<Rule> {
    let (kinds, at_most, end, about) = keyed(node, &RULE, sink, |keys, sink| {
        let kinds = ["not_after", "span", "at_least_one"].map(|key| keys.node(key));
        (kinds, keys.entry("at_most"), keys.entry("end"), about(keys, sink))
    })?;
    let [not_after, apart, at_least_one] = kinds;
    if apart.is_none() {
        [at_most, end].into_iter().flatten().for_each(|entry| only_of_spans(entry, sink));
    }
    let (span, names, kind) = match (not_after, apart, at_least_one) {
        (Some(node), None, None) => {
            let (a, b, names) = two(node, sink)?;
            (node.span, names, RuleKind::NotAfter(a, b))
        }
        (None, Some(node), None) => {
            let (a, b, names) = two(node, sink)?;
            let Some(at_most) = at_most else {
                let message = "a `span` needs `at_most`";
                sink.report(
                    Diagnostic::at(rules::MISSING_KEY, node.span, message)
                        .help("say how far apart the times may be: `at_most: 7 days`"),
                );
                return None;
            };
            let read = |end: &Entry, sink: &mut Sink| {
                Some((word("end", &end.value, RangeEnd::WORDS, sink)?, end.key_span))
            };
            let written = end.and_then(|end| read(end, sink));
            let at_most = longer_than_nothing(&at_most.value, sink)?;
            let (end, end_at) = written.unzip();
            let limit = SpanLimit { at_most, end: end.unwrap_or_default(), end_at };
            (node.span, names, RuleKind::Span(a, b, limit))
        }
        (None, None, Some(node)) => {
            let (names, spans) = items(Some(node), sink, spanned).into_iter().unzip();
            (node.span, spans, RuleKind::AtLeastOne(names))
        }
        _ => return None,
    };
    Some(Rule { kind, span, names, about })
}

fn longer_than_nothing(node: &Node, sink: &mut Sink) -> Option<TimeSpan> {
    let at_most = span(node, sink)?;
    if at_most.duration().is_zero() {
        let message = "a span of zero length allows no request";
        let help = "write how far apart the times may be: `at_most: 7 days`";
        sink.report(Diagnostic::at(rules::BAD_VALUE, node.span, message).help(help));
        return None;
    }
    Some(at_most)
}

fn only_of_spans(entry: &Entry, sink: &mut Sink) {
    let message = format!("`{}` belongs to a `span`, but this rule is not one", entry.key);
    sink.report(Diagnostic::at(rules::UNKNOWN_KEY, entry.key_span, message));
}

fn two(node: &Node, sink: &mut Sink) -> Option<(String, String, Vec<SourceSpan>)> {
    if !matches!(node.kind, NodeKind::List(_)) {
        items(Some(node), sink, spanned);
        return None;
    }
    match items(Some(node), sink, spanned).as_slice() {
        [(a, at), (b, bt)] => Some((a.clone(), b.clone(), vec![*at, *bt])),
        _ => {
            let message = "this rule takes two fields: `[earlier, later]`";
            sink.report(Diagnostic::at(rules::BAD_VALUE, node.span, message));
            None
        }
    }
}

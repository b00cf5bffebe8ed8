//! Rules over several fields of one record.

use super::about::about;
use super::field::names;
use super::read::{Keys, items, span, word};
use crate::diagnostic::{Diagnostic, Sink, rules};
use crate::model::{Rule, RuleKind, SpanLimit};
use crate::source::SourceSpan;
use crate::syntax::{Entry, Node};
use gatespec_protocol::RangeEnd;

pub(super) fn rules(node: &Node, sink: &mut Sink) -> Vec<Rule> {
    items(node, sink).unwrap_or_default().iter().filter_map(|item| rule(item, sink)).collect()
}

fn rule(node: &Node, sink: &mut Sink) -> Option<Rule> {
    let mut keys = Keys::of(node, "a rule", sink)?;
    let not_after = keys.node("not_after");
    let apart = keys.node("span");
    let at_most = keys.entry("at_most");
    let end = keys.entry("end");
    let at_least_one = keys.node("at_least_one");
    let about = about(&mut keys, sink);
    keys.finish(sink);
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
                let message = "a `span` has no `at_most`";
                sink.report(
                    Diagnostic::at(rules::MISSING_KEY, node.span, message)
                        .help("say how far apart the times may be: `at_most: 7 days`"),
                );
                return None;
            };
            let written = end.map(|end| (word(&end.value, RangeEnd::WORDS, sink), end.key_span));
            let at_most = span(&at_most.value, sink)?;
            let (end, end_at) = (written.and_then(|(end, _)| end), written.map(|(_, at)| at));
            let limit = SpanLimit { at_most, end: end.unwrap_or_default(), end_at };
            (node.span, names, RuleKind::Span(a, b, limit))
        }
        (None, None, Some(node)) => {
            let (names, spans) = names(node, sink).into_iter().unzip();
            (node.span, spans, RuleKind::AtLeastOne(names))
        }
        _ => {
            sink.report(Diagnostic::at(
                rules::MISSING_KEY,
                node.span,
                "a rule has one of `not_after`, `span` and `at_least_one`",
            ));
            return None;
        }
    };
    Some(Rule { kind, span, names, about })
}

fn only_of_spans(entry: &Entry, sink: &mut Sink) {
    let message = format!("`{}` says something of a `span`, and this rule is none", entry.key);
    sink.report(Diagnostic::at(rules::UNKNOWN_KEY, entry.key_span, message));
}

fn two(node: &Node, sink: &mut Sink) -> Option<(String, String, Vec<SourceSpan>)> {
    match names(node, sink).as_slice() {
        [(a, at), (b, bt)] => Some((a.clone(), b.clone(), vec![*at, *bt])),
        _ => wrong_count(node.span, sink),
    }
}

fn wrong_count<T>(span: SourceSpan, sink: &mut Sink) -> Option<T> {
    let message = "this rule names two fields: `[earlier, later]`";
    sink.report(Diagnostic::at(rules::BAD_VALUE, span, message));
    None
}

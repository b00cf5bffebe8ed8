//! Checks the key `end`: only the `span` rule by which a range is split.

use super::doubt::Doubt;
use crate::diagnostic::{Diagnostic, Sink, rules};
use crate::model::{Platform, Record, Rule, RuleKind, TypeKind};
use crate::range;
use crate::source::SourceSpan;

pub(super) fn check(platform: &Platform, doubt: &Doubt<'_>, sink: &mut Sink) {
    for def in &platform.types {
        if let TypeKind::Record(record) = &def.kind {
            for (_, at) in ends(record) {
                report(at, "only a span of a method's own `request` is split", sink);
            }
        }
    }
    for method in platform.methods.iter().filter(|method| !doubt.of_table(method)) {
        of_request(&method.request, sink);
    }
}

/// The rules that have the key `end`, each with the span of the key.
fn ends(record: &Record) -> impl Iterator<Item = (&Rule, SourceSpan)> {
    record.rules.iter().filter_map(|rule| match &rule.kind {
        RuleKind::Span(_, _, limit) => Some((rule, limit.end_at?)),
        RuleKind::NotAfter(..) | RuleKind::AtLeastOne(..) => None,
    })
}

fn of_request(request: &Record, sink: &mut Sink) {
    let chosen = range::splitting(request);
    for (rule, at) in ends(request) {
        match (range::range(request, rule), &chosen) {
            (Some(Err(reason)), _) => report(at, &reason, sink),
            (_, Some((chosen, _))) if !std::ptr::eq(rule, *chosen) => {
                let first = chosen.kind.fields().join("` and `");
                let reason = format!(
                    "only one span of a request is split, and that is the one over `{first}`"
                );
                report(at, &reason, sink);
            }
            _ => {}
        }
    }
}

fn report(at: SourceSpan, reason: &str, sink: &mut Sink) {
    let message = format!("`end` has no effect: {reason}");
    sink.report(Diagnostic::at(rules::RANGE_END, at, message));
}

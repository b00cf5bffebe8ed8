//! Templates: every hole is closed, is filled by something, and passes through filters that exist.

use crate::diagnostic::{Diagnostic, Sink, rules};
use crate::model::{Gateway, Method, Platform};
use crate::source::SourceSpan;
use crate::suggest::list;
use gatespec_protocol::template::{FILTERS, Part, scan};

/// Says whether templates can be filled: `false` if that would make a text of any length.
pub(super) fn check(platform: &Platform, sink: &mut Sink) -> bool {
    let mut can_be_filled = true;
    for (index, gateway) in platform.gateways.iter().enumerate() {
        let labels: Vec<&str> = gateway.labels.iter().map(|label| label.name).collect();
        for label in &gateway.labels {
            let default = label.default.unwrap_or_default();
            template(default, label.span, &labels, sink);
        }
        let defaults = gateway.default_labels();
        can_be_filled &= is_bounded(defaults, gateway.span, sink);
        for (path, span) in answer_paths(gateway) {
            template(path, span, &labels, sink);
        }
        let methods = platform.methods.iter().filter(|method| method.gateway == index);
        let mut alone = true;
        for method in methods {
            alone = false;
            can_be_filled &= is_bounded(method.labels, method.span, sink);
            of_method(gateway, method, &labels, sink);
        }
        if alone {
            template(gateway.path, gateway.transport, &labels, sink);
        }
    }
    can_be_filled
}

/// Labels that name labels several times, which do so again, would make a text of any length.
fn is_bounded(labels: &[(&str, &str)], span: SourceSpan, sink: &mut Sink) -> bool {
    const MOST_BYTES: usize = 4096;
    let place = |name: &str| labels.iter().position(|(label, _)| *label == name);
    let templates: Vec<(usize, Vec<usize>)> = labels
        .iter()
        .map(|(_, text)| {
            let holes = scan(text).filter_map(|part| match part {
                Ok(Part::Hole { name, .. }) => place(name),
                _ => None,
            });
            (text.len(), holes.collect())
        })
        .collect();
    // As deep as labels are filled.
    let mut lengths: Vec<usize> = templates.iter().map(|(length, _)| *length).collect();
    for _ in 0..8 {
        let longer = templates.iter().map(|(length, holes)| {
            holes.iter().fold(*length, |sum, &hole| sum.saturating_add(lengths[hole]))
        });
        lengths = longer.collect();
    }
    let long = labels.iter().zip(&lengths).filter(|(_, length)| **length > MOST_BYTES);
    let long: Vec<_> = long.map(|((name, _), _)| *name).collect();
    for name in &long {
        let message =
            format!("the label `{name}` has more than {MOST_BYTES} bytes when it is filled");
        sink.report(Diagnostic::at(rules::PATH_HOLE, span, message));
    }
    long.is_empty()
}

fn of_method(gateway: &Gateway, method: &Method, labels: &[&str], sink: &mut Sink) {
    let fields = || method.request.sent();
    let in_path = fields().filter(|field| field.in_path).map(|field| field.name.as_str());
    let known: Vec<&str> = labels.iter().copied().chain(in_path).collect();
    let (path, span) = method.path_in(gateway);
    let outside: Vec<&str> =
        fields().filter(|field| !field.in_path).map(|field| field.name.as_str()).collect();
    Filled { known: &known, outside: &outside }.check(path, span, sink);
    for (_, text) in method.labels {
        template(text, method.span, labels, sink);
    }
    template(method.data.unwrap_or_default(), method.span, labels, sink);
}

/// Every path of the envelope, at the nearest place that is known.
fn answer_paths(gateway: &Gateway) -> Vec<(&'static str, SourceSpan)> {
    let envelope = &gateway.envelope;
    let mut paths: Vec<_> =
        [envelope.data, envelope.code, envelope.message].map(|path| (path, gateway.span)).into();
    let mut predicates = vec![(envelope.success, &envelope.success_at)];
    for step in &envelope.open {
        paths.push((step.at, step.span));
        predicates.push((step.when, &step.when_at));
    }
    for shape in &envelope.failures {
        predicates.push((shape.when, &shape.when_at));
        let all = [shape.code, shape.message, shape.sub_code, shape.sub_message, shape.request_id];
        paths.extend(all.into_iter().flatten().map(|path| (*path, gateway.span)));
    }
    let each = predicates.into_iter().flat_map(|(all, at)| all.iter().zip(at));
    paths.extend(each.map(|(predicate, at)| (predicate.path, *at)));
    paths
}

fn template(text: &str, span: SourceSpan, known: &[&str], sink: &mut Sink) {
    Filled { known, outside: &[] }.check(text, span, sink);
}

/// What fills the holes of a template, besides the method's name.
struct Filled<'a> {
    known: &'a [&'a str],
    /// Fields that could, with `in: path`.
    outside: &'a [&'a str],
}

impl Filled<'_> {
    fn check(&self, text: &str, span: SourceSpan, sink: &mut Sink) {
        for part in scan(text) {
            let (inside, name) = match part {
                Ok(Part::Hole { inside, name, .. }) => (inside, name),
                Ok(Part::Text(_)) => continue,
                Err(_) => {
                    let message = format!("a `{{` of `{text}` is never closed");
                    let diagnostic = Diagnostic::at(rules::PATH_HOLE, span, message);
                    return sink.report(diagnostic.help("write `{name}`"));
                }
            };
            if name != "method" && !self.known.contains(&name) {
                let message = format!("nothing fills `{{{name}}}` of `{text}`");
                let advice = self.advice(name, sink);
                sink.report(Diagnostic::at(rules::PATH_HOLE, span, message).help(advice));
            }
            for name in inside.split(':').skip(1).filter(|name| !FILTERS.contains(name)) {
                unknown_filter(text, inside, name, span, sink);
            }
        }
    }

    fn advice(&self, name: &str, sink: &mut Sink) -> String {
        if self.outside.contains(&name) {
            return format!("`{name}` is a field of the request: give it `in: path`");
        }
        let all: Vec<&str> = self.known.iter().copied().chain(["method"]).collect();
        match sink.closest(name, all.iter().copied()) {
            Some(near) => format!("did you mean `{{{near}}}`?"),
            None => format!("a hole is filled by {}; a field needs `in: path`", list(&all)),
        }
    }
}

fn unknown_filter(text: &str, hole: &str, name: &str, span: SourceSpan, sink: &mut Sink) {
    let message = format!("`{{{hole}}}` of `{text}` has the unknown filter `{name}`");
    let advice = sink.advice(name, FILTERS, |all| format!("the filters are {}", list(all)));
    sink.report(Diagnostic::at(rules::PATH_HOLE, span, message).help(advice));
}

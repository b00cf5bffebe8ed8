//! Checks templates: every placeholder is closed, can be filled, and uses only filters that exist.

use super::doubt::Doubt;
use crate::diagnostic::{Diagnostic, Sink, rules};
use crate::model::{Gateway, Method, Platform};
use crate::span::{Places, SourceSpan};
use crate::suggest::list;
use gatespec_protocol::template::{FILTERS, Part, scan};

/// Checks all templates. Returns `false` if labels would become too long when they are filled.
pub(super) fn check(platform: &Platform, doubt: &Doubt<'_>, sink: &mut Sink) -> bool {
    let mut can_be_filled = true;
    for (index, gateway) in platform.gateways.iter().enumerate() {
        let labels: Vec<&str> = gateway.labels.iter().map(|label| label.name).collect();
        // If the table of labels could not be read, a name that seems unknown may be declared in
        // it.
        let is_sure = !doubt.of_gateway(index, &["labels"]);
        for label in &gateway.labels {
            let default = label.default.unwrap_or_default();
            template((default, label.span, Some(&label.default_at)), &labels, is_sure, sink);
        }
        let defaults = gateway.default_labels();
        can_be_filled &= is_bounded(defaults, gateway.span, sink);
        for (path, span) in answer_paths(gateway) {
            template((path, span, None), &labels, is_sure, sink);
        }
        let methods = platform.methods.iter().filter(|method| method.gateway == index);
        let mut alone = true;
        for method in methods {
            alone = false;
            can_be_filled &= is_bounded(method.labels, method.span, sink);
            let is_sure = is_sure && !doubt.of_method(method, &["request", "labels"]);
            of_method(gateway, method, &labels, is_sure, sink);
        }
        if alone {
            template(
                (gateway.path, gateway.transport, Some(&gateway.path_at)),
                &labels,
                is_sure,
                sink,
            );
        }
    }
    can_be_filled
}

/// Limits the length of labels. If each label contains another one several times, the length grows
/// exponentially.
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
    // Labels inside labels are filled to a fixed depth.
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
        let message = format!("the label `{name}` expands to more than {MOST_BYTES} bytes");
        sink.report(Diagnostic::at(rules::PATH_HOLE, span, message));
    }
    long.is_empty()
}

fn of_method(gateway: &Gateway, method: &Method, labels: &[&str], is_sure: bool, sink: &mut Sink) {
    let fields = || method.request.sent();
    let in_path = fields().filter(|field| field.in_path).map(|field| field.name.as_str());
    let known: Vec<&str> = labels.iter().copied().chain(in_path).collect();
    let (path, span) = method.path_in(gateway);
    let outside: Vec<&str> =
        fields().filter(|field| !field.in_path).map(|field| field.name.as_str()).collect();
    let places = if method.path.is_some() { &method.path_at } else { &gateway.path_at };
    Filled { known: &known, outside: &outside, is_sure }.check((path, span, Some(places)), sink);
    for (name, text) in method.labels {
        // The default of a label is checked where the label is declared.
        let default = gateway.labels.iter().find(|label| label.name == *name);
        if default.is_none_or(|label| label.default != Some(*text)) {
            template((text, method.span, None), labels, is_sure, sink);
        }
    }
    let data_at = method.data_at.unwrap_or(method.span);
    template((method.data.unwrap_or_default(), data_at, None), labels, is_sure, sink);
}

/// Every path of the envelope, with the closest span that is known.
fn answer_paths(gateway: &Gateway) -> Vec<(&'static str, SourceSpan)> {
    let envelope = &gateway.envelope;
    let mut paths = envelope.places.clone();
    let mut predicates = vec![(envelope.success, &envelope.success_at)];
    for step in &envelope.open {
        paths.push((step.at, step.span));
        predicates.push((step.when, &step.when_at));
    }
    for shape in &envelope.failures {
        predicates.push((shape.when, &shape.when_at));
    }
    let each = predicates.into_iter().flat_map(|(all, at)| all.iter().zip(at));
    paths.extend(each.map(|(predicate, at)| (predicate.path, *at)));
    paths
}

/// Every path in the envelope of a gateway, without spans.
pub(super) fn paths(gateway: &Gateway) -> impl Iterator<Item = &str> {
    answer_paths(gateway).into_iter().map(|(path, ..)| path)
}

/// A template, its span, and the positions of its characters.
type Template<'t> = (&'t str, SourceSpan, Option<&'t Places>);

fn template(template: Template<'_>, known: &[&str], is_sure: bool, sink: &mut Sink) {
    Filled { known, outside: &[], is_sure }.check(template, sink);
}

/// The names that can fill a template, in addition to the method's name.
struct Filled<'a> {
    known: &'a [&'a str],
    /// Fields that could fill the template if they had `in: path`.
    outside: &'a [&'a str],
    /// Whether all names could be read.
    is_sure: bool,
}

impl Filled<'_> {
    fn check(&self, (text, whole, places): Template<'_>, sink: &mut Sink) {
        let plain = Places::of(whole, text.len());
        let places = places.unwrap_or(&plain);
        let part = |start: usize, end: usize| places.part(start, end).unwrap_or(whole);
        let mut at = 0;
        for piece in scan(text) {
            let start = at;
            let (inside, name) = match piece {
                Ok(Part::Hole { inside, name, .. }) => {
                    at += inside.len() + "{}".len();
                    (inside, name)
                }
                Ok(Part::Text(text)) => {
                    at += text.len();
                    continue;
                }
                Err(_) => {
                    let span = part(start, text.len());
                    let message = format!("unclosed `{{` in `{text}`");
                    let diagnostic = Diagnostic::at(rules::PATH_HOLE, span, message);
                    return sink.report(diagnostic.help("write `{name}`"));
                }
            };
            let span = part(start, at);
            if name != "method" && !self.known.contains(&name) && self.is_sure {
                let message = format!("nothing fills the hole `{{{name}}}` in `{text}`");
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
            None => format!("holes are filled by {}, and by fields with `in: path`", list(&all)),
        }
    }
}

fn unknown_filter(text: &str, hole: &str, name: &str, span: SourceSpan, sink: &mut Sink) {
    let message = format!("unknown filter `{name}` in `{{{hole}}}` of `{text}`");
    let advice = sink.advice(name, FILTERS, |all| format!("the filters are {}", list(all)));
    sink.report(Diagnostic::at(rules::PATH_HOLE, span, message).help(advice));
}

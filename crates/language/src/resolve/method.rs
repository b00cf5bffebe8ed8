//! Reads the file of one method.

use super::about::about;
use super::envelope::{data_path, error_codes, response_example};
use super::field::{fields, value as field_value};
use super::keys::{Keys, keyed, peek};
use super::layout::Areas;
use super::read::{bad_value, entries, items, text};
use super::request::{place, transport};
use super::rule::rules as record_rules;
use super::signature::value;
use super::time::TimeZone;
use super::types::{Scope, Types};
use crate::diagnostic::{Diagnostic, Sink, rules};
use crate::keep;
use crate::model::{
    About, Gateway, Method, Pages, Record, RequestExample, ResponseExample, Returns, Value,
};
use crate::source::SourceSpan;
use crate::syntax::{Node, NodeKind};
use crate::table::{
    EXAMPLES, METHOD, METHOD_LABELS, METHOD_NAME, PAGES, PAGING, REQUEST_EXAMPLE, SILENCED,
};
use gatespec_protocol::{MethodInfo, Repeat, Verb};

/// A method's file before its keys are read, with the parts that other files need.
pub(super) struct MethodFile<'n> {
    /// The path of the file, relative to the specs folder.
    pub(super) path: String,
    pub(super) node: &'n Node,
    /// The wire name, with its span.
    pub(super) name: (String, SourceSpan),
}

/// The parts of a platform that a method's file needs.
pub(super) struct Around<'a> {
    pub(super) gateways: &'a [Gateway],
    /// Whether there may be further gateways that could not be read.
    pub(super) unread_gateways: bool,
    pub(super) types: &'a Types<'a>,
    pub(super) time_zone: &'a TimeZone,
}

/// The wire name: the value of the key `method`, or else the file's name without its extension.
pub(super) fn wire_name(path: &str, node: &Node, sink: &mut Sink) -> (String, SourceSpan) {
    let stem = path.rsplit('/').next().unwrap_or(path);
    let stem = stem.strip_suffix(".yaml").or_else(|| stem.strip_suffix(".yml")).unwrap_or(stem);
    let NodeKind::Map(_) = &node.kind else { return (stem.to_owned(), node.span) };
    let written = peek(node, &METHOD, "method").map(|entry| &entry.value);
    let name = written.and_then(|node| match node.kind {
        NodeKind::Map(_) => peek(node, &METHOD_NAME, "name").map(|entry| &entry.value),
        _ => Some(node),
    });
    match name.and_then(|node| Some((text(node, sink)?.to_owned(), node.span))) {
        Some(name) => name,
        None => (stem.to_owned(), SourceSpan { end: node.span.start, ..node.span }),
    }
}

pub(super) fn method(
    file: &MethodFile<'_>,
    around: &Around<'_>,
    sink: &mut Sink,
) -> Option<(Method, Areas)> {
    keyed(file.node, &METHOD, sink, |keys, sink| {
        let gateway = gateway(keys, around, sink);
        let protocol = around.gateways.get(gateway)?;
        let scope = around.types.scope(Some(&file.name.0), &protocol.values, around.time_zone);
        let names: Vec<&str> = protocol.credentials.iter().map(|one| one.name).collect();
        keys.node("types");
        let title = keys.node("title").and_then(|node| text(node, sink));
        let (request_examples, response_examples) =
            keys.read("examples", sink, examples).unwrap_or_default();
        let errors = error_codes(keys.node("errors"), &names, true, sink);
        let returns = returns(keys, &scope, sink);
        let facts = MethodInfo {
            verb: keys.word("verb", Verb::WORDS, sink),
            path: keys.fact("path", sink),
            business: keys.read("business", sink, place),
            labels: labels(keys, protocol, sink),
            silenced: silenced(keys.node("public"), protocol, sink),
            data: keys.read("data", sink, data_path).map(keep::text),
            returns: !matches!(returns, Returns::Nothing),
            repeat: keys.word("repeat", Repeat::WORDS, sink).unwrap_or(Repeat::Unknown),
            errors: keep::list(errors.iter().map(|code| code.facts)),
            ..MethodInfo::new(keep::text(&file.name.0), protocol.facts)
        };
        let areas = keys.areas(PARTS.into_iter(), u32::MAX);
        let method = Method {
            facts,
            name_about: keys.read("method", sink, name_about).unwrap_or_default(),
            span: file.name.1,
            file: file.path.clone(),
            title: title.unwrap_or_default().to_owned(),
            about: about(keys, sink),
            rust: keys.spanned("rust", sink),
            data_at: keys.node("data").map(|node| node.span),
            path_at: keys.node("path").map(Node::places).unwrap_or_default(),
            gateway,
            transport: transport(keys).unwrap_or(file.name.1),
            request: Record {
                fields: fields(keys.node("request"), &scope, sink),
                rules: record_rules(keys.node("rules"), sink),
                ..Record::default()
            },
            returns,
            pages: keys.read("pages", sink, pages),
            errors,
            request_examples,
            response_examples,
        };
        Some((method, areas))
    })?
}

/// The keys of a method whose positions are recorded in the layout.
const PARTS: [&str; 13] = [
    "gateway", "verb", "path", "business", "labels", "public", "request", "rules", "data",
    "response", "returns", "examples", "errors",
];

fn name_about(node: &Node, sink: &mut Sink) -> Option<About> {
    if let NodeKind::Text { .. } = node.kind {
        return None;
    }
    keyed(node, &METHOD_NAME, sink, |keys, sink| about(keys, sink))
}

fn gateway(keys: &mut Keys<'_>, around: &Around<'_>, sink: &mut Sink) -> usize {
    let Some((name, span)) = keys.spanned("gateway", sink) else { return 0 };
    let gateways = around.gateways;
    let found = gateways.iter().position(|gateway| gateway.name == name);
    found.unwrap_or_else(|| {
        let known = gateways.iter().map(|gateway| gateway.name);
        if !around.unread_gateways {
            sink.unknown_name("gateway", &name, span, known);
        }
        0
    })
}

/// All labels of the gateway, with the values that the method states or else the defaults.
fn labels(
    keys: &mut Keys<'_>,
    gateway: &Gateway,
    sink: &mut Sink,
) -> &'static [(&'static str, &'static str)] {
    let given = entries(keys.node("labels"), &METHOD_LABELS, sink, |entry, sink| {
        if gateway.labels.iter().all(|label| label.name != entry.key) {
            let known = gateway.labels.iter().map(|label| label.name);
            sink.unknown_name("label", &entry.key, entry.key_span, known);
        }
        Some((&entry.key, keep::text(text(&entry.value, sink)?)))
    });
    let labels = gateway.labels.iter().filter_map(|label| {
        let own = given.iter().find(|(name, _)| *name == label.name);
        let text = own.map(|(_, text)| *text).or(label.default);
        if text.is_none() && !keys.is_partial() {
            let message = format!("the method does not set the label `{}`", label.name);
            sink.report(
                Diagnostic::at(rules::MISSING_KEY, keys.span(), message)
                    .also(label.span, "declared here without a default"),
            );
        }
        Some((label.name, text?))
    });
    keep::list(labels)
}

fn silenced(node: Option<&Node>, gateway: &Gateway, sink: &mut Sink) -> &'static [&'static str] {
    keep::list(entries(node, &SILENCED, sink, |entry, sink| {
        if gateway.public_param(&entry.key).is_none() {
            let known = gateway.public.iter().map(|param| param.name);
            sink.unknown_name("public parameter", &entry.key, entry.key_span, known);
        }
        let said = text(&entry.value, sink)?;
        if said != "never" {
            let message =
                format!("a method can set a public parameter to `never`, not to `{said}`");
            bad_value(&entry.value, message, sink);
            return None;
        }
        Some(keep::text(&entry.key))
    }))
}

fn returns(keys: &mut Keys<'_>, scope: &Scope<'_>, sink: &mut Sink) -> Returns {
    let response = keys.node("response");
    let returns = keys.entry("returns");
    match (response, returns) {
        (None, None) => Returns::Nothing,
        (Some(_), None) => {
            Returns::Record(Record { fields: fields(response, scope, sink), ..Record::default() })
        }
        (None, Some(entry)) => field_value(entry, "", scope, sink)
            .map_or(Returns::Nothing, |field| Returns::Value(Box::new(field))),
        (Some(_), Some(entry)) => {
            let message = "a method cannot have both `response` and `returns`";
            sink.report(
                Diagnostic::at(rules::UNKNOWN_KEY, entry.key_span, message).help(
                    "`response` lists the fields of the data; `returns` names one type for it",
                ),
            );
            Returns::Nothing
        }
    }
}

fn pages(node: &Node, sink: &mut Sink) -> Option<Pages> {
    const KEYS: [&str; 7] = ["page", "size", "total", "has_more", "cursor", "next", "items"];
    keyed(node, &PAGES, sink, |keys, sink| {
        let named = KEYS.into_iter();
        let named = named.filter_map(|key| Some((key, keys.spanned(key, sink)?)));
        let (named, places) = named.map(|(key, (path, at))| ((key.to_owned(), path), at)).unzip();
        let by = keys.word("by", &PAGING, sink)?.to_owned();
        // The key named after the value of `by` is required: `by: page` needs `page`, `by: cursor`
        // needs `cursor`.
        if let Some((_, key)) = PAGING.iter().find(|(way, _)| *way == by)
            && keys.entry(key).is_none()
        {
            let message = format!("`pages` needs `{key}`");
            let help = format!("name the request field that selects the page: `{key}: {key}_no`");
            sink.report(Diagnostic::at(rules::MISSING_KEY, node.span, message).help(help));
        }
        Some(Pages { by, keys: named, places, span: node.span })
    })?
}

fn examples(node: &Node, sink: &mut Sink) -> Option<(Vec<RequestExample>, Vec<ResponseExample>)> {
    keyed(node, &EXAMPLES, sink, |keys, sink| {
        let requests = items(keys.node("request"), sink, request_example);
        (requests, items(keys.node("response"), sink, response_example))
    })
}

fn request_example(node: &Node, sink: &mut Sink) -> Option<RequestExample> {
    let (name, values) = keyed(node, &REQUEST_EXAMPLE, sink, |keys, sink| {
        about(keys, sink);
        (keys.text("name", sink), keys.node("values").map(value))
    })?;
    match values? {
        values @ Value::Map(..) => Some(RequestExample { name, values, span: node.span }),
        other => {
            let message = "expected a map of fields as the values of the sample request";
            sink.report(Diagnostic::at(rules::WRONG_KIND, other.span(), message));
            None
        }
    }
}

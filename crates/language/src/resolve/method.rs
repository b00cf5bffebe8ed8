//! One method's file.

use super::about::about;
use super::envelope::{error_codes, response_examples};
use super::field::{fields, value as field_value};
use super::read::{Keys, bad_value, items, map, pairs, text};
use super::request::{place, transport};
use super::rule::rules as record_rules;
use super::signature::value;
use super::types::{Scope, Types};
use crate::diagnostic::{Diagnostic, Sink, rules};
use crate::keep;
use crate::model::{About, Gateway, Method, Pages, Record, RequestExample, Returns, Value};
use crate::source::SourceSpan;
use crate::suggest::unknown_name;
use crate::syntax::{Node, NodeKind};
use gatespec_protocol::{MethodInfo, Repeat, Verb};

/// A method's file before its keys are read: what other files need to know of it.
pub(super) struct MethodFile<'n> {
    /// Relative to the specs folder.
    pub(super) path: String,
    pub(super) node: &'n Node,
    /// The wire name and where it stands.
    pub(super) name: (String, SourceSpan),
}

/// The wire name: `method:`, or else the file's stem.
pub(super) fn wire_name(path: &str, node: &Node, sink: &mut Sink) -> (String, SourceSpan) {
    let stem = path.rsplit('/').next().unwrap_or(path);
    let stem = stem.strip_suffix(".yaml").or_else(|| stem.strip_suffix(".yml")).unwrap_or(stem);
    let NodeKind::Map(entries) = &node.kind else { return (stem.to_owned(), node.span) };
    let written = entries.iter().find(|entry| entry.key == "method").map(|entry| &entry.value);
    let name = match written.map(|node| &node.kind) {
        Some(NodeKind::Map(entries)) => {
            entries.iter().find(|entry| entry.key == "name").map(|entry| &entry.value)
        }
        _ => written,
    };
    match name.and_then(|node| Some((text(node, sink)?.to_owned(), node.span))) {
        Some(name) => name,
        None => (stem.to_owned(), SourceSpan { end: node.span.start, ..node.span }),
    }
}

pub(super) fn method(
    file: &MethodFile<'_>,
    gateways: &[Gateway],
    types: &Types<'_>,
    time_zone: i32,
    sink: &mut Sink,
) -> Option<Method> {
    let mut keys = Keys::of(file.node, "a method", sink)?;
    let gateway = gateway(&mut keys, gateways, sink);
    let protocol = gateways.get(gateway)?;
    let scope = types.scope(Some(&file.name.0), &protocol.values, time_zone);
    let name_about = keys.node("method").map(|node| name_about(node, sink)).unwrap_or_default();
    let title = keys.require("title", sink).and_then(|node| text(node, sink));
    keys.node("types");
    let (request_examples, response_examples) = examples(&mut keys, sink);
    let errors = keys.node("errors").map(|node| {
        let names: Vec<&str> = protocol.credentials.iter().map(|one| one.name).collect();
        error_codes(node, &names, sink)
    });
    let (errors, returns) = (errors.unwrap_or_default(), returns(&mut keys, &scope, sink));
    let facts = MethodInfo {
        verb: keys.word("verb", Verb::WORDS, sink),
        path: keys.fact("path", sink),
        business: keys.node("business").and_then(|node| place(node, sink)),
        labels: labels(&mut keys, protocol, sink),
        silenced: silenced(&mut keys, protocol, sink),
        data: keys.fact("data", sink),
        returns: !matches!(returns, Returns::Nothing),
        repeat: keys.word("repeat", Repeat::WORDS, sink).unwrap_or(Repeat::Unknown),
        errors: keep::list(errors.iter().map(|code| code.facts)),
        ..MethodInfo::new(keep::text(&file.name.0), protocol.facts)
    };
    let method = Method {
        facts,
        name_about,
        span: file.name.1,
        file: file.path.clone(),
        title: title.unwrap_or_default().to_owned(),
        about: about(&mut keys, sink),
        rust: keys.spanned("rust", sink),
        gateway,
        transport: transport(&mut keys).unwrap_or(file.name.1),
        request: Record {
            fields: keys.node("request").map(|node| fields(node, &scope, sink)).unwrap_or_default(),
            rules: keys.node("rules").map(|node| record_rules(node, sink)).unwrap_or_default(),
            others: None,
        },
        returns,
        pages: keys.node("pages").and_then(|node| pages(node, sink)),
        errors,
        request_examples,
        response_examples,
    };
    keys.finish(sink);
    Some(method)
}

fn name_about(node: &Node, sink: &mut Sink) -> About {
    if let NodeKind::Text { .. } = node.kind {
        return About::default();
    }
    let Some(mut keys) = Keys::of(node, "`method`", sink) else { return About::default() };
    keys.require("name", sink);
    let about = about(&mut keys, sink);
    keys.finish(sink);
    about
}

fn gateway(keys: &mut Keys<'_>, gateways: &[Gateway], sink: &mut Sink) -> usize {
    let Some((name, span)) = keys.spanned("gateway", sink) else { return 0 };
    let found = gateways.iter().position(|gateway| gateway.name == name);
    found.unwrap_or_else(|| {
        let known = gateways.iter().map(|gateway| gateway.name);
        sink.report(unknown_name("gateway", &name, span, known));
        0
    })
}

/// Every label of the gateway, from the method or by default.
fn labels(
    keys: &mut Keys<'_>,
    gateway: &Gateway,
    sink: &mut Sink,
) -> &'static [(&'static str, &'static str)] {
    let node = keys.node("labels");
    let given = node.map(|node| pairs(node, "`labels`", sink)).unwrap_or_default();
    if let Some(node) = node {
        for entry in map(node, "`labels`", sink).unwrap_or_default() {
            if gateway.labels.iter().all(|label| label.name != entry.key) {
                let known = gateway.labels.iter().map(|label| label.name);
                sink.report(unknown_name("label", &entry.key, entry.key_span, known));
            }
        }
    }
    let mut labels = Vec::new();
    for label in &gateway.labels {
        let own = given.iter().find(|(name, _)| name == label.name);
        match own.map(|(_, text)| keep::text(text)).or(label.default) {
            Some(text) => labels.push((label.name, text)),
            None => {
                let message = format!("the method does not say its label `{}`", label.name);
                sink.report(
                    Diagnostic::at(rules::MISSING_KEY, keys.span(), message)
                        .also(label.span, "declared here without a default"),
                );
            }
        }
    }
    keep::list(labels)
}

fn silenced(keys: &mut Keys<'_>, gateway: &Gateway, sink: &mut Sink) -> &'static [&'static str] {
    let Some(node) = keys.node("public") else { return &[] };
    let mut silenced = Vec::new();
    for entry in map(node, "`public`", sink).unwrap_or_default() {
        if gateway.public_param(&entry.key).is_none() {
            let known = gateway.public.iter().map(|param| param.name);
            sink.report(unknown_name("public parameter", &entry.key, entry.key_span, known));
        }
        match text(&entry.value, sink) {
            Some("never") => silenced.push(keep::text(&entry.key)),
            Some(other) => {
                let message = format!("a method says `never` of a public parameter, not `{other}`");
                bad_value(&entry.value, message, sink);
            }
            None => {}
        }
    }
    keep::list(silenced)
}

fn returns(keys: &mut Keys<'_>, scope: &Scope<'_>, sink: &mut Sink) -> Returns {
    let response = keys.node("response");
    let returns = keys.entry("returns");
    match (response, returns) {
        (None, None) => Returns::Nothing,
        (Some(node), None) => Returns::Record(Record {
            fields: fields(node, scope, sink),
            rules: Vec::new(),
            others: None,
        }),
        (None, Some(entry)) => {
            field_value(&entry.value, String::new(), entry.key_span, scope, sink)
                .map_or(Returns::Nothing, |field| Returns::Value(Box::new(field)))
        }
        (Some(_), Some(entry)) => {
            let message = "a method has either a `response` or `returns`";
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
    let mut keys = Keys::of(node, "`pages`", sink)?;
    keys.require("by", sink);
    let by = keys.word("by", &[("page", "page"), ("cursor", "cursor")], sink);
    const KEYS: [&str; 7] = ["page", "size", "total", "has_more", "cursor", "next", "items"];
    let named =
        KEYS.into_iter().filter_map(|key| Some((key.to_owned(), keys.text(key, sink)?))).collect();
    keys.finish(sink);
    Some(Pages { by: by?.to_owned(), keys: named, span: node.span })
}

fn examples(
    keys: &mut Keys<'_>,
    sink: &mut Sink,
) -> (Vec<RequestExample>, Vec<crate::model::ResponseExample>) {
    let Some(mut examples) =
        keys.node("examples").and_then(|node| Keys::of(node, "`examples`", sink))
    else {
        return (Vec::new(), Vec::new());
    };
    let requests = examples.node("request").and_then(|node| items(node, sink)).unwrap_or_default();
    let requests = requests.iter().filter_map(|node| request_example(node, sink)).collect();
    let responses =
        examples.node("response").map(|node| response_examples(node, sink)).unwrap_or_default();
    examples.finish(sink);
    (requests, responses)
}

fn request_example(node: &Node, sink: &mut Sink) -> Option<RequestExample> {
    let mut keys = Keys::of(node, "a sample request", sink)?;
    let name = keys.text("name", sink);
    let values = keys.require("values", sink).map(value);
    about(&mut keys, sink);
    keys.finish(sink);
    match values? {
        values @ Value::Map(..) => Some(RequestExample { name, values, span: node.span }),
        other => {
            let message = "the values of a sample request are a map of fields";
            sink.report(Diagnostic::at(rules::WRONG_KIND, other.span(), message));
            None
        }
    }
}

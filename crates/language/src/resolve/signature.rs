//! Signature formulas and the vectors beside them.

use super::about::about;
use super::read::{Keys, bad_value, items, map, pairs, text};
use crate::diagnostic::{Diagnostic, Sink, rules};
use crate::formula::{Names, Want, formula};
use crate::keep;
use crate::model::{About, Formula, SignatureMethod, Value, Vector, VectorInput};
use crate::suggest::unknown_name;
use crate::syntax::{Node, NodeKind};
use gatespec_protocol as rt;
use rt::{Location, Verb};

#[derive(Default)]
pub(super) struct Signature {
    /// The default first.
    pub(super) methods: Vec<SignatureMethod>,
    pub(super) vectors: Vec<Vector>,
}

pub(super) fn signature(node: &Node, names: &Names, sink: &mut Sink) -> Signature {
    if matches!(&node.kind, NodeKind::Text { text, .. } if text == "none") {
        return Signature::default();
    }
    let Some(mut keys) = Keys::of(node, "`signature`", sink) else { return Signature::default() };
    let about = about(&mut keys, sink);
    let default = keys.spanned("default", sink);
    let methods = keys.node("methods");
    let vectors = keys.node("vectors").and_then(|node| items(node, sink)).unwrap_or_default();
    let methods = match (keys.node("formula"), methods) {
        (Some(node), None) => formula(node, names, Want::Text, sink)
            .map(|formula| signature_method("", formula, about))
            .into_iter()
            .collect(),
        (None, Some(node)) => self::methods(node, default, &about, names, sink),
        _ => {
            sink.report(
                Diagnostic::at(
                    rules::MISSING_KEY,
                    node.span,
                    "a signature has either a `formula` or `methods`",
                )
                .help("where calls are not signed, write `signature: none`"),
            );
            Vec::new()
        }
    };
    keys.finish(sink);
    let vectors = vectors.iter().filter_map(|node| vector(node, names, sink)).collect();
    Signature { methods, vectors }
}

fn methods(
    node: &Node,
    default: Option<(String, crate::source::SourceSpan)>,
    outer: &About,
    names: &Names,
    sink: &mut Sink,
) -> Vec<SignatureMethod> {
    let mut methods = Vec::new();
    for entry in map(node, "`methods`", sink).unwrap_or_default() {
        let Some(mut keys) = Keys::of(&entry.value, "a signature method", sink) else { continue };
        let node = keys.require("formula", sink);
        let mut about = about(&mut keys, sink);
        if about.grade == Default::default() {
            about.grade = outer.grade;
        }
        keys.finish(sink);
        if let Some(formula) = node.and_then(|node| formula(node, names, Want::Text, sink)) {
            methods.push(signature_method(&entry.key, formula, about));
        }
    }
    match default {
        None => {
            let message = "several signature methods need a `default`";
            sink.report(Diagnostic::at(rules::MISSING_KEY, node.span, message));
        }
        Some((name, span)) => match methods.iter().position(|method| method.name == name) {
            Some(position) => methods[..=position].rotate_right(1),
            None => {
                let known = methods.iter().map(|method| method.name);
                sink.report(unknown_name("signature method", &name, span, known));
            }
        },
    }
    methods
}

fn signature_method(name: &str, formula: Formula, about: About) -> SignatureMethod {
    let facts = rt::Signature { name: keep::text(name), recipe: formula.recipe };
    SignatureMethod { facts, formula, about }
}

fn vector(node: &Node, names: &Names, sink: &mut Sink) -> Option<Vector> {
    let mut keys = Keys::of(node, "a vector", sink)?;
    let input = input(&mut keys, sink);
    let sign = keys.require("sign", sink).and_then(|node| Some((text(node, sink)?, node.span)));
    let credentials = keys.node("credentials");
    let vector = Vector {
        name: keys.text("name", sink),
        span: node.span,
        case: keys.spanned("case", sink),
        credentials: credentials.map(|node| pairs(node, "`credentials`", sink)).unwrap_or_default(),
        clock: keys.spanned("clock", sink),
        nonce: keys.text("nonce", sink),
        input: input?,
        verb: keys.word("verb", Verb::WORDS, sink),
        path: keys.text("path", sink),
        body: keys.text("body", sink),
        canonical: keys.spanned("canonical", sink),
        sign: sign.map(|(sign, _)| sign.to_owned()).unwrap_or_default(),
        sign_span: sign.map_or(node.span, |(_, span)| span),
        about: about(&mut keys, sink),
    };
    keys.finish(sink);
    if let Some(node) = credentials {
        for entry in map(node, "`credentials`", sink).unwrap_or_default() {
            if !names.credentials.contains(&&*entry.key) {
                let known = names.credentials.iter().copied();
                sink.report(unknown_name("credential", &entry.key, entry.key_span, known));
            }
        }
    }
    Some(vector)
}

fn input(keys: &mut Keys<'_>, sink: &mut Sink) -> Option<VectorInput> {
    let method = keys.spanned("method", sink);
    let request = keys.node("request");
    let params = keys.node("params");
    let sent = keys.node("sent");
    match (request, params, sent) {
        (request, None, None) if method.is_some() => {
            let empty = Value::Map(Vec::new(), keys.span());
            let values = request.map_or(empty, value);
            method.map(|method| VectorInput::Request { method, values })
        }
        // Without places, texts travel where the gateway puts its public parameters.
        (None, Some(node), None) => Some(VectorInput::Sent(
            pairs(node, "`params`", sink)
                .into_iter()
                .map(|(name, value)| (Location::Form, name, value))
                .collect(),
        )),
        (None, None, Some(node)) => sent_texts(node, sink).map(VectorInput::Sent),
        _ => {
            sink.report(
                Diagnostic::at(rules::MISSING_KEY, keys.span(), "a vector gives its request once: `method` with `request`, or `params`, or `sent`")
                    .help("`method` and `request` are typed values of a method with a spec; `params` and `sent` are texts as published"),
            );
            None
        }
    }
}

fn sent_texts(node: &Node, sink: &mut Sink) -> Option<Vec<(Location<'static>, String, String)>> {
    let mut sent = Vec::new();
    for entry in map(node, "`sent`", sink)? {
        let place = match entry.key.as_str() {
            "query" => Location::Query,
            "form" => Location::Form,
            "header" => Location::Header,
            _ => {
                let message =
                    format!("`sent` has `query`, `form` and `header`, not `{}`", entry.key);
                sink.report(Diagnostic::at(rules::UNKNOWN_KEY, entry.key_span, message));
                continue;
            }
        };
        let texts = pairs(&entry.value, "a place of texts", sink);
        sent.extend(texts.into_iter().map(|(name, value)| (place, name, value)));
    }
    Some(sent)
}

/// A typed value of an example, as written.
pub(super) fn value(node: &Node) -> Value {
    match &node.kind {
        NodeKind::Null => Value::Null(node.span),
        NodeKind::Text { text, .. } => Value::Text(text.clone(), node.span),
        NodeKind::List(items) => Value::List(items.iter().map(value).collect(), node.span),
        NodeKind::Map(entries) => Value::Map(
            entries
                .iter()
                .map(|entry| (entry.key.clone(), entry.key_span, value(&entry.value)))
                .collect(),
            node.span,
        ),
    }
}

/// Used where a map of credentials accompanies an example.
pub(super) fn credentials(node: Option<&Node>, sink: &mut Sink) -> Vec<(String, String)> {
    node.map(|node| pairs(node, "`credentials`", sink)).unwrap_or_default()
}

/// A yes or no that is said in words: `gives: success`.
pub(super) fn gives_success(node: Option<&Node>, sink: &mut Sink) -> Option<bool> {
    let node = node?;
    match text(node, sink)? {
        "success" => Some(true),
        "failure" => Some(false),
        other => {
            bad_value(node, format!("an answer gives `success` or `failure`, not `{other}`"), sink);
            None
        }
    }
}

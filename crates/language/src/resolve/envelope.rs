//! The answer's envelope and the error table.

use super::about::about;
use super::field::fields;
use super::read::{Keys, bad_value, items, map, number, text, texts, word};
use super::signature::{credentials, gives_success};
use super::types::Scope;
use crate::diagnostic::{Diagnostic, Sink, rules};
use crate::formula::{Names, Want, formula};
use crate::model::{
    Cipher, Envelope, ErrorCode, Expected, FailureShape, Iv, OpenStep, Opening, Predicate,
    ResponseExample,
};
use crate::suggest::unknown_name;
use crate::syntax::{Entry, Kind, Node};
use gatespec_protocol::{Algorithm, Class, Encoding, Meaning, Origin, Padding, RetryAfter};

pub(super) fn envelope(
    node: &Node,
    names: &Names,
    scope: &Scope<'_>,
    sink: &mut Sink,
) -> Option<Envelope> {
    let mut keys = Keys::of(node, "`envelope`", sink)?;
    let list = |node: Option<&'_ Node>, sink: &mut Sink| -> Vec<Node> {
        node.and_then(|node| items(node, sink)).map(<[Node]>::to_vec).unwrap_or_default()
    };
    let open = list(keys.node("open"), sink);
    let failures = list(keys.node("failures"), sink);
    let envelope = Envelope {
        open: open.iter().filter_map(|node| open_step(node, names, sink)).collect(),
        success: keys.node("success").map(|node| predicates(node, sink)).unwrap_or_default(),
        data: keys.text("data", sink).unwrap_or_default(),
        code: keys.text("code", sink),
        message: keys.text("message", sink),
        failures: failures.iter().filter_map(|node| failure(node, sink)).collect(),
        fields: keys.node("fields").map(|node| fields(node, scope, sink)).unwrap_or_default(),
        examples: keys
            .node("examples")
            .map(|node| response_examples(node, sink))
            .unwrap_or_default(),
        about: about(&mut keys, sink),
    };
    keys.finish(sink);
    Some(envelope)
}

/// A map of path → text, texts, or `~`; or one path that must be there.
fn predicates(node: &Node, sink: &mut Sink) -> Vec<Predicate> {
    if let Kind::Text { text, .. } = &node.kind {
        return vec![Predicate { path: text.clone(), is: Expected::Exists, span: node.span }];
    }
    map(node, "a condition", sink)
        .unwrap_or_default()
        .iter()
        .map(|entry| {
            let is = match entry.value.kind {
                Kind::Null => Expected::Missing,
                _ => Expected::OneOf(
                    texts(&entry.value, sink).into_iter().map(|(text, _)| text).collect(),
                ),
            };
            Predicate { path: entry.key.clone(), is, span: entry.key_span }
        })
        .collect()
}

fn open_step(node: &Node, names: &Names, sink: &mut Sink) -> Option<OpenStep> {
    let mut keys = Keys::of(node, "an opening", sink)?;
    let at = keys.require("at", sink).and_then(|node| text(node, sink)).map(str::to_owned);
    let when = keys.node("when").map(|node| predicates(node, sink)).unwrap_or_default();
    let how = keys.require("as", sink).and_then(|node| opening(node, names, sink));
    let about = about(&mut keys, sink);
    keys.finish(sink);
    Some(OpenStep { at: at?, when, how: how?, about, span: node.span })
}

fn opening(node: &Node, names: &Names, sink: &mut Sink) -> Option<Opening> {
    if let Kind::Text { text, .. } = &node.kind {
        if text == "json_text" {
            return Some(Opening::JsonText);
        }
        let message = format!("`{text}` is neither `json_text` nor a cipher");
        bad_value(node, message, sink);
        return None;
    }
    let mut keys = Keys::of(node, "a cipher", sink)?;
    keys.require("cipher", sink);
    let encoding = keys.word("encoding", Encoding::WORDS, sink).unwrap_or(Encoding::Base64);
    let algorithm = keys.word("cipher", Algorithm::WORDS, sink);
    let padding = keys.word("padding", Padding::WORDS, sink).unwrap_or(Padding::Pkcs7);
    let key = keys.require("key", sink).and_then(|node| formula(node, names, Want::Bytes, sink));
    let iv_node = keys.node("iv");
    keys.finish(sink);
    let iv = match iv_node {
        None => Iv::None,
        Some(node) if matches!(&node.kind, Kind::Text { text, .. } if text == "prefix") => {
            Iv::Prefix
        }
        Some(node) => Iv::Formula(formula(node, names, Want::Bytes, sink)?),
    };
    let algorithm = algorithm?;
    let chained = matches!(algorithm, Algorithm::Aes128Cbc | Algorithm::Aes256Cbc);
    if chained == matches!(iv, Iv::None) {
        let message = if chained { "this mode needs an `iv`" } else { "this mode has no `iv`" };
        sink.report(Diagnostic::at(rules::ENVELOPE, node.span, message));
    }
    Some(Opening::Decrypt(Box::new(Cipher { encoding, algorithm, padding, key: key?, iv })))
}

fn failure(node: &Node, sink: &mut Sink) -> Option<FailureShape> {
    let mut keys = Keys::of(node, "a failure", sink)?;
    keys.require("code", sink);
    let mut paths = |key, sink: &mut Sink| -> Vec<String> {
        let node = keys.node(key);
        let found = node.map(|node| texts(node, sink)).unwrap_or_default();
        found.into_iter().map(|(path, _)| path).collect()
    };
    let (code, message) = (paths("code", sink), paths("message", sink));
    let (sub_code, sub_message) = (paths("sub_code", sink), paths("sub_message", sink));
    let request_id = paths("request_id", sink);
    let shape = FailureShape {
        origin: keys.word("kind", Origin::WORDS, sink).unwrap_or(Origin::Business),
        when: keys.node("when").map(|node| predicates(node, sink)).unwrap_or_default(),
        code,
        message,
        sub_code,
        sub_message,
        request_id,
        about: about(&mut keys, sink),
    };
    keys.finish(sink);
    Some(shape)
}

/// Sample answers of a method or of the envelope.
pub(super) fn response_examples(node: &Node, sink: &mut Sink) -> Vec<ResponseExample> {
    items(node, sink)
        .unwrap_or_default()
        .iter()
        .filter_map(|node| response_example(node, sink))
        .collect()
}

fn response_example(node: &Node, sink: &mut Sink) -> Option<ResponseExample> {
    let mut keys = Keys::of(node, "a sample answer", sink)?;
    let body = keys.require("body", sink);
    let example = ResponseExample {
        name: keys.text("name", sink),
        about: about(&mut keys, sink),
        body: body.and_then(|node| text(node, sink)).unwrap_or_default().to_owned(),
        span: body.map_or(node.span, |node| node.span),
        success: gives_success(keys.node("gives"), sink).unwrap_or(true),
        credentials: credentials(keys.node("credentials"), sink),
    };
    keys.finish(sink);
    body.map(|_| example)
}

pub(super) fn error_codes(node: &Node, credentials: &[String], sink: &mut Sink) -> Vec<ErrorCode> {
    map(node, "`errors`", sink)
        .unwrap_or_default()
        .iter()
        .filter_map(|entry| error_code(entry, credentials, sink))
        .collect()
}

fn error_code(entry: &Entry, credentials: &[String], sink: &mut Sink) -> Option<ErrorCode> {
    let mut keys = Keys::of(&entry.value, "an error code", sink)?;
    keys.require("class", sink);
    let class = keys.word("class", Class::WORDS, sink);
    let refresh = keys.spanned("refresh", sink);
    if let Some((name, span)) = &refresh
        && !credentials.contains(name)
    {
        let known = credentials.iter().map(String::as_str);
        sink.report(unknown_name("credential", name, *span, known));
    }
    let code = ErrorCode {
        code: entry.key.clone(),
        span: entry.key_span,
        class: class.unwrap_or(Class::Unknown),
        retry_after: keys
            .node("retry_after")
            .map_or(RetryAfter::None, |node| retry_after(node, sink)),
        refresh: refresh.map(|(name, _)| name),
        http: keys.node("http").and_then(|node| status(node, sink)),
        means: keys.node("means").and_then(|node| Some((meaning(node, sink)?, node.span))),
        parameter: keys.spanned("parameter", sink),
        about: about(&mut keys, sink),
    };
    keys.finish(sink);
    Some(code)
}

fn status(node: &Node, sink: &mut Sink) -> Option<u16> {
    let status = number(node, sink)?;
    if !(100..600).contains(&status) {
        bad_value(node, format!("{status} is no HTTP status"), sink);
        return None;
    }
    Some(status)
}

fn meaning(node: &Node, sink: &mut Sink) -> Option<Meaning> {
    word(node, Meaning::WORDS, sink)
}

fn retry_after(node: &Node, sink: &mut Sink) -> RetryAfter {
    if matches!(&node.kind, Kind::Text { text, .. } if text == "number in message") {
        return RetryAfter::NumberInMessage;
    }
    let seconds = super::read::duration(node, sink).and_then(|seconds| u32::try_from(seconds).ok());
    seconds.map_or(RetryAfter::None, RetryAfter::Seconds)
}

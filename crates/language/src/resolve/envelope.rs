//! The answer's envelope and the error table.

use super::about::about;
use super::field::fields;
use super::read::{Keys, bad_value, facts, items, map, number, text, word};
use super::signature::{credentials, gives_success};
use super::types::Scope;
use crate::diagnostic::{Diagnostic, Sink, rules};
use crate::formula::{Names, Want, formula};
use crate::keep;
use crate::model::{Envelope, ErrorCode, FailureShape, Formula, OpenStep, ResponseExample};
use crate::source::SourceSpan;
use crate::suggest::unknown_name;
use crate::syntax::{Entry, Node, NodeKind};
use gatespec_protocol as rt;
use rt::{
    Algorithm, Cipher, Class, Encoding, Expected, Iv, Meaning, Opening, Origin, Padding, Predicate,
    RetryAfter,
};

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
    let open: Vec<_> = open.iter().filter_map(|node| open_step(node, names, sink)).collect();
    let failures: Vec<_> = failures.iter().filter_map(|node| failure(node, sink)).collect();
    let (success, success_at) = predicates(keys.node("success"), sink);
    let envelope = Envelope {
        facts: rt::Envelope {
            open: keep::list(open.iter().map(|step| step.facts)),
            success,
            data: keys.fact("data", sink).unwrap_or_default(),
            code: keys.fact("code", sink).unwrap_or_default(),
            message: keys.fact("message", sink).unwrap_or_default(),
            failures: keep::list(failures.iter().map(|shape| shape.facts)),
        },
        success_at,
        open,
        failures,
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

/// A map of path → text, texts, or `~`; or one path that must be there. And where each stands.
fn predicates(
    node: Option<&Node>,
    sink: &mut Sink,
) -> (&'static [Predicate<'static>], Vec<SourceSpan>) {
    let Some(node) = node else { return (&[], Vec::new()) };
    if let NodeKind::Text { text, .. } = &node.kind {
        let exists = Predicate { path: keep::text(text), is: Expected::Exists };
        return (keep::list([exists]), vec![node.span]);
    }
    let entries = map(node, "a condition", sink).unwrap_or_default();
    let predicates = entries.iter().map(|entry| {
        let is = match entry.value.kind {
            NodeKind::Null => Expected::Missing,
            _ => Expected::OneOf(facts(&entry.value, sink)),
        };
        Predicate { path: keep::text(&entry.key), is }
    });
    (keep::list(predicates), entries.iter().map(|entry| entry.key_span).collect())
}

fn open_step(node: &Node, names: &Names, sink: &mut Sink) -> Option<OpenStep> {
    let mut keys = Keys::of(node, "an opening", sink)?;
    let at = keys.require("at", sink).and_then(|node| text(node, sink)).map(keep::text);
    let (when, when_at) = predicates(keys.node("when"), sink);
    let opened = keys.require("as", sink).and_then(|node| opening(node, names, sink));
    let about = about(&mut keys, sink);
    keys.finish(sink);
    let (how, key, iv) = opened?;
    let facts = rt::OpenStep { at: at?, when, how };
    Some(OpenStep { facts, when_at, key, iv, about, span: node.span })
}

/// How a text is opened; of a cipher also the formulas of its key and initialisation vector.
type Opened = (Opening<'static>, Option<Formula>, Option<Formula>);

fn opening(node: &Node, names: &Names, sink: &mut Sink) -> Option<Opened> {
    if let NodeKind::Text { text, .. } = &node.kind {
        if text == "json_text" {
            return Some((Opening::JsonText, None, None));
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
    let (iv, iv_formula) = match iv_node {
        None => (Iv::None, None),
        Some(node) if matches!(&node.kind, NodeKind::Text { text, .. } if text == "prefix") => {
            (Iv::Prefix, None)
        }
        Some(node) => {
            let formula = formula(node, names, Want::Bytes, sink)?;
            (Iv::Formula(formula.recipe), Some(formula))
        }
    };
    let algorithm = algorithm?;
    let chained = matches!(algorithm, Algorithm::Aes128Cbc | Algorithm::Aes256Cbc);
    if chained == matches!(iv, Iv::None) {
        let message = if chained { "this mode needs an `iv`" } else { "this mode has no `iv`" };
        sink.report(Diagnostic::at(rules::ENVELOPE, node.span, message));
    }
    let key = key?;
    let cipher = Cipher { encoding, algorithm, padding, key: key.recipe, iv };
    Some((Opening::Decrypt(cipher), Some(key), iv_formula))
}

fn failure(node: &Node, sink: &mut Sink) -> Option<FailureShape> {
    let mut keys = Keys::of(node, "a failure", sink)?;
    keys.require("code", sink);
    let mut paths = |key, sink: &mut Sink| -> &'static [&'static str] {
        keys.node(key).map(|node| facts(node, sink)).unwrap_or_default()
    };
    let (code, message) = (paths("code", sink), paths("message", sink));
    let (sub_code, sub_message) = (paths("sub_code", sink), paths("sub_message", sink));
    let request_id = paths("request_id", sink);
    let origin = keys.word("kind", Origin::WORDS, sink).unwrap_or(Origin::Business);
    let (when, when_at) = predicates(keys.node("when"), sink);
    let facts = rt::FailureShape { origin, when, code, message, sub_code, sub_message, request_id };
    let about = about(&mut keys, sink);
    keys.finish(sink);
    Some(FailureShape { facts, when_at, about })
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

pub(super) fn error_codes(node: &Node, credentials: &[&str], sink: &mut Sink) -> Vec<ErrorCode> {
    map(node, "`errors`", sink)
        .unwrap_or_default()
        .iter()
        .filter_map(|entry| error_code(entry, credentials, sink))
        .collect()
}

fn error_code(entry: &Entry, credentials: &[&str], sink: &mut Sink) -> Option<ErrorCode> {
    let mut keys = Keys::of(&entry.value, "an error code", sink)?;
    keys.require("class", sink);
    let class = keys.word("class", Class::WORDS, sink);
    let refresh = keys.spanned("refresh", sink);
    if let Some((name, span)) = &refresh
        && !credentials.contains(&name.as_str())
    {
        let known = credentials.iter().copied();
        sink.report(unknown_name("credential", name, *span, known));
    }
    let (means, parameter) = (keys.node("means"), keys.node("parameter"));
    let retry_after = keys.node("retry_after").map(|node| retry_after(node, sink));
    let http = keys.node("http").and_then(|node| status(node, sink));
    let about = about(&mut keys, sink);
    let facts = rt::ErrorCode {
        code: keep::text(&entry.key),
        class: class.unwrap_or(Class::Unknown),
        retry_after: retry_after.unwrap_or(RetryAfter::None),
        refresh: refresh.map(|(name, _)| keep::text(&name)),
        http,
        means: means.and_then(|node| word(node, Meaning::WORDS, sink)),
        parameter: parameter.and_then(|node| text(node, sink)).map(keep::text),
        doc: about.doc.as_deref().map(keep::text).unwrap_or_default(),
    };
    keys.finish(sink);
    let (means_at, parameter_at) = (
        means.map_or(entry.key_span, |node| node.span),
        parameter.map_or(entry.key_span, |node| node.span),
    );
    Some(ErrorCode { facts, span: entry.key_span, means_at, parameter_at, about })
}

fn status(node: &Node, sink: &mut Sink) -> Option<u16> {
    let status = number(node, sink)?;
    if !(100..600).contains(&status) {
        bad_value(node, format!("{status} is no HTTP status"), sink);
        return None;
    }
    Some(status)
}

fn retry_after(node: &Node, sink: &mut Sink) -> RetryAfter {
    if matches!(&node.kind, NodeKind::Text { text, .. } if text == "number in message") {
        return RetryAfter::NumberInMessage;
    }
    let seconds = super::read::duration(node, sink).and_then(|seconds| u32::try_from(seconds).ok());
    seconds.map_or(RetryAfter::None, RetryAfter::Seconds)
}

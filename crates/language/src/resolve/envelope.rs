//! Reads the envelope of answers, and error tables.

use super::about::about;
use super::field::fields;
use super::keys::{Keys, keyed};
use super::read::{
    bad_value, check_path, duration, entries, items, map, number, pairs, path, paths, text, texts,
};
use super::types::Scope;
use crate::diagnostic::{Diagnostic, Sink, rules};
use crate::formula::{Names, Want, formula};
use crate::keep;
use crate::model::{Envelope, ErrorCode, FailureShape, Formula, OpenStep, ResponseExample};
use crate::source::SourceSpan;
use crate::syntax::{Entry, Node, NodeKind};
use crate::table::{
    CIPHER, CONDITION, CREDENTIAL_TEXTS, ENVELOPE, ERROR_CODE, ERRORS, FAILURE, GIVES, JSON_TEXT,
    NUMBER_IN_MESSAGE, OPENING, PREFIX, RESPONSE_EXAMPLE, WHOLE,
};
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
    keyed(node, &ENVELOPE, sink, |keys, sink| {
        let open = items(keys.node("open"), sink, |node, sink| open_step(node, names, sink));
        let failures = items(keys.node("failures"), sink, failure);
        let (success, success_at) = predicates(keys.node("success"), sink);
        let mut places = Vec::new();
        let [data, code, message] = ["data", "code", "message"].map(|key| {
            let node = keys.node(key)?;
            let path = if key == "data" { data_path(node, sink)? } else { path(node, sink)? };
            let path = keep::text(path);
            places.extend(Some((path, node.span)).filter(|(path, _)| !path.is_empty()));
            Some(path)
        });
        places.extend(failures.iter().flat_map(|shape| shape.places.iter().copied()));
        Envelope {
            facts: rt::Envelope {
                open: keep::list(open.iter().map(|step| step.facts)),
                success,
                data: data.unwrap_or_default(),
                code: code.unwrap_or_default(),
                message: message.unwrap_or_default(),
                failures: keep::list(failures.iter().map(|shape| shape.facts)),
            },
            success_at,
            places,
            open,
            failures,
            fields: fields(keys.node("fields"), scope, sink),
            examples: items(keys.node("examples"), sink, response_example),
            about: about(keys, sink),
        }
    })
}

/// Reads the path of the data. The path is empty for `.`, the whole answer.
pub(super) fn data_path<'n>(node: &'n Node, sink: &mut Sink) -> Option<&'n str> {
    match text(node, sink)? {
        WHOLE => Some(""),
        _ => path(node, sink),
    }
}

/// Reads conditions on an answer: a map from paths to a text, several texts or `~`, or a single
/// path that must exist. Also returns the span of each condition.
fn predicates(
    node: Option<&Node>,
    sink: &mut Sink,
) -> (&'static [Predicate<'static>], Vec<SourceSpan>) {
    let Some(node) = node else { return (&[], Vec::new()) };
    if let NodeKind::Text { text, .. } = &node.kind {
        if let Some(condition) = comparison(text) {
            let message = "expected a map of paths and texts, found a text";
            sink.report(
                Diagnostic::at(rules::WRONG_KIND, node.span, message)
                    .help(format!("write `{{ {condition} }}`")),
            );
            return (&[], Vec::new());
        }
        path(node, sink);
        let exists = Predicate { path: keep::text(text), is: Expected::Exists };
        return (keep::list([exists]), vec![node.span]);
    }
    let entries = map(node, CONDITION.what, CONDITION.example, sink).unwrap_or_default();
    if matches!(&node.kind, NodeKind::Map(entries) if entries.is_empty()) {
        let message = "an empty condition always holds";
        let help = "write a path and its expected text: `{ code: 0 }`";
        sink.report(Diagnostic::at(rules::BAD_VALUE, node.span, message).help(help));
    }
    let predicates = entries.iter().map(|entry| {
        check_path(&entry.key, entry.key_span, sink);
        let is = match entry.value.kind {
            NodeKind::Null => Expected::Missing,
            _ => Expected::OneOf(expected(&entry.value, sink)),
        };
        Predicate { path: keep::text(&entry.key), is }
    });
    (keep::list(predicates), entries.iter().map(|entry| entry.key_span).collect())
}

/// The texts that the value at a path may have.
fn expected(node: &Node, sink: &mut Sink) -> &'static [&'static str] {
    if let NodeKind::Map(_) = node.kind {
        let message = "expected a text, a list of texts or `~`, found a map";
        let help = "write `{ code: 0 }`; for a nested member, write its path: `{ result.code: 0 }`";
        sink.report(Diagnostic::at(rules::WRONG_KIND, node.span, message).help(help));
        return &[];
    }
    let texts = texts(node, sink);
    for (text, span) in &texts {
        // In quotes, the word is meant as a text.
        let is_bare = (span.end - span.start) as usize == text.len();
        if is_bare && ["null", "nil", "none", "undefined"].contains(&&*text.to_lowercase()) {
            let message = format!("`{text}` is a text of {} letters here", text.len());
            let help = "write `~` for missing, null or empty";
            sink.report(Diagnostic::at(rules::BAD_VALUE, *span, message).help(help));
        }
    }
    keep::list(texts.iter().map(|(text, _)| keep::text(text)))
}

/// Converts a comparison as in programming languages, such as `code == 0`, to a condition.
fn comparison(text: &str) -> Option<String> {
    let (path, value) = text.split_once('=').or_else(|| text.split_once(' '))?;
    let value = value.trim_matches(['=', ' ', '"', '\'']);
    Some(format!("{}: {value}", path.trim_matches(['!', '=', ' '])))
}

fn open_step(node: &Node, names: &Names, sink: &mut Sink) -> Option<OpenStep> {
    keyed(node, &OPENING, sink, |keys, sink| {
        let at = keys.node("at").and_then(|node| path(node, sink)).map(keep::text);
        let (when, when_at) = predicates(keys.node("when"), sink);
        let opened = keys.node("as").and_then(|node| opening(node, names, sink));
        let about = about(keys, sink);
        let (how, key, iv) = opened?;
        let facts = rt::OpenStep { at: at?, when, how };
        Some(OpenStep { facts, when_at, key, iv, about, span: node.span })
    })?
}

/// How a text is decoded. For a cipher, also the formulas of its key and initialisation vector.
type Opened = (Opening<'static>, Option<Formula>, Option<Formula>);

fn opening(node: &Node, names: &Names, sink: &mut Sink) -> Option<Opened> {
    if let NodeKind::Text { text, .. } = &node.kind {
        if text == JSON_TEXT {
            return Some((Opening::JsonText, None, None));
        }
        let message = format!("`{text}` is neither `json_text` nor a cipher");
        bad_value(node, message, sink);
        return None;
    }
    let mut keys = Keys::of(node, &CIPHER, sink)?;
    let encoding = keys.word("encoding", Encoding::WORDS, sink).unwrap_or(Encoding::Base64);
    let algorithm = keys.word("cipher", Algorithm::WORDS, sink);
    let padding = keys.word("padding", Padding::WORDS, sink).unwrap_or(Padding::Pkcs7);
    let key = keys.node("key").and_then(|node| formula(node, names, Want::Bytes, sink));
    let (iv_node, cipher) = (keys.node("iv"), keys.node("cipher"));
    keys.finish(sink);
    let (iv, iv_formula) = match iv_node {
        None => (Iv::None, None),
        Some(node) if matches!(&node.kind, NodeKind::Text { text, .. } if text == PREFIX) => {
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
        let (message, help) = if chained {
            let help = "write `iv: prefix` if the opened bytes begin with it, or a formula: `iv: \"first(secret, 16)\"`";
            ("this cipher mode needs an `iv`", help)
        } else {
            ("this cipher mode takes no `iv`", "remove `iv`, or write `cipher: aes-128-cbc`")
        };
        let at = cipher.map_or(node.span, |node| node.span);
        sink.report(Diagnostic::at(rules::ENVELOPE, at, message).help(help));
    }
    let key = key?;
    let cipher = Cipher { encoding, algorithm, padding, key: key.recipe, iv };
    Some((Opening::Decrypt(cipher), Some(key), iv_formula))
}

fn failure(node: &Node, sink: &mut Sink) -> Option<FailureShape> {
    keyed(node, &FAILURE, sink, |keys, sink| {
        let mut places = Vec::new();
        let mut of = |key, sink: &mut Sink| -> &'static [&'static str] {
            let node = keys.node(key);
            let paths = node.map(|node| paths(node, sink)).unwrap_or_default();
            let span = node.map(|node| node.span);
            places.extend(paths.iter().zip(span).map(|(path, span)| (*path, span)));
            paths
        };
        let (code, message) = (of("code", sink), of("message", sink));
        let (sub_code, sub_message) = (of("sub_code", sink), of("sub_message", sink));
        let request_id = of("request_id", sink);
        let origin = keys.word("kind", Origin::WORDS, sink).unwrap_or(Origin::Business);
        let (when, when_at) = predicates(keys.node("when"), sink);
        let facts =
            rt::FailureShape { origin, when, code, message, sub_code, sub_message, request_id };
        FailureShape { facts, when_at, places, about: about(keys, sink) }
    })
}

/// Reads a sample answer, which belongs to a method or to the envelope.
pub(super) fn response_example(node: &Node, sink: &mut Sink) -> Option<ResponseExample> {
    keyed(node, &RESPONSE_EXAMPLE, sink, |keys, sink| {
        let body = keys.node("body");
        let example = ResponseExample {
            name: keys.text("name", sink),
            about: about(keys, sink),
            body: body.and_then(|node| text(node, sink)).unwrap_or_default().to_owned(),
            span: body.map_or(node.span, |node| node.span),
            places: body.map(Node::places).unwrap_or_default(),
            success: keys.word("gives", &GIVES, sink).unwrap_or(true),
            credentials: pairs(keys.node("credentials"), &CREDENTIAL_TEXTS, sink),
        };
        body.map(|_| example)
    })?
}

/// Reads an error table. `own` is false for an inherited table, which may name credentials that the
/// gateway does not have.
pub(super) fn error_codes(
    node: Option<&Node>,
    credentials: &[&str],
    own: bool,
    sink: &mut Sink,
) -> Vec<ErrorCode> {
    entries(node, &ERRORS, sink, |entry, sink| {
        keyed(&entry.value, &ERROR_CODE, sink, |keys, sink| {
            error_code(keys, entry, credentials, own, sink)
        })
    })
}

fn error_code(
    keys: &mut Keys<'_>,
    entry: &Entry,
    credentials: &[&str],
    own: bool,
    sink: &mut Sink,
) -> ErrorCode {
    let mut refresh = keys.spanned("refresh", sink);
    if let Some((name, span)) = refresh.take_if(|(name, _)| !credentials.contains(&name.as_str()))
        && own
    {
        sink.unknown_name("credential", &name, span, credentials.iter().copied());
    }
    let at = |node: Option<&Node>| node.map_or(entry.key_span, |node| node.span);
    let about = about(keys, sink);
    ErrorCode {
        facts: rt::ErrorCode {
            code: keep::text(&entry.key),
            class: keys.word("class", Class::WORDS, sink).unwrap_or(Class::Unknown),
            retry_after: keys.read("retry_after", sink, retry_after).unwrap_or(RetryAfter::None),
            refresh: refresh.map(|(name, _)| keep::text(&name)),
            http: keys.read("http", sink, status),
            means: keys.word("means", Meaning::WORDS, sink),
            parameter: keys.fact("parameter", sink),
            doc: about.doc.as_deref().map(keep::text).unwrap_or_default(),
        },
        span: entry.key_span,
        means_at: at(keys.node("means")),
        parameter_at: at(keys.node("parameter")),
        about,
    }
}

fn status(node: &Node, sink: &mut Sink) -> Option<u16> {
    let status = number(node, sink)?;
    if !(100..600).contains(&status) {
        bad_value(node, format!("invalid HTTP status {status}"), sink);
        return None;
    }
    Some(status)
}

fn retry_after(node: &Node, sink: &mut Sink) -> Option<RetryAfter> {
    if matches!(&node.kind, NodeKind::Text { text, .. } if text == NUMBER_IN_MESSAGE) {
        return Some(RetryAfter::NumberInMessage);
    }
    u32::try_from(duration(node, sink)?).ok().map(RetryAfter::Seconds)
}

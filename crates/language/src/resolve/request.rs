//! The request: verb, path, places, public parameters.

use super::about::about;
use super::read::{Keys, bad_value, map, offset, pairs, text};
use super::time::time_format;
use super::types::tristate;
use crate::diagnostic::{Diagnostic, Sink, rules};
use crate::formula::{Names, Want, formula};
use crate::model::{About, Place, PublicParam, Source};
use crate::source::Span;
use crate::suggest::{closest, list};
use crate::syntax::{Entry, Kind, Node};
use gatespec_protocol::{NonceFormat, Send, Verb};

pub(super) struct Request {
    pub(super) about: About,
    /// Where verb, path or place of the business parameters stands.
    pub(super) transport: Option<Span>,
    pub(super) verb: Verb,
    pub(super) path: String,
    pub(super) headers: Vec<(String, String)>,
    pub(super) omit_empty: bool,
    pub(super) raw_body: bool,
    pub(super) business: Place,
    pub(super) public: Vec<PublicParam>,
}

impl Default for Request {
    fn default() -> Self {
        Self {
            about: About::default(),
            transport: None,
            verb: Verb::Post,
            path: String::new(),
            headers: Vec::new(),
            omit_empty: false,
            raw_body: false,
            business: Place::Form,
            public: Vec::new(),
        }
    }
}

/// Reads `request`, and adds the public parameters' names to what formulas can use.
pub(super) fn request(node: &Node, names: &mut Names, time_zone: i32, sink: &mut Sink) -> Request {
    let Some(mut keys) = Keys::of(node, "`request`", sink) else { return Request::default() };
    let public_in = keys.node("public_in").and_then(|node| place(node, sink));
    if let Some(Place::FormCarrier(_)) = public_in {
        let message = "a carrier holds business parameters only".to_owned();
        bad_value(keys.node("public_in").unwrap_or(node), message, sink);
    }
    let request = Request {
        about: about(&mut keys, sink),
        transport: transport(&mut keys),
        verb: keys.word("verb", Verb::WORDS, sink).unwrap_or(Verb::Post),
        path: keys.text("path", sink).unwrap_or_default(),
        headers: keys.node("headers").map(|node| headers(node, sink)).unwrap_or_default(),
        omit_empty: keys.word("empty", &[("send", false), ("omit", true)], sink).unwrap_or(false),
        raw_body: keys.word("body", &[("raw", ())], sink).is_some(),
        business: keys.node("business").and_then(|node| place(node, sink)).unwrap_or(Place::Form),
        public: keys
            .node("public")
            .map(|node| {
                let default = public_in.unwrap_or(Place::Form);
                public(node, &default, names, time_zone, sink)
            })
            .unwrap_or_default(),
    };
    keys.finish(sink);
    request
}

/// Constant headers that HTTP can carry.
fn headers(node: &Node, sink: &mut Sink) -> Vec<(String, String)> {
    let token = |name: &str| {
        !name.is_empty()
            && name
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte))
    };
    for entry in map(node, "`headers`", sink).unwrap_or_default() {
        if !token(&entry.key) {
            let message = format!("`{}` is not the name of a header", entry.key);
            sink.report(Diagnostic::at(rules::BAD_VALUE, entry.key_span, message));
        }
        if let Kind::Text { text, .. } = &entry.value.kind
            && !text.bytes().all(|byte| (b' '..=b'~').contains(&byte))
        {
            let message = format!("the header `{}` holds more than printable ASCII", entry.key);
            bad_value(&entry.value, message, sink);
        }
    }
    pairs(node, "`headers`", sink)
}

/// Where the spec says how a request travels: the nearest of the keys that do.
pub(super) fn transport(keys: &mut Keys<'_>) -> Option<Span> {
    let found = ["path", "business", "verb", "body"].map(|key| keys.node(key));
    found.into_iter().flatten().next().map(|node| node.span)
}

/// `query`, `form`, `header`, `body`, `body.NAME`, `form.NAME`.
pub(super) fn place(node: &Node, sink: &mut Sink) -> Option<Place> {
    let written = text(node, sink)?;
    let place = match written.split_once('.') {
        None => match written {
            "query" => Some(Place::Query),
            "form" => Some(Place::Form),
            "header" => Some(Place::Header),
            "body" => Some(Place::Body),
            _ => None,
        },
        Some(("body", name)) if !name.is_empty() => Some(Place::BodyMember(name.to_owned())),
        Some(("form", name)) if !name.is_empty() => Some(Place::FormCarrier(name.to_owned())),
        Some(_) => None,
    };
    if place.is_none() {
        let message = format!("`{written}` is not a place of parameters");
        sink.report(Diagnostic::at(rules::BAD_VALUE, node.span, message).help(
            "the places are `query`, `form`, `header`, `body`, `body.member` and, for business parameters, `form.carrier`",
        ));
    }
    place
}

fn public(
    node: &Node,
    default: &Place,
    names: &mut Names,
    time_zone: i32,
    sink: &mut Sink,
) -> Vec<PublicParam> {
    let entries = map(node, "`public`", sink).unwrap_or_default();
    names.public = entries.iter().map(|entry| entry.key.clone()).collect();
    let mut public: Vec<_> = entries
        .iter()
        .filter_map(|entry| parameter(entry, default, names, time_zone, sink))
        .collect();
    public.sort_by(|a, b| a.name.as_bytes().cmp(b.name.as_bytes()));
    public
}

fn parameter(
    entry: &Entry,
    default: &Place,
    names: &Names,
    time_zone: i32,
    sink: &mut Sink,
) -> Option<PublicParam> {
    let mut keys = Keys::of(&entry.value, "a public parameter", sink)?;
    let source = source(&mut keys, names, time_zone, sink);
    let number = keys.word("type", &[("text", false), ("integer", true)], sink).unwrap_or(false);
    let quoted = keys.word("as", &[("text", true), ("number", false)], sink);
    let param = PublicParam {
        name: entry.key.clone(),
        span: entry.key_span,
        place: keys
            .node("in")
            .and_then(|node| place(node, sink))
            .unwrap_or_else(|| default.clone()),
        source: source.unwrap_or(Source::Argument),
        send: keys.word("send", Send::WORDS, sink).unwrap_or(Send::Always),
        required: tristate(keys.node("required"), sink),
        number: quoted.map_or(number, |quoted| !quoted),
        about: about(&mut keys, sink),
        example: keys.text("example", sink),
    };
    keys.finish(sink);
    Some(param)
}

fn source(keys: &mut Keys<'_>, names: &Names, time_zone: i32, sink: &mut Sink) -> Option<Source> {
    let value = keys.text("value", sink);
    let format = keys.node("format");
    let zone = keys.node("zone").and_then(|node| offset(node, sink)).unwrap_or(time_zone);
    let formula_node = keys.node("formula");
    let is = keys.require("is", sink)?;
    match text(is, sink)? {
        "method" => Some(Source::Method),
        "signature" => Some(Source::Signature),
        "sign_method" => Some(Source::SignMethod),
        "argument" => Some(Source::Argument),
        "constant" => match value {
            Some(value) => Some(Source::Constant(value)),
            None => missing("a constant has no `value`", is, sink),
        },
        "clock" => match format {
            Some(node) => Some(Source::Clock(time_format(node, sink)?, zone)),
            None => missing("a clock has no `format`", is, sink),
        },
        "nonce" => nonce(format, is, sink).map(Source::Nonce),
        "formula" => match formula_node {
            Some(node) => formula(node, names, Want::Text, sink).map(Source::Formula),
            None => missing("a parameter that `is: formula` has no `formula`", is, sink),
        },
        name if names.credentials.iter().any(|known| known == name) => {
            Some(Source::Credential(name.to_owned()))
        }
        name if names.labels.iter().any(|known| known == name) => {
            Some(Source::Label(name.to_owned()))
        }
        name => unknown_source(name, is, names, sink),
    }
}

fn missing<T>(message: &str, node: &Node, sink: &mut Sink) -> Option<T> {
    sink.report(Diagnostic::at(rules::MISSING_KEY, node.span, message));
    None
}

fn nonce(format: Option<&Node>, is: &Node, sink: &mut Sink) -> Option<NonceFormat> {
    let Some(node) = format else { return missing("a nonce has no `format`", is, sink) };
    let written = text(node, sink)?;
    let count = |digits: &str| digits.parse().ok().filter(|count| (1..=32).contains(count));
    let format = match written.split_once(' ') {
        None if written == "uuid" => Some(NonceFormat::Uuid),
        Some(("hex", digits)) => count(digits).map(NonceFormat::Hex),
        Some(("digits", digits)) => count(digits).map(NonceFormat::Digits),
        _ => None,
    };
    if format.is_none() {
        let message = format!("`{written}` is not the format of a nonce");
        sink.report(
            Diagnostic::at(rules::BAD_VALUE, node.span, message)
                .help("write `uuid`, `hex 16` or `digits 10`, with at most 32 characters"),
        );
    }
    format
}

fn unknown_source<T>(name: &str, is: &Node, names: &Names, sink: &mut Sink) -> Option<T> {
    const ROLES: [&str; 8] =
        ["method", "clock", "constant", "signature", "sign_method", "nonce", "formula", "argument"];
    let mut diagnostic = Diagnostic::at(
        rules::UNKNOWN_NAME,
        is.span,
        format!("`{name}` is neither a role, nor a credential, nor a label"),
    );
    let ours = names.credentials.iter().chain(&names.labels).map(String::as_str);
    diagnostic = match closest(name, ROLES.into_iter().chain(ours)) {
        Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
        None => diagnostic.help(format!("the roles are {}", list(&ROLES))),
    };
    sink.report(diagnostic);
    None
}

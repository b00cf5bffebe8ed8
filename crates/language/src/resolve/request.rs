//! Reads how a request is sent: verb, path, locations and public parameters.

use super::about::about;
use super::keys::{Keys, keyed};
use super::read::{bad_value, declared, entries, flag, is_unread, offset, text};
use super::time::{TimeZone, time_format};
use crate::diagnostic::{Diagnostic, Sink, rules};
use crate::formula::{Names, Want, formula};
use crate::keep;
use crate::model::{About, Formula, PublicParam};
use crate::span::{Places, SourceSpan};
use crate::suggest::list;
use crate::syntax::{Entry, Node, NodeKind};
use crate::table::{
    BODY, EMPTY, HEADERS, PARAM_AS, PARAM_TYPE, PARAMETER, PLACES, PUBLIC, REQUEST, ROLES,
};
use gatespec_protocol as rt;
use rt::{Location, NonceFormat, Placement, SendPolicy, Source, TimeFormat, Verb};

#[derive(Default)]
pub(super) struct Request {
    pub(super) about: About,
    /// The span of the most relevant key among those that say how requests are sent.
    pub(super) transport: Option<SourceSpan>,
    pub(super) path_at: Places,
    pub(super) header_spans: Vec<SourceSpan>,
    pub(super) public: Vec<PublicParam>,
}

/// Reads `request` into the facts of a gateway. Adds the names of the public parameters to the
/// names that formulas can use.
pub(super) fn request(
    node: &Node,
    facts: &mut rt::Gateway<'static>,
    names: &mut Names,
    time_zone: &TimeZone,
    sink: &mut Sink,
) -> Option<Request> {
    keyed(node, &REQUEST, sink, |keys, sink| {
        let default = keys.read("public_in", sink, public_place).unwrap_or(Location::Form);
        let empty = keys.word("empty", &EMPTY, sink);
        facts.verb = keys.word("verb", Verb::WORDS, sink).unwrap_or(facts.verb);
        facts.path = keys.fact("path", sink).unwrap_or_default();
        let path_at = keys.node("path").map(Node::places).unwrap_or_default();
        let headers = headers(keys.node("headers"), sink);
        facts.headers = keep::list(headers.iter().map(|(header, _)| *header));
        facts.omit_empty = empty.unwrap_or(facts.omit_empty);
        facts.raw_body = keys.word("body", &BODY, sink).is_some();
        facts.business = keys.read("business", sink, place).unwrap_or(facts.business);
        if let Placement::FormCarrier(name) = facts.business {
            names.public.push(name);
        }
        Request {
            transport: transport(keys).or_else(|| keys.node("body").map(|node| node.span)),
            path_at,
            header_spans: headers.iter().map(|(_, span)| *span).collect(),
            public: public(keys.node("public"), default, names, time_zone, sink),
            about: about(keys, sink),
        }
    })
}

/// The name and the value of a header.
type Header = (&'static str, &'static str);

/// Reads constant headers, each with its span. Reports those that HTTP does not allow.
fn headers(node: Option<&Node>, sink: &mut Sink) -> Vec<(Header, SourceSpan)> {
    let token = |name: &str| {
        let is_of_token =
            |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
        !name.is_empty() && name.bytes().all(is_of_token)
    };
    entries(node, &HEADERS, sink, |entry, sink| {
        if !token(&entry.key) {
            let message = format!("invalid header name `{}`", entry.key);
            sink.report(Diagnostic::at(rules::BAD_VALUE, entry.key_span, message));
        }
        let text = text(&entry.value, sink)?;
        if !text.bytes().all(|byte| (b' '..=b'~').contains(&byte)) {
            let message =
                format!("invalid value of header `{}`: only printable ASCII is allowed", entry.key);
            bad_value(&entry.value, message, sink);
        }
        Some(((keep::text(&entry.key), keep::text(text)), entry.key_span))
    })
}

/// The span of the most relevant key among those that say how requests are sent.
pub(super) fn transport(keys: &mut Keys<'_>) -> Option<SourceSpan> {
    let found = ["path", "business", "verb"].map(|key| keys.node(key));
    found.into_iter().flatten().next().map(|node| node.span)
}

/// Reads a placement: `query`, `form`, `header`, `body`, `body.NAME`, `form.NAME`.
pub(super) fn place(node: &Node, sink: &mut Sink) -> Option<Placement<'static>> {
    const HELP: &str = "write `query`, `form`, `header`, `body`, `body.NAME`, where NAME is a member of the body, or `form.NAME`, where NAME is the parameter that carries the others";
    placement(node, HELP, sink)
}

fn placement(node: &Node, help: &str, sink: &mut Sink) -> Option<Placement<'static>> {
    let written = text(node, sink)?;
    let place = match written.split_once('.') {
        None => PLACES.iter().find(|(word, _)| *word == written).map(|(_, place)| *place),
        // Objects inside the body's objects, and templates, are not supported.
        Some((_, name)) if name.is_empty() || name.contains(['.', '{', '}', ' ']) => None,
        Some(("body", name)) => Some(Placement::BodyMember(keep::text(name))),
        Some(("form", name)) => Some(Placement::FormCarrier(keep::text(name))),
        Some(_) => None,
    };
    if place.is_none() {
        let message = format!("`{written}` is not a place for parameters");
        let near = sink.closest(written, PLACES.map(|(word, _)| word));
        let diagnostic = Diagnostic::at(rules::BAD_VALUE, node.span, message);
        let help = near.map_or_else(|| help.to_owned(), |near| format!("did you mean `{near}`?"));
        sink.report(diagnostic.help(help));
    }
    place
}

/// Reads the location of a single parameter. It cannot be inside a carrier.
fn public_place(node: &Node, sink: &mut Sink) -> Option<Location<'static>> {
    const HELP: &str = "write `query`, `form`, `header`, `body` or `body.NAME`, where NAME is a member of the body";
    let place = placement(node, HELP, sink)?;
    if let Placement::FormCarrier(_) = place {
        bad_value(node, "a carrier can hold only business parameters".to_owned(), sink);
    }
    Some(place.place())
}

fn public(
    node: Option<&Node>,
    default: Location<'static>,
    names: &mut Names,
    time_zone: &TimeZone,
    sink: &mut Sink,
) -> Vec<PublicParam> {
    names.public.extend(declared(node).iter().map(|entry| keep::text(&entry.key)));
    names.unread_public = is_unread(node);
    let mut public = entries(node, &PUBLIC, sink, |entry, sink| {
        keyed(&entry.value, &PARAMETER, sink, |keys, sink| {
            parameter(keys, entry, default, names, time_zone, sink)
        })
    });
    public.sort_by(|a, b| a.name.as_bytes().cmp(b.name.as_bytes()));
    public
}

fn parameter(
    keys: &mut Keys<'_>,
    entry: &Entry,
    default: Location<'static>,
    names: &Names,
    time_zone: &TimeZone,
    sink: &mut Sink,
) -> PublicParam {
    let zone = keys.read("zone", sink, offset);
    let zone = zone.unwrap_or_else(|| match keys.entry("format").map(|entry| &entry.value.kind) {
        Some(NodeKind::Text { text, .. })
            if matches!(keys.entry("is").map(|entry| &entry.value.kind),
                Some(NodeKind::Text { text, .. }) if text == "clock") =>
        {
            time_zone.of(text, entry.key_span)
        }
        _ => time_zone.given.unwrap_or(0),
    });
    let (source, formula) = source(keys, names, zone, sink).unzip();
    let number = keys.word("type", &PARAM_TYPE, sink).unwrap_or(false);
    let quoted = keys.word("as", &PARAM_AS, sink);
    let facts = rt::PublicParam {
        name: keep::text(&entry.key),
        place: keys.read("in", sink, public_place).unwrap_or(default),
        source: source.unwrap_or(Source::Argument),
        send: keys.word("send", SendPolicy::WORDS, sink).unwrap_or(SendPolicy::Always),
        number: quoted.map_or(number, |quoted| !quoted),
    };
    PublicParam {
        facts,
        span: entry.key_span,
        formula: formula.flatten(),
        zone,
        required: keys.read("required", sink, flag),
        about: about(keys, sink),
        example: keys.text("example", sink),
    }
}

/// Reads what fills a parameter, and the formula if there is one.
fn source(
    keys: &mut Keys<'_>,
    names: &Names,
    zone: i32,
    sink: &mut Sink,
) -> Option<(Source<'static>, Option<Formula>)> {
    let written = keys.node("value");
    let value = keys.fact("value", sink);
    let format = keys.node("format");
    let formula_node = keys.node("formula");
    let is = keys.node("is")?;
    let source = match text(is, sink)? {
        "method" => Source::Method,
        "signature" => Source::Signature,
        "sign_method" => Source::SignMethod,
        "argument" => Source::Argument,
        "constant" => match value {
            Some(value) => Source::Constant(value),
            None if written.is_some() => return None,
            None => return unfilled("constant", is, sink),
        },
        "clock" => match format {
            Some(node) => Source::Clock(TimeFormat::named(time_format(node, sink)?, zone)),
            None => return unfilled("clock", is, sink),
        },
        "nonce" => Source::Nonce(nonce(format, is, sink)?),
        "formula" => match formula_node {
            Some(node) => {
                let formula = formula(node, names, Want::Text, sink)?;
                return Some((Source::Formula(formula.recipe), Some(formula)));
            }
            None => return unfilled("formula", is, sink),
        },
        name => match (known(&names.credentials, name), known(&names.labels, name)) {
            (Some(name), _) => Source::Credential(name),
            (None, Some(name)) => Source::Label(name),
            (None, None) => return unknown_source(name, is, names, sink),
        },
    };
    Some((source, None))
}

/// Reports that a parameter of this kind lacks the key from which it takes its text.
fn unfilled<T>(kind: &str, node: &Node, sink: &mut Sink) -> Option<T> {
    let (message, help) = match kind {
        "constant" => ("a constant needs `value`", "write `{ is: constant, value: … }`"),
        "clock" => (
            "a clock needs `format`",
            "write `format: unix_seconds`, or a pattern such as `yyyy-MM-dd HH:mm:ss`",
        ),
        _ => (
            "a parameter with `is: formula` needs `formula`",
            "write `formula: …`, with the syntax of `signature.formula`",
        ),
    };
    missing(message, help, node, sink)
}

fn known(names: &[&'static str], name: &str) -> Option<&'static str> {
    names.iter().copied().find(|known| *known == name)
}

fn missing<T>(message: &str, help: &str, node: &Node, sink: &mut Sink) -> Option<T> {
    sink.report(Diagnostic::at(rules::MISSING_KEY, node.span, message).help(help));
    None
}

fn nonce(format: Option<&Node>, is: &Node, sink: &mut Sink) -> Option<NonceFormat> {
    let Some(node) = format else {
        return missing(
            "a nonce needs `format`",
            "write `format: uuid`, `hex 16` or `digits 10`",
            is,
            sink,
        );
    };
    let written = text(node, sink)?;
    let count = |digits: &str| digits.parse().ok().filter(|count| (1..=32).contains(count));
    let format = match written.split_once(' ') {
        None if written == "uuid" => Some(NonceFormat::Uuid),
        Some(("hex", digits)) => count(digits).map(NonceFormat::Hex),
        Some(("digits", digits)) => count(digits).map(NonceFormat::Digits),
        _ => None,
    };
    if format.is_none() {
        let message = format!("invalid nonce format `{written}`");
        sink.report(
            Diagnostic::at(rules::BAD_VALUE, node.span, message)
                .help("write `uuid`, `hex 16` or `digits 10`, with at most 32 characters"),
        );
    }
    format
}

fn unknown_source<T>(name: &str, is: &Node, names: &Names, sink: &mut Sink) -> Option<T> {
    if names.unread {
        return None;
    }
    let message = format!("`{name}` is neither a role, nor a credential, nor a label");
    let ours = names.credentials.iter().chain(&names.labels).copied();
    let diagnostic = Diagnostic::at(rules::UNKNOWN_NAME, is.span, message);
    let diagnostic = sink.advised(diagnostic, name, ROLES.into_iter().chain(ours), |_| {
        format!("the roles are {}", list(&ROLES))
    });
    sink.report(diagnostic);
    None
}

//! Reports headers that a spec sets twice, and headers that it must not set, for example because
//! the transport sets them.

use crate::diagnostic::{Diagnostic, Sink, rules};
use crate::model::{Gateway, Platform};
use gatespec_protocol::{Location, SendPolicy};

/// The headers that a spec must not set, in groups, each with the reason.
const OF_THE_TRANSPORT: [(&[&str], &str); 6] = [
    (&["accept-encoding", "te"], "the client cannot decode the answer"),
    (&["content-encoding"], "the client sends the body unencoded"),
    (
        &["content-length", "transfer-encoding", "trailer"],
        "the transport sets the length of the body",
    ),
    (&["host"], "the transport takes the host from the URL"),
    (
        &["connection", "keep-alive", "proxy-connection", "upgrade", "expect"],
        "the transport manages the connection",
    ),
    (
        &[
            "range",
            "if-match",
            "if-none-match",
            "if-modified-since",
            "if-unmodified-since",
            "if-range",
        ],
        "answers would have no body, or only part of it",
    ),
];

pub(super) fn check(platform: &Platform, sink: &mut Sink) {
    for gateway in &platform.gateways {
        constants(gateway, sink);
        for param in gateway.public.iter().filter(|one| one.send != SendPolicy::Never) {
            if param.place != Location::Header {
                continue;
            }
            if let Some(why) = of_the_transport(param.name) {
                refuse(param.name, why, param.span, sink);
            } else if param.name.eq_ignore_ascii_case("content-type") {
                refuse(param.name, "the client sets the type of the body", param.span, sink);
            }
        }
    }
}

fn constants(gateway: &Gateway, sink: &mut Sink) {
    for (index, (name, _)) in gateway.headers.iter().enumerate() {
        let span = gateway.header_spans.get(index).copied().unwrap_or(gateway.span);
        if let Some(why) = of_the_transport(name) {
            refuse(name, why, span, sink);
        }
        let earlier = &gateway.headers[..index];
        if earlier.iter().any(|(other, _)| other.eq_ignore_ascii_case(name)) {
            let message =
                format!("the header `{name}` is given twice: header names are case-insensitive");
            sink.report(Diagnostic::at(rules::HEADER, span, message));
        }
    }
}

fn of_the_transport(name: &str) -> Option<&'static str> {
    let is_named = |names: &&[&str]| names.iter().any(|known| name.eq_ignore_ascii_case(known));
    OF_THE_TRANSPORT.iter().find(|(names, _)| is_named(names)).map(|(_, why)| *why)
}

fn refuse(name: &str, why: &str, span: crate::source::SourceSpan, sink: &mut Sink) {
    let message = format!("a spec cannot set the header `{name}`: {why}");
    sink.report(Diagnostic::at(rules::HEADER, span, message).help("remove it"));
}

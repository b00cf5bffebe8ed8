//! Answers, failures and requests for people.

use super::fields;
use super::json::{Head, Part};
use super::sent::Sent;
use crate::command::paint::{BOLD, DIM, GREEN, PLAIN, RED, YELLOW};
use gatespec_codegen::Answered;
use gatespec_codegen::diagnose::printable;
use gatespec_codegen::model::{Method, Platform};
use gatespec_runtime::{Answer, Class, Error, ErrorKind};
use std::fmt::Write as _;

/// A success, every field by its type.
pub(super) fn answer(
    head: &Head<'_>,
    (platform, method): (&Platform, &Method),
    answer: &Answer<Answered<'_>>,
) -> String {
    let mut out = format!("{GREEN}{BOLD}answered{PLAIN}{}", title(head));
    for (name, text) in [("code", answer.code()), ("", answer.message())] {
        if let Some(text) = text {
            let _ = write!(out, "  {DIM}{name}{PLAIN}{}{}", blank(name), shown(text));
        }
    }
    if let Some(id) = answer.request_id() {
        let _ = write!(out, "  {DIM}request{PLAIN} {}", shown(id));
    }
    if answer.attempts() > 1 {
        let _ = write!(out, "  {DIM}attempt{PLAIN} {}", answer.attempts());
    }
    out.push('\n');
    fields::push(platform, &method.returns, &answer.data.json(), &mut out);
    for bend in answer.bends() {
        let _ = writeln!(out, "{YELLOW}not as the spec says{PLAIN}  {}", shown(&bend.to_string()));
    }
    out
}

fn blank(name: &str) -> &'static str {
    if name.is_empty() { "" } else { " " }
}

fn title(head: &Head<'_>) -> String {
    let mut out = format!("  {} {}", head.method.gateway.platform, head.method.name);
    if let Some(Part { number, of, from, to }) = &head.window {
        let _ = write!(out, "  {number} of {of}: {from} to {to}");
    }
    out
}

/// A failure: what happened, and what to do.
pub(super) fn error(head: &Head<'_>, error: &Error) -> String {
    let mut out = format!("{RED}{BOLD}{}{PLAIN}{}\n", what(error), title(head));
    if error.violations().is_empty() {
        let _ = writeln!(out, "  {}", shown(&error.to_string()));
    }
    for violation in error.violations() {
        let _ = writeln!(out, "  {}", shown(&violation.to_string()));
    }
    let is_refusal = matches!(error.kind(), ErrorKind::Gateway | ErrorKind::Business);
    let is_foreign = is_refusal && error.class() == Class::Authentication;
    let pairs = [
        ("request", error.request_id().map(str::to_owned)),
        ("again after", error.retry_after().map(|wait| format!("{} s", wait.as_secs()))),
        ("answer", error.body_excerpt().filter(|_| !is_refusal).map(str::to_owned)),
        ("cause", cause(error)),
        ("signed", error.signed_text().filter(|_| is_foreign)),
    ];
    for (name, text) in pairs {
        if let Some(text) = text {
            let _ = writeln!(out, "  {DIM}{name:<11}{PLAIN} {}", shown(&text));
        }
    }
    let _ = writeln!(out, "  {DIM}{:<11}{PLAIN} {}", "what to do", advice(error));
    out
}

fn cause(error: &Error) -> Option<String> {
    let mut source = std::error::Error::source(error);
    let mut texts = Vec::new();
    while let Some(cause) = source {
        texts.push(cause.to_string());
        source = cause.source();
    }
    texts.dedup();
    if texts.is_empty() { None } else { Some(texts.join(": ")) }
}

/// Which step failed.
fn what(error: &Error) -> &'static str {
    match error.kind() {
        ErrorKind::Validation => "not sent: the request breaks a rule",
        ErrorKind::Config | ErrorKind::Signing | ErrorKind::Token => "not sent",
        ErrorKind::Gateway => "refused by the gateway",
        ErrorKind::Business => "refused by the service",
        ErrorKind::NotJson
        | ErrorKind::Envelope
        | ErrorKind::Decode
        | ErrorKind::Decrypt
        | ErrorKind::TooLarge => "not what the spec says",
        _ => "no answer of the platform",
    }
}

fn advice(error: &Error) -> &'static str {
    match (error.kind(), error.class()) {
        (ErrorKind::Validation, _) => {
            "change the request, or leave the rule out with --without-rule RULE"
        }
        (ErrorKind::Gateway, Class::Authentication) => {
            "check the credentials; `gatespec sign` shows what is signed, and --against finds a difference"
        }
        (ErrorKind::Dns | ErrorKind::Connect | ErrorKind::Tls, _) => {
            "check the address (--url, --environment) and the network"
        }
        (ErrorKind::Decode | ErrorKind::Envelope | ErrorKind::Decrypt, _) => {
            "if the platform is right, mend the spec"
        }
        (_, Class::Caller) => "change the request",
        (_, Class::Authentication) => "check the credentials",
        (_, Class::Quota) => "wait, and call less often",
        (_, Class::Duplicate) => "it may have been done: look before you send it again",
        (_, Class::Retry) => "try again; it may go away by itself",
        (_, Class::Fatal) => "ask the platform",
        _ => "the documents do not say",
    }
}

/// A request that is not sent.
pub(super) fn request(head: &Head<'_>, sent: &Sent) -> String {
    let mut out = format!("{BOLD}{} {}{PLAIN}{}\n", sent.verb, shown(&sent.url), title(head));
    for (name, value) in &sent.headers {
        let _ = writeln!(out, "{DIM}{}: {}{PLAIN}", shown(name), shown(value));
    }
    let width = sent.params.iter().map(|(name, ..)| name.chars().count()).max().unwrap_or(0);
    for (name, place, value) in &sent.params {
        let name = shown(name);
        let _ = writeln!(out, "  {name:<width$}  {}  {DIM}{place}{PLAIN}", shown(value));
    }
    if let Some(body) = &sent.body {
        let _ = writeln!(out, "{}", shown(body));
    }
    let _ = writeln!(out, "{DIM}signed{PLAIN}  {}", shown(&sent.signed));
    out
}

fn shown(text: &str) -> String {
    printable(text.as_bytes())
}

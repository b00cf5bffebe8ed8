//! Answers, failures and requests as text for people.

use super::fields;
use super::json::{Head, WindowNumber};
use crate::command::paint::{BOLD, DIM, GREEN, PLAIN, RED, YELLOW};
use gatespec_language::Answered;
use gatespec_language::model::{Method, Platform};
use gatespec_runtime::text::visible;
use gatespec_runtime::{Answer, Class, Error, ErrorKind};
use gatespec_tool::call::{MaskedRequest, Reader, advice, step};
use std::fmt::Write as _;

/// Returns the text for a success, with every field printed according to its type.
pub(super) fn answer(
    head: &Head<'_>,
    (platform, method): (&Platform, &Method),
    answer: &Answer<Answered<'_>>,
) -> String {
    let mut out = format!("{GREEN}{BOLD}answered{PLAIN}{}", title(head));
    if let Some(code) = answer.code() {
        let _ = write!(out, "  {DIM}code{PLAIN} {}", visible(code));
    }
    if let Some(message) = answer.message() {
        let _ = write!(out, "  {}", visible(message));
    }
    if let Some(id) = answer.request_id() {
        let _ = write!(out, "  {DIM}request{PLAIN} {}", visible(id));
    }
    if answer.attempts() > 1 {
        let _ = write!(out, "  {DIM}attempt{PLAIN} {}", answer.attempts());
    }
    out.push('\n');
    fields::push(platform, &method.returns, &answer.data.json(), &mut out);
    for bend in answer.bends() {
        let _ =
            writeln!(out, "{YELLOW}not as the spec says{PLAIN}  {}", visible(&bend.to_string()));
    }
    out
}

fn title(head: &Head<'_>) -> String {
    let mut out = format!("  {} {}", head.method.gateway.platform, head.method.name);
    if let Some(WindowNumber { number, of, from, to }) = &head.window {
        let _ = write!(out, "  {number} of {of}: {from} to {to}");
    }
    out
}

/// Returns the text for a failure: what happened, and what to do.
pub(super) fn error(head: &Head<'_>, error: &Error) -> String {
    let mut out = format!("{RED}{BOLD}{}{PLAIN}{}\n", step(error.kind()).1, title(head));
    if error.violations().is_empty() {
        let text = error.to_string();
        let title = format!("{} {}: ", head.method.gateway.platform, head.method.name);
        let _ = writeln!(out, "  {}", visible(text.strip_prefix(&title).unwrap_or(&text)));
    }
    for violation in error.violations() {
        let _ = writeln!(out, "  {}", visible(&violation.to_string()));
    }
    let is_refusal = matches!(error.kind(), ErrorKind::Gateway | ErrorKind::Business);
    let is_foreign = error.class() == Class::Authentication && error.refresh().is_none();
    let pairs = [
        ("request", error.request_id().map(str::to_owned)),
        ("again after", error.retry_after().map(|wait| format!("{} s", wait.as_secs()))),
        ("answer", error.body_excerpt().filter(|_| !is_refusal).map(excerpt)),
        ("cause", cause(error)),
        ("signed", error.signed_text().filter(|_| is_refusal && is_foreign)),
    ];
    for (name, text) in pairs {
        if let Some(text) = text {
            let _ = writeln!(out, "  {DIM}{name:<11}{PLAIN} {}", visible(&text));
        }
    }
    let _ = writeln!(
        out,
        "  {DIM}{:<11}{PLAIN} {}",
        "what to do",
        advice(error, head.method.repeat, Reader::Command)
    );
    out
}

fn excerpt(body: &str) -> String {
    if body.is_empty() { "(empty)".to_owned() } else { body.to_owned() }
}

/// Returns the causes that the text of the error does not mention.
fn cause(error: &Error) -> Option<String> {
    let own = error.to_string();
    let mut source = std::error::Error::source(error);
    let mut texts = Vec::new();
    while let Some(cause) = source {
        texts.extend(Some(cause.to_string()).filter(|text| !own.contains(text)));
        source = cause.source();
    }
    texts.dedup();
    if texts.is_empty() { None } else { Some(texts.join(": ")) }
}

/// Returns the text for a request that is not sent.
pub(super) fn request(head: &Head<'_>, sent: &MaskedRequest) -> String {
    let mut out = format!("{BOLD}{} {}{PLAIN}{}\n", sent.verb, visible(&sent.url), title(head));
    for (name, value) in &sent.headers {
        let _ = writeln!(out, "{DIM}{}: {}{PLAIN}", visible(name), visible(value));
    }
    let width = sent.params.iter().map(|(name, ..)| name.chars().count()).max().unwrap_or(0);
    for (name, place, value) in &sent.params {
        let name = visible(name);
        let _ = writeln!(out, "  {name:<width$}  {}  {DIM}{place}{PLAIN}", visible(value));
    }
    if let Some(body) = &sent.body {
        let _ = writeln!(out, "{}", visible(body));
    }
    let _ = writeln!(out, "{DIM}signed{PLAIN}  {}", visible(&sent.signed));
    out
}

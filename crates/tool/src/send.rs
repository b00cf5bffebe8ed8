//! Sends the request of a form.

use crate::call::{Caller, Reader, advice, step};
use crate::check;
use crate::credentials::Receiver;
use crate::draft::{Draft, Problem};
use crate::form::Form;
use crate::state::{Asked, State};
use bumpalo::Bump;
use gatespec_language::{Answered, Expected};
use gatespec_mock::{Entry, Outcome};
use gatespec_runtime::text::visible;
use gatespec_runtime::{Answer, Error};
use maud::{Markup, html};
use std::sync::Arc;
use std::time::Duration;

/// How long one attempt may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// The form, and the answer to its request.
pub(crate) fn made(state: &State, asked: Asked, form: &Form) -> Markup {
    let arena = Bump::new();
    let mut draft = Draft::new(state, asked, form, &arena);
    if matches!(draft.to, Receiver::Real(_)) && form.get("real") != Some("yes") {
        let text = "tick the box below the real gateway to send the request there";
        draft.wrong.push(Problem { fields: vec!["real".to_owned()], text: text.to_owned() });
    }
    let sent = match draft.problems().next() {
        Some(_) => html! {
            h3.tool-bad { "Not sent" }
            p { "Correct the problems below first." }
        },
        None => sent(state, asked, &draft, &arena),
    };
    check::shown(state, asked, form, &draft, &sent)
}

fn sent<'a>(state: &State, asked: Asked, draft: &'a Draft<'a>, arena: &'a Bump) -> Markup {
    let Some(request) = &draft.request else { return html! {} };
    let expected = Expected::of(asked.platform, &asked.method.returns, arena);
    let url = state.url((asked.platform, asked.gateway), draft.to);
    let send = || {
        let caller = Caller::new(asked.target, &url, draft.ask.credentials.clone(), |builder| {
            let builder = builder.attempt_timeout(PATIENCE);
            match draft.clock {
                Some(clock) => builder.clock(Arc::new(clock)),
                None => builder,
            }
        })?;
        let call = caller.call(draft.ask.overrides.clone(), request);
        call.send(|value, into: &mut Answered<'a>| into.read(&expected, value))
    };
    let (outcome, entry) = match draft.to {
        Receiver::Mock => state.with_mock(send),
        Receiver::Real(_) => (send(), None),
    };
    html! {
        @match outcome {
            Ok(answer) => (answered(&answer)),
            Err(error) => (failed(asked, &error)),
        }
        @if let Some(entry) = entry { (of_mock(&entry)) }
    }
}

fn answered(answer: &Answer<Answered<'_>>) -> Markup {
    let data = answer.data.json();
    let pretty = serde_json::to_string_pretty(&data).unwrap_or_default();
    html! {
        h3.tool-good { "Answered" }
        (facts(&[
            ("status", Some(answer.status().to_string())),
            ("code", answer.code().map(str::to_owned)),
            ("message", answer.message().map(str::to_owned)),
            ("request id", answer.request_id().map(str::to_owned)),
        ]))
        @if !data.is_null() { pre.tool-data tabindex="0" { code { (pretty) } } }
        @if !answer.bends().is_empty() {
            p { "Not as the spec says:" }
            ul { @for bend in answer.bends() { li { (visible(&bend.to_string())) } } }
        }
    }
}

fn failed(asked: Asked, error: &Error) -> Markup {
    let advice = advice(error, asked.method.repeat, Reader::Form);
    html! {
        h3.tool-bad { (capital(step(error.kind()).1)) }
        p { (visible(&error.to_string())) }
        @if !error.violations().is_empty() {
            ul { @for violation in error.violations() { li { (visible(&violation.to_string())) } } }
        }
        (facts(&[
            ("status", error.status().map(|status| status.to_string())),
            ("code", error.code().map(str::to_owned)),
            ("sub code", error.sub_code().map(str::to_owned)),
            ("message", error.message().map(str::to_owned)),
            ("request id", error.request_id().map(str::to_owned)),
            ("class", Some(format!("{:?}", error.class()))),
            ("what to do", Some(advice)),
            ("answer", error.body_excerpt().map(str::to_owned)),
        ]))
    }
}

/// What the mock says about the call.
fn of_mock(entry: &Entry) -> Markup {
    let verdict = match &entry.outcome {
        Outcome::Accepted => "accepted".to_owned(),
        Outcome::Refused { reason, .. } => format!("refused: {reason}"),
        Outcome::NoCall { reason } => format!("not a call: {reason}"),
        _ => String::new(),
    };
    html! {
        p.tool-hint { "The mock gateway, which knows only the spec: " (visible(&verdict)) "." }
    }
}

fn facts(all: &[(&str, Option<String>)]) -> Markup {
    html! {
        dl.tool-facts {
            @for (name, text) in all {
                @if let Some(text) = text { div { dt { (name) } dd { (visible(text)) } } }
            }
        }
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

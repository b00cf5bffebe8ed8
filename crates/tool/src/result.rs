//! What a form's request becomes: its problems, its signature, the request as it is sent.

use crate::call::MaskedRequest;
use crate::draft::{Draft, Problem};
use crate::field;
use crate::state::{Asked, State};
use bumpalo::Bump;
use gatespec_inspect::curl;
use gatespec_inspect::diagnose::Signing;
use gatespec_inspect::request::{Received, Wrong};
use gatespec_inspect::steps::{Step, steps};
use gatespec_runtime::Prepared;
use gatespec_runtime::text::visible;
use gatespec_site::parts;
use maud::{Markup, html};

/// The signature and the request that carries it.
struct Signed {
    steps: Vec<Step>,
    /// `None` if the gateway does not sign.
    sign: Option<String>,
    request: MaskedRequest,
    curl: String,
}

/// The problems of a request, or its signature.
pub(crate) fn shown(state: &State, asked: Asked, draft: &Draft<'_>) -> Markup {
    let arena = Bump::new();
    let signed = draft.wrong.is_empty().then(|| signed(state, asked, draft, &arena));
    html! {
        (summary(draft, signed.as_ref().and_then(|signed| signed.as_ref().err())))
        @if let Some(Ok(signed)) = signed {
            @if let Some(sign) = &signed.sign {
                h3 { "Signature" }
                p.tool-sign { code { (sign) } }
                (parts::steps(&signed.steps))
            }
            h3 { "Request" }
            (request(&signed.request))
            details {
                summary { "As a curl command" }
                (parts::block("curl", &signed.curl))
            }
        }
    }
}

fn signed<'a>(
    state: &State,
    asked: Asked,
    draft: &Draft<'a>,
    arena: &'a Bump,
) -> Result<Signed, Vec<Wrong>> {
    let url = state.url((asked.platform, asked.gateway), draft.to);
    let made = |prepared: &Prepared<'_>| {
        let curl = curl::command(&Received::of(prepared, &url));
        (MaskedRequest::new(prepared, &url), curl)
    };
    if asked.gateway.signatures.is_empty() {
        let (request, curl) = made(&draft.ask.prepare(arena)?);
        return Ok(Signed { steps: Vec::new(), sign: None, request, curl });
    }
    let (signing, prepared) = Signing::of(&draft.ask, arena)?;
    let sign = signing.sign().map_err(|error| vec![error.into()])?;
    let (steps, _) = steps(&signing, &sign).map_err(|error| vec![error.into()])?;
    let (request, curl) = made(&prepared);
    Ok(Signed { steps, sign: Some(sign), request, curl })
}

fn summary(draft: &Draft<'_>, unsigned: Option<&Vec<Wrong>>) -> Markup {
    let problems: Vec<_> = draft.problems().collect();
    let unsigned: Vec<_> = unsigned.into_iter().flatten().collect();
    let number = problems.len() + unsigned.len();
    html! {
        div.tool-summary role="status" {
            @if number == 0 {
                p.tool-good { "The request obeys every rule of the spec." }
            } @else {
                p.tool-bad {
                    @if number == 1 { "1 problem" } @else { (number) " problems" }
                    @if draft.wrong.is_empty() && unsigned.is_empty() {
                        ": the request breaks a rule of the spec, and would not be sent"
                    }
                }
                ul {
                    @for problem in &problems { li { (linked(problem)) } }
                    @for wrong in &unsigned { li { (wrong) } }
                }
            }
        }
    }
}

/// A problem with links to the fields that it concerns.
fn linked(problem: &Problem) -> Markup {
    html! {
        @match problem.fields.first() {
            Some(name) => a href={ "#" (field::id(name)) } { (problem.text) },
            None => (problem.text),
        }
    }
}

/// A request as it is sent, with its secrets masked.
fn request(sent: &MaskedRequest) -> Markup {
    let rows = html! {
        @for (name, place, value) in &sent.params {
            tr { th scope="row" { code { (visible(name)) } } td { (place) } td { code { (visible(value)) } } }
        }
    };
    html! {
        pre.tool-request { code {
            (sent.verb) " " (visible(&sent.url)) "\n"
            @for (name, value) in &sent.headers { (visible(name)) ": " (visible(value)) "\n" }
        } }
        (parts::table("Parameters of the request", &["Parameter", "In", "Value"], &rows))
        @if let Some(body) = &sent.body { (parts::block("Body", body)) }
    }
}

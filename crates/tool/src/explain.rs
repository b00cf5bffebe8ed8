//! Finds out why a pasted request was refused.

use crate::credentials::Receiver;
use crate::field;
use crate::form::Form;
use crate::state::{Asked, State};
use bumpalo::Bump;
use gatespec_inspect::charsets;
use gatespec_inspect::diagnose::{Cause, Claim, Diagnosis, Difference, Found, Signing, diagnose};
use gatespec_inspect::pasted::{Files, no_files};
use gatespec_inspect::request::Recognised;
use gatespec_inspect::sent::{Sent, Unread};
use gatespec_inspect::steps::{Step, steps};
use gatespec_runtime::text::visible;
use gatespec_site::parts;
use maud::{Markup, html};

/// The value of the field `to` with which the caller's own credentials are used.
const OWN: &str = "own";

/// The form into which a request is pasted. `diagnosis` is the result of the last one.
pub(crate) fn form(state: &State, action: &str, form: &Form, diagnosis: &Markup) -> Markup {
    let is_live = state.live_platform().is_some();
    let texts = [
        (
            "pasted",
            "The request",
            "a curl command, a URL, an HTTP message, or a form or JSON with its parameters",
            8,
        ),
        (
            "their_sign",
            "The other signature",
            "by default, the signature that the request carries",
            1,
        ),
        (
            "their_text",
            "The text that the other side signed",
            "optional; secrets may be left out of it or replaced by <secret>",
            3,
        ),
    ];
    html! {
        form.tool-explain method="post" action={ (action) "#diagnosis" } autocomplete="off" data-tool="diagnosis" {
            @for (name, label, hint, rows) in texts {
                @let (id, hint_id) = (field::id(name), format!("{}-hint", field::id(name)));
                div.tool-field {
                    label for=(id) { (label) }
                    textarea id=(id) name=(name) rows=(rows) aria-describedby=(hint_id) autocomplete="off" spellcheck="false" {
                        "\n" (form.text(name))
                    }
                    p.tool-hint id=(hint_id) { (hint) }
                }
            }
            @if is_live {
                @let own = form.text("to") != Receiver::Mock.name();
                fieldset.tool-receivers {
                    legend { "Signed with" }
                    @for (value, label, chosen) in [(OWN, "your own secret", own), (Receiver::Mock.name(), "the invented secret of the mock gateway", !own)] {
                        @let id = format!("explain-{}", field::id(value));
                        p {
                            input type="radio" id=(id) name="to" value=(value) checked[chosen];
                            " "
                            label for=(id) { (label) }
                        }
                    }
                }
            }
            p.tool-actions { button type="submit" name="do" value="explain" { "Explain" } }
        }
        div #diagnosis data-part tabindex="-1" { (diagnosis) }
    }
}

/// The diagnosis of the pasted request. The page of a method states the platform.
pub(crate) fn made(state: &State, asked: Option<Asked>, form: &Form) -> Markup {
    let arena = Bump::new();
    match diagnosed(state, asked, form, &arena) {
        Ok(markup) => markup,
        Err(reason) => html! {
            div role="status" { p.tool-bad { "The request cannot be explained" } p { (visible(&reason)) } }
        },
    }
}

fn diagnosed(
    state: &State,
    asked: Option<Asked>,
    form: &Form,
    arena: &Bump,
) -> Result<Markup, String> {
    let platform = asked.map(|asked| asked.platform);
    let text: (&str, Files<'_>) = (form.text("pasted"), &no_files);
    let Sent { found, notes } = Sent::read(state.model, (platform, None), text, arena)
        .or_else(|unread| match (unread, asked) {
            (Unread::Method, Some(asked)) => {
                let wanted = (Some(asked.platform), Some(asked.method.name));
                Sent::read(state.model, wanted, text, arena)
            }
            (unread, _) => Err(unread),
        })
        .map_err(reason)?;
    let found = &*arena.alloc(found);
    let case = found.signature_method();
    let credentials = credentials(state, found, form);
    let joined = |all: Vec<gatespec_inspect::request::Wrong>| {
        all.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
    };
    let signing =
        Signing::of_received(found, case.as_deref(), credentials, arena).map_err(joined)?;
    if signing.recipe.is_empty() {
        return Err(format!("the gateway of `{}` does not sign", found.platform.id));
    }
    let sign = signing.sign().map_err(|error| error.to_string())?;
    let (steps, _) = steps(&signing, &sign).map_err(|error| error.to_string())?;
    let given = form.get("their_sign").map(str::to_owned);
    let claim = Claim {
        sign: given.or_else(|| found.signature()),
        text: form.get("their_text").map(str::to_owned),
    };
    let diagnosis =
        diagnose(&signing, &claim, &charsets::ALL).map_err(|error| error.to_string())?;
    Ok(shown(state, found, &Explained { sign, steps, claim, diagnosis, notes }))
}

/// Returns the credentials that the request carries, and others from where the form says.
fn credentials(
    state: &State,
    found: &Recognised<'_>,
    form: &Form,
) -> gatespec_runtime::CredentialSet {
    let is_own = form.text("to") != Receiver::Mock.name()
        && state.live_platform() == Some(found.platform.id.as_str());
    let known = match is_own {
        true => state.own((found.platform, found.gateway)),
        false => state.credentials((found.platform, found.gateway), Receiver::Mock),
    };
    known.and(&found.credentials().into_iter().collect())
}

fn reason(unread: Unread) -> String {
    match unread {
        Unread::Text(reason) => reason,
        Unread::Platform(wrong) => {
            format!("{}: paste it on the page of the method that it calls", wrong.message)
        }
        Unread::Method => {
            "the request does not say which method it calls: paste it on the page of the method"
                .to_owned()
        }
    }
}

struct Explained {
    sign: String,
    steps: Vec<Step>,
    claim: Claim,
    diagnosis: Diagnosis,
    notes: Vec<String>,
}

fn shown(state: &State, found: &Recognised<'_>, result: &Explained) -> Markup {
    let Explained { sign, steps, claim, diagnosis, notes } = result;
    let has_claim = claim.sign.is_some() || claim.text.is_some();
    let what = if claim.sign.is_some() { "signature" } else { "signed text" };
    html! {
        div role="status" {
            @if !has_claim {
                p.tool-bad { "The request carries no signature: give the other one to compare with" }
            } @else if diagnosis.same {
                p.tool-good { "The " (what) " is correct: it matches the formula" }
            } @else {
                p.tool-bad { "The " (what) " is different" }
            }
            p { "A call of " code { (found.platform.id) " " (visible(found.call.method().name)) } "." }
        }
        @if has_claim && !diagnosis.same { (different(claim, what, sign, diagnosis)) }
        @if !notes.is_empty() { ul.tool-notes { @for note in notes { li { (visible(note)) } } } }
        @if state.live_platform() != Some(found.platform.id.as_str()) {
            p.tool-hint {
                "Signed with the invented secret of the mock gateway. To use your own, start the server with "
                code { "--live " (found.platform.id) } "."
            }
        }
        h3 { "The signature of the formula" }
        (parts::steps(steps))
    }
}

fn different(claim: &Claim, what: &str, sign: &str, diagnosis: &Diagnosis) -> Markup {
    html! {
        @if let Some(other) = &claim.sign {
            dl.tool-facts {
                div { dt { "the formula" } dd { code { (visible(sign)) } } }
                div { dt { "the other" } dd { code { (visible(other.trim())) } } }
            }
        }
        @match &diagnosis.found {
            Some(found) => (explained(found, what)),
            None => {
                p {
                    "No known mistake explains it: " (diagnosis.tried) " signatures were tried"
                    @if diagnosis.complete { ", each mistake alone and two at a time" } "."
                }
                ul {
                    li { "Does the secret belong to this application and environment?" }
                    li { "Were the parameters, the clock and the nonce the same on both sides?" }
                    @if claim.text.is_none() { li { "Paste the text that the other side signed, to see where the two differ." } }
                }
            }
        }
        @if let Some(hint) = &diagnosis.hint { p { (visible(hint)) } }
        @if let Some(difference) = &diagnosis.difference { (difference_of(difference)) }
    }
}

fn explained(found: &Found, what: &str) -> Markup {
    let several = found.causes.len() > 1;
    let listed = |causes: &[Cause]| {
        html! {
            ul { @for cause in causes { li { (visible(&cause.what)) " " code { (cause.id) } } } }
        }
    };
    html! {
        h3 { "Why" }
        p {
            @if several { "These mistakes together give" } @else { "This mistake gives" }
            " exactly the " (what) " of the other side:"
        }
        (listed(&found.causes))
        h3 { "Fix on the other side" }
        ul { @for cause in &found.causes { li { (visible(&cause.fix)) } } }
        @if !found.also.is_empty() {
            details {
                summary { "Other mistakes that would give the same with this request" }
                (listed(&found.also))
            }
        }
    }
}

/// Both signed texts around their first difference, which is marked in both.
fn difference_of(difference: &Difference) -> Markup {
    let Difference { at, ours, theirs, column } = difference;
    let marked = |text: &str| {
        let start = text.char_indices().nth(*column).map_or(text.len(), |(at, _)| at);
        let (same, rest) = text.split_at(start);
        html! { (same) mark { @if rest.is_empty() { "⏎" } @else { (rest) } } }
    };
    html! {
        h3 { "The first difference" }
        p { "The signed texts differ from byte " (at) " onwards. Secrets are masked." }
        pre.tool-difference tabindex="0" {
            "the formula  " (marked(ours)) "\n"
            "the other    " (marked(theirs))
        }
    }
}

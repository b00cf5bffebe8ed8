//! The form of a method, with what its request becomes.

use crate::credentials::Receiver;
use crate::draft::{Draft, Problem, examples};
use crate::field;
use crate::form::Form;
use crate::result;
use crate::state::{Asked, State};
use bumpalo::Bump;
use gatespec_site::path;
use maud::{Markup, html};

/// The form, and the problems and the signature of its request.
pub(crate) fn made(state: &State, asked: Asked, form: &Form) -> Markup {
    let arena = Bump::new();
    let draft = Draft::new(state, asked, form, &arena);
    shown(state, asked, form, &draft, &html! {})
}

/// The form and its result. `sent` tells what became of the request, if it was sent.
pub(crate) fn shown(
    state: &State,
    asked: Asked,
    form: &Form,
    draft: &Draft<'_>,
    sent: &Markup,
) -> Markup {
    let problems: Vec<_> = draft.problems().collect();
    let action = format!("/{}", path::method(asked.platform, asked.method));
    html! {
        (examples_of(asked, &action))
        form #tool-form method="post" action={ (action) "#result" } autocomplete="off" data-tool="result" data-live {
            fieldset {
                legend { "Parameters" }
                (field::parameters(asked, form, &problems))
            }
            @let stamp = field::stamp(asked, form, &problems);
            @if !stamp.0.is_empty() {
                fieldset { legend { "Added to the request" } (stamp) }
            }
            (receivers(state, asked, draft, &problems))
            p.tool-actions {
                button type="submit" name="do" value="check" { "Check and sign" }
                " "
                button type="submit" name="do" value="send" { "Send" }
            }
        }
        div #result data-part tabindex="-1" {
            (sent)
            (result::shown(state, asked, draft))
        }
    }
}

fn examples_of(asked: Asked, action: &str) -> Markup {
    let examples = examples(asked);
    html! {
        @if !examples.is_empty() {
            p.tool-examples {
                "Fill in "
                @for (at, (name, _)) in examples.iter().enumerate() {
                    @if at > 0 { ", " }
                    @let query = form_urlencoded::Serializer::new(String::new()).append_pair("example", name).finish();
                    a href={ (action) "?" (query) "#tool" } { (name) }
                }
            }
        }
    }
}

/// Where the request is sent. Real gateways have to be confirmed.
fn receivers(state: &State, asked: Asked, draft: &Draft<'_>, problems: &[&Problem]) -> Markup {
    let all = state.receivers(asked.platform, asked.gateway);
    let has_real = all.len() > 1;
    let own =
        problems.iter().filter(|one| one.fields.iter().any(|name| name == "to" || name == "real"));
    html! {
        fieldset.tool-receivers id=(field::id("to")) {
            legend { "Send to" }
            @for receiver in &all {
                @let id = format!("{}-{}", field::id("to"), receiver.name());
                p {
                    input type="radio" id=(id) name="to" value=(receiver.name()) checked[receiver.name() == draft.to.name()];
                    " "
                    label for=(id) { (named(state, asked, *receiver)) }
                }
            }
            @if has_real {
                p {
                    input type="checkbox" id=(field::id("real")) name="real" value="yes";
                    " "
                    label for=(field::id("real")) { "Really send to the real gateway: the call can change data of a shop" }
                }
            } @else {
                p.tool-hint {
                    "The mock gateway runs in this server. To send to a real one, start the server with "
                    code { "--live " (asked.platform.id) } "."
                }
            }
            p.tool-problem id={ (field::id("to")) "-problem" } data-part {
                @for problem in own { (problem.text) " " }
            }
        }
    }
}

fn named(state: &State, asked: Asked, receiver: Receiver<'_>) -> Markup {
    let url = state.url((asked.platform, asked.gateway), receiver);
    html! {
        @match receiver {
            Receiver::Mock => "the mock gateway, with invented credentials",
            Receiver::Real(_) => { "the real gateway, " strong { (receiver.name()) } ", with your credentials" }
        }
        " " code { (url) }
    }
}

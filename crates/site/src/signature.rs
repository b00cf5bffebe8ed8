//! The signature of a method, explained step by step on its examples.

use crate::book::Book;
use crate::parts;
use bumpalo::Bump;
use gatespec_inspect::curl;
use gatespec_inspect::diagnose::Signing;
use gatespec_inspect::python;
use gatespec_inspect::request::{Ask, Received, Wrong};
use gatespec_inspect::steps::{Step, steps};
use gatespec_language::model::{Method, Platform};
use maud::{Markup, html};

/// Renders the signature of a method: the formula, its steps on the first example, and every example
/// as code.
pub(crate) fn section(book: &Book<'_>, index: usize) -> Markup {
    let platform = book.platform;
    let method = &platform.methods[index];
    let gateway = platform.gateway_of(method);
    let (count, is_signed) = (method.request_examples.len().max(1), !gateway.signatures.is_empty());
    html! {
        @if let Some(default) = gateway.signatures.first() {
            h2 #signature { "Signature" }
            pre.formula { code { (default.formula.text.trim()) } }
            (parts::evidence(&default.about))
        }
        h2 #examples { "Examples" }
        p { "The examples have invented credentials, which the mock gateway accepts:" }
        (credentials(platform, method))
        @for at in 0..count {
            @let ask = Ask::example(platform, method, at);
            @let name = method.request_examples.get(at).and_then(|example| example.name.as_deref());
            h3 { (name.unwrap_or("The examples of the required fields")) }
            @match explained(&ask) {
                Ok(example) => { (shown(&example, at, is_signed, book.rust(index, at))) }
                Err(wrong) => {
                    p { "The spec has no complete example: " (parts::prose(&wrong)) "." }
                }
            }
        }
    }
}

/// A request that is ready to be shown.
struct Example {
    steps: Vec<Step>,
    curl: String,
    /// The Python program, or why there is none.
    python: Result<String, String>,
}

fn explained(ask: &Ask<'_>) -> Result<Example, String> {
    let arena = Bump::new();
    let base = ask.gateway.base_url().unwrap_or("https://gateway.example");
    let built = Signing::of(ask, &arena).map_err(|wrong| said(&wrong))?;
    let (signing, prepared) = &built;
    let steps = if ask.gateway.signatures.is_empty() {
        Vec::new()
    } else {
        let sign = signing.sign().map_err(|error| error.to_string())?;
        steps(signing, &sign).map_err(|error| error.to_string())?.0
    };
    let curl = curl::command(&Received::of(prepared, base));
    let python = python::program(ask, &built, base).map_err(|wrong| wrong.to_string());
    Ok(Example { steps, curl, python })
}

fn said(wrong: &[Wrong]) -> String {
    wrong.iter().map(Wrong::to_string).collect::<Vec<_>>().join("; ")
}

fn shown(example: &Example, at: usize, is_signed: bool, rust: Option<&str>) -> Markup {
    html! {
        @if is_signed {
            details open[at == 0] {
                summary { "How it is signed" }
                (parts::steps(&example.steps))
            }
        }
        (code("curl", &example.curl, at == 0))
        @match &example.python {
            Ok(program) => { (code("Python", program, false)) }
            Err(why) => { p { "There is no Python program: " (parts::prose(why)) "." } }
        }
        @if let Some(program) = rust { (code("Rust", program, false)) }
    }
}

fn code(language: &str, text: &str, is_open: bool) -> Markup {
    html! {
        details open[is_open] {
            summary { (language) }
            (parts::block(language, text))
        }
    }
}

fn credentials(platform: &Platform, method: &Method) -> Markup {
    let invented = platform.invented_credentials();
    html! {
        ul.credentials {
            @for one in &platform.gateway_of(method).credentials {
                li { code { (one.name) } ": " code { (invented.get(one.name).unwrap_or_default()) } }
            }
        }
    }
}

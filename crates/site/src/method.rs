//! The page of a method.

use crate::book::Book;
use crate::frame::Frame;
use crate::shared::{self, Shared};
use crate::{codes, parts, path, platform, record, signature, types};
use gatespec_language::model::{Method, Platform, Record};
use gatespec_protocol::Repeat;
use maud::{Markup, html};

/// Renders the page of the method at `index` in its platform. `tool` is put beside the description.
pub(crate) fn page(book: &Book<'_>, index: usize, tool: Option<Markup>) -> String {
    let Book { platform, shared, .. } = book;
    let method = &platform.methods[index];
    let own = shared::used(platform, method).into_iter().filter(|id| !shared.has(*id));
    let own: Vec<_> = own.map(|id| platform.type_def(id)).collect();
    let has_codes = !method.errors.is_empty() || !platform.gateway_of(method).errors.is_empty();
    let sections = [
        ("Request", "request", true),
        ("Rules", "rules", !method.request.rules.is_empty()),
        ("Answer", "answer", true),
        ("Types", "types", !own.is_empty()),
        ("Codes", "codes", has_codes),
        ("Signature", "signature", !platform.gateway_of(method).signatures.is_empty()),
        ("Examples", "examples", true),
    ];
    let contents: Vec<_> = sections
        .iter()
        .filter(|(.., shown)| *shown)
        .map(|(name, id, _)| (*name, *id))
        .chain(tool.as_ref().map(|_| ("Try it", "tool")))
        .collect();
    let main = html! {
        (head(method))
        (request(platform, method, shared))
        (answer(platform, method, shared))
        @if !own.is_empty() {
            h2 #types { "Types" }
            @for def in own { (types::section(platform, shared, def)) }
        }
        @if has_codes { (self::codes(platform, method)) }
        (signature::section(book, index))
        (neighbours(platform, index))
    };
    let frame = Frame {
        title: &format!("{} – {}", method.name, platform.title),
        root: "../",
        above: &[("Platforms", "../index.html"), (&platform.title, "index.html")],
        contents: &contents,
        main,
        beside: tool.map(|tool| html! { section.tool #tool aria-label="Try it" { (tool) } }),
    };
    frame.render()
}

fn head(method: &Method) -> Markup {
    html! {
        p.kicker { code { (method.name) } " " (parts::badge(method.about.grade)) }
        h1 { (method.title) " " (parts::term(&method.about)) }
        @if let Some(doc) = &method.about.doc { p.lead { (parts::sentence(doc)) } }
        p {
            @match method.repeat {
                Repeat::Safe => "Repeating the call is safe."
                Repeat::Unsafe => "Repeating the call may do harm."
                Repeat::Unknown => "The documents do not say whether repeating the call is safe."
            }
        }
        (parts::evidence(&method.about))
        @if method.name_about != Default::default() {
            div.note { "The name of the method: " (parts::evidence(&method.name_about)) }
        }
    }
}

fn request(platform: &Platform, method: &Method, shared: &Shared) -> Markup {
    let gateway = platform.gateway_of(method);
    let Record { fields, rules, .. } = &method.request;
    html! {
        h2 #request { "Request" }
        p {
            strong { (method.verb().as_str()) } " "
            @if !method.path().is_empty() { code { (method.path()) } " " }
            "to one of these addresses; the business parameters are in the "
            (method.business().to_string()) "."
        }
        (platform::addresses(gateway))
        h3 { "Business parameters" }
        @if fields.is_empty() { p { "None." } } @else {
            (record::table(platform, shared, fields, "Business parameters", Some(record::REQUEST)))
        }
        details {
            summary { "Sent with every call: " (gateway.public.len()) " public parameters" }
            (platform::public(gateway))
        }
        @if !rules.is_empty() { h2 #rules { "Rules" } (record::rules(rules)) }
    }
}

fn answer(platform: &Platform, method: &Method, shared: &Shared) -> Markup {
    let fields = shared::answer(method);
    html! {
        h2 #answer { "Answer" }
        @if fields.is_empty() { p { "A success returns no data." } } @else {
            (record::table(platform, shared, fields, "Answer", Some(record::ANSWER)))
        }
        (parts::samples(&method.response_examples))
    }
}

fn codes(platform: &Platform, method: &Method) -> Markup {
    let gateway = platform.gateway_of(method);
    html! {
        h2 #codes { "Codes" }
        @if !method.errors.is_empty() { (codes::table(&method.errors, "Codes of the method", method.name)) }
        @if !gateway.errors.is_empty() {
            p {
                a href={ "index.html#codes" } {
                    "The " (gateway.errors.len()) " codes that every method of the gateway can return"
                }
            }
        }
    }
}

/// Links to the previous and the next method.
fn neighbours(platform: &Platform, index: usize) -> Markup {
    let at = |index: Option<usize>| platform.methods.get(index?);
    let link = |method: &Method| {
        html! { a href=(path::file(platform, method)) { code { (method.name) } } }
    };
    html! {
        nav.neighbours aria-label="Other methods" {
            @if let Some(one) = at(index.checked_sub(1)) { span { "Previous: " (link(one)) } }
            @if let Some(one) = at(index.checked_add(1)) { span { "Next: " (link(one)) } }
        }
    }
}

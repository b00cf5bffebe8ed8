//! The page of a platform: addresses, credentials, signature, methods, answers, codes.

use crate::frame::Frame;
use crate::parts::{self, WORDS};
use crate::{codes, path};
use gatespec_language::gaps::gaps;
use gatespec_language::model::{Gateway, Platform};
use gatespec_language::words;
use maud::{Markup, html};

pub(crate) fn page(platform: &Platform) -> String {
    let contents =
        [("Methods", "methods"), ("Gateways", "gateways"), ("Credentials", "credentials")];
    let codes = platform.gateways.iter().any(|gateway| !gateway.errors.is_empty());
    let contents: Vec<_> =
        contents.into_iter().chain(codes.then_some(("Codes", "codes"))).collect();
    let frame = Frame {
        title: &platform.title,
        root: "../",
        above: &[("Platforms", "../index.html")],
        contents: &contents,
        main: html! {
            h1 { (platform.title) " " (parts::term(&platform.about)) }
            @if let Some(doc) = &platform.about.doc { p.lead { (parts::sentence(doc)) } }
            (parts::evidence(&platform.about))
            h2 #methods { "Methods" }
            (methods(platform))
            h2 #gateways { "Gateways" }
            @for gateway in &platform.gateways { (self::gateway(gateway)) }
            h2 #credentials { "Credentials" }
            @for gateway in &platform.gateways {
                @if platform.gateways.len() > 1 { h3 { "Gateway " code { (gateway.name) } } }
                (credentials(gateway))
            }
            @if codes {
                h2 #codes { "Codes" }
                @for gateway in platform.gateways.iter().filter(|one| !one.errors.is_empty()) {
                    @if platform.gateways.len() > 1 { h3 { "Gateway " code { (gateway.name) } } }
                    (codes::table(&gateway.errors, "Codes", gateway.name))
                }
            }
        },
        beside: None,
    };
    frame.render()
}

fn methods(platform: &Platform) -> Markup {
    parts::table(
        "Methods",
        &["Method", "What it does"],
        &html! {
            @for method in &platform.methods {
                tr {
                    th scope="row" {
                        a href=(path::file(platform, method)) { code { (method.name) } }
                        " " (parts::term(&method.about))
                    }
                    td { (parts::sentence(&method.title)) }
                }
            }
        },
    )
}

fn gateway(gateway: &Gateway) -> Markup {
    html! {
        section.gateway {
            h3 { "Gateway " code { (gateway.name) } }
            (addresses(gateway))
            (parts::evidence(&gateway.about))
            p { "Times are written as " code { (gateway.values.datetime) } "." }
            (parts::evidence(&gateway.values.about))
            @if let Some(late) = &gateway.replay {
                p { (words::replay(late).join(" ")) }
                (parts::evidence(&gateway.replay_about))
            }
            (signatures(gateway))
            h4 { "Sent with every call" }
            (public(gateway))
            h4 { "Answers" }
            p { (parts::prose(&WORDS.success(&gateway.envelope).join(" "))) }
            (parts::evidence(&gateway.envelope.about))
            @for shape in &gateway.envelope.failures {
                p { "A failure has its code at " (parts::prose(&WORDS.paths(shape.code))) "." }
                (parts::evidence(&shape.about))
            }
            @for step in &gateway.envelope.open {
                p { "The text at " code { (step.at) } " is decoded first." }
                (parts::evidence(&step.about))
            }
            @for field in &gateway.envelope.fields {
                p { code { (field.name) } ": " @if let Some(doc) = &field.about.doc { (parts::sentence(doc)) } }
                (parts::evidence(&field.about))
            }
            (parts::samples(&gateway.envelope.examples))
        }
    }
}

/// Renders the addresses of a gateway.
pub(crate) fn addresses(gateway: &Gateway) -> Markup {
    html! {
        ul.addresses {
            @for one in &gateway.environments {
                li {
                    strong { (one.name) } " " (parts::term(&one.about)) " "
                    @match one.url {
                        Some(url) => { code { (url) } }
                        None => { em { "not published" } }
                    }
                    @if let Some(doc) = &one.about.doc { " " (parts::sentence(doc)) }
                    (parts::evidence(&one.about))
                }
            }
        }
    }
}

/// Renders the formulas of a gateway, with how they are verified and what they leave open.
fn signatures(gateway: &Gateway) -> Markup {
    html! {
        h4 { "Signature" }
        @if gateway.signatures.is_empty() { p { "Calls are not signed." } }
        @for one in &gateway.signatures {
            @if !one.name.is_empty() { p { "With the method " code { (one.name) } ":" } }
            pre.formula { code { (one.formula.text.trim()) } }
            (parts::evidence(&one.about))
            @let open = gaps(gateway.facts, one.recipe);
            @if !open.is_empty() {
                ul.gaps { @for gap in &open { li { (parts::prose(&gap.to_string())) } } }
            }
        }
        @if !gateway.signatures.is_empty() {
            p {
                @match gateway.vectors.len() {
                    0 => "No request with a known signature verifies this."
                    1 => "One request with a known signature verifies this."
                    count => { (count) " requests with known signatures verify this." }
                }
            }
        }
    }
}

/// Renders the public parameters of a gateway.
pub(crate) fn public(gateway: &Gateway) -> Markup {
    parts::table(
        "Public parameters",
        &["Name", "Sent in", "Value"],
        &html! {
            @for param in &gateway.public {
                tr {
                    th scope="row" { code { (param.name) } " " (parts::term(&param.about)) }
                    td { (param.place.to_string()) }
                    td {
                        (parts::sentence(&WORDS.source(param))) " "
                        @if let Some(doc) = &param.about.doc { (parts::sentence(doc)) }
                        (parts::evidence(&param.about))
                    }
                }
            }
        },
    )
}

fn credentials(gateway: &Gateway) -> Markup {
    parts::table(
        "Credentials",
        &["Name", "Belongs to", "Meaning"],
        &html! {
            @for one in &gateway.credentials {
                tr {
                    th scope="row" { code { (one.name) } " " (parts::term(&one.about)) }
                    td { (if one.per_shop { "one shop" } else { "the application" }) }
                    td {
                        @if let Some(doc) = &one.about.doc { (parts::sentence(doc)) }
                        @if one.sensitive { " " span.sensitive { "Sensitive." } }
                        (parts::evidence(&one.about))
                    }
                }
            }
        },
    )
}

//! Fragments that several pages share.

use gatespec_inspect::steps::{Shows, Step, size};
use gatespec_language::model::{About, Grade, ResponseExample};
use gatespec_language::words::Words;
use maud::{Markup, PreEscaped, html};

/// Words with names and values as code spans, for [`prose`].
pub const WORDS: Words<'_> = Words { field: &code, value: &code };

fn code(text: &str) -> String {
    format!("`{}`", text.replace('`', "'"))
}

/// Renders prose of a spec: text in backticks as code, addresses as links.
pub fn prose(text: &str) -> Markup {
    // A single backtick is a character like any other.
    let has_code = text.matches('`').count().is_multiple_of(2);
    html! {
        @for (index, part) in text.split('`').enumerate() {
            @if !has_code && index > 0 { "`" }
            @if has_code && index % 2 == 1 { code { (part) } } @else { (linked(part)) }
        }
    }
}

/// Renders text with its addresses as links.
fn linked(text: &str) -> Markup {
    let Some(start) = text.find("https://").or_else(|| text.find("http://")) else {
        return html! { (text) };
    };
    let (before, rest) = text.split_at(start);
    let end = rest.find(|c: char| c.is_whitespace() || ",;()<>\"”".contains(c));
    let (url, after) = rest.split_at(end.unwrap_or(rest.len()));
    let (url, dot) = url.split_at(url.trim_end_matches(['.', ':', '!', '?']).len());
    html! {
        (before) a href=(url) rel="noreferrer" { (url) } (dot) (linked(after))
    }
}

/// Renders a text as a sentence: with a capital letter and a full stop.
pub fn sentence(text: &str) -> Markup {
    let text = text.trim();
    let mut characters = text.chars();
    let first: String = characters.next().into_iter().flat_map(char::to_uppercase).collect();
    let ended = text.ends_with(['.', '!', '?', '。', '！', '？']);
    let dot = if ended || text.is_empty() { "" } else { "." };
    prose(&format!("{first}{}{dot}", characters.as_str()))
}

/// What a grade means, in a sentence.
pub fn meaning(grade: Grade) -> &'static str {
    match grade {
        Grade::Documented => "The platform's document states it.",
        Grade::Sdk => "The platform's own SDK shows it.",
        Grade::ThirdParty => "Working clients of third parties show it.",
        Grade::Observed => "Only an example shows it.",
        Grade::Inferred => "A guess, with reasons.",
    }
}

/// Renders the mark of a grade.
pub fn badge(grade: Grade) -> Markup {
    let name = grade.key().replace('_', " ");
    html! { span class={ "badge " (grade.key()) } title=(meaning(grade)) { (name) } }
}

/// Renders the platform's own term.
pub fn term(about: &About) -> Markup {
    html! {
        @if let Some(term) = &about.term { span.term lang="zh" { (term) } }
    }
}

/// Renders what qualifies a fact: the grade if it is not documented, the remark, the contradiction
/// and the source.
pub fn evidence(about: &About) -> Markup {
    html! {
        @if about.grade != Grade::Documented { " " (badge(about.grade)) }
        @if let Some(note) = &about.note { p.note { (sentence(note)) } }
        @if let Some(conflict) = &about.conflict {
            p.note {
                "The document contradicts itself: "
                @for (index, (name, text)) in conflict.readings.iter().enumerate() {
                    @if index > 0 { ", " }
                    em { (name) } " reads “" (text) "”"
                }
                ". The spec follows " em { (conflict.chosen) } "."
            }
        }
        @if let Some(source) = &about.source { p.source { "Source: " (prose(source)) } }
    }
}

/// Renders a table that scrolls on narrow screens. `label` names it for screen readers.
pub fn table(label: &str, head: &[&str], rows: &Markup) -> Markup {
    html! {
        div.scroll role="region" aria-label=(label) tabindex="0" {
            table {
                thead { tr { @for name in head { th scope="col" { (name) } } } }
                tbody { (rows) }
            }
        }
    }
}

/// Renders a text as a block of code, which the script can copy.
pub fn block(label: &str, text: &str) -> Markup {
    html! {
        figure.code {
            figcaption { (label) }
            pre tabindex="0" { code { (text.trim_end()) } }
        }
    }
}

/// Renders answers of a platform.
pub fn samples(examples: &[ResponseExample]) -> Markup {
    html! {
        @for example in examples {
            @let outcome = if example.success { "A success" } else { "A failure" };
            @let name = example.name.as_deref().map(|name| format!(": {name}")).unwrap_or_default();
            (block(&format!("{outcome}{name}"), &example.body))
            (evidence(&example.about))
        }
    }
}

/// Renders the steps from the parameters of a request to its signature. Secrets are masked already.
pub fn steps(steps: &[Step]) -> Markup {
    html! {
        ol.steps {
            @for step in steps.iter().filter(|step| !step.is_empty()) {
                li {
                    h4 { (step.name) @if !step.of.is_empty() { " " span.of { (step.of) } } }
                    (shown(step))
                }
            }
        }
    }
}

fn shown(step: &Step) -> Markup {
    match &step.shows {
        Shows::Text(text) => html! {
            pre tabindex="0" class=[(step.name == "signature").then_some("signed")] {
                code { (masked(text)) }
            }
            p.size { (size(text)) }
        },
        Shows::Names(names) => html! {
            @if names.is_empty() { p.size { "none" } } @else {
                ul.names { @for name in names { li { code { (name) } } } }
            }
        },
        Shows::Pairs(pairs) => table(
            step.name,
            &["Name", "Text", "Size"],
            &html! {
                @for (name, text) in pairs {
                    tr { th scope="row" { code { (name) } } td { code { (masked(text)) } } td { (size(text)) } }
                }
            },
        ),
        Shows::Bytes(bytes) => {
            let digits: Vec<_> = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
            html! {
                pre tabindex="0" { code { (digits.join(" ")) } }
                p.size { (bytes.len()) " bytes" }
            }
        }
    }
}

/// Renders a text whose secrets are masked, with marks around the masks.
fn masked(text: &str) -> Markup {
    let secret = html! { mark { (gatespec_protocol::mask::SECRET) } }.into_string();
    let plain = html! { (text) }.into_string();
    let mask = html! { (gatespec_protocol::mask::SECRET) }.into_string();
    PreEscaped(plain.replace(&mask, &secret))
}

//! Tables of fields, and the rules over several fields.

use crate::parts::{self, WORDS};
use crate::shared::{self, Shared};
use gatespec_language::model::{Delivery, Field, Platform, Rule, Type, TypeKind};
use gatespec_language::words;
use maud::{Markup, html};

/// The maximum number of values that a row of a table shows.
const VALUES: usize = 12;

/// Renders the fields of a record as a table. The rows get ids that begin with `prefix` if there is
/// one; rows of requests say when the field is required.
pub(crate) fn table(
    platform: &Platform,
    shared: &Shared,
    fields: &[Field],
    label: &str,
    prefix: Option<&str>,
) -> Markup {
    let is_request = prefix == Some(REQUEST);
    parts::table(
        label,
        &["Name", "Type", "Meaning"],
        &html! {
            @for field in fields {
                tr id=[prefix.map(|prefix| format!("{prefix}-{}", field.name))] {
                    th scope="row" { (name(field)) }
                    td { (kind(platform, shared, field)) }
                    td { (meaning(platform, field, is_request)) }
                }
            }
        },
    )
}

/// The prefix of the ids of a request's rows.
pub(crate) const REQUEST: &str = "in";
/// The prefix of the ids of an answer's rows.
pub(crate) const ANSWER: &str = "out";

fn name(field: &Field) -> Markup {
    html! {
        @if field.name.is_empty() { em { "the data" } } @else { code { (field.name) } }
        " " (parts::term(&field.about))
    }
}

fn kind(platform: &Platform, shared: &Shared, field: &Field) -> Markup {
    let words = words::kind(platform, field);
    let (Type::Record(id) | Type::Enumeration(id)) = field.ty else {
        return html! { (words) };
    };
    let def = platform.type_def(id);
    let page = if shared.has(id) { "~types.html" } else { "" };
    let link = html! { a href={ (page) "#" (shared::id(def)) } { code { (def.name) } } };
    match words.split_once(&def.name) {
        Some((before, after)) => html! { (before) (link) (after) },
        None => link,
    }
}

fn meaning(platform: &Platform, field: &Field, is_request: bool) -> Markup {
    let limits = field.constraints.iter().filter_map(|(limit, _)| WORDS.limit(limit, field));
    html! {
        @if is_request { (demand(field)) }
        @if !is_request && field.always { strong.need { "Always present." } " " }
        @if let Some(doc) = &field.about.doc { (parts::sentence(doc)) " " }
        @for limit in limits { (parts::sentence(&limit)) " " }
        (values(platform, field))
        @if let Type::DateTime(codec) = &field.ty && let Some(never) = &codec.never && !is_request {
            "Absent until it happens (" code { (never) } "). "
        }
        @if field.sensitive { span.sensitive { "Sensitive." } " " }
        @if let Some(example) = field.example.as_ref().filter(|text| !field.sensitive && !text.is_empty()) {
            span.example { "Example: " code { (example) } }
        }
        (parts::evidence(&field.about))
    }
}

/// Says whether a request must have the field.
fn demand(field: &Field) -> Markup {
    match field.send {
        Delivery::FromPublic => html! { em { "Sent with every call, as a public parameter." } " " },
        Delivery::Never => html! { em { "The document lists it; it is not sent." } " " },
        Delivery::Yes => html! {
            @if let Some(required) = WORDS.required(&field.required) {
                strong.need { (parts::sentence(&required)) } " "
            }
        },
    }
}

fn values(platform: &Platform, field: &Field) -> Markup {
    let Type::Enumeration(id) = field.ty else { return html! {} };
    let TypeKind::Enumeration(values) = &platform.type_def(id).kind else { return html! {} };
    let all = &values.variants;
    html! {
        "One of "
        @for (index, value) in all.iter().take(VALUES).enumerate() {
            @if index > 0 { ", " }
            code { (value.value) }
        }
        @if all.len() > VALUES { " and " (all.len() - VALUES) " more" }
        ". "
    }
}

/// Renders the rules over several fields.
pub(crate) fn rules(rules: &[Rule]) -> Markup {
    html! {
        @if !rules.is_empty() {
            ul.rules {
                @for rule in rules {
                    li {
                        strong { (parts::sentence(&WORDS.rule(rule))) } " "
                        @if let Some(doc) = &rule.about.doc { (parts::sentence(doc)) }
                        (parts::evidence(&rule.about))
                    }
                }
            }
        }
    }
}

//! Descriptions of types, and the page of the types that many methods share.

use crate::book::Book;
use crate::frame::Frame;
use crate::shared::{self, Shared};
use crate::{parts, record};
use gatespec_language::model::{Platform, Record, TypeDef, TypeId, TypeKind};
use maud::{Markup, html};

/// Renders the section of a type.
pub(crate) fn section(platform: &Platform, shared: &Shared, def: &TypeDef) -> Markup {
    html! {
        section.type #(shared::id(def)) {
            h3 { code { (def.name) } " " (parts::term(&def.about)) }
            @if let Some(doc) = &def.about.doc { p { (parts::sentence(doc)) } }
            (parts::evidence(&def.about))
            @match &def.kind {
                TypeKind::Record(record) => { (self::record(platform, shared, def, record)) }
                TypeKind::Enumeration(values) => {
                    (parts::table(&def.name, &["Value", "Meaning"], &html! {
                        @for value in &values.variants {
                            tr {
                                th scope="row" { code { (value.value) } " " (parts::term(&value.about)) }
                                td {
                                    @if let Some(doc) = &value.about.doc { (parts::sentence(doc)) }
                                    (parts::evidence(&value.about))
                                }
                            }
                        }
                    }))
                }
            }
        }
    }
}

fn record(platform: &Platform, shared: &Shared, def: &TypeDef, record: &Record) -> Markup {
    html! {
        (record::table(platform, shared, &record.fields, &def.name, None))
        (record::rules(&record.rules))
    }
}

/// The page of the types that many methods share; `None` if there are none.
pub(crate) fn page(book: &Book<'_>) -> Option<String> {
    let Book { platform, shared, .. } = book;
    let defs = platform.types.iter().enumerate();
    let defs: Vec<_> = defs.filter(|(at, _)| shared.has(TypeId(*at))).map(|(_, def)| def).collect();
    if defs.is_empty() {
        return None;
    }
    let title = format!("Types of {}", platform.title);
    let frame = Frame {
        title: &title,
        root: "../",
        above: &[("Platforms", "../index.html"), (&platform.title, "index.html")],
        contents: &[],
        main: html! {
            h1 { (title) }
            p { "These types are used by many methods." }
            @for def in defs { (section(platform, shared, def)) }
        },
        beside: None,
    };
    Some(frame.render())
}

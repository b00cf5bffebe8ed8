//! What developers read about one method.

use super::platform::error_table;
use super::rules::{self, Fields};
use super::{joined, provenance, sentence, summary};
use crate::model::{Method, Pages, Send};
use crate::plan::names::Ident;
use crate::plan::prose::{Docs, code, escaped};
use gatespec_protocol::Repeat;

/// Of the file: one line.
pub fn module(method: &Method) -> Docs {
    Docs::of(0, &title(method))
}

/// `Push again every order of a span of time (`matrix.fill.multiple`, 批量补单).`
fn title(method: &Method) -> String {
    let mut about = method.about.clone();
    about.doc = Some(method.title.clone());
    summary(&about, &[code(method.name)], "")
}

/// Of the request: everything that the document and the spec say.
pub fn request(method: &Method, fields: &Fields<'_>) -> Docs {
    let mut docs = Docs::of(0, &title(method));
    docs.paragraph(&joined(details(method).into_iter().chain(not_sent(method)).collect()));
    let rules = rules::of_request(&method.request, fields);
    if !rules.is_empty() {
        docs.heading(1, "Rules");
        docs.list(&rules);
    }
    if !method.errors.is_empty() {
        docs.heading(1, "Error codes");
        error_table(&mut docs, &method.errors);
    }
    docs
}

fn details(method: &Method) -> Vec<String> {
    let mut text: Vec<String> = Vec::new();
    text.extend(method.about.doc.as_deref().map(|doc| sentence(&escaped(doc))));
    text.extend(match method.repeat {
        Repeat::Safe => Some("A repeated call does no harm.".to_owned()),
        Repeat::Unsafe => Some("A repeated call may do harm.".to_owned()),
        Repeat::Unknown => None,
    });
    text.extend(provenance(&method.about));
    let name = provenance(&method.name_about);
    if !name.is_empty() {
        text.push(format!("The document does not name the method. {}", name.join(" ")));
    }
    text.extend(method.pages.as_ref().map(pages));
    text
}

fn pages(pages: &Pages) -> String {
    let keys = pages.keys.iter().map(|(key, path)| format!("{}: {}", escaped(key), code(path)));
    let keys = keys.collect::<Vec<_>>().join(", ");
    if keys.is_empty() {
        return format!("Paged by {}.", escaped(&pages.by));
    }
    format!("Paged by {} ({keys}).", escaped(&pages.by))
}

/// Rows of the document's table that have no field.
fn not_sent(method: &Method) -> Vec<String> {
    let rows = |send: Send| method.request.fields.iter().filter(move |field| field.send == send);
    let public: Vec<_> = rows(Send::FromPublic).map(|field| code(&field.name)).collect();
    let mut text = Vec::new();
    if !public.is_empty() {
        text.push(format!(
            "The document also lists {}, sent once with every call.",
            public.join(", ")
        ));
    }
    for field in rows(Send::Never) {
        let mut about = vec![format!("Never sent: {}.", code(&field.name))];
        about.extend(field.about.doc.as_deref().map(|doc| sentence(&escaped(doc))));
        about.extend(provenance(&field.about));
        text.push(joined(about));
    }
    text
}

/// Of what a success returns.
pub fn response(method: &Method) -> Docs {
    Docs::of(0, &format!("What a success of {} returns.", code(method.name)))
}

/// Of the client's function.
pub fn call(method: &Method, request: &Ident) -> Docs {
    let title = sentence(&escaped(&method.title));
    Docs::of(super::INDENT, &format!("{title} See [`{request}`]."))
}

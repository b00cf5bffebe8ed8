//! Documentation of one method.

use super::about::{self, evidence, joined, note, provenance, sentence, summary};
use super::platform::error_table;
use super::rules;
use crate::model::{Delivery, Method, Pages};
use crate::plan::names::Ident;
use crate::plan::prose::{Docs, INDENT, code, escaped};
use crate::plan::tree::Field;
use gatespec_language::range::splitting;
use gatespec_protocol::Repeat;

/// Documentation of the method's module: one line.
pub(crate) fn module(method: &Method) -> Docs {
    Docs::of(0, &title(method))
}

/// Returns a method's title, followed in parentheses by its wire name and the platform's term: Push
/// again every order of a span of time (`matrix.fill.multiple`, 批量补单).
fn title(method: &Method) -> String {
    let mut about = method.about.clone();
    about.doc = Some(method.title.clone());
    summary(&about, &[code(method.name)], "")
}

/// Documentation of the request: its purpose, its rules, its error codes.
pub(crate) fn request(method: &Method, fields: &[Field<'_>]) -> Docs {
    let mut docs = Docs::of(0, &title(method));
    docs.paragraph(&joined(details(method).into_iter().chain(not_sent(method)).collect()));
    let rules = rules::all(&method.request, fields, splitting(&method.request));
    docs.section("Rules", &rules);
    if !method.errors.is_empty() {
        docs.heading(1, "Error codes");
        error_table(&mut docs, &method.errors);
    }
    docs
}

/// Adds the section that says how certain the facts about a request are.
pub(crate) fn add_provenance(docs: &mut Docs, method: &Method, fields: &[Field<'_>]) {
    let mut own = evidence(&method.about);
    let name = provenance(&method.name_about);
    if !name.is_empty() {
        own.push(format!("The document does not name the method. {}", name.join(" ")));
    }
    let unsent = method.request.fields.iter().filter(|field| field.send == Delivery::Never);
    let unsent = unsent.map(|field| (field.name.as_str(), provenance(&field.about)));
    about::add_provenance(docs, &own, rules::provenance_of(fields).chain(unsent));
}

fn details(method: &Method) -> Vec<String> {
    let mut text: Vec<String> = Vec::new();
    text.extend(method.about.doc.as_deref().map(|doc| sentence(&escaped(doc))));
    text.extend(match method.repeat {
        Repeat::Safe => Some("Repeating the call is safe.".to_owned()),
        Repeat::Unsafe => Some("Repeating the call may do harm.".to_owned()),
        Repeat::Unknown => None,
    });
    text.extend(note(&method.about));
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

/// Returns sentences on the rows of the document's parameter table that are not fields of the
/// request.
fn not_sent(method: &Method) -> Vec<String> {
    let rows =
        |send: Delivery| method.request.fields.iter().filter(move |field| field.send == send);
    let public: Vec<_> = rows(Delivery::FromPublic).map(|field| code(&field.name)).collect();
    let mut text = Vec::new();
    if !public.is_empty() {
        text.push(format!(
            "The document also lists {}, which the client sends with every call.",
            public.join(", ")
        ));
    }
    for field in rows(Delivery::Never) {
        let mut about = vec![format!("Never sent: {}.", code(&field.name))];
        about.extend(field.about.doc.as_deref().map(|doc| sentence(&escaped(doc))));
        text.push(joined(about));
    }
    text
}

/// Documentation of the response.
pub(crate) fn response(method: &Method) -> Docs {
    Docs::of(0, &format!("What {} returns on success.", code(method.name)))
}

/// Documentation of the client's function.
pub(crate) fn call(method: &Method, request: &Ident) -> Docs {
    let title = sentence(&escaped(&method.title));
    let mut docs = Docs::of(INDENT, &format!("{title} See [`{request}`]."));
    docs.heading(1, "Errors");
    docs.paragraph(
        "If the request is invalid, cannot be sent, or is refused: see [`ErrorKind`](rt::ErrorKind).",
    );
    docs
}

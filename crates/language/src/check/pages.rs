//! Checks paging: each key names a field of the request or a member of the answer.

use super::doubt::Doubt;
use crate::diagnostic::{Diagnostic, Sink, rules};
use crate::model::{Method, Pages, Platform, Returns};
use crate::suggest::list;

/// The keys that name a field of the request. Other keys contain a path in the answer.
const OF_REQUEST: [&str; 3] = ["page", "size", "cursor"];

pub(super) fn check(platform: &Platform, doubt: &Doubt<'_>, sink: &mut Sink) {
    for method in &platform.methods {
        let is_sure = !doubt.of_method(method, &["request", "response", "returns"]);
        if let Some(pages) = method.pages.as_ref().filter(|_| is_sure) {
            of_method(method, pages, sink);
        }
    }
}

fn of_method(method: &Method, pages: &Pages, sink: &mut Sink) {
    let request: Vec<&str> = method.request.sent().map(|field| field.name.as_str()).collect();
    let answer: Option<Vec<&str>> = match &method.returns {
        Returns::Record(record) => {
            Some(record.fields.iter().map(|field| field.name.as_str()).collect())
        }
        // If the method does not return a record, the members of the data are not known.
        Returns::Nothing | Returns::Value(_) => None,
    };
    for ((key, path), span) in pages.keys.iter().zip(&pages.places) {
        let (known, what) = match (OF_REQUEST.contains(&key.as_str()), &answer) {
            (true, _) => (&request, "field of the request"),
            (false, Some(answer)) if !path.starts_with('/') => (answer, "member of the data"),
            (false, _) => continue,
        };
        let first = path.split('.').next().unwrap_or_default();
        if known.contains(&first) {
            continue;
        }
        let message = format!("`{key}` of `pages` names `{path}`, which is not a {what}");
        let advice = sink.advice(first, known.iter().copied(), |known| {
            let known = list(known);
            format!("the names are {known}; a path from the root of the answer begins with `/`")
        });
        sink.report(Diagnostic::at(rules::PAGES, *span, message).help(advice));
    }
}

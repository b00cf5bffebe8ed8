//! The index of the search, as a script: pages are also opened from folders, where a script cannot
//! load other files.

use crate::page::{MARK, Page};
use crate::record::{ANSWER, REQUEST};
use crate::shared::answer;
use crate::{codes, path};
use gatespec_language::model::{Field, Model};
use serde_json::{Value as Json, json};

/// Returns the index: a list of entries, each with a kind, a name, a description and an address.
pub(crate) fn index(model: &Model) -> Page {
    let mut entries: Vec<Json> = Vec::new();
    for platform in &model.platforms {
        let home = path::platform(platform);
        entries.push(entry("platform", &platform.id, &platform.title, &platform.about.term, &home));
        for method in &platform.methods {
            let page = path::method(platform, method);
            entries.push(entry("method", method.name, &method.title, &method.about.term, &page));
            for (prefix, fields) in
                [(REQUEST, &method.request.fields[..]), (ANSWER, answer(method))]
            {
                for Field { name, about, .. } in fields.iter().filter(|one| !one.name.is_empty()) {
                    let kind = if prefix == REQUEST { "parameter" } else { "answer" };
                    let address = format!("{page}#{prefix}-{name}");
                    entries.push(entry(kind, name, method.name, &about.term, &address));
                }
            }
        }
        let codes = platform.gateways.iter();
        let codes = codes.flat_map(|gateway| gateway.errors.iter().map(move |one| (gateway, one)));
        for (gateway, code) in codes {
            let doc = code.about.doc.as_deref().unwrap_or_default();
            let address = format!("{home}#{}", codes::id(gateway.name, code));
            entries.push(entry("code", code.code, doc, &code.about.term, &address));
        }
    }
    // `<` cannot end the script, should the index ever be put into a page.
    let text = Json::from(entries).to_string().replace('<', "\\u003c");
    let text = format!("// {MARK}\ngatespecIndex({text});\n");
    Page { path: "search.js".into(), content_type: "text/javascript; charset=utf-8", text }
}

fn entry(kind: &str, name: &str, about: &str, term: &Option<String>, address: &str) -> Json {
    let term = term.as_deref().unwrap_or_default();
    json!([kind, name, about, term, address])
}

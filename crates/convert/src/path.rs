//! Addresses: the servers of a gateway, and the path of a method below them.

use crate::loss::object;
use gatespec_language::model::{Field, Gateway, Method, Platform};
use gatespec_protocol::template::{Part, parts};
use serde_json::{Value as Json, json};
use std::borrow::Cow;

/// The address of a method.
pub(crate) struct Address {
    /// The path below the server, beginning with `/`. Fields are in braces.
    pub(crate) path: String,
    /// The servers, each with its address and what it is for.
    pub(crate) servers: Vec<Json>,
    /// The names of the addresses that the platform does not publish.
    pub(crate) unpublished: Vec<String>,
}

/// Splits the addresses of a method into servers and one path. A base URL may have a path, to which
/// the method's path is appended. If all base URLs have the same path, it becomes a part of the
/// method's path and not of the servers. The reason is that tools insert a `/` between a server and
/// a path, which would change an address that has no `/` there.
pub(crate) fn address(platform: &Platform, method: &Method) -> Address {
    let gateway = platform.gateway_of(method);
    let published = gateway.environments.iter().filter_map(|one| Some((one.url?, one)));
    let split: Vec<_> = published.map(|(url, one)| (origin(url), one)).collect();
    let base = split.first().map(|((_, base), _)| *base).unwrap_or_default();
    let is_shared = split.iter().all(|((_, other), _)| *other == base);
    let servers = split.iter().map(|((origin, base), one)| {
        let url = if is_shared { (*origin).to_owned() } else { format!("{origin}{base}") };
        object(json!({ "url": url, "description": one.about.doc })).into()
    });
    let unpublished = gateway.environments.iter().filter(|one| one.url.is_none());
    let below = below(gateway, method);
    let path = if is_shared { format!("{base}{below}") } else { below };
    Address {
        path: if path.starts_with('/') { path } else { format!("/{path}") },
        servers: servers.collect(),
        unpublished: unpublished.map(|one| one.name.clone()).collect(),
    }
}

/// Splits a URL into the server and the path.
fn origin(url: &str) -> (&str, &str) {
    let host = url.find("://").map_or(0, |at| at + 3);
    let path = url[host..].find('/').map_or(url.len(), |at| host + at);
    url.split_at(path)
}

/// The path that is appended to the base URL, with the labels filled in.
pub(crate) fn below(gateway: &Gateway, method: &Method) -> String {
    let holes = method.holes();
    let (template, _) = method.path_in(gateway);
    let mut out = String::new();
    for part in parts(template) {
        match part {
            Part::Text(text) => out.push_str(text),
            Part::Hole { name, .. } if fields(method).any(|field| field.name == name) => {
                out.push_str(&format!("{{{name}}}"));
            }
            Part::Hole { inside, .. } => {
                let hole = format!("{{{inside}}}");
                out.push_str(&holes.fill(&hole).map_or(hole.clone(), Cow::into_owned));
            }
        }
    }
    out
}

/// The fields that fill placeholders of the path.
pub(crate) fn fields(method: &Method) -> impl Iterator<Item = &Field> {
    method.request.sent().filter(|field| field.in_path)
}

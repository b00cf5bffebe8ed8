//! Which platform, method and path an address belongs to.

use crate::model::{Gateway, Method, Model, Platform};
use gatespec_protocol::template::{Holes, Part, parts};

/// An address without its query.
pub(super) struct Address {
    scheme: String,
    pub(super) host: String,
    pub(super) path: String,
}

impl Address {
    pub(super) fn of(url: &str) -> Self {
        let (scheme, rest) = url.split_once("://").unwrap_or(("", url));
        let rest = rest.split(['?', '#']).next().unwrap_or_default();
        let (host, path) = match rest.find('/') {
            Some(at) => rest.split_at(at),
            None => (rest, ""),
        };
        let (scheme, host) = (scheme.to_lowercase(), host.to_lowercase());
        // Neither a user nor the usual port makes it another one.
        let host = host.rsplit('@').next().unwrap_or_default();
        let port = if scheme == "http" { ":80" } else { ":443" };
        let host = host.strip_suffix(port).unwrap_or(host).to_owned();
        Self { scheme, host, path: path.to_owned() }
    }

    /// The address up to this byte of its path, and the rest of the path as a formula takes it.
    pub(super) fn split(&self, prefix: usize) -> (String, String) {
        let (prefix, path) = self.path.split_at(prefix);
        let scheme = if self.scheme.is_empty() { "https" } else { &self.scheme };
        (format!("{scheme}://{}{prefix}", self.host), super::super::decoded(path))
    }
}

fn addresses(gateway: &Gateway) -> impl Iterator<Item = Address> {
    gateway.environments.iter().filter_map(|environment| environment.url).map(Address::of)
}

/// Every host of a platform.
pub(super) fn hosts(platform: &Platform) -> Vec<String> {
    platform.gateways.iter().flat_map(addresses).map(|address| address.host).collect()
}

pub(super) fn platform_at<'m>(model: &'m Model, address: &Address) -> Option<&'m Platform> {
    model.platforms.iter().find(|platform| hosts(platform).contains(&address.host))
}

/// The gateway whose address is the beginning of this one; the longest one counts.
pub(super) fn gateway_at<'m>(platform: &'m Platform, address: &Address) -> &'m Gateway {
    let fits = |gateway: &&Gateway| {
        let own = addresses(gateway).filter(|own| own.host == address.host);
        own.filter(|own| address.path.starts_with(own.path.trim_end_matches('/')))
            .map(|own| own.path.len())
            .max()
    };
    let mut best = &platform.gateways[0];
    for gateway in &platform.gateways {
        if fits(&gateway) > fits(&best) {
            best = gateway;
        }
    }
    best
}

/// The method whose path the address ends with, if paths tell methods apart.
pub(super) fn method_at<'m>(platform: &'m Platform, address: &Address) -> Option<&'m Method> {
    let mut found = platform.methods.iter().filter(|method| {
        let template = method.path_in(platform.gateway_of(method)).0;
        template.contains('{') && matches(template, method, &address.path)
    });
    found.next().filter(|_| found.next().is_none())
}

/// The path ends as the template says; a field's hole is any one segment.
fn matches(template: &str, method: &Method, path: &str) -> bool {
    let Some(pattern) = filled(template, method.name, method.labels) else { return false };
    let (wanted, sent): (Vec<_>, Vec<_>) =
        (pattern.split('/').collect(), path.split('/').collect());
    let offset = sent.len().checked_sub(wanted.len().saturating_sub(1));
    let Some(offset) = offset else { return false };
    let wanted = &wanted[1..];
    sent[offset..].len() == wanted.len()
        && wanted
            .iter()
            .zip(&sent[offset..])
            .all(|(wanted, sent)| if *wanted == ANY { !sent.is_empty() } else { wanted == sent })
}

/// Stands for a field of the path.
const ANY: &str = "\u{0}";

/// A template with its labels filled in, fields marked.
fn filled(template: &str, name: &str, labels: &[(&str, &str)]) -> Option<String> {
    let holes = Holes { method: name, labels };
    let known = |hole: &str| hole == "method" || labels.iter().any(|(label, _)| *label == hole);
    let mut out = String::new();
    for part in parts(template) {
        match part {
            Part::Text(text) => out.push_str(text),
            Part::Hole { name, filters } if known(name) => {
                let colon = if filters.is_empty() { "" } else { ":" };
                out.push_str(&holes.fill(&format!("{{{name}{colon}{filters}}}")).ok()?);
            }
            Part::Hole { .. } => out.push_str(ANY),
        }
    }
    Some(out)
}

/// The address without the signed path, and that path.
pub(super) fn signed(
    gateway: &Gateway,
    method: Option<&Method>,
    name: &str,
    address: &Address,
) -> (String, String) {
    let template = method.map_or(gateway.path, |method| method.path_in(gateway).0);
    let prefix = match template {
        "" => address.path.len(),
        template => {
            let prefixes = addresses(gateway).filter(|own| own.host == address.host);
            let prefixes = prefixes.map(|own| own.path.trim_end_matches('/').to_owned());
            let prefix = prefixes.filter(|own| address.path.starts_with(own.as_str())).max();
            prefix.unwrap_or_else(|| before(template, method, name, &address.path)).len()
        }
    };
    address.split(prefix)
}

/// What stands in front of the path on a host that no spec names.
fn before(template: &str, method: Option<&Method>, name: &str, path: &str) -> String {
    let labels = method.map(|method| method.labels).unwrap_or_default();
    let filled = filled(template, name, labels).unwrap_or_default();
    let segments = filled.matches('/').count();
    let ends: Vec<_> = path.rmatch_indices('/').take(segments).collect();
    match ends.last() {
        Some((at, _)) if ends.len() == segments => path[..*at].to_owned(),
        _ => String::new(),
    }
}

//! Finds the platform of a URL, and the positions in its path at which gateways begin.

use crate::model::{Gateway, Model, Platform};

/// The parts of a URL.
pub(super) struct Address {
    scheme: String,
    pub(super) host: String,
    pub(super) path: String,
    pub(super) query: String,
}

impl Address {
    pub(super) fn of(url: &str) -> Self {
        let (scheme, rest) = url.split_once("://").unwrap_or(("", url));
        let rest = rest.split('#').next().unwrap_or_default();
        let (rest, query) = rest.split_once('?').unwrap_or((rest, ""));
        let (host, path) = match rest.find('/') {
            Some(at) => rest.split_at(at),
            None => (rest, ""),
        };
        let (scheme, host) = (scheme.to_lowercase(), host.to_lowercase());
        // The user and the default port of a URL are not part of its host.
        let host = host.rsplit('@').next().unwrap_or_default();
        let port = if scheme == "http" { ":80" } else { ":443" };
        let host = host.strip_suffix(port).unwrap_or(host).to_owned();
        Self { scheme, host, path: path.to_owned(), query: query.to_owned() }
    }

    /// Returns the URL up to byte `prefix` of its path.
    pub(super) fn base(&self, prefix: usize) -> String {
        let scheme = if self.scheme.is_empty() { "https" } else { &self.scheme };
        format!("{scheme}://{}{}", self.host, &self.path[..prefix])
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

/// A position in a URL's path at which the signed path of a gateway may begin.
#[derive(Clone, Copy)]
pub(super) struct Entry {
    /// The index of the gateway in its platform.
    pub(super) gateway: usize,
    /// The number of bytes of the URL's path before the signed path.
    pub(super) prefix: usize,
}

/// Returns the positions at which gateways of a platform may begin, the most likely first. A
/// gateway begins after its own address; if the URL is at another address, at any segment.
pub(super) fn entries(platform: &Platform, address: &Address) -> Vec<Entry> {
    let mut own = Vec::new();
    let mut other = Vec::new();
    for (gateway, one) in platform.gateways.iter().enumerate() {
        let prefixes = addresses(one).filter(|own| own.host == address.host);
        let prefixes = prefixes.map(|own| own.path.trim_end_matches('/').to_owned());
        let prefixes = prefixes.filter(|own| address.path.starts_with(own.as_str()));
        match prefixes.map(|own| own.len()).max() {
            Some(prefix) => own.push(Entry { gateway, prefix }),
            None => {
                let segments = address.path.match_indices('/').map(|(at, _)| at);
                let all = std::iter::once(0).chain(segments.filter(|at| *at > 0));
                other.extend(all.map(|prefix| Entry { gateway, prefix }));
            }
        }
    }
    own.sort_by_key(|entry| std::cmp::Reverse(entry.prefix));
    own.extend(other);
    own
}

//! Platforms behind a prefix, as a mock server has them: `/<platform>` or `/<platform>/<gateway>`, then
//! the path of the platform's own address.

use super::path::{self, Address};
use crate::model::{Gateway, Method, Model, Platform};

/// Where a request went on a host that is no platform's own.
pub(super) struct Mount<'m> {
    pub(super) platform: &'m Platform,
    pub(super) gateway: &'m Gateway,
    /// The place of the gateway in its platform.
    index: usize,
    /// How many bytes of the path are not signed.
    prefix: usize,
}

impl Mount<'_> {
    /// The method belongs to this gateway.
    pub(super) fn serves(&self, method: &Method) -> bool {
        method.gateway == self.index
    }

    /// The address without the signed path, and that path.
    pub(super) fn signed(&self, address: &Address) -> (String, String) {
        let whole = self.gateway.path.is_empty() && &address.path[self.prefix..] == "/";
        address.split(if whole { address.path.len() } else { self.prefix })
    }
}

/// The platform whose id the path begins with, unless the host is one that a spec names.
pub(super) fn at<'m>(model: &'m Model, address: &Address) -> Option<Mount<'m>> {
    if path::platform_at(model, address).is_some() {
        return None;
    }
    let path = address.path.as_str();
    let platform = model.platforms.iter().find(|one| below(&one.id, path).is_some())?;
    let rest = below(&platform.id, path)?;
    let further = platform.gateways.iter().enumerate().skip(1);
    // The first gateway has no name in the path; the longest prefix counts.
    let named = further.filter_map(|(index, one)| Some((index, one, below(one.name, rest)?)));
    let first = platform.gateways.first().map(|one| (0, one, rest));
    let (index, gateway, rest) = named.max_by_key(|(_, one, _)| one.name.len()).or(first)?;
    let own = gateway.base_url().map(|url| Address::of(url).path).unwrap_or_default();
    let rest = match rest.strip_prefix(own.trim_end_matches('/')) {
        Some(behind) if behind.is_empty() || behind.starts_with('/') => behind,
        _ => rest,
    };
    Some(Mount { platform, gateway, index, prefix: path.len() - rest.len() })
}

/// What follows a segment of this name.
fn below<'p>(name: &str, path: &'p str) -> Option<&'p str> {
    let rest = path.strip_prefix('/')?.strip_prefix(name)?;
    (rest.is_empty() || rest.starts_with('/')).then_some(rest)
}

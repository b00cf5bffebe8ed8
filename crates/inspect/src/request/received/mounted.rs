//! Platforms behind a prefix, as a mock server has them: `/<platform>` or `/<platform>/<gateway>`, then
//! the path of the platform's own address.

use super::path::{self, Address, Entry};
use crate::model::{Model, Platform};

/// The platform whose id the path begins with, and its gateway there, unless the host is one that a
/// spec names.
pub(super) fn at<'m>(model: &'m Model, address: &Address) -> Option<(&'m Platform, Entry)> {
    if path::platform_at(model, address).is_some() {
        return None;
    }
    let path = address.path.as_str();
    let platform = model.platforms.iter().find(|one| below(&one.id, path).is_some())?;
    let rest = below(&platform.id, path)?;
    let further = platform.gateways.iter().enumerate().skip(1);
    // The first gateway has no name in the path; the longest prefix counts.
    let named = further.filter_map(|(at, one)| Some((at, one, below(one.name, rest)?)));
    let first = platform.gateways.first().map(|one| (0, one, rest));
    let (gateway, one, rest) = named.max_by_key(|(_, one, _)| one.name.len()).or(first)?;
    let own = one.base_url().map(|url| Address::of(url).path).unwrap_or_default();
    let rest = match rest.strip_prefix(own.trim_end_matches('/')) {
        Some(behind) if behind.is_empty() || behind.starts_with('/') => behind,
        _ => rest,
    };
    Some((platform, Entry { gateway, prefix: path.len() - rest.len() }))
}

/// What follows a segment of this name.
fn below<'p>(name: &str, path: &'p str) -> Option<&'p str> {
    let rest = path.strip_prefix('/')?.strip_prefix(name)?;
    (rest.is_empty() || rest.starts_with('/')).then_some(rest)
}

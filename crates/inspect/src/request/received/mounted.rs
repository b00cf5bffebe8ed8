//! Platforms that are mounted under a prefix, as a mock serves them: `/<platform>` or
//! `/<platform>/<gateway>`, then the path of the platform's own address.

use super::path::{self, Address, Entry};
use crate::model::{Model, Platform};

/// Returns the platform and the gateway that the path begins with. Returns `None` if the path
/// begins with no platform, or if the host is a platform's own.
pub(super) fn at<'m>(model: &'m Model, address: &Address) -> Option<(&'m Platform, Entry)> {
    if path::platform_at(model, address).is_some() {
        return None;
    }
    let path = address.path.as_str();
    let platform = model.platforms.iter().find(|one| below(&one.id, path).is_some())?;
    let rest = below(&platform.id, path)?;
    let further = platform.gateways.iter().enumerate().skip(1);
    // The path does not name the first gateway. Among the others, the longest name wins.
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

/// Returns the rest of `path` if its first segment is `name`.
fn below<'p>(name: &str, path: &'p str) -> Option<&'p str> {
    let rest = path.strip_prefix('/')?.strip_prefix(name)?;
    (rest.is_empty() || rest.starts_with('/')).then_some(rest)
}

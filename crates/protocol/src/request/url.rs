//! The URL of a request: base URL, path and query.

use crate::address::is_of_a_path;
use crate::layout::Location;
use crate::params::{Entry, Params, Role};
use crate::percent::Percent;

/// Appends the parameters in one location as `name=value` pairs, form-encoded and joined by `&`.
/// They are sorted by name, but the signature is last.
pub(super) fn push_pairs(params: &Params<'_>, place: Location<'_>, out: &mut Vec<u8>) {
    let (role, mut first) = (Role::Signature, true);
    let here = |entry: &&Entry<'_>| entry.place == place;
    let others = params.entries.iter().filter(|entry| entry.role != role);
    let signature = params.entries.iter().filter(|entry| entry.role == role);
    for entry in others.chain(signature).filter(here) {
        if !std::mem::replace(&mut first, false) {
            out.push(b'&');
        }
        Percent::Form.push(params.name(entry).as_bytes(), out);
        out.push(b'=');
        Percent::Form.push(params.value(entry).as_bytes(), out);
    }
}

/// Builds a URL. `base` must not have a query.
pub(super) fn build(base: &str, path: &str, params: &Params<'_>) -> String {
    let mut out = Vec::with_capacity(base.len() + path.len() + 128);
    let base = if path.starts_with('/') { base.trim_end_matches('/') } else { base };
    out.extend_from_slice(base.as_bytes());
    push_path(path, &mut out);
    out.push(b'?');
    push_pairs(params, Location::Query, &mut out);
    if out.ends_with(b"?") {
        out.pop();
    }
    // Everything after `base` is ASCII, so the conversion cannot fail.
    String::from_utf8(out).unwrap_or_default()
}

/// Appends a path, which may already have escapes. Encodes only the characters that a URL cannot
/// contain.
fn push_path(path: &str, out: &mut Vec<u8>) {
    for c in path.chars() {
        match is_of_a_path(c) {
            true => out.push(c as u8),
            false => Percent::Rfc3986.push(c.encode_utf8(&mut [0; 4]).as_bytes(), out),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(base: &str, path: &str, query: &[(&str, &str)]) -> String {
        let mut params = Params::default();
        for (name, value) in query {
            params.push(name, value, Location::Query, Role::Business);
        }
        build(base, path, &params)
    }

    #[test]
    fn base_path_and_query_meet() {
        assert_eq!(url("https://a.example", "/router", &[]), "https://a.example/router");
        assert_eq!(url("https://a.example/", "/router", &[]), "https://a.example/router");
        assert_eq!(url("https://a.example/x/", "", &[("a", "1")]), "https://a.example/x/?a=1");
        assert_eq!(
            url("http://a.example", "", &[("b", "短 &")]),
            "http://a.example?b=%E7%9F%AD+%26"
        );
    }

    #[test]
    fn a_path_keeps_its_own_escapes() {
        assert_eq!(url("http://a", "/a%20b/短?", &[]), "http://a/a%20b/%E7%9F%AD%3F");
    }
}

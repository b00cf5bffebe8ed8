//! Signatures by independent code: texts joined by hand and hash functions, without gatespec's
//! engine.

use base64::Engine as _;
use hmac::{Hmac, KeyInit as _, Mac as _};
use md5::{Digest as _, Md5};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use sha1::Sha1;
use sha2::Sha256;

pub(crate) fn md5(bytes: impl AsRef<[u8]>) -> Vec<u8> {
    Md5::digest(bytes).to_vec()
}

pub(crate) fn sha1(bytes: impl AsRef<[u8]>) -> Vec<u8> {
    Sha1::digest(bytes).to_vec()
}

pub(crate) fn sha256(bytes: impl AsRef<[u8]>) -> Vec<u8> {
    Sha256::digest(bytes).to_vec()
}

pub(crate) fn hmac_md5(key: &str, bytes: impl AsRef<[u8]>) -> Vec<u8> {
    let mac = Hmac::<Md5>::new_from_slice(key.as_bytes()).unwrap();
    mac.chain_update(bytes).finalize().into_bytes().to_vec()
}

pub(crate) fn hmac_sha256(key: &str, bytes: impl AsRef<[u8]>) -> Vec<u8> {
    let mac = Hmac::<Sha256>::new_from_slice(key.as_bytes()).unwrap();
    mac.chain_update(bytes).finalize().into_bytes().to_vec()
}

pub(crate) fn lower(bytes: impl AsRef<[u8]>) -> String {
    bytes.as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
}

pub(crate) fn upper(bytes: impl AsRef<[u8]>) -> String {
    lower(bytes).to_uppercase()
}

pub(crate) fn base64(bytes: impl AsRef<[u8]>) -> String {
    base64::engine::general_purpose::STANDARD.encode(bytes)
}

const PLAIN: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

pub(crate) fn rfc3986(text: &str) -> String {
    utf8_percent_encode(text, PLAIN).to_string()
}

pub(crate) fn form(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

pub(crate) fn as_is(text: &str) -> String {
    text.to_owned()
}

pub(crate) type Pairs = Vec<(String, String)>;

pub(crate) fn pairs(all: &[(&str, &str)]) -> Pairs {
    all.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

pub(crate) fn sorted(mut pairs: Pairs) -> Pairs {
    pairs.sort_by(|a, b| a.0.as_bytes().cmp(b.0.as_bytes()));
    pairs
}

/// Removes one parameter.
pub(crate) fn without(mut pairs: Pairs, name: &str) -> Pairs {
    let before = pairs.len();
    pairs.retain(|(known, _)| known != name);
    assert_eq!(pairs.len() + 1, before, "{name} is a parameter");
    pairs
}

/// Adds a parameter, or replaces its value.
pub(crate) fn with(mut pairs: Pairs, name: &str, value: &str) -> Pairs {
    pairs.retain(|(known, _)| known != name);
    pairs.push((name.to_owned(), value.to_owned()));
    pairs
}

pub(crate) fn join(pairs: &Pairs, between: &str, separator: &str) -> String {
    let written = pairs.iter().map(|(name, value)| format!("{name}{between}{value}"));
    written.collect::<Vec<_>>().join(separator)
}

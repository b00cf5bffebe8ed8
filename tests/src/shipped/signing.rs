//! The three signatures, implemented again from the platforms' documents, with crates that the
//! runtime does not use for encoding and without its recipes.

use md5::{Digest as _, Md5};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use sha1::Sha1;

/// Names and values.
pub type Pairs = Vec<(String, String)>;

/// The characters to encode: all but the unreserved ones of RFC 3986.
pub const RESERVED: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

fn upper_hex(digest: &[u8]) -> String {
    digest.iter().map(|byte| format!("{byte:02X}")).collect()
}

fn sorted(pairs: &Pairs, signature: &str) -> Pairs {
    let mut sorted: Pairs = pairs.iter().filter(|(name, _)| name != signature).cloned().collect();
    sorted.sort_by(|a, b| a.0.as_bytes().cmp(b.0.as_bytes()));
    sorted
}

/// ShopEx: seven segments, the secret first and last, blocks percent-encoded as a whole.
pub fn shopex(secret: &str, verb: &str, path: &str, query: &Pairs, form: &Pairs) -> String {
    let encoded = |text: &str| utf8_percent_encode(text, RESERVED).to_string();
    let block = |pairs: &Pairs| {
        let pairs = sorted(pairs, "sign");
        let joined: Vec<_> = pairs.iter().map(|(name, value)| format!("{name}={value}")).collect();
        encoded(&joined.join("&"))
    };
    let (path, query, form) = (encoded(path), block(query), block(form));
    let text = format!("{secret}&{verb}&{path}&&{query}&{form}&{secret}");
    upper_hex(&Md5::digest(text.as_bytes()))
}

fn wrapped(secret: &str, pairs: &Pairs, signature: &str) -> String {
    let pairs = sorted(pairs, signature);
    let text: String = pairs.iter().flat_map(|(name, value)| [&**name, &**value]).collect();
    format!("{secret}{text}{secret}")
}

/// Mogujie: secret, names and values, secret; MD5.
pub fn mogujie(secret: &str, pairs: &Pairs) -> String {
    upper_hex(&Md5::digest(wrapped(secret, pairs, "sign").as_bytes()))
}

/// Gome: secret, names and values, secret; SHA-1.
pub fn gome(secret: &str, pairs: &Pairs) -> String {
    upper_hex(&Sha1::digest(wrapped(secret, pairs, "$sign").as_bytes()))
}

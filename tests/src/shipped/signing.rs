//! The three signatures, implemented again from the platforms' documents. This code does not use
//! the runtime's recipes, and encodes with crates that the runtime does not use.

use md5::{Digest as _, Md5};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use sha1::Sha1;

/// Parameters: their names and values.
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

/// The signature of ShopEx over seven segments. The secret is the first and the last; each block of
/// parameters is percent-encoded as a whole.
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

/// The signature of Mogujie: the MD5 of the secret, all names and values, and the secret again.
pub fn mogujie(secret: &str, pairs: &Pairs) -> String {
    upper_hex(&Md5::digest(wrapped(secret, pairs, "sign").as_bytes()))
}

/// The signature of Gome: the SHA-1 of the secret, all names and values, and the secret again.
pub fn gome(secret: &str, pairs: &Pairs) -> String {
    upper_hex(&Sha1::digest(wrapped(secret, pairs, "$sign").as_bytes()))
}

//! The spellings in which a secret can occur in texts.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::percent::Percent;

/// The minimum length of a secret that is searched for, in bytes. Shorter texts occur in many texts
/// by chance, and are too short to protect anything.
pub const SHORTEST: usize = 4;

/// The text itself, and the forms that programs often convert it to.
pub(super) fn forms(secret: &str) -> Vec<String> {
    let digits: String = secret.bytes().map(|byte| format!("{byte:02x}")).collect();
    let ascii = secret.chars().map(|c| {
        let mut units = [0; 2];
        match c.is_ascii() {
            true => c.to_string(),
            false => {
                c.encode_utf16(&mut units).iter().map(|unit| format!("\\u{unit:04x}")).collect()
            }
        }
    });
    let mut all = vec![
        secret.to_owned(),
        // Base64 padding is often removed.
        secret.trim_end_matches('=').to_owned(),
        secret.chars().rev().collect(),
        Percent::Rfc3986.encode(secret),
        Percent::Form.encode(secret),
        ascii.collect(),
        STANDARD.encode(secret),
        digits,
    ];
    let cases: Vec<_> =
        all.iter().flat_map(|text| [text.to_lowercase(), text.to_uppercase()]).collect();
    all.extend(cases);
    all.sort_unstable();
    all.dedup();
    all
}

/// Decodes the first byte of a text. Returns the byte and the length of its spelling in the text.
pub(super) type Spelling = fn(&[u8]) -> Option<(u8, usize)>;

/// If the text begins with the secret in this spelling, returns the length of the spelling. If
/// `cut` is set, the text may end within the secret, after at least [`SHORTEST`] of its bytes.
pub(super) fn spelled(text: &[u8], secret: &str, spelling: Spelling, cut: bool) -> Option<usize> {
    let mut at = 0;
    for (index, byte) in secret.bytes().enumerate() {
        let rest = text.get(at..)?;
        if rest.is_empty() {
            return (cut && index >= SHORTEST).then_some(at);
        }
        let read = spelling(rest).filter(|(found, _)| *found == byte);
        let (found, length) = read.or_else(|| plain(rest))?;
        if found != byte {
            return None;
        }
        at += length;
    }
    Some(at)
}

pub(super) fn plain(text: &[u8]) -> Option<(u8, usize)> {
    text.first().map(|byte| (*byte, 1))
}

/// Percent-encoding, as in a URL or form.
pub(super) fn percent(text: &[u8]) -> Option<(u8, usize)> {
    match *text {
        [b'%', high, low, ..] => Some((hex(high)? << 4 | hex(low)?, 3)),
        [b'+', ..] => Some((b' ', 1)),
        _ => None,
    }
}

/// Escapes, as in JSON or in Rust's `Debug`.
pub(super) fn escaped(text: &[u8]) -> Option<(u8, usize)> {
    match *text {
        [b'\\', b'u', b'0', b'0', high, low, ..] => Some((hex(high)? << 4 | hex(low)?, 6)),
        [b'\\', byte, ..] if byte.is_ascii_punctuation() => Some((byte, 2)),
        _ => None,
    }
}

/// Entities, as in HTML or XML.
pub(super) fn entity(text: &[u8]) -> Option<(u8, usize)> {
    const NAMED: [(&[u8], u8); 5] =
        [(b"&amp;", b'&'), (b"&lt;", b'<'), (b"&gt;", b'>'), (b"&quot;", b'"'), (b"&apos;", b'\'')];
    let named = NAMED.into_iter().find(|(name, _)| text.starts_with(name));
    if let Some((name, byte)) = named {
        return Some((byte, name.len()));
    }
    let number = text.strip_prefix(b"&#")?;
    let end = number.iter().take(6).position(|byte| *byte == b';')?;
    let digits = std::str::from_utf8(&number[..end]).ok()?;
    let byte = match digits.strip_prefix(['x', 'X']) {
        Some(digits) => u8::from_str_radix(digits, 16),
        None => digits.parse(),
    };
    Some((byte.ok()?, end + 3))
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

//! The digest is right, and its text is another one.

use super::mistake::Cause;
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD};

/// The short names of the causes that [`Foreign::compare`] finds.
pub(super) const CAUSES: &str = "base64_changed base64_of_hex leading_zeros sixteen_digits hex_case hex_for_base64 \
base64_for_hex";

/// How the formula writes its digest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Spelling {
    Lower,
    Upper,
    Base64,
}

impl Spelling {
    fn called(self) -> &'static str {
        match self {
            Spelling::Lower => "hexadecimal digits in small letters",
            Spelling::Upper => "hexadecimal digits in capitals",
            Spelling::Base64 => "base64",
        }
    }
}

/// A foreign signature, read in every way that makes sense.
pub(super) struct Foreign {
    text: String,
    readings: Vec<(Vec<u8>, &'static str, &'static str)>,
}

/// What a signature has to do with a foreign one.
pub(super) enum Match {
    Same,
    Spelled(Cause),
}

impl Foreign {
    pub(super) fn new(text: &str) -> Self {
        let mut readings = Vec::new();
        let mut add = |bytes: Option<Vec<u8>>, id, what| {
            if let Some(bytes) = bytes.filter(|bytes| bytes.len() >= 16) {
                readings.push((bytes, id, what));
            }
        };
        let lower = !text.bytes().any(|byte| byte.is_ascii_uppercase());
        let hexadecimal = if lower { "lower" } else { "upper" };
        add(unhex(text), hexadecimal, "");
        add(STANDARD.decode(text).ok(), "base64", "");
        add(
            STANDARD_NO_PAD.decode(text).ok(),
            "base64_changed",
            "as base64 without the `=` at its end",
        );
        add(
            URL_SAFE.decode(text).ok(),
            "base64_changed",
            "as base64 with `-` and `_` for `+` and `/`",
        );
        let bare = URL_SAFE_NO_PAD.decode(text).ok();
        add(bare, "base64_changed", "as base64 with `-` and `_` for `+` and `/`, without the `=`");
        let plain = STANDARD.decode(text.replace(' ', "+")).ok();
        add(plain, "base64_changed", "as base64 whose `+` had become a space on its way");
        let decoded = text.replace("%2B", "+").replace("%2F", "/").replace("%3D", "=");
        let decoded = decoded.replace("%2b", "+").replace("%2f", "/").replace("%3d", "=");
        let decoded = STANDARD.decode(decoded).ok();
        add(decoded, "base64_changed", "as base64 that was percent-encoded once too often");
        let inner = STANDARD.decode(text).ok().and_then(|bytes| String::from_utf8(bytes).ok());
        let inner = inner.and_then(|text| unhex(&text));
        add(inner, "base64_of_hex", "as the base64 of the hexadecimal text, not of the bytes");
        Self { text: text.to_owned(), readings }
    }

    /// Whether this signature is the foreign one, spelled so or otherwise.
    pub(super) fn compare(&self, sign: &str) -> Option<Match> {
        if self.text == sign {
            return Some(Match::Same);
        }
        let (bytes, own) = digest(sign)?;
        let reading = self.readings.iter().find(|(read, ..)| *read == bytes);
        if let Some((_, id, what)) = reading {
            return Some(Match::Spelled(spelled(id, what, own)));
        }
        self.shortened(sign, &bytes, own).map(Match::Spelled)
    }

    fn shortened(&self, sign: &str, bytes: &[u8], own: Spelling) -> Option<Cause> {
        let foreign = &self.text;
        let hex = |bytes: &[u8]| -> Vec<String> {
            bytes.iter().map(|byte| format!("{byte:x}")).collect()
        };
        if own == Spelling::Base64 {
            let wrong_case = foreign.eq_ignore_ascii_case(sign);
            return wrong_case
                .then(|| spelled("base64_changed", "as base64 whose case was changed", own));
        }
        let full: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        let mend = "write two digits a byte: `%02x`, `hexdigest()`, `bin2hex`".to_owned();
        if foreign.len() < full.len() && foreign.eq_ignore_ascii_case(full.trim_start_matches('0'))
        {
            let what = "the digest lost the zeros at its beginning, because it was written as one big \
                        number (`BigInteger.toString(16)`)";
            return Some(Cause { id: "leading_zeros", what: what.to_owned(), mend });
        }
        if foreign.len() < full.len() && foreign.eq_ignore_ascii_case(&hex(bytes).concat()) {
            let what = "bytes below 16 were written as one digit (`Integer.toHexString`)";
            return Some(Cause { id: "leading_zeros", what: what.to_owned(), mend });
        }
        let middle = full.get(8..24).filter(|_| full.len() == 32);
        let short = middle.is_some_and(|middle| foreign.eq_ignore_ascii_case(middle));
        short.then(|| spelled("sixteen_digits", "as the 16 digits in the middle of the MD5", own))
    }

    /// How many hexadecimal digits it has, if no digest is written with so many.
    fn digits_of_no_digest(&self) -> Option<usize> {
        let hexadecimal = self.text.bytes().all(|byte| byte.is_ascii_hexdigit());
        let count = self.text.len();
        let known = matches!(count, 0 | 32 | 40 | 64 | 96 | 128 | 512);
        (hexadecimal && !known).then_some(count)
    }

    /// What the length of a signature that nothing reproduces says about its digest.
    pub(super) fn hint(&self, sign: &str) -> Option<String> {
        let (own, _) = digest(sign)?;
        if let Some(digits) = self.digits_of_no_digest() {
            let given = match unhex(sign) {
                Some(_) => sign.len().to_string(),
                None => format!("{} characters of base64", sign.len()),
            };
            let s = if digits == 1 { "" } else { "s" };
            return Some(format!(
                "the foreign signature has {digits} hexadecimal digit{s}; the formula gives {given}"
            ));
        }
        let foreign = self.readings.first().map(|(bytes, ..)| bytes.len());
        let called = |length| match length {
            16 => "16 bytes, an MD5",
            20 => "20 bytes, a SHA-1",
            32 => "32 bytes, a SHA-256",
            48 => "48 bytes, a SHA-384",
            64 => "64 bytes, a SHA-512",
            256 => "256 bytes, an RSA signature and no digest",
            _ => "no digest that is known",
        };
        match foreign {
            Some(length) if length == own.len() => None,
            Some(length) => Some(format!(
                "the foreign signature is {}; the formula gives {}",
                called(length),
                called(own.len())
            )),
            None => Some("the foreign signature is neither hexadecimal nor base64".to_owned()),
        }
    }
}

fn spelled(id: &str, what: &str, own: Spelling) -> Cause {
    let mend = match id {
        "sixteen_digits" => "send all 32 digits, not the 16 in the middle".to_owned(),
        _ => format!("write the digest as {}", own.called()),
    };
    let (id, what) = match id {
        "lower" | "upper" if own != Spelling::Base64 => {
            let case = if id == "lower" { "small letters" } else { "capitals" };
            ("hex_case", format!("the digest was written in {case}"))
        }
        "lower" | "upper" => ("hex_for_base64", "the digest was written in hexadecimal".to_owned()),
        "base64" => ("base64_for_hex", "the digest was written as base64".to_owned()),
        "base64_of_hex" => ("base64_of_hex", format!("the digest was written {what}")),
        "sixteen_digits" => ("sixteen_digits", format!("the digest was written {what}")),
        _ => ("base64_changed", format!("the digest was written {what}")),
    };
    Cause { id, what, mend }
}

/// The bytes behind a signature that is a digest written as text.
pub fn digest_bytes(sign: &str) -> Option<Vec<u8>> {
    digest(sign).map(|(bytes, _)| bytes)
}

/// The bytes of a digest, and how it was written.
fn digest(sign: &str) -> Option<(Vec<u8>, Spelling)> {
    if let Some(bytes) = unhex(sign).filter(|bytes| matches!(bytes.len(), 16 | 20 | 32)) {
        let upper = sign.bytes().any(|byte| byte.is_ascii_uppercase());
        return Some((bytes, if upper { Spelling::Upper } else { Spelling::Lower }));
    }
    Some((STANDARD.decode(sign).ok()?, Spelling::Base64))
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let digit = |byte: u8| char::from(byte).to_digit(16);
    let pairs = text.as_bytes().chunks(2).map(|pair| match pair {
        [high, low] => u8::try_from(digit(*high)? * 16 + digit(*low)?).ok(),
        _ => None,
    });
    if text.len().is_multiple_of(2) { pairs.collect() } else { None }
}

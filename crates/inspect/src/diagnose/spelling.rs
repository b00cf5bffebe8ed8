//! Recognises a digest that is right, but written in another way.

use super::mistake::Cause;
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD};

/// The ids of the causes that [`Foreign::compare`] finds.
pub(super) const CAUSES: &str = "base64_changed base64_of_bytes base64_of_hex leading_zeros sixteen_digits \
hex_case hex_for_base64 base64_for_hex";

/// The text form of a digest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Spelling {
    Hex(Case),
    Base64,
    /// Base64 of the hexadecimal text.
    Base64OfHex(Case),
    /// Altered base64, with a description of the alteration.
    Changed(&'static str),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Case {
    Lower,
    Upper,
}

impl Case {
    fn of(text: &str) -> Case {
        let upper = text.bytes().any(|byte| byte.is_ascii_uppercase());
        if upper { Case::Upper } else { Case::Lower }
    }

    fn called(self) -> &'static str {
        match self {
            Case::Lower => "lowercase",
            Case::Upper => "uppercase",
        }
    }
}

impl Spelling {
    fn called(self) -> String {
        match self {
            Spelling::Hex(case) => format!("hexadecimal digits in {}", case.called()),
            Spelling::Base64OfHex(case) => {
                format!("the base64 of its hexadecimal digits in {}", case.called())
            }
            Spelling::Base64 => "base64".to_owned(),
            Spelling::Changed(how) => format!("base64 {how}"),
        }
    }
}

/// The other side's signature, with all byte strings that its text may encode.
pub(super) struct Foreign {
    text: String,
    readings: Vec<(Vec<u8>, Spelling)>,
}

/// How our signature matches the other side's.
pub(super) enum Match {
    Same,
    Spelled(Cause),
}

impl Foreign {
    pub(super) fn new(text: &str) -> Self {
        let mut decoded = text.to_owned();
        for (escape, character) in [("%2B", "+"), ("%2F", "/"), ("%3D", "=")] {
            decoded = decoded.replace(escape, character);
            decoded = decoded.replace(&escape.to_lowercase(), character);
        }
        let changed = [
            (STANDARD_NO_PAD.decode(text), "without the `=` at its end"),
            (URL_SAFE.decode(text), "with `-` and `_` for `+` and `/`"),
            (URL_SAFE_NO_PAD.decode(text), "with `-` and `_` for `+` and `/`, without the `=`"),
            (STANDARD.decode(text.replace(' ', "+")), "whose `+` had become spaces in transit"),
            (STANDARD.decode(decoded), "that was percent-encoded once too often"),
        ];
        let changed = changed.into_iter().filter_map(|(bytes, how)| {
            let bytes = bytes.ok()?;
            match hex_text(&bytes) {
                Some((inner, _)) => Some((inner, Spelling::Changed(how))),
                None => Some((bytes, Spelling::Changed(how))),
            }
        });
        let hex = unhex(text).map(|bytes| (bytes, Spelling::Hex(Case::of(text))));
        let readings = hex.into_iter().chain(base64(text)).chain(changed);
        let readings = readings.filter(|(bytes, _)| bytes.len() >= 16).collect();
        Self { text: text.to_owned(), readings }
    }

    /// Compares our signature with the other side's, in any spelling. Returns `None` if they
    /// differ.
    pub(super) fn compare(&self, sign: &str) -> Option<Match> {
        if self.text == sign {
            return Some(Match::Same);
        }
        let (bytes, own) = digest(sign)?;
        match self.readings.iter().find(|(read, spelling)| *read == bytes && *spelling != own) {
            Some((_, theirs)) => Some(Match::Spelled(spelled(*theirs, own))),
            None => self.shortened(sign, &bytes, own).map(Match::Spelled),
        }
    }

    fn shortened(&self, sign: &str, bytes: &[u8], own: Spelling) -> Option<Cause> {
        let foreign = &self.text;
        if !matches!(own, Spelling::Hex(_)) {
            let wrong_case = foreign.eq_ignore_ascii_case(sign);
            return wrong_case.then(|| spelled(Spelling::Changed("whose case was changed"), own));
        }
        let full: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        let single: String = bytes.iter().map(|byte| format!("{byte:x}")).collect();
        let fix = "write two digits per byte: `%02x`, `hexdigest()`, `bin2hex`";
        let number = "the digest lost its leading zeros, because it was written as one big number (`BigInteger.toString(16)`)";
        let one_digit = "bytes below 16 were written as one digit (`Integer.toHexString`)";
        let middle = "the digest was written as the 16 digits in the middle of the MD5";
        let whole = "send all 32 digits, not the 16 in the middle";
        let ways = [
            ("leading_zeros", full.trim_start_matches('0'), number, fix),
            ("leading_zeros", &single, one_digit, fix),
            ("sixteen_digits", full.get(8..24).unwrap_or_default(), middle, whole),
        ];
        let found = ways
            .into_iter()
            .find(|(_, text, ..)| foreign.len() < full.len() && foreign.eq_ignore_ascii_case(text));
        let (id, _, what, fix) =
            found.filter(|(id, ..)| *id != "sixteen_digits" || full.len() == 32)?;
        Some(Cause { id, what: what.to_owned(), fix: fix.to_owned() })
    }

    /// Returns the number of digits if the signature is hexadecimal, but no digest has this length.
    fn digits_of_no_digest(&self) -> Option<usize> {
        let hexadecimal = self.text.bytes().all(|byte| byte.is_ascii_hexdigit());
        let count = self.text.len();
        let known = matches!(count, 0 | 32 | 40 | 64 | 96 | 128 | 512);
        (hexadecimal && !known).then_some(count)
    }

    /// Returns a remark on the other side's signature if no mistake reproduces it, based on its
    /// length.
    pub(super) fn hint(&self, sign: &str) -> Option<String> {
        let (own, spelling) = digest(sign)?;
        if let Some(digits) = self.digits_of_no_digest() {
            let given = match spelling {
                Spelling::Hex(_) => sign.len().to_string(),
                _ => format!("{} characters of base64", sign.len()),
            };
            let s = if digits == 1 { "" } else { "s" };
            return Some(format!(
                "the other side's signature has {digits} hexadecimal digit{s}; the formula gives {given}"
            ));
        }
        let called = |length| match length {
            16 => "16 bytes, an MD5",
            20 => "20 bytes, a SHA-1",
            32 => "32 bytes, a SHA-256",
            48 => "48 bytes, a SHA-384",
            64 => "64 bytes, a SHA-512",
            256 => "256 bytes, an RSA signature, not a digest",
            _ => "not a known digest",
        };
        match self.readings.first().map(|(bytes, _)| bytes.len()) {
            Some(length) if length == own.len() => None,
            Some(length) => Some(format!(
                "the other side's signature is {}; the formula gives {}",
                called(length),
                called(own.len())
            )),
            None => Some("the other side's signature is neither hexadecimal nor base64".to_owned()),
        }
    }
}

fn spelled(theirs: Spelling, own: Spelling) -> Cause {
    use Spelling::{Base64, Base64OfHex, Changed, Hex};
    let (id, how) = match (theirs, own) {
        (Hex(case), Hex(_)) => ("hex_case", format!("in {}", case.called())),
        (Base64OfHex(case), Base64OfHex(_)) => {
            ("hex_case", format!("in hexadecimal digits in {} before base64", case.called()))
        }
        (Hex(_), _) => ("hex_for_base64", "in hexadecimal".to_owned()),
        (Base64, Base64OfHex(_)) => (
            "base64_of_bytes",
            "as the base64 of the bytes, not of their hexadecimal text".to_owned(),
        ),
        (Base64, _) => ("base64_for_hex", "as base64".to_owned()),
        (Base64OfHex(_), _) => {
            ("base64_of_hex", "as the base64 of the hexadecimal text, not of the bytes".to_owned())
        }
        (Changed(how), _) => ("base64_changed", format!("as base64 {how}")),
    };
    let what = format!("the digest was written {how}");
    Cause { id, what, fix: format!("write the digest as {}", own.called()) }
}

/// Returns the bytes of a digest that is written as text, or `None` if the text is not a digest.
pub fn digest_bytes(sign: &str) -> Option<Vec<u8>> {
    digest(sign).map(|(bytes, _)| bytes)
}

/// Returns the bytes of a digest that is written as text, and its spelling.
fn digest(sign: &str) -> Option<(Vec<u8>, Spelling)> {
    hex_text(sign.as_bytes())
        .map(|(bytes, case)| (bytes, Spelling::Hex(case)))
        .or_else(|| base64(sign))
}

/// Decodes the base64 of a digest, or of the hexadecimal text of a digest.
fn base64(text: &str) -> Option<(Vec<u8>, Spelling)> {
    let bytes = STANDARD.decode(text).ok()?;
    Some(match hex_text(&bytes) {
        Some((inner, case)) => (inner, Spelling::Base64OfHex(case)),
        None => (bytes, Spelling::Base64),
    })
}

/// Decodes the hexadecimal text of a digest.
fn hex_text(text: &[u8]) -> Option<(Vec<u8>, Case)> {
    let text = std::str::from_utf8(text).ok()?;
    let bytes = unhex(text).filter(|bytes| matches!(bytes.len(), 16 | 20 | 32))?;
    Some((bytes, Case::of(text)))
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let digit = |byte: u8| char::from(byte).to_digit(16);
    let pairs = text.as_bytes().chunks(2).map(|pair| match pair {
        [high, low] => u8::try_from(digit(*high)? * 16 + digit(*low)?).ok(),
        _ => None,
    });
    if text.len().is_multiple_of(2) { pairs.collect() } else { None }
}

//! Decodes the names and values of a query or form.

use std::borrow::Cow;

use super::IncomingError;

/// Why a text cannot be decoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Broken {
    Percent,
    Utf8,
}

impl Broken {
    pub(super) fn at(self, place: &impl ToString) -> IncomingError {
        let reason = match self {
            Broken::Percent => "has a `%` without two hexadecimal digits after it",
            Broken::Utf8 => "is not UTF-8",
        };
        IncomingError::Encoding { place: place.to_string(), reason }
    }
}

/// Splits a query or form into pairs, which stay encoded. Skips empty pairs. A pair without `=` has
/// an empty value.
pub(super) fn pairs(raw: &[u8]) -> impl Iterator<Item = (&[u8], &[u8])> {
    raw.split(|byte| *byte == b'&').filter(|pair| !pair.is_empty()).map(|pair| {
        let equals = pair.iter().position(|byte| *byte == b'=').unwrap_or(pair.len());
        (&pair[..equals], pair.get(equals + 1..).unwrap_or_default())
    })
}

/// Percent-decodes a text. If `plus` is set, `+` becomes a space.
pub(super) fn decode(raw: &[u8], plus: bool) -> Result<Cow<'_, str>, Broken> {
    let (bytes, clean) = unescape(raw, plus);
    if !clean {
        return Err(Broken::Percent);
    }
    text(bytes).map_err(|_| Broken::Utf8)
}

/// Converts bytes to text. If they are not UTF-8, the error is the bytes themselves.
pub(super) fn text(bytes: Cow<'_, [u8]>) -> Result<Cow<'_, str>, Cow<'_, [u8]>> {
    match bytes {
        Cow::Borrowed(bytes) => match std::str::from_utf8(bytes) {
            Ok(text) => Ok(Cow::Borrowed(text)),
            Err(_) => Err(Cow::Borrowed(bytes)),
        },
        Cow::Owned(bytes) => match String::from_utf8(bytes) {
            Ok(text) => Ok(Cow::Owned(text)),
            Err(error) => Err(Cow::Owned(error.into_bytes())),
        },
    }
}

/// Percent-decodes bytes. A `%` without two hexadecimal digits is left unchanged; the flag is then
/// `false`.
pub(super) fn unescape(raw: &[u8], plus: bool) -> (Cow<'_, [u8]>, bool) {
    let escaped = |byte: &u8| *byte == b'%' || (plus && *byte == b'+');
    if !raw.iter().any(escaped) {
        return (Cow::Borrowed(raw), true);
    }
    let (mut out, mut rest, mut clean) = (Vec::with_capacity(raw.len()), raw, true);
    while let Some(at) = rest.iter().position(escaped) {
        out.extend_from_slice(&rest[..at]);
        let digit = |at: usize| match *rest.get(at)? {
            byte @ b'0'..=b'9' => Some(byte - b'0'),
            byte @ b'A'..=b'F' => Some(byte - b'A' + 10),
            byte @ b'a'..=b'f' => Some(byte - b'a' + 10),
            _ => None,
        };
        let byte = digit(at + 1).zip(digit(at + 2)).map(|(high, low)| high << 4 | low);
        let (byte, length) = match (rest[at], byte) {
            (b'+', _) => (b' ', 1),
            (_, Some(byte)) => (byte, 3),
            (percent, None) => {
                clean = false;
                (percent, 1)
            }
        };
        out.push(byte);
        rest = &rest[at + length..];
    }
    out.extend_from_slice(rest);
    (Cow::Owned(out), clean)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(raw: &str) -> Result<Vec<(String, String)>, String> {
        let text = |raw| {
            let text = decode(raw, true).map(Cow::into_owned);
            text.map_err(|broken| broken.at(&"the form").to_string())
        };
        pairs(raw.as_bytes()).map(|(name, value)| Ok((text(name)?, text(value)?))).collect()
    }

    // The expected values were computed with Python's
    // `urllib.parse.parse_qsl(raw, keep_blank_values=True)`.
    #[test]
    fn pairs_are_decoded_once() {
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        assert_eq!(
            read("a=1&&b=a+b%20c&=x&c&d=%E7%9F%AD%25&e=f=g").unwrap(),
            [
                pair("a", "1"),
                pair("b", "a b c"),
                pair("", "x"),
                pair("c", ""),
                pair("d", "短%"),
                pair("e", "f=g"),
            ]
        );
        assert_eq!(read("").unwrap(), []);
    }

    #[test]
    fn what_is_broken_is_refused() {
        for raw in ["a=%", "a=%4", "a=%G0", "%=1", "a=%%41"] {
            assert_eq!(
                read(raw).unwrap_err(),
                "the form has a `%` without two hexadecimal digits after it",
                "{raw}"
            );
        }
        for raw in ["a=%FF", "a=%ED%A0%80", "%80=1"] {
            assert_eq!(read(raw).unwrap_err(), "the form is not UTF-8", "{raw}");
        }
    }
}

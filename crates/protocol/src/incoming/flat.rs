//! Names and values of a query or a form: `+` is a space, `%XX` a byte, all of it UTF-8.

use super::IncomingError;

/// Why a text cannot be decoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Broken {
    Percent,
    Utf8,
}

impl Broken {
    pub(super) fn at(self, place: &str) -> IncomingError {
        let reason = match self {
            Broken::Percent => "has a `%` without two hexadecimal digits behind it",
            Broken::Utf8 => "is not UTF-8",
        };
        IncomingError::Encoding { place: place.to_owned(), reason }
    }
}

/// Hands each pair to `take`, decoded. Empty pairs are passed over; one without `=` has an empty
/// value.
pub(super) fn pairs(
    raw: &[u8],
    place: &str,
    take: &mut dyn FnMut(&str, &str) -> Result<(), IncomingError>,
) -> Result<(), IncomingError> {
    let (mut name, mut value) = (Vec::new(), Vec::new());
    for pair in raw.split(|byte| *byte == b'&').filter(|pair| !pair.is_empty()) {
        let equals = pair.iter().position(|byte| *byte == b'=').unwrap_or(pair.len());
        let broken = |broken: Broken| broken.at(place);
        let name = decode(&pair[..equals], true, &mut name).map_err(broken)?;
        let behind = pair.get(equals + 1..).unwrap_or_default();
        take(name, decode(behind, true, &mut value).map_err(broken)?)?;
    }
    Ok(())
}

/// Decodes once, into `out` if there is anything to decode; `plus` is a space.
pub(super) fn decode<'o>(
    raw: &'o [u8],
    plus: bool,
    out: &'o mut Vec<u8>,
) -> Result<&'o str, Broken> {
    let escaped = |byte: &u8| *byte == b'%' || (plus && *byte == b'+');
    if !raw.iter().any(escaped) {
        return std::str::from_utf8(raw).map_err(|_| Broken::Utf8);
    }
    out.clear();
    let mut rest = raw;
    while let Some(at) = rest.iter().position(escaped) {
        out.extend_from_slice(&rest[..at]);
        if rest[at] == b'+' {
            out.push(b' ');
            rest = &rest[at + 1..];
            continue;
        }
        let digit = |at: usize| char::from(*rest.get(at)?).to_digit(16);
        let byte = digit(at + 1).zip(digit(at + 2)).map(|(high, low)| high << 4 | low);
        out.push(byte.and_then(|byte| u8::try_from(byte).ok()).ok_or(Broken::Percent)?);
        rest = &rest[at + 3..];
    }
    out.extend_from_slice(rest);
    std::str::from_utf8(out).map_err(|_| Broken::Utf8)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(raw: &str) -> Result<Vec<(String, String)>, String> {
        let mut found = Vec::new();
        let mut take = |name: &str, value: &str| {
            found.push((name.to_owned(), value.to_owned()));
            Ok(())
        };
        pairs(raw.as_bytes(), "the form", &mut take).map_err(|error| error.to_string())?;
        Ok(found)
    }

    // As Python's `urllib.parse.parse_qsl(raw, keep_blank_values=True)` reads them.
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
                "the form has a `%` without two hexadecimal digits behind it",
                "{raw}"
            );
        }
        for raw in ["a=%FF", "a=%ED%A0%80", "%80=1"] {
            assert_eq!(read(raw).unwrap_err(), "the form is not UTF-8", "{raw}");
        }
    }
}

//! Untyped JSON: members and scalars, as they are written in a text.

use std::borrow::Cow;
use std::fmt::{self, Write as _};
use std::ops::Range;

use serde::de::{Deserializer as _, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::fact::fact;
use crate::layout::{Escape, JsonStyle};

/// The nesting limit of serde_json.
pub(crate) const DEEPEST: usize = 128;

fact! {
    /// The type of a parameter in JSON.
    pub enum ParamType {
        /// A string.
        Text,
        /// A number or a boolean.
        Number,
        /// An object or an array.
        Json,
        /// `null`, which exists only in JSON.
        Null,
    }
}

/// Returns the members of a JSON object in order, as names and raw values. If there are more than
/// `limit` members, returns only the first `limit + 1`.
///
/// # Errors
/// The text is not JSON, or it is not an object.
pub fn members(text: &str, limit: usize) -> Result<Vec<(String, &RawValue)>, serde_json::Error> {
    let mut reader = serde_json::Deserializer::from_str(text);
    let members = reader.deserialize_map(Object { limit })?;
    reader.end()?;
    Ok(members)
}

struct Object {
    limit: usize,
}

impl<'de> Visitor<'de> for Object {
    type Value = Vec<(String, &'de RawValue)>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Self::Value, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = access.next_entry()? {
            if members.len() <= self.limit {
                members.push(member);
            }
        }
        Ok(members)
    }
}

/// Returns the text and type of a JSON value. Strings are unquoted and unescaped, `null` is an
/// empty text, and other values are returned as written.
pub fn scalar(raw: &str) -> (Cow<'_, str>, ParamType) {
    match raw.as_bytes().first() {
        Some(b'"') => match serde_json::from_str::<String>(raw) {
            Ok(text) => (Cow::Owned(text), ParamType::Text),
            // The string has an escaped lone surrogate, which a `String` cannot contain.
            Err(_) => (Cow::Borrowed(raw), ParamType::Json),
        },
        Some(b'{' | b'[') => (Cow::Borrowed(raw), ParamType::Json),
        _ if raw == "null" => (Cow::Borrowed(""), ParamType::Null),
        _ => (Cow::Borrowed(raw), ParamType::Number),
    }
}

/// Returns the items of an array, or the members of an object with their names, as raw values.
/// Returns `None` for a scalar.
pub(crate) fn parts(raw: &str) -> Option<Vec<(Option<String>, &RawValue)>> {
    match raw.as_bytes().first()? {
        b'{' => {
            let members = members(raw, usize::MAX).ok()?.into_iter();
            Some(members.map(|(name, raw)| (Some(name), raw)).collect())
        }
        b'[' => {
            let items: Vec<&RawValue> = serde_json::from_str(raw).ok()?;
            Some(items.into_iter().map(|raw| (None, raw)).collect())
        }
        _ => None,
    }
}

/// Appends JSON to `out` in a platform's style: without white space, with the style's escapes, and
/// with the same digits. Returns `None` if the text is not JSON, or if it has a part that
/// [`push_styled`] copies unchanged.
pub(crate) fn rewrite(text: &str, style: JsonStyle, out: &mut String) -> Option<()> {
    let raw: &RawValue = serde_json::from_str(text).ok()?;
    push_styled(raw.get(), style, out).then_some(())
}

/// Appends JSON in a platform's style, without white space and with the same digits. Returns
/// `false` if a part is copied unchanged, because it has a lone surrogate or nests deeper than
/// [`DEEPEST`].
pub(crate) fn push_styled(raw: &str, style: JsonStyle, out: &mut String) -> bool {
    push_at(raw, style, DEEPEST, out)
}

fn push_at(raw: &str, style: JsonStyle, depth: usize, out: &mut String) -> bool {
    let parts = if depth > 0 { parts(raw) } else { None };
    let Some(mut parts) = parts else {
        return match scalar(raw) {
            (text, ParamType::Text) => {
                push_quoted(&text, style.escape, out);
                true
            }
            (_, kind) => {
                out.push_str(raw);
                kind != ParamType::Json
            }
        };
    };
    let is_object = raw.starts_with('{');
    if style.sort_keys {
        parts.sort_by(|a, b| a.0.cmp(&b.0));
    }
    out.push(if is_object { '{' } else { '[' });
    let (mut separator, mut is_whole) = ("", true);
    for (name, part) in parts {
        out.push_str(separator);
        separator = ",";
        if let Some(name) = name {
            push_quoted(&name, style.escape, out);
            out.push(':');
        }
        is_whole &= push_at(part.get(), style, depth - 1, out);
    }
    out.push(if is_object { '}' } else { ']' });
    is_whole
}

/// Appends `text` as a JSON string.
pub(crate) fn push_quoted(text: &str, escape: Escape, out: &mut String) {
    out.push('"');
    let mut rest = text;
    while let Some(at) = rest.bytes().position(|byte| needs_escape(byte, escape)) {
        let (clean, tail) = rest.split_at(at);
        out.push_str(clean);
        // The byte at `at` is ASCII or the first byte of a character, so `at` is a character
        // boundary.
        let mut characters = tail.chars();
        characters.next().into_iter().for_each(|c| push_escaped(c, out));
        rest = characters.as_str();
    }
    out.push_str(rest);
    out.push('"');
}

fn needs_escape(byte: u8, escape: Escape) -> bool {
    match byte {
        b'"' | b'\\' | 0..=0x1f => true,
        b'/' => escape == Escape::Slash,
        byte => escape == Escape::Ascii && !byte.is_ascii(),
    }
}

fn push_escaped(c: char, out: &mut String) {
    let short = match c {
        '"' | '\\' | '/' => c,
        '\n' => 'n',
        '\r' => 'r',
        '\t' => 't',
        '\u{8}' => 'b',
        '\u{c}' => 'f',
        _ => {
            for unit in c.encode_utf16(&mut [0; 2]) {
                // Writing to a `String` cannot fail.
                let _ = write!(out, "\\u{unit:04x}");
            }
            return;
        }
    };
    out.extend(['\\', short]);
}

/// Whether the text is JSON.
pub fn is_json(text: &str) -> bool {
    serde_json::from_str::<IgnoredAny>(text).is_ok()
}

/// Whether the text is a JSON number.
pub fn is_number(text: &str) -> bool {
    // The fast path for most numbers. A number this short is never out of range.
    let is_whole = matches!(text.as_bytes(), [b'1'..=b'9', rest @ ..]
        if rest.len() < 18 && rest.iter().all(u8::is_ascii_digit));
    is_whole || serde_json::from_str::<serde_json::Number>(text).is_ok()
}

/// The byte range of `part` in `text`. `part` must be a slice of `text`.
pub fn range_of(part: &str, text: &str) -> Range<usize> {
    let start = (part.as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
    start..start + part.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_keep_their_order_and_their_spelling() {
        let text = r#"{ "b": 1.50, "a" : "x\"y", "c":[ 1 ], "d":null, "b":true }"#;
        let found = members(text, 9).unwrap();
        let found: Vec<_> = found
            .iter()
            .map(|(name, raw)| (name.as_str(), scalar(raw.get()), &text[range_of(raw.get(), text)]))
            .collect();
        let cow = Cow::Borrowed;
        assert_eq!(
            found,
            [
                ("b", (cow("1.50"), ParamType::Number), "1.50"),
                ("a", (cow("x\"y"), ParamType::Text), r#""x\"y""#),
                ("c", (cow("[ 1 ]"), ParamType::Json), "[ 1 ]"),
                ("d", (cow(""), ParamType::Null), "null"),
                ("b", (cow("true"), ParamType::Number), "true"),
            ]
        );
    }

    #[test]
    fn anything_but_an_object_is_refused() {
        for text in ["", "[]", "1", "{\"a\"}", "{} {}", "{\"a\":\"\\ud800\"}x"] {
            assert!(members(text, 9).is_err(), "{text}");
        }
        let found = members("{\"a\":1,\"b\":2,\"c\":3}", 1).unwrap();
        assert_eq!(found.len(), 2, "one more than the limit tells that there are more");
    }
}

//! JSON without a type: members and scalars as they are written.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use serde::de::{Deserializer as _, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::layout::JsonStyle;
use crate::params::ParamType;
use crate::write::push_quoted;

/// Name and value of every member of an object, in their order; of more than `limit`, the first
/// `limit + 1`.
///
/// # Errors
/// When the text is not JSON, or not an object.
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

/// The text of a JSON value, and its kind: text without quotes and escapes, `null` as an empty text,
/// all else as written.
pub fn scalar(raw: &str) -> (Cow<'_, str>, ParamType) {
    match raw.as_bytes().first() {
        Some(b'"') => match serde_json::from_str::<String>(raw) {
            Ok(text) => (Cow::Owned(text), ParamType::Text),
            // An escape of half a character.
            Err(_) => (Cow::Borrowed(raw), ParamType::Json),
        },
        Some(b'{' | b'[') => (Cow::Borrowed(raw), ParamType::Json),
        _ if raw == "null" => (Cow::Borrowed(""), ParamType::Null),
        _ => (Cow::Borrowed(raw), ParamType::Number),
    }
}

/// Writes JSON anew, compact and in a platform's style: white space goes, escapes become the
/// style's, numbers keep their digits. `None` if it is not JSON, or nests too deep.
pub(crate) fn rewrite(text: &str, style: JsonStyle, out: &mut String) -> Option<()> {
    fn value(raw: &str, style: JsonStyle, out: &mut String, depth: usize) -> Option<()> {
        let depth = depth.checked_sub(1)?;
        let mut separator = "";
        match raw.as_bytes().first()? {
            b'{' => {
                let mut all = members(raw, usize::MAX).ok()?;
                if style.sort_keys {
                    all.sort_by(|a, b| a.0.cmp(&b.0));
                }
                out.push('{');
                for (name, member) in all {
                    out.push_str(separator);
                    push_quoted(&name, style.escape, out);
                    out.push(':');
                    value(member.get(), style, out, depth)?;
                    separator = ",";
                }
                out.push('}');
            }
            b'[' => {
                out.push('[');
                for item in serde_json::from_str::<Vec<&RawValue>>(raw).ok()? {
                    out.push_str(separator);
                    value(item.get(), style, out, depth)?;
                    separator = ",";
                }
                out.push(']');
            }
            b'"' => {
                let text: String = serde_json::from_str(raw).ok()?;
                push_quoted(&text, style.escape, out);
            }
            _ => out.push_str(raw),
        }
        Some(())
    }
    // As deep as serde_json reads.
    let raw: &RawValue = serde_json::from_str(text).ok()?;
    value(raw.get(), style, out, 128)
}

/// The text is JSON.
pub fn is_json(text: &str) -> bool {
    serde_json::from_str::<IgnoredAny>(text).is_ok()
}

/// The text is a JSON number.
pub fn is_number(text: &str) -> bool {
    serde_json::from_str::<serde_json::Number>(text).is_ok()
}

/// The bytes of `text` that are `part`, which is a slice of it.
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

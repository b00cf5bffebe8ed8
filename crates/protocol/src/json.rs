//! The members of a JSON object, their values as received.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use serde::de::{Deserializer as _, Error as _, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::IncomingError;
use crate::params::Kind;

/// Name and value of every member, in their order.
pub(super) fn members<'t>(
    text: &'t str,
    place: &str,
    limit: usize,
) -> Result<Vec<(String, &'t RawValue)>, IncomingError> {
    let not_json = |reason: &dyn fmt::Display| IncomingError::NotJson {
        place: place.to_owned(),
        reason: reason.to_string(),
    };
    let mut reader = serde_json::Deserializer::from_str(text);
    let members = reader.deserialize_map(Object { limit }).map_err(|error| not_json(&error))?;
    reader.end().map_err(|error| not_json(&error))?;
    if members.len() > limit {
        return Err(IncomingError::TooMany { limit });
    }
    Ok(members)
}

/// Takes an object, up to one member more than the limit.
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
            if members.len() > self.limit {
                return Err(A::Error::custom("it has too many members"));
            }
            members.push(member);
        }
        Ok(members)
    }
}

/// The text of a value, and how it stands in JSON: text without quotes and escapes, all else to the
/// letter.
pub(super) fn text(raw: &RawValue) -> (Cow<'_, str>, Kind) {
    let raw = raw.get();
    match raw.as_bytes().first() {
        Some(b'"') => match serde_json::from_str::<String>(raw) {
            Ok(text) => (Cow::Owned(text), Kind::Text),
            // It has been read as a text before.
            Err(_) => (Cow::Borrowed(raw), Kind::Json),
        },
        Some(b'{' | b'[') => (Cow::Borrowed(raw), Kind::Json),
        _ if raw == "null" => (Cow::Borrowed(""), Kind::Null),
        _ => (Cow::Borrowed(raw), Kind::Number),
    }
}

/// Where in `text` the part of it stands.
pub(super) fn range_of(part: &str, text: &str) -> Range<usize> {
    let start = (part.as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
    start..start + part.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_keep_their_order_and_their_spelling() {
        let text = r#"{ "b": 1.50, "a" : "x\"y", "c":[ 1 ], "d":null, "b":true }"#;
        let found = members(text, "the body", 9).unwrap();
        let found: Vec<_> = found
            .iter()
            .map(|(name, raw)| (name.as_str(), super::text(raw), &text[range_of(raw.get(), text)]))
            .collect();
        let cow = Cow::Borrowed;
        assert_eq!(
            found,
            [
                ("b", (cow("1.50"), Kind::Number), "1.50"),
                ("a", (cow("x\"y"), Kind::Text), r#""x\"y""#),
                ("c", (cow("[ 1 ]"), Kind::Json), "[ 1 ]"),
                ("d", (cow(""), Kind::Null), "null"),
                ("b", (cow("true"), Kind::Number), "true"),
            ]
        );
    }

    #[test]
    fn anything_but_an_object_is_refused() {
        for text in ["", "[]", "1", "{\"a\"}", "{} {}", "{\"a\":\"\\ud800\"}x"] {
            assert!(members(text, "the body", 9).is_err(), "{text}");
        }
        let error = members("{\"a\":1,\"b\":2}", "the body", 1).unwrap_err();
        assert_eq!(error, IncomingError::TooMany { limit: 1 });
    }
}

//! JSON of any shape, kept as it was written.

use std::fmt;
use std::str::FromStr;

use serde_json::value::RawValue;

use crate::json::DEEPEST;

/// JSON of any shape, stored as text without white space. Numbers keep their digits and spelling
/// (`1.10`, `1E3`, `12345678901234567890123`), and members keep their order.
///
/// ```
/// use gatespec_protocol::RawJson;
///
/// let price: RawJson = r#"{ "id": 12345678901234567890123, "p": 1.10 }"#.parse()?;
/// assert_eq!(price.as_str(), r#"{"id":12345678901234567890123,"p":1.10}"#);
/// assert_eq!(price.value()["p"], 1.1);
/// assert_eq!(RawJson::from("text").as_str(), "\"text\"");
/// # Ok::<(), gatespec_protocol::InvalidJson>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct RawJson(Box<str>);

impl RawJson {
    /// The JSON text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the value is `null`.
    pub fn is_null(&self) -> bool {
        &*self.0 == "null"
    }

    /// Parses the JSON into a `serde_json` tree. Integers that do not fit into 64 bits become
    /// `f64`s, and lose digits.
    pub fn value(&self) -> serde_json::Value {
        // serde_json refuses lone surrogates and numbers beyond `f64`. In this case, the tree is
        // one string with the JSON text.
        serde_json::from_str(&self.0).unwrap_or_else(|_| (*self.0).into())
    }

    /// Copies JSON without its white space. Fails if it nests deeper than [`DEEPEST`].
    pub(crate) fn new(raw: &RawValue) -> Result<RawJson, InvalidJson> {
        let mut out = String::with_capacity(raw.get().len());
        let (mut depth, mut quoted, mut escaped) = (0, false, false);
        for c in raw.get().chars() {
            match c {
                '"' if !escaped => quoted = !quoted,
                '{' | '[' if !quoted => depth += 1,
                '}' | ']' if !quoted => depth -= 1,
                ' ' | '\t' | '\n' | '\r' if !quoted => continue,
                _ => {}
            }
            if depth > DEEPEST {
                return Err(InvalidJson(format!("it nests deeper than {DEEPEST}")));
            }
            escaped = quoted && c == '\\' && !escaped;
            out.push(c);
        }
        Ok(RawJson(out.into()))
    }
}

/// The error for a text that is not JSON, or that nests too deeply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidJson(String);

impl fmt::Display for InvalidJson {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for InvalidJson {}

impl FromStr for RawJson {
    type Err = InvalidJson;

    fn from_str(text: &str) -> Result<RawJson, InvalidJson> {
        let raw: &RawValue =
            serde_json::from_str(text).map_err(|error| InvalidJson(error.to_string()))?;
        RawJson::new(raw)
    }
}

/// Creates the JSON that `serde_json` writes for the value.
impl<T> From<T> for RawJson
where
    serde_json::Value: From<T>,
{
    fn from(value: T) -> RawJson {
        RawJson(serde_json::Value::from(value).to_string().into())
    }
}

/// `null`.
impl Default for RawJson {
    fn default() -> RawJson {
        RawJson("null".into())
    }
}

impl fmt::Display for RawJson {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for RawJson {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_spellings_and_order_stay() {
        for (text, written) in [
            (" {\"b\" : 1.10, \"a\":[ 1E3 ,-0.0]} ", r#"{"b":1.10,"a":[1E3,-0.0]}"#),
            ("123456789012345678901234567890", "123456789012345678901234567890"),
            (r#"" a \" b \\" "#, r#"" a \" b \\""#),
            ("null", "null"),
        ] {
            assert_eq!(text.parse::<RawJson>().unwrap().as_str(), written);
        }
        assert_eq!(RawJson::from(7).as_str(), "7");
        assert_eq!(RawJson::from("7").as_str(), "\"7\"");
        assert_eq!(RawJson::default().value(), serde_json::Value::Null);
    }

    #[test]
    fn what_is_not_json_or_too_deep_is_refused() {
        assert!("{".parse::<RawJson>().is_err());
        let deep = |depth: usize| ("[".repeat(depth) + &"]".repeat(depth)).parse::<RawJson>();
        assert!(deep(128).is_ok());
        assert_eq!(deep(129).unwrap_err().to_string(), "it nests deeper than 128");
        assert!(deep(100_000).is_err());
    }
}

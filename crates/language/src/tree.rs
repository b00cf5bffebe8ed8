//! A JSON text as a tree that keeps the order of members and the digits of numbers.

use gatespec_protocol::{Json, ParamType, json};
use serde_json::value::RawValue;
use std::fmt;

/// The maximum nesting depth, which is the same as in serde_json.
const DEEPEST: usize = 128;

/// A JSON text, parsed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tree {
    /// `null`.
    Null,
    /// `true`, `false` or a number, as written.
    Bare(String),
    /// A string, without quotes and escapes.
    Text(String),
    /// An array.
    List(Vec<Tree>),
    /// An object, with its members in order.
    Object(Vec<(String, Tree)>),
}

impl Tree {
    /// Parses a JSON text.
    ///
    /// # Errors
    ///
    /// A description of the error, when the text is not JSON or nests deeper than 128.
    pub fn parse(text: &str) -> Result<Tree, String> {
        // serde_json checks that the text is valid JSON.
        let raw: &RawValue = serde_json::from_str(text).map_err(|error| error.to_string())?;
        Tree::of(raw.get(), DEEPEST).ok_or_else(|| format!("it nests deeper than {DEEPEST}"))
    }

    /// Converts valid JSON; `None` if it is nested more deeply than `depth`.
    fn of(raw: &str, depth: usize) -> Option<Tree> {
        let depth = depth.checked_sub(1)?;
        Some(match raw.as_bytes().first()? {
            b'{' => {
                let members = json::members(raw, usize::MAX).ok()?.into_iter();
                let member =
                    |(name, raw): (String, &RawValue)| Some((name, Tree::of(raw.get(), depth)?));
                Tree::Object(members.map(member).collect::<Option<_>>()?)
            }
            b'[' => {
                let items: Vec<&RawValue> = serde_json::from_str(raw).ok()?;
                Tree::List(
                    items.iter().map(|raw| Tree::of(raw.get(), depth)).collect::<Option<_>>()?,
                )
            }
            _ => match json::scalar(raw) {
                (_, ParamType::Null) => Tree::Null,
                (text, ParamType::Text) => Tree::Text(text.into_owned()),
                (text, _) => Tree::Bare(text.into_owned()),
            },
        })
    }

    /// Parses an object or an array; `None` for any other text.
    pub fn compound(text: &str) -> Option<Tree> {
        let looks = text.trim_start().starts_with(['{', '[']);
        if looks { Tree::parse(text).ok() } else { None }
    }
}

/// Writes compact JSON.
impl fmt::Display for Tree {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let quoted = |text: &String| Json::String(text.clone()).to_string();
        match self {
            Tree::Null => f.write_str("null"),
            Tree::Bare(text) => f.write_str(text),
            Tree::Text(text) => f.write_str(&quoted(text)),
            Tree::List(items) => {
                let items: Vec<_> = items.iter().map(Tree::to_string).collect();
                write!(f, "[{}]", items.join(","))
            }
            Tree::Object(members) => {
                let member = |(name, tree): &(String, Tree)| format!("{}:{tree}", quoted(name));
                let members: Vec<_> = members.iter().map(member).collect();
                write!(f, "{{{}}}", members.join(","))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_and_digits_stay() {
        let tree = Tree::parse(r#" {"b": [1.50, "\u77ed\"", null], "a":{}, "c" :-1e3 } "#).unwrap();
        let bare = |text: &str| Tree::Bare(text.to_owned());
        let list = vec![bare("1.50"), Tree::Text("短\"".to_owned()), Tree::Null];
        let expected = [("b", Tree::List(list)), ("a", Tree::Object(vec![])), ("c", bare("-1e3"))];
        let expected = expected.map(|(name, tree)| (name.to_owned(), tree)).to_vec();
        assert_eq!(tree, Tree::Object(expected));
    }

    #[test]
    fn what_is_not_json_is_refused_with_its_place() {
        assert!(Tree::parse(r#"{"a":1,}"#).unwrap_err().contains("line 1 column 8"));
        assert!(Tree::parse(&"[".repeat(100_000)).is_err());
        let deep = |depth: usize| Tree::parse(&("[".repeat(depth) + &"]".repeat(depth)));
        assert!(deep(128).is_ok() && deep(129).is_err() && deep(100_000).is_err());
        assert_eq!(Tree::compound("12"), None);
        assert_eq!(Tree::compound(" [] "), Some(Tree::List(vec![])));
    }
}

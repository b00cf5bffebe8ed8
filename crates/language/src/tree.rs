//! A JSON text as a tree that keeps what a text says and a value forgets: the order of members, the
//! digits of numbers.

use gatespec_protocol::Json;
use serde_json::value::RawValue;
use std::fmt;

/// A JSON text, taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tree {
    /// `null`.
    Null,
    /// `true`, `false` or a number, by its characters.
    Bare(String),
    /// A text, without its quotes and escapes.
    Text(String),
    /// A list.
    List(Vec<Tree>),
    /// An object; members in the order of the text.
    Object(Vec<(String, Tree)>),
}

impl Tree {
    /// Takes a JSON text apart.
    ///
    /// # Errors
    ///
    /// When it is not JSON, or nests deeper than 128: where, in words.
    pub fn parse(text: &str) -> Result<Tree, String> {
        // The judge of what JSON is, and of how deep it may nest.
        let raw: &RawValue = serde_json::from_str(text).map_err(|error| error.to_string())?;
        let mut reader = Reader { rest: raw.get() };
        Ok(reader.tree().unwrap_or(Tree::Null))
    }

    /// An object or a list.
    pub fn compound(text: &str) -> Option<Tree> {
        let looks = text.trim_start().starts_with(['{', '[']);
        if looks { Tree::parse(text).ok() } else { None }
    }
}

/// As JSON, without blanks.
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

/// Reads what is known to be JSON.
struct Reader<'t> {
    rest: &'t str,
}

impl<'t> Reader<'t> {
    fn tree(&mut self) -> Option<Tree> {
        self.skip();
        Some(match self.rest.as_bytes().first()? {
            b'{' => Tree::Object(self.items(|reader| {
                reader.skip();
                let name = reader.text()?;
                reader.skip();
                reader.take(1);
                Some((name, reader.tree()?))
            })?),
            b'[' => Tree::List(self.items(Reader::tree)?),
            b'"' => Tree::Text(self.text()?),
            _ => {
                let end = |c: char| ",]}".contains(c) || c.is_ascii_whitespace();
                let length = self.rest.find(end).unwrap_or(self.rest.len());
                match self.take(length) {
                    "null" => Tree::Null,
                    bare => Tree::Bare(bare.to_owned()),
                }
            }
        })
    }

    /// What stands between brackets, separated by commas.
    fn items<T>(&mut self, mut item: impl FnMut(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let mut items = Vec::new();
        self.take(1);
        loop {
            self.skip();
            match self.rest.as_bytes().first()? {
                b'}' | b']' => {
                    self.take(1);
                    return Some(items);
                }
                b',' => {
                    self.take(1);
                }
                _ => items.push(item(self)?),
            }
        }
    }

    /// A text between quotes.
    fn text(&mut self) -> Option<String> {
        let bytes = self.rest.as_bytes();
        let mut end = 1;
        while *bytes.get(end)? != b'"' {
            end += if bytes[end] == b'\\' { 2 } else { 1 };
        }
        serde_json::from_str(self.take(end + 1)).ok()
    }

    fn skip(&mut self) {
        self.rest = self.rest.trim_start_matches([' ', '\t', '\r', '\n']);
    }

    fn take(&mut self, length: usize) -> &'t str {
        let (taken, rest) = self.rest.split_at_checked(length).unwrap_or((self.rest, ""));
        self.rest = rest;
        taken
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
        assert_eq!(Tree::compound("12"), None);
        assert_eq!(Tree::compound(" [] "), Some(Tree::List(vec![])));
    }
}

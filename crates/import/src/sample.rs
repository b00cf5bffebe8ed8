//! Reads JSON samples, which people may have edited, and finds values in them.

use gatespec_language::tree::Tree;
use std::collections::HashMap;

/// Parses a sample. Comments, trailing commas and typographic quotes are allowed.
pub(crate) fn parse(text: &str) -> Option<Tree> {
    Tree::parse(text).ok().or_else(|| Tree::parse(&mended(text)).ok())
}

/// The text without comments and trailing commas, and with ASCII quotes.
fn mended(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    let (mut quoted, mut escaped) = (false, false);
    while let Some(c) = letters.next() {
        match c {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            '“' | '”' => {
                quoted = !quoted;
                out.push('"');
                continue;
            }
            '/' if !quoted && letters.peek() == Some(&'/') => {
                for skipped in letters.by_ref() {
                    if skipped == '\n' {
                        break;
                    }
                }
                continue;
            }
            '}' | ']' if !quoted => {
                let end = out.trim_end().len();
                if out[..end].ends_with(',') {
                    out.truncate(end - 1);
                }
            }
            '\n' | '\t' if quoted => continue,
            _ => {}
        }
        out.push(c);
    }
    out
}

/// The members of an object; empty for other values.
pub(crate) fn members(tree: &Tree) -> &[(String, Tree)] {
    match tree {
        Tree::Object(members) => members,
        _ => &[],
    }
}

/// A member of an object.
pub(crate) fn member<'t>(tree: &'t Tree, name: &str) -> Option<&'t Tree> {
    members(tree).iter().find(|(known, _)| known == name).map(|(_, tree)| tree)
}

/// The members of an object by their names. If a name occurs twice, the first one counts.
pub(crate) fn by_name(object: &Tree) -> HashMap<&str, &Tree> {
    members(object).iter().rev().map(|(name, tree)| (name.as_str(), tree)).collect()
}

/// The value at a path of names joined by dots; `.` is the value itself.
pub(crate) fn at<'t>(tree: &'t Tree, path: &str) -> Option<&'t Tree> {
    path.split('.').filter(|step| !step.is_empty()).try_fold(tree, |tree, step| member(tree, step))
}

/// The object itself, or the first object of a list.
pub(crate) fn object(tree: &Tree) -> Option<&Tree> {
    match tree {
        Tree::Object(_) => Some(tree),
        Tree::List(items) => items.iter().find(|item| matches!(item, Tree::Object(_))),
        _ => None,
    }
}

/// The text of a scalar.
pub(crate) fn scalar(tree: &Tree) -> Option<&str> {
    match tree {
        Tree::Bare(text) | Tree::Text(text) => Some(text),
        _ => None,
    }
}

/// Writes JSON with one member per line, for a block of a spec.
pub(crate) fn pretty(tree: &Tree, indent: usize, out: &mut String) {
    let pad = "  ".repeat(indent + 1);
    match tree {
        Tree::Object(members) if !members.is_empty() => {
            out.push('{');
            for (index, (name, tree)) in members.iter().enumerate() {
                out.push_str(if index == 0 { "\n" } else { ",\n" });
                out.push_str(&format!("{pad}{}: ", Tree::Text(name.clone())));
                pretty(tree, indent + 1, out);
            }
            out.push_str(&format!("\n{}}}", "  ".repeat(indent)));
        }
        Tree::List(items)
            if items.iter().any(|item| matches!(item, Tree::Object(_) | Tree::List(_))) =>
        {
            out.push('[');
            for (index, tree) in items.iter().enumerate() {
                out.push_str(if index == 0 { "\n" } else { ",\n" });
                out.push_str(&pad);
                pretty(tree, indent + 1, out);
            }
            out.push_str(&format!("\n{}]", "  ".repeat(indent)));
        }
        other => out.push_str(&other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn samples_with_comments_and_commas_are_read() {
        let text = "{ // the lamp\n  “id”: 7, \"url\": \"http://lamp.example//x\",\n  \"list\": [1, 2,],\n}";
        let tree = parse(text).map(|tree| tree.to_string());
        assert_eq!(
            tree.as_deref(),
            Some(r#"{"id":7,"url":"http://lamp.example//x","list":[1,2]}"#)
        );
        assert_eq!(parse("{ ... }"), None);
        let mut out = String::new();
        if let Some(tree) = parse(r#"{"a":{"b":[1,2],"c":[{"d":null}]},"e":{}}"#) {
            pretty(&tree, 0, &mut out);
        }
        assert_eq!(
            out,
            "{\n  \"a\": {\n    \"b\": [1,2],\n    \"c\": [\n      {\n        \"d\": null\n      }\n    ]\n  },\n  \"e\": {}\n}"
        );
    }
}

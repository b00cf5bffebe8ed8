//! Texts and JSON values as literals of Python.

use crate::tree::Tree;

/// The maximum width of a line.
pub(super) const WIDTH: usize = 88;

/// Returns a string literal.
pub(super) fn text(text: &str) -> String {
    format!("\"{}\"", escaped(text))
}

/// Returns a text as it is written inside of quotes. Characters that cannot be seen are escaped.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\'' => out.push(c),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c.escape_debug().len() == 1 => out.push(c),
            c if u32::from(c) < 0x100 => out.push_str(&format!("\\x{:02x}", u32::from(c))),
            c if u32::from(c) < 0x1_0000 => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => out.push_str(&format!("\\U{:08x}", u32::from(c))),
        }
    }
    out
}

/// Returns items between brackets: on one line if they fit there after `before` characters,
/// otherwise each on its own line, indented by `depth` levels.
pub(super) fn bracketed(
    [open, close]: [&str; 2],
    items: &[String],
    before: usize,
    depth: usize,
) -> String {
    let line = format!("{open}{}{close}", items.join(", "));
    if items.is_empty() || before + line.chars().count() < WIDTH && !line.contains('\n') {
        return line;
    }
    let margin = "    ".repeat(depth + 1);
    let items: String = items.iter().map(|item| format!("{margin}{item},\n")).collect();
    format!("{open}\n{items}{}{close}", "    ".repeat(depth))
}

/// Returns a sum: on one line if it fits there after `before` characters, otherwise with each
/// operand on its own line.
pub(super) fn sum(operands: &[String], before: usize) -> String {
    let line = operands.join(" + ");
    match before + line.chars().count() <= WIDTH {
        true => line,
        false => format!("(\n    {}\n)", operands.join("\n    + ")),
    }
}

/// Returns a JSON value as a literal. `before` is the number of characters before it on its line.
/// Returns `None` for a number that Python cannot write as JSON again.
pub(super) fn json(value: &Tree, before: usize, depth: usize) -> Option<String> {
    Some(match value {
        Tree::Null => "None".to_owned(),
        Tree::Bare(word) => match word.as_str() {
            "true" => "True".to_owned(),
            "false" => "False".to_owned(),
            number => {
                number.parse::<f64>().ok().filter(|number| number.is_finite())?;
                number.to_owned()
            }
        },
        Tree::Text(one) => text(one),
        Tree::List(items) => {
            let item = |item| json(item, 4 * (depth + 1), depth + 1);
            let items: Vec<_> = items.iter().map(item).collect::<Option<_>>()?;
            bracketed(["[", "]"], &items, before, depth)
        }
        Tree::Object(members) => {
            let member = |(name, value): &(String, Tree)| {
                let name = text(name);
                let before = 4 * (depth + 1) + name.chars().count() + 2;
                Some(format!("{name}: {}", json(value, before, depth + 1)?))
            };
            let members: Vec<_> = members.iter().map(member).collect::<Option<_>>()?;
            bracketed(["{", "}"], &members, before, depth)
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_python_would_read_differently_is_escaped() {
        assert_eq!(text("a\"b\\n{短}'\n"), r#""a\"b\\n{短}'\n""#);
        assert_eq!(text("\u{1}\u{202e}\u{e0001}"), r#""\x01\u202e\U000e0001""#);
    }

    #[test]
    fn values_are_those_of_python() {
        let tree = Tree::parse(r#"{"a": [1.50, true, null], "b": {}}"#).unwrap();
        assert_eq!(json(&tree, 0, 0).unwrap(), r#"{"a": [1.50, True, None], "b": {}}"#);
        let lines = "{\n    \"a\": [1.50, True, None],\n    \"b\": {},\n}";
        assert_eq!(json(&tree, 80, 0).unwrap(), lines);
        assert_eq!(json(&Tree::parse("1e999").unwrap(), 0, 0), None);
    }
}

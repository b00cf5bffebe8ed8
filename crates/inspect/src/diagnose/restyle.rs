//! Rewrites JSON in the style of other serialisers.

use super::signing::Signing;
use crate::tree::Tree;
use gatespec_protocol::{Escape, ParamType};

/// A style of JSON.
#[derive(Debug, Clone, Copy)]
pub(super) struct Style {
    pub(super) comma: &'static str,
    pub(super) colon: &'static str,
    /// Spaces per level, if every member is on a line of its own.
    pub(super) indent: Option<usize>,
    pub(super) slash: bool,
    pub(super) ascii: bool,
    /// Characters that are escaped as `\u003c` and so on.
    pub(super) escaped: &'static str,
    /// Whether the hexadecimal digits of escapes are uppercase.
    pub(super) capitals: bool,
    pub(super) sorted: bool,
}

impl Style {
    pub(super) const COMPACT: Style = Style {
        comma: ",",
        colon: ":",
        indent: None,
        slash: false,
        ascii: false,
        escaped: "",
        capitals: false,
        sorted: false,
    };

    /// Describes the style in words.
    pub(super) fn described(self) -> String {
        let blanks = match (self.indent, self.comma, self.colon) {
            (Some(indent), ..) => format!("line breaks and indents of {indent}"),
            (None, ", ", ": ") => "spaces after `,` and `:`".to_owned(),
            (None, ", ", _) => "a space after `,` only".to_owned(),
            (None, _, ": ") => "a space after `:` only".to_owned(),
            _ => String::new(),
        };
        let escape = if self.capitals { "\\u003C" } else { "\\u003c" };
        let of = |is: bool, what: &str| if is { what.to_owned() } else { String::new() };
        let parts = [
            of(self.sorted, "members sorted by name"),
            blanks,
            of(!self.escaped.is_empty(), &format!("each of `{}` as `{escape}`", self.escaped)),
            of(self.slash, "`/` as `\\/`"),
            of(self.ascii, "all non-ASCII characters as `\\uXXXX`"),
        ];
        let parts: Vec<_> = parts.iter().filter(|part| !part.is_empty()).cloned().collect();
        match &parts[..] {
            [] => "neither spaces nor escapes that JSON does not demand".to_owned(),
            parts => parts.join(", "),
        }
    }

    /// Returns the style that the gateway prescribes.
    pub(super) fn own(signing: &Signing<'_>) -> Style {
        let escape = signing.gateway.json.escape;
        let (slash, ascii) = (escape == Escape::Slash, escape == Escape::Ascii);
        Style { slash, ascii, ..Style::COMPACT }
    }
}

/// Applies `change` to every JSON text of the request, and writes the result in `style`. JSON texts
/// are parameters that contain an object or a list, and the body.
pub(super) fn rewrite(signing: &mut Signing<'_>, style: Style, change: &dyn Fn(&Tree) -> Tree) {
    let again = |text: &str| Tree::compound(text).map(|tree| write(&change(&tree), style));
    signing.change_values(&|sent| again(sent.value));
    signing.change_body(&again);
    signing.manner.rewrites_json = false;
}

/// A function that replaces a value. Its arguments are the name, the text, and whether JSON quotes
/// the text. It returns the new text and whether to quote it, or `None` to keep the value.
pub(super) type Retype<'c> = &'c dyn Fn(&str, &str, bool) -> Option<(String, bool)>;

/// Changes scalar values, both of parameters and inside JSON texts.
pub(super) fn retype(signing: &mut Signing<'_>, change: Retype<'_>) {
    let style = Style::own(signing);
    let again =
        |text: &str| Tree::compound(text).map(|tree| write(&change_tree("", &tree, change), style));
    signing.change_values(&|sent| match again(sent.value) {
        Some(text) => Some(text),
        None => change(sent.name, sent.value, sent.kind == ParamType::Text).map(|(text, _)| text),
    });
    signing.change_body(&again);
}

fn change_tree(name: &str, tree: &Tree, change: Retype<'_>) -> Tree {
    let scalar = |text: &str, quoted| match change(name, text, quoted) {
        Some((text, true)) => Tree::Text(text),
        Some((text, false)) => Tree::Bare(text),
        None => tree.clone(),
    };
    match tree {
        Tree::Null => Tree::Null,
        Tree::Bare(text) => scalar(text, false),
        Tree::Text(text) => scalar(text, true),
        Tree::List(items) => {
            Tree::List(items.iter().map(|item| change_tree(name, item, change)).collect())
        }
        Tree::Object(members) => Tree::Object(
            members
                .iter()
                .map(|(name, member)| (name.clone(), change_tree(name, member, change)))
                .collect(),
        ),
    }
}

/// Writes a tree as JSON.
pub(super) fn write(tree: &Tree, style: Style) -> String {
    let mut out = String::new();
    Out { style, depth: 0, out: &mut out }.tree(tree);
    out
}

struct Out<'o> {
    style: Style,
    depth: usize,
    out: &'o mut String,
}

impl Out<'_> {
    fn tree(&mut self, tree: &Tree) {
        match tree {
            Tree::Null => self.out.push_str("null"),
            Tree::Bare(text) => self.out.push_str(text),
            Tree::Text(text) => self.text(text),
            Tree::List(items) => self.items('[', ']', items.iter(), Out::tree),
            Tree::Object(members) => {
                let mut members: Vec<_> = members.iter().collect();
                if self.style.sorted {
                    members.sort_by(|a, b| a.0.cmp(&b.0));
                }
                self.items('{', '}', members.into_iter(), |out, (name, member)| {
                    out.text(name);
                    out.out.push_str(out.style.colon);
                    out.tree(member);
                });
            }
        }
    }

    fn items<T>(
        &mut self,
        open: char,
        close: char,
        items: impl ExactSizeIterator<Item = T>,
        write: impl Fn(&mut Self, T),
    ) {
        let any = items.len() > 0;
        self.out.push(open);
        self.depth += 1;
        for (index, item) in items.enumerate() {
            if index > 0 {
                self.out.push_str(self.style.comma);
            }
            self.line();
            write(self, item);
        }
        self.depth -= 1;
        if any {
            self.line();
        }
        self.out.push(close);
    }

    fn line(&mut self) {
        if let Some(indent) = self.style.indent {
            self.out.push('\n');
            self.out.extend(std::iter::repeat_n(' ', indent * self.depth));
        }
    }

    fn text(&mut self, text: &str) {
        self.out.push('"');
        let mut units = [0; 2];
        for c in text.chars() {
            match c {
                c if self.style.escaped.contains(c) => self.escape(u16::try_from(c).unwrap_or(0)),
                '"' | '\\' => self.out.extend(['\\', c]),
                '\n' => self.out.push_str("\\n"),
                '\r' => self.out.push_str("\\r"),
                '\t' => self.out.push_str("\\t"),
                '\u{8}' => self.out.push_str("\\b"),
                '\u{c}' => self.out.push_str("\\f"),
                '/' if self.style.slash => self.out.push_str("\\/"),
                c if c < ' ' => self.escape(u16::try_from(c).unwrap_or(0)),
                c if c.is_ascii() || !self.style.ascii => self.out.push(c),
                c => c.encode_utf16(&mut units).iter().for_each(|unit| self.escape(*unit)),
            }
        }
        self.out.push('"');
    }

    fn escape(&mut self, unit: u16) {
        self.out.push_str(&match self.style.capitals {
            true => format!("\\u{unit:04X}"),
            false => format!("\\u{unit:04x}"),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // Python's `json.dumps`, PHP's `json_encode` and Go's `json.Marshal` wrote the expected texts.
    #[test]
    fn texts_of_other_serialisers() {
        let tree = Tree::parse(r#"{"b":"短/<","a":[1.50,null],"c":{}}"#).unwrap();
        let compact = Style::COMPACT;
        for (style, text) in [
            (compact, r#"{"b":"短/<","a":[1.50,null],"c":{}}"#),
            (
                Style { comma: ", ", colon: ": ", ascii: true, ..compact },
                r#"{"b": "\u77ed/<", "a": [1.50, null], "c": {}}"#,
            ),
            (
                Style { slash: true, ascii: true, ..compact },
                r#"{"b":"\u77ed\/<","a":[1.50,null],"c":{}}"#,
            ),
            (
                Style { escaped: "<>&", sorted: true, ..compact },
                r#"{"a":[1.50,null],"b":"短/\u003c","c":{}}"#,
            ),
            (
                Style { colon: ": ", indent: Some(2), ..compact },
                "{\n  \"b\": \"短/<\",\n  \"a\": [\n    1.50,\n    null\n  ],\n  \"c\": {}\n}",
            ),
        ] {
            assert_eq!(write(&tree, style), text);
        }
    }
}

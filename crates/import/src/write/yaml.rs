//! YAML in the layout of the shipped specs: small maps on one line, others with one key per line.

use unicode_width::UnicodeWidthStr as _;

/// The longest line with a map in braces.
const WIDTH: usize = 140;

/// A value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Yaml {
    /// A scalar, quoted where YAML requires it.
    Text(String),
    /// A text of several lines.
    Block(String),
    List(Vec<Yaml>),
    Map(Map),
}

/// A map with its keys in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Map {
    entries: Vec<(String, Yaml)>,
    /// Comments by the index of the entry that they precede.
    comments: Vec<(usize, String)>,
    /// Whether it is written with one key per line, whatever its length.
    open: bool,
}

impl Map {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// A map that is written with one key per line.
    pub(crate) fn open() -> Self {
        Self { open: true, ..Self::default() }
    }

    pub(crate) fn put(&mut self, key: &str, value: Yaml) {
        self.entries.push((key.to_owned(), value));
    }

    pub(crate) fn text(&mut self, key: &str, value: impl Into<String>) {
        self.put(key, Yaml::Text(value.into()));
    }

    /// Adds the entries of another map, which has no comments.
    pub(crate) fn append(&mut self, mut other: Map) {
        self.entries.append(&mut other.entries);
    }

    /// Adds a map, unless it is empty.
    pub(crate) fn map(&mut self, key: &str, map: Map) {
        if !map.entries.is_empty() {
            self.put(key, Yaml::Map(map));
        }
    }

    /// Adds a list, unless it is empty.
    pub(crate) fn list(&mut self, key: &str, items: Vec<Yaml>) {
        if !items.is_empty() {
            self.put(key, Yaml::List(items));
        }
    }

    /// Adds a comment before the next entry.
    pub(crate) fn comment(&mut self, text: impl Into<String>) {
        self.comments.push((self.entries.len(), text.into()));
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The map without the entries of a key, at any depth.
    pub(crate) fn without(&self, key: &str) -> Map {
        let strip = |value: &Yaml| match value {
            Yaml::Map(map) => Yaml::Map(map.without(key)),
            other => other.clone(),
        };
        let entries = self.entries.iter().filter(|(own, _)| own != key);
        Map {
            entries: entries.map(|(own, value)| (own.clone(), strip(value))).collect(),
            ..Map::default()
        }
    }

    /// Writes the map as a document.
    pub(crate) fn document(&self) -> String {
        let mut out = String::new();
        self.write(0, &mut out);
        out
    }

    fn write(&self, indent: usize, out: &mut String) {
        let pad = " ".repeat(indent);
        for (index, (key, value)) in self.entries.iter().enumerate() {
            self.write_comments(index, &pad, out);
            out.push_str(&pad);
            entry(key, value, indent, indent, out);
        }
        self.write_comments(self.entries.len(), &pad, out);
    }

    fn write_comments(&self, index: usize, pad: &str, out: &mut String) {
        let first = self.comments.partition_point(|(at, _)| *at < index);
        for (_, text) in self.comments[first..].iter().take_while(|(at, _)| *at == index) {
            if text.is_empty() {
                out.push('\n');
            }
            for line in text.lines() {
                out.push_str(&format!("{pad}# {}\n", one_line(line)));
            }
        }
    }
}

/// Writes `key: value` at the column `indent`; the lines below are indented more than `base`.
fn entry(key: &str, value: &Yaml, indent: usize, base: usize, out: &mut String) {
    let key = scalar(key, true);
    match value {
        Yaml::Text(text) => out.push_str(&format!("{key}: {}\n", scalar(text, false))),
        Yaml::Block(text) => {
            out.push_str(&format!("{key}: |\n"));
            for line in text.lines() {
                out.push_str(&format!("{}{line}\n", " ".repeat(base + 2)));
            }
        }
        Yaml::Map(map) if map.entries.is_empty() => out.push_str(&format!("{key}: {{}}\n")),
        _ => match flow(value) {
            Some(text) if indent + key.width() + 2 + text.width() <= WIDTH => {
                out.push_str(&format!("{key}: {text}\n"));
            }
            _ => {
                out.push_str(&format!("{key}:\n"));
                match value {
                    Yaml::Map(map) => map.write(base + 2, out),
                    Yaml::List(items) => {
                        items.iter().for_each(|item| list_item(item, base + 2, out));
                    }
                    _ => {}
                }
            }
        },
    }
}

fn list_item(item: &Yaml, indent: usize, out: &mut String) {
    let pad = " ".repeat(indent);
    if let Some(text) = flow(item).filter(|text| indent + 2 + text.width() <= WIDTH) {
        return out.push_str(&format!("{pad}- {text}\n"));
    }
    match item {
        Yaml::Map(map) => {
            for (index, (key, value)) in map.entries.iter().enumerate() {
                out.push_str(&format!("{pad}{} ", if index == 0 { "-" } else { " " }));
                entry(key, value, indent + 2, indent + 2, out);
            }
        }
        Yaml::Text(text) => out.push_str(&format!("{pad}- {}\n", scalar(text, false))),
        _ => {}
    }
}

/// The value in braces or brackets, if it can be written so.
fn flow(value: &Yaml) -> Option<String> {
    match value {
        Yaml::Text(text) => Some(scalar(text, true)),
        Yaml::Block(_) => None,
        Yaml::List(items) => {
            let items: Option<Vec<_>> = items.iter().map(flow).collect();
            Some(format!("[{}]", items?.join(", ")))
        }
        Yaml::Map(map) if map.open || !map.comments.is_empty() => None,
        Yaml::Map(map) => {
            let entry = |(key, value): &(String, Yaml)| {
                Some(format!("{}: {}", scalar(key, true), flow(value)?))
            };
            let entries: Option<Vec<_>> = map.entries.iter().map(entry).collect();
            Some(format!("{{ {} }}", entries?.join(", ")))
        }
    }
}

/// A scalar, quoted if its characters have a meaning in YAML.
pub(crate) fn scalar(text: &str, in_flow: bool) -> String {
    let begins = |c: char| "!&*?|>@`\"'%#{}[],-+:~=".contains(c);
    let hidden = |c: char| {
        c.is_control()
            || matches!(c, '\u{feff}' | '\u{85}' | '\u{a0}' | '\u{2028}' | '\u{2029}' | '\u{3000}')
    };
    let plain = !text.is_empty()
        && text.trim() == text
        && !text.starts_with(begins)
        && !text.starts_with("---")
        && !text.starts_with("...")
        && !text.ends_with(':')
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.chars().any(hidden)
        && !(in_flow && text.contains([',', '{', '}', '[', ']']));
    if plain {
        return text.to_owned();
    }
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if hidden(c) => out.push_str(&format!("\\u{:04x}", u32::from(c) & 0xffff)),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// A text for a comment: without line ends and control characters.
pub(crate) fn one_line(text: &str) -> String {
    let words =
        text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn maps_are_written_as_the_shipped_specs_are() {
        let mut field = Map::new();
        field.text("type", "text");
        field.text("note", "a: b");
        let mut long = field.clone();
        long.text("doc", "x".repeat(WIDTH));
        let mut item = Map::open();
        item.text("name", "one");
        item.put("body", Yaml::Block("{\n}".to_owned()));
        let mut all = Map::open();
        all.comment("About this.\nAnd that.");
        all.map("short", field);
        all.map("long", long);
        all.list("items", vec![Yaml::Map(item), Yaml::Text("~".to_owned())]);
        all.comment("The end.");
        let expected = format!(
            "# About this.\n# And that.\nshort: {{ type: text, note: \"a: b\" }}\nlong:\n  type: text\n  note: \"a: b\"\n  doc: {}\n\
             items:\n  - name: one\n    body: |\n      {{\n      }}\n  - \"~\"\n# The end.\n",
            "x".repeat(WIDTH)
        );
        assert_eq!(all.document(), expected);
    }

    #[test]
    fn scalars_are_quoted_where_their_characters_mean_something() {
        for (text, flow, expected) in [
            ("plain 短", true, "plain 短"),
            ("a, b", false, "a, b"),
            ("a, b", true, "\"a, b\""),
            ("", false, "\"\""),
            ("|", false, "\"|\""),
            ("2023-01-01 00:00:00", true, "2023-01-01 00:00:00"),
            ("-1", false, "\"-1\""),
            ("a\"\n\u{1}", false, "\"a\\\"\\n\\u0001\""),
            (" a", false, "\" a\""),
        ] {
            assert_eq!(scalar(text, flow), expected, "{text}");
        }
    }
}

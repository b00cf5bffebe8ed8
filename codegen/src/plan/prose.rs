//! Documentation as lines of Markdown. Text from a spec is escaped and wrapped.

/// The lines of one doc comment, without the slashes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Docs {
    lines: Vec<String>,
    width: usize,
    headed: bool,
}

/// Whether a plan has documentation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Prose {
    Written,
    /// No documentation, for callers that need only names and types. Writing documentation takes
    /// most of the time.
    LeftOut,
    /// No documentation, but programs for the examples.
    Examples,
}

impl Prose {
    /// Returns the documentation of one item. Does not call `write` if documentation is left out.
    pub(crate) fn docs(self, write: impl FnOnce() -> Docs) -> Docs {
        match self {
            Prose::Written => write(),
            Prose::LeftOut | Prose::Examples => Docs::default(),
        }
    }

    /// Returns the programs for the examples of a method. Does not call `write` if they are not
    /// wanted.
    pub(crate) fn examples(self, write: impl FnOnce() -> Vec<String>) -> Vec<String> {
        match self {
            Prose::Examples => write(),
            Prose::Written | Prose::LeftOut => Vec::new(),
        }
    }
}

/// The indentation of a struct's fields, in columns.
pub(super) const INDENT: usize = 4;
/// The maximum width of a generated line, in columns.
const PAGE: usize = 100;
/// The width of `/// ` and of `//! `.
const SLASHES: usize = 4;

impl Docs {
    /// Creates empty documentation for an item that is indented by `indent` columns.
    pub(crate) fn new(indent: usize) -> Self {
        Self { lines: Vec::new(), width: PAGE - SLASHES - indent, headed: false }
    }

    pub(crate) fn of(indent: usize, text: &str) -> Self {
        let mut docs = Self::new(indent);
        docs.paragraph(text);
        docs
    }

    pub(crate) fn lines(&self) -> &[String] {
        &self.lines
    }

    /// Adds a paragraph of Markdown, unless it is empty.
    pub(crate) fn paragraph(&mut self, text: &str) {
        if !text.trim().is_empty() {
            self.part();
            self.wrap(text, "", "");
        }
    }

    /// Adds a heading. The next part follows it without a blank line.
    pub(crate) fn heading(&mut self, level: usize, text: &str) {
        self.part();
        self.lines.push(format!("{} {text}", "#".repeat(level)));
        self.headed = true;
    }

    /// Adds a list, unless it is empty.
    pub(crate) fn list(&mut self, items: &[String]) {
        for (index, item) in items.iter().enumerate() {
            if index == 0 {
                self.part();
            }
            self.wrap(item, "* ", "  ");
        }
    }

    /// Adds a heading and a list, unless the list is empty.
    pub(crate) fn section(&mut self, text: &str, items: &[String]) {
        if !items.is_empty() {
            self.heading(1, text);
            self.list(items);
        }
    }

    /// Adds a table, unless it has no rows.
    pub(crate) fn table(&mut self, head: &[&str], rows: &[Vec<String>]) {
        if rows.is_empty() {
            return;
        }
        self.part();
        self.lines.push(format!("| {} |", head.join(" | ")));
        self.lines.push(format!("|{}", "---|".repeat(head.len())));
        for row in rows {
            let cells: Vec<_> = row.iter().map(|cell| cell.replace('|', "\\|")).collect();
            self.lines.push(format!("| {} |", cells.join(" | ")));
        }
    }

    /// Adds a block of code.
    pub(crate) fn code(&mut self, language: &str, lines: &[String]) {
        self.part();
        self.lines.push(format!("```{language}"));
        self.lines.extend(lines.iter().map(|line| line.trim_end().to_owned()));
        self.lines.push("```".to_owned());
    }

    fn part(&mut self) {
        if !self.lines.is_empty() && !std::mem::take(&mut self.headed) {
            self.lines.push(String::new());
        }
    }

    fn wrap(&mut self, text: &str, first: &str, next: &str) {
        let mut line = first.to_owned();
        let mut columns = columns_of(first);
        let mut fresh = true;
        for (index, word) in words(text).into_iter().enumerate() {
            let width = columns_of(word);
            if !fresh && columns + 1 + width > self.width && !opens_block(word) {
                self.lines.push(std::mem::replace(&mut line, next.to_owned()));
                columns = columns_of(next);
                fresh = true;
            }
            if !fresh {
                line.push(' ');
                columns += 1;
            }
            if index == 0 && opens_block(word) {
                line.push_str(&shielded(word));
            } else {
                line.push_str(word);
            }
            columns += width;
            fresh = false;
        }
        self.lines.push(line);
    }
}

/// Splits text at spaces outside code spans.
fn words(text: &str) -> Vec<&str> {
    let mut words: Vec<&str> = Vec::new();
    let mut start = 0;
    for (at, _) in text.match_indices(' ').chain([(text.len(), "")]) {
        let word = &text[start..at];
        let open = word.matches('`').count() % 2 == 1;
        if open && at < text.len() {
            continue;
        }
        words.extend(Some(word.trim()).filter(|word| !word.is_empty()));
        start = at;
    }
    words
}

/// Returns the width of a text in columns. A Chinese character is two columns wide.
fn columns_of(text: &str) -> usize {
    text.chars().map(|c| if (c as u32) < 0x1100 { 1 } else { 2 }).sum()
}

/// Whether a word would begin a list, a heading or a rule at the start of a line.
fn opens_block(word: &str) -> bool {
    let digits = word.trim_start_matches(|c: char| c.is_ascii_digit());
    let numbered = digits.len() < word.len() && digits.starts_with(['.', ')']);
    numbered || word.starts_with(['#', '+', '-', '=', '>', '|'])
}

fn shielded(word: &str) -> String {
    let digits = word.len() - word.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (number, rest) = word.split_at(digits);
    format!("{number}\\{rest}")
}

/// Whether a text has no special meaning in Markdown, so that it needs no escaping. This is true of
/// most texts.
fn is_calm(text: &str) -> bool {
    let bytes = text.as_bytes();
    let calm = |index: usize, byte: u8| match byte {
        b' ' => index > 0 && bytes.get(index + 1).is_some_and(|next| *next != b' '),
        b'.' | b',' | b';' | b'\'' | b'"' | b'(' | b')' | b'-' | b'=' | b'+' | b'?' | b'!' => true,
        b':' => bytes.get(index + 1) != Some(&b'/'),
        // Characters are calm from the CJK radicals on; direction marks and joiners come before.
        0xe2 => bytes.get(index + 1).is_some_and(|next| *next >= 0xba),
        0xe3..=0xe9 | 0x80..=0xbf => true,
        byte => byte.is_ascii_alphanumeric(),
    };
    bytes.iter().enumerate().all(|(index, byte)| calm(index, *byte))
}

/// Escapes text of a spec for Markdown. Pairs of backticks remain code spans.
pub(super) fn escaped(text: &str) -> String {
    if is_calm(text) {
        return text.to_owned();
    }
    let text = plain(text);
    if text.matches('`').count() % 2 == 1 {
        return escaped_words(&text.replace('`', "'"));
    }
    let mut out = String::with_capacity(text.len());
    for (index, part) in text.split('`').enumerate() {
        match (index % 2, part.trim()) {
            (0, _) => out.push_str(&escaped_words(part)),
            (_, "") => out.push_str("' '"),
            (_, code) => out.push_str(&format!("`{code}`")),
        }
    }
    out
}

/// Returns text of a spec as a code span.
pub(crate) fn code(text: &str) -> String {
    if is_calm(text) && !text.is_empty() {
        return format!("`{text}`");
    }
    let text = plain(text).replace("``", "''");
    match text.as_str() {
        "" => "(empty)".to_owned(),
        text if text.contains('`') => format!("`` {text} ``"),
        text => format!("`{text}`"),
    }
}

/// Returns text on one line, without control characters and direction marks.
pub(super) fn plain(text: &str) -> String {
    let spaced = text.chars().filter(|c| !turns(*c)).map(|c| if c.is_control() { ' ' } else { c });
    spaced.collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

fn turns(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

fn escaped_words(text: &str) -> String {
    text.split(' ').map(escaped_word).collect::<Vec<_>>().join(" ")
}

fn escaped_word(word: &str) -> String {
    let Some(start) = word.find("http://").or_else(|| word.find("https://")) else {
        return escaped_text(word);
    };
    let (before, url) = word.split_at(start);
    let (url, after) =
        url.split_at(url.trim_end_matches(['.', ',', ';', ':', ')', '!', '?']).len());
    format!("{}<{}>{after}", escaped_text(before), url.replace(['<', '>'], ""))
}

fn escaped_text(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    let mut before = ' ';
    let mut characters = word.chars().peekable();
    while let Some(c) = characters.next() {
        let after = characters.peek().copied().unwrap_or(' ');
        let special = match c {
            '\\' | '*' | '[' | ']' | '<' | '>' | '~' => true,
            '_' => !before.is_alphanumeric() || !after.is_alphanumeric(),
            '&' => after.is_ascii_alphabetic() || after == '#',
            _ => false,
        };
        if special {
            out.push('\\');
        }
        out.push(c);
        before = c;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_text_shows_its_characters() {
        for (text, expected) in [
            (
                "a [link] <b> *x* snake_case _edge_",
                "a \\[link\\] \\<b\\> \\*x\\* snake_case \\_edge\\_",
            ),
            ("see (https://x.example/a_b).", "see (<https://x.example/a_b>)."),
            ("keep `code_[x]` as code", "keep `code_[x]` as code"),
            ("one ` alone", "one ' alone"),
            ("two\n lines\u{202e} and &lt;", "two lines and \\&lt;"),
        ] {
            assert_eq!(escaped(text), expected);
        }
        assert_eq!(
            (code("a|b"), code("a`b"), code("")),
            ("`a|b`".into(), "`` a`b ``".into(), "(empty)".into())
        );
    }

    #[test]
    fn wrapped_lines_open_no_block() {
        let docs = Docs::of(80, "aaaa bbbb cccc - dddd 1. eeee `ff gg hh` iiii");
        assert_eq!(docs.lines(), ["aaaa bbbb cccc -", "dddd 1. eeee", "`ff gg hh` iiii"]);
        assert_eq!(Docs::of(0, "- 1").lines(), ["\\- 1"]);
        assert_eq!(Docs::of(0, "12. is late").lines(), ["12\\. is late"]);
    }

    #[test]
    fn chinese_is_two_columns_wide() {
        let docs = Docs::of(84, "店铺节点 店铺节点");
        assert_eq!(docs.lines(), ["店铺节点", "店铺节点"]);
    }
}

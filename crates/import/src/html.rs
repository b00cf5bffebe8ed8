//! HTML saved from a browser: its lines and tables.

use crate::page::{Cell, Item, Line, Row};
use html5ever::tokenizer::{
    BufferQueue, CharacterTokens, StartTag, Tag, TagToken, Token, TokenSink, TokenSinkResult,
    Tokenizer, TokenizerOpts,
};
use std::cell::RefCell;

/// Elements that begin and end a line.
const LINES: &[&str] = &[
    "p",
    "div",
    "br",
    "li",
    "ul",
    "ol",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "pre",
    "section",
    "article",
    "table",
    "tr",
    "dt",
    "dd",
    "blockquote",
    "header",
    "footer",
    "nav",
    "main",
    "body",
    "title",
];
/// Elements whose text is not shown.
const HIDDEN: &[&str] = &["script", "style", "noscript", "template", "svg"];
/// Headings of a page.
const HEADINGS: &[&str] = &["h1", "h2", "h3", "h4", "h5", "h6"];
/// Properties of CSS that indent a cell.
const INDENTS: &[&str] = &["padding-left", "text-indent", "margin-left"];

/// Whether a text is HTML: it has elements that only HTML has.
pub(crate) fn is_html(text: &str) -> bool {
    let start: String = text.chars().take(4096).collect::<String>().to_lowercase();
    let begins = start.trim_start();
    begins.starts_with("<!doctype") || begins.starts_with("<html") || {
        begins.starts_with('<')
            && ["<table", "<div", "<body", "<h1", "<h2", "<p>"]
                .iter()
                .any(|tag| start.contains(tag))
    }
}

/// The lines and tables of HTML.
pub(crate) fn items(text: &str) -> Vec<Item> {
    let tokenizer = Tokenizer::new(Reader(RefCell::new(Page::default())), TokenizerOpts::default());
    let queue = BufferQueue::default();
    queue.push_back(text.into());
    let _ = tokenizer.feed(&queue);
    tokenizer.end();
    let mut page = tokenizer.sink.0.into_inner();
    page.end_table();
    page.end_line();
    page.items
}

struct Reader(RefCell<Page>);

impl TokenSink for Reader {
    type Handle = ();

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<()> {
        let mut page = self.0.borrow_mut();
        let line = usize::try_from(line).unwrap_or(usize::MAX);
        match token {
            TagToken(tag) if tag.kind == StartTag => page.open(&tag, line),
            TagToken(tag) => page.close(&tag.name),
            CharacterTokens(text) => page.text(&text, line),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

/// What has been read so far.
#[derive(Default)]
struct Page {
    items: Vec<Item>,
    text: String,
    line: usize,
    heading: bool,
    kept: bool,
    hidden: usize,
    /// The rows of the open table; a table inside a cell is part of the cell.
    rows: Option<Vec<Row>>,
    tables: usize,
    cell: Option<String>,
    indent: usize,
}

impl Page {
    fn open(&mut self, tag: &Tag, line: usize) {
        let name = &*tag.name;
        if HIDDEN.contains(&name) && !tag.self_closing {
            self.hidden += 1;
        }
        match name {
            "table" => {
                if self.tables == 0 {
                    self.end_line();
                    self.rows = Some(Vec::new());
                }
                self.tables += 1;
            }
            "tr" if self.tables == 1 => {
                self.end_cell();
                if let Some(rows) = &mut self.rows {
                    rows.push(Row { line, cells: Vec::new() });
                }
            }
            "td" | "th" if self.tables == 1 => {
                self.end_cell();
                self.cell = Some(String::new());
                self.indent = indent(tag);
            }
            "br" if self.cell.is_some() => self.push(" "),
            _ if self.cell.is_some() => self.indent += indent(tag),
            _ if LINES.contains(&name) => {
                self.end_line();
                self.heading = HEADINGS.contains(&name);
                self.kept |= name == "pre";
            }
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        if HIDDEN.contains(&name) {
            self.hidden = self.hidden.saturating_sub(1);
        }
        match name {
            "table" => {
                self.tables = self.tables.saturating_sub(1);
                if self.tables == 0 {
                    self.end_table();
                }
            }
            "td" | "th" | "tr" if self.tables == 1 => self.end_cell(),
            _ if self.cell.is_none() && LINES.contains(&name) => {
                self.end_line();
                self.kept &= name != "pre";
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str, line: usize) {
        if self.hidden > 0 {
            return;
        }
        if self.cell.is_some() {
            return self.push(text);
        }
        if self.rows.is_some() {
            return;
        }
        // Computes the first line of the text, because the tokenizer reports the last one.
        let first = line.saturating_sub(text.matches('\n').count());
        for (index, part) in text.split('\n').enumerate() {
            if index > 0 && self.kept {
                self.end_line();
            }
            if self.text.trim().is_empty() {
                self.line = first + index;
            }
            self.text.push_str(part);
            if index > 0 && !self.kept {
                self.text.push(' ');
            }
        }
    }

    fn push(&mut self, text: &str) {
        if let Some(cell) = &mut self.cell {
            cell.push_str(text);
        }
    }

    fn end_line(&mut self) {
        let text = std::mem::take(&mut self.text);
        let text = if self.kept { text } else { text.trim().to_owned() };
        if !text.trim().is_empty() {
            self.items.push(Item::Line(Line { number: self.line, text, heading: self.heading }));
        }
        self.heading = false;
    }

    fn end_cell(&mut self) {
        let Some(text) = self.cell.take() else { return };
        let mut cell = Cell::new(text.trim_matches(['\n', '\r', '\t', ' ']));
        cell.text = cell.text.split_whitespace().collect::<Vec<_>>().join(" ");
        cell.indent += self.indent;
        if let Some(row) = self.rows.as_mut().and_then(|rows| rows.last_mut()) {
            row.cells.push(cell);
        }
    }

    fn end_table(&mut self) {
        self.end_cell();
        if let Some(rows) = self.rows.take() {
            self.items.push(Item::Grid(rows));
        }
        self.tables = 0;
    }
}

/// How far a tag's style indents; units such as `px` and `em` are ignored.
fn indent(tag: &Tag) -> usize {
    let style = tag.attrs.iter().find(|attribute| &*attribute.name.local == "style");
    let Some(style) = style else { return 0 };
    let mut far = 0;
    for property in style.value.split(';') {
        if let Some((name, value)) = property.split_once(':')
            && INDENTS.contains(&name.trim())
        {
            let digits: String = value.trim().chars().take_while(char::is_ascii_digit).collect();
            far += digits.parse::<usize>().unwrap_or(0).min(1000);
        }
    }
    far
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_cells_keep_their_places() {
        let page = "<html><script>x < 1</script>\n<h2>Send &amp; pay</h2>\n<table><tr><th>Name<th>Type</tr>\n\
            <tr><td style=\"padding-left: 20px\">a</td><td>int<br>64</td></tr></table>\n<pre>{\n \"a\": 1\n}</pre>";
        assert!(is_html(page));
        let shown: Vec<_> = items(page)
            .into_iter()
            .map(|item| match item {
                Item::Line(line) => format!("{}: {}", line.number, line.text),
                Item::Grid(rows) => rows
                    .iter()
                    .map(|row| {
                        let indent = row.cells.first().map_or(0, |cell| cell.indent);
                        format!("{}: {}>{}", row.line, indent, row.text())
                    })
                    .collect::<Vec<_>>()
                    .join("; "),
            })
            .collect();
        assert_eq!(
            shown,
            ["2: Send & pay", "3: 0>Name | Type; 4: 20>a | int 64", "5: {", "6:  \"a\": 1", "7: }"]
        );
    }

    #[test]
    fn text_with_comparisons_is_no_html() {
        assert!(!is_html("a < b and c > d"));
        assert!(is_html("<!DOCTYPE html><p>x"));
    }
}

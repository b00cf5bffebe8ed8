//! A page, taken apart: lines and grids as they were pasted, then blocks.

use crate::words::Role;

/// A line or a table of a page, before its meaning is known.
#[derive(Debug, Clone)]
pub(crate) enum Item {
    Line(Line),
    /// A table with known cells, from HTML: its rows.
    Grid(Vec<Row>),
}

/// A line of text.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    /// Counted from one.
    pub(crate) number: usize,
    pub(crate) text: String,
    /// Whether the line is marked up as a heading.
    pub(crate) heading: bool,
}

#[derive(Debug, Clone)]
pub(crate) struct Row {
    pub(crate) line: usize,
    pub(crate) cells: Vec<Cell>,
}

impl Row {
    /// The text of the row, for people.
    pub(crate) fn text(&self) -> String {
        let texts: Vec<_> = self.cells.iter().map(|cell| cell.text.as_str()).collect();
        texts.join(" | ")
    }
}

#[derive(Debug, Clone, Default)]
pub(crate) struct Cell {
    pub(crate) text: String,
    /// How far the text is indented. The unit is unknown, so indents can only be compared.
    pub(crate) indent: usize,
}

impl Cell {
    /// Splits a cell into its text and its indentation, which is blanks or the lines of a drawn
    /// tree.
    pub(crate) fn new(raw: &str) -> Self {
        let mut indent = 0;
        let text = raw.trim_start_matches(|c: char| {
            let width = match c {
                ' ' | '\u{a0}' | '-' | '>' | '+' | '·' | '.' | '|' => 1,
                '\t' => 4,
                '\u{3000}' | '─' | '━' | '└' | '├' | '│' | '┗' | '┣' | '┃' | '∟' | '↳' | '—' => {
                    2
                }
                _ => 0,
            };
            indent += width;
            width > 0
        });
        // A dash alone is an empty cell, and a number keeps its sign.
        let is_value = text.is_empty() || text.starts_with(|c: char| c.is_ascii_digit());
        if is_value {
            return Self { text: raw.trim().to_owned(), indent: 0 };
        }
        Self { text: text.trim().to_owned(), indent }
    }
}

/// A part of a page.
#[derive(Debug, Clone)]
pub(crate) enum Block {
    /// A line outside tables and samples.
    Text(Line),
    /// A table with a heading row.
    Table(Table),
    /// A sample, which is probably JSON.
    Sample { line: usize, text: String },
}

/// A table with a heading row.
#[derive(Debug, Clone)]
pub(crate) struct Table {
    pub(crate) head: Vec<Option<Role>>,
    /// Whether the contents of the table are guessed from its shape, because it has no heading.
    pub(crate) guessed: bool,
    pub(crate) rows: Vec<Row>,
}

impl Table {
    /// The index of the first column with this role.
    pub(crate) fn column(&self, role: Role) -> Option<usize> {
        self.head.iter().position(|one| *one == Some(role))
    }

    /// Whether a column has this role.
    pub(crate) fn has(&self, role: Role) -> bool {
        self.column(role).is_some()
    }

    /// The texts of a row's columns with this role, joined.
    pub(crate) fn text(&self, row: &Row, role: Role) -> String {
        let cells = self.head.iter().zip(&row.cells).filter(|(one, _)| **one == Some(role));
        let texts = cells.map(|(_, cell)| cell.text.as_str()).filter(|text| !is_blank(text));
        texts.collect::<Vec<_>>().join(" ")
    }
}

/// Whether a cell says nothing: empty, or a dash.
pub(crate) fn is_blank(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || "-—–/\\".contains(c))
}

/// A part of a page that was not understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread {
    /// The line of the page, counted from one.
    pub line: usize,
    /// The text that was not understood.
    pub text: String,
    /// Why the text was not understood.
    pub why: &'static str,
}

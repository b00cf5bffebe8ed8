//! Writes pieces in the standard layout.

use super::piece::{Collection, Comment, Entry, Piece};
use super::read::File;
use unicode_width::UnicodeWidthStr;

/// The maximum width of a map or list that is written in brackets on one line, in columns.
const WIDTH: usize = 160;

pub(super) fn print(file: &File<'_>) -> String {
    let mut printer = Printer { text: String::new(), is_first: true };
    for comment in &file.head {
        printer.line(comment, 0);
    }
    match &file.root {
        Piece::Collection(root) => printer.entries(root, 0),
        other => printer.value(other, 0),
    }
    let mut text = printer.text;
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
    text
}

struct Printer {
    text: String,
    /// Whether nothing of the current map or list has been written yet.
    is_first: bool,
}

impl Printer {
    /// Writes a comment on a line of its own.
    fn line(&mut self, comment: &Comment<'_>, indent: usize) {
        self.gap(comment.blank);
        self.begin(indent);
        self.text.push_str(comment.text);
        self.end_line();
    }

    /// Writes an empty line if `blank` is set, except at the beginning of a map or list.
    fn gap(&mut self, blank: bool) {
        if blank && !self.is_first {
            self.text.push('\n');
        }
        self.is_first = false;
    }

    /// Begins a new line and indents it. After a dash, the line has begun already.
    fn begin(&mut self, indent: usize) {
        if self.text.is_empty() || self.text.ends_with('\n') {
            self.text.extend(std::iter::repeat_n(' ', indent));
        }
    }

    fn end_line(&mut self) {
        self.text.truncate(self.text.trim_end_matches(' ').len());
        self.text.push('\n');
    }

    fn entries(&mut self, collection: &Collection<'_>, indent: usize) {
        for entry in &collection.entries {
            for comment in &entry.above {
                self.line(comment, indent);
            }
            let key = if collection.is_map { format!("{}:", entry.key) } else { "-".to_owned() };
            let inner = match &entry.value {
                Piece::Collection(inner) => Some(inner),
                _ => None,
            };
            let room = WIDTH.saturating_sub(indent + key.width() + 1);
            let fits =
                |inner: &&Collection<'_>| flow(inner).is_some_and(|text| text.width() <= room);
            let spread = inner.filter(|inner| !fits(inner));
            let beside = entry.beside_key.iter().chain(&entry.beside);
            if spread.is_some() && !collection.is_map {
                // The first entry is on the line of the dash, so the comments are above it.
                beside.clone().for_each(|comment| self.line(comment, indent));
            }
            self.gap(entry.blank);
            self.begin(indent);
            self.text.push_str(&key);
            match spread {
                None => {
                    let is_kept = !collection.is_flow;
                    self.value(&entry.value, indent);
                    beside.for_each(|comment| self.beside(comment, is_kept));
                    self.end_line();
                    self.lines(&entry.value, indent);
                }
                Some(inner) if collection.is_map => {
                    beside.for_each(|comment| self.beside(comment, !inner.is_flow));
                    self.end_line();
                    self.is_first = true;
                    self.entries(inner, indent + 2);
                }
                Some(inner) => {
                    self.text.push(' ');
                    self.is_first = true;
                    self.entries(inner, indent + 2);
                }
            }
        }
        for comment in &collection.below {
            self.line(comment, indent);
        }
    }

    /// Writes a value on the line of its key, or the header of a block scalar.
    fn value(&mut self, value: &Piece<'_>, indent: usize) {
        match value {
            Piece::Absent => {}
            Piece::Scalar(written) => {
                let mut lines = written.lines();
                self.text.push(' ');
                self.text.push_str(lines.next().unwrap_or_default().trim_end());
                for line in lines {
                    self.text.push('\n');
                    let line = line.trim();
                    if !line.is_empty() {
                        self.begin(indent + 2);
                        self.text.push_str(line);
                    }
                }
            }
            Piece::Block(header, _) => {
                self.text.push(' ');
                self.text.push_str(header);
            }
            Piece::Collection(inner) => {
                self.text.push(' ');
                self.text.push_str(&flow(inner).unwrap_or_default());
            }
        }
    }

    /// Writes the lines of a block scalar.
    fn lines(&mut self, value: &Piece<'_>, indent: usize) {
        let Piece::Block(header, lines) = value else { return };
        // If the text begins with spaces, a digit in the header states the indentation.
        let digit = header.chars().find_map(|sign| sign.to_digit(10));
        let indent = indent + digit.map_or(2, |digit| digit as usize);
        for line in lines {
            if !line.is_empty() {
                self.begin(indent);
                self.text.push_str(line);
            }
            self.text.push('\n');
        }
    }

    /// Writes a comment at the end of a line. It keeps its column if the line is unchanged and
    /// leaves room.
    fn beside(&mut self, comment: &Comment<'_>, is_kept: bool) {
        let column = if is_kept { comment.column } else { 0 };
        let blanks = column.saturating_sub(self.column()).max(1);
        self.text.extend(std::iter::repeat_n(' ', blanks));
        self.text.push_str(comment.text);
    }

    fn column(&self) -> usize {
        self.text[self.text.rfind('\n').map_or(0, |end| end + 1)..].width()
    }
}

/// A collection in brackets on one line; `None` if it has no brackets or needs several lines.
fn flow(collection: &Collection<'_>) -> Option<String> {
    let Collection { is_map, is_flow, entries, below } = collection;
    let is_empty = entries.is_empty();
    if !(is_flow | is_empty) || !below.is_empty() {
        return None;
    }
    let entry = |entry: &Entry<'_>| {
        let value = match &entry.value {
            Piece::Absent => String::new(),
            Piece::Scalar(written) => (*written).to_owned(),
            Piece::Block(..) => return None,
            Piece::Collection(inner) => flow(inner)?,
        };
        let text = match (*is_map, value.is_empty()) {
            (true, false) => format!("{}: {value}", entry.key),
            (true, true) => entry.key.to_owned(),
            (false, _) => value,
        };
        (entry.comments().next().is_none() && !text.contains('\n')).then_some(text)
    };
    let entries = entries.iter().map(entry).collect::<Option<Vec<_>>>()?.join(", ");
    Some(match (is_map, is_empty) {
        (true, true) => "{}".to_owned(),
        (true, false) => format!("{{ {entries} }}"),
        (false, _) => format!("[{entries}]"),
    })
}

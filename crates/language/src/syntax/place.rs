//! The place of an error of the YAML parser, and the characters and tokens around it.

use crate::letters::{ascii, hidden_name, is_hidden, look_alike};
use std::ops::Range;

/// The state of the parser when it finds an error.
pub(super) struct Place<'t> {
    pub(super) text: &'t str,
    /// The position that the parser reports for the error.
    pub(super) marked: usize,
    /// The end of the part that was read without an error.
    pub(super) read: usize,
    /// The start of the innermost collection that is still open.
    pub(super) open: Option<usize>,
}

/// The explanation of an error.
pub(super) struct Found {
    pub(super) at: Range<usize>,
    pub(super) message: String,
    pub(super) help: Option<String>,
    /// The bracket or quote that the error is about.
    pub(super) opened: Option<Range<usize>>,
}

/// The help about texts that need quotes.
pub(super) const QUOTES: &str = "put a text in quotes if it contains `: ` or ` #`, or begins with a special character such as `@`, `%`, `[` or `{`; a long text is best written under `>-`";

impl Place<'_> {
    pub(super) fn letter(&self, at: usize) -> Range<usize> {
        at..at + self.text[at..].chars().next().map_or(0, char::len_utf8)
    }

    /// The start of the line that contains a position.
    pub(super) fn line(&self, at: usize) -> usize {
        self.text[..at].rfind('\n').map_or(0, |newline| newline + 1)
    }

    /// The tab in the indentation of the line that contains `at`.
    pub(super) fn tab_before(&self, at: usize) -> Option<usize> {
        let start = self.line(at);
        let rest = &self.text[start..];
        let indentation = &rest[..rest.len() - rest.trim_start_matches([' ', '\t']).len()];
        indentation.find('\t').map(|tab| start + tab)
    }

    /// The tab in the indentation of the next line, or else the first tab in the marked line.
    pub(super) fn tab(&self) -> Option<usize> {
        let line = self.line(self.marked);
        let next = self.text[line..].find('\n').map(|newline| line + newline + 1);
        let below = next.and_then(|next| self.tab_before(next));
        below.or_else(|| self.text[line..].find('\t').map(|tab| line + tab))
    }

    /// Explains a control character. The parser marks only the beginning of the text around it.
    pub(super) fn control(&self) -> Option<Found> {
        let is_control =
            |letter: char| letter.is_control() && !matches!(letter, '\n' | '\r' | '\t');
        let at = self.text.find(is_control)?;
        let help = "delete it, or write it as `\\u0001` in double quotes if it is meant".to_owned();
        let message = "a control character".to_owned();
        Some(Found { at: self.letter(at), message, help: Some(help), opened: None })
    }

    /// Explains a look-alike in the marked line or in the lines before it.
    pub(super) fn lookalike(&self) -> Option<Found> {
        const LINES_BEFORE: usize = 4;
        let mut start = self.line(self.marked);
        for _ in 0..LINES_BEFORE {
            let line = self.text[start..].split('\n').next().unwrap_or_default();
            if let Some((offset, letter, text)) = wrong_letter(line) {
                let at = self.letter(start + offset);
                let (message, help) = match ascii(letter) {
                    Some(ascii) => {
                        (look_alike(letter, ascii), format!("write `{}`", text.trim_end()))
                    }
                    None => {
                        let message =
                            format!("YAML does not treat {} as a space", hidden_name(letter));
                        (message, "replace it with a space".to_owned())
                    }
                };
                return Some(Found { at, message, help: Some(help), opened: None });
            }
            start = self.line(start.checked_sub(1)?);
        }
        None
    }

    /// The opening quote of the text in which the parser found the error.
    pub(super) fn quote(&self) -> Option<Range<usize>> {
        let is_opening = |(at, _): &(usize, &str)| {
            let before = self.text[..self.read + at].chars().next_back();
            before.is_none_or(|before| before.is_whitespace() || "[{,(".contains(before))
        };
        let rest = &self.text[self.read..];
        let found = rest.match_indices(['"', '\'']).find(is_opening);
        let found = found.map(|(at, _)| self.read + at);
        let found = found
            .filter(|at| *at <= self.marked)
            .or_else(|| self.text[..self.marked].rfind(['"', '\'']));
        found.map(|at| at..at + 1)
    }

    /// The word at the mark.
    pub(super) fn word(&self) -> Range<usize> {
        let rest = &self.text[self.marked..];
        let skipped = rest.len() - rest.trim_start_matches(' ').len();
        let word = rest[skipped..].split([' ', '\n', ',', '}', ']']).next().unwrap_or_default();
        let start = self.marked + skipped;
        start..start + word.len().max(1).min(self.text.len() - start)
    }

    /// The first backslash that does not begin a valid escape in double quotes.
    pub(super) fn escape(&self) -> Option<Range<usize>> {
        let from = self.quote().map_or(self.marked, |quote| quote.start.min(self.marked));
        let mut letters = self.text[from..].char_indices();
        while let Some((at, letter)) = letters.next() {
            if letter != '\\' {
                continue;
            }
            let (_, next) = letters.next()?;
            if !"0abt\tnvfre\"/\\N_LPxuU \n\r".contains(next) {
                let at = from + at;
                return Some(at..at + 1 + next.len_utf8());
            }
        }
        None
    }

    /// The position of the innermost bracket `open` that is not closed.
    pub(super) fn opening(&self, open: char) -> Option<Range<usize>> {
        let at = self.open.filter(|at| self.text[*at..].starts_with(open));
        let at = at.or_else(|| self.text[..self.marked].rfind(open))?;
        Some(self.letter(at))
    }

    /// Explains a missing comma or closing bracket.
    pub(super) fn separator(&self, closing: char, here: Range<usize>) -> Found {
        let (open, what) = if closing == '}' { ('{', "map") } else { ('[', "list") };
        // In `type: State required: true`, the last word of the first value was meant as a key.
        if self.text[here.clone()].starts_with(':') {
            let before = &self.text[self.line(here.start)..here.start];
            let word = before.rsplit([' ', '{', '[', ',']).next().unwrap_or_default();
            let at = here.start - word.len()..here.start;
            let is_first = before[..before.len() - word.len()].trim().is_empty();
            if let Some(at) = self.opening(open).filter(|_| is_first) {
                return Found {
                    message: format!("unclosed `{open}`"),
                    help: Some(format!("close it with `{closing}`")),
                    opened: None,
                    at,
                };
            }
            if !word.is_empty() {
                return Found {
                    message: format!("missing comma before `{word}`"),
                    help: Some(format!("write `, {word}:`; put a text with `: ` in quotes")),
                    opened: None,
                    at,
                };
            }
        }
        Found {
            message: format!("expected `,` or `{closing}` in this {what}"),
            help: Some(QUOTES.to_owned()),
            opened: self.opening(open).filter(|opened| opened.start != here.start),
            at: here,
        }
    }
}

/// A hidden character in the indentation or after the colon, a full-width colon after a key, or a
/// look-alike at the beginning of a value. Returns its offset, the character, and the corrected
/// beginning of the line.
fn wrong_letter(line: &str) -> Option<(usize, char, String)> {
    let blank = |letter: char| letter.is_ascii_whitespace() || is_hidden(letter);
    let indented = line.trim_start_matches(blank);
    let start = line.len() - indented.len();
    if let Some((at, letter)) = line[..start].char_indices().find(|(_, letter)| is_hidden(*letter))
    {
        return Some((at, letter, String::new()));
    }
    let item = indented.strip_prefix("- ").unwrap_or(indented);
    let from = line.len() - item.len();
    let end =
        item.find(|letter: char| !letter.is_ascii_alphanumeric() && !"_.-".contains(letter))?;
    let (key, rest) = item.split_at(end);
    let sign = rest.chars().next().filter(|_| !key.is_empty())?;
    let value = &rest[sign.len_utf8()..];
    if sign != ':' {
        let colon = ascii(sign) == Some(':');
        return colon.then(|| (from + end, sign, format!("{key}: {}", value.trim_start())));
    }
    let first = value.trim_start_matches(' ');
    let at = line.len() - first.len();
    let letter = first.chars().next()?;
    if is_hidden(letter) {
        return Some((at, letter, String::new()));
    }
    let opens = ascii(letter).filter(|ascii| "{[\"'".contains(*ascii))?;
    let rest = &first[letter.len_utf8()..];
    Some((at, letter, format!("{key}: {opens}{rest}")))
}

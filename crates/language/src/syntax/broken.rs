//! Explains the YAML parser's errors in terms of specs, and points at the token that must be
//! changed.

use crate::letters::{ascii, hidden_name, is_hidden, look_alike};
use granit_parser::ErrorKind;
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

const QUOTES: &str = "a text with `: ` or ` #` in it, or with a sign such as ` @ % [ { at its beginning, needs quotes; a long one is best written under `>-`";

/// Explains an error.
pub(super) fn explain(kind: &ErrorKind, place: &Place<'_>) -> Found {
    use ErrorKind as K;
    let is_tab = matches!(
        kind,
        K::TabNotAllowed
            | K::TabInBlockIndentation
            | K::TabInIndentation
            | K::TabInPlainScalar
            | K::TabAtBlockScalarStart
    );
    let tab = place.tab_before(place.marked).or_else(|| place.tab().filter(|_| is_tab));
    if let Some(at) = tab {
        let help = Some("indent with two spaces".to_owned());
        let message = "a tab in the indentation".to_owned();
        return Found { at: at..at + 1, message, help, opened: None };
    }
    place.control(kind).or_else(|| place.lookalike()).unwrap_or_else(|| by_kind(kind, place))
}

fn by_kind(kind: &ErrorKind, place: &Place<'_>) -> Found {
    use ErrorKind as K;
    let here = place.letter(place.marked);
    let found = |message: &str, help: &str| Found {
        at: here.clone(),
        message: message.to_owned(),
        help: Some(help.to_owned()),
        opened: None,
    };
    match kind {
        K::UnclosedQuotedScalar
        | K::InvalidQuotedScalarIndent
        | K::DocumentIndicatorInQuotedScalar => never_closed(place.quote().unwrap_or(here)),
        K::InvalidTrailingSingleQuotedScalar | K::InvalidTrailingDoubleQuotedScalar => {
            // A quote that is not closed seems to end at the next quote of its kind, on a later
            // line.
            let opened = place.quote();
            if let Some(opened) =
                opened.filter(|opened| place.line(opened.start) != place.line(place.marked))
            {
                return never_closed(opened);
            }
            let at = place.word();
            let message = format!("`{}` follows the closing quote", &place.text[at.clone()]);
            let help = "put the quotes around the whole text, or leave them out".to_owned();
            Found { at, message, help: Some(help), opened: place.quote() }
        }
        K::UnknownQuotedScalarEscape
        | K::InvalidQuotedScalarHexEscape
        | K::InvalidUnicodeEscape => {
            let at = place.escape().unwrap_or(here);
            let message = format!("`{}` is not an escape", &place.text[at.clone()]);
            let help = "in single quotes a backslash is a backslash: '\\d+'; in double quotes write `\\\\`".to_owned();
            Found { at, message, help: Some(help), opened: None }
        }
        K::ExpectedFlowMappingSeparator
        | K::UnexpectedEofFlowMapping
        | K::UnexpectedEofImplicitFlowMapping => place.separator('}', here),
        K::ExpectedFlowSequenceSeparator | K::UnexpectedEofFlowSequence => {
            place.separator(']', here)
        }
        K::UnclosedFlowCollection { open } => Found {
            opened: None,
            at: place.opening(*open).unwrap_or(here),
            message: format!("this `{open}` is never closed"),
            help: Some("close it on the same level of indentation or deeper".to_owned()),
        },
        K::MisplacedFlowCollectionEnd => {
            let closing = place.text[here.clone()].to_owned();
            let help = format!("delete it; a text that holds a `{closing}` needs quotes");
            Found {
                at: here,
                message: format!("this `{closing}` has no opening bracket"),
                help: Some(help),
                opened: None,
            }
        }
        K::MismatchedFlowCollectionEnd { open, close } => {
            let opened = place.opening(*open);
            let from = opened.as_ref().map_or(place.marked, |opened| opened.end);
            let at = place.text[from..]
                .find(*close)
                .map_or(here, |at| from + at..from + at + close.len_utf8());
            let right = if *open == '[' { ']' } else { '}' };
            let message = format!("`{open}` is closed by `{close}`");
            Found { at, message, help: Some(format!("write `{right}`")), opened }
        }
        K::PlainScalarStartsWithDashFlowIndicator | K::BlockEntryInFlowCollection => found(
            "`-` does not begin an item between brackets",
            "separate items by commas; a text that is `-` needs quotes: `\"-\"`",
        ),
        K::MappingValueNotAllowed | K::InvalidColonPlacement => {
            found("a second `: ` in this line", QUOTES)
        }
        K::UnexpectedCharacter { .. } => found("a text cannot begin with this character", QUOTES),
        K::ExpectedBlockSequenceEntry => Found {
            opened: None,
            ..found(
                "inconsistent indentation: this line is neither an item of the list nor a part of its text",
                "items begin with `-` in one column; the lines of a text under `|` or `>` are indented as deep as its first",
            )
        },
        K::ExpectedBlockMappingKey
        | K::SimpleKeyExpected
        | K::InvalidIndentation
        | K::BlockSequenceEntryNotAllowed
        | K::InvalidFlowScalarIndent
        | K::InvalidBlockScalarIndent
        | K::InvalidSimpleKey => found(
            "inconsistent indentation",
            "keys of one map begin in one column, and each is followed by a `:`",
        ),
        K::InvalidBlockScalarHeader | K::ZeroBlockScalarIndent => found(
            "a text follows `|` or `>` in the same line",
            "begin the text in the next line; write `|`, `>` or `>-` alone",
        ),
        K::InvalidBlockEntryWhitespace
        | K::ExpectedWhitespace
        | K::FlowMappingValueAdjacentCollection
        | K::InvalidMappingValueWhitespace => {
            found("a space is missing here", "a `-`, `:` or `,` is followed by a space")
        }
        K::CommentNotSeparated | K::CommentInterceptedScalar => {
            found("a comment in the middle of a text", QUOTES)
        }
        K::BomInsideDocument => found("a byte order mark in the middle of the file", "delete it"),
        other => Found {
            at: here,
            message: other.to_string(),
            help: Some(QUOTES.to_owned()),
            opened: None,
        },
    }
}

fn never_closed(at: Range<usize>) -> Found {
    let message = "this quote is never closed".to_owned();
    let help = "close it, or double it if it belongs to the text".to_owned();
    Found { at, message, help: Some(help), opened: None }
}

impl Place<'_> {
    fn letter(&self, at: usize) -> Range<usize> {
        at..at + self.text[at..].chars().next().map_or(0, char::len_utf8)
    }

    /// The start of the line that contains a position.
    fn line(&self, at: usize) -> usize {
        self.text[..at].rfind('\n').map_or(0, |newline| newline + 1)
    }

    /// The tab in the indentation of the line that contains `at`.
    fn tab_before(&self, at: usize) -> Option<usize> {
        let start = self.line(at);
        let rest = &self.text[start..];
        let indentation = &rest[..rest.len() - rest.trim_start_matches([' ', '\t']).len()];
        indentation.find('\t').map(|tab| start + tab)
    }

    /// The tab in the indentation of the next line, or else the first tab in the marked line.
    fn tab(&self) -> Option<usize> {
        let line = self.line(self.marked);
        let next = self.text[line..].find('\n').map(|newline| line + newline + 1);
        let below = next.and_then(|next| self.tab_before(next));
        below.or_else(|| self.text[line..].find('\t').map(|tab| line + tab))
    }

    /// Explains a control character. The parser marks only the beginning of the text around it.
    fn control(&self, kind: &ErrorKind) -> Option<Found> {
        if !matches!(kind, ErrorKind::UnexpectedCharacter { .. }) {
            return None;
        }
        let is_control =
            |letter: char| letter.is_control() && !matches!(letter, '\n' | '\r' | '\t');
        let at = self.text.find(is_control)?;
        let help = "delete it, or write it as `\\u0001` in double quotes if it is meant".to_owned();
        let message = "a control character".to_owned();
        Some(Found { at: self.letter(at), message, help: Some(help), opened: None })
    }

    /// Explains a look-alike in the marked line or in the lines before it.
    fn lookalike(&self) -> Option<Found> {
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
                        (message, "write a space in its place".to_owned())
                    }
                };
                return Some(Found { at, message, help: Some(help), opened: None });
            }
            start = self.line(start.checked_sub(1)?);
        }
        None
    }

    /// The opening quote of the text in which the parser found the error.
    fn quote(&self) -> Option<Range<usize>> {
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
    fn word(&self) -> Range<usize> {
        let rest = &self.text[self.marked..];
        let skipped = rest.len() - rest.trim_start_matches(' ').len();
        let word = rest[skipped..].split([' ', '\n', ',', '}', ']']).next().unwrap_or_default();
        let start = self.marked + skipped;
        start..start + word.len().max(1).min(self.text.len() - start)
    }

    /// The first backslash that does not begin a valid escape in double quotes.
    fn escape(&self) -> Option<Range<usize>> {
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
    fn opening(&self, open: char) -> Option<Range<usize>> {
        let at = self.open.filter(|at| self.text[*at..].starts_with(open));
        let at = at.or_else(|| self.text[..self.marked].rfind(open))?;
        Some(self.letter(at))
    }

    /// Explains a missing comma or closing bracket.
    fn separator(&self, closing: char, here: Range<usize>) -> Found {
        let (open, what) =
            if closing == '}' { ('{', "map in braces") } else { ('[', "list in brackets") };
        // In `type: State required: true`, the last word of the first value was meant as a key.
        if self.text[here.clone()].starts_with(':') {
            let before = &self.text[self.line(here.start)..here.start];
            let word = before.rsplit([' ', '{', '[', ',']).next().unwrap_or_default();
            let at = here.start - word.len()..here.start;
            let is_first = before[..before.len() - word.len()].trim().is_empty();
            if let Some(at) = self.opening(open).filter(|_| is_first) {
                return Found {
                    message: format!("this `{open}` is never closed"),
                    help: Some(format!("close it with `{closing}`")),
                    opened: None,
                    at,
                };
            }
            if !word.is_empty() {
                return Found {
                    message: format!("a comma is missing before `{word}`"),
                    help: Some(format!("write `, {word}:`; a text with `: ` in it needs quotes")),
                    opened: None,
                    at,
                };
            }
        }
        Found {
            message: format!("`,` or `{closing}` is expected: a {what} is not closed"),
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

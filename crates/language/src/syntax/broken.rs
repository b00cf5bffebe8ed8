//! Explains the YAML parser's errors in terms of specs, and points at the token that must be
//! changed.

use super::place::{Found, Place, QUOTES};
use granit_parser::ErrorKind;
use std::ops::Range;

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
    let is_character = matches!(kind, K::UnexpectedCharacter { .. });
    let control = if is_character { place.control() } else { None };
    let found = control.or_else(|| place.lookalike());
    let found = found.or_else(|| of_quotes(kind, place)).or_else(|| of_brackets(kind, place));
    found.unwrap_or_else(|| by_kind(kind, place))
}

/// Explains an error in a text with quotes.
fn of_quotes(kind: &ErrorKind, place: &Place<'_>) -> Option<Found> {
    use ErrorKind as K;
    let here = place.letter(place.marked);
    Some(match kind {
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
                return Some(never_closed(opened));
            }
            let at = place.word();
            let message =
                format!("unexpected `{}` after the closing quote", &place.text[at.clone()]);
            let help = "quote the whole text, or remove the quotes".to_owned();
            Found { at, message, help: Some(help), opened: place.quote() }
        }
        K::UnknownQuotedScalarEscape
        | K::InvalidQuotedScalarHexEscape
        | K::InvalidUnicodeEscape => {
            let at = place.escape().unwrap_or(here);
            let message = format!("unknown escape `{}`", &place.text[at.clone()]);
            let help = "in single quotes, a backslash needs no escape: '\\d+'; in double quotes, write `\\\\`".to_owned();
            Found { at, message, help: Some(help), opened: None }
        }
        _ => return None,
    })
}

/// Explains an error in a collection in brackets.
fn of_brackets(kind: &ErrorKind, place: &Place<'_>) -> Option<Found> {
    use ErrorKind as K;
    let here = place.letter(place.marked);
    Some(match kind {
        K::ExpectedFlowMappingSeparator
        | K::UnexpectedEofFlowMapping
        | K::UnexpectedEofImplicitFlowMapping => place.separator('}', here),
        K::ExpectedFlowSequenceSeparator | K::UnexpectedEofFlowSequence => {
            place.separator(']', here)
        }
        K::UnclosedFlowCollection { open } => Found {
            opened: None,
            at: place.opening(*open).unwrap_or(here),
            message: format!("unclosed `{open}`"),
            help: Some("close it on the same level of indentation or deeper".to_owned()),
        },
        K::MisplacedFlowCollectionEnd => {
            let closing = place.text[here.clone()].to_owned();
            let help = format!("delete it; put a text that contains `{closing}` in quotes");
            Found {
                at: here,
                message: format!("unmatched `{closing}`"),
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
            let message = format!("mismatched brackets: `{open}` is closed by `{close}`");
            Found { at, message, help: Some(format!("write `{right}`")), opened }
        }
        _ => return None,
    })
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
        K::PlainScalarStartsWithDashFlowIndicator | K::BlockEntryInFlowCollection => found(
            "`-` cannot begin an item between brackets",
            "separate items with commas; put a text that is `-` in quotes: `\"-\"`",
        ),
        K::MappingValueNotAllowed | K::InvalidColonPlacement => {
            found("a second `: ` on this line", QUOTES)
        }
        K::UnexpectedCharacter { .. } => found("a text cannot begin with this character", QUOTES),
        K::ExpectedBlockSequenceEntry => Found {
            opened: None,
            ..found(
                "inconsistent indentation: this line is neither an item of the list nor part of its text",
                "begin all items with `-` in the same column; indent all lines of a text under `|` or `>` like its first",
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
            "begin all keys of a map in the same column, each followed by `:`",
        ),
        K::InvalidBlockScalarHeader | K::ZeroBlockScalarIndent => found(
            "text on the same line as `|` or `>`",
            "begin the text on the next line, after `|`, `>` or `>-` alone",
        ),
        K::InvalidBlockEntryWhitespace
        | K::ExpectedWhitespace
        | K::FlowMappingValueAdjacentCollection
        | K::InvalidMappingValueWhitespace => {
            found("missing space", "write a space after `-`, `:` and `,`")
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
    let message = "unclosed quote".to_owned();
    let help = "close it; if it is part of the text, double it".to_owned();
    Found { at, message, help: Some(help), opened: None }
}

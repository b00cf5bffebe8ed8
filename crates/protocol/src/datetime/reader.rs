//! Parses times according to a pattern.

use jiff::civil;

use super::DateTime;
use super::token::{Token, Tokens};

/// Creates a time from its year, month, day, hour, minute and second, its milliseconds, and an
/// offset in seconds. Returns `None` if the time does not exist.
pub(super) fn at(parts: [i16; 6], millis: i16, offset: i32) -> Option<DateTime> {
    let [year, rest @ ..] = parts;
    let [month, day, hour, minute, second] = rest.map(|part| part as i8);
    let nanos = i32::from(millis) * 1_000_000;
    let civil = civil::DateTime::new(year, month, day, hour, minute, second, nanos).ok()?;
    DateTime::from_civil(civil, offset)
}

/// The state of parsing a text according to a pattern.
pub(super) struct Reader<'t> {
    rest: &'t str,
    offset: i32,
    /// Year, month, day, hour, minute, second, millisecond.
    parts: [i16; 7],
}

impl<'t> Reader<'t> {
    pub(super) fn new(rest: &'t str, offset: i32) -> Reader<'t> {
        Reader { rest, offset, parts: [1970, 1, 1, 0, 0, 0, 0] }
    }

    pub(super) fn read(mut self, pattern: &str) -> Option<DateTime> {
        for token in Tokens(pattern) {
            self.token(&token)?;
        }
        if !self.rest.is_empty() {
            return None;
        }
        let [parts @ .., millis] = self.parts;
        at(parts, millis, self.offset)
    }

    fn token(&mut self, token: &Token<'_>) -> Option<()> {
        let (part, width) = match *token {
            Token::Year => (0, 4),
            Token::Month => (1, 2),
            Token::Day => (2, 2),
            Token::Hour => (3, 2),
            Token::Minute => (4, 2),
            Token::Second => (5, 2),
            Token::Millis => (6, 3),
            Token::Offset { colon } => return self.zone(colon),
            Token::Literal(text) | Token::Unknown(text) => {
                self.rest = self.rest.strip_prefix(text)?;
                return Some(());
            }
        };
        self.parts[part] = self.digits(width)?;
        Some(())
    }

    fn zone(&mut self, colon: bool) -> Option<()> {
        if let Some(rest) = self.rest.strip_prefix('Z') {
            (self.rest, self.offset) = (rest, 0);
            return Some(());
        }
        let sign = if self.rest.starts_with('-') { -1 } else { 1 };
        self.rest = self.rest.strip_prefix(['+', '-'])?;
        let hours = i32::from(self.digits(2)?);
        if colon {
            self.rest = self.rest.strip_prefix(':')?;
        }
        let minutes = i32::from(self.digits(2)?);
        self.offset = sign * (hours * 3600 + minutes * 60);
        Some(())
    }

    fn digits(&mut self, width: usize) -> Option<i16> {
        let (digits, rest) = self.rest.split_at_checked(width)?;
        self.rest = rest;
        digits.bytes().try_fold(0, |number, byte| {
            byte.is_ascii_digit().then(|| number * 10 + i16::from(byte - b'0'))
        })
    }
}

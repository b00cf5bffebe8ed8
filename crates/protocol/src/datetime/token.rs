//! Splits a pattern into tokens.

use jiff::civil;

/// A token of a pattern.
pub(super) enum Token<'a> {
    Year,
    Month,
    Day,
    Hour,
    Minute,
    Second,
    Millis,
    Offset { colon: bool },
    Literal(&'a str),
    Unknown(&'a str),
}

/// Splits a pattern into tokens. A run of the same letter is a token, and so is a quoted text or a
/// run of other characters.
pub(super) struct Tokens<'a>(pub(super) &'a str);

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        let bytes = self.0.as_bytes();
        let first = *bytes.first()?;
        if first == b'\'' {
            return Some(self.quoted());
        }
        let letter = first.is_ascii_alphabetic();
        let same = |byte: &u8| match letter {
            true => *byte == first,
            false => !byte.is_ascii_alphabetic() && *byte != b'\'',
        };
        let end = bytes.iter().position(|byte| !same(byte)).unwrap_or(bytes.len());
        let run = self.take(end, 0);
        Some(match (first, end) {
            _ if !letter => Token::Literal(run),
            (b'y', 4) => Token::Year,
            (b'M', 2) => Token::Month,
            (b'd', 2) => Token::Day,
            (b'H', 2) => Token::Hour,
            (b'm', 2) => Token::Minute,
            (b's', 2) => Token::Second,
            (b'S', 3) => Token::Millis,
            (b'Z', 1) => Token::Offset { colon: false },
            (b'X', 3) => Token::Offset { colon: true },
            _ => Token::Unknown(run),
        })
    }
}

impl<'a> Tokens<'a> {
    fn quoted(&mut self) -> Token<'a> {
        match self.0[1..].find('\'') {
            Some(0) => Token::Literal(&self.take(2, 0)[1..]),
            // Two quotes mean one quote character. The first quote becomes the end of this literal,
            // and the second one opens the next literal.
            Some(end) if self.0[end + 2..].starts_with('\'') => {
                Token::Literal(&self.take(end + 2, 0)[1..])
            }
            Some(end) => Token::Literal(&self.take(end + 1, 1)[1..]),
            None => Token::Unknown(self.take(self.0.len(), 0)),
        }
    }

    /// Takes and returns `length` bytes of the pattern, and then skips `skip` bytes.
    fn take(&mut self, length: usize, skip: usize) -> &'a str {
        let (taken, rest) = self.0.split_at(length);
        self.0 = &rest[skip..];
        taken
    }
}

impl Token<'_> {
    /// Appends what this token stands for: a part of the time, the offset or a literal.
    pub(super) fn write(&self, civil: civil::DateTime, offset: i32, out: &mut String) {
        match *self {
            Token::Year => push_digits(out, i32::from(civil.year()), 4),
            Token::Month => push_digits(out, i32::from(civil.month()), 2),
            Token::Day => push_digits(out, i32::from(civil.day()), 2),
            Token::Hour => push_digits(out, i32::from(civil.hour()), 2),
            Token::Minute => push_digits(out, i32::from(civil.minute()), 2),
            Token::Second => push_digits(out, i32::from(civil.second()), 2),
            Token::Millis => push_digits(out, i32::from(civil.millisecond()), 3),
            Token::Offset { colon } => push_offset(out, offset, colon),
            Token::Literal(text) | Token::Unknown(text) => out.push_str(text),
        }
    }
}

impl Token<'_> {
    /// Appends this token in the notation of `strftime`.
    pub(super) fn write_strftime(&self, offset: i32, millis: &str, out: &mut String) {
        out.push_str(match *self {
            Token::Year => "%Y",
            Token::Month => "%m",
            Token::Day => "%d",
            Token::Hour => "%H",
            Token::Minute => "%M",
            Token::Second => "%S",
            Token::Millis => millis,
            Token::Offset { colon } => return push_offset(out, offset, colon),
            Token::Literal(text) | Token::Unknown(text) => {
                return out.push_str(&text.replace('%', "%%"));
            }
        });
    }
}

fn push_digits(out: &mut String, number: i32, width: usize) {
    if number < 0 {
        out.push('-');
    }
    let number = number.unsigned_abs();
    let digits =
        [number / 1000, number / 100, number / 10, number].map(|it| b'0' + (it % 10) as u8);
    // Digits are ASCII, so the conversion cannot fail.
    out.push_str(std::str::from_utf8(&digits[4 - width..]).unwrap_or_default());
}

fn push_offset(out: &mut String, offset: i32, colon: bool) {
    if colon && offset == 0 {
        return out.push('Z');
    }
    out.push(if offset < 0 { '-' } else { '+' });
    push_digits(out, (offset / 3600).abs(), 2);
    if colon {
        out.push(':');
    }
    push_digits(out, (offset / 60 % 60).abs(), 2);
}

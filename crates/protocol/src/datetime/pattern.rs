//! Formats of times on the wire.

use super::reader::{Reader, at};
use super::token::{Token, Tokens};
use super::{DateTime, InvalidDate, usual};
use crate::fact::{Fact, Term};

/// The format of a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TimeFormat<'a> {
    /// Seconds since 1970 in UTC.
    UnixSeconds,
    /// Milliseconds since 1970 in UTC.
    UnixMillis,
    /// A pattern that consists of `yyyy MM dd HH mm ss SSS`, `Z` (`+0800`), `XXX` (`+08:00`, or `Z`
    /// for UTC) and `'literal'` (`''` is a quote). Characters other than letters are literal.
    Pattern {
        /// The pattern.
        pattern: &'a str,
        /// The offset from UTC in seconds, positive to the east.
        offset: i32,
    },
}

impl Fact for TimeFormat<'_> {
    fn term(&self) -> Term<'_> {
        match self {
            TimeFormat::UnixSeconds => Term::Call("TimeFormat::UnixSeconds", None),
            TimeFormat::UnixMillis => Term::Call("TimeFormat::UnixMillis", None),
            TimeFormat::Pattern { pattern, offset } => Term::Struct {
                path: "TimeFormat::Pattern",
                fields: vec![("pattern", pattern.term()), ("offset", offset.term())],
                usual: None,
            },
        }
    }
}

impl<'a> TimeFormat<'a> {
    /// The format with this name in specs, which is `unix_seconds`, `unix_millis` or a pattern.
    pub fn named(name: &'a str, offset: i32) -> TimeFormat<'a> {
        match name {
            "unix_seconds" => TimeFormat::UnixSeconds,
            "unix_millis" => TimeFormat::UnixMillis,
            pattern => TimeFormat::Pattern { pattern, offset },
        }
    }

    /// The format's name in specs.
    pub const fn name(self) -> &'a str {
        match self {
            TimeFormat::UnixSeconds => "unix_seconds",
            TimeFormat::UnixMillis => "unix_millis",
            TimeFormat::Pattern { pattern, .. } => pattern,
        }
    }

    /// Whether JSON contains times in this format as numbers, without quotes.
    pub const fn is_number(self) -> bool {
        matches!(self, TimeFormat::UnixSeconds | TimeFormat::UnixMillis)
    }

    /// What is wrong with the pattern or the offset; `None` if the format is valid.
    pub fn problem(self) -> Option<String> {
        let TimeFormat::Pattern { pattern, offset } = self else { return None };
        if !(-93_599..=93_599).contains(&offset) {
            return Some(format!("an offset of {offset} seconds from UTC does not exist"));
        }
        Tokens(pattern).find_map(|token| match token {
            Token::Unknown(text) => Some(format!("`{text}` is not part of a time pattern")),
            _ => None,
        })
    }

    /// Appends `time` in this format to `out`.
    pub fn write(self, time: DateTime, out: &mut String) {
        let number = match self {
            TimeFormat::UnixSeconds => time.unix_seconds(),
            TimeFormat::UnixMillis => time.unix_millis(),
            TimeFormat::Pattern { pattern, offset } => {
                let civil = time.to_civil(offset);
                if pattern == usual::PATTERN && civil.year() >= 0 {
                    return usual::write(civil, out);
                }
                return Tokens(pattern).for_each(|token| token.write(civil, offset, out));
            }
        };
        out.push_str(itoa::Buffer::new().format(number));
    }

    /// Returns `time` as text in this format.
    pub fn format(self, time: DateTime) -> String {
        let mut out = String::new();
        self.write(time, &mut out);
        out
    }

    /// Returns the pattern in the notation of `strftime`, with which many languages write times at
    /// this format's offset. `millis` stands for the milliseconds, for which there is no common
    /// notation. Returns `None` if the format is a number.
    pub fn strftime(self, millis: &str) -> Option<String> {
        let TimeFormat::Pattern { pattern, offset } = self else { return None };
        let mut out = String::new();
        Tokens(pattern).for_each(|token| token.write_strftime(offset, millis, &mut out));
        Some(out)
    }

    /// Parses a time. The whole text must match the format.
    ///
    /// # Errors
    /// The text does not match the format, or the time does not exist.
    pub fn parse(self, text: &str) -> Result<DateTime, InvalidDate> {
        let unfit = || InvalidDate(format!("a date-time as {}", self.describe()));
        match self {
            TimeFormat::UnixSeconds => {
                DateTime::from_unix_seconds(integer(text).ok_or_else(unfit)?)
            }
            TimeFormat::UnixMillis => DateTime::from_unix_millis(integer(text).ok_or_else(unfit)?),
            TimeFormat::Pattern { pattern: usual::PATTERN, offset } => {
                let time = usual::read(text).and_then(|parts| at(parts, 0, offset));
                time.ok_or_else(unfit)
            }
            TimeFormat::Pattern { pattern, offset } => {
                Reader::new(text, offset).read(pattern).ok_or_else(unfit)
            }
        }
    }

    pub(crate) fn describe(self) -> &'a str {
        match self {
            TimeFormat::UnixSeconds => "Unix seconds",
            TimeFormat::UnixMillis => "Unix milliseconds",
            TimeFormat::Pattern { pattern, .. } => pattern,
        }
    }
}

fn integer(text: &str) -> Option<i64> {
    text.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const EAST: i32 = 8 * 3600;

    fn east(pattern: &str) -> TimeFormat<'_> {
        TimeFormat::Pattern { pattern, offset: EAST }
    }

    #[test]
    fn each_token_is_written_and_read_back() {
        let time = DateTime::from_unix_millis(1_672_502_400_007).unwrap();
        for (format, text) in [
            (TimeFormat::UnixSeconds, "1672502400"),
            (TimeFormat::UnixMillis, "1672502400007"),
            (east("yyyy-MM-dd HH:mm:ss"), "2023-01-01 00:00:00"),
            (east("yyyyMMddHHmmssSSS"), "20230101000000007"),
            (east("yyyy-MM-dd'T'HH:mm:ss.SSSZ"), "2023-01-01T00:00:00.007+0800"),
            (east("yyyy-MM-dd HH:mm:ss.SSSXXX"), "2023-01-01 00:00:00.007+08:00"),
            (east("yyyy''MM 'o''clock'年dd"), "2023'01 o'clock年01"),
        ] {
            assert_eq!(format.format(time), text);
            let back = format.parse(text).unwrap();
            assert!(back == time || format.format(back) == text, "{text}");
        }
    }

    #[test]
    fn the_usual_pattern_is_read_and_written_like_any_other() {
        // `quoted` is the same pattern with its space in quotes.
        let (usual, quoted) = (east("yyyy-MM-dd HH:mm:ss"), east("yyyy-MM-dd' 'HH:mm:ss"));
        for seconds in [-377_705_116_800, -1, 0, 951_782_399, 1_672_502_400, 253_402_271_999] {
            let time = DateTime::from_unix_seconds(seconds).unwrap();
            let text = usual.format(time);
            assert_eq!(quoted.format(time), text);
            assert_eq!(usual.parse(&text), quoted.parse(&text).map_err(|_| unfit()), "{text}");
        }
        for text in [
            "0000-01-01 00:00:00",
            "-001-01-01 00:00:00",
            "2023-02-29 00:00:00",
            "2023-01-01 23:59:60",
            "2023-01-01T00:00:00",
            "2023/01-01 00:00:00",
            "2023-01-01 00:00:0x",
            "2023-01-01 00:00:0",
            "2023-01-01 00:00:000",
            "２023-01-01 00:00",
        ] {
            assert_eq!(usual.parse(text).ok(), quoted.parse(text).ok(), "{text}");
        }
    }

    fn unfit() -> InvalidDate {
        InvalidDate("a date-time as yyyy-MM-dd HH:mm:ss".to_owned())
    }

    #[test]
    fn utc_is_z_where_the_offset_has_a_colon() {
        let time = DateTime::default();
        let utc = |pattern| TimeFormat::Pattern { pattern, offset: 0 };
        assert_eq!(utc("HH:mmXXX").format(time), "00:00Z");
        assert_eq!(utc("HH:mmZ").format(time), "00:00+0000");
        assert_eq!(east("yyyy-MM-dd HHXXX").parse("1970-01-01 00Z").unwrap(), time);
    }

    #[test]
    fn other_languages_write_a_pattern_with_strftime() {
        for (format, expected) in [
            (east("yyyy-MM-dd HH:mm:ss"), "%Y-%m-%d %H:%M:%S"),
            (east("yyyyMMdd'T'HHmmssSSSZ"), "%Y%m%dT%H%M%S%L+0800"),
            (east("dd'%d'XXX"), "%d%%d+08:00"),
        ] {
            assert_eq!(format.strftime("%L").unwrap(), expected);
        }
        assert_eq!(TimeFormat::UnixMillis.strftime("%L"), None);
    }

    #[test]
    fn negative_offsets_keep_their_minutes() {
        let west = TimeFormat::Pattern { pattern: "HH:mmXXX", offset: -(3 * 3600 + 1800) };
        assert_eq!(west.format(DateTime::default()), "20:30-03:30");
    }

    #[test]
    fn what_does_not_follow_the_pattern_is_refused() {
        let format = east("yyyy-MM-dd HH:mm:ss");
        for text in [
            "",
            "2023-01-01",
            "2023-1-1 00:00:00",
            "2023-01-01 00:00:00 ",
            "2023-02-30 00:00:00",
            "2023-01-01 24:00:00",
            "+023-01-01 00:00:00",
            "二零二三-01-01 00:00:00",
        ] {
            let error = format.parse(text).unwrap_err();
            assert_eq!(error.to_string(), "a date-time as yyyy-MM-dd HH:mm:ss", "{text}");
        }
        assert!(TimeFormat::UnixSeconds.parse("12.5").is_err());
    }

    #[test]
    fn unknown_letters_and_open_quotes_are_named() {
        assert_eq!(east("yyyy-MM-dd").problem(), None);
        assert!(east("yy-MM-dd").problem().unwrap().starts_with("`yy` is not part"));
        assert!(east("HH 'o").problem().unwrap().starts_with("`'o` is not part"));
        assert!(TimeFormat::Pattern { pattern: "HH", offset: 200_000 }.problem().is_some());
    }
}

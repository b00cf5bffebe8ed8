//! Times as RFC 3339 text.

use std::fmt::{self, Write as _};
use std::str::FromStr;

use jiff::SignedDuration;
use jiff::fmt::temporal::{Pieces, PiecesOffset};

use super::{CYCLE, DateTime, END, InvalidDate};

/// Writes RFC 3339 at the time's offset, with `Z` for UTC. Two things are written as in ISO 8601,
/// because RFC 3339 does not allow them: the seconds of an offset, and the year 10000 (`+010000`),
/// which a time can have at its offset.
impl fmt::Display for DateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let local = self.since_1970 + SignedDuration::from_secs(self.offset.into());
        match local.as_secs() < END {
            true => fmt::Display::fmt(&self.to_civil(self.offset), f)?,
            false => {
                let earlier = DateTime { since_1970: self.since_1970 - CYCLE, ..*self };
                let text = earlier.to_civil(self.offset).to_string();
                write!(f, "+010000{}", text.trim_start_matches("9600"))?;
            }
        }
        write_offset(self.offset, f)
    }
}

fn write_offset(offset: i32, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    if offset == 0 {
        return f.write_char('Z');
    }
    let sign = if offset < 0 { '-' } else { '+' };
    let seconds = offset.unsigned_abs();
    write!(f, "{sign}{:02}:{:02}", seconds / 3600, seconds / 60 % 60)?;
    match seconds % 60 {
        0 => Ok(()),
        seconds => write!(f, ":{seconds:02}"),
    }
}

impl fmt::Debug for DateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Parses RFC 3339, and everything that `Display` writes. To parse a platform's format, use
/// [`TimeFormat::parse`](super::TimeFormat::parse).
impl FromStr for DateTime {
    type Err = InvalidDate;

    fn from_str(text: &str) -> Result<DateTime, InvalidDate> {
        let invalid = || InvalidDate("a date-time as 2023-01-01T00:00:00+08:00".to_owned());
        read(text).ok_or_else(invalid)
    }
}

fn read(text: &str) -> Option<DateTime> {
    if let Some(rest) = text.strip_prefix("+010000") {
        let time = read(&format!("9600{rest}"))?;
        return time.shifted(CYCLE);
    }
    let pieces = Pieces::parse(text).ok()?;
    let offset = match pieces.offset()? {
        PiecesOffset::Zulu => 0,
        PiecesOffset::Numeric(numeric) => numeric.offset().seconds(),
        _ => return None,
    };
    let has_zone = pieces.time_zone_annotation().is_some();
    let civil = pieces.date().to_datetime(pieces.time()?);
    DateTime::from_civil(civil, offset).filter(|_| !has_zone)
}

#[cfg(test)]
mod tests {
    use super::*;

    // The expected values were computed with Python: `datetime.fromisoformat(…).timestamp()`.
    #[test]
    fn rfc_3339_is_read_with_its_offset() {
        for (text, millis, shown) in [
            ("2023-01-01T00:00:00+08:00", 1_672_502_400_000, "2023-01-01T00:00:00+08:00"),
            ("2023-01-01T00:00:00.007Z", 1_672_531_200_007, "2023-01-01T00:00:00.007Z"),
            ("2022-12-31 20:30:00-03:30", 1_672_531_200_000, "2022-12-31T20:30:00-03:30"),
            ("2023-01-01t00:00:00z", 1_672_531_200_000, "2023-01-01T00:00:00Z"),
            ("1900-01-01T08:05:43+08:05:43", -2_208_988_800_000, "1900-01-01T08:05:43+08:05:43"),
        ] {
            let time: DateTime = text.parse().unwrap();
            assert_eq!((time.unix_millis(), time.to_string()), (millis, shown.to_owned()));
            assert_eq!(time.to_string().parse(), Ok(time));
        }
    }

    #[test]
    fn a_text_without_offset_or_date_is_refused() {
        for text in [
            "",
            "2023-01-01",
            "2023-01-01T00:00:00",
            "2023-01-01 00:00:00",
            "00:00:00Z",
            "2023-02-30T00:00:00Z",
            "2023-01-01T25:00:00Z",
            "2023-01-01T00:00:00+08:00[Asia/Shanghai]",
            "+010000",
            "+010000+010000-01-01T00:00:00Z",
            "+010000-01-05T00:00:00Z",
        ] {
            assert!(text.parse::<DateTime>().is_err(), "{text}");
        }
    }

    #[test]
    fn the_ends_of_time_can_be_written_at_every_offset() {
        for offset in [0, 93_599, -93_599, 28_800] {
            let last = DateTime::MAX.to_offset(offset);
            assert_eq!(last.to_string().parse(), Ok(DateTime::MAX), "{last}");
            assert!(!DateTime::MIN.to_offset(offset).to_string().is_empty());
        }
    }
}

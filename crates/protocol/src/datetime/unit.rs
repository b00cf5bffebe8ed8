//! The resolution of a time format.

use std::fmt;

use super::token::{Token, Tokens};
use super::{DateTime, TimeFormat};

/// The smallest step of a time format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TimeUnit {
    /// A day of 24 hours in the time zone of the format.
    Day,
    /// An hour.
    Hour,
    /// A minute.
    Minute,
    /// A second.
    Second,
    /// A millisecond.
    Millisecond,
}

impl TimeUnit {
    /// All units, from the longest to the shortest.
    pub(crate) const ALL: [TimeUnit; 5] =
        [TimeUnit::Day, TimeUnit::Hour, TimeUnit::Minute, TimeUnit::Second, TimeUnit::Millisecond];

    /// The length of the unit in milliseconds.
    pub const fn millis(self) -> i64 {
        match self {
            TimeUnit::Day => 86_400_000,
            TimeUnit::Hour => 3_600_000,
            TimeUnit::Minute => 60_000,
            TimeUnit::Second => 1000,
            TimeUnit::Millisecond => 1,
        }
    }
}

impl fmt::Display for TimeUnit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            TimeUnit::Day => "day",
            TimeUnit::Hour => "hour",
            TimeUnit::Minute => "minute",
            TimeUnit::Second => "second",
            TimeUnit::Millisecond => "millisecond",
        })
    }
}

impl TimeFormat<'_> {
    /// Returns the smallest step of the format, or `None` if the steps are irregular. They are
    /// irregular if a pattern ends at the year or month, or if it has a unit but lacks a larger
    /// one.
    pub fn unit(self) -> Option<TimeUnit> {
        let pattern = match self {
            TimeFormat::UnixSeconds => return Some(TimeUnit::Second),
            TimeFormat::UnixMillis => return Some(TimeUnit::Millisecond),
            TimeFormat::Pattern { pattern, .. } => pattern,
        };
        let parts = Tokens(pattern).fold([false; 7], |mut parts, token| {
            if let Some(part) = part(&token) {
                parts[part] = true;
            }
            parts
        });
        let depth = parts.iter().position(|there| !there).unwrap_or(parts.len());
        let deeper = parts.iter().skip(depth).any(|there| *there);
        // Years and months have no fixed length, so a pattern that ends at one of them has no unit.
        let unit = depth.checked_sub(3).and_then(|depth| TimeUnit::ALL.get(depth));
        unit.copied().filter(|_| !deeper)
    }

    /// The format's offset from UTC in seconds, positive to the east.
    pub(crate) fn offset(self) -> i32 {
        match self {
            TimeFormat::Pattern { offset, .. } => offset,
            TimeFormat::UnixSeconds | TimeFormat::UnixMillis => 0,
        }
    }
}

fn part(token: &Token<'_>) -> Option<usize> {
    match token {
        Token::Year => Some(0),
        Token::Month => Some(1),
        Token::Day => Some(2),
        Token::Hour => Some(3),
        Token::Minute => Some(4),
        Token::Second => Some(5),
        Token::Millis => Some(6),
        Token::Offset { .. } | Token::Literal(_) | Token::Unknown(_) => None,
    }
}

/// The times that a format can write, numbered in ascending order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Grid {
    pub(crate) unit: TimeUnit,
    /// The offset from UTC in seconds, which determines where days and hours begin.
    pub(crate) offset: i32,
}

impl Grid {
    /// The number of the latest time on the grid that is not after `time`. The format writes `time`
    /// as if it were that time.
    pub(crate) fn number(self, time: DateTime) -> i64 {
        // A `DateTime` has at most 3.8e14 milliseconds, so nothing here overflows.
        (time.unix_millis() + self.shift()).div_euclid(self.unit.millis())
    }

    /// The time with this number, at the format's offset. If this time is out of range, the nearest
    /// time.
    pub(crate) fn instant(self, number: i64) -> DateTime {
        let millis = number.saturating_mul(self.unit.millis()).saturating_sub(self.shift());
        let end = if millis < 0 { DateTime::MIN } else { DateTime::MAX };
        DateTime::from_unix_millis(millis).unwrap_or(end).to_offset(self.offset)
    }

    fn shift(self) -> i64 {
        i64::from(self.offset) * 1000
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unit(pattern: &str) -> Option<TimeUnit> {
        TimeFormat::Pattern { pattern, offset: 28_800 }.unit()
    }

    #[test]
    fn a_format_is_as_fine_as_its_last_part() {
        assert_eq!(unit("yyyy-MM-dd HH:mm:ss"), Some(TimeUnit::Second));
        assert_eq!(unit("yyyyMMddHHmmssSSS"), Some(TimeUnit::Millisecond));
        assert_eq!(unit("dd/MM/yyyy HH:mm"), Some(TimeUnit::Minute));
        assert_eq!(unit("yyyyMMdd'T'HHXXX"), Some(TimeUnit::Hour));
        assert_eq!(unit("yyyy年MM月dd日"), Some(TimeUnit::Day));
        assert_eq!(TimeFormat::UnixSeconds.unit(), Some(TimeUnit::Second));
        assert_eq!(TimeFormat::UnixMillis.unit(), Some(TimeUnit::Millisecond));
    }

    #[test]
    fn a_format_with_a_hole_has_no_regular_steps() {
        for pattern in
            ["yyyy-MM", "yyyy", "", "HH:mm:ss", "yyyy-MM-dd mm:ss", "yyyy-MM-dd HH:mm SSS"]
        {
            assert_eq!(unit(pattern), None, "{pattern}");
        }
    }

    /// A time and the grid's time with the same number are written as the same text.
    #[test]
    fn an_instant_and_its_place_on_the_grid_have_one_text() {
        let patterns = ["yyyy-MM-dd", "yyyy-MM-dd HH", "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss"];
        for offset in [0, 28_800, -12_600, 20_700, -93_599, 93_599] {
            for pattern in patterns {
                let format = TimeFormat::Pattern { pattern, offset };
                let grid = Grid { unit: format.unit().unwrap(), offset };
                for millis in [0, 1, -1, -86_400_001, 1_672_502_399_999, 253_402_207_200_000] {
                    let time = DateTime::from_unix_millis(millis).unwrap();
                    let step = grid.instant(grid.number(time));
                    assert_eq!(format.format(step), format.format(time), "{pattern} {offset}");
                    assert!(step <= time);
                    assert_eq!(grid.number(step), grid.number(time));
                }
            }
        }
    }

    #[test]
    fn the_grid_ends_where_time_ends() {
        for unit in TimeUnit::ALL {
            let grid = Grid { unit, offset: 28_800 };
            assert_eq!(grid.instant(i64::MIN), DateTime::MIN);
            assert_eq!(grid.instant(i64::MAX), DateTime::MAX);
            let first = grid.instant(grid.number(DateTime::MIN));
            assert_eq!(grid.number(first), grid.number(DateTime::MIN), "{unit}");
        }
    }
}

//! Instants, and how they are built. The module `pattern` puts them on the wire.

mod convert;
mod pattern;
mod reader;
mod token;
mod unit;

use std::fmt;
use std::ops::{Add, Sub};
use std::time::Duration;

use jiff::Timestamp;
use jiff::civil;
use jiff::tz::Offset;

pub use pattern::TimeFormat;
pub(crate) use unit::Grid;
pub use unit::TimeUnit;

/// An instant. The spec's zone and format put it on the wire.
///
/// ```
/// use gatespec_protocol::DateTime;
///
/// let start = DateTime::civil(8 * 3600, 2023, 1, 1, 0, 0, 0)?;
/// assert_eq!(start.to_string(), "2022-12-31T16:00:00Z");
/// # Ok::<(), gatespec_protocol::InvalidDate>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct DateTime(pub(crate) Timestamp);

impl DateTime {
    /// The first instant that there is, in the year -9999.
    pub const MIN: DateTime = DateTime(Timestamp::MIN);
    /// The last instant that there is, in the year 9999.
    pub const MAX: DateTime = DateTime(Timestamp::MAX);

    /// The instant now, by the system's clock.
    pub fn now() -> DateTime {
        DateTime(Timestamp::now())
    }

    /// So many seconds after 1970-01-01 00:00:00 UTC. Years beyond 9999 are an error.
    pub fn from_unix_seconds(seconds: i64) -> Result<DateTime, InvalidDate> {
        Timestamp::from_second(seconds).map(DateTime).map_err(|_| InvalidDate::range(seconds, "s"))
    }

    /// So many milliseconds after 1970-01-01 00:00:00 UTC. Years beyond 9999 are an error.
    pub fn from_unix_millis(millis: i64) -> Result<DateTime, InvalidDate> {
        Timestamp::from_millisecond(millis)
            .map(DateTime)
            .map_err(|_| InvalidDate::range(millis, "ms"))
    }

    /// Seconds since 1970-01-01 00:00:00 UTC, rounded down.
    pub fn unix_seconds(self) -> i64 {
        self.unix_millis().div_euclid(1000)
    }

    /// Milliseconds since 1970-01-01 00:00:00 UTC, rounded down.
    pub fn unix_millis(self) -> i64 {
        let nanoseconds = self.0.as_nanosecond().div_euclid(1_000_000);
        i64::try_from(nanoseconds).unwrap_or(i64::MAX)
    }

    /// The instant at which clocks that are `offset_seconds` east of UTC show this date and time.
    /// A date that does not exist (30 February, hour 24) is an error.
    pub fn civil(
        offset_seconds: i32,
        year: i16,
        month: i8,
        day: i8,
        hour: i8,
        minute: i8,
        second: i8,
    ) -> Result<DateTime, InvalidDate> {
        let wrong = || {
            InvalidDate(format!(
                "there is no {year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}"
            ))
        };
        let civil =
            civil::DateTime::new(year, month, day, hour, minute, second, 0).map_err(|_| wrong())?;
        DateTime::from_civil(civil, offset_seconds).ok_or_else(wrong)
    }

    /// This instant and so much later; `None` beyond the year 9999.
    pub fn checked_add(self, span: Duration) -> Option<DateTime> {
        self.0.checked_add(span).ok().map(DateTime)
    }

    /// This instant and so much earlier; `None` before the year -9999.
    pub fn checked_sub(self, span: Duration) -> Option<DateTime> {
        self.0.checked_sub(span).ok().map(DateTime)
    }

    /// The time between two instants, whichever is first.
    pub fn distance(self, other: DateTime) -> Duration {
        self.0.duration_since(other.0).unsigned_abs()
    }

    fn from_civil(civil: civil::DateTime, offset_seconds: i32) -> Option<DateTime> {
        let offset = Offset::from_seconds(offset_seconds).ok()?;
        offset.to_timestamp(civil).ok().map(DateTime)
    }

    fn to_civil(self, offset_seconds: i32) -> civil::DateTime {
        Offset::from_seconds(offset_seconds).unwrap_or(Offset::UTC).to_datetime(self.0)
    }
}

/// Stops at the last instant of the year 9999.
impl Add<Duration> for DateTime {
    type Output = DateTime;

    fn add(self, span: Duration) -> DateTime {
        self.checked_add(span).unwrap_or(DateTime(Timestamp::MAX))
    }
}

/// Stops at the first instant of the year -9999.
impl Sub<Duration> for DateTime {
    type Output = DateTime;

    fn sub(self, span: Duration) -> DateTime {
        self.checked_sub(span).unwrap_or(DateTime(Timestamp::MIN))
    }
}

/// RFC 3339, in UTC.
impl fmt::Display for DateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl fmt::Debug for DateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl From<std::time::SystemTime> for DateTime {
    fn from(time: std::time::SystemTime) -> DateTime {
        Timestamp::try_from(time).map_or(DateTime(Timestamp::MAX), DateTime)
    }
}

/// A date that does not exist, or lies beyond what can be represented.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidDate(String);

impl InvalidDate {
    fn range(number: i64, unit: &str) -> InvalidDate {
        InvalidDate(format!("{number} {unit} after 1970 lies outside the years -9999 to 9999"))
    }
}

impl fmt::Display for InvalidDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for InvalidDate {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn civil_is_read_in_its_zone() {
        let east = DateTime::civil(8 * 3600, 2023, 1, 1, 0, 0, 0).unwrap();
        assert_eq!(east.unix_seconds(), 1_672_502_400);
        assert_eq!(format!("{east:?}"), "2022-12-31T16:00:00Z");
    }

    #[test]
    fn dates_that_do_not_exist_are_refused() {
        for (month, day, hour) in [(2, 30, 0), (13, 1, 0), (1, 1, 24), (0, 1, 0)] {
            assert!(DateTime::civil(0, 2023, month, day, hour, 0, 0).is_err());
        }
        let message = DateTime::civil(0, 2023, 2, 30, 0, 0, 0).unwrap_err().to_string();
        assert_eq!(message, "there is no 2023-02-30 00:00:00");
        assert!(DateTime::from_unix_seconds(i64::MAX).is_err());
        assert!(DateTime::from_unix_millis(i64::MIN).is_err());
    }

    #[test]
    fn before_the_epoch_rounds_down() {
        let early = DateTime::from_unix_millis(-1).unwrap();
        assert_eq!((early.unix_millis(), early.unix_seconds()), (-1, -1));
    }

    #[test]
    fn addition_stops_at_the_end_of_time() {
        let end = DateTime::default() + Duration::MAX;
        assert_eq!(end.checked_add(Duration::from_secs(1)), None);
        assert_eq!(DateTime::default() + Duration::ZERO, DateTime::default());
    }
}

//! Instants, and how they are built. The module `pattern` puts them on the wire.

mod convert;
mod pattern;
mod reader;
mod token;
mod unit;

use std::fmt;
use std::ops::{Add, Sub};
use std::time::Duration;

use jiff::tz::Offset;
use jiff::{SignedDuration, Timestamp, civil};

pub use pattern::TimeFormat;
pub(crate) use unit::Grid;
pub use unit::TimeUnit;

/// An instant. The spec's zone and format put it on the wire.
///
/// Every date and time of the years -9999 to 9999 is one, in any zone: `9999-12-31 23:59:59`, by
/// which platforms say that something never ends, too.
///
/// ```
/// use gatespec_protocol::DateTime;
///
/// let start = DateTime::civil(8 * 3600, 2023, 1, 1, 0, 0, 0)?;
/// assert_eq!(start.to_string(), "2022-12-31T16:00:00Z");
/// # Ok::<(), gatespec_protocol::InvalidDate>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct DateTime(SignedDuration);

/// The farthest that a zone can be from UTC, in seconds.
const FARTHEST: i64 = 93_599;

const EPOCH: civil::DateTime = civil::date(1970, 1, 1).at(0, 0, 0, 0);

/// Seconds from 1970 to the year 10000.
const END: i64 = 253_402_300_800;

/// The calendar repeats itself after 400 years.
const CYCLE: SignedDuration = SignedDuration::from_secs(146_097 * 86_400);

impl DateTime {
    /// The first instant that there is, in the year -9999.
    pub const MIN: DateTime = DateTime(SignedDuration::from_secs(-377_705_116_800 - FARTHEST));
    /// The last instant that there is: the end of the year 9999 where it ends last.
    pub const MAX: DateTime = DateTime(SignedDuration::new(END + FARTHEST - 1, 999_999_999));

    /// The instant now, by the system's clock.
    pub fn now() -> DateTime {
        DateTime(Timestamp::now().as_duration())
    }

    /// So many seconds after 1970-01-01 00:00:00 UTC. Years beyond 9999 are an error.
    pub fn from_unix_seconds(seconds: i64) -> Result<DateTime, InvalidDate> {
        DateTime::within(SignedDuration::from_secs(seconds))
            .ok_or_else(|| InvalidDate::range(seconds, "s"))
    }

    /// So many milliseconds after 1970-01-01 00:00:00 UTC. Years beyond 9999 are an error.
    pub fn from_unix_millis(millis: i64) -> Result<DateTime, InvalidDate> {
        DateTime::within(SignedDuration::from_millis(millis))
            .ok_or_else(|| InvalidDate::range(millis, "ms"))
    }

    fn within(since_1970: SignedDuration) -> Option<DateTime> {
        let time = DateTime(since_1970);
        (DateTime::MIN..=DateTime::MAX).contains(&time).then_some(time)
    }

    /// Seconds since 1970-01-01 00:00:00 UTC, rounded down.
    pub fn unix_seconds(self) -> i64 {
        self.unix_millis().div_euclid(1000)
    }

    /// Milliseconds since 1970-01-01 00:00:00 UTC, rounded down.
    pub fn unix_millis(self) -> i64 {
        // The years -9999 to 9999 have less than 4e14 milliseconds.
        self.0.as_secs() * 1000 + i64::from(self.0.subsec_nanos().div_euclid(1_000_000))
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
        DateTime::within(self.0.checked_add(SignedDuration::try_from(span).ok()?)?)
    }

    /// This instant and so much earlier; `None` before the year -9999.
    pub fn checked_sub(self, span: Duration) -> Option<DateTime> {
        DateTime::within(self.0.checked_sub(SignedDuration::try_from(span).ok()?)?)
    }

    /// The time between two instants, whichever is first.
    pub fn distance(self, other: DateTime) -> Duration {
        (self.0 - other.0).unsigned_abs()
    }

    /// Reads what `Display` writes.
    pub(crate) fn from_utc(text: &str) -> Option<DateTime> {
        if let Ok(time) = text.parse::<Timestamp>() {
            return Some(DateTime(time.as_duration()));
        }
        let (cycles, text) = match text.strip_prefix("+010000") {
            Some(rest) => (1, format!("9600{rest}")),
            None => (0, text.to_owned()),
        };
        let time = DateTime::from_civil(text.strip_suffix('Z')?.parse().ok()?, 0)?;
        DateTime::within(time.0 + CYCLE * cycles)
    }

    fn from_civil(civil: civil::DateTime, offset_seconds: i32) -> Option<DateTime> {
        let offset = SignedDuration::from_secs(offset_seconds.into());
        DateTime::within(civil.duration_since(EPOCH) - offset)
    }

    /// What clocks show there; beyond the years -9999 to 9999, the last that they can.
    fn to_civil(self, offset_seconds: i32) -> civil::DateTime {
        let offset = Offset::from_seconds(offset_seconds).unwrap_or(Offset::UTC);
        match Timestamp::from_duration(self.0) {
            Ok(time) => offset.to_datetime(time),
            Err(_) => {
                let shift = SignedDuration::from_secs(offset.seconds().into());
                EPOCH.saturating_add(self.0 + shift)
            }
        }
    }
}

/// Stops at the last instant of the year 9999.
impl Add<Duration> for DateTime {
    type Output = DateTime;

    fn add(self, span: Duration) -> DateTime {
        self.checked_add(span).unwrap_or(DateTime::MAX)
    }
}

/// Stops at the first instant of the year -9999.
impl Sub<Duration> for DateTime {
    type Output = DateTime;

    fn sub(self, span: Duration) -> DateTime {
        self.checked_sub(span).unwrap_or(DateTime::MIN)
    }
}

/// RFC 3339, in UTC. What the year 9999 of another zone has after its end in UTC is of the year
/// 10000, which ISO 8601 writes `+010000`.
impl fmt::Display for DateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Ok(time) = Timestamp::from_duration(self.0) {
            return fmt::Display::fmt(&time, f);
        }
        match self.0.as_secs() < END {
            true => write!(f, "{}Z", self.to_civil(0)),
            false => {
                let earlier = DateTime(self.0 - CYCLE).to_civil(0);
                write!(f, "+010000{}Z", earlier.to_string().trim_start_matches("9600"))
            }
        }
    }
}

impl fmt::Debug for DateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl From<std::time::SystemTime> for DateTime {
    fn from(time: std::time::SystemTime) -> DateTime {
        SignedDuration::system_until(std::time::UNIX_EPOCH, time)
            .ok()
            .and_then(DateTime::within)
            .unwrap_or(DateTime::MAX)
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

    // Seconds by Python: `int(datetime(9999, 12, 31, 23, 59, 59, tzinfo=timezone.utc).timestamp())`
    // is 253402300799.
    #[test]
    fn the_last_second_of_9999_is_a_time_in_every_zone() {
        for (offset, shown) in [
            (8 * 3600, "9999-12-31T15:59:59Z"),
            (0, "9999-12-31T23:59:59Z"),
            (-12 * 3600, "+010000-01-01T11:59:59Z"),
        ] {
            let last = DateTime::civil(offset, 9999, 12, 31, 23, 59, 59).unwrap();
            assert_eq!(last.unix_seconds(), 253_402_300_799 - i64::from(offset));
            assert_eq!(DateTime::from_unix_seconds(last.unix_seconds()), Ok(last));
            assert_eq!(last.to_string(), shown);
            assert_eq!(DateTime::from_utc(shown), Some(last));
            let format = TimeFormat::Pattern { pattern: "yyyy-MM-dd HH:mm:ss", offset };
            assert_eq!(format.format(last), "9999-12-31 23:59:59");
            assert_eq!(format.parse("9999-12-31 23:59:59"), Ok(last));
        }
        assert!(DateTime::MAX.checked_add(Duration::from_nanos(1)).is_none());
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

//! Times, with an offset from UTC.

mod convert;
mod parts;
mod pattern;
mod reader;
mod text;
mod token;
mod unit;
mod usual;

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::{Add, AddAssign, Sub, SubAssign};
use std::time::Duration;

use jiff::tz::Offset;
use jiff::{SignedDuration, Timestamp, civil};

pub use pattern::TimeFormat;
pub(crate) use unit::Grid;
pub use unit::TimeUnit;

/// A time, with the offset from UTC at which it is shown. On the wire, a time has the format and
/// the time zone of the spec.
///
/// Times at the same instant are equal, whatever their offsets. A time that is parsed from a
/// platform's format has the platform's offset. A time that is created from seconds or milliseconds
/// since 1970 has offset 0.
///
/// The type can represent all dates and times of the years -9999 to 9999 in every time zone,
/// including `9999-12-31 23:59:59`, which platforms use for "never ends".
///
/// ```
/// use std::time::Duration;
/// use gatespec_protocol::DateTime;
///
/// let start = DateTime::civil(8 * 3600, 2023, 1, 1, 0, 0, 0)?;
/// assert_eq!(start.to_string(), "2023-01-01T00:00:00+08:00");
/// assert_eq!(start.to_offset(0).to_string(), "2022-12-31T16:00:00Z");
/// assert_eq!((start.year(), start.to_offset(0).year()), (2023, 2022));
///
/// let day: DateTime = "2023-01-02T00:00:00+08:00".parse()?;
/// assert_eq!(start + Duration::from_secs(86_400), day);
/// # Ok::<(), gatespec_protocol::InvalidDate>(())
/// ```
#[derive(Clone, Copy, Default)]
pub struct DateTime {
    since_1970: SignedDuration,
    /// The offset in seconds, positive to the east, in the range of jiff's `Offset`.
    offset: i32,
}

/// The largest offset from UTC, in seconds.
const FARTHEST: i64 = 93_599;

const EPOCH: civil::DateTime = civil::date(1970, 1, 1).at(0, 0, 0, 0);

/// The beginning of the year 10000 in Unix seconds.
const END: i64 = 253_402_300_800;

/// A period of 400 years, after which the calendar repeats.
const CYCLE: SignedDuration = SignedDuration::from_secs(146_097 * 86_400);

impl DateTime {
    /// The earliest time: the beginning of the year -9999 in the easternmost time zone.
    pub const MIN: DateTime = DateTime::utc(SignedDuration::from_secs(-377_705_116_800 - FARTHEST));
    /// The latest time: the end of the year 9999 in the westernmost time zone.
    pub const MAX: DateTime = DateTime::utc(SignedDuration::new(END + FARTHEST - 1, 999_999_999));

    const fn utc(since_1970: SignedDuration) -> DateTime {
        DateTime { since_1970, offset: 0 }
    }

    /// Returns the current time of the system's clock.
    pub fn now() -> DateTime {
        DateTime::utc(Timestamp::now().as_duration())
    }

    /// Creates a time from Unix seconds.
    ///
    /// # Errors
    /// The time is outside the years -9999 to 9999.
    pub fn from_unix_seconds(seconds: i64) -> Result<DateTime, InvalidDate> {
        DateTime::within(SignedDuration::from_secs(seconds))
            .ok_or_else(|| InvalidDate::range(seconds, "s"))
    }

    /// Creates a time from Unix milliseconds.
    ///
    /// # Errors
    /// The time is outside the years -9999 to 9999.
    pub fn from_unix_millis(millis: i64) -> Result<DateTime, InvalidDate> {
        DateTime::within(SignedDuration::from_millis(millis))
            .ok_or_else(|| InvalidDate::range(millis, "ms"))
    }

    fn within(since_1970: SignedDuration) -> Option<DateTime> {
        let time = DateTime::utc(since_1970);
        (DateTime::MIN..=DateTime::MAX).contains(&time).then_some(time)
    }

    /// The Unix time in seconds, rounded down.
    pub fn unix_seconds(self) -> i64 {
        self.unix_millis().div_euclid(1000)
    }

    /// The Unix time in milliseconds, rounded down.
    pub fn unix_millis(self) -> i64 {
        // The years -9999 to 9999 have less than 4e14 milliseconds, so this cannot overflow.
        self.since_1970.as_secs() * 1000
            + i64::from(self.since_1970.subsec_nanos().div_euclid(1_000_000))
    }

    /// Creates a time from a date, a time of day, and an offset from UTC in seconds to the east.
    ///
    /// # Errors
    /// The date or time of day does not exist, such as 30 February or hour 24.
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

    /// Adds a duration. Returns `None` if the result is later than [`DateTime::MAX`].
    pub fn checked_add(self, span: Duration) -> Option<DateTime> {
        self.shifted(SignedDuration::try_from(span).ok()?)
    }

    /// Subtracts a duration. Returns `None` if the result is earlier than [`DateTime::MIN`].
    pub fn checked_sub(self, span: Duration) -> Option<DateTime> {
        self.shifted(SignedDuration::try_from(span).ok()?.checked_neg()?)
    }

    fn shifted(self, span: SignedDuration) -> Option<DateTime> {
        let time = DateTime::within(self.since_1970.checked_add(span)?)?;
        Some(DateTime { offset: self.offset, ..time })
    }

    /// The earliest time if the span is negative, otherwise the latest time; in both cases with
    /// this time's offset.
    fn end(self, span_is_negative: bool) -> DateTime {
        let end = if span_is_negative { DateTime::MIN } else { DateTime::MAX };
        DateTime { offset: self.offset, ..end }
    }

    /// Returns the duration between two times, whichever is earlier.
    pub fn distance(self, other: DateTime) -> Duration {
        (self.since_1970 - other.since_1970).unsigned_abs()
    }

    fn from_civil(civil: civil::DateTime, offset_seconds: i32) -> Option<DateTime> {
        let offset = SignedDuration::from_secs(offset_seconds.into());
        let time = DateTime::within(civil.duration_since(EPOCH) - offset)?;
        Some(time.to_offset(offset_seconds))
    }

    /// The date and time of day at an offset. If the year is outside -9999 to 9999, returns the
    /// nearest date and time within these years.
    fn to_civil(self, offset_seconds: i32) -> civil::DateTime {
        let offset = Offset::from_seconds(offset_seconds).unwrap_or(Offset::UTC);
        match Timestamp::from_duration(self.since_1970) {
            Ok(time) => offset.to_datetime(time),
            Err(_) => {
                let shift = SignedDuration::from_secs(offset.seconds().into());
                EPOCH.saturating_add(self.since_1970 + shift)
            }
        }
    }
}

/// Saturates at [`DateTime::MAX`].
impl Add<Duration> for DateTime {
    type Output = DateTime;

    fn add(self, span: Duration) -> DateTime {
        self.checked_add(span).unwrap_or(self.end(false))
    }
}

/// Saturates at [`DateTime::MIN`].
impl Sub<Duration> for DateTime {
    type Output = DateTime;

    fn sub(self, span: Duration) -> DateTime {
        self.checked_sub(span).unwrap_or(self.end(true))
    }
}

/// Saturates at [`DateTime::MAX`].
impl AddAssign<Duration> for DateTime {
    fn add_assign(&mut self, span: Duration) {
        *self = *self + span;
    }
}

/// Saturates at [`DateTime::MIN`].
impl SubAssign<Duration> for DateTime {
    fn sub_assign(&mut self, span: Duration) {
        *self = *self - span;
    }
}

impl PartialEq for DateTime {
    fn eq(&self, other: &DateTime) -> bool {
        self.since_1970 == other.since_1970
    }
}

impl Eq for DateTime {}

impl PartialOrd for DateTime {
    fn partial_cmp(&self, other: &DateTime) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for DateTime {
    fn cmp(&self, other: &DateTime) -> Ordering {
        self.since_1970.cmp(&other.since_1970)
    }
}

impl Hash for DateTime {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.since_1970.hash(state);
    }
}

/// The error for a date or time that does not exist or is out of range.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidDate(String);

impl InvalidDate {
    fn range(number: i64, unit: &str) -> InvalidDate {
        InvalidDate(format!("{number} {unit} after 1970 is outside the years -9999 to 9999"))
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
        assert_eq!(format!("{east:?}"), "2023-01-01T00:00:00+08:00");
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

    // The expected value was computed with Python:
    // `int(datetime(9999, 12, 31, 23, 59, 59, tzinfo=timezone.utc).timestamp())`.
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
            assert_eq!(last.to_offset(0).to_string(), shown);
            assert_eq!(shown.parse(), Ok(last));
            assert_eq!(last.to_string().parse(), Ok(last));
            let format = TimeFormat::Pattern { pattern: "yyyy-MM-dd HH:mm:ss", offset };
            assert_eq!(format.format(last), "9999-12-31 23:59:59");
            assert_eq!(format.parse("9999-12-31 23:59:59"), Ok(last));
        }
        assert!(DateTime::MAX.checked_add(Duration::from_nanos(1)).is_none());
    }

    #[test]
    fn an_instant_is_equal_to_itself_at_another_offset() {
        let east = DateTime::civil(8 * 3600, 2023, 1, 1, 0, 0, 0).unwrap();
        let utc = DateTime::from_unix_seconds(1_672_502_400).unwrap();
        assert_eq!(east, utc);
        assert_eq!(east.cmp(&utc), Ordering::Equal);
        assert_eq!(std::collections::HashSet::from([east, utc]).len(), 1);
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

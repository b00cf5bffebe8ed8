//! Conversions to and from the time types of the standard library and of other crates. Each crate
//! has a feature, which is named after the crate and its version.

use std::time::{Duration, SystemTime};

use jiff::SignedDuration;

use super::{DateTime, InvalidDate};

/// A time outside the years -9999 to 9999 becomes [`DateTime::MIN`] or [`DateTime::MAX`].
impl From<SystemTime> for DateTime {
    fn from(time: SystemTime) -> DateTime {
        let since_1970 = SignedDuration::system_until(SystemTime::UNIX_EPOCH, time).ok();
        let end = match time < SystemTime::UNIX_EPOCH {
            true => DateTime::MIN,
            false => DateTime::MAX,
        };
        since_1970.and_then(DateTime::within).unwrap_or(end)
    }
}

/// Fails only if `SystemTime` cannot represent the time: on Windows, before the year 1601.
impl TryFrom<DateTime> for SystemTime {
    type Error = InvalidDate;

    fn try_from(time: DateTime) -> Result<SystemTime, InvalidDate> {
        let distance: Duration = time.since_1970.unsigned_abs();
        let system = match time.since_1970.is_negative() {
            true => SystemTime::UNIX_EPOCH.checked_sub(distance),
            false => SystemTime::UNIX_EPOCH.checked_add(distance),
        };
        system.ok_or_else(|| InvalidDate::range(time.unix_seconds(), "s"))
    }
}

#[cfg(feature = "jiff1")]
mod jiff1 {
    use std::ops::{Add, Sub};

    use jiff::tz::{Offset, TimeZone};
    use jiff::{SignedDuration, Timestamp, ZonedDateTime};

    use crate::{DateTime, InvalidDate};

    /// Fails in the last hours of the year 9999 and in the first hours of the year -9999, because
    /// jiff represents only times that can be shown in every time zone.
    impl TryFrom<DateTime> for Timestamp {
        type Error = InvalidDate;

        fn try_from(time: DateTime) -> Result<Timestamp, InvalidDate> {
            Timestamp::from_duration(time.since_1970)
                .map_err(|_| InvalidDate::range(time.unix_seconds(), "s"))
        }
    }

    impl From<Timestamp> for DateTime {
        fn from(time: Timestamp) -> DateTime {
            DateTime::utc(time.as_duration())
        }
    }

    /// Creates a time in a fixed time zone with this time's offset. Fails in the same hours as the
    /// conversion to [`Timestamp`].
    impl TryFrom<DateTime> for ZonedDateTime {
        type Error = InvalidDate;

        fn try_from(time: DateTime) -> Result<ZonedDateTime, InvalidDate> {
            let offset = Offset::from_seconds(time.offset_seconds()).unwrap_or(Offset::UTC);
            let zone = TimeZone::fixed(offset);
            Ok(Timestamp::try_from(time)?.to_zoned_datetime(zone))
        }
    }

    /// The result has the offset of the time zone at this time.
    impl From<ZonedDateTime> for DateTime {
        fn from(time: ZonedDateTime) -> DateTime {
            DateTime::from(&time)
        }
    }

    /// The result has the offset of the time zone at this time.
    impl From<&ZonedDateTime> for DateTime {
        fn from(time: &ZonedDateTime) -> DateTime {
            DateTime::from(time.timestamp()).to_offset(time.offset().seconds())
        }
    }

    /// Saturates at [`DateTime::MIN`] and [`DateTime::MAX`].
    impl Add<SignedDuration> for DateTime {
        type Output = DateTime;

        fn add(self, span: SignedDuration) -> DateTime {
            self.shifted(span).unwrap_or(self.end(span.is_negative()))
        }
    }

    /// Saturates at [`DateTime::MIN`] and [`DateTime::MAX`].
    impl Sub<SignedDuration> for DateTime {
        type Output = DateTime;

        fn sub(self, span: SignedDuration) -> DateTime {
            let back = span.checked_neg().and_then(|span| self.shifted(span));
            back.unwrap_or(self.end(!span.is_negative()))
        }
    }

    /// Returns the duration between two times. It is negative if the left time is earlier.
    impl Sub<DateTime> for DateTime {
        type Output = SignedDuration;

        fn sub(self, other: DateTime) -> SignedDuration {
            self.since_1970 - other.since_1970
        }
    }
}

#[cfg(feature = "chrono04")]
mod chrono04 {
    use chrono::{FixedOffset, Offset as _, TimeZone, Utc};

    use crate::{DateTime, InvalidDate};

    impl From<DateTime> for chrono::DateTime<Utc> {
        fn from(time: DateTime) -> chrono::DateTime<Utc> {
            let nanos = time.since_1970.as_nanos();
            let second = i64::try_from(nanos.div_euclid(1_000_000_000)).unwrap_or_default();
            let fraction = u32::try_from(nanos.rem_euclid(1_000_000_000)).unwrap_or_default();
            // chrono can represent every `DateTime`.
            Utc.timestamp_opt(second, fraction).single().unwrap_or_default()
        }
    }

    /// Keeps the offset, unless it is a day or longer: then the result is in UTC.
    impl From<DateTime> for chrono::DateTime<FixedOffset> {
        fn from(time: DateTime) -> chrono::DateTime<FixedOffset> {
            let offset = FixedOffset::east_opt(time.offset_seconds()).unwrap_or(Utc.fix());
            chrono::DateTime::<Utc>::from(time).with_timezone(&offset)
        }
    }

    /// The result has the offset of the time zone at this time. Fails outside the years -9999 to
    /// 9999.
    impl<Tz: TimeZone> TryFrom<chrono::DateTime<Tz>> for DateTime {
        type Error = InvalidDate;

        fn try_from(time: chrono::DateTime<Tz>) -> Result<DateTime, InvalidDate> {
            let second = DateTime::from_unix_seconds(time.timestamp())?;
            let fraction = std::time::Duration::from_nanos(time.timestamp_subsec_nanos().into());
            Ok((second + fraction).to_offset(time.offset().fix().local_minus_utc()))
        }
    }
}

#[cfg(feature = "time03")]
mod time03 {
    use time::{OffsetDateTime, UtcOffset};

    use crate::{DateTime, InvalidDate};

    /// Keeps the offset. Fails in the last hours of the year 9999 and in the first hours of the
    /// year -9999.
    impl TryFrom<DateTime> for OffsetDateTime {
        type Error = InvalidDate;

        fn try_from(time: DateTime) -> Result<OffsetDateTime, InvalidDate> {
            let wrong = || InvalidDate::range(time.unix_seconds(), "s");
            let utc = OffsetDateTime::from_unix_timestamp_nanos(time.since_1970.as_nanos());
            let offset = UtcOffset::from_whole_seconds(time.offset_seconds());
            let offset = offset.unwrap_or(UtcOffset::UTC);
            utc.ok().and_then(|utc| utc.checked_to_offset(offset)).ok_or_else(wrong)
        }
    }

    /// Fails outside the years -9999 to 9999. Such times exist only if the feature `large-dates` of
    /// the crate `time` is on.
    impl TryFrom<OffsetDateTime> for DateTime {
        type Error = InvalidDate;

        fn try_from(time: OffsetDateTime) -> Result<DateTime, InvalidDate> {
            let second = DateTime::from_unix_seconds(time.unix_timestamp())?;
            let fraction = std::time::Duration::from_nanos(time.nanosecond().into());
            Ok((second + fraction).to_offset(time.offset().whole_seconds()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2023-01-01 00:00:00.007 in Shanghai, and a time in 1917 at an offset of -03:30.
    fn times() -> [DateTime; 2] {
        let of = |millis| DateTime::from_unix_millis(millis).unwrap();
        [of(1_672_502_400_007).to_offset(28_800), of(-1_672_502_400_007).to_offset(-12_600)]
    }

    #[test]
    fn the_systems_time_there_and_back() {
        for time in times() {
            assert_eq!(DateTime::from(SystemTime::try_from(time).unwrap()), time);
        }
        let early = SystemTime::UNIX_EPOCH - Duration::from_millis(1);
        assert_eq!(DateTime::from(early).unix_millis(), -1);
    }

    #[cfg(feature = "jiff1")]
    #[test]
    fn jiff_there_and_back() {
        for time in times() {
            assert_eq!(DateTime::from(jiff::Timestamp::try_from(time).unwrap()), time);
            let zoned = jiff::ZonedDateTime::try_from(time).unwrap();
            let back = DateTime::from(&zoned);
            assert_eq!((back, back.offset_seconds()), (time, time.offset_seconds()));
            let hour = SignedDuration::from_hours(1);
            assert_eq!((time + hour) - time, hour);
            assert_eq!(time - -hour, time + Duration::from_secs(3600));
            assert_eq!(time + SignedDuration::MIN, DateTime::MIN);
            assert_eq!(time - SignedDuration::MIN, DateTime::MAX);
        }
        let zoned = jiff::ZonedDateTime::try_from(times()[0]).unwrap();
        assert_eq!(zoned.datetime().to_string(), "2023-01-01T00:00:00.007");
    }

    #[cfg(feature = "chrono04")]
    #[test]
    fn chrono_there_and_back() {
        for time in times() {
            let utc = chrono::DateTime::<chrono::Utc>::from(time);
            assert_eq!(utc.timestamp_millis(), time.unix_millis());
            assert_eq!(DateTime::try_from(utc).unwrap(), time);
            let fixed = chrono::DateTime::<chrono::FixedOffset>::from(time);
            assert_eq!(DateTime::try_from(fixed).unwrap().to_string(), time.to_string());
        }
    }

    #[cfg(feature = "time03")]
    #[test]
    fn time_there_and_back() {
        for time in times() {
            let other = time::OffsetDateTime::try_from(time).unwrap();
            assert_eq!(i64::from(other.year()), i64::from(time.year()));
            assert_eq!(DateTime::try_from(other).unwrap().to_string(), time.to_string());
        }
        assert!(time::OffsetDateTime::try_from(DateTime::MAX).is_err());
    }
}

//! Conversions to other crates' instants, each behind a feature that carries the crate's version.

#[cfg(feature = "jiff1")]
mod jiff1 {
    use crate::datetime::{DateTime, InvalidDate};

    /// The last hours of the year 9999, and the first of -9999, are an error: jiff has no instant
    /// that some zone cannot write.
    impl TryFrom<DateTime> for jiff::Timestamp {
        type Error = InvalidDate;

        fn try_from(time: DateTime) -> Result<jiff::Timestamp, InvalidDate> {
            jiff::Timestamp::from_duration(time.0)
                .map_err(|_| InvalidDate::range(time.unix_seconds(), "s"))
        }
    }

    impl From<jiff::Timestamp> for DateTime {
        fn from(time: jiff::Timestamp) -> DateTime {
            DateTime(time.as_duration())
        }
    }
}

#[cfg(feature = "chrono04")]
mod chrono04 {
    use chrono::{TimeZone as _, Utc};

    use crate::{DateTime, InvalidDate};

    impl From<DateTime> for chrono::DateTime<Utc> {
        fn from(time: DateTime) -> chrono::DateTime<Utc> {
            let nanos = time.0.as_nanos();
            let second = i64::try_from(nanos.div_euclid(1_000_000_000)).unwrap_or_default();
            let fraction = u32::try_from(nanos.rem_euclid(1_000_000_000)).unwrap_or_default();
            // Every instant of ours lies within chrono's years.
            Utc.timestamp_opt(second, fraction).single().unwrap_or_default()
        }
    }

    /// Years beyond 9999 are an error.
    impl<Tz: chrono::TimeZone> TryFrom<chrono::DateTime<Tz>> for DateTime {
        type Error = InvalidDate;

        fn try_from(time: chrono::DateTime<Tz>) -> Result<DateTime, InvalidDate> {
            let second = DateTime::from_unix_seconds(time.timestamp())?;
            let fraction = std::time::Duration::from_nanos(time.timestamp_subsec_nanos().into());
            Ok(second + fraction)
        }
    }
}

#[cfg(all(test, any(feature = "jiff1", feature = "chrono04")))]
mod tests {
    use crate::DateTime;

    #[test]
    fn there_and_back() {
        let time = DateTime::from_unix_millis(-1_672_502_400_007).unwrap();
        #[cfg(feature = "jiff1")]
        assert_eq!(DateTime::from(jiff::Timestamp::try_from(time).unwrap()), time);
        #[cfg(feature = "chrono04")]
        {
            let other = chrono::DateTime::<chrono::Utc>::from(time);
            assert_eq!(other.timestamp_millis(), time.unix_millis());
            assert_eq!(DateTime::try_from(other).unwrap(), time);
        }
    }
}

//! The parts of a date and time.

use jiff::civil;

use super::DateTime;

/// The parts of the date and time at this time's offset. To get the parts at another offset, change
/// the offset first: `time.to_offset(9 * 3600).hour()`. If the year at this offset is outside -9999
/// to 9999, the parts are those of the nearest date and time within these years.
impl DateTime {
    /// Returns the same time at another offset, in seconds to the east of UTC. An offset of more
    /// than 25:59:59 in either direction does not exist, and is replaced by 0.
    #[must_use]
    pub const fn to_offset(self, offset_seconds: i32) -> DateTime {
        let exists = -93_599 <= offset_seconds && offset_seconds <= 93_599;
        DateTime { offset: if exists { offset_seconds } else { 0 }, ..self }
    }

    /// The offset from UTC in seconds, positive to the east.
    pub const fn offset_seconds(self) -> i32 {
        self.offset
    }

    /// The year, -9999 to 9999.
    pub fn year(self) -> i16 {
        self.shown().year()
    }

    /// The month, 1 to 12.
    pub fn month(self) -> i8 {
        self.shown().month()
    }

    /// The day of the month, 1 to 31.
    pub fn day(self) -> i8 {
        self.shown().day()
    }

    /// The hour, 0 to 23.
    pub fn hour(self) -> i8 {
        self.shown().hour()
    }

    /// The minute, 0 to 59.
    pub fn minute(self) -> i8 {
        self.shown().minute()
    }

    /// The second, 0 to 59.
    pub fn second(self) -> i8 {
        self.shown().second()
    }

    /// The fraction of the second in nanoseconds, 0 to 999,999,999.
    pub fn nanosecond(self) -> i32 {
        self.shown().subsec_nanosecond()
    }

    fn shown(self) -> civil::DateTime {
        self.to_civil(self.offset)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // The expected values were computed with Python:
    // `datetime(2022, 12, 31, 16, 0, 1, 7000, timezone.utc)`
    // `.astimezone(timezone(timedelta(hours=8)))`
    #[test]
    fn parts_are_those_of_the_zone() {
        let time = DateTime::from_unix_millis(1_672_502_401_007).unwrap();
        let parts = |time: DateTime| {
            (time.year(), time.month(), time.day(), time.hour(), time.minute(), time.second())
        };
        assert_eq!(parts(time), (2022, 12, 31, 16, 0, 1));
        assert_eq!(parts(time.to_offset(8 * 3600)), (2023, 1, 1, 0, 0, 1));
        assert_eq!(parts(time.to_offset(-12_600)), (2022, 12, 31, 12, 30, 1));
        assert_eq!(time.nanosecond(), 7_000_000);
        assert_eq!(time.to_offset(8 * 3600).offset_seconds(), 28_800);
        assert_eq!(time.to_offset(100_000).offset_seconds(), 0);
    }
}

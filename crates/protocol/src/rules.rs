//! The predicates of rules. Validation, the compiler's checks of examples and mock gateways share
//! them. A value that equals a limit is allowed.

use std::fmt;
use std::time::Duration;

use rust_decimal::Decimal;

use crate::datetime::DateTime;

/// Whether the first time is earlier than or equal to the second.
pub fn not_after(first: DateTime, second: DateTime) -> bool {
    first <= second
}

/// Whether two times are at most `limit` apart, whichever is earlier.
pub fn within(first: DateTime, second: DateTime, limit: TimeSpan) -> bool {
    first.distance(second) <= limit.duration()
}

/// Whether the number of characters (not bytes) is within the limits.
pub fn length_fits(text: &str, min: Option<usize>, max: Option<usize>) -> bool {
    count_fits(text.chars().count(), min, max)
}

/// Whether the number of items is within the limits.
pub fn count_fits(count: usize, min: Option<usize>, max: Option<usize>) -> bool {
    min.is_none_or(|min| count >= min) && max.is_none_or(|max| count <= max)
}

/// Whether the number is within the limits.
pub fn range_fits(number: Decimal, min: Option<Decimal>, max: Option<Decimal>) -> bool {
    min.is_none_or(|min| number >= min) && max.is_none_or(|max| number <= max)
}

/// Whether the number needs at most `scale` decimal places. Trailing zeros do not count.
pub fn scale_fits(number: Decimal, scale: u32) -> bool {
    number.normalize().scale() <= scale
}

/// Whether an item can be part of a list that is joined by the delimiter. The item must not be
/// empty, and must not contain the delimiter.
pub fn joins(item: &str, delimiter: &str) -> bool {
    !item.is_empty() && !item.contains(delimiter)
}

/// A length of time in a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct TimeSpan(Duration);

impl TimeSpan {
    /// Creates a span from a number of seconds.
    pub const fn seconds(count: u32) -> TimeSpan {
        TimeSpan(Duration::from_secs(count as u64))
    }

    /// Creates a span from a number of minutes.
    pub const fn minutes(count: u32) -> TimeSpan {
        TimeSpan(Duration::from_secs(count as u64 * 60))
    }

    /// Creates a span from a number of hours.
    pub const fn hours(count: u32) -> TimeSpan {
        TimeSpan(Duration::from_secs(count as u64 * 3600))
    }

    /// Creates a span from a number of days of 24 hours.
    pub const fn days(count: u32) -> TimeSpan {
        TimeSpan(Duration::from_secs(count as u64 * 86_400))
    }

    /// Creates a span from a number of seconds. Returns `None` if the span is longer than the
    /// longest one that [`TimeSpan::days`] can create.
    pub(crate) const fn long_seconds(count: u64) -> Option<TimeSpan> {
        if count > u32::MAX as u64 * 86_400 {
            return None;
        }
        Some(TimeSpan(Duration::from_secs(count)))
    }

    /// The length as a duration.
    pub const fn duration(self) -> Duration {
        self.0
    }
}

/// Writes the span in the largest unit that divides it without a remainder.
impl fmt::Display for TimeSpan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = self.0.as_secs();
        let units = [(86_400, "day"), (3600, "hour"), (60, "minute"), (1, "second")];
        let fits =
            |(length, _): &(u64, &str)| seconds >= *length && seconds.is_multiple_of(*length);
        let (length, unit) = units.into_iter().find(fits).unwrap_or((1, "second"));
        let count = seconds / length;
        write!(f, "{count} {unit}{}", if count == 1 { "" } else { "s" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> DateTime {
        DateTime::from_unix_seconds(seconds).unwrap()
    }

    #[test]
    fn seven_days_pass_and_a_second_more_does_not() {
        let week = 7 * 86_400;
        assert!(within(at(0), at(week), TimeSpan::days(7)));
        assert!(within(at(week), at(0), TimeSpan::days(7)));
        assert!(!within(at(0), at(week + 1), TimeSpan::days(7)));
        assert!(not_after(at(5), at(5)) && !not_after(at(6), at(5)));
    }

    #[test]
    fn length_counts_characters() {
        assert!(length_fits("短袖", Some(2), Some(2)));
        assert!(!length_fits("短袖", None, Some(1)));
        assert!(!length_fits("", Some(1), None));
    }

    #[test]
    fn numbers() {
        let number = |text: &str| text.parse::<Decimal>().unwrap();
        assert!(scale_fits(number("12.500"), 1) && !scale_fits(number("12.55"), 1));
        assert!(range_fits(number("1.0"), Some(number("1")), Some(number("1"))));
        assert!(!range_fits(number("0.99"), Some(number("1")), None));
    }

    #[test]
    fn spans_read_well() {
        assert_eq!(TimeSpan::days(7).to_string(), "7 days");
        assert_eq!(TimeSpan::seconds(604_800).to_string(), "7 days");
        assert_eq!(TimeSpan::hours(25).to_string(), "25 hours");
        assert_eq!(TimeSpan::minutes(60).to_string(), "1 hour");
        assert_eq!(TimeSpan::seconds(90).to_string(), "90 seconds");
        assert_eq!(TimeSpan::seconds(0).to_string(), "0 seconds");
        assert_eq!(TimeSpan::days(u32::MAX).duration().as_secs(), u64::from(u32::MAX) * 86_400);
    }

    #[test]
    fn what_can_be_joined() {
        assert!(joins("A1", "|") && !joins("A|1", "|") && !joins("", "|"));
    }
}

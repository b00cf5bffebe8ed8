//! Compares windows with an implementation that uses only the wire format and the rule, and with a
//! count of every step.

use std::time::Duration;

use gatespec_runtime::rules::within;
use gatespec_runtime::split::{SplitError, Window, Windows};
use gatespec_runtime::{DateTime, RangeEnd, RangeRule, Ranged, TimeFormat, TimeSpan, Validate};
use proptest::prelude::*;

use super::{at, new_year, orders};

const UNITS: [(&str, i64); 7] = [
    ("unix_seconds", 1000),
    ("unix_millis", 1),
    ("yyyy-MM-dd HH:mm:ss", 1000),
    ("yyyyMMddHHmmssSSSXXX", 1),
    ("yyyy/MM/dd HH:mm", 60_000),
    ("yyyyMMdd'T'HH", 3_600_000),
    ("yyyy-MM-dd", 86_400_000),
];

fn format(pattern: &'static str, offset: i32) -> TimeFormat<'static> {
    match pattern {
        "unix_seconds" => TimeFormat::UnixSeconds,
        "unix_millis" => TimeFormat::UnixMillis,
        pattern => TimeFormat::Pattern { pattern, offset },
    }
}

/// A time format, and its smallest unit in milliseconds.
fn formats() -> impl Strategy<Value = (TimeFormat<'static>, i64)> {
    let offsets = prop::sample::select(vec![0, 28_800, -12_600, 20_700]);
    (prop::sample::select(UNITS.to_vec()), offsets)
        .prop_map(|((pattern, unit), offset)| (format(pattern, offset), unit))
}

fn ends() -> impl Strategy<Value = RangeEnd> {
    prop::sample::select(vec![RangeEnd::Excluded, RangeEnd::Included])
}

/// A limit of at least one second, so that no window is empty.
fn limit(units: u32, unit: i64) -> TimeSpan {
    let seconds = (i64::from(units) * unit).div_euclid(1000).max(1);
    TimeSpan::seconds(u32::try_from(seconds).unwrap())
}

/// The time that the platform gets when it parses `time` written in this format.
fn read(format: TimeFormat<'_>, time: DateTime) -> DateTime {
    format.parse(&format.format(time)).unwrap()
}

fn millis(millis: i64) -> DateTime {
    DateTime::from_unix_millis(millis).unwrap()
}

fn rule(format: TimeFormat<'static>, at_most: TimeSpan, end: RangeEnd) -> RangeRule<'static> {
    RangeRule { fields: ["from", "to"], at_most, end, format }
}

fn split(rule: RangeRule<'_>, from: DateTime, to: DateTime) -> Windows {
    rule.windows((Some(from), Some(to))).unwrap()
}

/// Finds the windows one after another, only by means of texts in the wire format.
fn walk(rule: RangeRule<'_>, unit: i64, from: DateTime, to: DateTime) -> Vec<(DateTime, DateTime)> {
    let (mut next, last) = (read(rule.format, from), read(rule.format, to));
    let mut found = Vec::new();
    loop {
        let end = read(rule.format, next + rule.at_most.duration()).min(last);
        found.push((next, end));
        if end == last {
            return found;
        }
        next = match rule.end {
            RangeEnd::Excluded => end,
            RangeEnd::Included => end + Duration::from_millis(unit.unsigned_abs()),
        };
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn windows_are_those_of_a_walk_along_the_wire(
        (format, unit) in formats(),
        end in ends(),
        from in 0_i64..4_000_000_000_000,
        length in 0_i64..400,
        rest in 0_i64..86_400_000,
        units in 1_u32..40,
    ) {
        let (from, to) = (millis(from), millis(from + length * unit + rest % unit));
        let rule = rule(format, limit(units, unit), end);
        let windows = split(rule, from, to);
        let walked = walk(rule, unit, from, to);
        prop_assert_eq!(windows.count(), walked.len() as u64);
        let all: Vec<Window> = windows.into_iter().collect();
        for (index, (window, (from, to))) in all.iter().zip(&walked).enumerate() {
            prop_assert_eq!((window.from, window.to, window.index), (*from, *to, index as u64));
            prop_assert!(within(window.from, window.to, rule.at_most));
            // The bounds of a window are exact on the wire.
            prop_assert_eq!(read(format, window.from), window.from);
            prop_assert_eq!(read(format, window.to), window.to);
        }
        prop_assert_eq!(windows.range(), (read(format, from), read(format, to)));
        // Access by index gives the same windows as iteration.
        let by_index: Vec<_> = (0..windows.count()).map(|at| windows.get(at).unwrap()).collect();
        prop_assert_eq!(&by_index, &all);
        prop_assert_eq!(windows.get(windows.count()), None);
        let mut back: Vec<_> = windows.into_iter().rev().collect();
        back.reverse();
        prop_assert_eq!(&back, &all);
        let skip = units as usize % all.len();
        prop_assert_eq!(windows.into_iter().nth(skip), all.get(skip).copied());
        prop_assert_eq!(windows.into_iter().size_hint(), (all.len(), Some(all.len())));
    }

    /// Every step of the range is in exactly one window, and no window contains a step outside the
    /// range.
    #[test]
    fn together_they_are_the_range_without_gap_or_overlap(
        (format, unit) in formats(),
        end in ends(),
        from in 0_i64..4_000_000_000_000,
        length in 1_usize..300,
        units in 1_u32..40,
    ) {
        let from = read(format, millis(from));
        let step = |count: usize| millis(from.unix_millis() + count as i64 * unit);
        let mut covered = vec![0; length + 3];
        for window in split(rule(format, limit(units, unit), end), from, step(length)) {
            let place = |time: DateTime| (time.unix_millis() - from.unix_millis()) / unit + 1;
            // Half-open windows cover the intervals between steps, closed ones the steps.
            let last = place(window.to) + i64::from(end == RangeEnd::Included);
            for at in place(window.from)..last {
                covered[usize::try_from(at).unwrap()] += 1;
            }
        }
        let inside = length + usize::from(end == RangeEnd::Included);
        let expected: Vec<i32> =
            (0..length + 3).map(|at| i32::from(at >= 1 && at <= inside)).collect();
        prop_assert_eq!(covered, expected);
    }

    /// For any two instants, windows are adjacent, their ends are those of the range, and nothing
    /// panics.
    #[test]
    fn ranges_of_any_length_cost_nothing(
        (format, unit) in formats(),
        end in ends(),
        ends_of_time in (-377_705_023_201_000_i64..=253_402_207_200_999, -377_705_023_201_000_i64..=253_402_207_200_999),
        seconds in prop_oneof![1_u32..100_000, any::<u32>()],
        index in any::<u64>(),
    ) {
        let (from, to) = (ends_of_time.0.min(ends_of_time.1), ends_of_time.0.max(ends_of_time.1));
        let (from, to) = (millis(from), millis(to));
        let at_most = TimeSpan::seconds(seconds.max(86_400));
        let windows = split(rule(format, at_most, end), from, to);
        prop_assert!(windows.count() > 0);
        let first = windows.get(0).unwrap();
        prop_assert_eq!(first.from, windows.range().0);
        let last = windows.get(windows.count() - 1).unwrap();
        prop_assert_eq!(last.to, windows.range().1);
        prop_assert!(first.from <= from && last.to <= to);
        prop_assert!(from.distance(first.from) < Duration::from_millis(unit.unsigned_abs()));
        prop_assert!(to.distance(last.to) < Duration::from_millis(unit.unsigned_abs()));
        let index = index % windows.count();
        let window = windows.get(index).unwrap();
        prop_assert!(window.from <= window.to && within(window.from, window.to, at_most));
        if let Some(next) = windows.get(index + 1) {
            let gap = match end {
                RangeEnd::Excluded => 0,
                RangeEnd::Included => unit,
            };
            prop_assert_eq!(next.from.unix_millis() - window.to.unix_millis(), gap);
        }
        prop_assert!(windows.get(u64::MAX).is_none());
    }

    #[test]
    fn every_part_of_a_request_may_be_sent(from in 0_i64..2_000_000_000, length in 0_i64..20_000_000, part in 0_i64..1000) {
        let request = orders(millis(from * 1000 + part), millis((from + length) * 1000 + 999 - part));
        for window in request.windows().unwrap() {
            let part = request.part(&window);
            prop_assert_eq!(part.violations(), []);
            prop_assert_eq!((part.start_time, part.end_time), (window.from, window.to));
            prop_assert_eq!(&part.node_id, &request.node_id);
        }
    }
}

#[test]
fn ninety_days_are_thirteen_weeks() {
    let request = orders(new_year(), new_year() + 90 * super::DAY);
    let windows = request.windows().unwrap();
    assert_eq!(windows.count(), 13);
    let lengths: Vec<_> = windows
        .into_iter()
        .map(|window| window.from.distance(window.to).as_secs() / 86_400)
        .collect();
    assert_eq!(lengths, [7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 6]);
}

#[test]
fn a_thousand_years_by_the_second_take_no_memory() {
    let rule = rule(TimeFormat::UnixSeconds, TimeSpan::seconds(1), RangeEnd::Excluded);
    let thousand = 1000 * 365 * 86_400;
    let windows = split(rule, at(0), at(thousand));
    assert_eq!(windows.count(), thousand as u64);
    assert_eq!(windows.into_iter().nth(30_000_000_000).unwrap().from, at(30_000_000_000));
    let last = windows.into_iter().next_back().unwrap();
    assert_eq!((last.from, last.to), (at(thousand - 1), at(thousand)));
}

#[test]
fn the_whole_of_time_can_be_split() {
    for (pattern, _) in UNITS {
        for end in [RangeEnd::Excluded, RangeEnd::Included] {
            let rule = rule(format(pattern, 28_800), TimeSpan::days(u32::MAX), end);
            let windows = split(rule, DateTime::MIN, DateTime::MAX);
            assert_eq!(windows.count(), 1);
            let rule = RangeRule { at_most: TimeSpan::days(1), ..rule };
            let windows = split(rule, DateTime::MIN, DateTime::MAX);
            let (first, last) =
                (windows.get(0).unwrap(), windows.get(windows.count() - 1).unwrap());
            assert_eq!(first.from.distance(DateTime::MIN).as_secs() / 86_400, 0);
            assert_eq!(last.to.distance(DateTime::MAX).as_secs() / 86_400, 0);
        }
    }
}

/// Precision beyond the wire format is cut off, as it is in a request that is not split.
#[test]
fn parts_of_a_second_are_cut_off() {
    let (from, to) =
        (new_year() + Duration::from_millis(1700), new_year() + Duration::from_millis(3200));
    let all: Vec<_> = orders(from, to).windows().unwrap().into_iter().collect();
    let second = |count| new_year() + Duration::from_secs(count);
    assert_eq!(all, [Window { index: 0, from: second(1), to: second(3) }]);
    // Both times are within one second, so the range is empty on the wire.
    let request = orders(new_year(), new_year() + Duration::from_millis(999));
    let all: Vec<_> = request.windows().unwrap().into_iter().collect();
    assert_eq!(all, [Window { index: 0, from: new_year(), to: new_year() }]);
}

#[test]
fn closed_windows_begin_one_unit_later() {
    let rule = |format, at_most| rule(format, at_most, RangeEnd::Included);
    let pairs = |windows: Windows, from: DateTime| -> Vec<(u128, u128)> {
        let after = |time: DateTime| time.distance(from).as_millis();
        windows.into_iter().map(|window| (after(window.from), after(window.to))).collect()
    };
    let windows = split(rule(TimeFormat::UnixSeconds, TimeSpan::seconds(2)), at(0), at(6));
    assert_eq!(pairs(windows, at(0)), [(0, 2000), (3000, 5000), (6000, 6000)]);
    let windows = split(rule(TimeFormat::UnixMillis, TimeSpan::seconds(2)), at(0), at(3));
    assert_eq!(pairs(windows, at(0)), [(0, 2000), (2001, 3000)]);
    // Days are closed windows even if the rule requires both times to be equal.
    let east = TimeFormat::Pattern { pattern: "yyyy-MM-dd", offset: 28_800 };
    let windows = split(rule(east, TimeSpan::seconds(0)), new_year(), new_year() + 2 * super::DAY);
    let day = 86_400_000;
    assert_eq!(pairs(windows, new_year()), [(0, 0), (day, day), (2 * day, 2 * day)]);
}

#[test]
fn what_cannot_be_split_says_why() {
    let why = |rule: RangeRule<'_>, from, to| match rule.windows((from, to)) {
        Err(error @ SplitError::Range(_)) => format!("range: {error}"),
        Err(error) => format!("rule: {error}"),
        Ok(windows) => panic!("{windows}"),
    };
    let week = rule(TimeFormat::UnixSeconds, TimeSpan::days(7), RangeEnd::Excluded);
    assert_eq!(
        why(week, None, Some(at(1))),
        "range: the range cannot be split: `from` must be given and must not be empty \
         (rule required:from)"
    );
    assert_eq!(
        why(week, Some(at(2)), Some(at(1))),
        "range: the range cannot be split: `from` must not be after `to` (rule not_after:from,to)"
    );
    let nothing = RangeRule { at_most: TimeSpan::seconds(0), ..week };
    assert_eq!(
        why(nothing, Some(at(0)), Some(at(1))),
        "rule: a window of 0 seconds is shorter than one second"
    );
    let month = RangeRule { format: format("yyyy-MM", 0), ..week };
    assert!(
        why(month, Some(at(0)), Some(at(1))).starts_with("rule: `yyyy-MM` has no regular steps")
    );
}

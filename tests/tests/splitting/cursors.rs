//! The text form of a cursor, which programs store.

use gatespec_runtime::split::{Cursor, InvalidCursor};
use gatespec_runtime::{RangeEnd, RangeRule, Ranged, TimeSpan};
use proptest::prelude::*;

use super::{DAY, days, new_year, orders};

fn cursor(done: impl IntoIterator<Item = u64>) -> Cursor {
    let mut cursor = Cursor::new("shopex", "matrix.fill.multiple", days(90).windows().unwrap());
    done.into_iter().for_each(|index| cursor.finish(index));
    cursor
}

/// A cursor written by hand. Its checksum was computed with Python's hashlib.
const WRITTEN: &str = "gatespec-cursor=1 platform=shopex method=matrix.fill.multiple \
                       from=2023-01-01T00:00:00+08:00 to=2023-04-01T00:00:00+08:00 \
                       at_most=604800s end=excluded unit=second zone=28800 done=0-2,5,7-12 \
                       check=015e45b1";

/// The same cursor in the earlier format, which has times in UTC.
const WRITTEN_IN_UTC: &str = "gatespec-cursor=1 platform=shopex method=matrix.fill.multiple \
                              from=2022-12-31T16:00:00Z to=2023-03-31T16:00:00Z at_most=604800s \
                              end=excluded unit=second zone=28800 done=0-2,5,7-12 check=ef181dd9";

#[test]
fn a_cursor_is_one_line_of_text() {
    let cursor = cursor([12, 0, 2, 1, 5, 7, 8, 9, 10, 11]);
    assert_eq!(cursor.to_string(), WRITTEN);
    assert_eq!(WRITTEN.parse(), Ok(cursor.clone()));
    assert_eq!(format!("\n {WRITTEN}\r\n").parse(), Ok(cursor.clone()));
    assert_eq!(WRITTEN_IN_UTC.parse(), Ok(cursor.clone()));
    assert_eq!((cursor.done(), cursor.total(), cursor.is_complete()), (10, 13, false));
    let left: Vec<_> = cursor.remaining().map(|window| window.index).collect();
    assert_eq!(left, [3, 4, 6]);
    assert_eq!(cursor.windows().range(), (new_year(), new_year() + 90 * DAY));
}

#[test]
fn a_cursor_without_and_with_all_windows() {
    let fresh = cursor([]);
    assert!(fresh.to_string().contains(" done= check="), "{fresh}");
    assert_eq!(fresh.to_string().parse(), Ok(fresh.clone()));
    assert_eq!(fresh.remaining().count(), 13);
    // The number of a window that does not exist is ignored.
    let full = cursor(0..20);
    assert!(full.is_complete() && full.to_string().contains(" done=0-12 "), "{full}");
    assert_eq!(full.remaining().count(), 0);
    assert_eq!(full.to_string().parse(), Ok(full));
}

#[test]
fn names_of_any_kind_stay_one_word() {
    let windows = days(90).windows().unwrap();
    let cursor = Cursor::new("shop 店", "orders/search =1\n", windows);
    let text = cursor.to_string();
    assert!(text.contains(" method=orders%2Fsearch%20%3D1%0A "), "{text}");
    assert_eq!(text.parse(), Ok(cursor));
}

fn refused(text: &str) -> String {
    let result: Result<Cursor, InvalidCursor> = text.parse();
    result.err().map(|error| error.to_string()).unwrap_or_else(|| panic!("{text} was read"))
}

#[test]
fn one_character_more_less_or_other_is_noticed() {
    for (at, old) in WRITTEN.char_indices() {
        for new in
            "0123456789abcdefghijklmnopqrstuvwxyzTZ=-,. :%+".chars().filter(|new| *new != old)
        {
            let damaged = format!("{}{new}{}", &WRITTEN[..at], &WRITTEN[at + 1..]);
            refused(&damaged);
        }
        refused(&format!("{}{}", &WRITTEN[..at], &WRITTEN[at + 1..]));
        refused(&WRITTEN[..at]);
        // White space inside the line counts as damage too.
        if at > 0 {
            refused(&format!("{} {}", &WRITTEN[..at], &WRITTEN[at..]));
        }
    }
    refused(&format!("{WRITTEN}0"));
    refused(&format!("{WRITTEN} note=1"));
}

#[test]
fn what_is_wrong_with_a_text_is_said_without_showing_it() {
    assert_eq!(
        refused("5d41402abc4b2a76b9719d911017c592"),
        "this is not a cursor: it does not begin with `gatespec-cursor=1`"
    );
    assert_eq!(refused(""), "this is not a cursor: it does not begin with `gatespec-cursor=1`");
    assert_eq!(
        refused(&WRITTEN.replace("cursor=1", "cursor=2")),
        "the cursor was written by another version of gatespec: start again without it"
    );
    assert_eq!(
        refused(&WRITTEN.replace("0-2,5", "0-3,5")),
        "the cursor is damaged (its checksum does not match): use an older one, or start again"
    );
    for (old, new, key) in [
        ("T00:00:00+08:00 to", "T25:00:00+08:00 to", "from"),
        ("to=2023-04", "to=2022-04", "to"),
        ("604800s", "604800000000000000000s", "at_most"),
        ("604800s", "0s", "to"),
        ("excluded", "closed", "end"),
        ("second", "week", "unit"),
        ("28800", "28800000000", "zone"),
        ("7-12", "7-13", "done"),
        ("7-12", "6-12", "done"),
        ("7-12", "12-7", "done"),
        ("7-12", "7-12,", "done"),
        ("platform=shopex ", "", "platform"),
    ] {
        assert_eq!(
            refused(&WRITTEN.replacen(old, new, 1)),
            format!("the cursor is damaged (`{key}` is invalid): use an older one, or start again")
        );
    }
}

#[test]
fn a_cursor_of_something_else_does_not_fit() {
    let own = cursor([1]);
    let of = |rule: RangeRule<'_>, request: super::MatrixFillMultiple| {
        let windows = rule.windows(request.range()).unwrap();
        let other = Cursor::new("shopex", "matrix.fill.multiple", windows);
        own.check_resumes(&other).err().map(|error| error.to_string())
    };
    let rule = super::MatrixFillMultiple::RANGE;
    assert_eq!(of(rule, days(90)), None);
    // The wire format has no fractions of a second, so the range is the same.
    let ms = std::time::Duration::from_millis(250);
    assert_eq!(of(rule, orders(new_year() + ms, new_year() + 90 * DAY + ms)), None);
    assert_eq!(
        of(rule, days(91)).unwrap(),
        "the cursor does not fit: it is for 2023-01-01T00:00:00+08:00 to \
         2023-04-01T00:00:00+08:00 in 13 windows of at most 7 days, ends excluded, but the range \
         asked for is 2023-01-01T00:00:00+08:00 to 2023-04-02T00:00:00+08:00 in 13 windows of at \
         most 7 days, ends excluded; set the range of the request from `cursor.windows().range()`, or start \
         again without the cursor"
    );
    let other = of(RangeRule { at_most: TimeSpan::days(1), ..rule }, days(90)).unwrap();
    assert!(other.contains("in 90 windows of at most 1 day,"), "{other}");
    let other = of(RangeRule { end: RangeEnd::Included, ..rule }, days(90)).unwrap();
    assert!(other.contains("ends included;"), "{other}");
    let format = gatespec_runtime::TimeFormat::UnixMillis;
    let other = of(RangeRule { format, ..rule }, days(90)).unwrap();
    assert!(other.contains("but the format of its times has changed;"), "{other}");
    let other = Cursor::new("shopex", "matrix.fill.single", own.windows());
    assert_eq!(
        own.check_resumes(&other).unwrap_err().to_string(),
        "the cursor is for shopex matrix.fill.multiple, not for shopex matrix.fill.single"
    );
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_set_of_windows_is_read_back(done in prop::collection::vec(0_u64..13, 0..20)) {
        let cursor = cursor(done.iter().copied());
        let read: Cursor = cursor.to_string().parse().unwrap();
        prop_assert_eq!(&read, &cursor);
        for index in 0..13 {
            prop_assert_eq!(read.contains(index), done.contains(&index));
        }
        let left: Vec<_> = read.remaining().map(|window| window.index).collect();
        let expected: Vec<_> = (0..13).filter(|index| !done.contains(index)).collect();
        prop_assert_eq!(left, expected);
    }

    #[test]
    fn no_text_makes_it_panic(text in "(gatespec-cursor=1 )?[ -~短]{0,80}", at in 0_usize..300, noise in ".{0,8}") {
        let _ = text.parse::<Cursor>();
        let at = at % WRITTEN.len();
        let _ = format!("{}{noise}{}", &WRITTEN[..at], &WRITTEN[at..]).parse::<Cursor>();
    }
}

//! The windows of a range on the wire.

use std::time::Duration;

use gatespec_runtime::{DateTime, RangeEnd, TimeFormat};

use super::gateway::{Gateway, Sent, block_on};
use super::{DAY, days, new_year, orders};

/// The time in the platform's format.
pub(crate) fn text(time: DateTime) -> String {
    TimeFormat::Pattern { pattern: "yyyy-MM-dd HH:mm:ss", offset: 28_800 }.format(time)
}

fn sent(pairs: &[(&str, &str)]) -> Vec<Sent> {
    pairs.iter().map(|(from, to)| (from.to_string(), to.to_string())).collect()
}

#[test]
fn ninety_days_are_thirteen_requests_that_meet() {
    let (gateway, twin) = (Gateway::new(0), Gateway::new(0));
    let request = days(90);
    let mut run = gateway.client().back_fill(&request).start().unwrap();
    block_on(async { while run.next().await.is_some() {} });
    twin.blocking().back_fill(&request).start().unwrap().for_each(|step| drop(step.unwrap()));
    let dates = [
        "2023-01-01",
        "2023-01-08",
        "2023-01-15",
        "2023-01-22",
        "2023-01-29",
        "2023-02-05",
        "2023-02-12",
        "2023-02-19",
        "2023-02-26",
        "2023-03-05",
        "2023-03-12",
        "2023-03-19",
        "2023-03-26",
        "2023-04-01",
    ];
    let times = dates.map(|date| format!("{date} 00:00:00"));
    let expected: Vec<Sent> =
        times.windows(2).map(|pair| (pair[0].clone(), pair[1].clone())).collect();
    assert_eq!(gateway.journal().sent, expected);
    assert_eq!(twin.journal().sent, expected);
}

#[test]
fn a_platform_that_counts_the_last_second_gets_each_second_once() {
    let gateway = Gateway::new(0);
    let back_fill = gateway.blocking().back_fill(&days(15)).end(RangeEnd::Included);
    back_fill.start().unwrap().for_each(|step| drop(step.unwrap()));
    let expected = [
        ("2023-01-01 00:00:00", "2023-01-08 00:00:00"),
        ("2023-01-08 00:00:01", "2023-01-15 00:00:01"),
        ("2023-01-15 00:00:02", "2023-01-16 00:00:00"),
    ];
    assert_eq!(gateway.journal().sent, sent(&expected));
}

/// Splitting sends exactly what the unsplit request would send.
#[test]
fn a_range_that_needs_no_splitting_is_one_request() {
    let ms = Duration::from_millis;
    for (from, to) in
        [(ms(0), ms(0)), (ms(1), 7 * DAY), (ms(999), 7 * DAY + ms(999)), (ms(5), ms(6))]
    {
        let (whole, split) = (Gateway::new(0), Gateway::new(0));
        let request = orders(new_year() + from, new_year() + to);
        // The wire has no fractions of a second, but the rule checks the caller's times.
        whole.blocking().call(&request).without_rule("span").send().unwrap();
        split.blocking().back_fill(&request).start().unwrap().for_each(|step| drop(step.unwrap()));
        assert_eq!(split.journal().sent, whole.journal().sent);
        assert_eq!(split.journal().sent.len(), 1);
    }
}

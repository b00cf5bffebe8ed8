//! A range that is longer than its rule allows is sent in windows that obey the rule.

use crate::tool::{Call, fill, mock, spans};
use gatespec_mock::{Fault, Step};
use gatespec_tests::harness::each;
use serde_json::{Value, json};

/// These dates of 2023, at midnight.
fn days<const N: usize>(days: [&str; N]) -> [String; N] {
    days.map(|day| format!("2023-{day} 00:00:00"))
}

#[test]
fn windows_meet_and_none_is_longer_than_a_week() {
    let month = days(["01-01", "01-08", "01-15", "01-22", "01-29", "02-01"]);
    let two_days = days(["01-01", "01-03"]);
    let week = days(["01-01", "01-08"]);
    let more = [&week[..], &["2023-01-08 00:00:01".to_owned()]].concat();
    let cases = [
        ("31 days", month.to_vec()),
        ("2 days", two_days.to_vec()),
        ("a week", week.to_vec()),
        ("a week and a second", more),
        ("no time at all", vec![week[0].clone(); 2]),
    ];
    each(cases.map(|(name, borders)| (name.to_owned(), borders)), |_, borders| {
        let mock = mock();
        let start = format!("start_time={}", borders[0]);
        let end = format!("end_time={}", borders[borders.len() - 1]);
        let run = Call::of(&mock, &fill(&start, &end)).run();
        assert_eq!(run.code, Some(0), "{run:?}");
        let pairs: Vec<_> = borders.windows(2).map(<[String]>::to_vec).collect();
        let sent: Vec<_> = spans(&mock).iter().map(|span| span.to_vec()).collect();
        assert_eq!(sent, pairs);
        let lines = run.lines();
        assert_eq!(lines.len(), pairs.len());
        for (at, line) in lines.iter().enumerate().filter(|_| pairs.len() > 1) {
            let [from, to] = [&pairs[at][0], &pairs[at][1]];
            let window = json!({ "number": at + 1, "of": pairs.len(), "from": from, "to": to });
            assert_eq!(line["window"], window);
        }
        assert_eq!(lines[0].get("window").is_some(), pairs.len() > 1);
        let note = run.err.contains(&format!("the range is split into {} windows", pairs.len()));
        assert_eq!(note, pairs.len() > 1, "{}", run.err);
    });
}

const MONTH: [&str; 2] = ["start_time=2023-01-01 00:00:00", "end_time=2023-02-01 00:00:00"];

#[test]
fn the_first_window_that_fails_ends_it_and_the_message_says_how_to_go_on() {
    let mock = mock();
    let steps = [Step::normal(), Step::normal(), Step::from(Fault::Status(503))];
    mock.script("shopex", "matrix.fill.multiple", steps).unwrap();
    let call = Call::of(&mock, &fill(MONTH[0], MONTH[1]));
    let run = call.run();
    assert_eq!(run.code, Some(4));
    assert_eq!(run.lines().len(), 3, "two answers and an error");
    assert_eq!(run.lines()[2]["window"]["number"], 3);
    let (_, said) = run.err.split_once("2 of 5 windows are done; ").unwrap();
    // The arguments in the message can be copied to a command line.
    let (_, rest) = said.split_once("start_time='").unwrap();
    let (start, _) = rest.split_once('\'').unwrap();
    let start = format!("start_time={start}");
    mock.clear();
    let rest = Call::of(&mock, &fill(&start, MONTH[1])).run();
    assert_eq!(rest.code, Some(0), "{rest:?}");
    let [a, b, c, d] = &days(["01-15", "01-22", "01-29", "02-01"]);
    assert_eq!(spans(&mock), [[a, b], [b, c], [c, d]].map(|span| span.map(String::clone)));
}

#[test]
fn a_rule_that_is_left_out_sends_the_range_whole() {
    let mock = mock();
    for rule in ["span", "span:start_time,end_time"] {
        mock.clear();
        let run = Call::of(&mock, &fill(MONTH[0], MONTH[1])).with(&["--without-rule", rule]).run();
        assert_eq!((run.code, &run.line()["error"]["code"]), (Some(5), &json!("0040000")));
        assert_eq!(spans(&mock), [days(["01-01", "02-01"])]);
    }
}

/// Every window violates the other rule, so the first window ends the run.
#[test]
fn another_rule_that_is_broken_ends_it_at_the_first_window() {
    let mock = mock();
    let mut words = fill(MONTH[0], MONTH[1]);
    words[3] = "fill_type=refund";
    let run = Call::of(&mock, &words).run();
    assert_eq!(run.code, Some(3), "{run:?}");
    assert_eq!(run.line()["error"]["violations"][0]["path"], "refund_status");
    assert!(run.err.ends_with("note: none of 5 windows is done\n"), "{}", run.err);
    assert_eq!(mock.received(), []);
}

#[test]
fn a_dry_run_shows_every_window() {
    let mock = mock();
    let call = Call::of(&mock, &fill(MONTH[0], MONTH[1])).with(&["--dry-run"]);
    let run = call.run();
    let starts: Vec<_> = run
        .lines()
        .iter()
        .flat_map(|line| line["params"].as_array().unwrap().clone())
        .filter(|param| param["name"] == "start_time")
        .map(|param| param["value"].clone())
        .collect();
    let expected = days(["01-01", "01-08", "01-15", "01-22", "01-29"]).map(Value::from);
    assert_eq!(starts, expected);
    assert_eq!(mock.received(), []);
}

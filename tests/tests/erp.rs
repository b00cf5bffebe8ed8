//! The job of a program that synchronises orders: two shops are back-filled with a cursor each, their
//! answers are stored by `serde`, the mock misbehaves by a script, and logs and metrics tell of it.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use gatespec_clients::shopex::{
    BlockingApi, FillType, MatrixAuthstatus, MatrixAuthstatusResponse, MatrixFillMultiple,
    MatrixFillMultipleResponse, SPEC, blocking::Client, datetime,
};
use gatespec_clients::{Answer, Cursor, Error, ErrorKind, FromJson as _, Revealed};
use gatespec_mock::{Fault, Mock, Step};
use gatespec_tests::traces;
use metrics::{
    Counter, CounterFn, Gauge, Histogram, Key, KeyName, Metadata, Recorder, SharedString, Unit,
};
use serde_json::json;

/// What the program keeps of a shop.
#[derive(Default)]
struct Shop {
    node: &'static str,
    cursor: Option<String>,
    answers: Vec<String>,
}

/// The job. It can be stopped by a failure, and goes on from its cursor.
fn synchronise(client: &Client, shop: &mut Shop) -> Result<(), Error> {
    let (from, to) = (datetime(2023, 1, 1, 0, 0, 0), datetime(2023, 2, 1, 0, 0, 0));
    let request = MatrixFillMultiple::new(shop.node, FillType::Order, from.unwrap(), to.unwrap());
    let saved: Option<Cursor> = shop.cursor.as_deref().map(|text| text.parse().unwrap());
    let mut run = client.back_fill(&request).resume(saved).start()?;
    while let Some(step) = run.next() {
        let step = step?;
        shop.answers.push(serde_json::to_string(&Revealed(&step.answer.data)).unwrap());
        shop.cursor = Some(run.cursor().to_string());
    }
    Ok(())
}

/// Whether a shop may still be synchronised, by whatever answers.
fn is_authorised(platform: &dyn BlockingApi, node: &str) -> Result<bool, Error> {
    let status = platform.matrix_authstatus(&MatrixAuthstatus::new(node))?;
    Ok(status.is_expired == Some(false))
}

fn client(mock: &Mock) -> Client {
    let builder = Client::builder_with(mock.credentials("shopex").unwrap());
    builder.base_url(mock.url("shopex").unwrap()).build().unwrap()
}

#[test]
fn two_shops_are_back_filled_in_spite_of_a_failure() {
    traces::listen();
    let counts = Counts::default();
    let mock = Mock::of(SPEC).start().unwrap();
    mock.answer("shopex", "matrix.authstatus", json!({ "is_expired": false })).unwrap();
    // The third call of all fails: the first shop stops there, and the second is not affected.
    let fine = || Step::data(json!({ "msg_id": "42" }));
    let steps = [fine(), fine(), Step::from(Fault::Status(503))];
    mock.script("shopex", "matrix.fill.multiple", steps).unwrap();
    let client = client(&mock);
    let mut first = Shop { node: "15000000", ..Shop::default() };
    let mut second = Shop { node: "15000001", ..Shop::default() };
    metrics::with_local_recorder(&counts, || {
        for shop in [&first, &second] {
            assert!(is_authorised(&client, shop.node).unwrap());
        }
        let error = synchronise(&client, &mut first).unwrap_err();
        assert_eq!((error.kind(), error.status()), (ErrorKind::Http, Some(503)));
        assert_eq!(first.answers.len(), 2);
        synchronise(&client, &mut second).unwrap();
        // Only what is missing is sent.
        synchronise(&client, &mut first).unwrap();
    });
    assert_eq!((first.answers.len(), second.answers.len()), (5, 5));
    for cursor in [&first.cursor, &second.cursor] {
        assert!(cursor.as_ref().unwrap().parse::<Cursor>().unwrap().is_complete());
    }
    assert!(first.cursor != second.cursor, "each shop has a cursor of its own");
    let stored = MatrixFillMultipleResponse::from_json(&first.answers[0]).unwrap();
    assert_eq!(stored.msg_id.as_deref(), Some("42"));

    // Five windows each, one failed; and two questions.
    let called = |outcome| counts.of(&["gatespec_calls_total", "matrix.fill.multiple", outcome]);
    assert_eq!((called("Ok"), called("Http")), (10, 1));
    assert_eq!(counts.of(&["gatespec_attempts_total", "matrix.authstatus"]), 2);
    let failed = traces::told().into_iter().filter(|told| {
        told.target == "gatespec"
            && told.fields.get("message").is_some_and(|m| m.contains("failed"))
    });
    let failed: Vec<_> = failed.collect();
    let [event] = &failed[..] else { panic!("one call failed: {failed:?}") };
    for (name, text) in [
        ("platform", "shopex"),
        ("method", "matrix.fill.multiple"),
        ("status", "503"),
        ("attempts", "1"),
    ] {
        let found = event.fields.get(name).map(|found| found.trim_matches('"'));
        assert_eq!(found, Some(text), "{name}: {event:?}");
    }
}

/// Knows what the test tells it.
struct Double(Result<bool, ErrorKind>);

impl BlockingApi for Double {
    fn matrix_authstatus(&self, _: &MatrixAuthstatus) -> Result<MatrixAuthstatusResponse, Error> {
        let is_expired = Some(self.0.map_err(Error::fake)?);
        let mut answer = MatrixAuthstatusResponse::default();
        answer.is_expired = is_expired;
        Ok(Answer::fake(answer).into_data())
    }
}

#[test]
fn the_program_is_tested_without_a_gateway() {
    assert!(is_authorised(&Double(Ok(false)), "15000000").unwrap());
    assert!(!is_authorised(&Double(Ok(true)), "15000000").unwrap());
    let error = is_authorised(&Double(Err(ErrorKind::Closed)), "15000000").unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Closed);
}

/// Counters by their names and labels.
#[derive(Default)]
struct Counts(Mutex<BTreeMap<String, Arc<Count>>>);

#[derive(Default)]
struct Count(AtomicU64);

impl CounterFn for Count {
    fn increment(&self, value: u64) {
        self.0.fetch_add(value, Ordering::Relaxed);
    }

    fn absolute(&self, value: u64) {
        self.0.store(value, Ordering::Relaxed);
    }
}

impl Counts {
    /// The sum of the counters whose key holds all these texts.
    fn of(&self, texts: &[&str]) -> u64 {
        let counts = self.0.lock().unwrap();
        let found = counts.iter().filter(|(key, _)| texts.iter().all(|text| key.contains(text)));
        found.map(|(_, count)| count.0.load(Ordering::Relaxed)).sum()
    }
}

impl Recorder for Counts {
    fn describe_counter(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}

    fn describe_gauge(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}

    fn describe_histogram(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}

    fn register_counter(&self, key: &Key, _: &Metadata<'_>) -> Counter {
        let labels = key.labels().map(|label| format!(" {}={}", label.key(), label.value()));
        let name = format!("{}{}", key.name(), labels.collect::<String>());
        Counter::from_arc(self.0.lock().unwrap().entry(name).or_default().clone())
    }

    fn register_gauge(&self, _: &Key, _: &Metadata<'_>) -> Gauge {
        Gauge::noop()
    }

    fn register_histogram(&self, _: &Key, _: &Metadata<'_>) -> Histogram {
        Histogram::noop()
    }
}

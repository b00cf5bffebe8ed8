//! The fault table: every failure that can occur between a client and a gateway. Cases run through
//! the real HTTP stack on loopback, async and blocking, and state the exact error or the recovered
//! value.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod ask;
mod case;
mod expected;
mod stage;
mod table;

use gatespec_tests::{server, shipped::gateways, time, traces};
use std::collections::BTreeSet;
use std::sync::Mutex;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::Duration;

use gatespec_tests::harness::workspace;

use ask::Lane;
use case::Case;
use gateways::{SECRET, TOKEN};

/// The time after which a case counts as hanging. No case needs a second.
const WATCHDOG: Duration = Duration::from_secs(60);
/// The number of cases that run at once; most of them wait.
const WORKERS: usize = 12;

#[test]
fn every_fault_is_told_exactly_by_the_async_client() {
    hold(Lane::Async);
}

#[test]
fn every_fault_is_told_exactly_by_the_blocking_client() {
    hold(Lane::Blocking);
}

#[test]
fn the_table_has_forty_distinct_faults_and_more() {
    let cases = table::all();
    let names: BTreeSet<_> = cases.iter().map(|case| case.name).collect();
    assert_eq!(names.len(), cases.len(), "two cases have the same name");
    assert!(names.len() >= 40, "{}", names.len());
}

#[test]
fn every_kind_of_error_has_a_case() {
    let cases = table::all();
    let told: BTreeSet<_> = cases.iter().filter_map(|case| case.expected.kind()).collect();
    let source = std::fs::read_to_string(workspace("crates/runtime/src/client/kind.rs")).unwrap();
    let kinds = source.lines().filter_map(|line| line.strip_prefix("    ")?.strip_suffix(','));
    let kinds: BTreeSet<_> = kinds.map(str::to_owned).collect();
    assert!(kinds.len() >= 20, "{kinds:?}");
    assert_eq!(told, kinds);
}

/// Runs all cases and reports all deviations.
fn hold(lane: Lane) {
    traces::listen();
    let (cases, wrong) = (Mutex::new(table::all().into_iter()), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        for _ in 0..WORKERS {
            scope.spawn(|| {
                loop {
                    let Some(case) = cases.lock().unwrap().next() else { return };
                    let name = case.name;
                    let complaints = watched(case, lane);
                    let mut wrong = wrong.lock().unwrap();
                    wrong.extend(complaints.into_iter().map(|what| format!("{name}: {what}")));
                }
            });
        }
    });
    let wrong = wrong.into_inner().unwrap();
    assert!(wrong.is_empty(), "{} are wrong:\n\n{}", wrong.len(), wrong.join("\n\n"));
    for told in traces::told() {
        let text = told.text();
        assert!(![SECRET, TOKEN].iter().any(|secret| text.contains(secret)), "{text}");
    }
}

/// Runs a case, and reports it if it hangs.
fn watched(case: Case, lane: Lane) -> Vec<String> {
    let (done, end) = mpsc::channel();
    std::thread::spawn(move || done.send(stage::play(case, lane)));
    match end.recv_timeout(WATCHDOG) {
        Ok(complaints) => complaints,
        Err(RecvTimeoutError::Timeout) => vec![format!("it hangs for {WATCHDOG:?}")],
        Err(RecvTimeoutError::Disconnected) => vec!["it panics".to_owned()],
    }
}

//! A running back-fill: its concurrency, its reports, its failures, and what happens when it stops
//! or is dropped.

use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use futures_util::StreamExt as _;
use gatespec_clients::shopex::MatrixFillMultiple;
use gatespec_runtime::client::{BackFillRun, blocking};
use gatespec_runtime::{Error, ErrorKind, RangeEnd, TimeSpan};
use gatespec_tests::accept::ranges::shop as invented;

use super::gateway::{Gateway, block_on};
use super::{days, new_year, orders};

const DAYLONG: TimeSpan = TimeSpan::days(1);

#[test]
fn so_many_windows_are_under_way_at_once_and_no_more() {
    for concurrency in 0..=9 {
        let gateway = Gateway::new(concurrency as u64);
        let request = days(60);
        let run = gateway.client().back_fill(&request).at_most(DAYLONG).concurrency(concurrency);
        let mut run = run.start().unwrap();
        block_on(async { while run.next().await.is_some() {} });
        assert_eq!(gateway.journal().most, concurrency.max(1));
        assert_eq!(gateway.journal().sent.len(), 60);
    }
}

#[test]
fn each_step_tells_its_window_its_answer_and_how_far_it_is() {
    let gateway = Gateway::new(7);
    let request = days(90);
    let mut run = gateway.client().back_fill(&request).concurrency(4).start().unwrap();
    let mut windows = Vec::new();
    block_on(async {
        while let Some(step) = run.next().await {
            let step = step.unwrap();
            assert_eq!((step.done, step.total), (windows.len() as u64 + 1, 13));
            assert_eq!(step.done, run.cursor().done());
            assert!(run.cursor().contains(step.window.index));
            assert_eq!(step.answer.code(), Some("1000"));
            windows.push(step.window);
            assert_eq!(step.into_data().msg_id.as_deref(), Some("1"));
        }
        assert!(run.next().await.is_none(), "what has ended stays so");
    });
    // The reports are in the order of the answers, which differs from the order of the windows.
    let told: Vec<_> = windows.iter().map(|window| super::wire::text(window.from)).collect();
    let answered: Vec<_> = gateway.journal().answered.iter().map(|sent| sent.0.clone()).collect();
    assert_eq!(told, answered);
    assert!(!windows.is_sorted_by_key(|window| window.index));
    windows.sort_by_key(|window| window.index);
    let all: Vec<_> = run.cursor().windows().into_iter().collect();
    assert_eq!(windows, all);
    assert!(run.cursor().is_complete());
}

/// Fails two windows, and returns the reports before and after the first failure.
fn failing(seed: u64, concurrency: usize) -> (Arc<Gateway>, u64, Vec<u64>) {
    let gateway = Gateway::new(seed);
    gateway.fail("2023-01-06 00:00:00", 1);
    gateway.fail("2023-01-08 00:00:00", 1);
    let request = days(60);
    let run = gateway.client().back_fill(&request).at_most(DAYLONG).concurrency(concurrency);
    let mut run = run.start().unwrap();
    let (mut told, mut failed) = (0, Vec::new());
    block_on(async {
        while let Some(step) = run.next().await {
            match step {
                Ok(step) => told = step.done,
                Err(error) => {
                    assert_eq!(gateway.counts().2, 0, "a failure is told last");
                    failed.push(error.window.index);
                }
            }
            assert_eq!(run.cursor().done(), told);
        }
        assert!(run.next().await.is_none(), "what has ended stays so");
    });
    assert!(!run.cursor().contains(5));
    (gateway, told, failed)
}

#[test]
fn after_a_failure_nothing_begins_and_what_is_under_way_is_told_before_it() {
    let mut both = 0;
    for (seed, concurrency) in (0..40).flat_map(|seed| [(seed, 1), (seed, 3), (seed, 8)]) {
        let (gateway, told, failed) = failing(seed, concurrency);
        let journal = gateway.journal();
        assert_eq!(journal.sent_at_failure, Some(journal.sent.len()));
        assert_eq!(told, journal.answered.len() as u64);
        assert_eq!(told + failed.len() as u64, journal.sent.len() as u64);
        assert!(matches!(failed[..], [5] | [5 | 7, 5 | 7]), "{failed:?}");
        both += u64::from(failed.len() == 2);
    }
    assert!(both > 0, "two windows failed in no run");
}

#[test]
fn a_failure_names_its_window() {
    let gateway = Gateway::new(0);
    gateway.fail("2023-01-08 00:00:00", 1);
    let run = gateway.blocking().back_fill(&days(90)).start().unwrap();
    let failed = run.map(Result::err).find_map(|failed| failed).unwrap();
    assert_eq!(
        failed.to_string(),
        "window 2 of 13, 2023-01-08T00:00:00+08:00 to 2023-01-15T00:00:00+08:00: shopex matrix.fill.multiple: \
         the call failed with code 2001: no"
    );
    assert_eq!(failed.error.code(), Some("2001"));
    assert_eq!(Error::from(failed).kind(), ErrorKind::Business);
}

#[test]
fn to_stop_is_to_wait_for_what_is_under_way() {
    let gateway = Gateway::new(11);
    let request = days(90);
    let mut run = gateway.client().back_fill(&request).concurrency(3).start().unwrap();
    block_on(async {
        run.next().await.unwrap().unwrap();
        let sent = gateway.journal().sent.len();
        run.stop();
        while let Some(step) = run.next().await {
            step.unwrap();
        }
        assert_eq!(gateway.counts(), (sent, sent, 0));
        assert_eq!(run.cursor().done(), sent as u64);
    });
}

#[test]
fn to_drop_is_to_abort() {
    let gateway = Gateway::silent();
    let request = days(90);
    let mut run = gateway.client().back_fill(&request).concurrency(3).start().unwrap();
    assert_eq!(gateway.journal().sent.len(), 0, "nothing is sent before `next`");
    let mut waker = Context::from_waker(Waker::noop());
    assert!(pin!(run.next()).poll(&mut waker).is_pending());
    assert_eq!(gateway.counts(), (3, 0, 3));
    drop(run);
    assert_eq!(gateway.counts(), (3, 0, 0));
}

#[test]
fn to_drop_the_future_of_next_loses_nothing() {
    let gateway = Gateway::new(5);
    let request = days(90);
    let mut run = gateway.client().back_fill(&request).concurrency(4).start().unwrap();
    let mut waker = Context::from_waker(Waker::noop());
    let mut told = 0;
    loop {
        // The future is polled once and dropped, again and again.
        match pin!(run.next()).poll(&mut waker) {
            Poll::Pending => {}
            Poll::Ready(Some(step)) => {
                step.unwrap();
                told += 1;
            }
            Poll::Ready(None) => break,
        }
    }
    assert_eq!((told, gateway.journal().sent.len()), (13, 13));
}

#[test]
fn the_blocking_twin_does_the_same_one_by_one() {
    for failing in [None, Some("2023-02-12 00:00:00")] {
        let (one, other) = (Gateway::new(1), Gateway::new(1));
        for gateway in [&one, &other] {
            failing.into_iter().for_each(|start| gateway.fail(start, 1));
        }
        let request = days(90);
        let mut run = one.client().back_fill(&request).start().unwrap();
        let mut blocking = other.blocking().back_fill(&request).start().unwrap();
        loop {
            let step = block_on(run.next());
            let twin = blocking.next();
            match (step, twin) {
                (Some(Ok(step)), Some(Ok(twin))) => {
                    assert_eq!((step.window, step.done), (twin.window, twin.done));
                }
                (Some(Err(step)), Some(Err(twin))) => {
                    assert_eq!(step.to_string(), twin.to_string());
                }
                (None, None) => break,
                (step, twin) => panic!("{step:?} and {twin:?}"),
            }
            assert_eq!(run.cursor(), blocking.cursor());
        }
        assert_eq!(one.journal().sent, other.journal().sent);
        assert_eq!(run.cursor().is_complete(), failing.is_none());
        assert!(blocking.next().is_none(), "what has ended stays so");
    }
}

#[test]
fn a_run_is_a_stream() {
    let gateway = Gateway::new(9);
    let request = days(90);
    let run = gateway.client().back_fill(&request).concurrency(2).start().unwrap();
    assert_eq!(futures_util::Stream::size_hint(&run), (0, Some(13)));
    let steps: Vec<_> = block_on(run.map(Result::unwrap).map(|step| step.done).collect());
    assert_eq!(steps, (1..=13).collect::<Vec<_>>());
}

#[test]
fn a_blocking_run_knows_how_much_is_left() {
    let mut run = Gateway::new(0).blocking().back_fill(&days(90)).start().unwrap();
    assert_eq!(run.size_hint(), (0, Some(13)));
    run.next().unwrap().unwrap();
    assert_eq!(run.size_hint(), (0, Some(12)));
}

fn refused(request: &MatrixFillMultiple) -> [Error; 2] {
    let gateway = Gateway::new(0);
    let error = gateway.client().back_fill(request).start().unwrap_err();
    let twin = gateway.blocking().back_fill(request).start().unwrap_err();
    assert_eq!(gateway.journal().sent.len(), 0);
    [error, twin]
}

#[test]
fn a_reversed_range_is_refused_before_anything_is_sent() {
    let (from, to) = (new_year(), new_year() + super::DAY);
    for error in refused(&orders(to, from)) {
        assert_eq!(error.kind(), ErrorKind::Validation);
        assert_eq!(error.violations()[0].rule(), "not_after:start_time,end_time");
        assert!(error.to_string().starts_with("shopex matrix.fill.multiple: "), "{error}");
    }
}

#[test]
fn an_absent_end_is_refused_before_anything_is_sent() {
    let credentials = invented::Credentials::new("key", "secret");
    let client = invented::Client::builder(credentials).transport(Gateway::new(0)).build().unwrap();
    let request = invented::ShopDemo::new(new_year(), new_year()).from(new_year());
    let error = client.back_fill(&request).start().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Validation);
    assert_eq!(error.violations()[0].rule(), "required:to");
    // With both times, the back-fill starts, although `from` is sensitive. Its windows are closed.
    let request = request.to(new_year() + super::DAY + super::DAY);
    let run = client.back_fill(&request).start().unwrap();
    let all: Vec<_> = run.cursor().windows().into_iter().collect();
    let gap = all[1].from.unix_millis() - all[0].to.unix_millis();
    assert_eq!((all.len(), gap), (2, 1));
}

#[test]
fn windows_that_do_not_come_forward_are_refused() {
    let gateway = Gateway::new(0);
    let back_fill = gateway.client().back_fill(&days(90)).at_most(TimeSpan::seconds(0));
    let error = back_fill.start().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Config);
    assert_eq!(
        error.to_string(),
        "shopex matrix.fill.multiple: a window of 0 seconds is shorter than one second"
    );
}

#[test]
fn windows_are_checked_like_any_request() {
    let gateway = Gateway::new(0);
    let request = days(90);
    let mut run =
        gateway.blocking().back_fill(&request).at_most(TimeSpan::days(8)).start().unwrap();
    let error = run.next().unwrap().unwrap_err().error;
    assert_eq!(error.violations()[0].rule(), "span:start_time,end_time");
    assert_eq!(gateway.journal().sent.len(), 0);
    // If the document is wrong, the rule can be left out for each call.
    let back_fill = gateway.blocking().back_fill(&request).at_most(TimeSpan::days(8));
    let run = back_fill.calls(|call| call.without_rule("span")).start().unwrap();
    assert_eq!(run.map(Result::unwrap).count(), 12);
    let back_fill = gateway.client().back_fill(&request).at_most(TimeSpan::days(8));
    let mut run = back_fill.calls(|call| call.without_rule("span")).start().unwrap();
    block_on(async { while run.next().await.is_some_and(|step| step.is_ok()) {} });
    assert!(run.cursor().is_complete());
}

#[test]
fn a_run_can_move_between_threads_and_shows_no_value_of_the_request() {
    fn movable<T: Send + Unpin + 'static>(_: &T) {}
    let client = Gateway::new(0).client();
    let run = client.back_fill(&days(90)).end(RangeEnd::Included).start().unwrap();
    let _: &BackFillRun<MatrixFillMultiple> = &run;
    movable(&run);
    let twin = Gateway::new(0).blocking().back_fill(&days(90)).start().unwrap();
    let _: &blocking::BackFillRun<MatrixFillMultiple> = &twin;
    movable(&twin);
    let back_fill = client.back_fill(&days(90));
    for shown in [format!("{run:?}"), format!("{twin:?}"), format!("{back_fill:?}")] {
        assert!(shown.contains("matrix.fill.multiple"), "{shown}");
        assert!(!shown.contains("15000000") && !shown.contains("0123456789abcdef"), "{shown}");
    }
    assert!(!run.cursor().to_string().contains("15000000"));
}

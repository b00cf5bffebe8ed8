//! The events that calls emit through `tracing`: enough to understand a call, but no content.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use gatespec_clients::shopex::{self, FillType, MatrixFillSingle};
use gatespec_runtime::client::RetryPolicy;

use crate::recorder::block_on;
use crate::server::{Reply, Server};
use crate::time::Time;
use crate::traces::{self, Told};
use crate::{clients, shown};

/// A text in requests and answers that is not secret but does not belong in logs.
const SAID: &str = "MARK-of-a-body";

/// A gateway that is first unavailable, then refuses a call because of its rate limit, then
/// succeeds.
fn gateway() -> Server {
    let next = AtomicUsize::new(0);
    Server::start(move |_| match next.fetch_add(1, Ordering::SeqCst) {
        0 => Reply::new(503, format!("<html>{SAID}")).header("Retry-After", "2"),
        1 => Reply::json(
            403,
            r#"{"error":{"code":"0040311","message":"wait 17 s"},"result":"error"}"#,
        ),
        _ => Reply::json(
            200,
            format!(r#"{{"status":"succ","code":"1000","data":{{"msg_id":"{SAID}"}}}}"#),
        ),
    })
}

/// The fields of a span.
fn fields(told: &Told) -> Vec<(&str, &str)> {
    told.fields.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect()
}

/// Asserts that the only call of this thread is described as it happened.
fn told_as_it_went() {
    let [call] = &traces::spans_of_this_thread("call")[..] else { panic!("one call was made") };
    assert_eq!(
        fields(call),
        [
            ("attempts", "3"),
            ("code", "1000"),
            // The waits were 2 and 17 seconds in virtual time.
            ("duration_ms", "19000"),
            ("method", "matrix.fill.single"),
            ("platform", "shopex"),
            ("status", "200"),
        ]
    );
    let attempts = traces::spans_of_this_thread("attempt");
    let told: Vec<_> = attempts.iter().map(fields).collect();
    assert_eq!(
        told,
        [
            vec![("attempt", "1"), ("duration_ms", "0"), ("error", "Http"), ("status", "503")],
            vec![
                ("attempt", "2"),
                ("code", "0040311"),
                ("duration_ms", "0"),
                ("error", "Gateway"),
                ("status", "403"),
            ],
            vec![("attempt", "3"), ("code", "1000"), ("duration_ms", "0"), ("status", "200")],
        ]
    );
    assert!(attempts.iter().all(|attempt| attempt.within == Some(call.index)));
}

#[test]
fn a_call_and_its_attempts_are_spans_with_method_code_and_duration() {
    traces::listen();
    let request = MatrixFillSingle::new("15000000", FillType::Order).tids([SAID]);
    let asynchronous = request.clone();
    let lanes = [
        std::thread::spawn(move || {
            let server = gateway();
            let client = shopex::Client::builder(clients::shopex())
                .base_url(server.url())
                .retry(RetryPolicy::new())
                .timer(Arc::new(Time::default()))
                .build()
                .unwrap();
            let given = block_on(client.matrix_fill_single(&asynchronous)).unwrap();
            assert_eq!(given.msg_id.as_deref(), Some(SAID));
            told_as_it_went();
        }),
        std::thread::spawn(move || {
            let server = gateway();
            let client = shopex::blocking::Client::builder(clients::shopex())
                .base_url(server.url())
                .retry(RetryPolicy::new())
                .timer(Arc::new(Time::default()))
                .build()
                .unwrap();
            assert_eq!(client.matrix_fill_single(&request).unwrap().msg_id.as_deref(), Some(SAID));
            told_as_it_went();
        }),
    ];
    for lane in lanes {
        lane.join().unwrap();
    }
    let told = traces::told();
    // Events of other crates were recorded as well.
    for target in ["gatespec", "hyper_util", "reqwest"] {
        assert!(told.iter().any(|told| told.target.starts_with(target)), "{target} is silent");
    }
    let body = told.iter().find(|told| told.text().contains(SAID));
    assert!(body.is_none(), "{body:?}");
}

#[test]
fn no_trace_shows_what_a_gateway_repeats() {
    traces::listen();
    crate::echoes::show();
    crate::echoes::show_lost();
    let told = traces::told();
    assert!(told.iter().any(|told| told.fields.contains_key("wait_ms")), "calls were tried again");
    for told in told {
        shown::clean(told.text());
    }
}

//! A blocking back-fill, which sends its windows on several threads.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Barrier};

use bytes::Bytes;
use gatespec_clients::shopex;
use gatespec_runtime::{BlockingTransport, TransportError};

use super::days;

/// A transport that answers only when this many requests have arrived.
struct Together(Barrier);

impl BlockingTransport for Together {
    fn send(&self, _: http::Request<Bytes>) -> Result<http::Response<Bytes>, TransportError> {
        self.0.wait();
        let answer = r#"{"status": "succ", "code": "1000", "desc": "", "data": {"msg_id": 1}}"#;
        Ok(http::Response::new(Bytes::from_static(answer.as_bytes())))
    }
}

fn blocking_client(transport: impl BlockingTransport + 'static) -> shopex::blocking::Client {
    let credentials = shopex::Credentials::new("testkey", "0123456789abcdef");
    let builder = shopex::blocking::Client::builder(credentials);
    builder.transport(Arc::new(transport)).build().unwrap()
}

/// With fewer threads, the barrier would never open.
#[test]
fn blocking_windows_are_under_way_side_by_side() {
    let client = blocking_client(Together(Barrier::new(4)));
    let request = days(56);
    let mut run = client.back_fill(&request).concurrency(4).start().unwrap();
    let mut windows: Vec<_> = run.by_ref().map(|step| step.unwrap().window.index).collect();
    windows.sort_unstable();
    assert_eq!(windows, (0..8).collect::<Vec<_>>());
    assert!(run.cursor().is_complete());
    assert!(run.next().is_none(), "what has ended stays so");
}

#[test]
fn after_a_failed_window_the_blocking_ones_under_way_are_told_first() {
    struct Fails(AtomicUsize);
    impl BlockingTransport for Fails {
        fn send(
            &self,
            request: http::Request<Bytes>,
        ) -> Result<http::Response<Bytes>, TransportError> {
            match self.0.fetch_add(1, Ordering::SeqCst) {
                0 => Err(TransportError::new("cut")),
                _ => Together(Barrier::new(1)).send(request),
            }
        }
    }
    let client = blocking_client(Fails(AtomicUsize::new(0)));
    let request = days(56);
    let mut run = client.back_fill(&request).concurrency(2).start().unwrap();
    let told: Vec<_> = run.by_ref().map(|step| step.is_ok()).collect();
    let (failed, answered) = told.split_last().unwrap();
    assert!(!failed && answered.iter().all(|answered| *answered), "{told:?}");
    assert_eq!(run.cursor().done(), answered.len() as u64);
    assert!(!run.cursor().is_complete());
}

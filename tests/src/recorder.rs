//! A transport that records requests and gives every one the same answer.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::path::Path;
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use gatespec_runtime::{BlockingTransport, BoxFuture, DateTime, Transport, TransportError};

/// Reads a file of `tests/wire`.
pub fn file(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("wire").join(name);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The recorded requests of one client, and the answer that every request gets.
pub struct Recorder {
    status: u16,
    headers: Vec<(&'static str, &'static str)>,
    body: Bytes,
    sent: Mutex<Vec<String>>,
}

impl Recorder {
    /// Answers with HTTP 200 and this body.
    pub fn answering(body: impl Into<Bytes>) -> Arc<Recorder> {
        Recorder::with(200, &[], body)
    }

    /// Answers with this status, these headers and this body.
    pub fn with(
        status: u16,
        headers: &[(&'static str, &'static str)],
        body: impl Into<Bytes>,
    ) -> Arc<Recorder> {
        let (headers, sent) = (headers.to_vec(), Mutex::default());
        Arc::new(Recorder { status, headers, body: body.into(), sent })
    }

    /// The requests recorded so far, in the notation of `tests/wire`.
    pub fn sent(&self) -> Vec<String> {
        self.sent.lock().unwrap().clone()
    }

    /// The only request. Panics if there is none or more than one.
    pub fn only(&self) -> String {
        let sent = self.sent();
        assert_eq!(sent.len(), 1, "one request was expected");
        sent.into_iter().next().unwrap()
    }

    fn record(&self, request: &http::Request<Bytes>) -> http::Response<Bytes> {
        let mut text = format!("{} {}\n", request.method(), request.uri());
        let mut headers: Vec<_> = request.headers().iter().collect();
        headers.sort_by_key(|(name, _)| name.as_str());
        for (name, value) in headers {
            text.push_str(&format!("{name}: {}\n", str::from_utf8(value.as_bytes()).unwrap()));
        }
        text.push_str(&format!("\n{}\n", str::from_utf8(request.body()).unwrap()));
        self.sent.lock().unwrap().push(text);
        let mut response = http::Response::builder().status(self.status);
        for (name, value) in &self.headers {
            response = response.header(*name, *value);
        }
        response.body(self.body.clone()).unwrap()
    }
}

impl Transport for Recorder {
    fn send(
        &self,
        request: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        Box::pin(async move { Ok(self.record(&request)) })
    }
}

impl BlockingTransport for Recorder {
    fn send(&self, request: http::Request<Bytes>) -> Result<http::Response<Bytes>, TransportError> {
        Ok(self.record(&request))
    }
}

/// A clock that always shows this time, in Unix seconds.
pub fn clock(seconds: i64) -> Arc<DateTime> {
    Arc::new(DateTime::from_unix_seconds(seconds).unwrap())
}

/// Runs a future to completion.
pub fn block_on<F: Future>(future: F) -> F::Output {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future)
}

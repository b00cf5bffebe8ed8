//! An in-memory gateway that answers out of order, fails on demand, and keeps a journal.

use std::collections::BTreeMap;
use std::future::{pending, poll_fn};
use std::sync::{Arc, Mutex, MutexGuard};
use std::task::Poll;

use bytes::Bytes;
use gatespec_clients::shopex;
use gatespec_runtime::{BlockingTransport, BoxFuture, Transport, TransportError};

/// The start and the end of a window, as they were sent.
pub(crate) type Sent = (String, String);

#[derive(Default)]
pub(crate) struct Journal {
    /// Every request, in the order of arrival.
    pub(crate) sent: Vec<Sent>,
    /// The successful requests, in the order of the answers.
    pub(crate) answered: Vec<Sent>,
    /// The number of requests sent before the first failure.
    pub(crate) sent_at_failure: Option<usize>,
    /// The current and the maximum number of pending requests.
    pub(crate) under_way: usize,
    pub(crate) most: usize,
    /// How often the request with this start will still fail.
    failures: BTreeMap<String, usize>,
}

pub(crate) struct Gateway {
    journal: Mutex<Journal>,
    seed: u64,
    /// Whether the gateway never answers.
    silent: bool,
}

impl Gateway {
    /// A gateway whose answers are delayed by different numbers of turns, which depend on the seed.
    pub(crate) fn new(seed: u64) -> Arc<Gateway> {
        Arc::new(Gateway { journal: Mutex::default(), seed, silent: false })
    }

    /// A gateway that never answers.
    pub(crate) fn silent() -> Arc<Gateway> {
        Arc::new(Gateway { journal: Mutex::default(), seed: 0, silent: true })
    }

    pub(crate) fn fail(&self, start: &str, times: usize) {
        self.journal().failures.insert(start.to_owned(), times);
    }

    pub(crate) fn journal(&self) -> MutexGuard<'_, Journal> {
        self.journal.lock().unwrap()
    }

    /// The numbers of requests that were sent, were successful, and are pending.
    pub(crate) fn counts(&self) -> (usize, usize, usize) {
        let journal = self.journal();
        (journal.sent.len(), journal.answered.len(), journal.under_way)
    }

    pub(crate) fn client(self: &Arc<Self>) -> shopex::Client {
        let credentials = shopex::Credentials::new("testkey", "0123456789abcdef");
        shopex::Client::builder(credentials).transport(Arc::clone(self) as _).build().unwrap()
    }

    pub(crate) fn blocking(self: &Arc<Self>) -> shopex::blocking::Client {
        let credentials = shopex::Credentials::new("testkey", "0123456789abcdef");
        let builder = shopex::blocking::Client::builder(credentials);
        builder.transport(Arc::clone(self) as _).build().unwrap()
    }

    fn arrives(&self, request: &http::Request<Bytes>) -> (Sent, usize) {
        let form: BTreeMap<_, _> = form_urlencoded::parse(request.body()).into_owned().collect();
        let sent = (form["start_time"].clone(), form["end_time"].clone());
        let mut journal = self.journal();
        journal.sent.push(sent.clone());
        journal.under_way += 1;
        journal.most = journal.most.max(journal.under_way);
        let number = journal.sent.len() as u64 ^ self.seed;
        let turns = number.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 61;
        (sent, usize::try_from(turns).unwrap())
    }

    fn answers(&self, sent: Sent) -> http::Response<Bytes> {
        let mut journal = self.journal();
        let so_far = journal.sent.len();
        let left = journal.failures.get_mut(&sent.0).filter(|left| **left > 0);
        let body = match left {
            Some(left) => {
                *left -= 1;
                journal.sent_at_failure.get_or_insert(so_far);
                r#"{"status":"fail","code":"2001","desc":"no"}"#
            }
            None => {
                journal.answered.push(sent);
                r#"{"status":"succ","code":"1000","desc":"ok","data":{"msg_id":"1"}}"#
            }
        };
        http::Response::new(Bytes::from_static(body.as_bytes()))
    }
}

/// A dropped request is no longer pending, whether it was answered or not.
struct UnderWay<'g>(&'g Gateway);

impl Drop for UnderWay<'_> {
    fn drop(&mut self) {
        self.0.journal().under_way -= 1;
    }
}

/// Yields to other tasks `left` times.
async fn turns(mut left: usize) {
    poll_fn(|cx| {
        if left == 0 {
            return Poll::Ready(());
        }
        left -= 1;
        cx.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}

impl Transport for Gateway {
    fn send(
        &self,
        request: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        Box::pin(async move {
            let (sent, wait) = self.arrives(&request);
            let _under_way = UnderWay(self);
            if self.silent {
                pending::<()>().await;
            }
            turns(wait).await;
            Ok(self.answers(sent))
        })
    }
}

impl BlockingTransport for Gateway {
    fn send(&self, request: http::Request<Bytes>) -> Result<http::Response<Bytes>, TransportError> {
        let (sent, _) = self.arrives(&request);
        let _under_way = UnderWay(self);
        Ok(self.answers(sent))
    }
}

/// Runs a future that needs no timer and no I/O.
pub(crate) fn block_on<F: Future>(future: F) -> F::Output {
    tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(future)
}

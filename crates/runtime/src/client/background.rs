//! The default transport: `reqwest` on two threads that all clients share.
//!
//! If the caller's thread did the I/O, a gateway that floods a connection would keep the caller's
//! timer from being polled, and deadlines would pass unnoticed.

use std::io;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use bytes::Bytes;
use tokio::runtime::{Builder, Runtime};
use tokio::task::JoinHandle;

use super::classify::SystemResolver;
use super::over_reqwest::OverReqwest;
use super::settings::Settings;
use super::transport::{TimeLimit, TransportError};

type Outcome = Result<http::Response<Bytes>, TransportError>;

/// A transport over `reqwest` on the shared threads.
pub(super) struct Background {
    inner: Arc<OverReqwest>,
    runtime: &'static Runtime,
}

impl Background {
    pub(super) fn new(settings: &Settings) -> Result<Background, String> {
        static RUNTIME: OnceLock<io::Result<Runtime>> = OnceLock::new();
        let threads = || {
            let mut builder = Builder::new_multi_thread();
            builder.worker_threads(2).enable_all().thread_name("gatespec-http").build()
        };
        let client = reqwest::Client::builder()
            // Redirects are not followed, because a 302 would turn a signed POST into a GET.
            .redirect(reqwest::redirect::Policy::none())
            .connect_timeout(settings.connect_timeout)
            .pool_idle_timeout(settings.idle_timeout)
            .dns_resolver(Arc::new(SystemResolver));
        #[cfg(any(feature = "rustls_aws_lc", feature = "rustls_ring"))]
        let client = super::tls::preconfigured(client).map_err(|error| unbuilt(&error))?;
        let client = client.build().map_err(|error| unbuilt(&error))?;
        let inner = Arc::new(OverReqwest::new(client, settings.max_response_bytes));
        match RUNTIME.get_or_init(threads) {
            Ok(runtime) => Ok(Background { inner, runtime }),
            Err(error) => Err(format!("the HTTP client cannot start its threads: {error}")),
        }
    }

    /// Starts a request, which passes its outcome to `landed`. Returns the request and its timeout,
    /// which the caller must enforce.
    fn begin(
        &self,
        mut request: http::Request<Bytes>,
        landed: impl FnOnce(Outcome) + Send + 'static,
    ) -> (Flight, Duration) {
        let limit = request.extensions_mut().remove();
        let inner = Arc::clone(&self.inner);
        let task = self.runtime.spawn(async move { landed(inner.carry(request).await) });
        (Flight(task), limit.map_or(Duration::MAX, |TimeLimit(limit)| limit))
    }
}

fn unbuilt(error: &dyn std::error::Error) -> String {
    format!("cannot build the HTTP client: {error}")
}

/// A request in flight. Dropping it cancels the request.
struct Flight(JoinHandle<()>);

impl Drop for Flight {
    fn drop(&mut self) {
        self.0.abort();
    }
}

fn too_late() -> Outcome {
    Err(TransportError::timeout(io::Error::from(io::ErrorKind::TimedOut)))
}

fn broken() -> Outcome {
    Err(TransportError::new("the HTTP client has panicked"))
}

#[cfg(feature = "reqwest")]
impl super::transport::Transport for Background {
    fn send(&self, request: http::Request<Bytes>) -> super::transport::BoxFuture<'_, Outcome> {
        Box::pin(async move {
            let (landed, outcome) = tokio::sync::oneshot::channel();
            let (_flight, limit) = self.begin(request, |outcome| drop(landed.send(outcome)));
            match tokio::time::timeout(limit, outcome).await {
                Ok(outcome) => outcome.unwrap_or_else(|_| broken()),
                Err(_) => too_late(),
            }
        })
    }
}

#[cfg(feature = "blocking")]
impl super::transport::BlockingTransport for Background {
    fn send(&self, request: http::Request<Bytes>) -> Outcome {
        use std::sync::mpsc::{RecvTimeoutError, sync_channel};
        let (landed, outcome) = sync_channel(1);
        let (_flight, limit) = self.begin(request, move |outcome| drop(landed.send(outcome)));
        match outcome.recv_timeout(limit) {
            Ok(outcome) => outcome,
            Err(RecvTimeoutError::Timeout) => too_late(),
            Err(RecvTimeoutError::Disconnected) => broken(),
        }
    }
}

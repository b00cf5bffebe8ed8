//! What carries requests. Bring your own, or turn on the feature `reqwest` or `blocking`.

use std::error::Error;
use std::fmt;
use std::future::Future;
use std::pin::Pin;

use bytes::Bytes;

/// A boxed future that can move between threads.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Carries requests, async. Time limits are its business; it must not follow redirects, since
/// that turns a signed POST into a GET.
///
/// ```
/// use bytes::Bytes;
/// use gatespec_runtime::client::{BoxFuture, Transport, TransportError};
///
/// /// Answers everything with the same text.
/// struct Canned(&'static str);
///
/// impl Transport for Canned {
///     fn send(
///         &self,
///         _: http::Request<Bytes>,
///     ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
///         Box::pin(async { Ok(http::Response::new(Bytes::from_static(self.0.as_bytes()))) })
///     }
/// }
/// ```
pub trait Transport: Send + Sync {
    /// Sends a request and receives the whole answer, whatever its status.
    fn send(
        &self,
        request: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>>;
}

/// Carries requests, blocking. Otherwise like [`Transport`].
pub trait BlockingTransport: Send + Sync {
    /// Sends a request and receives the whole answer, whatever its status.
    fn send(&self, request: http::Request<Bytes>) -> Result<http::Response<Bytes>, TransportError>;
}

/// A request that was not answered, or not wholly.
#[derive(Debug)]
pub struct TransportError {
    kind: Kind,
    source: Option<Box<dyn Error + Send + Sync>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Connect,
    Timeout,
    TooLarge(usize),
    Other,
}

impl TransportError {
    /// Any other failure. What `source` shows must hold no secret: no URL with a token in it.
    pub fn new(source: impl Into<Box<dyn Error + Send + Sync>>) -> TransportError {
        TransportError { kind: Kind::Other, source: Some(source.into()) }
    }

    /// No connection: the request has not been sent.
    pub fn connect(source: impl Into<Box<dyn Error + Send + Sync>>) -> TransportError {
        TransportError { kind: Kind::Connect, source: Some(source.into()) }
    }

    /// No answer in time: whether the platform has acted is unknown.
    pub fn timeout(source: impl Into<Box<dyn Error + Send + Sync>>) -> TransportError {
        TransportError { kind: Kind::Timeout, source: Some(source.into()) }
    }

    /// The answer is larger than this many bytes.
    pub fn too_large(limit: usize) -> TransportError {
        TransportError { kind: Kind::TooLarge(limit), source: None }
    }

    /// No connection: the request has not been sent.
    pub fn is_connect(&self) -> bool {
        self.kind == Kind::Connect
    }

    /// No answer in time.
    pub fn is_timeout(&self) -> bool {
        self.kind == Kind::Timeout
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            Kind::Connect => f.write_str("no connection to the gateway"),
            Kind::Timeout => f.write_str("no answer in time"),
            Kind::TooLarge(limit) => write!(
                f,
                "the answer is larger than {limit} bytes; `max_response_bytes` allows more"
            ),
            Kind::Other => f.write_str("the request or its answer was lost on the way"),
        }
    }
}

impl Error for TransportError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source.as_deref().map(|source| source as &(dyn Error + 'static))
    }
}

/// What `reqwest` reports, without the URL: it can hold a token.
#[cfg(any(feature = "reqwest", feature = "blocking"))]
pub(super) fn classify(error: reqwest::Error) -> TransportError {
    let error = error.without_url();
    match () {
        () if error.is_connect() => TransportError::connect(error),
        () if error.is_timeout() => TransportError::timeout(error),
        () => TransportError::new(error),
    }
}

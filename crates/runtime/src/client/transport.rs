//! Transports, which send requests. Supply your own, or enable the feature `reqwest` or `blocking`.

use std::error::Error;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use bytes::Bytes;

use super::kind::ErrorKind;

/// An error of any type.
pub(super) type BoxError = Box<dyn Error + Send + Sync>;

/// A boxed future that is `Send`.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// The timeout of one attempt, from connecting to the last byte of the answer. A transport reads it
/// from the request's extensions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TimeLimit(pub Duration);

/// An async transport.
///
/// It must enforce the [`TimeLimit`] in the request's extensions, and must not follow redirects,
/// which would turn a signed POST into a GET.
///
/// ```
/// use bytes::Bytes;
/// use gatespec_runtime::client::{BoxFuture, Transport, TransportError};
///
/// /// Gives the same answer to every request.
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
    ///
    /// # Errors
    /// Returns why there is no answer, or only a part of one.
    fn send(
        &self,
        request: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>>;
}

/// The blocking version of [`Transport`].
pub trait BlockingTransport: Send + Sync {
    /// Sends a request and receives the whole answer, whatever its status.
    ///
    /// # Errors
    /// Returns why there is no answer, or only a part of one.
    fn send(&self, request: http::Request<Bytes>) -> Result<http::Response<Bytes>, TransportError>;
}

/// Why a request got no answer, or only a part of one.
#[derive(Debug)]
pub struct TransportError {
    kind: FailureKind,
    source: Option<BoxError>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum FailureKind {
    Dns,
    Connect,
    Refused,
    Unsent,
    Tls,
    ConnectTimeout,
    Timeout,
    Closed,
    NotHttp,
    Truncated,
    TooLarge(usize),
    Other,
}

impl TransportError {
    fn because(kind: FailureKind, source: impl Into<BoxError>) -> TransportError {
        TransportError { kind, source: Some(source.into()) }
    }

    /// Any other failure. The text of `source` must contain no secret, such as a URL with a token.
    pub fn new(source: impl Into<BoxError>) -> TransportError {
        TransportError::because(FailureKind::Other, source)
    }

    /// The host name could not be resolved; the request was not sent.
    pub fn dns(source: impl Into<BoxError>) -> TransportError {
        TransportError::because(FailureKind::Dns, source)
    }

    /// Connecting failed; the request was not sent.
    pub fn connect(source: impl Into<BoxError>) -> TransportError {
        TransportError::because(FailureKind::Connect, source)
    }

    /// The gateway's host refused the connection; the request was not sent.
    pub fn refused(source: impl Into<BoxError>) -> TransportError {
        TransportError::because(FailureKind::Refused, source)
    }

    /// The connection closed before any byte of the request was written.
    pub fn unsent(source: impl Into<BoxError>) -> TransportError {
        TransportError::because(FailureKind::Unsent, source)
    }

    /// The TLS handshake failed; the request was not sent.
    pub fn tls(source: impl Into<BoxError>) -> TransportError {
        TransportError::because(FailureKind::Tls, source)
    }

    /// Connecting timed out; the request was not sent.
    pub fn connect_timeout(source: impl Into<BoxError>) -> TransportError {
        TransportError::because(FailureKind::ConnectTimeout, source)
    }

    /// No answer in time; whether the platform has acted is unknown.
    pub fn timeout(source: impl Into<BoxError>) -> TransportError {
        TransportError::because(FailureKind::Timeout, source)
    }

    /// The connection closed before an answer began; whether the platform has acted is unknown.
    pub fn closed(source: impl Into<BoxError>) -> TransportError {
        TransportError::because(FailureKind::Closed, source)
    }

    /// The answer is not HTTP; whether the platform has acted is unknown.
    pub fn not_http(source: impl Into<BoxError>) -> TransportError {
        TransportError::because(FailureKind::NotHttp, source)
    }

    /// The answer was cut off; whether the platform has acted is unknown.
    pub fn truncated(source: impl Into<BoxError>) -> TransportError {
        TransportError::because(FailureKind::Truncated, source)
    }

    /// The answer is larger than `limit` bytes.
    pub fn too_large(limit: usize) -> TransportError {
        TransportError { kind: FailureKind::TooLarge(limit), source: None }
    }

    /// The kind that the call's error will have.
    pub fn kind(&self) -> ErrorKind {
        match self.kind {
            FailureKind::Dns => ErrorKind::Dns,
            FailureKind::Connect | FailureKind::Refused | FailureKind::Unsent => ErrorKind::Connect,
            FailureKind::Tls => ErrorKind::Tls,
            FailureKind::ConnectTimeout => ErrorKind::ConnectTimeout,
            FailureKind::Timeout => ErrorKind::AttemptTimeout,
            FailureKind::Closed => ErrorKind::Closed,
            FailureKind::NotHttp => ErrorKind::NotHttp,
            FailureKind::Truncated => ErrorKind::Truncated,
            FailureKind::TooLarge(_) => ErrorKind::TooLarge,
            FailureKind::Other => ErrorKind::Transport,
        }
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.kind {
            FailureKind::Dns => "the gateway's host has no address",
            FailureKind::Connect => "no connection to the gateway",
            FailureKind::Refused => "the gateway's host refused the connection",
            FailureKind::Unsent => "the connection closed before anything was sent",
            FailureKind::Tls => "no trusted connection to the gateway",
            FailureKind::ConnectTimeout => "no connection to the gateway in time",
            FailureKind::Timeout => "no answer in time",
            FailureKind::Closed => "the connection closed before an answer",
            FailureKind::NotHttp => "the answer is not HTTP",
            FailureKind::Truncated => "the answer was cut off",
            FailureKind::TooLarge(limit) => {
                return write!(
                    f,
                    "the answer is larger than {limit} bytes; `max_response_bytes` allows more"
                );
            }
            FailureKind::Other => "the request or its answer was lost in transit",
        })
    }
}

impl Error for TransportError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source.as_deref().map(|source| source as &(dyn Error + 'static))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_transport_says_which_step_failed() {
        for (error, kind) in [
            (TransportError::dns("cut"), ErrorKind::Dns),
            (TransportError::connect("cut"), ErrorKind::Connect),
            (TransportError::tls("cut"), ErrorKind::Tls),
            (TransportError::connect_timeout("cut"), ErrorKind::ConnectTimeout),
            (TransportError::refused("cut"), ErrorKind::Connect),
            (TransportError::unsent("cut"), ErrorKind::Connect),
            (TransportError::timeout("cut"), ErrorKind::AttemptTimeout),
            (TransportError::closed("cut"), ErrorKind::Closed),
            (TransportError::not_http("cut"), ErrorKind::NotHttp),
            (TransportError::truncated("cut"), ErrorKind::Truncated),
            (TransportError::new("cut"), ErrorKind::Transport),
        ] {
            assert_eq!(error.kind(), kind);
            assert_eq!(error.source().map(ToString::to_string).as_deref(), Some("cut"));
        }
        let large = TransportError::too_large(7);
        assert_eq!(large.kind(), ErrorKind::TooLarge);
        assert!(large.source().is_none() && large.to_string().contains("7 bytes"));
    }
}

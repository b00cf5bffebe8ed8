//! Classifies the errors of `reqwest` by the phase in which a request failed.

use std::error::Error;
use std::fmt;
use std::io;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use super::transport::{BoxError, TransportError};

/// The system's resolver. It wraps its errors in [`NoAddress`], so that a failed lookup can be
/// recognized.
pub(super) struct SystemResolver;

impl Resolve for SystemResolver {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            match tokio::net::lookup_host((name.as_str(), 0)).await {
                Ok(found) => Ok(Box::new(found.collect::<Vec<_>>().into_iter()) as Addrs),
                Err(error) => Err(Box::new(NoAddress(error)) as BoxError),
            }
        })
    }
}

/// A failed lookup.
#[derive(Debug)]
struct NoAddress(io::Error);

impl fmt::Display for NoAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Error for NoAddress {}

/// Converts an error that occurred before the answer began. Drops the URL, which can hold a token.
pub(super) fn unanswered(error: reqwest::Error) -> TransportError {
    let error = error.without_url();
    phase(&error)(error.into())
}

/// Returns the constructor for the phase in which a request failed; it takes the error's source.
pub(super) fn phase(error: &reqwest::Error) -> fn(BoxError) -> TransportError {
    match (error.is_connect(), error.is_timeout()) {
        (true, true) => |source| TransportError::connect_timeout(source),
        (true, false) if causes(error).any(is_no_address) => |source| TransportError::dns(source),
        (true, false) if causes(error).any(is_handshake) => |source| TransportError::tls(source),
        (true, false) if causes(error).any(is_refusal) => |source| TransportError::refused(source),
        (true, false) => |source| TransportError::connect(source),
        (false, true) => |source| TransportError::timeout(source),
        (false, false) => {
            match causes(error).find_map(|cause| cause.downcast_ref::<hyper::Error>()) {
                Some(error) if error.is_canceled() => |source| TransportError::unsent(source),
                Some(error) if error.is_parse() && !is_too_large(error) => {
                    |source| TransportError::not_http(source)
                }
                Some(error) if error.is_incomplete_message() || causes(error).any(is_end) => {
                    |source| TransportError::closed(source)
                }
                _ => |source| TransportError::new(source),
            }
        }
    }
}

/// Converts an error from reading the answer.
pub(super) fn broken_off(error: reqwest::Error) -> TransportError {
    let error = error.without_url();
    match error.is_timeout() {
        true => TransportError::timeout(error),
        false => TransportError::truncated(error),
    }
}

fn is_no_address(cause: &(dyn Error + 'static)) -> bool {
    cause.is::<NoAddress>()
}

/// Whether the TLS handshake failed: with invalid data, an unexpected end, or an error that the TLS
/// layer wraps in an I/O error. Opening a TCP connection never fails in these ways.
fn is_handshake(cause: &(dyn Error + 'static)) -> bool {
    cause.downcast_ref::<io::Error>().is_some_and(|error| {
        matches!(error.kind(), io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof)
            // Examines the error inside an `io::Error` here, because `source()` skips it.
            || error.get_ref().and_then(|inner| inner.downcast_ref::<io::Error>()).is_some()
    })
}

/// Whether `hyper` refused an answer's head as too large. The text is compared because `hyper`'s
/// method for this check exists only for servers.
fn is_too_large(error: &hyper::Error) -> bool {
    error.to_string() == "message head is too large"
}

fn is_refusal(cause: &(dyn Error + 'static)) -> bool {
    let error = cause.downcast_ref::<io::Error>();
    error.is_some_and(|error| error.kind() == io::ErrorKind::ConnectionRefused)
}

/// Whether the other side closed or reset the connection.
fn is_end(cause: &(dyn Error + 'static)) -> bool {
    use io::ErrorKind::{BrokenPipe, ConnectionAborted, ConnectionReset, UnexpectedEof};
    cause.downcast_ref::<io::Error>().is_some_and(|error| {
        matches!(error.kind(), BrokenPipe | ConnectionAborted | ConnectionReset | UnexpectedEof)
    })
}

/// Iterates over an error and its sources, outermost first.
fn causes<'e>(error: &'e (dyn Error + 'static)) -> impl Iterator<Item = &'e (dyn Error + 'static)> {
    std::iter::successors(Some(error), |error| (*error).source())
}

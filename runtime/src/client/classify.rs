//! What `reqwest` reports, told apart: in which phase a request failed, and why.

use std::error::Error;
use std::fmt;
use std::io;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use super::error::BoxError;
use super::transport::TransportError;

/// The system's resolver, whose failures can be told from others.
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

/// A host without an address.
#[derive(Debug)]
struct NoAddress(io::Error);

impl fmt::Display for NoAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Error for NoAddress {}

/// An error before an answer began. The URL is left out: it can hold a token.
pub(super) fn unanswered(error: reqwest::Error) -> TransportError {
    let error = error.without_url();
    if !error.is_connect() {
        return if error.is_timeout() {
            TransportError::timeout(error)
        } else {
            TransportError::new(error)
        };
    }
    match () {
        () if error.is_timeout() => TransportError::connect_timeout(error),
        () if causes(&error).any(is_no_address) => TransportError::dns(error),
        () if causes(&error).any(is_handshake) => TransportError::tls(error),
        () => TransportError::connect(error),
    }
}

/// An error while the answer was read.
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

/// Opening a TCP connection never fails like this; what follows, the TLS handshake, does: with
/// invalid data, or an end where more was due.
fn is_handshake(cause: &(dyn Error + 'static)) -> bool {
    cause.downcast_ref::<io::Error>().is_some_and(|error| {
        matches!(error.kind(), io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof)
    })
}

/// An error and what it was caused by.
fn causes<'e>(error: &'e (dyn Error + 'static)) -> impl Iterator<Item = &'e (dyn Error + 'static)> {
    std::iter::successors(Some(error), |error| (*error).source())
}

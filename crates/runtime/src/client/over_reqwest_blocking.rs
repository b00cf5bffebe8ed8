//! The default blocking transport.

use std::io::{self, Read as _};
use std::sync::Arc;

use bytes::Bytes;

use super::classify::{SystemResolver, broken_off, unanswered};
use super::settings::Settings;
use super::transport::{BlockingTransport, TimeLimit, TransportError};

/// Carries requests over blocking `reqwest`.
pub(super) struct OverReqwest {
    client: reqwest::blocking::Client,
    limit: usize,
}

impl OverReqwest {
    pub(super) fn with_defaults(settings: &Settings) -> Result<OverReqwest, String> {
        let client = reqwest::blocking::Client::builder()
            // A 302 would turn a signed POST into a GET.
            .redirect(reqwest::redirect::Policy::none())
            .connect_timeout(settings.connect_timeout)
            // Without one it would set a limit of its own.
            .timeout(None)
            .dns_resolver(Arc::new(SystemResolver))
            .build()
            .map_err(|error| format!("the HTTP client cannot be built: {error}"))?;
        Ok(OverReqwest { client, limit: settings.max_response_bytes })
    }
}

impl BlockingTransport for OverReqwest {
    fn send(&self, request: http::Request<Bytes>) -> Result<http::Response<Bytes>, TransportError> {
        let limit = request.extensions().get().map(|TimeLimit(limit)| *limit);
        let mut request: reqwest::blocking::Request = request.try_into().map_err(unanswered)?;
        *request.timeout_mut() = limit;
        let mut response = self.client.execute(request).map_err(unanswered)?;
        let mut head = http::Response::new(());
        *head.status_mut() = response.status();
        *head.headers_mut() = std::mem::take(response.headers_mut());
        let limit = u64::try_from(self.limit).unwrap_or(u64::MAX);
        if response.content_length().is_some_and(|announced| announced > limit) {
            return Err(TransportError::too_large(self.limit));
        }
        let mut body = Vec::new();
        // One byte more than allowed shows that there is more.
        response.take(limit.saturating_add(1)).read_to_end(&mut body).map_err(read_error)?;
        match body.len() > self.limit {
            true => Err(TransportError::too_large(self.limit)),
            false => Ok(head.map(|()| body.into())),
        }
    }
}

/// Why the body stopped: reqwest wraps its own error, which knows a timeout and can hold a URL.
fn read_error(error: io::Error) -> TransportError {
    match error.downcast::<reqwest::Error>() {
        Ok(inner) => broken_off(inner),
        Err(error) if error.kind() == io::ErrorKind::TimedOut => TransportError::timeout(error),
        Err(error) => TransportError::truncated(error),
    }
}

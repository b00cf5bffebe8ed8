//! The default blocking transport.

use std::io::{self, Read as _};

use bytes::Bytes;

use crate::client::settings::Settings;
use crate::client::transport::{BlockingTransport, TransportError, classify};

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
            .timeout(settings.timeout)
            .build()
            .map_err(|error| format!("the HTTP client cannot be built: {error}"))?;
        Ok(OverReqwest { client, limit: settings.max_response_bytes })
    }
}

impl BlockingTransport for OverReqwest {
    fn send(&self, request: http::Request<Bytes>) -> Result<http::Response<Bytes>, TransportError> {
        let request = request.try_into().map_err(classify)?;
        let mut response = self.client.execute(request).map_err(classify)?;
        let mut head = http::Response::new(());
        *head.status_mut() = response.status();
        *head.headers_mut() = std::mem::take(response.headers_mut());
        let mut body = Vec::new();
        // One byte more than allowed shows that there is more.
        let most = u64::try_from(self.limit).unwrap_or(u64::MAX).saturating_add(1);
        response.take(most).read_to_end(&mut body).map_err(broken_off)?;
        match body.len() > self.limit {
            true => Err(TransportError::too_large(self.limit)),
            false => Ok(head.map(|()| body.into())),
        }
    }
}

/// Why the body stopped: reqwest wraps its own error, which knows a timeout and can hold a URL.
fn broken_off(error: io::Error) -> TransportError {
    match error.downcast::<reqwest::Error>() {
        Ok(inner) => classify(inner),
        Err(error) if error.kind() == io::ErrorKind::TimedOut => TransportError::timeout(error),
        Err(error) => TransportError::new(error),
    }
}

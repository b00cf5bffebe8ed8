//! A `reqwest` client as a transport.

use bytes::{Bytes, BytesMut};

use super::classify::{broken_off, unanswered};
use super::transport::{BoxFuture, TimeLimit, Transport, TransportError};

/// A `reqwest` client, or a type that wraps one.
pub(super) trait Execute: Send + Sync {
    fn execute(
        &self,
        request: reqwest::Request,
    ) -> impl Future<Output = Result<reqwest::Response, TransportError>> + Send;
}

impl Execute for reqwest::Client {
    async fn execute(
        &self,
        request: reqwest::Request,
    ) -> Result<reqwest::Response, TransportError> {
        self.execute(request).await.map_err(unanswered)
    }
}

/// A transport over `reqwest`. `limit` is the largest answer in bytes.
pub(super) struct OverReqwest<E = reqwest::Client> {
    client: E,
    limit: usize,
}

impl<E: Execute> OverReqwest<E> {
    pub(super) fn new(client: E, limit: usize) -> OverReqwest<E> {
        OverReqwest { client, limit }
    }

    pub(super) async fn carry(
        &self,
        request: http::Request<Bytes>,
    ) -> Result<http::Response<Bytes>, TransportError> {
        let limit = request.extensions().get().map(|TimeLimit(limit)| *limit);
        let mut request: reqwest::Request = request.try_into().map_err(unanswered)?;
        *request.timeout_mut() = limit;
        let mut response = self.client.execute(request).await?;
        let mut head = http::Response::new(());
        *head.status_mut() = response.status();
        *head.headers_mut() = std::mem::take(response.headers_mut());
        let body = self.body(response).await?;
        Ok(head.map(|()| body))
    }

    /// Reads the body. Fails if its announced or actual length exceeds the limit.
    async fn body(&self, mut response: reqwest::Response) -> Result<Bytes, TransportError> {
        let announced = response.content_length().unwrap_or(0);
        let announced = usize::try_from(announced).unwrap_or(usize::MAX);
        if announced > self.limit {
            return Err(TransportError::too_large(self.limit));
        }
        // Allocates as data arrives, because the announced length may be false.
        let mut body = BytesMut::with_capacity(announced.min(64 * 1024));
        while let Some(chunk) = response.chunk().await.map_err(broken_off)? {
            body.extend_from_slice(&chunk);
            if body.len() > self.limit {
                return Err(TransportError::too_large(self.limit));
            }
        }
        Ok(body.freeze())
    }
}

impl<E: Execute> Transport for OverReqwest<E> {
    fn send(
        &self,
        request: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        Box::pin(self.carry(request))
    }
}

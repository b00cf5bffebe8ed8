//! `tower` layers around the transport.

use std::error::Error;
use std::future::poll_fn;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};

use bytes::Bytes;
use http::{Request, Response};
use tower_layer::Layer;
use tower_service::Service;

use super::base::Client;
use super::builder::ClientBuilder;
use super::transport::{BoxFuture, Transport, TransportError};

impl<C: From<Client>> ClientBuilder<C> {
    /// Adds a `tower` layer around the transport, which may be the default one. The layer can be
    /// for example a concurrency limit, a cache or a load shedder. It receives each attempt after
    /// signing. A layer that is added later wraps those that were added before.
    /// `tower::ServiceBuilder` is a layer too.
    ///
    /// The attempt's timeout is in the request's extensions ([`TimeLimit`](super::TimeLimit)). A
    /// layer that builds a new request must copy the extensions.
    ///
    /// A [`TransportError`] that passes through a layer keeps its kind. Any other error of the
    /// layer becomes the source of an error of kind [`Transport`](super::ErrorKind::Transport), so
    /// its text must contain no secret.
    #[must_use]
    pub fn layer<L>(mut self, layer: L) -> Self
    where
        L: Layer<TransportService> + Send + Sync + 'static,
        L::Service: Service<Request<Bytes>, Response = Response<Bytes>> + Clone + Send + 'static,
        <L::Service as Service<Request<Bytes>>>::Future: Send,
        <L::Service as Service<Request<Bytes>>>::Error: Into<Box<dyn Error + Send + Sync>>,
    {
        self.wraps.push(Box::new(move |transport| {
            Arc::new(OverTower(Mutex::new(layer.layer(TransportService(transport)))))
        }));
        self
    }
}

/// A transport as a `tower` service.
#[derive(Clone)]
pub struct TransportService(Arc<dyn Transport>);

impl Service<Request<Bytes>> for TransportService {
    type Response = Response<Bytes>;
    type Error = TransportError;
    type Future = BoxFuture<'static, Result<Response<Bytes>, TransportError>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), TransportError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<Bytes>) -> Self::Future {
        let transport = self.0.clone();
        Box::pin(async move { transport.send(request).await })
    }
}

impl std::fmt::Debug for TransportService {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TransportService").finish_non_exhaustive()
    }
}

/// A `tower` service as a transport. Each request is sent by a clone of the service. The lock
/// allows services that are not `Sync`.
struct OverTower<S>(Mutex<S>);

impl<S> Transport for OverTower<S>
where
    S: Service<Request<Bytes>, Response = Response<Bytes>> + Clone + Send + 'static,
    S::Future: Send,
    S::Error: Into<Box<dyn Error + Send + Sync>>,
{
    fn send(
        &self,
        request: Request<Bytes>,
    ) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        let mut service = self.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        Box::pin(async move {
            poll_fn(|cx| service.poll_ready(cx)).await.map_err(unwrapped)?;
            service.call(request).await.map_err(unwrapped)
        })
    }
}

/// Returns the transport's own error, or wraps an error of a layer.
fn unwrapped(error: impl Into<Box<dyn Error + Send + Sync>>) -> TransportError {
    match error.into().downcast::<TransportError>() {
        Ok(own) => *own,
        Err(error) => TransportError::new(error),
    }
}

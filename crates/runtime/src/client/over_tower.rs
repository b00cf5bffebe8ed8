//! Layers of `tower` around the transport.

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
    /// Puts a layer of `tower` around the transport, the default one included: a limit, a cache, a
    /// load shed, headers of a proxy. Each attempt goes through it, signed. A further layer goes
    /// around those given before; `tower::ServiceBuilder` is a layer too.
    ///
    /// The time that an attempt may take travels in the extensions of the request
    /// ([`TimeLimit`](super::TimeLimit)): a layer that makes another request hands them on.
    ///
    /// A [`TransportError`] that comes through a layer keeps its kind. Errors of the layer's own
    /// are of the kind [`Transport`](super::ErrorKind::Transport), and become the source: what
    /// they show must hold no secret.
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

/// A transport as a service of `tower`.
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

/// A service of `tower` as a transport. Each request gets a clone; the lock makes services that
/// only one thread may look at fit too.
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

/// The transport's own error, or the layer's as a source.
fn unwrapped(error: impl Into<Box<dyn Error + Send + Sync>>) -> TransportError {
    match error.into().downcast::<TransportError>() {
        Ok(own) => *own,
        Err(error) => TransportError::new(error),
    }
}

//! Adapts blocking transports and timers to the async traits. Their futures block instead of
//! returning `Pending`.

use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use bytes::Bytes;

use super::timer::{BlockingTimer, Timer};
use super::transport::{BlockingTransport, BoxFuture, Transport, TransportError};

/// Wraps a blocking transport or timer. Its futures block when polled, and are ready at the first
/// poll.
pub(super) struct Ready<T: ?Sized>(pub(super) Arc<T>);

impl Transport for Ready<dyn BlockingTransport> {
    fn send(
        &self,
        request: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        Box::pin(async { self.0.send(request) })
    }
}

impl Timer for Ready<dyn BlockingTimer> {
    fn now(&self) -> Duration {
        self.0.now()
    }

    fn sleep(&self, wait: Duration) -> BoxFuture<'_, ()> {
        Box::pin(async move { self.0.sleep(wait) })
    }
}

/// Runs a future in which nothing returns `Pending`, because its transport and timer are [`Ready`].
/// The first poll blocks until the value is available.
pub(super) fn poll_once<T>(future: impl Future<Output = T>) -> T {
    let (mut future, mut cx) = (pin!(future), Context::from_waker(Waker::noop()));
    loop {
        // The loop runs once, because nothing in the future waits for a waker.
        if let Poll::Ready(value) = future.as_mut().poll(&mut cx) {
            return value;
        }
    }
}

//! An async back-fill under way.

use std::fmt;
use std::future::poll_fn;
use std::task::{Context, Poll, ready};

use futures_util::stream::{FuturesUnordered, Stream as _};

use super::Change;
use super::plan::Schedule;
use super::step::{FailedWindow, Step, step};
use crate::client::Client;
use crate::client::answer::Answer;
use crate::client::error::Error;
use crate::client::transport::BoxFuture;
use crate::operation::Operation;
use crate::split::{Cursor, Ranged, Window};

/// A window on its way.
type Flight<T> = BoxFuture<'static, (Window, Result<Answer<T>, Error>)>;

/// A back-fill under way. Dropping it aborts the windows that are under way.
///
/// After a window has failed, no other is begun; those under way are still awaited and told of, so
/// that nothing that was answered is forgotten. Then it ends.
pub struct BackFillRun<O: Operation> {
    client: Client,
    request: O,
    change: Option<Change<O>>,
    schedule: Schedule,
    flights: FuturesUnordered<Flight<O::Response>>,
}

// Nothing in here is pinned in place: what is under way is boxed.
impl<O: Operation> Unpin for BackFillRun<O> {}

impl<O: Operation + Ranged + 'static> BackFillRun<O> {
    pub(super) fn new(
        client: Client,
        request: O,
        change: Option<Change<O>>,
        schedule: Schedule,
    ) -> BackFillRun<O> {
        BackFillRun { client, request, change, schedule, flights: FuturesUnordered::new() }
    }

    /// The next window that is answered or has failed, in the order in which that happens. `None`
    /// at the end: every window is done, or one has failed, or [`stop`](Self::stop) was called.
    ///
    /// To drop the future that this gives loses nothing.
    ///
    /// # Errors
    /// The call of a window failed.
    pub async fn next(&mut self) -> Option<Result<Step<O::Response>, FailedWindow>> {
        poll_fn(|cx| self.poll_step(cx)).await
    }

    pub(super) fn poll_step(
        &mut self,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Step<O::Response>, FailedWindow>>> {
        while let Some(window) = self.schedule.begin() {
            self.flights.push(self.launch(window));
        }
        let flights = std::pin::Pin::new(&mut self.flights);
        let arrived = ready!(flights.poll_next(cx));
        Poll::Ready(arrived.map(|(window, answer)| step(&mut self.schedule, window, answer)))
    }

    fn launch(&self, window: Window) -> Flight<O::Response> {
        let (client, request) = (self.client.clone(), self.request.part(&window));
        let change = self.change.clone();
        Box::pin(async move {
            let call = client.call(&request);
            let call = match &change {
                Some(change) => change(call),
                None => call,
            };
            (window, call.send().await)
        })
    }
}

impl<O: Operation> BackFillRun<O> {
    /// Which windows are done, now. Keep its text after each step, and a later run goes on from
    /// there.
    pub fn cursor(&self) -> &Cursor {
        self.schedule.cursor()
    }

    /// Begins no window any more. Those under way are still awaited and told of.
    pub fn stop(&mut self) {
        self.schedule.halt();
    }
}

/// The same as [`BackFillRun::next`], for what takes streams.
#[cfg(feature = "futures03")]
impl<O: Operation + Ranged + 'static> futures_core::Stream for BackFillRun<O> {
    type Item = Result<Step<O::Response>, FailedWindow>;

    fn poll_next(self: std::pin::Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_step(cx)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.schedule.left()
    }
}

impl<O: Operation> fmt::Debug for BackFillRun<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BackFillRun").field("schedule", &self.schedule).finish_non_exhaustive()
    }
}

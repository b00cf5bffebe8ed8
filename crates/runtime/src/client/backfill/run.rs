//! An async back-fill under way.

use std::collections::VecDeque;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
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

/// A window and what became of it.
type Landed<T> = (Window, Result<Answer<T>, Error>);

/// A window on its way.
type Flight<T> = BoxFuture<'static, Landed<T>>;

/// What the caller is told of it.
type Told<T> = Result<Step<T>, FailedWindow>;

/// A back-fill under way. Dropping it aborts the windows that are under way.
///
/// After a window has failed, no other is begun. Those under way are still awaited and told of, and
/// the failure is told last: a caller who leaves at an error forgets nothing that was answered.
pub struct BackFillRun<O: Operation> {
    client: Client,
    request: O,
    change: Option<Change<O>>,
    schedule: Schedule,
    flights: FuturesUnordered<Flight<O::Response>>,
    /// To be told of when nothing is under way any more.
    failed: VecDeque<FailedWindow>,
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
        let (flights, failed) = (FuturesUnordered::new(), VecDeque::new());
        BackFillRun { client, request, change, schedule, flights, failed }
    }

    /// The next window that is answered, in the order of the answers; behind them, those that have
    /// failed. `None` at the end: every window is done, or some have failed, or
    /// [`stop`](Self::stop) was called.
    ///
    /// To drop the future that this gives loses nothing.
    ///
    /// # Errors
    /// The call of a window failed, and nothing is under way any more.
    pub async fn next(&mut self) -> Option<Result<Step<O::Response>, FailedWindow>> {
        poll_fn(|cx| self.poll_step(cx)).await
    }

    fn poll_step(&mut self, cx: &mut Context<'_>) -> Poll<Option<Told<O::Response>>> {
        loop {
            let (window, answer) = match self.schedule.begin() {
                Some(window) => {
                    let mut flight = self.launch(window);
                    // Polled at once: what has begun is on its way, and not still to be sent when
                    // another one has failed.
                    match flight.as_mut().poll(cx) {
                        Poll::Ready(landed) => landed,
                        Poll::Pending => {
                            self.flights.push(flight);
                            continue;
                        }
                    }
                }
                None => match ready!(Pin::new(&mut self.flights).poll_next(cx)) {
                    Some(landed) => landed,
                    None => return Poll::Ready(self.failed.pop_front().map(Err)),
                },
            };
            match step(&mut self.schedule, window, answer) {
                Ok(step) => return Poll::Ready(Some(Ok(step))),
                Err(failed) => self.failed.push_back(failed),
            }
        }
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
        let (fewest, most) = self.schedule.left();
        (fewest + self.failed.len(), most.map(|most| most + self.failed.len()))
    }
}

impl<O: Operation> fmt::Debug for BackFillRun<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BackFillRun").field("schedule", &self.schedule).finish_non_exhaustive()
    }
}

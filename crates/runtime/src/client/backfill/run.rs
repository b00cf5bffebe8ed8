//! A back-fill in progress.

use std::collections::VecDeque;
use std::fmt;
use std::future::poll_fn;
use std::iter::FusedIterator;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use futures_util::stream::{FuturesUnordered, Stream as _};
use gatespec_protocol::operation::Operation;
use gatespec_protocol::split::{Cursor, Ranged, Window};

use super::plan::Schedule;
use super::step::{FailedWindow, Step, step};
use super::threads::Threads;
use crate::client::answer::Answer;
use crate::client::base::Client;
use crate::client::call::Call;
use crate::client::error::Error;
use crate::client::mode::{Async, Blocking};
use crate::client::ready::poll_once;
use crate::client::transport::BoxFuture;

/// A function that changes the call of a window.
type Change<O, M> = Arc<dyn for<'c> Fn(Call<'c, O, M>) -> Call<'c, O, M> + Send + Sync>;

/// Sends the call of each window.
#[derive(Clone)]
pub(super) struct Calls<O, M> {
    pub(super) client: Client<M>,
    pub(super) change: Option<Change<O, M>>,
}

/// A window and its outcome.
type Landed<T> = (Window, Result<Answer<T>, Error>);

/// A window in flight.
type Flight<T> = BoxFuture<'static, Landed<T>>;

/// What the caller receives for a window.
type Told<T> = Result<Step<T>, FailedWindow>;

/// A back-fill in progress. Dropping it cancels the windows in flight.
///
/// After a window has failed, no further window starts. The windows in flight are still awaited and
/// returned, and the failure comes last, so a caller that stops at an error misses no answer.
///
/// A blocking back-fill is an iterator. It sends one window at a time unless its `concurrency` is
/// greater than 1. In that case each window runs on a thread of its own, which continues even if
/// the iterator is dropped.
pub struct BackFillRun<O: Operation, M = Async> {
    calls: Calls<O, M>,
    request: O,
    schedule: Schedule,
    flights: FuturesUnordered<Flight<O::Response>>,
    /// The windows that run on threads.
    threads: Option<Threads<Landed<O::Response>>>,
    /// The failed windows, which are returned when no window is in flight any more.
    failed: VecDeque<FailedWindow>,
}

// No field is structurally pinned: the futures are boxed.
impl<O: Operation, M> Unpin for BackFillRun<O, M> {}

impl<O: Operation + Ranged + 'static, M: Clone + 'static> BackFillRun<O, M> {
    fn poll_step(&mut self, cx: &mut Context<'_>) -> Poll<Option<Told<O::Response>>> {
        loop {
            let (window, answer) = match self.schedule.begin() {
                Some(window) => {
                    let mut flight = self.launch(window);
                    // Poll at once, so that every window that was started is really sent, even if
                    // another window has failed meanwhile.
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
        let (calls, request) = (self.calls.clone(), self.request.part(&window));
        Box::pin(async move {
            let call = calls.client.call(&request);
            let call = match &calls.change {
                Some(change) => change(call),
                None => call,
            };
            (window, call.deliver().await)
        })
    }

    fn left(&self) -> (usize, Option<usize>) {
        let (fewest, most) = self.schedule.left();
        (fewest + self.failed.len(), most.map(|most| most + self.failed.len()))
    }
}

impl<O: Operation + Ranged + 'static> BackFillRun<O> {
    /// Waits for the next window, and returns it. Answered windows are returned in the order in
    /// which their answers arrive, and failed windows after them. `None` at the end does not mean
    /// that all windows are done: a window may have failed, or [`stop`](Self::stop) may have been
    /// called.
    ///
    /// Cancel-safe: dropping the future loses nothing.
    ///
    /// # Errors
    /// Returns a window whose call failed, once no window is in flight any more.
    pub async fn next(&mut self) -> Option<Result<Step<O::Response>, FailedWindow>> {
        poll_fn(|cx| self.poll_step(cx)).await
    }
}

impl<O: Operation, M> BackFillRun<O, M> {
    pub(super) fn new(calls: Calls<O, M>, request: O, schedule: Schedule) -> BackFillRun<O, M> {
        let (flights, failed) = (FuturesUnordered::new(), VecDeque::new());
        BackFillRun { calls, request, schedule, flights, threads: None, failed }
    }

    /// The cursor, which records the windows that are done. Save its text after each step, so that
    /// a later run can resume.
    pub fn cursor(&self) -> &Cursor {
        self.schedule.cursor()
    }

    /// Prevents further windows from starting. The windows in flight are still returned.
    pub fn stop(&mut self) {
        self.schedule.halt();
    }
}

/// The items are the results of [`BackFillRun::next`].
#[cfg(feature = "futures03")]
impl<O: Operation + Ranged + 'static> futures_core::Stream for BackFillRun<O> {
    type Item = Result<Step<O::Response>, FailedWindow>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_step(cx)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.left()
    }
}

impl<O: Operation + Ranged + 'static> BackFillRun<O, Blocking> {
    /// Does the same as `poll_step`, but for windows that run on threads.
    fn next_of_threads(&mut self) -> Option<Told<O::Response>> {
        let mut threads = self.threads.take().unwrap_or_default();
        let told = loop {
            while let Some(window) = self.schedule.begin() {
                let flight = self.launch(window);
                threads.begin(move || poll_once(flight));
            }
            let Some((window, answer)) = threads.next() else {
                break self.failed.pop_front().map(Err);
            };
            match step(&mut self.schedule, window, answer) {
                Ok(step) => break Some(Ok(step)),
                Err(failed) => self.failed.push_back(failed),
            }
        };
        self.threads = Some(threads);
        told
    }
}

/// Each call of `next` sends one window, or waits for a window that runs on a thread. No window
/// starts after a failure.
impl<O: Operation + Ranged + 'static> Iterator for BackFillRun<O, Blocking> {
    type Item = Result<Step<O::Response>, FailedWindow>;

    fn next(&mut self) -> Option<Self::Item> {
        match self.schedule.concurrency() {
            1 => poll_once(poll_fn(|cx| self.poll_step(cx))),
            _ => self.next_of_threads(),
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.left()
    }
}

impl<O: Operation + Ranged + 'static> FusedIterator for BackFillRun<O, Blocking> {}

impl<O: Operation, M> fmt::Debug for BackFillRun<O, M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BackFillRun").field("schedule", &self.schedule).finish_non_exhaustive()
    }
}

//! Runs jobs on threads of their own, and returns the results in the order of completion.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

/// Running threads, each of which produces one result.
pub(super) struct Threads<T> {
    under_way: usize,
    send: Sender<thread::Result<T>>,
    receive: Receiver<thread::Result<T>>,
}

impl<T> Default for Threads<T> {
    fn default() -> Threads<T> {
        let (send, receive) = channel();
        Threads { under_way: 0, send, receive }
    }
}

impl<T: Send + 'static> Threads<T> {
    /// Starts a job on a new thread. If the system cannot create one, runs the job on this thread.
    pub(super) fn begin(&mut self, work: impl FnOnce() -> T + Send + 'static) {
        self.under_way += 1;
        let (send, work) = (self.send.clone(), Arc::new(Mutex::new(Some(work))));
        let run = move || {
            let work = work.lock().unwrap_or_else(PoisonError::into_inner).take();
            // Sending fails once the back-fill is dropped.
            work.into_iter().for_each(|work| drop(send.send(catch_unwind(AssertUnwindSafe(work)))));
        };
        if thread::Builder::new().spawn(run.clone()).is_err() {
            run();
        }
    }

    /// Waits for the next result; `None` if no job is running. Panics if the job has panicked.
    pub(super) fn next(&mut self) -> Option<T> {
        self.under_way = self.under_way.checked_sub(1)?;
        match self.receive.recv().ok()? {
            Ok(result) => Some(result),
            Err(panic) => resume_unwind(panic),
        }
    }
}

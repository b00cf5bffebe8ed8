//! Virtual time, which passes only while a client waits.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::sync::Mutex;
use std::time::Duration;

use gatespec_runtime::client::{BlockingTimer, Timer};
use gatespec_runtime::{BoxFuture, Clock, DateTime};

/// A timer and a clock that a client and its gateway share.
#[derive(Debug)]
pub struct Time {
    began: DateTime,
    waits: Mutex<Vec<Duration>>,
}

impl Default for Time {
    /// The time begins at the real time, since gateways check the clock of a request.
    fn default() -> Time {
        Time { began: DateTime::now(), waits: Mutex::default() }
    }
}

impl Time {
    /// The waits of the client, in order.
    pub fn waits(&self) -> Vec<Duration> {
        self.waits.lock().unwrap().clone()
    }

    /// The sum of all waits.
    pub fn passed(&self) -> Duration {
        self.waits.lock().unwrap().iter().sum()
    }
}

impl Clock for Time {
    fn now(&self) -> DateTime {
        self.began + self.passed()
    }
}

impl Timer for Time {
    fn now(&self) -> Duration {
        self.passed()
    }

    fn sleep(&self, wait: Duration) -> BoxFuture<'_, ()> {
        Box::pin(async move { self.waits.lock().unwrap().push(wait) })
    }
}

impl BlockingTimer for Time {
    fn now(&self) -> Duration {
        self.passed()
    }

    fn sleep(&self, wait: Duration) {
        self.waits.lock().unwrap().push(wait);
    }
}

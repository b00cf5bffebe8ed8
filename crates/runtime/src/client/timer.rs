//! Timers, with which a client waits between attempts. A test can supply a timer that does not
//! really wait.

use std::time::{Duration, Instant};

use super::transport::BoxFuture;

/// An async timer and monotonic clock.
pub trait Timer: Send + Sync {
    /// The time since a fixed moment that the timer chooses. It never decreases.
    fn now(&self) -> Duration;

    /// Completes after `wait`.
    fn sleep(&self, wait: Duration) -> BoxFuture<'_, ()>;
}

/// A blocking timer and monotonic clock.
pub trait BlockingTimer: Send + Sync {
    /// The time since a fixed moment that the timer chooses. It never decreases.
    fn now(&self) -> Duration;

    /// Returns after `wait`.
    fn sleep(&self, wait: Duration);
}

/// The default timer. It sleeps with tokio in async clients, and with [`std::thread::sleep`] in
/// blocking clients.
#[derive(Debug, Clone, Copy)]
pub struct SystemTimer(Instant);

impl SystemTimer {
    /// Creates a timer that counts from now.
    pub fn new() -> SystemTimer {
        SystemTimer(Instant::now())
    }
}

impl Default for SystemTimer {
    fn default() -> SystemTimer {
        SystemTimer::new()
    }
}

#[cfg(feature = "reqwest")]
impl Timer for SystemTimer {
    fn now(&self) -> Duration {
        self.0.elapsed()
    }

    fn sleep(&self, wait: Duration) -> BoxFuture<'_, ()> {
        // Called inside the future, because `tokio::time::sleep` needs a runtime as soon as it is
        // called.
        Box::pin(async move { tokio::time::sleep(wait).await })
    }
}

impl BlockingTimer for SystemTimer {
    fn now(&self) -> Duration {
        self.0.elapsed()
    }

    fn sleep(&self, wait: Duration) {
        std::thread::sleep(wait);
    }
}

/// The default timer of async clients. Without the feature `reqwest` there is no default timer, and
/// calls that need a timer fail with `Config`.
pub(super) fn default_timer() -> Option<std::sync::Arc<dyn Timer>> {
    #[cfg(feature = "reqwest")]
    return Some(std::sync::Arc::new(SystemTimer::new()));
    #[cfg(not(feature = "reqwest"))]
    return None;
}

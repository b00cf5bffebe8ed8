//! How a client waits between attempts. Inject one of your own to test without waiting.

use std::time::{Duration, Instant};

use super::transport::BoxFuture;

/// Waits, async, and tells how long it has been.
pub trait Timer: Send + Sync {
    /// The time since a moment of the timer's choice. It never goes back.
    fn now(&self) -> Duration;

    /// Is ready when so much time has passed.
    fn sleep(&self, wait: Duration) -> BoxFuture<'_, ()>;
}

/// Waits, blocking. Otherwise like [`Timer`].
pub trait BlockingTimer: Send + Sync {
    /// The time since a moment of the timer's choice. It never goes back.
    fn now(&self) -> Duration;

    /// Returns when so much time has passed.
    fn sleep(&self, wait: Duration);
}

/// The default timer: tokio's for async clients, the thread's for blocking ones.
#[derive(Debug, Clone, Copy)]
pub struct SystemTimer(Instant);

impl SystemTimer {
    /// A timer that counts from now.
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
        // Made inside the future: tokio asks for its runtime when a sleep is made.
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

/// For async clients without tokio and without a timer of their caller's: they cannot wait, and a
/// call that would have to is refused.
pub(super) fn default_timer() -> Option<std::sync::Arc<dyn Timer>> {
    #[cfg(feature = "reqwest")]
    return Some(std::sync::Arc::new(SystemTimer::new()));
    #[cfg(not(feature = "reqwest"))]
    return None;
}

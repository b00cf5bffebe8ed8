//! The sources of time and of random bytes.

use gatespec_protocol::datetime::DateTime;

/// A source of the current time. A client reads it once for each request that it signs.
pub trait Clock: Send + Sync {
    /// The current time.
    fn now(&self) -> DateTime;
}

/// A fixed clock, for tests.
impl Clock for DateTime {
    fn now(&self) -> DateTime {
        *self
    }
}

/// The system's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> DateTime {
        DateTime::now()
    }
}

/// A source of random bytes, for nonces and for the jitter of waits.
pub trait Entropy: Send + Sync {
    /// Returns fresh random bytes, or `None` if the source fails.
    fn draw(&self) -> Option<[u8; 16]>;
}

/// A source that always returns the same bytes, for tests.
impl Entropy for [u8; 16] {
    fn draw(&self) -> Option<[u8; 16]> {
        Some(*self)
    }
}

/// The system's source of random bytes.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemEntropy;

impl Entropy for SystemEntropy {
    fn draw(&self) -> Option<[u8; 16]> {
        let mut bytes = [0; 16];
        getrandom::fill(&mut bytes).ok().map(|()| bytes)
    }
}

//! Where the time and random bytes come from.

use gatespec_protocol::datetime::DateTime;

/// Tells the time. Read once for each request.
pub trait Clock: Send + Sync {
    /// The time now.
    fn now(&self) -> DateTime;
}

/// A clock that stands still, for tests.
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

/// Gives random bytes for nonces.
pub trait Entropy: Send + Sync {
    /// Fresh random bytes; `None` if there are none to be had.
    fn draw(&self) -> Option<[u8; 16]>;
}

/// The same bytes each time, for tests.
impl Entropy for [u8; 16] {
    fn draw(&self) -> Option<[u8; 16]> {
        Some(*self)
    }
}

/// The system's random bytes.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemEntropy;

impl Entropy for SystemEntropy {
    fn draw(&self) -> Option<[u8; 16]> {
        let mut bytes = [0; 16];
        getrandom::fill(&mut bytes).ok().map(|()| bytes)
    }
}

//! Rate limiting of a client's attempts.
//!
//! This is the generic cell rate algorithm, which stores only the time at which the next attempt
//! would be due if all attempts were evenly spaced. A caller reserves a slot first and then waits
//! for it, so that a thousand callers do not wake together and compete for one slot.

use std::time::Duration;

/// The maximum rate of attempts, which are evenly spaced. Retries count as attempts.
///
/// ```
/// use gatespec_runtime::client::RateLimit;
///
/// // One every 100 ms, or five at once after a pause.
/// let limit = RateLimit::per_second(10).burst(5);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RateLimit {
    spacing: Duration,
    burst: u32,
}

impl RateLimit {
    /// Allows `count` attempts per second; 0 counts as 1.
    pub const fn per_second(count: u32) -> RateLimit {
        RateLimit::spaced(1_000_000_000, count)
    }

    /// Allows `count` attempts per minute; 0 counts as 1.
    pub const fn per_minute(count: u32) -> RateLimit {
        RateLimit::spaced(60_000_000_000, count)
    }

    /// Allows `count` attempts at once after a pause; 1 by default, and 0 counts as 1.
    ///
    /// A burst adds to the rate: `per_second(10).burst(5)` allows up to 14 attempts in one second.
    /// If a gateway counts strictly, use no burst or a lower rate.
    #[must_use]
    pub const fn burst(mut self, count: u32) -> RateLimit {
        self.burst = if count == 0 { 1 } else { count };
        self
    }

    const fn spaced(nanos: u64, count: u32) -> RateLimit {
        let count = if count == 0 { 1 } else { count as u64 };
        // Rounds up, so that attempts are never faster than requested.
        RateLimit { spacing: Duration::from_nanos(nanos.div_ceil(count)), burst: 1 }
    }
}

impl RateLimit {
    /// How long an attempt at `now` waits. `due` is the time at which the attempt would be due if
    /// all attempts were evenly spaced.
    pub(super) fn wait(self, due: Duration, now: Duration) -> Duration {
        let early = self.spacing.saturating_mul(self.burst - 1);
        due.saturating_sub(early).saturating_sub(now)
    }

    /// When the next attempt is due, given that the current attempt was due at `due` and is sent at
    /// `sent`.
    pub(super) fn next(self, due: Duration, sent: Duration) -> Duration {
        due.max(sent).saturating_add(self.spacing)
    }
}

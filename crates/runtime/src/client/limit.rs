//! Rate limiting of a client's attempts.
//!
//! The generic cell rate algorithm: it stores only when the next attempt would be due if all were
//! evenly spaced. Callers reserve a slot at once and then wait for it, so a thousand of them do not
//! wake together to compete for one slot.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// The highest rate of attempts, evenly spaced. Retries count.
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
    /// `count` attempts a second; 0 counts as 1.
    pub const fn per_second(count: u32) -> RateLimit {
        RateLimit::spaced(1_000_000_000, count)
    }

    /// `count` attempts a minute; 0 counts as 1.
    pub const fn per_minute(count: u32) -> RateLimit {
        RateLimit::spaced(60_000_000_000, count)
    }

    /// Allows `count` attempts at once after a pause; 1 by default, and 0 counts as 1.
    ///
    /// They add to the rate: `per_second(10).burst(5)` allows up to 14 attempts in one second. If a
    /// gateway counts strictly, use no burst or a lower rate.
    #[must_use]
    pub const fn burst(mut self, count: u32) -> RateLimit {
        self.burst = if count == 0 { 1 } else { count };
        self
    }

    const fn spaced(nanos: u64, count: u32) -> RateLimit {
        let count = if count == 0 { 1 } else { count as u64 };
        // Rounded up: never faster than requested.
        RateLimit { spacing: Duration::from_nanos(nanos.div_ceil(count)), burst: 1 }
    }
}

/// The rate limiter that all clones of a client share.
#[derive(Debug)]
pub(super) struct Limiter {
    limit: RateLimit,
    /// When the next attempt would be due if all were evenly spaced.
    next: Mutex<Duration>,
}

impl Limiter {
    pub(super) fn new(limit: RateLimit) -> Limiter {
        Limiter { limit, next: Mutex::new(Duration::ZERO) }
    }

    /// Reserves a slot. Returns how long to wait for it.
    ///
    /// # Errors
    /// The wait, if it is longer than `longest`. Then no slot is taken: an attempt that would miss
    /// its deadline must not delay later ones.
    pub(super) fn reserve(&self, now: Duration, longest: Duration) -> Result<Duration, Duration> {
        let RateLimit { spacing, burst } = self.limit;
        let early = spacing.saturating_mul(burst - 1);
        let mut next = self.next.lock().unwrap_or_else(PoisonError::into_inner);
        let place = (*next).max(now);
        let wait = place.saturating_sub(early).saturating_sub(now);
        if wait > longest {
            return Err(wait);
        }
        *next = place.saturating_add(spacing);
        Ok(wait)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn millis(millis: u64) -> Duration {
        Duration::from_millis(millis)
    }

    fn waits(limit: RateLimit, arrivals: &[u64]) -> Vec<u128> {
        let limiter = Limiter::new(limit);
        let wait = |at: &u64| limiter.reserve(millis(*at), Duration::MAX).unwrap().as_millis();
        arrivals.iter().map(wait).collect()
    }

    #[test]
    fn attempts_are_spaced_evenly() {
        let ten = RateLimit::per_second(10);
        assert_eq!(waits(ten, &[0, 0, 0, 250, 1000]), [0, 100, 200, 50, 0]);
        assert_eq!(waits(RateLimit::per_minute(2), &[0, 0, 1000]), [0, 30_000, 59_000]);
    }

    #[test]
    fn a_burst_comes_at_once_and_is_saved_up_again() {
        let limit = RateLimit::per_second(10).burst(3);
        assert_eq!(waits(limit, &[0, 0, 0, 0, 0]), [0, 0, 0, 100, 200]);
        // After 200 ms, two of the three are available again.
        assert_eq!(waits(limit, &[0, 0, 0, 200, 200, 200]), [0, 0, 0, 0, 0, 100]);
    }

    #[test]
    fn an_attempt_that_would_wait_too_long_takes_no_place() {
        let limiter = Limiter::new(RateLimit::per_second(10));
        let reserve = |longest| limiter.reserve(Duration::ZERO, millis(longest));
        assert_eq!(reserve(0), Ok(millis(0)));
        assert_eq!((reserve(99), reserve(99)), (Err(millis(100)), Err(millis(100))));
        assert_eq!((reserve(100), reserve(100)), (Ok(millis(100)), Err(millis(200))));
    }

    #[test]
    fn nonsense_is_the_slowest_rate_and_no_burst() {
        assert_eq!(RateLimit::per_second(0), RateLimit::per_second(1));
        assert_eq!(RateLimit::per_minute(5).burst(0), RateLimit::per_minute(5));
        let limiter = Limiter::new(RateLimit::per_minute(1).burst(u32::MAX));
        assert_eq!(limiter.reserve(Duration::MAX, Duration::ZERO), Ok(Duration::ZERO));
    }

    proptest! {
        /// Bounds how fast any run of attempts is, whenever they arrive.
        #[test]
        fn no_window_holds_more_than_is_allowed(
            count in 1_u32..2000,
            burst in 1_u32..20,
            gaps in prop::collection::vec(prop_oneof![Just(0), 0_u64..3_000_000, 0_u64..3_000_000_000], 1..200),
            longest in prop_oneof![Just(u64::MAX), 0_u64..2_000_000_000],
        ) {
            let limiter = Limiter::new(RateLimit::per_second(count).burst(burst));
            let mut now = Duration::ZERO;
            let mut sent = Vec::new();
            for gap in gaps {
                now += Duration::from_nanos(gap);
                if let Ok(wait) = limiter.reserve(now, Duration::from_nanos(longest)) {
                    prop_assert!(wait <= Duration::from_nanos(longest));
                    sent.push((now + wait).as_nanos());
                }
            }
            prop_assert!(sent.is_sorted());
            for (first, from) in sent.iter().enumerate() {
                for (last, to) in sent.iter().enumerate().skip(first) {
                    // Each attempt of the window beyond the burst takes 1/count s.
                    let beyond = (last - first + 1).saturating_sub(burst as usize) as u128;
                    prop_assert!((to - from) * u128::from(count) >= beyond * 1_000_000_000);
                }
            }
        }

        /// No attempt waits longer than the rate requires.
        #[test]
        fn nobody_waits_longer_than_the_line_is(
            count in 1_u32..2000,
            burst in 1_u32..20,
            attempts in 1_u32..200,
        ) {
            let limiter = Limiter::new(RateLimit::per_second(count).burst(burst));
            let mut last = Duration::ZERO;
            for _ in 0..attempts {
                last = limiter.reserve(Duration::ZERO, Duration::MAX).unwrap();
            }
            let spacing = 1_000_000_000_u64.div_ceil(u64::from(count));
            let beyond = u64::from(attempts.saturating_sub(burst));
            prop_assert_eq!(last, Duration::from_nanos(spacing * beyond));
        }
    }
}

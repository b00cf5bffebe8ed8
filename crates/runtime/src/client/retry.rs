//! Decides whether and when a call is retried. The decision needs no I/O: it depends only on the
//! error, on the spec (whether a retry is safe, what an error code means) and on the caller's
//! policy.

use std::time::Duration;

use backon::{BackoffBuilder, ExponentialBackoff, ExponentialBuilder};
use gatespec_protocol::error_code::Class;
use gatespec_protocol::method::Repeat;

use super::error::Error;
use super::kind::ErrorKind;

/// How many attempts a call makes, and how long it waits between them.
///
/// A call is retried only if the fault may be temporary and a retry is safe, because nothing was
/// sent, a rate limiter refused the call, or the spec says that the method may be repeated. Each
/// attempt has a new timestamp and signature. If the platform says how long to wait, the client
/// waits that long; otherwise waits double from attempt to attempt, with jitter. After a request
/// was sent, no wait is shorter than the resolution of the timestamp (for example a second), so
/// that no signature is sent twice.
///
/// ```
/// use std::time::Duration;
/// use gatespec_runtime::client::RetryPolicy;
///
/// let policy = RetryPolicy::new()
///     .attempts(5)
///     .backoff(Duration::from_millis(200), Duration::from_secs(10))
///     .longest_wait(Duration::from_secs(90));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RetryPolicy {
    attempts: u32,
    first: Duration,
    cap: Duration,
    longest_wait: Duration,
    assume_safe: bool,
}

/// Caps all waits, so that their sums cannot overflow.
const LONGEST: Duration = Duration::from_secs(24 * 60 * 60);

impl RetryPolicy {
    /// Creates a policy of three attempts. Waits grow from 250 milliseconds to 20 seconds. If the
    /// platform asks for a wait, it may be up to 2 minutes long.
    pub fn new() -> RetryPolicy {
        RetryPolicy {
            attempts: 3,
            first: Duration::from_millis(250),
            cap: Duration::from_secs(20),
            longest_wait: Duration::from_secs(120),
            assume_safe: false,
        }
    }

    /// Sets the number of attempts, including the first; 0 counts as 1. The one attempt after
    /// renewing a token and the one after correcting the clock do not count.
    #[must_use]
    pub fn attempts(mut self, attempts: u32) -> RetryPolicy {
        self.attempts = attempts.max(1);
        self
    }

    /// Sets the first and the longest wait, before jitter. Each wait is twice the previous one.
    /// Jitter adds up to 100 %, so that clients that failed together do not retry together.
    #[must_use]
    pub fn backoff(mut self, first: Duration, cap: Duration) -> RetryPolicy {
        self.cap = cap.min(LONGEST);
        self.first = first.min(self.cap);
        self
    }

    /// Sets the longest wait that a platform may ask for. If it asks for more, the call fails at
    /// once, and [`Error::retry_after`] returns the requested wait.
    #[must_use]
    pub fn longest_wait(mut self, wait: Duration) -> RetryPolicy {
        self.longest_wait = wait.min(LONGEST);
        self
    }

    /// Sets whether to retry methods for which the spec does not say whether a retry is safe; by
    /// default they are not retried. Methods that the spec marks as unsafe are retried only if
    /// nothing was sent or a rate limiter refused the call.
    #[must_use]
    pub fn assume_safe(mut self, assume: bool) -> RetryPolicy {
        self.assume_safe = assume;
        self
    }

    /// Decides what to do after a failed attempt. `attempt` counts from 1; `backoff` is how long to
    /// wait unless the platform asks for another wait; `left` is the time until the call's
    /// deadline.
    pub fn decide(
        &self,
        fault: &Fault,
        attempt: u32,
        backoff: Duration,
        left: Option<Duration>,
    ) -> Decision {
        if !fault.may_pass() || !fault.may_repeat(self.assume_safe) || attempt >= self.attempts {
            return Decision::GiveUp;
        }
        let wait = match fault.retry_after {
            Some(wait) if wait > self.longest_wait => return Decision::GiveUp,
            Some(wait) => wait,
            None => backoff,
        };
        match left {
            Some(left) if wait >= left => Decision::GiveUp,
            _ => Decision::Wait(wait),
        }
    }

    /// The waits to use if the platform does not ask for one.
    pub(super) fn waits(&self, seed: u64) -> ExponentialBackoff {
        let builder = ExponentialBuilder::new()
            .with_min_delay(self.first)
            .with_max_delay(self.cap)
            .without_max_times()
            .with_jitter()
            .with_jitter_seed(seed);
        builder.build()
    }
}

impl Default for RetryPolicy {
    fn default() -> RetryPolicy {
        RetryPolicy::new()
    }
}

/// What to do after a failed attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// Return the error.
    GiveUp,
    /// Try again after this delay.
    Wait(Duration),
}

/// The facts about a failed attempt that decide whether to retry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fault {
    /// How far the request got.
    pub reached: Reached,
    /// What the caller can do about the error.
    pub class: Class,
    /// Whether the spec says that a retry is safe.
    pub repeat: Repeat,
    /// How long the platform asks to wait; `None` if it does not ask.
    pub retry_after: Option<Duration>,
}

/// How far a request got.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reached {
    /// The request was not sent.
    Nothing,
    /// The platform refused the request.
    Refused,
    /// The platform may have acted: the answer was lost, or does not say.
    Unknown,
}

impl Fault {
    /// Collects the facts from the error of an attempt. `repeat` is the spec's statement about the
    /// method.
    pub fn new(error: &Error, repeat: Repeat) -> Fault {
        let reached = match error.kind() {
            ErrorKind::Connect | ErrorKind::Dns | ErrorKind::Tls | ErrorKind::ConnectTimeout => {
                Reached::Nothing
            }
            ErrorKind::Gateway | ErrorKind::Business => Reached::Refused,
            _ => Reached::Unknown,
        };
        Fault { reached, class: error.class(), repeat, retry_after: error.retry_after() }
    }

    fn may_pass(&self) -> bool {
        matches!(self.class, Class::Retry | Class::Quota | Class::Duplicate)
    }

    fn may_repeat(&self, assume_safe: bool) -> bool {
        let by_spec = match self.repeat {
            Repeat::Safe => true,
            Repeat::Unknown => assume_safe,
            Repeat::Unsafe => false,
        };
        match (self.reached, self.class) {
            (Reached::Nothing, _) => true,
            // A rate limiter rejects a call before the gateway acts on it, so a retry is safe.
            (_, Class::Quota) => true,
            // This arm includes a refused duplicate: the earlier request may be our own, whose
            // answer was lost. Only the spec can say whether a retry is safe.
            _ => by_spec,
        }
    }
}

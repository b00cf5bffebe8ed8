//! Whether and when a call is repeated: a pure decision from the facts of the spec (whether a repeat
//! is safe, what a code means, how long it asks to wait) and the caller's policy.

use std::time::Duration;

use backon::{BackoffBuilder, ExponentialBackoff, ExponentialBuilder};
use gatespec_protocol::error_code::Class;
use gatespec_protocol::method::Repeat;

use super::error::Error;
use super::kind::ErrorKind;

/// How often a call is tried, and how long it waits in between.
///
/// A call is tried again only if the fault may pass and a repeat does no harm: the request was not
/// sent, or the gateway refused it before acting, or the spec says that the method may be repeated.
/// Each attempt has a fresh clock stamp and a fresh signature. Where the platform says how long to
/// wait, exactly that is waited; otherwise the wait doubles from attempt to attempt, with jitter. No
/// wait is shorter than one step of the clock stamp, since a request that was sent must not be sent
/// again under the same signature.
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

/// Longer waits make no sense, and their sums could overflow.
const LONGEST: Duration = Duration::from_secs(24 * 60 * 60);

impl RetryPolicy {
    /// Three attempts; waits from 250 milliseconds to 20 seconds, and up to 2 minutes where the
    /// platform asks for it.
    pub fn new() -> RetryPolicy {
        RetryPolicy {
            attempts: 3,
            first: Duration::from_millis(250),
            cap: Duration::from_secs(20),
            longest_wait: Duration::from_secs(120),
            assume_safe: false,
        }
    }

    /// How often a call is tried in all, the first time included; the one repeat after a token was
    /// renewed comes on top. Zero counts as one.
    #[must_use]
    pub fn attempts(mut self, attempts: u32) -> RetryPolicy {
        self.attempts = attempts.max(1);
        self
    }

    /// The first wait and the longest one, before jitter; each wait is twice the one before. Jitter
    /// adds up to the same again, so that clients that failed together do not come back together.
    #[must_use]
    pub fn backoff(mut self, first: Duration, cap: Duration) -> RetryPolicy {
        self.cap = cap.min(LONGEST);
        self.first = first.min(self.cap);
        self
    }

    /// The longest wait that a platform may ask for. If it asks for more, the call fails at once,
    /// and the error says how long: [`Error::retry_after`].
    #[must_use]
    pub fn longest_wait(mut self, wait: Duration) -> RetryPolicy {
        self.longest_wait = wait.min(LONGEST);
        self
    }

    /// Whether a method of which no document says so may be repeated too. One that must not be
    /// repeated is tried again only if it was not sent, or was refused for too many calls. Off if
    /// not set.
    #[must_use]
    pub fn assume_safe(mut self, assume: bool) -> RetryPolicy {
        self.assume_safe = assume;
        self
    }

    /// What to do after a failed attempt. `attempt` counts from 1; `backoff` is the wait if the
    /// platform asks for none; `left` is what remains of the time for the whole call.
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

    /// The waits where the platform asks for none.
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
    /// Wait for this time, then try again.
    Wait(Duration),
}

/// The facts of a failed attempt that decide whether it is repeated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fault {
    /// How far the request got.
    pub reached: Reached,
    /// What the fault means.
    pub class: Class,
    /// Whether the spec says that a second call does no harm.
    pub repeat: Repeat,
    /// How long the platform asks to wait.
    pub retry_after: Option<Duration>,
}

/// How far a request got.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reached {
    /// It was not sent.
    Nothing,
    /// It was answered by a refusal.
    Refused,
    /// It may have been acted on: its answer was lost, or says nothing about it.
    Unknown,
}

impl Fault {
    /// The facts of this error of a method.
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
            // A rate limiter rejects before it acts, so a repeat is safe.
            (_, Class::Quota) => true,
            // Also a duplicate: the request that it repeats may be our own, whose answer was lost.
            _ => by_spec,
        }
    }
}

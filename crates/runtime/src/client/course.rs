//! The way of one call from attempt to attempt: what the loops of both clients ask. Free of I/O
//! but for a trace.

use std::time::Duration;

use backon::ExponentialBackoff;
use gatespec_protocol::method::MethodInfo;
use gatespec_protocol::parameter::{Send, Source};

use super::error::{Error, Trouble};
use super::exchange::Plan;
use super::kind::ErrorKind;
use super::limit::Limiter;
use super::retry::{Decision, Fault, Reached, RetryPolicy};
use super::settings::Settings;
use super::trace;

/// What happens after a failed attempt.
pub(super) enum Next {
    /// The call has failed.
    Fail(Error),
    /// It is tried again after so long.
    Wait(Duration),
    /// It is tried again with another token.
    Renew,
}

pub(super) struct Course {
    platform: &'static str,
    method: MethodInfo<'static>,
    policy: Option<RetryPolicy>,
    waits: Option<ExponentialBackoff>,
    started: Duration,
    timeout: Option<Duration>,
    attempt_timeout: Duration,
    attempts: u32,
    /// Attempts that a policy does not count: each followed the renewal of a token.
    renewals: u32,
    /// The attempt in course has less time than an attempt may take.
    cut: bool,
    /// Why the attempt before failed.
    last: Option<Error>,
}

impl Course {
    pub(super) fn begin(
        settings: &Settings,
        plan: &Plan,
        method: MethodInfo<'static>,
        now: Duration,
    ) -> Course {
        let policy = plan.retry.clone();
        // Without random bytes all clients wait alike, which does no harm to this call.
        let seed = || {
            settings.entropy.draw().map_or(0, |[a, b, c, d, e, f, g, h, ..]| {
                u64::from_le_bytes([a, b, c, d, e, f, g, h])
            })
        };
        Course {
            platform: settings.platform,
            method,
            waits: policy.as_ref().map(|policy| policy.waits(seed())),
            policy,
            started: now,
            timeout: plan.timeout,
            attempt_timeout: plan.attempt_timeout,
            attempts: 0,
            renewals: 0,
            cut: false,
            last: None,
        }
    }

    pub(super) fn attempts(&self) -> u32 {
        self.attempts
    }

    /// Takes a place in the client's line at `now`; says how long to wait for it.
    pub(super) fn place(
        &mut self,
        line: Option<&Limiter>,
        now: Duration,
    ) -> Result<Duration, Error> {
        let Some(line) = line else { return Ok(Duration::ZERO) };
        let longest = self.left(now).unwrap_or(Duration::MAX);
        line.reserve(now, longest).map_err(|_| self.late())
    }

    /// Begins an attempt at `now`; says how long it may take.
    pub(super) fn attempt(&mut self, now: Duration) -> Result<Duration, Error> {
        let left = self.left(now);
        if left == Some(Duration::ZERO) {
            return Err(self.late());
        }
        self.attempts += 1;
        self.cut = left.is_some_and(|left| left < self.attempt_timeout);
        Ok(left.map_or(self.attempt_timeout, |left| left.min(self.attempt_timeout)))
    }

    /// What the error of the attempt in course means for the call.
    pub(super) fn failed(&self, error: Error) -> Error {
        match error.kind() {
            ErrorKind::AttemptTimeout if self.cut => error.past_deadline().after(self.attempts),
            // It did not come so far that anything could be sent.
            ErrorKind::Signing | ErrorKind::Config => error.after(self.attempts.saturating_sub(1)),
            _ => error.after(self.attempts),
        }
    }

    /// What to do after an attempt failed at `now`.
    pub(super) fn next(&mut self, error: Error, now: Duration, renewable: bool) -> Next {
        let left = self.left(now);
        if left == Some(Duration::ZERO) {
            return Next::Fail(error);
        }
        if renewable && self.renewals == 0 {
            self.renewals += 1;
            self.last = Some(error);
            return Next::Renew;
        }
        let (Some(policy), Some(waits)) = (&self.policy, &mut self.waits) else {
            return Next::Fail(error);
        };
        let fault = Fault::new(&error, self.method.repeat);
        let least = match fault.reached {
            Reached::Nothing => Duration::ZERO,
            Reached::Refused | Reached::Unknown => step_of_stamp(&self.method),
        };
        let attempt = self.attempts - self.renewals;
        let backoff = waits.next().unwrap_or_default().max(least);
        let Decision::Wait(wait) = policy.decide(&fault, attempt, backoff, left) else {
            return Next::Fail(error);
        };
        let wait = wait.max(least);
        if left.is_some_and(|left| wait >= left) {
            return Next::Fail(error);
        }
        trace::again(&error, wait);
        self.last = Some(error);
        Next::Wait(wait)
    }

    /// An error of the call outside of its attempts.
    pub(super) fn fail(&self, trouble: Trouble) -> Error {
        Error::new(self.platform, self.method.name, trouble).after(self.attempts)
    }

    /// Who runs out of time is told what failed before, if something did.
    fn late(&mut self) -> Error {
        self.last.take().unwrap_or_else(|| self.fail(Trouble::Deadline(None)))
    }

    /// What remains of the time for the whole call.
    pub(super) fn left(&self, now: Duration) -> Option<Duration> {
        let spent = now.saturating_sub(self.started);
        self.timeout.map(|timeout| timeout.saturating_sub(spent))
    }
}

/// How long it takes until a request of this method is another one, and so its signature: one step
/// of its finest clock stamp, or no time at all if it holds something random.
fn step_of_stamp(method: &MethodInfo<'_>) -> Duration {
    let sent = method
        .gateway
        .public
        .iter()
        .filter(|param| param.send != Send::Never && !method.silenced.contains(&param.name));
    let steps = sent.filter_map(|param| match param.source {
        Source::Nonce(_) => Some(0),
        Source::Clock(format) => format.unit()?.millis().try_into().ok(),
        _ => None,
    });
    steps.min().map_or(Duration::ZERO, Duration::from_millis)
}

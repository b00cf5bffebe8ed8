//! The state of one call between its attempts. The loop asks it what to do next. Its only I/O is a
//! trace event.

use std::time::Duration;

use backon::ExponentialBackoff;
use gatespec_protocol::credentials::CredentialSet;
use gatespec_protocol::method::MethodInfo;
use gatespec_protocol::parameter::Source;

use super::error::{Error, Trouble};
use super::exchange::Plan;
use super::kind::ErrorKind;
use super::quotas::Quotas;
use super::retry::{Decision, Fault, Reached, RetryPolicy};
use super::settings::Settings;
use super::trace;

/// What happens after a failed attempt.
pub(super) enum Next {
    /// Return this error.
    Fail(Error),
    /// Try again after this delay.
    Wait(Duration),
    /// Try again with another token.
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
    /// The number of attempts that the retry policy does not count: those after renewing the token
    /// or correcting the clock.
    uncounted: u32,
    /// Whether a token was renewed.
    renewed: bool,
    /// Whether the clock was corrected.
    corrected: bool,
    /// Whether the call's deadline shortened the current attempt's timeout.
    cut: bool,
    /// The previous attempt's error.
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
        // Without random bytes, all clients wait equally long, which does no harm to this call.
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
            uncounted: 0,
            renewed: false,
            corrected: false,
            cut: false,
            last: None,
        }
    }

    pub(super) fn attempts(&self) -> u32 {
        self.attempts
    }

    /// Reserves a slot with the client's rate limiter at `now`. Returns how long to wait for it.
    pub(super) fn place(
        &mut self,
        quotas: &Quotas,
        credentials: &dyn Fn() -> CredentialSet,
        now: Duration,
    ) -> Result<Duration, Error> {
        if quotas.is_empty() {
            return Ok(Duration::ZERO);
        }
        let longest = self.left(now).unwrap_or(Duration::MAX);
        let reserved = quotas.reserve(&self.method, credentials, now, longest);
        reserved.map_err(|_| self.late())
    }

    /// Begins an attempt at `now`. Returns its timeout.
    pub(super) fn attempt(&mut self, now: Duration) -> Result<Duration, Error> {
        let left = self.left(now);
        if left == Some(Duration::ZERO) {
            return Err(self.late());
        }
        self.attempts += 1;
        self.cut = left.is_some_and(|left| left < self.attempt_timeout);
        Ok(left.map_or(self.attempt_timeout, |left| left.min(self.attempt_timeout)))
    }

    /// Turns the error of the current attempt into the error of the call.
    pub(super) fn failed(&self, error: Error) -> Error {
        match error.kind() {
            ErrorKind::AttemptTimeout if self.cut => error.past_deadline().after(self.attempts),
            // Nothing was sent.
            ErrorKind::Signing | ErrorKind::Config => error.after(self.attempts.saturating_sub(1)),
            _ => error.after(self.attempts),
        }
    }

    /// Corrects the clock if the error shows that it is wrong, at most once per call. Returns
    /// whether it was corrected. In this case, the call is retried at once.
    pub(super) fn corrects(&mut self, error: &Error, settings: &Settings) -> bool {
        let corrects =
            !self.corrected && error.clock_offset().is_some_and(|offset| settings.correct(offset));
        self.corrected |= corrects;
        self.uncounted += u32::from(corrects);
        corrects
    }

    /// Decides what to do after an attempt that failed at `now`.
    pub(super) fn next(&mut self, error: Error, now: Duration, renewable: bool) -> Next {
        let left = self.left(now);
        if left == Some(Duration::ZERO) {
            return Next::Fail(error);
        }
        if renewable && !self.renewed {
            self.renewed = true;
            self.uncounted += 1;
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
        let attempt = self.attempts - self.uncounted;
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

    /// Makes an error that is not the error of an attempt.
    pub(super) fn fail(&self, trouble: Trouble) -> Error {
        Error::new(self.platform, self.method.name, trouble).after(self.attempts)
    }

    /// The error of a call that has missed its deadline: the previous attempt's error if there is
    /// one.
    fn late(&mut self) -> Error {
        self.last.take().unwrap_or_else(|| self.fail(Trouble::Deadline(None)))
    }

    /// The time left until the call's deadline; `None` without one.
    pub(super) fn left(&self, now: Duration) -> Option<Duration> {
        let spent = now.saturating_sub(self.started);
        self.timeout.map(|timeout| timeout.saturating_sub(spent))
    }
}

/// How long to wait until a retry of this method has a different signature: as long as the
/// resolution of its finest timestamp, or zero if it sends a nonce.
fn step_of_stamp(method: &MethodInfo<'_>) -> Duration {
    let sent = method.gateway.public.iter().filter(|param| method.sends(param));
    let steps = sent.filter_map(|param| match param.source {
        Source::Nonce(_) => Some(0),
        Source::Clock(format) => format.unit()?.millis().try_into().ok(),
        _ => None,
    });
    steps.min().map_or(Duration::ZERO, Duration::from_millis)
}

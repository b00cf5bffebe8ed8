//! The loop of a call: send, judge, wait, repeat. [`Course`] makes the decisions. A blocking client
//! runs the same loop with a transport and a timer that are always [`ready`](super::ready).

use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use gatespec_protocol::credentials::CredentialSet;
use tracing::Instrument as _;

use super::base::Core;
use super::course::{Course, Next};
use super::error::{Error, Trouble};
use super::exchange::{self, Asked, Delivered, Plan};
use super::ready::poll_once;
use super::token::{Keeper, Token};
use super::trace;

/// Runs a call of a blocking client. Not generic, so it is compiled once.
pub(super) fn run_blocking(core: &Core, plan: &Plan, asked: Asked<'_>) -> Result<Delivered, Error> {
    poll_once(run(core, plan, asked))
}

/// Runs a call: makes attempts until one succeeds or its error is final.
pub(super) async fn run(
    core: &Core,
    plan: &Plan,
    mut asked: Asked<'_>,
) -> Result<Delivered, Error> {
    let of = (core.settings.platform, asked.method.name);
    let span = trace::call(of.0, of.1);
    let began = core.now();
    let outcome = core.attempts(plan, &mut asked).instrument(span.clone()).await;
    trace::call_ended(&span, of, &outcome, core.now().saturating_sub(began));
    outcome
}

impl Core {
    async fn attempts(&self, plan: &Plan, asked: &mut Asked<'_>) -> Result<Delivered, Error> {
        let settings = &*self.settings;
        exchange::validate(settings, plan, &asked.method, asked.request)?;
        let mut course = Course::begin(settings, plan, asked.method, self.now());
        if self.timer.is_none() && (plan.waits() || !settings.quotas.is_empty()) {
            return Err(course.fail(Trouble::Config(NO_TIMER.to_owned())));
        }
        let keeper = self.keeper.as_deref().filter(|keeper| keeper.is_needed_by(&asked.method));
        let mut token = match keeper {
            Some(keeper) => Some(self.token(&course, keeper, None).await?),
            None => None,
        };
        loop {
            let credentials = || match (keeper, &token) {
                (Some(keeper), Some(token)) => keeper.put_into(&self.credentials(), token),
                _ => self.credentials(),
            };
            let wait = course.place(&settings.quotas, &credentials, self.now())?;
            self.sleep(wait).await;
            let limit = course.attempt(self.now())?;
            let credentials = credentials();
            let span = trace::attempt(course.attempts());
            let began = self.now();
            let attempt = self.attempt(plan, asked, &credentials, limit).instrument(span.clone());
            let outcome = attempt.await.map_err(|error| course.failed(error));
            trace::ended(&span, &outcome, self.now().saturating_sub(began));
            let error = match outcome {
                Ok(delivered) => return Ok(delivered.after(course.attempts())),
                Err(error) => error,
            };
            let refused = keeper.filter(|keeper| error.refresh() == Some(keeper.name()));
            if course.corrects(&error, settings) {
                continue;
            }
            match course.next(error, self.now(), refused.is_some()) {
                Next::Fail(error) => return Err(error),
                Next::Wait(wait) => self.sleep(wait).await,
                Next::Renew => {
                    if let Some(keeper) = refused {
                        trace::renewing(keeper.name());
                        token = Some(self.token(&course, keeper, token.as_ref()).await?);
                    }
                }
            }
        }
    }

    async fn attempt(
        &self,
        plan: &Plan,
        asked: &mut Asked<'_>,
        credentials: &CredentialSet,
        limit: Duration,
    ) -> Result<Delivered, Error> {
        let settings = &self.settings;
        let mut prepared =
            exchange::sign(settings, credentials, plan, asked.method, asked.request)?;
        let request = exchange::http_request(settings, &mut prepared, limit)?;
        let response = self.transport.send(request).await;
        let arrived = exchange::arrived(settings, prepared, response)?;
        arrived.read(settings, credentials, asked.read)
    }

    /// The timer's time. Always zero without a timer; calls that wait or have a timeout fail in
    /// that case.
    fn now(&self) -> Duration {
        self.timer.as_ref().map_or(Duration::ZERO, |timer| timer.now())
    }

    async fn sleep(&self, wait: Duration) {
        match &self.timer {
            Some(timer) if !wait.is_zero() => timer.sleep(wait).await,
            _ => {}
        }
    }

    /// Gets a token. If the gateway has refused one, gets a token other than `refused`.
    async fn token(
        &self,
        course: &Course,
        keeper: &Keeper,
        refused: Option<&Token>,
    ) -> Result<Token, Error> {
        let token = keeper.get(refused, self.settings.now());
        match self.within(course.left(self.now()), token).await {
            Some(token) => token.map_err(|failure| course.fail(Trouble::Token(failure))),
            None => Err(course.fail(Trouble::Deadline(None))),
        }
    }

    /// Awaits a future for at most `left`, because providers have no timeout of their own. Returns
    /// `None` when the time is over. A blocking provider is not interrupted: its future is ready
    /// before the timer is polled.
    async fn within<T>(
        &self,
        left: Option<Duration>,
        future: impl Future<Output = T> + Send,
    ) -> Option<T> {
        let (Some(left), Some(timer)) = (left, &self.timer) else { return Some(future.await) };
        let (mut future, mut over) = (pin!(future), timer.sleep(left));
        poll_fn(|cx| match future.as_mut().poll(cx) {
            Poll::Ready(value) => Poll::Ready(Some(value)),
            Poll::Pending => over.as_mut().poll(cx).map(|()| None),
        })
        .await
    }
}

const NO_TIMER: &str =
    "there is no timer: enable the feature `reqwest`, or give one with `timer(…)`";

//! The loops of a call, async and blocking: attempt, judge, wait, again. Not generic, so that they
//! are compiled once; what they decide by is in [`Course`].

use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use tracing::Instrument as _;

use super::course::{Course, Next};
use super::error::{Error, Trouble};
use super::exchange::{self, Asked, Delivered, Plan};
use super::token::{BlockingKeeper, Keeper, Token};
use super::{Client, blocking, trace};
use crate::credentials::CredentialSet;

/// Sends a request until it is answered for good.
pub(super) async fn run(
    client: &Client,
    plan: &Plan,
    mut asked: Asked<'_>,
) -> Result<Delivered, Error> {
    let span = trace::call(client.settings.platform, asked.method.name);
    let began = client.now();
    let outcome = attempts(client, plan, &mut asked).instrument(span.clone()).await;
    trace::call_ended(&span, &outcome, client.now().saturating_sub(began));
    outcome
}

async fn attempts(client: &Client, plan: &Plan, asked: &mut Asked<'_>) -> Result<Delivered, Error> {
    let settings = &*client.settings;
    exchange::validate(settings, plan, &asked.method, asked.request)?;
    let mut course = Course::begin(settings, plan, asked.method, client.now());
    if client.timer.is_none() && (plan.waits() || settings.limiter.is_some()) {
        return Err(course.fail(Trouble::Config(NO_TIMER.to_owned())));
    }
    let keeper = client.keeper.as_deref().filter(|keeper| keeper.is_needed_by(&asked.method));
    let mut token = match keeper {
        Some(keeper) => Some(client.token(&course, keeper, None).await?),
        None => None,
    };
    loop {
        let wait = course.place(settings.limiter.as_ref(), client.now())?;
        client.sleep(wait).await;
        let limit = course.attempt(client.now())?;
        let credentials = match (keeper, &token) {
            (Some(keeper), Some(token)) => &keeper.put_into(&client.credentials, token),
            _ => &client.credentials,
        };
        let span = trace::attempt(course.attempts());
        let began = client.now();
        let attempt = attempt(client, plan, asked, credentials, limit);
        let outcome = attempt.instrument(span.clone()).await.map_err(|error| course.failed(error));
        trace::ended(&span, &outcome, client.now().saturating_sub(began));
        let error = match outcome {
            Ok(delivered) => return Ok(delivered.after(course.attempts())),
            Err(error) => error,
        };
        let refused = keeper.filter(|keeper| error.refresh() == Some(keeper.name()));
        match course.next(error, client.now(), refused.is_some()) {
            Next::Fail(error) => return Err(error),
            Next::Wait(wait) => client.sleep(wait).await,
            Next::Renew => {
                if let Some(keeper) = refused {
                    trace::renewing(keeper.name());
                    token = Some(client.token(&course, keeper, token.as_ref()).await?);
                }
            }
        }
    }
}

async fn attempt(
    client: &Client,
    plan: &Plan,
    asked: &mut Asked<'_>,
    credentials: &CredentialSet,
    limit: Duration,
) -> Result<Delivered, Error> {
    let settings = &client.settings;
    let mut prepared = exchange::sign(settings, credentials, plan, asked.method, asked.request)?;
    let request = exchange::http_request(settings, &mut prepared, limit)?;
    let response = client.transport.send(request).await;
    let arrived = exchange::arrived(settings, prepared, response)?;
    arrived.read(settings, credentials, asked.read)
}

impl Client {
    /// Without a timer nothing is timed: then no call waits, and none has a time of its own.
    fn now(&self) -> Duration {
        self.timer.as_ref().map_or(Duration::ZERO, |timer| timer.now())
    }

    async fn sleep(&self, wait: Duration) {
        match &self.timer {
            Some(timer) if !wait.is_zero() => timer.sleep(wait).await,
            _ => {}
        }
    }

    /// A token, in place of one that was refused if one was.
    async fn token(
        &self,
        course: &Course,
        keeper: &Keeper,
        refused: Option<&Token>,
    ) -> Result<Token, Error> {
        let now = self.settings.clock.now();
        let token = async {
            match refused {
                Some(refused) => keeper.renew(refused, now).await,
                None => keeper.current(now).await,
            }
        };
        match self.within(course.left(self.now()), token).await {
            Some(token) => token.map_err(|failure| course.fail(Trouble::Token(failure))),
            None => Err(course.fail(Trouble::Deadline(None))),
        }
    }

    /// What comes of a future, unless the time is over first: a provider has none of its own.
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

/// Sends a request until it is answered for good, blocking.
pub(super) fn run_blocking(
    client: &blocking::Client,
    plan: &Plan,
    mut asked: Asked<'_>,
) -> Result<Delivered, Error> {
    let span = trace::call(client.settings.platform, asked.method.name);
    let began = client.timer.now();
    let outcome = span.in_scope(|| attempts_blocking(client, plan, &mut asked));
    trace::call_ended(&span, &outcome, client.timer.now().saturating_sub(began));
    outcome
}

fn attempts_blocking(
    client: &blocking::Client,
    plan: &Plan,
    asked: &mut Asked<'_>,
) -> Result<Delivered, Error> {
    let (settings, timer) = (&*client.settings, &*client.timer);
    exchange::validate(settings, plan, &asked.method, asked.request)?;
    let mut course = Course::begin(settings, plan, asked.method, timer.now());
    let keeper = client.keeper.as_deref().filter(|keeper| keeper.is_needed_by(&asked.method));
    let mut token = match keeper {
        Some(keeper) => Some(client.token(&course, keeper, None)?),
        None => None,
    };
    loop {
        let wait = course.place(settings.limiter.as_ref(), timer.now())?;
        client.sleep(wait);
        let limit = course.attempt(timer.now())?;
        let credentials = match (keeper, &token) {
            (Some(keeper), Some(token)) => &keeper.put_into(&client.credentials, token),
            _ => &client.credentials,
        };
        let span = trace::attempt(course.attempts());
        let began = timer.now();
        let attempt = || attempt_blocking(client, plan, asked, credentials, limit);
        let outcome = span.in_scope(attempt).map_err(|error| course.failed(error));
        trace::ended(&span, &outcome, timer.now().saturating_sub(began));
        let error = match outcome {
            Ok(delivered) => return Ok(delivered.after(course.attempts())),
            Err(error) => error,
        };
        let refused = keeper.filter(|keeper| error.refresh() == Some(keeper.name()));
        match course.next(error, timer.now(), refused.is_some()) {
            Next::Fail(error) => return Err(error),
            Next::Wait(wait) => client.sleep(wait),
            Next::Renew => {
                if let Some(keeper) = refused {
                    trace::renewing(keeper.name());
                    token = Some(client.token(&course, keeper, token.as_ref())?);
                }
            }
        }
    }
}

fn attempt_blocking(
    client: &blocking::Client,
    plan: &Plan,
    asked: &mut Asked<'_>,
    credentials: &CredentialSet,
    limit: Duration,
) -> Result<Delivered, Error> {
    let settings = &client.settings;
    let mut prepared = exchange::sign(settings, credentials, plan, asked.method, asked.request)?;
    let request = exchange::http_request(settings, &mut prepared, limit)?;
    let response = client.transport.send(request);
    let arrived = exchange::arrived(settings, prepared, response)?;
    arrived.read(settings, credentials, asked.read)
}

impl blocking::Client {
    fn sleep(&self, wait: Duration) {
        if !wait.is_zero() {
            self.timer.sleep(wait);
        }
    }

    /// A token, in place of one that was refused if one was.
    fn token(
        &self,
        course: &Course,
        keeper: &BlockingKeeper,
        refused: Option<&Token>,
    ) -> Result<Token, Error> {
        let now = self.settings.clock.now();
        let token = match refused {
            Some(refused) => keeper.renew(refused, now),
            None => keeper.current(now),
        };
        token.map_err(|failure| course.fail(Trouble::Token(failure)))
    }
}

const NO_TIMER: &str =
    "there is no timer to wait with: turn on the feature `reqwest`, or give one with `timer(…)`";

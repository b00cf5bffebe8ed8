//! The loops of a call, async and blocking: attempt, judge, wait, again. Not generic, so that they
//! are compiled once; what they decide by is in [`Course`].

use std::time::Duration;

use tracing::Instrument as _;

use super::course::{Course, Next};
use super::error::Error;
use super::exchange::{self, Asked, Delivered, Plan};
use super::{Client, blocking, trace};

/// Sends a request until it is answered for good.
pub(super) async fn run(
    client: &Client,
    plan: &Plan,
    mut asked: Asked<'_>,
) -> Result<Delivered, Error> {
    let span = trace::call(client.settings.platform, asked.method.name);
    let began = client.now();
    let outcome = attempts(client, plan, &mut asked).instrument(span.clone()).await;
    trace::ended(&span, &outcome, client.now().saturating_sub(began));
    outcome
}

async fn attempts(client: &Client, plan: &Plan, asked: &mut Asked<'_>) -> Result<Delivered, Error> {
    exchange::validate(&client.settings, plan, &asked.method, asked.request)?;
    if plan.waits() && client.timer.is_none() {
        return Err(Error::config(client.settings.platform, NO_TIMER.to_owned()));
    }
    let mut course = Course::begin(&client.settings, plan, asked.method, client.now());
    loop {
        let limit = course.attempt(client.now(), Duration::ZERO)?;
        let span = trace::attempt(course.attempts());
        let began = client.now();
        let outcome = attempt(client, plan, asked, limit).instrument(span.clone()).await;
        let outcome = outcome.map_err(|error| course.failed(error));
        trace::ended(&span, &outcome, client.now().saturating_sub(began));
        let error = match outcome {
            Ok(delivered) => return Ok(delivered),
            Err(error) => error,
        };
        match course.next(&error, client.now(), false) {
            Next::Fail => return Err(error),
            Next::Renew => {}
            Next::Wait(wait) => {
                trace::again(&error, wait);
                client.sleep(wait).await;
            }
        }
    }
}

async fn attempt(
    client: &Client,
    plan: &Plan,
    asked: &mut Asked<'_>,
    limit: Duration,
) -> Result<Delivered, Error> {
    let settings = &client.settings;
    let credentials = &client.credentials;
    let mut prepared = exchange::sign(settings, credentials, plan, asked.method, asked.request)?;
    let request = exchange::http_request(settings, &mut prepared, limit)?;
    let response = client.transport.send(request).await;
    let arrived = exchange::arrived(settings, prepared, response)?;
    arrived.read(settings, credentials, asked.read)
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
    trace::ended(&span, &outcome, client.timer.now().saturating_sub(began));
    outcome
}

fn attempts_blocking(
    client: &blocking::Client,
    plan: &Plan,
    asked: &mut Asked<'_>,
) -> Result<Delivered, Error> {
    exchange::validate(&client.settings, plan, &asked.method, asked.request)?;
    let mut course = Course::begin(&client.settings, plan, asked.method, client.timer.now());
    loop {
        let limit = course.attempt(client.timer.now(), Duration::ZERO)?;
        let span = trace::attempt(course.attempts());
        let began = client.timer.now();
        let outcome = span.in_scope(|| attempt_blocking(client, plan, asked, limit));
        let outcome = outcome.map_err(|error| course.failed(error));
        trace::ended(&span, &outcome, client.timer.now().saturating_sub(began));
        let error = match outcome {
            Ok(delivered) => return Ok(delivered),
            Err(error) => error,
        };
        match course.next(&error, client.timer.now(), false) {
            Next::Fail => return Err(error),
            Next::Renew => {}
            Next::Wait(wait) => {
                trace::again(&error, wait);
                client.timer.sleep(wait);
            }
        }
    }
}

fn attempt_blocking(
    client: &blocking::Client,
    plan: &Plan,
    asked: &mut Asked<'_>,
    limit: Duration,
) -> Result<Delivered, Error> {
    let settings = &client.settings;
    let credentials = &client.credentials;
    let mut prepared = exchange::sign(settings, credentials, plan, asked.method, asked.request)?;
    let request = exchange::http_request(settings, &mut prepared, limit)?;
    let response = client.transport.send(request);
    let arrived = exchange::arrived(settings, prepared, response)?;
    arrived.read(settings, credentials, asked.read)
}

pub(super) const NO_TIMER: &str =
    "there is no timer to wait with: turn on the feature `reqwest`, or give one with `timer(…)`";

impl Client {
    /// Without a timer nothing is timed: then the client is not set up to wait or to hurry.
    fn now(&self) -> Duration {
        self.timer.as_ref().map_or(Duration::ZERO, |timer| timer.now())
    }

    async fn sleep(&self, wait: Duration) {
        if let Some(timer) = &self.timer {
            timer.sleep(wait).await;
        }
    }
}

//! A client of the runtime that is built from the model.

use super::arguments::Call;
use crate::command::stop::Stop;
use bumpalo::Bump;
use gatespec_inspect::request::Ask;
use gatespec_language::dynamic;
use gatespec_language::model::{Gateway, Method};
use gatespec_runtime::client::RetryPolicy;
use gatespec_runtime::client::blocking::{Client, ClientBuilder, UntypedCall};
use gatespec_runtime::{DateTime, Encode, MethodInfo, Validate};
use std::sync::Arc;

/// A client of the method's gateway.
pub(super) struct Caller {
    client: Client,
    pub(super) method: MethodInfo<'static>,
    pub(super) url: String,
}

impl Caller {
    pub(super) fn new(
        arguments: &Call,
        (ask, method): (&Ask<'static>, &'static Method),
        clock: Option<DateTime>,
        arena: &'static Bump,
    ) -> Result<Caller, Stop> {
        let method = dynamic::method(ask.platform, method, arena);
        let url = url(arguments, ask.gateway)?;
        let mut builder = ClientBuilder::<Client>::of(
            &ask.platform.id,
            arena.alloc([method.gateway]),
            ask.credentials.clone(),
        )
        .base_url(&url)
        .attempt_timeout(arguments.timeout);
        if arguments.attempts > 1 {
            builder = builder.retry(RetryPolicy::new().attempts(arguments.attempts));
        }
        if let Some(at_most) = arguments.correct_clock {
            builder = builder.correct_clock(at_most);
        }
        if let Some(clock) = clock {
            builder = builder.clock(Arc::new(clock));
        }
        let builder = arguments.without_rule.iter().fold(builder, ClientBuilder::without_rule);
        let client = builder.build().map_err(|error| Stop::usage(error.to_string()))?;
        Ok(Caller { client, method, url })
    }

    /// Prepares a call without sending it.
    pub(super) fn call<'c>(
        &'c self,
        ask: &Ask<'_>,
        request: &'c (impl Encode + Validate + Sync),
    ) -> UntypedCall<'c> {
        self.client.call_untyped(self.method, request).overrides(ask.overrides.clone())
    }
}

/// Returns the base URL for the call.
fn url(arguments: &Call, gateway: &Gateway) -> Result<String, Stop> {
    if let Some(url) = &arguments.url {
        return Ok(url.clone());
    }
    let undisclosed = |name: &str| {
        Stop::usage(format!("the address of `{name}` is not public: give it with --url URL"))
    };
    let Some(name) = &arguments.environment else {
        let first = gateway.base_url().map(str::to_owned);
        return first.ok_or_else(|| undisclosed(gateway.name));
    };
    match gateway.environments.iter().find(|one| one.name == *name) {
        Some(environment) => environment.url.map(str::to_owned).ok_or_else(|| undisclosed(name)),
        None => {
            let known = gateway.environments.iter().map(|one| one.name.as_str());
            Err(Stop::unknown("environment", name, known))
        }
    }
}

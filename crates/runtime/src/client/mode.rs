//! The differences between async and blocking clients.

use std::sync::Arc;

use super::ready::Ready;
use super::settings::Settings;
use super::timer::{BlockingTimer, SystemTimer, Timer, default_timer};
use super::token::{BlockingTokenProvider, Provider, TokenProvider};
use super::transport::{BlockingTransport, Transport};

/// The kind of a client: [`Async`] or [`Blocking`].
pub trait Mode: Parts + Send + Sync + 'static {}

impl<M: Parts + Send + Sync + 'static> Mode for M {}

/// Marks a client whose calls are awaited.
#[derive(Debug, Clone, Copy)]
pub enum Async {}

/// Marks a client whose calls block their thread.
#[derive(Debug, Clone, Copy)]
pub enum Blocking {}

/// The types of a client's transport, timer and token provider. Blocking transports and timers are
/// wrapped in [`Ready`](super::ready::Ready), which implements the async traits.
pub trait Parts {
    /// The type that sends requests.
    type Transport: ?Sized;
    /// The type that waits between attempts.
    type Timer: ?Sized;
    /// The type that provides tokens.
    type TokenProvider: ?Sized;

    #[doc(hidden)]
    fn transport(transport: Arc<Self::Transport>) -> Arc<dyn Transport>;
    #[doc(hidden)]
    fn timer(timer: Arc<Self::Timer>) -> Arc<dyn Timer>;
    #[doc(hidden)]
    fn provider(provider: Arc<Self::TokenProvider>) -> Provider;
    #[doc(hidden)]
    fn default_transport(settings: &Settings) -> Result<Arc<dyn Transport>, String>;
    #[doc(hidden)]
    fn default_timer() -> Option<Arc<dyn Timer>>;
}

impl Parts for Async {
    type Transport = dyn Transport;
    type Timer = dyn Timer;
    type TokenProvider = dyn TokenProvider;

    fn transport(transport: Arc<dyn Transport>) -> Arc<dyn Transport> {
        transport
    }

    fn timer(timer: Arc<dyn Timer>) -> Arc<dyn Timer> {
        timer
    }

    fn provider(provider: Arc<dyn TokenProvider>) -> Provider {
        provider.into()
    }

    #[cfg(feature = "reqwest")]
    fn default_transport(settings: &Settings) -> Result<Arc<dyn Transport>, String> {
        super::tls::check(settings)?;
        Ok(Arc::new(super::background::Background::new(settings)?))
    }

    #[cfg(not(feature = "reqwest"))]
    fn default_transport(_: &Settings) -> Result<Arc<dyn Transport>, String> {
        Err(no_transport("reqwest"))
    }

    fn default_timer() -> Option<Arc<dyn Timer>> {
        default_timer()
    }
}

impl Parts for Blocking {
    type Transport = dyn BlockingTransport;
    type Timer = dyn BlockingTimer;
    type TokenProvider = dyn BlockingTokenProvider;

    fn transport(transport: Arc<dyn BlockingTransport>) -> Arc<dyn Transport> {
        Arc::new(Ready(transport))
    }

    fn timer(timer: Arc<dyn BlockingTimer>) -> Arc<dyn Timer> {
        Arc::new(Ready(timer))
    }

    fn provider(provider: Arc<dyn BlockingTokenProvider>) -> Provider {
        provider.into()
    }

    #[cfg(feature = "blocking")]
    fn default_transport(settings: &Settings) -> Result<Arc<dyn Transport>, String> {
        super::tls::check(settings)?;
        Ok(Self::transport(Arc::new(super::background::Background::new(settings)?)))
    }

    #[cfg(not(feature = "blocking"))]
    fn default_transport(_: &Settings) -> Result<Arc<dyn Transport>, String> {
        Err(no_transport("blocking"))
    }

    fn default_timer() -> Option<Arc<dyn Timer>> {
        Some(Self::timer(Arc::new(SystemTimer::new())))
    }
}

#[cfg(not(all(feature = "reqwest", feature = "blocking")))]
fn no_transport(feature: &str) -> String {
    format!(
        "there is no transport: enable the feature `{feature}`, or give one with `transport(…)`"
    )
}

//! How a client is set up.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use gatespec_protocol::credentials::CredentialSet;
use gatespec_protocol::gateway::Gateway;
use gatespec_protocol::open::Decryptor;
use gatespec_protocol::operation::Platform;
use gatespec_protocol::private::Private;

use super::base::{Client, Core};
use super::clock::{Clock, Entropy};
use super::error::Error;
use super::limit::{Limiter, RateLimit};
use super::mode::{Async, Mode};
use super::retry::RetryPolicy;
use super::settings::Settings;
use super::timer::Timer;
use super::token::{Keeper, Provider};
use super::transport::Transport;

/// Sets up an async client. `C` is the client type of the platform.
pub type ClientBuilder<C> = Builder<C, Async>;

/// Sets up a client, async or blocking. `C` is the client type of the platform.
pub struct Builder<C, M> {
    pub(super) settings: Settings,
    credentials: CredentialSet,
    transport: Option<Arc<dyn Transport>>,
    timer: Option<Arc<dyn Timer>>,
    tokens: Option<(String, Provider)>,
    /// What goes around the transport, from the inside out.
    pub(super) wraps: Vec<Wrap>,
    client: PhantomData<fn() -> (C, M)>,
}

/// Puts something around a transport.
pub(super) type Wrap = Box<dyn FnOnce(Arc<dyn Transport>) -> Arc<dyn Transport> + Send + Sync>;

#[cfg(feature = "reqwest013")]
impl<C: From<Client>> ClientBuilder<C> {
    /// Your own `reqwest` client, to share its pool. Its redirects must be off; the time for
    /// connecting is its own.
    #[must_use]
    pub fn reqwest(self, client: reqwest::Client) -> Self {
        let limit = self.settings.max_response_bytes;
        self.transport(Arc::new(super::over_reqwest::OverReqwest::new(client, limit)))
    }
}

impl<C: From<Client<M>>, M: Mode> Builder<C, M> {
    /// What carries the requests, in place of the default.
    #[must_use]
    pub fn transport(mut self, transport: Arc<M::Transport>) -> Self {
        self.transport = Some(M::transport(transport));
        self
    }

    /// How the client waits between attempts: if not set, an async one with tokio's timer, a
    /// blocking one by putting its thread to sleep.
    #[must_use]
    pub fn timer(mut self, timer: Arc<M::Timer>) -> Self {
        self.timer = Some(M::timer(timer));
        self
    }

    /// What gives the token that is this credential; a text among the credentials is the first
    /// one.
    #[must_use]
    pub fn token_provider(
        mut self,
        credential: impl Into<String>,
        provider: Arc<M::TokenProvider>,
    ) -> Self {
        self.tokens = Some((credential.into(), M::provider(provider)));
        self
    }

    /// The client.
    ///
    /// # Errors
    /// [`Config`](super::ErrorKind::Config) if a credential is missing or too short, a provider is
    /// for a credential that the platform does not have, a URL is wrong or not public, or there is
    /// no transport.
    pub fn build(self) -> Result<C, Error> {
        let Builder { settings, credentials, transport, timer, tokens, wraps, .. } = self;
        settings.check(&credentials, tokens.as_ref().map(|(name, _)| name.as_str()))?;
        let transport = match transport {
            Some(transport) => transport,
            None => M::default_transport(&settings)
                .map_err(|reason| Error::config(settings.platform, reason))?,
        };
        let transport = wraps.into_iter().fold(transport, |inner, wrap| wrap(inner));
        let timer = timer.or_else(M::default_timer);
        let keeper = tokens.map(|(name, provider)| Keeper::new(&name, &credentials, provider));
        let (settings, keeper) = (Arc::new(settings), keeper.map(Arc::new));
        Ok(Client::new(Core { settings, credentials, transport, timer, keeper }).into())
    }
}

impl<C: From<Client<M>>, M> Builder<C, M> {
    /// A builder for a platform.
    pub fn new<P: Platform>(credentials: CredentialSet) -> Builder<C, M> {
        Builder::of(P::ID, P::GATEWAYS, credentials)
    }

    /// A builder for a platform that has no type, the main gateway first; for
    /// [`Client::call_untyped`].
    pub fn of(
        platform: &'static str,
        gateways: &'static [&'static Gateway<'static>],
        credentials: CredentialSet,
    ) -> Builder<C, M> {
        Builder {
            settings: Settings::new(platform, gateways),
            credentials,
            transport: None,
            timer: None,
            tokens: None,
            wraps: Vec::new(),
            client: PhantomData,
        }
    }

    /// The base URL of the main gateway: another environment, or a proxy.
    #[must_use]
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        let main = self.settings.gateways.first().map_or("main", |main| main.name);
        self.settings.urls.push((main.to_owned(), url.into()));
        self
    }

    /// The base URL of a gateway.
    #[must_use]
    pub fn gateway_url(mut self, name: impl Into<String>, url: impl Into<String>) -> Self {
        self.settings.urls.push((name.into(), url.into()));
        self
    }

    /// Where the time comes from; a [`DateTime`](gatespec_protocol::DateTime) stands still.
    #[must_use]
    pub fn clock(mut self, clock: Arc<dyn Clock>) -> Self {
        self.settings.clock = clock;
        self
    }

    /// Lets a gateway correct the clock, by at most so much: if it refuses a call because of the
    /// clock, the call is signed again by the time of the answer's `Date`, as are all later calls.
    /// Off if not set: who can write an answer could else set the clock of every signature.
    #[must_use]
    pub fn correct_clock(mut self, at_most: Duration) -> Self {
        self.settings.longest_correction = Some(at_most);
        self
    }

    /// Where random bytes come from; an array is always the same.
    #[must_use]
    pub fn entropy(mut self, entropy: Arc<dyn Entropy>) -> Self {
        self.settings.entropy = entropy;
        self
    }

    /// How long connecting may take, TLS included; 10 seconds if not set. For the default
    /// transport.
    #[must_use]
    pub fn connect_timeout(mut self, limit: Duration) -> Self {
        self.settings.connect_timeout = limit;
        self
    }

    /// How long a connection is kept for the next call; 30 seconds if not set, which is less than
    /// gateways keep theirs: most close one after 60 seconds. For the default transport.
    #[must_use]
    pub fn idle_timeout(mut self, limit: Duration) -> Self {
        self.settings.idle_timeout = limit;
        self
    }

    /// How long one attempt may take, from connecting to the last byte of the answer; 30
    /// seconds if not set. The transport keeps to it.
    #[must_use]
    pub fn attempt_timeout(mut self, limit: Duration) -> Self {
        self.settings.attempt_timeout = limit;
        self
    }

    /// How long a whole call may take, with all its attempts and the waits between them;
    /// not limited if not set.
    #[must_use]
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.settings.timeout = Some(limit);
        self
    }

    /// Whether and how failed calls are tried again; they are not if not set.
    #[must_use]
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.settings.retry = Some(policy);
        self
    }

    /// At most so many attempts in a time, retries included; not limited if not set. All
    /// clones share it.
    #[must_use]
    pub fn rate_limit(mut self, limit: RateLimit) -> Self {
        self.settings.limiter = Some(Limiter::new(limit));
        self
    }

    /// Whether requests are checked before they are sent; they are if not set.
    #[must_use]
    pub fn validate(mut self, validate: bool) -> Self {
        self.settings.validate = validate;
        self
    }

    /// Leaves out a rule, given by id (`span:start_time,end_time`) or kind (`span`). One that the
    /// request does not have changes nothing.
    #[must_use]
    pub fn without_rule(mut self, rule: impl Into<String>) -> Self {
        self.settings.without_rules.push(rule.into());
        self
    }

    /// What opens encrypted data, in place of the recipe of the spec.
    #[must_use]
    pub fn decryptor(mut self, decryptor: Arc<dyn Decryptor>) -> Self {
        self.settings.decryptor = decryptor;
        self
    }

    /// Another name on the wire for a method.
    #[must_use]
    pub fn method_name(mut self, from: impl Into<String>, to: impl Into<String>) -> Self {
        self.settings.method_names.push((from.into(), to.into()));
        self
    }

    /// A parameter that every request sends, added or given another text.
    #[must_use]
    pub fn parameter(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.settings.parameters.push((name.into(), Private::new(value.into())));
        self
    }

    /// Another path in every signature, behind a proxy that rewrites paths. The URL keeps
    /// its own.
    #[must_use]
    pub fn signed_path(mut self, path: impl Into<String>) -> Self {
        self.settings.signed_path = Some(path.into());
        self
    }

    /// The largest answer that is accepted, in bytes; 10 MiB if not set.
    #[must_use]
    pub fn max_response_bytes(mut self, limit: usize) -> Self {
        self.settings.max_response_bytes = limit;
        self
    }
}

impl<C, M> fmt::Debug for Builder<C, M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("platform", &self.settings.platform)
            .field("credentials", &self.credentials)
            .finish_non_exhaustive()
    }
}

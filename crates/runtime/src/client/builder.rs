//! Building a client.

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
use super::credentials::CredentialProvider;
use super::error::Error;
use super::limit::RateLimit;
use super::mode::{Async, Mode};
use super::quotas::Per;
use super::retry::RetryPolicy;
use super::settings::Settings;
use super::timer::Timer;
use super::token::{Keeper, Provider};
use super::transport::Transport;

/// Builds an async client. `C` is the platform's client type.
pub type ClientBuilder<C> = Builder<C, Async>;

/// Builds a client, async or blocking. `C` is the platform's client type.
pub struct Builder<C, M> {
    pub(super) settings: Settings,
    credentials: CredentialSet,
    provider: Option<Arc<dyn CredentialProvider>>,
    transport: Option<Arc<dyn Transport>>,
    timer: Option<Arc<dyn Timer>>,
    tokens: Option<(String, Provider)>,
    /// Layers around the transport, the innermost first.
    pub(super) wraps: Vec<Wrap>,
    client: PhantomData<fn() -> (C, M)>,
}

/// Puts a layer around a transport.
pub(super) type Wrap = Box<dyn FnOnce(Arc<dyn Transport>) -> Arc<dyn Transport> + Send + Sync>;

#[cfg(feature = "reqwest013")]
impl<C: From<Client>> ClientBuilder<C> {
    /// Uses your own `reqwest` client, for example to share its connection pool. That client must
    /// not follow redirects, and `connect_timeout` does not apply to it.
    #[must_use]
    pub fn reqwest(self, client: reqwest::Client) -> Self {
        let limit = self.settings.max_response_bytes;
        self.transport(Arc::new(super::over_reqwest::OverReqwest::new(client, limit)))
    }
}

impl<C: From<Client<M>>, M: Mode> Builder<C, M> {
    /// Replaces the default transport.
    #[must_use]
    pub fn transport(mut self, transport: Arc<M::Transport>) -> Self {
        self.transport = Some(M::transport(transport));
        self
    }

    /// Sets how the client waits between attempts. By default an async client uses tokio's timer,
    /// and a blocking one puts its thread to sleep.
    #[must_use]
    pub fn timer(mut self, timer: Arc<M::Timer>) -> Self {
        self.timer = Some(M::timer(timer));
        self
    }

    /// Sets the provider of a token credential. If the client's credentials contain a value for
    /// `credential`, that value is the first token.
    #[must_use]
    pub fn token_provider(
        mut self,
        credential: impl Into<String>,
        provider: Arc<M::TokenProvider>,
    ) -> Self {
        self.tokens = Some((credential.into(), M::provider(provider)));
        self
    }

    /// Builds the client.
    ///
    /// # Errors
    /// [`Config`](super::ErrorKind::Config) if a credential is missing or too short, the platform
    /// has no credential for the token provider, a URL is malformed or not public, or there is no
    /// transport.
    pub fn build(self) -> Result<C, Error> {
        let Builder { settings, credentials, provider, transport, timer, tokens, wraps, .. } = self;
        let given = provider.as_ref().map(|provider| provider.credentials());
        let first = credentials.and(&given.unwrap_or_default());
        settings.check(&first, tokens.as_ref().map(|(name, _)| name.as_str()))?;
        let transport = match transport {
            Some(transport) => transport,
            None => M::default_transport(&settings)
                .map_err(|reason| Error::config(settings.platform, reason))?,
        };
        let transport = wraps.into_iter().fold(transport, |inner, wrap| wrap(inner));
        let timer = timer.or_else(M::default_timer);
        let keeper = tokens.map(|(name, provider)| Keeper::new(&name, &first, provider));
        let (settings, keeper) = (Arc::new(settings), keeper.map(Arc::new));
        let own = credentials;
        Ok(Client::new(Core { settings, own, provider, transport, timer, keeper }).into())
    }
}

impl<C: From<Client<M>>, M> Builder<C, M> {
    /// Starts a builder for a platform.
    pub fn new<P: Platform>(credentials: CredentialSet) -> Builder<C, M> {
        Builder::of(P::ID, P::GATEWAYS, credentials)
    }

    /// Starts a builder for a platform that has no Rust type, for use with
    /// [`Client::call_untyped`]. `gateways` begins with the main gateway.
    pub fn of(
        platform: &'static str,
        gateways: &'static [&'static Gateway<'static>],
        credentials: CredentialSet,
    ) -> Builder<C, M> {
        Builder {
            settings: Settings::new(platform, gateways),
            credentials,
            provider: None,
            transport: None,
            timer: None,
            tokens: None,
            wraps: Vec::new(),
            client: PhantomData,
        }
    }

    /// Sets a provider of credentials that change during the life of the client, such as a rotated
    /// secret. The provider's credentials take precedence over the builder's.
    #[must_use]
    pub fn credential_provider(mut self, provider: Arc<dyn CredentialProvider>) -> Self {
        self.provider = Some(provider);
        self
    }

    /// Sets the base URL of the main gateway, for example to use another environment or a proxy.
    #[must_use]
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        let main = self.settings.gateways.first().map_or("main", |main| main.name);
        self.settings.urls.push((main.to_owned(), url.into()));
        self
    }

    /// Sets the base URL of the gateway that has this name in the spec.
    #[must_use]
    pub fn gateway_url(mut self, name: impl Into<String>, url: impl Into<String>) -> Self {
        self.settings.urls.push((name.into(), url.into()));
        self
    }

    /// Sets the source of the time. A [`DateTime`](gatespec_protocol::DateTime) acts as a fixed
    /// clock.
    #[must_use]
    pub fn clock(mut self, clock: Arc<dyn Clock>) -> Self {
        self.settings.clock = clock;
        self
    }

    /// Lets a gateway correct the clock by up to `at_most`. When it refuses a call because of the
    /// clock, the call is repeated once, and from then on requests are signed with the time of the
    /// gateway's clock, as derived from the answer's `Date` header. Off by default, because whoever
    /// can forge an answer could set the clock of every signature.
    #[must_use]
    pub fn correct_clock(mut self, at_most: Duration) -> Self {
        self.settings.longest_correction = Some(at_most);
        self
    }

    /// Sets the source of random bytes. An array of 16 bytes acts as a source that always returns
    /// those bytes.
    #[must_use]
    pub fn entropy(mut self, entropy: Arc<dyn Entropy>) -> Self {
        self.settings.entropy = entropy;
        self
    }

    /// Limits how long the default transport may take to connect, TLS included; 10 seconds by
    /// default.
    #[must_use]
    pub fn connect_timeout(mut self, limit: Duration) -> Self {
        self.settings.connect_timeout = limit;
        self
    }

    /// Sets how long the default transport keeps an idle connection; 30 seconds by default, because
    /// most gateways close idle connections after 60.
    #[must_use]
    pub fn idle_timeout(mut self, limit: Duration) -> Self {
        self.settings.idle_timeout = limit;
        self
    }

    /// Sets the timeout of one attempt, from connecting to the last byte of the answer; 30 seconds
    /// by default. The transport enforces it.
    #[must_use]
    pub fn attempt_timeout(mut self, limit: Duration) -> Self {
        self.settings.attempt_timeout = limit;
        self
    }

    /// Sets the timeout of a whole call, including all attempts and waits; none by default.
    #[must_use]
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.settings.timeout = Some(limit);
        self
    }

    /// Sets whether and how failed calls are retried; by default they are not.
    #[must_use]
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.settings.retry = Some(policy);
        self
    }

    /// Limits the rate of attempts, retries included; unlimited by default. Clones share the limit.
    #[must_use]
    pub fn rate_limit(self, limit: RateLimit) -> Self {
        self.quota(Per::App, limit)
    }

    /// Sets a rate limit for each shop. Shops are identified by the credentials that differ from
    /// shop to shop, such as a token. All clones share the limits, including the clients that
    /// `with_credential` returns.
    #[must_use]
    pub fn rate_limit_per_shop(self, limit: RateLimit) -> Self {
        self.quota(Per::Shop, limit)
    }

    /// Sets a rate limit for each method. All clones share the limits.
    #[must_use]
    pub fn rate_limit_per_method(self, limit: RateLimit) -> Self {
        self.quota(Per::Method, limit)
    }

    fn quota(mut self, per: Per, limit: RateLimit) -> Self {
        self.settings.quotas.set(per, limit);
        self
    }

    /// Sets whether requests are validated before they are sent; by default they are.
    #[must_use]
    pub fn validate(mut self, validate: bool) -> Self {
        self.settings.validate = validate;
        self
    }

    /// Skips a rule, given by id (`span:start_time,end_time`) or kind (`span`), in requests that
    /// have it.
    #[must_use]
    pub fn without_rule(mut self, rule: impl Into<String>) -> Self {
        self.settings.without_rules.push(rule.into());
        self
    }

    /// Replaces the spec's recipe for decrypting data.
    #[must_use]
    pub fn decryptor(mut self, decryptor: Arc<dyn Decryptor>) -> Self {
        self.settings.decryptor = decryptor;
        self
    }

    /// Sends the method name `to` in place of `from`, which is the name in the spec.
    #[must_use]
    pub fn method_name(mut self, from: impl Into<String>, to: impl Into<String>) -> Self {
        self.settings.method_names.push((from.into(), to.into()));
        self
    }

    /// Sets the text of a parameter in every request, and adds the parameter if it is missing.
    #[must_use]
    pub fn parameter(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.settings.parameters.push((name.into(), Private::new(value.into())));
        self
    }

    /// Sets the path that signatures contain, for a proxy that rewrites paths. The URL does not
    /// change.
    #[must_use]
    pub fn signed_path(mut self, path: impl Into<String>) -> Self {
        self.settings.signed_path = Some(path.into());
        self
    }

    /// Limits the size of an answer, in bytes; 10 MiB by default.
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

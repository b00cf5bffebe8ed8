//! How a client is set up.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use super::clock::{Clock, Entropy};
use super::error::Error;
use super::limit::{Limiter, RateLimit};
use super::retry::RetryPolicy;
use super::settings::Settings;
use super::timer::{Timer, default_timer};
use super::token::{Keeper, TokenProvider};
use super::transport::Transport;
use super::{Client, blocking};
use crate::credentials::CredentialSet;
use crate::open::Decryptor;
use crate::operation::Platform;
use crate::private::Private;

/// Sets up an async client. `C` is the client type of the platform.
pub struct ClientBuilder<C> {
    pub(super) settings: Settings,
    pub(super) credentials: CredentialSet,
    pub(super) transport: Option<Arc<dyn Transport>>,
    timer: Option<Arc<dyn Timer>>,
    tokens: Option<(String, Arc<dyn TokenProvider>)>,
    /// What goes around the transport, from the inside out.
    pub(super) wraps: Vec<Wrap>,
    client: PhantomData<fn() -> C>,
}

/// Puts something around a transport.
pub(super) type Wrap = Box<dyn FnOnce(Arc<dyn Transport>) -> Arc<dyn Transport> + Send + Sync>;

impl<C: From<Client>> ClientBuilder<C> {
    /// A builder for a platform.
    pub fn new<P: Platform>(credentials: CredentialSet) -> ClientBuilder<C> {
        ClientBuilder {
            settings: Settings::new(P::ID, P::GATEWAYS),
            credentials,
            transport: None,
            timer: default_timer(),
            wraps: Vec::new(),
            tokens: None,
            client: PhantomData,
        }
    }

    /// What carries the requests, in place of the default.
    #[must_use]
    pub fn transport(mut self, transport: Arc<dyn Transport>) -> Self {
        self.transport = Some(transport);
        self
    }

    /// How the client waits between attempts, in place of tokio's timer.
    #[must_use]
    pub fn timer(mut self, timer: Arc<dyn Timer>) -> Self {
        self.timer = Some(timer);
        self
    }

    /// What gives the token that is this credential; a text among the credentials is the first
    /// one.
    #[must_use]
    pub fn token_provider(
        mut self,
        credential: impl Into<String>,
        provider: Arc<dyn TokenProvider>,
    ) -> Self {
        self.tokens = Some((credential.into(), provider));
        self
    }

    /// Your own `reqwest` client, to share its pool. Its redirects must be off; the time for
    /// connecting is its own.
    #[cfg(feature = "reqwest013")]
    #[must_use]
    pub fn reqwest(self, client: reqwest::Client) -> Self {
        let limit = self.settings.max_response_bytes;
        self.transport(Arc::new(super::over_reqwest::OverReqwest::new(client, limit)))
    }

    /// The client.
    ///
    /// # Errors
    /// [`Config`](super::ErrorKind::Config) if a credential is missing or too short, a provider is
    /// for a credential that the platform does not have, a URL is wrong or not public, or there is
    /// no transport.
    pub fn build(self) -> Result<C, Error> {
        let provided = self.tokens.as_ref().map(|(name, _)| name.as_str());
        self.settings.check(&self.credentials, provided)?;
        let transport = match self.transport {
            Some(transport) => transport,
            None => default_transport(&self.settings)?,
        };
        let transport = self.wraps.into_iter().fold(transport, |inner, wrap| wrap(inner));
        let (settings, credentials) = (Arc::new(self.settings), self.credentials);
        let keeper = self
            .tokens
            .map(|(name, provider)| Arc::new(Keeper::new(&name, &credentials, provider)));
        Ok(Client { settings, credentials, transport, timer: self.timer, keeper }.into())
    }
}

#[cfg(feature = "reqwest")]
fn default_transport(settings: &Settings) -> Result<Arc<dyn Transport>, Error> {
    let transport = super::over_reqwest::OverReqwest::with_defaults(settings)
        .map_err(|error| Error::config(settings.platform, error))?;
    Ok(Arc::new(transport))
}

#[cfg(not(feature = "reqwest"))]
fn default_transport(settings: &Settings) -> Result<Arc<dyn Transport>, Error> {
    let reason = "there is no transport: turn on the feature `reqwest`, or give one with \
                  `transport(…)`";
    Err(Error::config(settings.platform, reason.to_owned()))
}

/// What both builders can set.
macro_rules! builder_setters {
    ($builder:ident, $client:path) => {
        impl<C: From<$client>> $builder<C> {
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

            /// Where the time comes from; a [`DateTime`](crate::DateTime) stands still.
            #[must_use]
            pub fn clock(mut self, clock: Arc<dyn Clock>) -> Self {
                self.settings.clock = clock;
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

        impl<C> fmt::Debug for $builder<C> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_struct(stringify!($builder))
                    .field("platform", &self.settings.platform)
                    .field("credentials", &self.credentials)
                    .finish_non_exhaustive()
            }
        }
    };
}

use blocking::ClientBuilder as BlockingClientBuilder;

builder_setters!(ClientBuilder, Client);
builder_setters!(BlockingClientBuilder, blocking::Client);

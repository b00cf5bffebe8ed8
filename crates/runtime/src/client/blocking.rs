//! The blocking client.

#[cfg(feature = "blocking")]
mod over_reqwest;

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

use super::answer::Answer;
pub use super::backfill::{BlockingBackFill as BackFill, BlockingBackFillRun as BackFillRun};
pub use super::call::BlockingCall as Call;
pub use super::call::UntypedCall;
use super::error::Error;
use super::settings::Settings;
use super::timer::{BlockingTimer, SystemTimer};
use super::token::BlockingKeeper;
pub use super::token::BlockingTokenProvider as TokenProvider;
use super::transport::BlockingTransport;
use crate::check::Validate;
use crate::credentials::CredentialSet;
use crate::gateway::Gateway;
use crate::method::MethodInfo;
use crate::operation::{Operation, Platform};
use crate::split::Ranged;
use crate::write::Encode;

/// A blocking client of one platform. Cheap to clone: clones share transport and settings.
///
/// With the default transport it must not be built, used or dropped inside an async runtime.
#[derive(Clone)]
pub struct Client {
    pub(super) settings: Arc<Settings>,
    pub(super) credentials: CredentialSet,
    pub(super) transport: Arc<dyn BlockingTransport>,
    pub(super) timer: Arc<dyn BlockingTimer>,
    pub(super) keeper: Option<Arc<BlockingKeeper>>,
}

impl Client {
    /// Sends a request and gives the whole answer.
    ///
    /// # Errors
    /// Everything that [`ErrorKind`](super::ErrorKind) lists.
    pub fn send<O: Operation>(&self, request: &O) -> Result<Answer<O::Response>, Error> {
        self.call(request).send()
    }

    /// Sends a request and gives the data of the answer.
    ///
    /// # Errors
    /// Everything that [`ErrorKind`](super::ErrorKind) lists.
    pub fn data<O: Operation>(&self, request: &O) -> Result<O::Response, Error> {
        Ok(self.send(request)?.into_data())
    }

    /// A call that can be changed before it is sent.
    pub fn call<'c, O: Operation>(&'c self, request: &'c O) -> Call<'c, O> {
        Call::new(self, request)
    }

    /// A call of a method that no type stands for: out of a spec that is read at run time. The
    /// method's gateway must be one of this client's platform.
    pub fn call_untyped<'c>(
        &'c self,
        method: MethodInfo<'static>,
        request: &'c (impl Encode + Validate + Sync),
    ) -> UntypedCall<'c> {
        UntypedCall::new(self, method, request)
    }

    /// Sends a request whose range is longer than its rule allows, in windows that obey it.
    pub fn back_fill<O: Operation + Ranged + 'static>(&self, request: &O) -> BackFill<O> {
        BackFill::new(self, request)
    }

    /// This client with one credential added or replaced; the other one is left as it is. A token
    /// provider for this credential is left out.
    #[must_use]
    pub fn with_credential(&self, name: &str, value: impl Into<String>) -> Client {
        let keeper = self.keeper.clone().filter(|keeper| keeper.name() != name);
        Client { credentials: self.credentials.with(name, value), keeper, ..self.clone() }
    }

    /// This client with other credentials, and without a token provider.
    #[must_use]
    pub fn with_credentials(&self, credentials: CredentialSet) -> Client {
        Client { credentials, keeper: None, ..self.clone() }
    }

    /// This client with another provider of a token, as for another shop.
    ///
    /// # Errors
    /// [`Config`](super::ErrorKind::Config) if the platform has no credential of this name.
    pub fn with_token_provider(
        &self,
        credential: &str,
        provider: Arc<dyn TokenProvider>,
    ) -> Result<Client, Error> {
        self.settings.check_credential(credential)?;
        let keeper = BlockingKeeper::new(credential, &CredentialSet::new(), provider);
        Ok(Client { keeper: Some(Arc::new(keeper)), ..self.clone() })
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let platform = self.settings.platform;
        f.debug_struct("Client").field("platform", &platform).finish_non_exhaustive()
    }
}

/// Sets up a blocking client. `C` is the client type of the platform.
pub struct ClientBuilder<C> {
    pub(super) settings: Settings,
    pub(super) credentials: CredentialSet,
    transport: Option<Arc<dyn BlockingTransport>>,
    timer: Arc<dyn BlockingTimer>,
    tokens: Option<(String, Arc<dyn TokenProvider>)>,
    client: PhantomData<fn() -> C>,
}

impl<C: From<Client>> ClientBuilder<C> {
    /// A builder for a platform.
    pub fn new<P: Platform>(credentials: CredentialSet) -> ClientBuilder<C> {
        ClientBuilder::of(P::ID, P::GATEWAYS, credentials)
    }

    /// A builder for a platform that no type stands for, the main gateway first; for
    /// [`Client::call_untyped`].
    pub fn of(
        platform: &'static str,
        gateways: &'static [&'static Gateway<'static>],
        credentials: CredentialSet,
    ) -> ClientBuilder<C> {
        ClientBuilder {
            settings: Settings::new(platform, gateways),
            credentials,
            transport: None,
            timer: Arc::new(SystemTimer::new()),
            tokens: None,
            client: PhantomData,
        }
    }

    /// What carries the requests, in place of the default.
    #[must_use]
    pub fn transport(mut self, transport: Arc<dyn BlockingTransport>) -> Self {
        self.transport = Some(transport);
        self
    }

    /// How the client waits between attempts, in place of putting the thread to sleep.
    #[must_use]
    pub fn timer(mut self, timer: Arc<dyn BlockingTimer>) -> Self {
        self.timer = timer;
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
        let (settings, credentials) = (Arc::new(self.settings), self.credentials);
        let keeper = self
            .tokens
            .map(|(name, provider)| Arc::new(BlockingKeeper::new(&name, &credentials, provider)));
        Ok(Client { settings, credentials, transport, timer: self.timer, keeper }.into())
    }
}

#[cfg(feature = "blocking")]
fn default_transport(settings: &Settings) -> Result<Arc<dyn BlockingTransport>, Error> {
    let transport = over_reqwest::OverReqwest::with_defaults(settings)
        .map_err(|error| Error::config(settings.platform, error))?;
    Ok(Arc::new(transport))
}

#[cfg(not(feature = "blocking"))]
fn default_transport(settings: &Settings) -> Result<Arc<dyn BlockingTransport>, Error> {
    let reason = "there is no transport: turn on the feature `blocking`, or give one with \
                  `transport(…)`";
    Err(Error::config(settings.platform, reason.to_owned()))
}

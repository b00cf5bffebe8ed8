//! The client: one type, async or blocking.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

use gatespec_protocol::credentials::CredentialSet;

use super::credentials::{CredentialProvider, without};
use super::error::Error;
use super::mode::{Async, Mode};
use super::settings::Settings;
use super::timer::Timer;
use super::token::Keeper;
use super::transport::Transport;

/// An async client of one platform. Cheap to clone: clones share transport and settings.
///
/// [`blocking::Client`](super::blocking::Client) is the same type with another marker type.
#[derive(Clone)]
pub struct Client<M = Async> {
    pub(super) core: Core,
    mode: PhantomData<fn() -> M>,
}

/// A client without its marker. A blocking client's transport, timer and provider never return
/// `Pending` ([`Ready`](super::ready::Ready)), so one implementation serves both kinds of client.
#[derive(Clone)]
pub(super) struct Core {
    pub(super) settings: Arc<Settings>,
    /// The credentials that the client was built with. [`Core::credentials`] returns the
    /// credentials to use.
    pub(super) own: CredentialSet,
    pub(super) provider: Option<Arc<dyn CredentialProvider>>,
    pub(super) transport: Arc<dyn Transport>,
    pub(super) timer: Option<Arc<dyn Timer>>,
    pub(super) keeper: Option<Arc<Keeper>>,
}

impl Core {
    /// The credentials to use now, except the token of a token provider.
    pub(super) fn credentials(&self) -> CredentialSet {
        match &self.provider {
            Some(provider) => self.own.and(&provider.credentials()),
            None => self.own.clone(),
        }
    }
}

impl<M> Client<M> {
    pub(super) fn new(core: Core) -> Client<M> {
        Client { core, mode: PhantomData }
    }

    fn with(&self, change: impl FnOnce(&mut Core)) -> Client<M> {
        let mut core = self.core.clone();
        change(&mut core);
        Client::new(core)
    }

    /// Returns a client with one credential added or replaced. Providers no longer supply that
    /// credential. `self` does not change.
    #[must_use]
    pub fn with_credential(&self, name: &str, value: impl Into<String>) -> Client<M> {
        self.with(|core| {
            core.own = core.own.with(name, value);
            core.provider = core.provider.take().map(|provider| without(provider, name));
            core.keeper = core.keeper.take().filter(|keeper| keeper.name() != name);
        })
    }

    /// Returns a client with other credentials and without providers.
    #[must_use]
    pub fn with_credentials(&self, credentials: CredentialSet) -> Client<M> {
        self.with(|core| (core.own, core.provider, core.keeper) = (credentials, None, None))
    }
}

impl<M: Mode> Client<M> {
    /// Returns a client with another token provider, for example another shop's.
    ///
    /// # Errors
    /// [`Config`](super::ErrorKind::Config) if the platform has no credential of this name.
    pub fn with_token_provider(
        &self,
        credential: &str,
        provider: Arc<M::TokenProvider>,
    ) -> Result<Client<M>, Error> {
        self.core.settings.check_credential(credential)?;
        let keeper = Keeper::new(credential, &CredentialSet::new(), M::provider(provider));
        Ok(self.with(|core| core.keeper = Some(Arc::new(keeper))))
    }
}

impl<M> fmt::Debug for Client<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let platform = self.core.settings.platform;
        f.debug_struct("Client").field("platform", &platform).finish_non_exhaustive()
    }
}

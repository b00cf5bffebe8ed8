//! Caches one token and renews it. One caller at a time asks the provider.
//!
//! The state is locked only to read or update it; a second lock is held while the provider is
//! asked. A caller that is cancelled or panics while it asks has not changed the state, so the next
//! caller asks instead.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use gatespec_protocol::credentials::CredentialSet;
use gatespec_protocol::datetime::DateTime;
use gatespec_protocol::method::MethodInfo;

use super::need::takes;
use super::state::{State, Step, TokenFailure, Turn};
use super::{BlockingTokenProvider, Token, TokenProvider};

/// A token provider, and the lock that is held while it is asked.
pub enum Provider {
    /// An async provider.
    Async(Arc<dyn TokenProvider>, futures_util::lock::Mutex<()>),
    /// A blocking provider.
    Blocking(Arc<dyn BlockingTokenProvider>, Mutex<()>),
}

impl From<Arc<dyn TokenProvider>> for Provider {
    fn from(provider: Arc<dyn TokenProvider>) -> Provider {
        Provider::Async(provider, futures_util::lock::Mutex::default())
    }
}

impl From<Arc<dyn BlockingTokenProvider>> for Provider {
    fn from(provider: Arc<dyn BlockingTokenProvider>) -> Provider {
        Provider::Blocking(provider, Mutex::default())
    }
}

/// Caches the token of one credential.
pub(in crate::client) struct Keeper {
    name: Arc<str>,
    provider: Provider,
    state: Mutex<State>,
}

impl Keeper {
    /// Manages the credential `name`. If `credentials` has it, its text is the first token.
    pub(in crate::client) fn new(
        name: &str,
        credentials: &CredentialSet,
        provider: Provider,
    ) -> Keeper {
        let name: Arc<str> = name.into();
        let first = credentials.get(&name).map(Token::new);
        let state = Mutex::new(State::new(name.clone(), first));
        Keeper { name, provider, state }
    }

    /// The managed credential.
    pub(in crate::client) fn name(&self) -> &str {
        &self.name
    }

    /// Whether requests of this method contain the token.
    pub(in crate::client) fn is_needed_by(&self, method: &MethodInfo<'_>) -> bool {
        takes(method, &self.name)
    }

    /// Returns the credentials with the token added.
    pub(in crate::client) fn put_into(
        &self,
        credentials: &CredentialSet,
        token: &Token,
    ) -> CredentialSet {
        credentials.with_shared(&self.name, token.secret())
    }

    /// Returns a token for a call that starts now, other than the one that the gateway `refused`.
    /// With a blocking provider, the future is ready at its first poll.
    pub(in crate::client) async fn get(
        &self,
        refused: Option<&Token>,
        now: DateTime,
    ) -> Result<Token, TokenFailure> {
        let answered = match unpoisoned(&self.state).step(refused, now) {
            Step::Done(outcome) => return outcome,
            Step::Wait(answered) => answered,
        };
        let turn = || unpoisoned(&self.state).turn(answered, refused);
        let settle = |given| unpoisoned(&self.state).settle(given, now);
        match &self.provider {
            Provider::Async(provider, asking) => {
                let _asking = asking.lock().await;
                match turn() {
                    Turn::Done(outcome) => outcome,
                    Turn::Ask(refused) => settle(provider.token(refused.as_ref()).await),
                }
            }
            Provider::Blocking(provider, asking) => {
                let _asking = unpoisoned(asking);
                match turn() {
                    Turn::Done(outcome) => outcome,
                    Turn::Ask(refused) => settle(provider.token(refused.as_ref())),
                }
            }
        }
    }
}

/// Locks even after a provider's panic, because no update is left half done.
fn unpoisoned<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

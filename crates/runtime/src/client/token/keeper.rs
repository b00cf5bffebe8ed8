//! Keeps one token and renews it. The provider is asked by one caller at a time.
//!
//! The state is locked only to read or update it, never while the provider is asked; that is what
//! the second lock is for. A caller that is cancelled or panics while it asks has changed nothing,
//! so the next one asks instead.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use gatespec_protocol::credentials::CredentialSet;
use gatespec_protocol::datetime::DateTime;
use gatespec_protocol::method::MethodInfo;

use super::need::takes;
use super::state::{State, Step, TokenFailure, Turn};
use super::{BlockingTokenProvider, Token, TokenProvider};

/// A provider, and the lock that is held while it is asked.
pub enum Provider {
    /// Awaited.
    Async(Arc<dyn TokenProvider>, tokio::sync::Mutex<()>),
    /// Blocks its caller.
    Blocking(Arc<dyn BlockingTokenProvider>, Mutex<()>),
}

impl From<Arc<dyn TokenProvider>> for Provider {
    fn from(provider: Arc<dyn TokenProvider>) -> Provider {
        Provider::Async(provider, tokio::sync::Mutex::default())
    }
}

impl From<Arc<dyn BlockingTokenProvider>> for Provider {
    fn from(provider: Arc<dyn BlockingTokenProvider>) -> Provider {
        Provider::Blocking(provider, Mutex::default())
    }
}

/// Keeps the token of one credential.
pub(in crate::client) struct Keeper {
    name: Arc<str>,
    provider: Provider,
    state: Mutex<State>,
}

impl Keeper {
    /// Keeps the credential `name`. A text among the caller's credentials is the first token.
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

    /// The credential that is kept.
    pub(in crate::client) fn name(&self) -> &str {
        &self.name
    }

    /// Whether a request of this method holds the token.
    pub(in crate::client) fn is_needed_by(&self, method: &MethodInfo<'_>) -> bool {
        takes(method, &self.name)
    }

    /// These credentials with the token among them.
    pub(in crate::client) fn put_into(
        &self,
        credentials: &CredentialSet,
        token: &Token,
    ) -> CredentialSet {
        credentials.with_shared(&self.name, token.secret())
    }

    /// A token for a call that begins now, other than the one that the gateway has `refused`. With
    /// a blocking provider the future is ready after its first poll.
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

/// Locks also after a panic of the provider, since no update is left half done.
fn unpoisoned<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

//! Keeps one token and renews it, with one question to the provider at a time.
//!
//! The state is locked only to look and to note, never while the provider is asked; a second lock
//! is held for that. A caller that is cancelled or panics meanwhile has noted nothing, so the
//! next one takes its place.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::need::takes;
use super::state::{State, Step, TokenFailure, Turn};
use super::{BlockingTokenProvider, Token, TokenProvider};
use crate::credentials::CredentialSet;
use crate::datetime::DateTime;
use crate::method::MethodInfo;

/// Keeps the token of one credential. `L` is held while the provider `P` is asked.
pub(in crate::client) struct Kept<P: ?Sized, L> {
    name: Arc<str>,
    provider: Arc<P>,
    state: Mutex<State>,
    asking: L,
}

/// Keeps the token of async clients.
pub(in crate::client) type Keeper = Kept<dyn TokenProvider, tokio::sync::Mutex<()>>;

/// Keeps the token of blocking clients.
pub(in crate::client) type BlockingKeeper = Kept<dyn BlockingTokenProvider, Mutex<()>>;

impl<P: ?Sized, L: Default> Kept<P, L> {
    /// Keeps the credential `name`. A text among the caller's credentials is the first token.
    pub(in crate::client) fn new(
        name: &str,
        credentials: &CredentialSet,
        provider: Arc<P>,
    ) -> Kept<P, L> {
        let name: Arc<str> = name.into();
        let first = credentials.get(&name).map(Token::new);
        let state = Mutex::new(State::new(name.clone(), first));
        Kept { name, provider, state, asking: L::default() }
    }

    /// The credential that is kept.
    pub(in crate::client) fn name(&self) -> &str {
        &self.name
    }

    /// Whether a request of this method holds the token. Only then there is a reason to get one.
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
}

impl Keeper {
    /// A token for a call that begins now.
    pub(in crate::client) async fn current(&self, now: DateTime) -> Result<Token, TokenFailure> {
        self.get(None, now).await
    }

    /// A token in place of one that the gateway has refused.
    pub(in crate::client) async fn renew(
        &self,
        refused: &Token,
        now: DateTime,
    ) -> Result<Token, TokenFailure> {
        self.get(Some(refused), now).await
    }

    async fn get(&self, refused: Option<&Token>, now: DateTime) -> Result<Token, TokenFailure> {
        let answered = match unpoisoned(&self.state).step(refused, now) {
            Step::Done(outcome) => return outcome,
            Step::Wait(answered) => answered,
        };
        let _asking = self.asking.lock().await;
        let refused = match unpoisoned(&self.state).turn(answered, refused) {
            Turn::Done(outcome) => return outcome,
            Turn::Ask(refused) => refused,
        };
        let given = self.provider.token(refused.as_ref()).await;
        unpoisoned(&self.state).settle(given, now)
    }
}

impl BlockingKeeper {
    /// A token for a call that begins now.
    pub(in crate::client) fn current(&self, now: DateTime) -> Result<Token, TokenFailure> {
        self.get(None, now)
    }

    /// A token in place of one that the gateway has refused.
    pub(in crate::client) fn renew(
        &self,
        refused: &Token,
        now: DateTime,
    ) -> Result<Token, TokenFailure> {
        self.get(Some(refused), now)
    }

    fn get(&self, refused: Option<&Token>, now: DateTime) -> Result<Token, TokenFailure> {
        let answered = match unpoisoned(&self.state).step(refused, now) {
            Step::Done(outcome) => return outcome,
            Step::Wait(answered) => answered,
        };
        let _asking = unpoisoned(&self.asking);
        let refused = match unpoisoned(&self.state).turn(answered, refused) {
            Turn::Done(outcome) => return outcome,
            Turn::Ask(refused) => refused,
        };
        let given = self.provider.token(refused.as_ref());
        unpoisoned(&self.state).settle(given, now)
    }
}

/// The lock, also after a panic of the provider: nothing is ever half noted.
fn unpoisoned<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

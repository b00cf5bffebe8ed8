//! Clients: the one place where facts, credentials, clock and transport meet.
//!
//! Generated platform modules wrap these in types of their own with
//! [`clients!`](crate::clients); everything that decides is in the pure half.

mod answer;
mod backfill;
mod bent;
pub mod blocking;
mod builder;
mod call;
#[cfg(any(feature = "reqwest", feature = "blocking"))]
mod classify;
mod clock;
mod course;
mod error;
mod exchange;
mod limit;
mod macros;
#[cfg(feature = "reqwest")]
mod over_reqwest;
#[cfg(feature = "reqwest_middleware05")]
mod over_reqwest_middleware;
#[cfg(feature = "tower05")]
mod over_tower;
mod retry;
mod run;
mod settings;
mod timer;
mod token;
mod trace;
mod transport;

use std::fmt;
use std::sync::Arc;

use crate::credentials::CredentialSet;
use crate::operation::Operation;
use crate::split::Ranged;

pub use answer::Answer;
pub use backfill::{BackFill, BackFillRun, FailedWindow, Step};
pub use builder::ClientBuilder;
pub use call::Call;
pub use clock::{Clock, Entropy, SystemClock, SystemEntropy};
pub use error::{Error, ErrorKind};
pub use limit::RateLimit;
#[cfg(feature = "tower05")]
pub use over_tower::TransportService;
pub use retry::{Decision, Fault, Reached, RetryPolicy};
pub use timer::{BlockingTimer, SystemTimer, Timer};
pub use token::{BlockingTokenProvider, Token, TokenError, TokenProvider};
pub use transport::{BlockingTransport, BoxFuture, TimeLimit, Transport, TransportError};

use settings::Settings;
use token::Keeper;

/// An async client of one platform. Cheap to clone: clones share transport and settings.
#[derive(Clone)]
pub struct Client {
    settings: Arc<Settings>,
    credentials: CredentialSet,
    transport: Arc<dyn Transport>,
    timer: Option<Arc<dyn Timer>>,
    keeper: Option<Arc<Keeper>>,
}

impl Client {
    /// Sends a request and gives the whole answer.
    ///
    /// # Errors
    /// Everything that [`ErrorKind`] lists.
    pub async fn send<O: Operation>(&self, request: &O) -> Result<Answer<O::Response>, Error> {
        self.call(request).send().await
    }

    /// Sends a request and gives the data of the answer.
    ///
    /// # Errors
    /// Everything that [`ErrorKind`] lists.
    pub async fn data<O: Operation>(&self, request: &O) -> Result<O::Response, Error> {
        Ok(self.send(request).await?.into_data())
    }

    /// A call that can be changed before it is sent.
    pub fn call<'c, O: Operation>(&'c self, request: &'c O) -> Call<'c, O> {
        Call::new(self, request)
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
    /// [`Config`](ErrorKind::Config) if the platform has no credential of this name.
    pub fn with_token_provider(
        &self,
        credential: &str,
        provider: Arc<dyn TokenProvider>,
    ) -> Result<Client, Error> {
        self.settings.check_credential(credential)?;
        let keeper = Some(Arc::new(Keeper::new(credential, &CredentialSet::new(), provider)));
        Ok(Client { keeper, ..self.clone() })
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let platform = self.settings.platform;
        f.debug_struct("Client").field("platform", &platform).finish_non_exhaustive()
    }
}

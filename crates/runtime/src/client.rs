//! Clients, which combine a platform's facts with credentials, a clock and a transport.
//!
//! Generated platform modules wrap these types with [`clients!`](crate::clients). The decisions
//! are made by pure code, here and in the protocol crate.

mod answer;
mod backfill;
#[cfg(any(feature = "reqwest", feature = "blocking"))]
mod background;
mod base;
mod bent;
pub mod blocking;
mod builder;
mod call;
mod charset;
#[cfg(any(feature = "reqwest", feature = "blocking"))]
mod classify;
mod clock;
#[cfg(feature = "metrics024")]
mod counted;
mod course;
mod credentials;
mod environment;
mod error;
mod exchange;
mod fake;
mod kind;
mod limit;
mod mode;
#[cfg(any(feature = "reqwest", feature = "blocking"))]
mod over_reqwest;
#[cfg(feature = "reqwest_middleware05")]
mod over_reqwest_middleware;
#[cfg(feature = "tower05")]
mod over_tower;
mod quotas;
mod ready;
mod retry;
mod run;
mod settings;
mod timer;
#[cfg(any(feature = "reqwest", feature = "blocking"))]
mod tls;
mod token;
mod trace;
mod transport;

pub use answer::Answer;
pub use backfill::{BackFill, BackFillRun, FailedWindow, Step};
pub use base::Client;
pub use builder::{Builder, ClientBuilder};
pub use call::{Call, Outcome, Untyped};
pub use clock::{Clock, Entropy, SystemClock, SystemEntropy};
pub use credentials::CredentialProvider;
pub use error::Error;
pub use fake::{Fake, left_out};
pub use kind::ErrorKind;
pub use limit::RateLimit;
pub use mode::{Async, Blocking, Mode};
#[cfg(feature = "tower05")]
pub use over_tower::TransportService;
pub use retry::{Decision, Fault, Reached, RetryPolicy};
pub use timer::{BlockingTimer, SystemTimer, Timer};
pub use token::{BlockingTokenProvider, Token, TokenError, TokenProvider};
pub use transport::{BlockingTransport, BoxFuture, TimeLimit, Transport, TransportError};

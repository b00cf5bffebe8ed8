//! A mock gateway to test clients against, made from specs alone.
//!
//! The mock behaves as the platforms do: it finds the method, checks public parameters, clock,
//! signature, token and every rule of the request, and answers in the platform's own envelope, with
//! the platform's own codes. It keeps the calls for tests to inspect, and injects faults on
//! request.
//!
//! ```no_run
//! use gatespec_mock::{Fault, Mock};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let mock = Mock::builder("specs").start()?; // or Mock::of(shopex::SPEC)
//! // Build the platform's client with this URL and these credentials.
//! let (address, credentials) = (mock.url("shopex"), mock.credentials("shopex"));
//! mock.script("shopex", "matrix.unbind", [Fault::Throttled])?;
//! // … calls …
//! assert!(mock.received().iter().all(|call| call.is_accepted()));
//! mock.shutdown();
//! # Ok(())
//! # }
//! ```
//!
//! # Addresses
//!
//! All platforms share one port. A platform's main gateway has the address `/<platform>`, and
//! another gateway has the address `/<platform>/<gateway>`, each followed by the path of the
//! gateway's own base URL. Calls go to the address followed by the path that the platform signs.
//! Gateways with the same base URL share one address. [`Builder::root`] serves one platform without
//! its prefix. [`Mock::url`] returns the address.
//!
//! # Credentials
//!
//! Credentials are invented and the same in every run; [`Mock::credentials`] returns them. Public
//! credentials have the value `10011`; secret ones contain their names. [`Builder::credential`]
//! replaces a credential.
//!
//! # Headers
//!
//! A request may have
//!
//! | header | meaning |
//! |---|---|
//! | `x-gatespec-misbehave` | faults to inject, by the names of [`Fault`]: `delay=200, status=503` |
//! | `x-gatespec-canonical` | the text that the client signed, secrets masked; if the signature is wrong, the mock compares it with its own |
//!
//! An answer may have
//!
//! | header | meaning |
//! |---|---|
//! | `x-gatespec-answer` | its source: `example` (in the spec), `made` (generated from the types), `script` |
//! | `x-gatespec-refused`, `x-gatespec-reason` | why the call was refused, in the vocabulary of [`Meaning`](gatespec_protocol::Meaning) and in words |
//! | `x-gatespec-misplaced` | parameters in other locations than documented, or another verb |
//! | `x-gatespec-inferred` | parts of the answer that no document confirms: `code`, `shape`, `data` |
//! | `x-gatespec-misbehaved` | the faults that were injected |
//! | `x-gatespec-signed`, `x-gatespec-signature`, `x-gatespec-first-difference` | for a wrong signature: the text that the mock signed, secrets masked; its signature; the first byte in which the signature that was sent differs |
//! | `x-gatespec-canonical-difference` | the first byte in which the client's text differs |
//!
//! The values of these headers show bytes other than printable ASCII as `\xNN`, and are cut after
//! 4,096 characters.

mod answer;
mod builder;
mod called;
mod checks;
mod credentials;
mod difference;
mod entrance;
mod error;
mod escape;
mod fault;
mod handler;
mod invent;
mod journal;
mod likeness;
mod mock;
mod page;
mod record;
mod refuse;
mod reply;
mod sample;
mod sent;
mod server;
mod site;
mod spoil;
mod state;

pub use builder::Builder;
pub use difference::Difference;
pub use error::StartError;
pub use fault::{Fault, Step, UnknownFault};
pub use journal::{Counts, Entry, Outcome, Signed};
pub use mock::{Mock, UnknownMethod};

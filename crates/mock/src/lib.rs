//! A gateway to test against, made from specs alone.
//!
//! It answers as the platforms do: it finds the method, checks public parameters, clock, signature,
//! token and every rule of the request, and answers in the platform's own envelope, with its own
//! codes. What it was sent is kept for tests to look at; on demand it misbehaves.
//!
//! ```no_run
//! use gatespec_mock::{Fault, Mock};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let mock = Mock::builder("specs").start()?;
//! // A client of the platform is built with this address and these credentials.
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
//! All platforms share one port: `/<platform>` is the main gateway of a platform,
//! `/<platform>/<gateway>` a further one, followed by the path that the gateway's own address has.
//! Gateways of one address share it. [`Builder::root`] serves one platform without its prefix.
//! What comes behind is the path as the platform signs it. [`Mock::url`] puts it together.
//!
//! # Credentials
//!
//! They are invented, the same in every run, and shown by [`Mock::credentials`]: what is not secret
//! is `10011`, what is secret says its own name. [`Builder::credential`] sets others.

//!
//! # Headers
//!
//! A request may hold
//!
//! | header | asks for |
//! |---|---|
//! | `x-gatespec-misbehave` | misbehaviour, by the names of [`Fault`]: `delay=200, status=503` |
//! | `x-gatespec-canonical` | a comparison of this text, which the client signed, secrets masked, with what the mock signed, if the signature is wrong |
//!
//! An answer holds
//!
//! | header | says |
//! |---|---|
//! | `x-gatespec-answer` | where it comes from: `example` (of the spec), `made` (from the types), `script` |
//! | `x-gatespec-refused`, `x-gatespec-reason` | why the call was refused, in the vocabulary of [`Meaning`](gatespec_protocol::Meaning) and in words |
//! | `x-gatespec-misplaced` | which parameters are in another place than the documents name, or that the verb is another |
//! | `x-gatespec-inferred` | which parts of it no document has: `code`, `shape`, `data` |
//! | `x-gatespec-misbehaved` | the misbehaviour that took place |
//! | `x-gatespec-signed`, `x-gatespec-signature`, `x-gatespec-first-difference` | for a wrong signature: what the mock signed, secrets masked, its signature, and the first byte in which the one that came differs |
//! | `x-gatespec-canonical-difference` | the first byte in which the client's text differs |
//!
//! Bytes that are not printable ASCII stand as `\xNN` in them, and a text is cut behind 4,096.

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

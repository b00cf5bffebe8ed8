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
//! What comes behind is the path as the platform signs it. [`Mock::url`] puts it together.
//!
//! # Credentials
//!
//! They are invented, the same in every run, and shown by [`Mock::credentials`]: what is not secret
//! is `10011`, what is secret says its own name. [`Builder::credential`] sets others.

mod answer;
mod builder;
mod called;
mod checks;
mod credentials;
mod difference;
mod escape;
mod fault;
mod handler;
mod invent;
mod journal;
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

pub use builder::{Builder, StartError};
pub use difference::Difference;
pub use fault::{Fault, Step, UnknownFault};
pub use journal::{Counts, Entry, Outcome};
pub use mock::{Mock, UnknownMethod};

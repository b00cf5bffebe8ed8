//! The items that generated code uses. They change with the compiler, without notice. Programs use
//! those at the root of this crate, or in [`protocol`](crate::protocol).

pub use gatespec_protocol::*;

/// What a call of a method gives.
#[cfg(feature = "client")]
pub type Outcome<O> = Result<<O as Operation>::Response, crate::Error>;

#[cfg(feature = "client")]
pub use crate::{Answer, Error, Receiver, Receives, client, clients, platform};

//! What generated code is made of. It changes with the compiler and without notice: programs name
//! what is at the root of this crate, or in [`protocol`](crate::protocol).

pub use gatespec_protocol::*;

#[cfg(feature = "client")]
pub use crate::{Answer, Error, Receiver, Receives, client, clients, platform};

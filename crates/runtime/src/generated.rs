//! The items that generated code uses. They change with the compiler, without notice. Programs
//! should use the items at the root of this crate, or in [`protocol`](crate::protocol).

pub use gatespec_protocol::*;

#[cfg(feature = "client")]
pub use crate::{Answer, Error, ErrorKind, Receiver, Receives, client, clients, platform};

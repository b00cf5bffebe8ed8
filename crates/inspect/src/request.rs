//! Requests given as texts. The model types their values; the protocol's engine builds and signs
//! the request.

mod ask;
mod example;
mod expected;
mod given;
mod members;
mod received;
mod typed;
mod typed_request;

pub use ask::{Ask, Meaning};
pub use expected::expected;
pub use given::{Argument, Written, Wrong};
pub use members::members;
pub use received::{Received, Recognised, recognise};
pub use typed_request::TypedRequest;

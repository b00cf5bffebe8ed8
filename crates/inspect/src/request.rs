//! One request of a method out of texts, such as a person types: typed by the model, built and
//! signed by the protocol's engine.

mod ask;
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

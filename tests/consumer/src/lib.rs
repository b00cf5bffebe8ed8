//! A crate that depends on the runtime alone: its client is generated while it is built, from the spec
//! of an invented platform that is its own.
//!
//! ```
//! use gatespec_consumer::gateways::harbor::{BoatHire, Client, Credentials};
//!
//! let request = BoatHire::new("海鸥").days(3);
//! assert_eq!(request.days, Some(3));
//! # let _ = Client::builder(Credentials::new("id", "secret"));
//! ```

/// What `build.rs` has made of `specs/`.
pub mod gateways {
    include!(concat!(env!("OUT_DIR"), "/gatespec/mod.rs"));
}

#[cfg(test)]
mod tests;

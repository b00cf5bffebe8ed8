//! A crate whose only dependency is the runtime. Its client is generated during the build from the
//! crate's own spec of an invented platform.
//!
//! ```
//! use gatespec_consumer::gateways::harbor::{BoatHire, Client, Credentials};
//!
//! let request = BoatHire::new("海鸥").days(3);
//! assert_eq!(request.days, Some(3));
//! # let _ = Client::builder(Credentials::new("id", "secret"));
//! ```

/// The code that `build.rs` generates from `specs/`.
pub mod gateways {
    include!(concat!(env!("OUT_DIR"), "/gatespec/mod.rs"));
}

#[cfg(test)]
mod tests;

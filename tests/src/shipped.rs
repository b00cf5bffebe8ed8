//! The shipped platforms: their clients, gateways, and signatures computed by independent code.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

pub mod clients;
pub mod gateways;
pub mod signing;

//! The platforms that ship: clients of them, their gateways, and their signatures by other code.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

pub mod clients;
pub mod gateways;
pub mod signing;

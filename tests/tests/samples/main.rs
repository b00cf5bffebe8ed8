//! The request examples of specs, as documentation shows them.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod python;
mod requests;

//! Received calls: known requests are accepted, changed requests are refused, and written answers
//! are read back. The requests do not come from the runtime: the files in `wire/` were made by
//! Python, the others by a second implementation of the signatures.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod answered;
mod example;
mod fields;
mod gates;
mod hostile;
mod known;
mod paths;
mod pinned;
mod recut;
mod refused;
mod repeats;
mod rotated;
mod round_trip;
mod secrets;
mod tampered;
mod vectors;
use gatespec_tests::{
    recorder,
    shipped::{clients, signing},
};

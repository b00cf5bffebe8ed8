//! Calls that arrive: known requests are accepted, changed ones refused, and what is answered is read
//! back as it was meant. The requests were made by other code than the runtime's: the files of
//! `wire/` by Python, the others by the signatures written down a second time.
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

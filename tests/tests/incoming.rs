//! Calls that arrive: known requests are accepted, changed ones refused, and what is answered is read
//! back as it was meant. The requests were made by other code than the runtime's: the files of
//! `wire/` by Python, the others by the signatures written down a second time.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "wire/clients.rs"]
mod clients;
#[path = "wire/recorder.rs"]
mod recorder;
#[path = "end_to_end/signing.rs"]
mod signing;

#[path = "incoming/answered.rs"]
mod answered;
#[path = "incoming/example.rs"]
mod example;
#[path = "incoming/fields.rs"]
mod fields;
#[path = "incoming/gates.rs"]
mod gates;
#[path = "incoming/hostile.rs"]
mod hostile;
#[path = "incoming/known.rs"]
mod known;
#[path = "incoming/refused.rs"]
mod refused;
#[path = "incoming/round_trip.rs"]
mod round_trip;
#[path = "incoming/secrets.rs"]
mod secrets;
#[path = "incoming/tampered.rs"]
mod tampered;
#[path = "incoming/vectors.rs"]
mod vectors;

//! `gatespec call` from outside: the real binary against the mock gateway, and against servers that
//! behave worse than any platform.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod attempts;
mod bends;
mod cursors;
mod exits;
mod hostile;
mod methods;
mod parameters;
mod places;
mod ranges;
mod secrets;
mod shown;
#[cfg(target_os = "linux")]
mod terminal;
mod tool;

//! `gatespec call` from outside: the real binary against the mock gateway, and against servers that are
//! worse than any platform.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "call/attempts.rs"]
mod attempts;
#[path = "call/bends.rs"]
mod bends;
#[path = "call/cursors.rs"]
mod cursors;
#[path = "call/exits.rs"]
mod exits;
#[path = "call/hostile.rs"]
mod hostile;
#[path = "call/methods.rs"]
mod methods;
#[path = "call/parameters.rs"]
mod parameters;
#[path = "call/places.rs"]
mod places;
#[path = "call/ranges.rs"]
mod ranges;
#[path = "call/secrets.rs"]
mod secrets;
#[path = "call/shown.rs"]
mod shown;
#[path = "call/terminal.rs"]
#[cfg(target_os = "linux")]
mod terminal;
#[path = "call/tool.rs"]
mod tool;

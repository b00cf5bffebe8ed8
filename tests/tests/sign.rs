//! `gatespec sign`: every step of a signature, and every known mistake found.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "sign/carriers.rs"]
mod carriers;
#[path = "sign/causes.rs"]
mod causes;
#[path = "sign/foreign.rs"]
mod foreign;
#[path = "sign/modes.rs"]
mod modes;
#[path = "sign/plain.rs"]
mod plain;
#[path = "sign/rest.rs"]
mod rest;
#[path = "sign/tool.rs"]
mod tool;
#[path = "sign/wrapped.rs"]
mod wrapped;

//! `gatespec sign`: every step of a signature, and every known mistake found.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "sign/carriers.rs"]
mod carriers;
#[path = "sign/causes.rs"]
mod causes;
#[path = "sign/foreign.rs"]
mod foreign;
#[path = "sign/input.rs"]
mod input;
#[path = "sign/modes.rs"]
mod modes;
#[path = "sign/other_ways.rs"]
mod other_ways;
#[path = "sign/pairs.rs"]
mod pairs;
#[path = "sign/pasted.rs"]
mod pasted;
#[path = "sign/plain.rs"]
mod plain;
#[path = "sign/plain_parts.rs"]
mod plain_parts;
#[path = "sign/played.rs"]
mod played;
#[path = "sign/received.rs"]
mod received;
#[path = "sign/rest.rs"]
mod rest;
#[path = "sign/secrets.rs"]
mod secrets;
#[path = "sign/texts.rs"]
mod texts;
#[path = "sign/tool.rs"]
mod tool;
#[path = "sign/variants.rs"]
mod variants;
#[path = "sign/wrapped.rs"]
mod wrapped;

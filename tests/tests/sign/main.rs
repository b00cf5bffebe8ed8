//! `gatespec sign` shows every step of a signature, and finds every known mistake.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod bounds;
mod carriers;
mod causes;
mod conversions;
mod foreign;
mod input;
mod kept;
mod modes;
mod other_ways;
mod pairs;
mod pasted;
mod plain;
mod plain_parts;
mod played;
mod received;
mod rest;
mod secrets;
mod texts;
mod tool;
mod variants;
mod wrapped;

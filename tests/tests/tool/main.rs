//! The API tool over HTTP, without a browser.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod access;
mod checked;
mod explained;
mod http;
mod secrets;
mod sent;

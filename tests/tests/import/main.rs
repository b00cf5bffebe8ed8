//! `gatespec import`: how much it recovers of pages in several layouts, and how it handles input
//! that is not a page.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod bad;
mod measure;
mod pages;
mod update;

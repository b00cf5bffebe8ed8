//! The pages of `gatespec docs` in a browser: headless Chromium, driven over WebDriver.
//!
//! The tests need `chromium`, `chromedriver` and axe-core, which `.ci/run` installs. On a machine
//! without them they check nothing. On Linux with `CI` set they fail then.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod audit;
mod driver;
mod files;
mod served;
mod session;

mod keyboard;
mod others;
mod pages;
mod screenshots;
mod search;
mod secrets;
mod tool;

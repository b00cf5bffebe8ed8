//! Fuzz targets: whatever strangers write, gatespec reads it or says what is wrong with it.
//!
//! A target is a function of bytes that panics if a promise is broken. `fuzz/run TARGET MINUTES` runs
//! one under libFuzzer; [`vary`] is the bounded run that the tests do, and needs no engine.

mod answer;
mod formula;
mod pasted;
mod received;
mod spec;
mod variants;
mod world;

pub use variants::vary;

/// A fuzz target. Its seeds are in the folder of its name in `seeds`.
#[derive(Debug, Clone, Copy)]
pub struct Target {
    /// Its name.
    pub name: &'static str,
    /// What is done with the bytes.
    pub run: fn(&[u8]),
}

/// Every target.
pub const TARGETS: &[Target] = &[
    Target { name: "spec", run: spec::run },
    Target { name: "formula", run: formula::run },
    Target { name: "answer", run: answer::run },
    Target { name: "received", run: received::run },
    Target { name: "pasted", run: pasted::run },
];

/// The target of this name.
pub fn target(name: &str) -> Option<Target> {
    TARGETS.iter().find(|target| target.name == name).copied()
}

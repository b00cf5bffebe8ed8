//! Fuzz targets: gatespec reads any input from outside, or says what is wrong with it.
//!
//! A target is a function of bytes that panics if it finds a fault. `fuzz/run TARGET MINUTES` runs
//! one under libFuzzer; [`vary`] is the bounded run of the tests, which needs no engine.

mod answer;
mod formula;
mod page;
mod pasted;
mod received;
mod spec;
mod variants;
mod world;

pub use variants::vary;

/// A fuzz target. Its seeds are in the folder `seeds/NAME`.
#[derive(Debug, Clone, Copy)]
pub struct Target {
    /// Its name.
    pub name: &'static str,
    /// Runs the target on an input.
    pub run: fn(&[u8]),
}

/// All targets.
pub const TARGETS: &[Target] = &[
    Target { name: "spec", run: spec::run },
    Target { name: "formula", run: formula::run },
    Target { name: "answer", run: answer::run },
    Target { name: "received", run: received::run },
    Target { name: "pasted", run: pasted::run },
    Target { name: "page", run: page::run },
];

/// The target with this name.
pub fn target(name: &str) -> Option<Target> {
    TARGETS.iter().find(|target| target.name == name).copied()
}

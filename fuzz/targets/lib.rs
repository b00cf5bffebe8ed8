//! Fuzz targets, which check that gatespec either reads an input or says what is wrong with it.
//!
//! A target is a function that takes bytes and panics if it finds a fault.
//! `fuzz/run TARGET MINUTES` runs a target under libFuzzer. The tests use [`vary`], a bounded run
//! that does not need libFuzzer.

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
    /// The name of the target.
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

/// Returns the target with this name.
pub fn target(name: &str) -> Option<Target> {
    TARGETS.iter().find(|target| target.name == name).copied()
}

//! Short runs of all fuzz targets, over their seeds and deterministic variants of the seeds.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use gatespec_fuzz::{TARGETS, target, vary};

fn varied(name: &str, variants: usize) {
    let count = vary(target(name).unwrap(), variants);
    assert!(count > 10 * variants, "{name} has too few seeds: {count} inputs");
}

#[test]
fn specs() {
    varied("spec", 20);
}

#[test]
fn formulas() {
    varied("formula", 40);
}

#[test]
fn answers() {
    varied("answer", 300);
}

#[test]
fn received_requests() {
    varied("received", 100);
}

#[test]
fn pasted_requests() {
    varied("pasted", 300);
}

#[test]
fn pages() {
    varied("page", 60);
}

#[test]
fn no_target_is_missing() {
    let names: Vec<_> = TARGETS.iter().map(|target| target.name).collect();
    assert_eq!(names, ["spec", "formula", "answer", "received", "pasted", "page"]);
}

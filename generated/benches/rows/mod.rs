//! The rows of the benchmarks. Each row is a task, with its implementation in gatespec and others
//! to compare with.
#![allow(dead_code, reason = "the strict structs are only filled")]

mod answering;
mod floor;
mod idiom;
mod preparing;
mod strict;

use std::hint::black_box;
use std::sync::Arc;

use gatespec_clients::DateTime;

const SECRET: &str = "0123456789abcdef0123456789abcdef";

/// The clock of every call, in Unix seconds.
const CLOCK: i64 = 1_672_502_400;

/// A task that is done in several ways.
pub(crate) struct Row {
    pub(crate) title: &'static str,
    /// The ways to do the task. The others are compared with the first one.
    pub(crate) variants: Vec<Variant>,
}

pub(crate) struct Variant {
    pub(crate) name: &'static str,
    pub(crate) run: Box<dyn Fn()>,
}

/// Makes each row, in the order of the table.
pub(crate) const ROWS: &[fn() -> Row] = &[
    preparing::shopex,
    preparing::mogujie,
    preparing::twelve,
    preparing::large,
    preparing::gome,
    answering::call,
    answering::decoding,
    answering::decrypting,
    answering::receiving,
];

fn variant<T>(name: &'static str, run: impl Fn() -> T + 'static) -> Variant {
    Variant { name, run: Box::new(move || drop(black_box(run()))) }
}

fn clock() -> Arc<DateTime> {
    Arc::new(DateTime::from_unix_seconds(CLOCK).unwrap())
}

//! Calls of methods that are only known from a spec.

mod advice;
mod client;
mod masked;
mod step;

pub use advice::{Reader, advice};
pub use client::{Caller, Target};
pub use masked::MaskedRequest;
pub use step::step;

use gatespec_runtime::DateTime;

/// Parses Unix seconds with up to three decimals.
pub fn clock(written: &str) -> Option<DateTime> {
    let (seconds, decimals) = written.split_once('.').unwrap_or((written, ""));
    let millis = format!("{decimals:0<3}");
    let millis: Option<i64> = if millis.len() == 3 { millis.parse().ok() } else { None };
    let total = seconds.parse::<i64>().ok().zip(millis);
    let total = total.and_then(|(seconds, millis)| seconds.checked_mul(1000)?.checked_add(millis));
    total.and_then(|millis| DateTime::from_unix_millis(millis).ok())
}

//! Counts calls for the `metrics` facade.

use std::time::Duration;

use metrics::{counter, histogram};

use super::error::Error;
use super::exchange::Delivered;

/// Counts a call that has ended.
pub(super) fn call(
    platform: &'static str,
    method: &'static str,
    outcome: &Result<Delivered, Error>,
    took: Duration,
) {
    let (name, attempts) = match outcome {
        Ok(delivered) => ("Ok".to_owned(), delivered.attempts),
        Err(error) => (format!("{:?}", error.kind()), error.attempts()),
    };
    let labels = || [("platform", platform), ("method", method)];
    counter!("gatespec_attempts_total", &labels()).increment(attempts.into());
    histogram!("gatespec_call_duration_seconds", &labels()).record(took.as_secs_f64());
    counter!("gatespec_calls_total", "platform" => platform, "method" => method, "outcome" => name)
        .increment(1);
}

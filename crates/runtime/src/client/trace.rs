//! What a call logs with `tracing`: names, numbers and codes, never a body or a parameter.

use std::time::Duration;

use gatespec_protocol::text::{shortened, visible};
use tracing::field::Empty;
use tracing::{Span, debug, debug_span, info, info_span, warn};

use super::error::Error;
use super::exchange::Delivered;

/// The span of a whole call.
pub(super) fn call(platform: &str, method: &str) -> Span {
    info_span!(
        target: "gatespec",
        "call",
        platform,
        method,
        attempts = Empty,
        code = Empty,
        status = Empty,
        error = Empty,
        duration_ms = Empty,
    )
}

/// The span of one attempt.
pub(super) fn attempt(attempt: u32) -> Span {
    debug_span!(
        target: "gatespec",
        "attempt",
        attempt,
        code = Empty,
        status = Empty,
        error = Empty,
        duration_ms = Empty,
    )
}

/// Records the outcome of a call, and logs a failure.
pub(super) fn call_ended(
    span: &Span,
    (platform, method): (&'static str, &'static str),
    outcome: &Result<Delivered, Error>,
    took: Duration,
) {
    ended(span, outcome, took);
    #[cfg(feature = "metrics024")]
    super::counted::call(platform, method, outcome, took);
    if let Err(error) = outcome {
        warn!(
            target: "gatespec",
            parent: span,
            platform,
            method,
            error = ?error.kind(),
            code = error.code().map(shown),
            status = error.status(),
            attempts = error.attempts(),
            request_id = error.request_id().map(shown),
            "the call failed"
        );
    }
    let attempts = match outcome {
        Ok(delivered) => delivered.attempts,
        Err(error) => error.attempts(),
    };
    span.record("attempts", attempts);
}

/// Records the outcome of an attempt.
pub(super) fn ended(span: &Span, outcome: &Result<Delivered, Error>, took: Duration) {
    if span.is_disabled() {
        return;
    }
    let (code, status) = match outcome {
        Ok(delivered) => (delivered.code(), Some(delivered.status())),
        Err(error) => (error.code(), error.status()),
    };
    if let Some(code) = code {
        span.record("code", &*shown(code));
    }
    if let Some(status) = status {
        span.record("status", status);
    }
    if let Err(error) = outcome {
        span.record("error", tracing::field::debug(error.kind()));
    }
    span.record("duration_ms", u64::try_from(took.as_millis()).unwrap_or(u64::MAX));
}

/// Logs a failed attempt that is followed by another attempt.
pub(super) fn again(error: &Error, wait: Duration) {
    let wait_ms = u64::try_from(wait.as_millis()).unwrap_or(u64::MAX);
    let code = error.code().map(shown);
    info!(
        target: "gatespec",
        error = ?error.kind(),
        code = code.as_deref(),
        status = error.status(),
        attempt = error.attempts(),
        wait_ms,
        "trying again"
    );
}

/// Logs that the gateway refused a token.
pub(super) fn renewing(credential: &str) {
    debug!(target: "gatespec", credential, "the token was refused; asking for another");
}

/// Makes a gateway's code safe to log.
fn shown(code: &str) -> String {
    visible(&shortened(code, 100)).into_owned()
}

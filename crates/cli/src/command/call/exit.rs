//! Exit codes: which step failed.

use gatespec_runtime::ErrorKind;
use std::process::ExitCode;

/// The exit code of a failed call.
pub(super) fn code(kind: ErrorKind) -> ExitCode {
    ExitCode::from(match kind {
        ErrorKind::Config | ErrorKind::Signing | ErrorKind::Token => 2,
        ErrorKind::Validation => 3,
        ErrorKind::Gateway => 5,
        ErrorKind::Business => 6,
        ErrorKind::TooLarge
        | ErrorKind::NotJson
        | ErrorKind::Envelope
        | ErrorKind::Decode
        | ErrorKind::Decrypt => 7,
        // Everything else is a matter of the way: no address, no connection, no answer.
        _ => 4,
    })
}

//! The exit code and the heading for each step that can fail.

use gatespec_runtime::ErrorKind;

/// Returns the exit code of the command for a failed call, and the heading of the failure.
pub fn step(kind: ErrorKind) -> (u8, &'static str) {
    match kind {
        ErrorKind::Config | ErrorKind::Signing | ErrorKind::Token => (2, "not sent"),
        ErrorKind::Validation => (3, "not sent: the request breaks a rule"),
        ErrorKind::Gateway => (5, "refused by the gateway"),
        ErrorKind::Business => (6, "refused by the service"),
        ErrorKind::TooLarge
        | ErrorKind::NotJson
        | ErrorKind::Envelope
        | ErrorKind::Decode
        | ErrorKind::Decrypt => (7, "not what the spec says"),
        // All other errors concern the connection: no address, no connection, no answer.
        _ => (4, "no answer from the platform"),
    }
}

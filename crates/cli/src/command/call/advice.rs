//! Advice for a call that failed.

use gatespec_language::words;
use gatespec_runtime::{Class, Error, ErrorKind, Repeat};

/// Returns the advice, in one line.
pub(super) fn advice(error: &Error, repeat: Repeat) -> &'static str {
    use ErrorKind as Kind;
    if is_open(error) && repeat != Repeat::Safe {
        return words::advice(Class::Duplicate);
    }
    match (error.kind(), error.class()) {
        (Kind::Validation, _) => "change the request, or skip the rule with --without-rule RULE",
        _ if error.clock_offset().is_some() => {
            "set the clock of this machine, or allow the gateway's with --correct-clock SECONDS (`correct_clock` of a client)"
        }
        (Kind::Gateway | Kind::Business, Class::Authentication) if error.refresh().is_none() => {
            "check the credentials; `gatespec sign` shows what is signed, and its --against finds differences"
        }
        (Kind::Dns | Kind::Connect | Kind::Tls | Kind::ConnectTimeout, _) => {
            "check the address (--url, --environment), the network, and the proxy if one is set"
        }
        (Kind::AttemptTimeout, _) => "try again, or wait longer with --timeout SECONDS",
        (Kind::TooLarge, _) => "request less data at once: larger answers are not read",
        (Kind::Decrypt, _) => {
            "check the secret, which decrypts answers; if it is correct, correct the spec"
        }
        (Kind::Decode, _) => "if the answer is correct, correct the spec",
        (Kind::NotJson | Kind::Envelope, _) => {
            "check the address (--url, --environment); if the platform really answers like this, correct the spec"
        }
        (Kind::Http, class) if class != Class::Retry => "check the address (--url, --environment)",
        _ if error.refresh().is_some() => "the token is no longer valid: renew it",
        (_, class) => words::advice(class),
    }
}

/// Whether the error leaves open whether the platform has acted on the call.
fn is_open(error: &Error) -> bool {
    use ErrorKind as Kind;
    match error.kind() {
        Kind::AttemptTimeout
        | Kind::Deadline
        | Kind::Closed
        | Kind::NotHttp
        | Kind::Transport
        | Kind::Truncated => true,
        Kind::Http => error.status().is_some_and(|status| status >= 500),
        _ => false,
    }
}

//! Advice for a call that failed.

use gatespec_language::words;
use gatespec_runtime::{Class, Error, ErrorKind, Repeat};

/// Who reads the advice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reader {
    /// A person at the command line, who can give options.
    Command,
    /// A person in front of a form.
    Form,
}

/// Returns the advice, in one line.
pub fn advice(error: &Error, repeat: Repeat, reader: Reader) -> String {
    use ErrorKind as Kind;
    let hint = |text| if reader == Reader::Command { text } else { "" };
    let address = hint(" (--url, --environment)");
    let text = match (error.kind(), error.class()) {
        _ if is_open(error) && repeat != Repeat::Safe => words::advice(Class::Duplicate),
        (Kind::Validation, _) => {
            return format!(
                "change the request{}",
                hint(", or skip the rule with --without-rule RULE")
            );
        }
        _ if error.clock_offset().is_some() => {
            let option = ", or allow the gateway's with --correct-clock SECONDS (`correct_clock` of a client)";
            return format!("set the clock of this machine{}", hint(option));
        }
        (Kind::Gateway | Kind::Business, Class::Authentication) if error.refresh().is_none() => {
            let option =
                "; `gatespec sign` shows what is signed, and its --against finds differences";
            return format!("check the credentials{}", hint(option));
        }
        (Kind::Dns | Kind::Connect | Kind::Tls | Kind::ConnectTimeout, _) => {
            return format!("check the address{address}, the network, and the proxy if one is set");
        }
        (Kind::AttemptTimeout, _) => {
            return format!("try again{}", hint(", or wait longer with --timeout SECONDS"));
        }
        (Kind::TooLarge, _) => "request less data at once: larger answers are not read",
        (Kind::Decrypt, _) => {
            "check the secret, which decrypts answers; if it is correct, correct the spec"
        }
        (Kind::Decode, _) => "if the answer is correct, correct the spec",
        (Kind::NotJson | Kind::Envelope, _) => {
            return format!(
                "check the address{address}; if the platform really answers like this, correct the spec"
            );
        }
        (Kind::Http, class) if class != Class::Retry => {
            return format!("check the address{address}");
        }
        _ if error.refresh().is_some() => "the token is no longer valid: renew it",
        (_, class) => words::advice(class),
    };
    text.to_owned()
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

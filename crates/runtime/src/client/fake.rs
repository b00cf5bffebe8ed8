//! Errors for the tests of programs, without a gateway.

use std::time::Duration;

use gatespec_protocol::check::{Checker, Validate};
use gatespec_protocol::decode::from_text;
use gatespec_protocol::envelope::{Failure, Refusal};
use gatespec_protocol::error_code::Class;
use gatespec_protocol::open::DecryptError;
use gatespec_protocol::operation::{Operation, Platform as _};
use gatespec_protocol::shape::Origin;
use gatespec_protocol::sign::SignError;

use super::error::{Answered, Error, Trouble};
use super::kind::ErrorKind;
use super::token::TokenFailure;
use super::transport::TransportError;

/// Builds an error of any kind for a test. A refusal can have any error code.
///
/// ```
/// use std::time::Duration;
/// use gatespec_runtime::{Class, Error, ErrorKind};
/// use gatespec_runtime::client::Fake;
///
/// let lost = Error::fake(ErrorKind::AttemptTimeout);
/// assert_eq!((lost.kind(), lost.class()), (ErrorKind::AttemptTimeout, Class::Retry));
///
/// let throttled = Fake::new(ErrorKind::Gateway)
///     .code("0040311")
///     .class(Class::Quota)
///     .retry_after(Duration::from_secs(3))
///     .error();
/// assert_eq!(throttled.code(), Some("0040311"));
/// assert_eq!(throttled.retry_after(), Some(Duration::from_secs(3)));
/// ```
#[derive(Debug, Clone)]
pub struct Fake {
    kind: ErrorKind,
    method: String,
    attempts: u32,
    status: Option<u16>,
    request_id: Option<String>,
    refusal: Refusal,
}

impl Error {
    /// Makes an error of this kind for a test. Use [`Fake`] to set more than the kind.
    pub fn fake(kind: ErrorKind) -> Error {
        Fake::new(kind).error()
    }
}

impl Fake {
    /// Starts an error of this kind. A refusal (`Gateway`, `Business`) has no code and the class
    /// `Unknown` until these are set.
    pub fn new(kind: ErrorKind) -> Fake {
        let origin = match kind {
            ErrorKind::Gateway => Origin::Gateway,
            _ => Origin::Business,
        };
        let refusal = Refusal {
            origin,
            code: String::new(),
            message: String::new(),
            sub_code: None,
            sub_message: None,
            request_id: None,
            class: Class::Unknown,
            retry_after: None,
            means: None,
            refresh: None,
            doc: String::new(),
        };
        let (attempts, status) = match kind {
            ErrorKind::Config
            | ErrorKind::Validation
            | ErrorKind::Signing
            | ErrorKind::Token
            | ErrorKind::Deadline => (0, None),
            ErrorKind::Http => (1, Some(502)),
            ErrorKind::Gateway
            | ErrorKind::Business
            | ErrorKind::Envelope
            | ErrorKind::NotJson
            | ErrorKind::Decode
            | ErrorKind::Decrypt => (1, Some(200)),
            _ => (1, None),
        };
        let method = "fake".to_owned();
        Fake { kind, method, attempts, status, request_id: None, refusal }
    }

    /// Sets the method's name on the wire; `fake` by default.
    #[must_use]
    pub fn method(mut self, name: impl Into<String>) -> Fake {
        self.method = name.into();
        self
    }

    /// Sets the platform's error code.
    #[must_use]
    pub fn code(mut self, code: impl Into<String>) -> Fake {
        self.refusal.code = code.into();
        self
    }

    /// Sets the platform's message.
    #[must_use]
    pub fn message(mut self, message: impl Into<String>) -> Fake {
        self.refusal.message = message.into();
        self
    }

    /// Sets what the caller can do about a refusal; in a real error, this comes from the spec's
    /// table of error codes.
    #[must_use]
    pub fn class(mut self, class: Class) -> Fake {
        self.refusal.class = class;
        self
    }

    /// Sets how long the platform asks to wait before a retry.
    #[must_use]
    pub fn retry_after(mut self, wait: Duration) -> Fake {
        self.refusal.retry_after = Some(wait);
        self
    }

    /// Sets the credential to renew; in a real error, this comes from the spec's table of error
    /// codes.
    #[must_use]
    pub fn refresh(mut self, credential: impl Into<String>) -> Fake {
        self.refusal.refresh = Some(credential.into());
        self
    }

    /// Sets the HTTP status of the answer. Has no effect on kinds of errors that have no answer.
    #[must_use]
    pub fn status(mut self, status: u16) -> Fake {
        self.status = self.status.map(|_| status);
        self
    }

    /// Sets the platform's id of the request.
    #[must_use]
    pub fn request_id(mut self, id: impl Into<String>) -> Fake {
        self.request_id = Some(id.into());
        self
    }

    /// Sets the number of attempts.
    #[must_use]
    pub fn attempts(mut self, attempts: u32) -> Fake {
        self.attempts = attempts;
        self
    }

    /// Builds the error.
    pub fn error(self) -> Error {
        let Fake { kind, method, attempts, status, request_id, refusal } = self;
        let trouble = trouble(kind, refusal);
        let error = Error::new("fake", &method, trouble).after(attempts);
        let Some(status) = status else { return error };
        error.answered(Answered {
            status,
            request_id,
            retry_after: None,
            location: None,
            ahead: None,
            excerpt: String::new(),
        })
    }
}

/// The error of a method that a test double does not implement.
#[doc(hidden)]
pub fn left_out<O: Operation>() -> Error {
    let reason = "this test double does not implement the method".to_owned();
    Error::new(O::Platform::ID, O::METHOD.name, Trouble::Config(reason))
}

/// Returns a failure whose error is of this kind.
fn trouble(kind: ErrorKind, refusal: Refusal) -> Trouble {
    let lost = |make: fn(&'static str) -> TransportError| Trouble::Transport(make(FAKE));
    match kind {
        ErrorKind::Config => Trouble::Config(FAKE.to_owned()),
        ErrorKind::Validation => Trouble::Validation(Broken.violations()),
        ErrorKind::Signing => {
            Trouble::Signing(SignError::MissingCredential { name: FAKE.to_owned() })
        }
        ErrorKind::Token => Trouble::Token(TokenFailure::fake()),
        ErrorKind::Deadline => Trouble::Deadline(None),
        ErrorKind::Dns => lost(TransportError::dns),
        ErrorKind::Connect => lost(TransportError::connect),
        ErrorKind::Tls => lost(TransportError::tls),
        ErrorKind::ConnectTimeout => lost(TransportError::connect_timeout),
        ErrorKind::AttemptTimeout => lost(TransportError::timeout),
        ErrorKind::Closed => lost(TransportError::closed),
        ErrorKind::NotHttp => lost(TransportError::not_http),
        ErrorKind::Transport => lost(TransportError::new),
        ErrorKind::Truncated => lost(TransportError::truncated),
        ErrorKind::TooLarge => Trouble::Transport(TransportError::too_large(0)),
        ErrorKind::Http | ErrorKind::NotJson => {
            Trouble::Answer(Failure::NotJson { reason: FAKE.to_owned(), excerpt: String::new() })
        }
        ErrorKind::Envelope => Trouble::Answer(Failure::Envelope(FAKE.to_owned())),
        ErrorKind::Gateway | ErrorKind::Business => {
            Trouble::Answer(Failure::Refused(Box::new(refusal)))
        }
        ErrorKind::Decode => match from_text("", &mut |value| value.skip()) {
            Err(error) => Trouble::Answer(Failure::Decode(error)),
            Ok(_) => Trouble::Answer(Failure::Envelope(FAKE.to_owned())),
        },
        ErrorKind::Decrypt => Trouble::Answer(Failure::Decrypt {
            path: String::new(),
            error: DecryptError::Other(FAKE.to_owned()),
        }),
    }
}

const FAKE: &str = "made for a test";

/// A request that violates a rule.
struct Broken;

impl Validate for Broken {
    fn check(&self, cx: &mut Checker<'_>) {
        cx.report("required", "fake", FAKE.to_owned());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KINDS: [ErrorKind; 22] = [
        ErrorKind::Config,
        ErrorKind::Validation,
        ErrorKind::Signing,
        ErrorKind::Token,
        ErrorKind::Dns,
        ErrorKind::Connect,
        ErrorKind::Tls,
        ErrorKind::ConnectTimeout,
        ErrorKind::AttemptTimeout,
        ErrorKind::Deadline,
        ErrorKind::Closed,
        ErrorKind::NotHttp,
        ErrorKind::Transport,
        ErrorKind::Truncated,
        ErrorKind::TooLarge,
        ErrorKind::Http,
        ErrorKind::NotJson,
        ErrorKind::Envelope,
        ErrorKind::Gateway,
        ErrorKind::Business,
        ErrorKind::Decode,
        ErrorKind::Decrypt,
    ];

    #[test]
    fn a_fake_is_of_its_kind_whatever_else_is_set() {
        for kind in KINDS {
            let error = Fake::new(kind).method("orders.get").status(418).attempts(3).error();
            let status = match kind {
                // With a status other than 2xx, the kind is `Http`.
                ErrorKind::NotJson => continue,
                _ => error.status().is_none_or(|status| status == 418),
            };
            assert_eq!((error.kind(), error.method(), status), (kind, "orders.get", true));
            assert_eq!(Error::fake(kind).kind(), kind);
            assert!(!error.to_string().is_empty());
        }
        assert_eq!(Error::fake(ErrorKind::NotJson).kind(), ErrorKind::NotJson);
        assert_eq!(Error::fake(ErrorKind::Validation).violations().len(), 1);
    }
}

//! The error of a call.

use std::fmt;
use std::time::Duration;

use gatespec_protocol::check::Violation;
use gatespec_protocol::envelope::{Failure, Refusal};
use gatespec_protocol::error_code::Class;
use gatespec_protocol::meaning::Meaning;
use gatespec_protocol::request::Prepared;
use gatespec_protocol::shape::Origin;
use gatespec_protocol::sign::SignError;
use gatespec_protocol::text::{shortened, visible};

use super::kind::ErrorKind;
use super::token::TokenFailure;
use super::transport::TransportError;

/// The error of a call. Its messages contain no secret and no sensitive field.
pub struct Error(Box<Inner>);

struct Inner {
    platform: &'static str,
    method: String,
    trouble: Trouble,
    attempts: u32,
    answered: Option<Answered>,
    prepared: Option<Prepared<'static>>,
}

/// The parts of the answer that an error keeps.
pub(super) struct Answered {
    pub(super) status: u16,
    pub(super) request_id: Option<String>,
    pub(super) retry_after: Option<Duration>,
    /// The target of a redirect.
    pub(super) location: Option<String>,
    /// Seconds by which the gateway's clock is ahead of ours, according to the answer's `Date`
    /// header.
    pub(super) ahead: Option<i64>,
    pub(super) excerpt: String,
}

/// What went wrong.
pub(super) enum Trouble {
    Config(String),
    Validation(Vec<Violation>),
    Signing(SignError),
    Token(TokenFailure),
    Deadline(Option<TransportError>),
    Transport(TransportError),
    Answer(Failure),
}

impl Error {
    pub(super) fn new(platform: &'static str, method: &str, trouble: Trouble) -> Error {
        let method = method.to_owned();
        Error(Box::new(Inner {
            platform,
            method,
            trouble,
            attempts: 0,
            answered: None,
            prepared: None,
        }))
    }

    pub(crate) fn config(platform: &'static str, reason: String) -> Error {
        Error::new(platform, "", Trouble::Config(reason))
    }

    /// Sets the number of attempts, including the failed one.
    pub(super) fn after(mut self, attempts: u32) -> Error {
        self.0.attempts = attempts;
        self
    }

    /// Turns the timeout of an attempt into a missed deadline of the call.
    pub(super) fn past_deadline(mut self) -> Error {
        self.0.trouble = match self.0.trouble {
            Trouble::Transport(error) => Trouble::Deadline(Some(error)),
            other => other,
        };
        self
    }

    pub(super) fn signed(mut self, prepared: Prepared<'static>) -> Error {
        self.0.prepared = Some(prepared);
        self
    }

    pub(super) fn answered(mut self, answered: Answered) -> Error {
        self.0.answered = Some(answered);
        self
    }

    /// Which step failed.
    pub fn kind(&self) -> ErrorKind {
        match &self.0.trouble {
            Trouble::Config(_) => ErrorKind::Config,
            Trouble::Validation(_) => ErrorKind::Validation,
            Trouble::Signing(_) => ErrorKind::Signing,
            Trouble::Token(_) => ErrorKind::Token,
            Trouble::Deadline(_) => ErrorKind::Deadline,
            Trouble::Transport(error) => error.kind(),
            Trouble::Answer(failure) => match failure {
                Failure::Refused(refusal) if refusal.origin == Origin::Gateway => {
                    ErrorKind::Gateway
                }
                Failure::Refused(_) => ErrorKind::Business,
                Failure::Decode(_) => ErrorKind::Decode,
                Failure::Decrypt { .. } => ErrorKind::Decrypt,
                Failure::Envelope(_) => ErrorKind::Envelope,
                Failure::NotJson { .. } => match self.status() {
                    Some(200..300) => ErrorKind::NotJson,
                    _ => ErrorKind::Http,
                },
            },
        }
    }

    /// The platform's error code.
    pub fn code(&self) -> Option<&str> {
        self.refusal().map(|refusal| refusal.code.as_str()).filter(|code| !code.is_empty())
    }

    /// The platform's more specific error code.
    pub fn sub_code(&self) -> Option<&str> {
        self.refusal()?.sub_code.as_deref()
    }

    /// The platform's message, the more specific one if there are two.
    pub fn message(&self) -> Option<&str> {
        let refusal = self.refusal()?;
        let message = refusal.sub_message.as_deref().unwrap_or(&refusal.message);
        Some(message).filter(|message| !message.is_empty())
    }

    /// The method's name on the wire; empty if the client could not be built.
    pub fn method(&self) -> &str {
        &self.0.method
    }

    /// The number of attempts to send the request; 0 if the call failed before the first one.
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// The HTTP status of the answer, if there was one.
    pub fn status(&self) -> Option<u16> {
        self.0.answered.as_ref().map(|answered| answered.status)
    }

    /// The platform's request id, from the answer or its `X-Request-Id` header.
    pub fn request_id(&self) -> Option<&str> {
        let own = self.refusal().and_then(|refusal| refusal.request_id.as_deref());
        own.or_else(|| self.0.answered.as_ref()?.request_id.as_deref())
    }

    /// What the caller can do about the error, according to the spec's table of error codes, or
    /// else to the step that failed.
    ///
    /// `Retry` means that the fault may be temporary, not that a retry is safe: if the answer was
    /// lost, the platform may already have acted on the request. The method's
    /// [`Repeat`](crate::Repeat) says whether a retry is safe.
    pub fn class(&self) -> Class {
        match (&self.0.trouble, self.status()) {
            (Trouble::Answer(Failure::Refused(refusal)), _) => refusal.class,
            (Trouble::Config(_) | Trouble::Validation(_) | Trouble::Signing(_), _) => Class::Caller,
            (Trouble::Token(failure), _) => {
                // If a call that the provider made to the platform failed, returns the class of
                // that call's error.
                let cause = std::error::Error::source(failure);
                let call = cause.and_then(|cause| cause.downcast_ref::<Error>());
                call.map_or(Class::Authentication, Error::class)
            }
            (Trouble::Transport(error), _) if error.kind() == ErrorKind::TooLarge => Class::Unknown,
            (Trouble::Transport(_) | Trouble::Deadline(_), _) => Class::Retry,
            (Trouble::Answer(_), Some(429)) => Class::Quota,
            (Trouble::Answer(_), Some(500..)) => Class::Retry,
            (Trouble::Answer(_), _) => Class::Unknown,
        }
    }

    /// How long to wait before a retry, according to the table of error codes or the `Retry-After`
    /// header, whichever is longer.
    pub fn retry_after(&self) -> Option<Duration> {
        let own = self.refusal().and_then(|refusal| refusal.retry_after);
        own.max(self.0.answered.as_ref().and_then(|answered| answered.retry_after))
    }

    /// The seconds by which the gateway's clock is ahead of the client's (negative if it is
    /// behind), according to the answer's `Date` header. `None` unless the call was refused because
    /// of the clock.
    pub fn clock_offset(&self) -> Option<i64> {
        let is_stale = self.refusal()?.means == Some(Meaning::StaleClock);
        self.0.answered.as_ref()?.ahead.filter(|ahead| is_stale && *ahead != 0)
    }

    /// The target of a redirect, which clients do not follow.
    pub fn location(&self) -> Option<&str> {
        self.0.answered.as_ref()?.location.as_deref()
    }

    /// The credential to renew, according to the spec's table of error codes.
    pub fn refresh(&self) -> Option<&str> {
        self.refusal()?.refresh.as_deref()
    }

    /// The violated rules; empty unless the kind is `Validation`.
    pub fn violations(&self) -> &[Violation] {
        match &self.0.trouble {
            Trouble::Validation(violations) => violations,
            _ => &[],
        }
    }

    /// The path of the field that could not be decoded, or of the data that could not be decrypted.
    pub fn field_path(&self) -> Option<&str> {
        match &self.0.trouble {
            Trouble::Answer(Failure::Decode(error)) => Some(error.path()),
            Trouble::Answer(Failure::Decrypt { path, .. }) => Some(path),
            _ => None,
        }
    }

    /// The text that was signed, with `<secret>` in place of everything sensitive; `None` if
    /// nothing was signed.
    pub fn signed_text(&self) -> Option<String> {
        self.0.prepared.as_ref().map(|prepared| prepared.explain().canonical)
    }

    /// The beginning of the answer. For JSON, it shows only names and structure, because the values
    /// may be personal data. Secrets that the answer repeats are replaced by `<secret>`.
    pub fn body_excerpt(&self) -> Option<&str> {
        self.0.answered.as_ref().map(|answered| &*answered.excerpt)
    }

    fn refusal(&self) -> Option<&Refusal> {
        match &self.0.trouble {
            Trouble::Answer(Failure::Refused(refusal)) => Some(refusal),
            _ => None,
        }
    }
}

/// The longest excerpt of an answer's text in an error, in characters.
const ANSWER: usize = 500;

impl Error {
    /// Writes what the answer says. The HTTP status comes first if it matters more than the body.
    fn write_answer(&self, failure: &Failure, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let status = self.status().unwrap_or(200);
        let text = failure.to_string();
        let text = visible(&shortened(&text, ANSWER)).into_owned();
        match (failure, self.location()) {
            (Failure::Refused(_), _) => f.write_str(match self.clock_offset() {
                Some(_) => text.trim_end_matches('.'),
                None => &text,
            })?,
            (_, Some(location)) => {
                return write!(
                    f,
                    "redirected to {location} (HTTP {status}), which is not followed"
                );
            }
            (Failure::NotJson { .. }, _) if !(200..300).contains(&status) => {
                let known = http::StatusCode::from_u16(status).ok();
                let reason = known.and_then(|status| status.canonical_reason());
                return write!(
                    f,
                    "HTTP {status} ({}), and {text}",
                    reason.unwrap_or("unknown status")
                );
            }
            _ => f.write_str(&text)?,
        }
        if status != 200 {
            write!(f, " (HTTP {status})")?;
        }
        if let Some(ahead) = self.clock_offset() {
            let how = if ahead > 0 { "slow" } else { "fast" };
            let off = ahead.unsigned_abs();
            write!(f, "; the clock is off by {off} s (Date of the answer): it is {how}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.platform)?;
        if !self.0.method.is_empty() {
            write!(f, " {}", self.0.method)?;
        }
        f.write_str(": ")?;
        match &self.0.trouble {
            Trouble::Config(reason) => f.write_str(reason),
            Trouble::Validation(violations) => write_violations(f, violations),
            Trouble::Signing(error) => write!(f, "the request cannot be signed: {error}"),
            Trouble::Token(failure) => failure.fmt(f),
            Trouble::Deadline(_) => f.write_str("no answer within the time for the whole call"),
            Trouble::Transport(error) => error.fmt(f),
            Trouble::Answer(failure) => self.write_answer(failure, f),
        }?;
        match self.0.attempts {
            0 | 1 => Ok(()),
            attempts => write!(f, " (attempt {attempts})"),
        }
    }
}

fn write_violations(f: &mut fmt::Formatter<'_>, violations: &[Violation]) -> fmt::Result {
    f.write_str("the request was not sent, because ")?;
    for (index, violation) in violations.iter().enumerate() {
        let separator = if index > 0 { "; " } else { "" };
        write!(f, "{separator}{violation}")?;
    }
    Ok(())
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error")
            .field("kind", &self.kind())
            .field("message", &self.to_string())
            .field("attempts", &self.0.attempts)
            .finish_non_exhaustive()
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.0.trouble {
            Trouble::Signing(error) => Some(error),
            Trouble::Token(failure) => failure.source(),
            Trouble::Deadline(error) => {
                error.as_ref().and_then(|error| std::error::Error::source(error))
            }
            // `Display` shows the error's text, but not the texts of its causes.
            Trouble::Transport(error) => std::error::Error::source(error),
            Trouble::Answer(failure) => std::error::Error::source(failure),
            Trouble::Config(_) | Trouble::Validation(_) => None,
        }
    }
}

//! The errors of received requests.

use std::fmt;

use crate::check::Violation;
use crate::decode::DecodeError;
use crate::meaning::Meaning;
use crate::sign::SignError;

/// Why a request is not accepted. The error contains names but no values, with two exceptions: the
/// name of an unknown method, and what a [`DecodeError`] shows, which is never sensitive.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum IncomingError {
    /// The query and the body together are larger than the limit.
    TooLarge {
        /// The allowed size in bytes.
        limit: usize,
    },
    /// There are too many parameters.
    TooMany {
        /// The allowed number of parameters.
        limit: usize,
    },
    /// A part of the request is not encoded correctly.
    Encoding {
        /// The part: `the query`, `the form`.
        place: String,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// The body's content type is wrong.
    ContentType {
        /// The type that the gateway expects.
        expected: &'static str,
        /// The value of the header.
        found: String,
    },
    /// The body is compressed.
    Compressed {
        /// The value of the header `Content-Encoding`.
        encoding: String,
    },
    /// A part of the request is not JSON, or not an object.
    NotJson {
        /// The part: `the body`, `parameter x`.
        place: String,
        /// What is wrong with it.
        reason: String,
    },
    /// A parameter was sent more than once.
    Repeated {
        /// The name of the parameter on the wire.
        name: String,
    },
    /// Required parameters are missing.
    Missing {
        /// The names of the parameters on the wire.
        names: Vec<String>,
    },
    /// The method is unknown.
    UnknownMethod {
        /// The requested name; empty if the method is determined by the path.
        name: String,
    },
    /// A parameter that must have a fixed value has another one.
    NotConstant {
        /// The name of the parameter on the wire.
        name: String,
        /// The expected value, or the known names of signature methods.
        expected: String,
    },
    /// The application is not ours.
    UnknownApp {
        /// The parameter that identifies the application.
        name: String,
    },
    /// The token, or another credential of a shop, is not ours.
    BadToken {
        /// The parameter that contains the token or credential.
        name: String,
    },
    /// The timestamp is malformed.
    BadClock {
        /// The parameter that contains the timestamp.
        name: String,
        /// The expected format.
        format: String,
    },
    /// The timestamp differs too much from our clock.
    StaleClock {
        /// The parameter that contains the timestamp.
        name: String,
        /// The difference in seconds: positive if the timestamp is late, negative if it is ahead.
        late: i64,
        /// The allowed difference in seconds.
        window: u32,
    },
    /// The signature does not match.
    BadSignature,
    /// A parameter with a formula, such as a digest of the body, does not match.
    BadFormula {
        /// The name of the parameter on the wire.
        name: String,
    },
    /// The signed text can also be split into the parameters of another valid request, because
    /// the formula has no separators or encoding.
    Cut {
        /// The listed parameters that differ, as they were received.
        received: Vec<String>,
        /// The listed parameters that the other request has instead. Both lists are empty if the
        /// text can be split in too many ways to search them all.
        other: Vec<String>,
    },
    /// The spec does not list a parameter.
    Unlisted {
        /// The name of the parameter, shortened.
        name: String,
    },
    /// The verb is not the method's.
    WrongVerb {
        /// The method's verb.
        expected: &'static str,
        /// The verb that was sent.
        found: String,
    },
    /// The signature could not be computed, usually because the receiver lacks a credential.
    CannotVerify(SignError),
    /// The request calls a different method from the one to decode.
    OtherMethod {
        /// The method that was called.
        called: String,
        /// The method to decode.
        wanted: String,
    },
    /// A field does not have its type.
    Decode(DecodeError),
    /// Fields violate rules.
    Violations(Vec<Violation>),
    /// The same request was received a moment ago.
    Duplicate,
}

impl IncomingError {
    /// The reason, in the vocabulary that all platforms share.
    pub fn meaning(&self) -> Meaning {
        match self {
            IncomingError::TooLarge { .. } | IncomingError::TooMany { .. } => Meaning::TooLarge,
            IncomingError::Encoding { .. }
            | IncomingError::ContentType { .. }
            | IncomingError::Compressed { .. }
            | IncomingError::NotJson { .. }
            | IncomingError::Repeated { .. }
            | IncomingError::NotConstant { .. }
            | IncomingError::Unlisted { .. }
            | IncomingError::WrongVerb { .. }
            | IncomingError::Decode(_) => Meaning::BadParameter,
            IncomingError::Missing { .. } => Meaning::MissingParameter,
            IncomingError::UnknownMethod { .. } | IncomingError::OtherMethod { .. } => {
                Meaning::UnknownMethod
            }
            IncomingError::UnknownApp { .. } => Meaning::UnknownApp,
            IncomingError::BadToken { .. } => Meaning::BadToken,
            IncomingError::BadClock { .. } => Meaning::BadClock,
            IncomingError::StaleClock { .. } => Meaning::StaleClock,
            IncomingError::BadSignature
            | IncomingError::BadFormula { .. }
            | IncomingError::Cut { .. } => Meaning::BadSignature,
            IncomingError::CannotVerify(error) => match error {
                SignError::NotJson { .. } => Meaning::BadParameter,
                SignError::MissingParameter { .. } => Meaning::MissingParameter,
                _ => Meaning::Unavailable,
            },
            IncomingError::Violations(violations) => {
                let missing = |one: &Violation| matches!(one.kind(), "required" | "at_least_one");
                match violations.iter().all(missing) {
                    true => Meaning::MissingParameter,
                    false => Meaning::BadParameter,
                }
            }
            IncomingError::Duplicate => Meaning::Duplicate,
        }
    }

    /// The parameter that the error is about, if there is one.
    pub fn parameter(&self) -> Option<&str> {
        match self {
            IncomingError::Repeated { name }
            | IncomingError::NotConstant { name, .. }
            | IncomingError::UnknownApp { name }
            | IncomingError::BadToken { name }
            | IncomingError::BadClock { name, .. }
            | IncomingError::StaleClock { name, .. }
            | IncomingError::Unlisted { name }
            | IncomingError::BadFormula { name } => Some(name),
            IncomingError::Missing { names } => names.first().map(String::as_str),
            IncomingError::CannotVerify(
                SignError::MissingParameter { name } | SignError::NotJson { name },
            ) => Some(name),
            IncomingError::Violations(violations) => violations.first().map(Violation::name),
            _ => None,
        }
    }
}

impl fmt::Display for IncomingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            IncomingError::TooLarge { limit } => {
                write!(f, "the request is larger than {limit} bytes")
            }
            IncomingError::TooMany { limit } => {
                write!(f, "the request has more than {limit} parameters")
            }
            IncomingError::Encoding { place, reason } => write!(f, "{place} {reason}"),
            IncomingError::ContentType { expected, found } => {
                write!(f, "the body must be {expected}, but its content type is {found:?}")
            }
            IncomingError::Compressed { encoding } => {
                write!(f, "the body is compressed ({encoding}), which is not supported")
            }
            IncomingError::NotJson { place, reason } => {
                write!(f, "{place} must hold a JSON object: {reason}")
            }
            IncomingError::Repeated { name } => {
                write!(f, "parameter `{name}` is given more than once")
            }
            IncomingError::Missing { names } => missing(names, f),
            IncomingError::UnknownMethod { name } if name.is_empty() => {
                f.write_str("there is no method at this path")
            }
            IncomingError::UnknownMethod { name } => write!(f, "there is no method {name:?}"),
            IncomingError::NotConstant { name, expected } => {
                write!(f, "parameter `{name}` must be {expected}")
            }
            IncomingError::UnknownApp { name } => {
                write!(f, "`{name}` names an unknown application")
            }
            IncomingError::BadToken { name } => write!(f, "invalid value of `{name}`"),
            IncomingError::BadClock { name, format } => {
                write!(f, "parameter `{name}` is not a time in the format {format}")
            }
            IncomingError::StaleClock { name, late, window } => {
                let (seconds, way) =
                    (late.unsigned_abs(), if *late < 0 { "ahead" } else { "late" });
                write!(
                    f,
                    "the clock in `{name}` is {seconds} seconds {way}, but only {window} are allowed"
                )
            }
            IncomingError::BadSignature => f.write_str("the signature does not match"),
            IncomingError::BadFormula { name } => {
                write!(f, "parameter `{name}` does not match its computed value")
            }
            IncomingError::Cut { received, other } => cut(received, other, f),
            IncomingError::Unlisted { name } => {
                write!(f, "parameter {name:?} is not in the documents")
            }
            IncomingError::WrongVerb { expected, found } => {
                write!(f, "the method is called with {expected}, not {found:?}")
            }
            IncomingError::CannotVerify(error) => {
                write!(f, "the signature cannot be computed: {error}")
            }
            IncomingError::OtherMethod { called, wanted } => {
                write!(f, "this is a call of `{called}`, not of `{wanted}`")
            }
            IncomingError::Decode(error) => write!(f, "the request is not of its type: {error}"),
            IncomingError::Violations(violations) => {
                let texts: Vec<String> = violations.iter().map(Violation::to_string).collect();
                f.write_str(&texts.join("; "))
            }
            IncomingError::Duplicate => f.write_str("the same request was received a moment ago"),
        }
    }
}

fn cut(received: &[String], other: &[String], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let listed = |names: &[String]| match names {
        [] => "no listed parameter".to_owned(),
        names => names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", "),
    };
    match other {
        [] if received.is_empty() => f.write_str("the signed text can be read in too many ways"),
        other => write!(
            f,
            "the signed text can be read in two ways: as {}, which was received, and as {}",
            listed(received),
            listed(other)
        ),
    }
}

fn missing(names: &[String], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    let (noun, verb) = if names.len() == 1 { ("parameter", "is") } else { ("parameters", "are") };
    write!(f, "{noun} {} {verb} missing", quoted.join(", "))
}

impl std::error::Error for IncomingError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            IncomingError::CannotVerify(error) => Some(error),
            IncomingError::Decode(error) => Some(error),
            _ => None,
        }
    }
}

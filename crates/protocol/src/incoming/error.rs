//! Why a request is not accepted.

use std::fmt;

use crate::check::Violation;
use crate::decode::DecodeError;
use crate::meaning::Meaning;
use crate::sign::SignError;

/// Why a request is not accepted. It shows names; of values, the name of an unknown method, and what a
/// [`DecodeError`] shows, which is never what is sensitive.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum IncomingError {
    /// Query and body are larger than this.
    TooLarge {
        /// Bytes allowed.
        limit: usize,
    },
    /// There are more parameters than this.
    TooMany {
        /// Parameters allowed.
        limit: usize,
    },
    /// Something is not encoded as it must be.
    Encoding {
        /// Where: `the query`, `the form`.
        place: String,
        /// What is wrong.
        reason: &'static str,
    },
    /// The body is of another type than the gateway takes.
    ContentType {
        /// What the gateway takes.
        expected: &'static str,
        /// What the header says.
        found: String,
    },
    /// The body is compressed.
    Compressed {
        /// What the header `Content-Encoding` says.
        encoding: String,
    },
    /// What must be JSON is not, or not an object.
    NotJson {
        /// Where: `the body`, `parameter x`.
        place: String,
        /// What is wrong.
        reason: String,
    },
    /// A parameter that can come once came more than once.
    Repeated {
        /// Its name.
        name: String,
    },
    /// Parameters are missing.
    Missing {
        /// Their names.
        names: Vec<String>,
    },
    /// There is no such method, or none at this path.
    UnknownMethod {
        /// The name asked for; empty if the path should have told it.
        name: String,
    },
    /// A parameter does not have the one value that it can have.
    NotConstant {
        /// Its name.
        name: String,
        /// That value; for a signature method, those that there are.
        expected: String,
    },
    /// The application is not ours.
    UnknownApp {
        /// The parameter that says which it is.
        name: String,
    },
    /// The token, or whatever identifies the shop, is not ours.
    BadToken {
        /// The parameter that holds it.
        name: String,
    },
    /// The clock cannot be read.
    BadClock {
        /// The parameter that holds it.
        name: String,
        /// How it should be written.
        format: String,
    },
    /// The clock is too far from ours.
    StaleClock {
        /// The parameter that holds it.
        name: String,
        /// By how many seconds it is late; early if negative.
        late: i64,
        /// How many seconds are allowed.
        window: u32,
    },
    /// The signature does not match.
    BadSignature,
    /// A parameter that is computed from others, such as a digest of the body, does not match.
    BadFormula {
        /// Its name.
        name: String,
    },
    /// The signed text also reads as another valid request: one that a formula without separators or
    /// encoding signs alike.
    Cut {
        /// Listed parameters as they came.
        received: Vec<String>,
        /// Listed parameters that the text would hold as well in their place; empty if there are too
        /// many readings to search.
        other: Vec<String>,
    },
    /// A parameter is none of the documents.
    Unlisted {
        /// Its name, cut.
        name: String,
    },
    /// The request was made with another verb than the method's.
    WrongVerb {
        /// The method's.
        expected: &'static str,
        /// The one received.
        found: String,
    },
    /// The signature could not be computed. As a rule the receiver lacks a credential.
    CannotVerify(SignError),
    /// The request is of another method than it is to be decoded as.
    OtherMethod {
        /// The method that was called.
        called: String,
        /// The method whose request was asked for.
        wanted: String,
    },
    /// A field is not of its type.
    Decode(DecodeError),
    /// Fields break rules.
    Violations(Vec<Violation>),
    /// The same request came a moment ago.
    Duplicate,
}

impl IncomingError {
    /// Why, in the vocabulary that the tables of error codes share.
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

    /// The parameter that it is about, if it is about one.
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
                write!(f, "the body must be {expected}, and its content type is {found:?}")
            }
            IncomingError::Compressed { encoding } => {
                write!(f, "the body is compressed ({encoding}), which is not read")
            }
            IncomingError::NotJson { place, reason } => {
                write!(f, "{place} must hold a JSON object: {reason}")
            }
            IncomingError::Repeated { name } => {
                write!(f, "parameter `{name}` came more than once")
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
                write!(f, "the application that `{name}` names is not known")
            }
            IncomingError::BadToken { name } => write!(f, "what `{name}` holds is not valid"),
            IncomingError::BadClock { name, format } => {
                write!(f, "parameter `{name}` is not a time as {format}")
            }
            IncomingError::StaleClock { name, late, window } => {
                let (seconds, way) =
                    (late.unsigned_abs(), if *late < 0 { "ahead" } else { "late" });
                write!(
                    f,
                    "the clock in `{name}` is {seconds} seconds {way}, and {window} are allowed"
                )
            }
            IncomingError::BadSignature => f.write_str("the signature does not match"),
            IncomingError::BadFormula { name } => {
                write!(f, "parameter `{name}` does not match what it is computed from")
            }
            IncomingError::Cut { received, other } => cut(received, other, f),
            IncomingError::Unlisted { name } => {
                write!(f, "parameter {name:?} is not one of the documents")
            }
            IncomingError::WrongVerb { expected, found } => {
                write!(f, "the method is called by {expected}, and this is {found:?}")
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
            IncomingError::Duplicate => f.write_str("the same request came a moment ago"),
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
            "the signed text can be read in two ways: as {}, which came, and as {}",
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

//! Why a request cannot be signed.

use std::fmt;

use crate::template::Unfilled;

/// Why a request cannot be signed. Nothing was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum SignError {
    /// A credential is not set.
    MissingCredential {
        /// The name of the credential in the spec.
        name: String,
    },
    /// A text, which is usually a secret, is shorter than the formula needs.
    TooShort {
        /// The needed length in bytes.
        needed: usize,
        /// The actual length in bytes.
        found: usize,
    },
    /// A public parameter that the caller must supply has no value.
    MissingArgument {
        /// The name of the parameter on the wire.
        name: String,
    },
    /// A parameter that the formula uses is not sent.
    MissingParameter {
        /// The name of the parameter on the wire.
        name: String,
    },
    /// The method lacks a label that the formula uses.
    MissingLabel {
        /// The label's name.
        name: String,
    },
    /// The gateway has no signature method with this name.
    UnknownSignature {
        /// The requested name; empty for the default.
        name: String,
        /// The names that the gateway has.
        known: Vec<String>,
    },
    /// A placeholder of a path or label has no value.
    Unfilled(Unfilled),
    /// A segment of the path would be `.` or `..`. Clients and servers resolve such segments, so
    /// the request would reach another path, with a valid signature.
    DotSegment {
        /// The field that fills the segment, or `method`.
        name: String,
    },
    /// A parameter that the formula folds is not JSON.
    NotJson {
        /// The name of the parameter on the wire.
        name: String,
    },
    /// The formula is malformed.
    Malformed {
        /// The reason.
        reason: String,
    },
}

impl SignError {
    pub(crate) fn malformed(reason: &str) -> SignError {
        SignError::Malformed { reason: reason.to_owned() }
    }
}

impl From<Unfilled> for SignError {
    fn from(hole: Unfilled) -> SignError {
        SignError::Unfilled(hole)
    }
}

impl fmt::Display for SignError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SignError::MissingCredential { name } => {
                write!(f, "credential `{name}` is not set; give it to the client")
            }
            SignError::TooShort { needed, found } => write!(
                f,
                "the formula needs the first {needed} bytes of a text of {found} bytes; \
                 is the secret complete?"
            ),
            SignError::MissingArgument { name } => {
                write!(f, "parameter `{name}` has no value; give one with `.argument({name:?}, …)`")
            }
            SignError::MissingParameter { name } => {
                write!(f, "parameter `{name}` is part of the signature, but is not sent")
            }
            SignError::MissingLabel { name } => {
                write!(f, "label `{name}` is not stated for this method")
            }
            SignError::UnknownSignature { name, known } if known.is_empty() => {
                write!(f, "this gateway does not sign; there is no method `{name}`")
            }
            SignError::UnknownSignature { name, known } if known.iter().all(String::is_empty) => {
                write!(f, "there is no signature method `{name}`; the only method has no name")
            }
            SignError::UnknownSignature { name, known } => {
                write!(
                    f,
                    "there is no signature method `{name}`; the signature methods are {}",
                    known.join(", ")
                )
            }
            SignError::Unfilled(hole) => hole.fmt(f),
            SignError::DotSegment { name } => write!(
                f,
                "`{name}` makes a segment of the path `.` or `..`, which would change the path"
            ),
            SignError::NotJson { name } => {
                write!(f, "parameter `{name}` must be JSON, because the signature folds it")
            }
            SignError::Malformed { reason } => write!(f, "the formula is wrong: {reason}"),
        }
    }
}

impl std::error::Error for SignError {}

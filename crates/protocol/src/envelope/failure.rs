//! The errors of reading an answer.

use std::fmt;
use std::time::Duration;

use crate::decode::DecodeError;
use crate::error_code::Class;
use crate::meaning::Meaning;
use crate::open::DecryptError;
use crate::shape::Origin;
use crate::template::Unfilled;
use crate::text::{shortened, visible};

/// The maximum length of a code in an error, in characters.
const CODE: usize = 100;
/// The maximum length of a message in an error, in characters.
const MESSAGE: usize = 300;

/// Why an answer is not a success.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// The platform refused the call.
    Refused(Box<Refusal>),
    /// The answer is JSON, but neither a success nor a known failure.
    Envelope(String),
    /// The answer is not JSON; usually it is a page of a proxy.
    NotJson {
        /// The reason.
        reason: String,
        /// The beginning of the answer, from [`excerpt`](super::excerpt).
        excerpt: String,
    },
    /// The answer is a success, but its data does not match the spec.
    Decode(DecodeError),
    /// The data cannot be decrypted.
    Decrypt {
        /// The path of the data in the answer.
        path: String,
        /// The reason.
        error: DecryptError,
    },
}

/// A platform's refusal of a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// Who refused the call.
    pub origin: Origin,
    /// The code; empty if there is none.
    pub code: String,
    /// The message; empty if there is none.
    pub message: String,
    /// A second, more specific code.
    pub sub_code: Option<String>,
    /// A second, more specific message.
    pub sub_message: Option<String>,
    /// The platform's request id.
    pub request_id: Option<String>,
    /// What the caller can do, according to the table of error codes.
    pub class: Class,
    /// How long to wait before a retry, according to the table of error codes.
    pub retry_after: Option<Duration>,
    /// The meaning of the code, according to the table of error codes.
    pub means: Option<Meaning>,
    /// The credential to renew, according to the table of error codes.
    pub refresh: Option<String>,
    /// The description of the code in the table of error codes; empty if the code is not in the
    /// table.
    pub doc: String,
}

impl From<Unfilled> for Failure {
    fn from(hole: Unfilled) -> Failure {
        Failure::Envelope(format!("cannot fill a path of the envelope: {hole}"))
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::Refused(refusal) => refusal.fmt(f),
            Failure::Envelope(reason) => f.write_str(reason),
            Failure::NotJson { reason, .. } => write!(f, "the answer is not JSON: {reason}"),
            Failure::Decode(error) => write!(f, "the data is not what the spec says: {error}"),
            Failure::Decrypt { path, error } => {
                write!(f, "cannot open the data at `{path}`: {error}")
            }
        }
    }
}

impl std::error::Error for Failure {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Failure::Decode(error) => Some(error),
            Failure::Decrypt { error, .. } => Some(error),
            _ => None,
        }
    }
}

/// Shortens a gateway's text and escapes its control characters.
fn shown(text: &str, characters: usize) -> String {
    visible(&shortened(text, characters)).into_owned()
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let who = match self.origin {
            Origin::Gateway => "the gateway refused the call",
            Origin::Business => "the call failed",
        };
        f.write_str(who)?;
        if !self.code.is_empty() {
            write!(f, " with code {}", shown(&self.code, CODE))?;
        }
        if let Some(sub_code) = &self.sub_code {
            write!(f, " ({})", shown(sub_code, CODE))?;
        }
        let said = self.sub_message.as_deref().unwrap_or(&self.message);
        // If the platform's message contains the spec's description, the description is left out.
        let is_said = said.to_lowercase().contains(&*self.doc.trim_end_matches('.').to_lowercase());
        for text in [&*shown(said, MESSAGE), if is_said { "" } else { &self.doc }] {
            if !text.is_empty() {
                write!(f, ": {text}")?;
            }
        }
        Ok(())
    }
}

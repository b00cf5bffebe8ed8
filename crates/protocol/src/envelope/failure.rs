//! What an answer is if it is no success.

use std::fmt;
use std::time::Duration;

use crate::decode::DecodeError;
use crate::error_code::Class;
use crate::meaning::Meaning;
use crate::open::DecryptError;
use crate::shape::Origin;
use crate::template::Unfilled;
use crate::text::{shortened, visible};

/// Characters of a code that an error shows.
const CODE: usize = 100;
/// Characters of a message that an error shows.
const MESSAGE: usize = 300;

/// What an answer is if it is no success.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// The platform refuses, and says why.
    Refused(Box<Refusal>),
    /// The answer is JSON, but neither a success nor a failure that the spec knows.
    Envelope(String),
    /// The answer is not JSON: a page of a proxy, as a rule.
    NotJson {
        /// Why not.
        reason: String,
        /// How it begins, as [`excerpt`](super::excerpt) shows it.
        excerpt: String,
    },
    /// It is a success, but its data is not what the spec says.
    Decode(DecodeError),
    /// Its data cannot be opened.
    Decrypt {
        /// Where the data is.
        path: String,
        /// Why.
        error: DecryptError,
    },
}

/// What the platform says when it refuses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// Who refuses.
    pub origin: Origin,
    /// The code; empty if there is none.
    pub code: String,
    /// The message; empty if there is none.
    pub message: String,
    /// The finer code.
    pub sub_code: Option<String>,
    /// The finer message.
    pub sub_message: Option<String>,
    /// The platform's id of the request.
    pub request_id: Option<String>,
    /// What to do, by the table of codes.
    pub class: Class,
    /// When a repeated call may succeed, by the table of codes.
    pub retry_after: Option<Duration>,
    /// What the code says, by the table of codes.
    pub means: Option<Meaning>,
    /// The credential to renew, by the table of codes.
    pub refresh: Option<String>,
    /// What the code means, by the table of codes; empty if it is not listed.
    pub doc: String,
}

impl From<Unfilled> for Failure {
    fn from(hole: Unfilled) -> Failure {
        Failure::Envelope(format!("a path of the envelope cannot be filled: {hole}"))
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
                write!(f, "the data at `{path}` cannot be opened: {error}")
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

/// What a gateway wrote, cut and with its control characters escaped.
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
        // A platform that says the same as the spec need not be quoted twice.
        let is_said = said.to_lowercase().contains(&*self.doc.trim_end_matches('.').to_lowercase());
        for text in [&*shown(said, MESSAGE), if is_said { "" } else { &self.doc }] {
            if !text.is_empty() {
                write!(f, ": {text}")?;
            }
        }
        Ok(())
    }
}

//! The parameters that a person gave, and the errors in them.

use crate::tree::Tree;
use gatespec_protocol::SignError;
use std::fmt;

/// A business parameter as a person gave it.
#[derive(Clone, PartialEq, Eq)]
pub struct Argument {
    /// The name on the wire.
    pub name: String,
    /// The text of the value.
    pub text: String,
    /// The notation of the value.
    pub written: Written,
}

impl Argument {
    /// Returns the value as a person would type it: a JSON string without its quotes, any other
    /// value unchanged.
    pub fn plain(&self) -> String {
        match (self.written, Tree::parse(&self.text)) {
            (Written::Json, Ok(Tree::Text(text))) => text,
            _ => self.text.clone(),
        }
    }
}

/// Shows the name only: the value can be sensitive.
impl fmt::Debug for Argument {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Argument").field("name", &self.name).finish_non_exhaustive()
    }
}

/// The notation of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// As a person types it: scalars without quotes, records and lists as JSON.
    Plain,
    /// As JSON: texts in quotes.
    Json,
}

/// An error that keeps a request from being built.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    /// The message. It names the wrong parameter, if there is one.
    pub message: String,
    /// How to fix the error.
    pub help: Option<String>,
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.help {
            Some(help) => write!(f, "{}; {help}", self.message),
            None => f.write_str(&self.message),
        }
    }
}

impl std::error::Error for Wrong {}

/// Rewords an error of the signing engine for a person who types a request.
impl From<SignError> for Wrong {
    fn from(error: SignError) -> Wrong {
        match error {
            SignError::MissingCredential { name } => {
                Wrong { message: format!("credential `{name}` is missing"), help: None }
            }
            SignError::MissingArgument { name } => Wrong {
                message: format!("parameter `{name}` is missing"),
                help: Some(format!("add `{name}=…`")),
            },
            other => Wrong { message: other.to_string(), help: None },
        }
    }
}

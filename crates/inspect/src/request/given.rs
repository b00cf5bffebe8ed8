//! What a person gave for a request, and what is wrong with it.

use crate::tree::Tree;
use gatespec_protocol::SignError;
use std::fmt;

/// A business parameter as it was given.
#[derive(Clone, PartialEq, Eq)]
pub struct Argument {
    /// Its wire name.
    pub name: String,
    /// Its value.
    pub text: String,
    /// How the value is written.
    pub written: Written,
}

impl Argument {
    /// The value as a person types it; of JSON that is no text, the JSON.
    pub fn plain(&self) -> String {
        match (self.written, Tree::parse(&self.text)) {
            (Written::Json, Ok(Tree::Text(text))) => text,
            _ => self.text.clone(),
        }
    }
}

/// Its name only: the value can be sensitive.
impl fmt::Debug for Argument {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Argument").field("name", &self.name).finish_non_exhaustive()
    }
}

/// How a value is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// As a person types it: scalars as they are, records and lists as JSON.
    Plain,
    /// As JSON, texts in quotes.
    Json,
}

/// Why there is no request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    /// What is wrong, with the parameter's name.
    pub message: String,
    /// What to do.
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

/// What the engine cannot sign, in the words of someone who types a request.
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

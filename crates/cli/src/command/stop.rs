//! The reasons why a command ends early.

use super::{guard, terminal};
use gatespec_inspect::request::Wrong;
use gatespec_language::suggest::closest;
use std::process::ExitCode;

/// The reason why a command ends early.
pub(super) enum Stop {
    /// Errors in the specs, which have been reported.
    Specs,
    /// Errors in the command line.
    Usage(Vec<String>),
    /// Errors that keep the command from producing its result.
    Failed(Vec<String>),
}

impl Stop {
    pub(super) fn usage(message: impl Into<String>) -> Self {
        Stop::Usage(vec![message.into()])
    }

    /// Returns the error for an unknown name. The message suggests the closest known name, or lists
    /// all known names.
    pub(super) fn unknown<'k>(
        kind: &str,
        name: &str,
        known: impl IntoIterator<Item = &'k str>,
    ) -> Self {
        let known: Vec<_> = known.into_iter().collect();
        let help = match closest(name, known.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("the known names are {}", known.join(", ")),
        };
        Stop::usage(format!("there is no {kind} `{name}`; {help}"))
    }

    /// Prints the reason and returns the exit code.
    pub(super) fn say(self) -> ExitCode {
        let (messages, code) = match self {
            Stop::Specs => (Vec::new(), ExitCode::FAILURE),
            Stop::Failed(messages) => (messages, ExitCode::FAILURE),
            Stop::Usage(messages) => (messages, ExitCode::from(2)),
        };
        for message in messages {
            terminal::err(&format!("error: {}", guard::said(&message)));
        }
        code
    }
}

impl From<Vec<Wrong>> for Stop {
    fn from(all: Vec<Wrong>) -> Stop {
        Stop::Usage(all.iter().map(ToString::to_string).collect())
    }
}

impl From<Wrong> for Stop {
    fn from(wrong: Wrong) -> Stop {
        Stop::usage(wrong.to_string())
    }
}

/// A signing error is reported as an error of the command line.
impl From<gatespec_runtime::SignError> for Stop {
    fn from(error: gatespec_runtime::SignError) -> Stop {
        Stop::usage(error.to_string())
    }
}

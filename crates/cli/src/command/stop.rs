//! Why there is nothing to print.

use super::{guard, terminal};
use gatespec_inspect::request::Wrong;
use gatespec_language::suggest::closest;
use std::process::ExitCode;

/// Why there is nothing to print.
pub(super) enum Stop {
    /// The specs are wrong, and that has been said.
    Specs,
    /// The command line asks for what cannot be done.
    Usage(Vec<String>),
    /// What was asked for cannot be made.
    Failed(Vec<String>),
}

impl Stop {
    pub(super) fn usage(message: impl Into<String>) -> Self {
        Stop::Usage(vec![message.into()])
    }

    /// There is no such thing of this kind: the nearest one, or all that there are.
    pub(super) fn unknown<'k>(
        kind: &str,
        name: &str,
        known: impl IntoIterator<Item = &'k str>,
    ) -> Self {
        let known: Vec<_> = known.into_iter().collect();
        let help = match closest(name, known.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("there are {}", known.join(", ")),
        };
        Stop::usage(format!("there is no {kind} `{name}`; {help}"))
    }

    /// Says why, and gives the exit code.
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

/// What a vector would say of itself.
impl From<gatespec_runtime::SignError> for Stop {
    fn from(error: gatespec_runtime::SignError) -> Stop {
        Stop::usage(error.to_string())
    }
}

//! What the command line, the environment and files give for a request.

mod ask;
mod credentials;
mod texts;

pub(super) use ask::{Wanted, ask, case, platform};
pub(super) use credentials::{credentials, doubts};
pub(super) use texts::{file, is_input, text};

use clap::Args;
use std::path::PathBuf;

/// Who calls, and when.
#[derive(Debug, Args)]
pub(super) struct Caller {
    /// The credential that identifies the application
    #[arg(long, value_name = "KEY")]
    pub(super) app_key: Option<String>,
    /// The credential of one shop; better in the environment as `GATESPEC_TOKEN`
    #[arg(long, value_name = "TOKEN")]
    pub(super) token: Option<String>,
    /// Another credential as NAME=VALUE; a sensitive one as NAME=@FILE
    #[arg(long = "credential", value_name = "NAME=VALUE")]
    pub(super) credentials: Vec<String>,
    /// The file that holds the secret; a line break at its end is not part of it
    #[arg(long, value_name = "FILE")]
    pub(super) secret_file: Option<PathBuf>,
    /// The time of the request in Unix seconds, with up to three decimals; now, unless given
    #[arg(long, value_name = "UNIX_SECONDS")]
    pub(super) clock: Option<String>,
    /// The nonce; a random one, unless given
    #[arg(long, value_name = "TEXT")]
    pub(super) nonce: Option<String>,
    /// Which of several signature methods
    #[arg(long, value_name = "NAME")]
    pub(super) case: Option<String>,
}

/// Where credentials come from, for the help of a command.
pub(super) const SECRET_HELP: &str = "\
The secret is taken from --secret-file, else from the environment as GATESPEC_SECRET, else asked for on the
terminal without showing it. It is never an argument, because arguments stand in the shell's history and in
the list of processes. It belongs to the credential that the chosen formula signs with. Any credential can
be given as GATESPEC_<NAME> in capitals; GATESPEC_APP_KEY and GATESPEC_TOKEN stand for --app-key and --token.
--app-key is the application's credential that is not sensitive (the first one that travels), --token the one
that differs from shop to shop.

Values are typed by the spec: numbers, times and amounts as the platform writes them, booleans as true or
false, records and lists as JSON (or a delimited list with its delimiters). A parameter of the gateway's own
can be given another text in the same way.";

//! The inputs of a request: command line, environment and files.

mod ask;
mod credentials;
mod texts;

pub(super) use ask::{Wanted, ask, case};
pub(super) use credentials::{credentials, doubts, of_platform, options};
pub(super) use texts::{file, is_input, text};

use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// How a result is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people
    Text,
    /// For programs
    Json,
}

/// The arguments that describe a request and its caller.
#[derive(Debug, Args)]
pub(super) struct Caller {
    /// Parameters as NAME=VALUE; NAME=@FILE reads the value from a file, NAME=@@… is a text that
    /// begins with `@`
    #[arg(value_name = "NAME=VALUE")]
    pub(super) values: Vec<String>,
    #[command(flatten)]
    pub(super) keys: Keys,
    /// The time of the request in Unix seconds, with up to three decimals; by default, now
    #[arg(long, value_name = "UNIX_SECONDS")]
    pub(super) clock: Option<String>,
    /// The nonce; by default, a random one
    #[arg(long, value_name = "TEXT")]
    pub(super) nonce: Option<String>,
    /// The signature method, if the gateway has several
    #[arg(long, value_name = "NAME")]
    pub(super) case: Option<String>,
    /// A folder that contains one folder per platform, in addition to the platforms that ship with
    /// the command; by default `specs`, if it exists
    #[arg(long, value_name = "DIR")]
    pub(super) specs: Option<PathBuf>,
}

/// The arguments that give credentials. They are read from the environment too.
#[derive(Debug, Clone, Args)]
pub(super) struct Keys {
    /// The credential that identifies the application
    #[arg(long, value_name = "KEY")]
    pub(super) app_key: Option<String>,
    /// The credential of one shop; preferably given in the environment as `GATESPEC_TOKEN`
    #[arg(long, value_name = "TOKEN")]
    pub(super) token: Option<String>,
    /// Another credential as NAME=VALUE; a sensitive one as NAME=@FILE
    #[arg(long = "credential", value_name = "NAME=VALUE")]
    pub(super) credentials: Vec<String>,
    /// The file that holds the secret; a line break at its end is not part of it
    #[arg(long, value_name = "FILE")]
    pub(super) secret_file: Option<PathBuf>,
}

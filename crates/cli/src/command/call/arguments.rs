//! The command line of `gatespec call`.

use crate::command::given::{Caller, SECRET_HELP};
use clap::{Args, ValueEnum};
use std::path::PathBuf;
use std::time::Duration;

/// How the answer is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Every field by its type, for people
    Text,
    /// One line of JSON an answer
    Json,
}

/// What may be asked for.
#[derive(Debug, Args)]
#[command(after_long_help = format!("{SECRET_HELP}\n\n{HELP}"))]
pub(crate) struct Call {
    /// The platform, such as the name of its folder
    pub(super) platform: String,
    /// The method's name on the wire
    pub(super) method: String,
    /// Parameters as NAME=VALUE; NAME=@FILE takes the value from a file, NAME=@@… is a text that
    /// begins with `@`
    #[arg(value_name = "NAME=VALUE")]
    pub(super) values: Vec<String>,
    /// Further parameters as one JSON object; - for the standard input
    #[arg(long, value_name = "FILE")]
    pub(super) json: Option<PathBuf>,
    #[command(flatten)]
    pub(super) caller: Caller,
    /// Which of the spec's addresses; its first one, unless given
    #[arg(long, value_name = "NAME")]
    pub(super) environment: Option<String>,
    /// Where to send to, in place of an address of the spec
    #[arg(long, value_name = "URL", conflicts_with = "environment")]
    pub(super) url: Option<String>,
    /// Print the signed request with its secrets masked, and send nothing
    #[arg(long)]
    pub(super) dry_run: bool,
    /// Leave out a rule by its id (`span:start_time,end_time`) or its kind (`span`); can be repeated
    #[arg(long, value_name = "RULE")]
    pub(super) without_rule: Vec<String>,
    /// Where to remember which parts of a split range are done, and where to go on from
    #[arg(long, value_name = "FILE")]
    pub(super) cursor: Option<PathBuf>,
    /// How often to try, where trying again does no harm
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..))]
    pub(super) attempts: u32,
    /// How long one attempt may take
    #[arg(long, value_name = "SECONDS", default_value = "30", value_parser = seconds)]
    pub(super) timeout: Duration,
    /// The folder with one folder a platform
    #[arg(long, value_name = "DIR", default_value = "specs")]
    pub(super) specs: PathBuf,
    /// How to print; text on a terminal and JSON elsewhere, unless given
    #[arg(long, value_enum)]
    pub(super) format: Option<Format>,
}

fn seconds(text: &str) -> Result<Duration, String> {
    let seconds = text.parse().ok().filter(|seconds: &f64| *seconds > 0.0);
    let limit = seconds.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
    limit.ok_or_else(|| "write a number of seconds above 0".to_owned())
}

const HELP: &str = "\
What stands in --json is JSON: texts in quotes, records as objects; what is given as NAME=VALUE goes before it.
The request is checked by every rule of the spec before it is sent.

A range of time that is longer than its rule allows is split into windows that obey it, sent one after another;
the first that fails ends it. With --cursor a second run goes on where the first one ended; while it runs, no
other run takes the same file. A cursor knows the method and the range, not the shop nor the other parameters:
keep a file for each.

The answer is printed whole, sensitive fields included, since it is what was asked for. Errors and --dry-run show
no secret and no sensitive field; `gatespec sign --curl` prints a request that can be sent as it is.

As JSON each answer is one line: `data` with every value of the type that the spec gives it, times and amounts as
the platform writes them, and `bends` where the answer was not what the spec says. A failure is a line with
`error`, and is told on the standard error as well.

Exit codes: 0 answered; 1 a spec is wrong, or the answer cannot be written; 2 the command line asks for what cannot
be done; 3 the request breaks a rule and was not sent; 4 no answer of the platform came: no connection, no answer in
time, an error of a proxy; 5 the gateway refused the call; 6 the service behind it did; 7 an answer came that is not
what the spec says.

Examples:
  gatespec call PLATFORM order.get id=15000000 --app-key testkey
  gatespec call PLATFORM order.add --json order.json --app-key testkey --token T --dry-run
  gatespec mock & gatespec call PLATFORM order.get id=1 --url http://127.0.0.1:8780/PLATFORM";

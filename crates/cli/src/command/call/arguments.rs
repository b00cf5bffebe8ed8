//! The command line of `gatespec call`.

use crate::command::given::{Caller, Format};
use clap::Args;
use std::path::PathBuf;
use std::time::Duration;

/// The arguments of `gatespec call`.
#[derive(Debug, Args)]
#[command(after_long_help = concat!(include_str!("../given/help.txt"), "\n", include_str!("help.txt")))]
pub(crate) struct Call {
    /// The platform, such as the name of its folder
    pub(super) platform: String,
    /// The method's name on the wire; without it, the methods are listed
    pub(super) method: Option<String>,
    /// Further parameters as one JSON object; - reads the standard input
    #[arg(long, value_name = "FILE")]
    pub(super) json: Option<PathBuf>,
    #[command(flatten)]
    pub(super) caller: Caller,
    /// One of the spec's addresses; by default, the first
    #[arg(long, value_name = "NAME")]
    pub(super) environment: Option<String>,
    /// The URL to send to, instead of an address of the spec
    #[arg(long, value_name = "URL", conflicts_with = "environment")]
    pub(super) url: Option<String>,
    /// Print the signed request with its secrets masked, and send nothing
    #[arg(long)]
    pub(super) dry_run: bool,
    /// Skip a rule, by its id (`span:start_time,end_time`) or its kind (`span`); can be repeated
    #[arg(long, value_name = "RULE")]
    pub(super) without_rule: Vec<String>,
    /// The file that records which windows of a split range are done, so that another run can
    /// continue
    #[arg(long, value_name = "FILE")]
    pub(super) cursor: Option<PathBuf>,
    /// Use the cursor's file although it was written for a different request, such as before a
    /// token was renewed
    #[arg(long, requires = "cursor")]
    pub(super) same_request: bool,
    /// The maximum number of attempts, if a repeat is safe
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..))]
    pub(super) attempts: u32,
    /// How long one attempt may take
    #[arg(long, value_name = "SECONDS", default_value = "30", value_parser = seconds)]
    pub(super) timeout: Duration,
    /// If the gateway refuses the call because of this machine's clock, sign with the gateway's
    /// time, provided that the two differ by at most this much
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    pub(super) correct_clock: Option<Duration>,
    /// The output format; by default, text on a terminal and JSON elsewhere
    #[arg(long, value_enum)]
    pub(super) format: Option<Format>,
}

fn seconds(text: &str) -> Result<Duration, String> {
    let seconds = text.parse().ok().filter(|seconds: &f64| *seconds > 0.0);
    let limit = seconds.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
    limit.ok_or_else(|| "write a number of seconds greater than 0".to_owned())
}

//! The command line of `gatespec sign`.

use crate::command::given::{Caller, Format};
use clap::Args;

/// The arguments of `gatespec sign`.
#[derive(Debug, Args)]
#[command(after_long_help = concat!(include_str!("../given/help.txt"), "\n", include_str!("help.txt")))]
pub(crate) struct Sign {
    /// The platform, such as the name of its folder; optional with --from if the address identifies
    /// it
    pub(super) platform: Option<String>,
    /// The method's name on the wire; optional with --from
    pub(super) method: Option<String>,
    #[command(flatten)]
    pub(super) caller: Caller,
    /// Treat values as texts, without the types of the spec; required for a method without a spec
    #[arg(long)]
    pub(super) raw: bool,
    /// Read the request from a `curl` command, a URL, an HTTP message or a form; from @FILE, or
    /// from -, the standard input
    #[arg(long, value_name = "REQUEST", conflicts_with_all = ["raw", "clock", "nonce"])]
    pub(super) from: Option<String>,
    /// Find out why this signature differs
    #[arg(long, value_name = "SIGN", allow_hyphen_values = true)]
    pub(super) against: Option<String>,
    /// Find out why the other side signed this text; @FILE reads it from a file
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub(super) against_string: Option<String>,
    /// Print the request as a `curl` command that is ready to run, with the credentials that are
    /// sent
    #[arg(long, conflicts_with = "vector")]
    pub(super) curl: bool,
    /// The address for --curl; by default, the spec's first address
    #[arg(long, value_name = "URL", requires = "curl")]
    pub(super) url: Option<String>,
    /// Print the request as a vector for the spec, signed with invented credentials
    #[arg(long)]
    pub(super) vector: bool,
    /// The output format; `json` prints one object with `sign`, `canonical`, `params`, `steps` and,
    /// with --against, `diagnosis`
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(super) format: Format,
}

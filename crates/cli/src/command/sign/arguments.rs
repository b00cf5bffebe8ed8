//! The command line of `gatespec sign`.

use crate::command::given::{Caller, Format};
use clap::Args;

/// The arguments of `gatespec sign`.
#[derive(Debug, Args)]
#[command(after_long_help = concat!(include_str!("../given/help.txt"), "\n", include_str!("help.txt")))]
pub(crate) struct Sign {
    /// The platform, such as the name of its folder; not needed with --from if the address tells it
    pub(super) platform: Option<String>,
    /// The method's name on the wire; not needed with --from
    pub(super) method: Option<String>,
    #[command(flatten)]
    pub(super) caller: Caller,
    /// Take values as texts, without the types of the spec; needed for a method that has none
    #[arg(long)]
    pub(super) raw: bool,
    /// Read the request from a `curl` command, a URL, an HTTP message or a form; from @FILE, or from -,
    /// the standard input
    #[arg(long, value_name = "REQUEST", conflicts_with_all = ["raw", "clock", "nonce"])]
    pub(super) from: Option<String>,
    /// Find out why this signature is another one
    #[arg(long, value_name = "SIGN", allow_hyphen_values = true)]
    pub(super) against: Option<String>,
    /// Find out why the other side signed this text; @FILE takes it from a file
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub(super) against_string: Option<String>,
    /// Print the request as a `curl` command that is ready to be sent, credentials that travel
    /// included
    #[arg(long, conflicts_with = "vector")]
    pub(super) curl: bool,
    /// Where --curl sends to, if not to the spec's first address
    #[arg(long, value_name = "URL", requires = "curl")]
    pub(super) url: Option<String>,
    /// Print the request as a vector for the spec, signed with invented credentials
    #[arg(long)]
    pub(super) vector: bool,
    /// How to print; as JSON one object: `sign`, `canonical`, `params`, `steps`, and `diagnosis` with
    /// --against
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(super) format: Format,
}

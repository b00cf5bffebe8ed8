//! The command line of `gatespec sign`.

use crate::command::given::{Caller, SECRET_HELP};
use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// How the result is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Every step, for people
    Text,
    /// One object: `sign`, `canonical`, `params`, `steps`, and `diagnosis` with --against
    Json,
}

/// What may be asked for.
#[derive(Debug, Args)]
#[command(after_long_help = format!("{SECRET_HELP}\n\n{HELP}"))]
pub(crate) struct Sign {
    /// The platform, such as the name of its folder; not needed with --from if the address tells it
    pub(super) platform: Option<String>,
    /// The method's name on the wire; not needed with --from
    pub(super) method: Option<String>,
    /// Parameters as NAME=VALUE; NAME=@FILE takes the value from a file, NAME=@@… is a text that
    /// begins with `@`
    #[arg(value_name = "NAME=VALUE")]
    pub(super) values: Vec<String>,
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
    /// The folder with one folder a platform
    #[arg(long, value_name = "DIR", default_value = "specs")]
    pub(super) specs: PathBuf,
    /// How to print
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(super) format: Format,
}

const HELP: &str = "\
--against and --against-string try the mistakes that signers make, one by one and in pairs: encoding, empty
values, order, digest, secret, JSON, charset, clock, separators, path, and parameters missing or extra. Both
can be given together. A secret in the other side's text is masked, whether it is the real one or `<secret>`.

--from reads what tools and logs write: a curl command of a browser, of Postman, of a shell or of the Windows
command prompt; a URL; an HTTP message with its headers, as proxies and `http --print=HB` show it; and, with
the platform in front, the parameters alone, as `name=value&…`, as JSON or as PHP's print_r. The signature in
the request is what it is compared with. Files that -d @FILE names are read, variables of a shell are not. A
request with a live token in it is better given as @FILE, or as - through the standard input.

What is printed never holds a secret; sensitive parameters are masked except in --curl, which would not work
without them. A vector has invented credentials in place of yours: look over its values before you paste it.

Exit codes: 0 the request was signed, and its signature is the one compared with, if there is one; 1 the two
differ, explained or not, or a spec is wrong; 2 the command line asks for what cannot be done.

Examples:
  gatespec sign PLATFORM order.get id=15000000 --app-key testkey --clock 1672502400
  gatespec sign PLATFORM order.add order=@order.json --app-key testkey --against 34619030B487EC1B49B9EF564A877925
  gatespec sign --from \"curl 'https://…' -d 'app_key=…&sign=…'\"";

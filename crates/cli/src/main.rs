//! The `gatespec` command: arguments in, one library call, exit code out.

mod command;

use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    command::Arguments::parse().run()
}

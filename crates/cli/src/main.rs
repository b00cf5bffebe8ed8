//! The `gatespec` command: parses arguments, calls a library, returns an exit code.

mod command;

use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    command::Arguments::parse().run()
}

//! Prints how many facts of a page `gatespec import` recovers, and lists the ones that it does not:
//!
//! ```sh
//! cargo run -q -p gatespec-tests --example recovery -- PAGE SPECS PLATFORM [METHOD]
//! ```
//!
//! `SPECS` is a folder with a spec of `PLATFORM` that a person wrote from the page. `METHOD` is the
//! wire name of the method, for a page that does not state it. The documentation of
//! `gatespec_tests::recovery` defines which facts count.
#![allow(clippy::print_stdout, reason = "a program for the terminal")]

use gatespec_tests::recovery::measure;
use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let (page, specs, platform, method) = match arguments[..] {
        [page, specs, platform] => (page, specs, platform, None),
        [page, specs, platform, method] => (page, specs, platform, Some(method)),
        _ => {
            println!("usage: recovery PAGE SPECS PLATFORM [METHOD]");
            return ExitCode::from(2);
        }
    };
    match measure(Path::new(page), Path::new(specs), platform, method) {
        Ok(found) => {
            println!("{}\n{}", found.table(), found.losses.join("\n"));
            ExitCode::SUCCESS
        }
        Err(why) => {
            println!("{why}");
            ExitCode::FAILURE
        }
    }
}

//! The examples of the client crate run, and show what they are there to show.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::process::Command;

use gatespec_tests::harness::workspace;

/// What an example prints.
fn printed(example: &str) -> String {
    let run = Command::new(env!("CARGO"))
        .args(["run", "-q", "--locked", "-p", "gatespec-clients", "--example", example])
        .current_dir(workspace(""))
        .output()
        .unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    String::from_utf8(run.stdout).unwrap()
}

#[test]
fn a_refused_token_is_renewed_and_the_call_made_again() {
    let expected = "\
        asked for a token, because the gateway refused the last one\n\
        renewed until Some(2100-01-01T00:00:00Z)\n\
        call 1: 1 items\n\
        call 2: 1 items\n";
    assert_eq!(printed("token"), expected);
}

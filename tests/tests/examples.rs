//! The examples of the client crate run and print what they demonstrate.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use gatespec_tests::harness::cargo;

/// The output of an example.
fn printed(example: &str) -> String {
    let run = cargo()
        .args(["run", "-q", "--locked", "-p", "gatespec-clients", "--example", example])
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

#[test]
fn a_call_is_tried_again_where_that_does_no_harm() {
    let expected = "\
        the gateway answers matrix.authstatus with HTTP 502\n\
        the gateway answers matrix.authstatus with HTTP 403\n\
        the gateway answers matrix.authstatus with HTTP 200\n\
        answered at attempt 3\n\
        the gateway answers matrix.unbind with HTTP 502\n\
        Http at attempt 1: shopex matrix.unbind: HTTP 502 (Bad Gateway), and the answer is not JSON: \
        expected value at line 1 column 1\n";
    assert_eq!(printed("retry"), expected);
}

//! The example for axum runs, on loopback, and ends by itself.

use gatespec_tests::harness::cargo;

#[test]
fn a_shops_endpoint_takes_signed_calls_and_refuses_forged_ones() {
    let run = cargo()
        .args(["run", "-q", "--locked", "-p", "gatespec-clients", "--example", "incoming"])
        .output()
        .unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let printed = String::from_utf8(run.stdout).unwrap();
    let expected = [
        "gome pushed order Some(\"10000000001\") of Some(Private(…))",
        "answered: {\"taken\":true}",
        "",
        "gome gome.pusher.order.synchronize: the call is refused: the signature does not match",
        "answered: gome gome.pusher.order.synchronize: the call failed with code 8225: ",
        "",
        "shopex released node 15000000",
        "shopex matrix.unbind: the call is refused: the application that `app_key` names is not known",
        "answered: shopex matrix.unbind: the gateway refused the call with code 0040302: ",
    ];
    let lines: Vec<&str> = printed.lines().collect();
    assert_eq!(lines.len(), expected.len(), "{printed}");
    for (line, expected) in lines.iter().zip(expected) {
        assert!(line.starts_with(expected), "{line:?} does not begin with {expected:?}");
    }
}

//! A client that is independent of gatespec: `tests/wire/call_mock.py`.

use std::process::Command;

use gatespec_tests::harness::workspace;

use crate::{last, refusal, shipped};

/// The output of the script, which is JSON.
fn call(platform: &str, url: &str, wrong: &[&str]) -> serde_json::Value {
    let script = workspace("tests/wire/call_mock.py");
    let output =
        Command::new("python3").arg(script).args([platform, url]).args(wrong).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn a_script_of_twenty_lines_is_accepted_and_its_wrong_signature_is_not() {
    if Command::new("python3").arg("--version").output().is_err() {
        eprintln!("there is no python3 on this machine: not checked");
        return;
    }
    let script = std::fs::read_to_string(workspace("tests/wire/call_mock.py")).unwrap();
    assert!(script.lines().count() <= 24, "it is to stay a script of some twenty lines");
    let mock = shipped();
    for (platform, at, right, code) in [
        ("shopex", "/status", "succ", "0040301"),
        ("mogujie", "/status/code", "0000000", "1010001"),
        ("gome", "/gome_pusher_order_synchronize_response/result/success", "true", "8225"),
    ] {
        let url = mock.url(platform).unwrap();
        let answer = call(platform, &url, &[]);
        let entry = last(&mock);
        assert!(entry.is_accepted(), "{entry}");
        let found = answer.pointer(at).unwrap_or_else(|| panic!("{answer}"));
        assert_eq!(found.as_str().map_or_else(|| found.to_string(), str::to_owned), right);
        let answer = call(platform, &url, &["wrong"]);
        assert_eq!(refusal(&last(&mock)), ("bad_signature", code), "{answer}");
        assert!(answer.to_string().contains(code), "{answer}");
    }
}

//! The example of a back-fill does what it promises: it fails once, resumes from its cursor, and
//! does not request any answered window again.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use gatespec_tests::harness::cargo;

#[test]
fn ninety_days_are_back_filled_in_spite_of_a_failure() {
    let run = cargo()
        .args(["run", "-q", "--locked", "-p", "gatespec-clients", "--example", "back_fill"])
        .output()
        .unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let printed = String::from_utf8(run.stdout).unwrap();
    let lines: Vec<&str> = printed.lines().collect();
    let [first, stopped, second, done, asked] = lines[..] else { panic!("{printed}") };
    assert_eq!(first, "0 of 13 windows are done");
    assert_eq!(
        stopped,
        "stopped at window 7 of 13, 2023-02-12T00:00:00+08:00 to 2023-02-19T00:00:00+08:00: \
         shopex matrix.fill.multiple: the call failed with code 9999: the queue is full"
    );
    // The back-fill waits for the six windows before the failed one. Later windows may have
    // finished too.
    let left: u64 = second.strip_suffix(" of 13 windows are done").unwrap().parse().unwrap();
    assert!((6..=12).contains(&left), "{second}");
    assert_eq!(done, "all 13 windows are done");
    // One request per window, and one retry of the window that failed.
    assert_eq!(asked, "the stand-in was asked 14 times");
}

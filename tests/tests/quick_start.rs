//! The quick start shows the whole product on one screen, and runs in any folder.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use gatespec_language::diagnostic::Sink;
use gatespec_language::{analyse, source};
use gatespec_tests::harness::{cargo, snapshot, workspace};

/// The output of the quick start, without the port number.
fn printed() -> String {
    let elsewhere = tempfile::tempdir().unwrap();
    let run = cargo()
        .args(["run", "-q", "--locked", "--manifest-path"])
        .arg(workspace("Cargo.toml"))
        .args(["-p", "gatespec-clients", "--example", "quick_start"])
        .current_dir(&elsewhere)
        .output()
        .unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let text = String::from_utf8(run.stdout).unwrap();
    let (before, rest) = text.split_once("127.0.0.1:").unwrap();
    format!("{before}127.0.0.1:PORT{}", rest.trim_start_matches(|c: char| c.is_ascii_digit()))
}

#[test]
fn the_quick_start_shows_the_whole_product_on_one_screen() {
    let screen = printed();

    let mut sink = Sink::default();
    let sources = source::load(&workspace("specs"), &mut sink);
    let model = analyse(&sources, &mut sink).unwrap();
    let shown: Vec<_> = screen.lines().map(|line| line.split_whitespace().take(2)).collect();
    for platform in &model.platforms {
        for method in &platform.methods {
            let call = [platform.id.as_str(), method.name];
            assert!(
                shown.iter().any(|words| words.clone().eq(call)),
                "generated/examples/quick_start.rs does not call {call:?}"
            );
        }
    }

    assert!(screen.lines().count() <= 45, "more than a screen:\n{screen}");
    let wide = screen.lines().find(|line| line.chars().count() > 110);
    assert_eq!(wide, None, "wider than a screen");
    snapshot(&workspace("tests/tests"), "quick_start", &screen);
}

//! How `check` and `build` report what they find: levels of lints.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use gatespec_tests::harness::{corpus, gatespec, write_tree};
use std::fs;
use std::path::PathBuf;
use tempfile::TempDir;

/// What a run of the command gave.
#[derive(Debug)]
struct Run {
    code: Option<i32>,
    out: String,
    err: String,
}

/// A folder with the base platform and a method of this text.
fn project(method: &str) -> TempDir {
    let root = TempDir::new().unwrap();
    let platform = fs::read(corpus("base/platform.yaml")).unwrap();
    write_tree(
        root.path(),
        [
            (PathBuf::from("specs/shop/platform.yaml"), platform),
            (PathBuf::from("specs/shop/shop.demo.yaml"), method.as_bytes().to_vec()),
        ],
    );
    root
}

fn run(root: &TempDir, arguments: &[&str]) -> Run {
    let done = gatespec().current_dir(root.path()).args(arguments).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    let run = Run { code: done.status.code(), out: text(done.stdout), err: text(done.stderr) };
    assert!(!run.err.contains("panicked"), "{}", run.err);
    run
}

/// A method with one lint: its field has no `doc`.
const UNDOCUMENTED: &str = "title: Ask\nrequest:\n  name: {}\n";

#[test]
fn a_warning_fails_only_where_it_is_denied() {
    let root = project(UNDOCUMENTED);
    let warned = run(&root, &["check"]);
    assert_eq!(warned.code, Some(0), "{warned:?}");
    assert!(warned.err.contains("warning[missing_doc]"), "{warned:?}");
    for deny in ["warnings", "missing_doc"] {
        let denied = run(&root, &["check", "--deny", deny]);
        assert_eq!(denied.code, Some(1), "{denied:?}");
        assert!(denied.err.contains("error[missing_doc]"), "{denied:?}");
    }
    let allowed = run(&root, &["check", "--allow", "missing_doc", "--deny", "warnings"]);
    assert_eq!(
        (allowed.code, allowed.err.contains("missing_doc")),
        (Some(0), false),
        "{allowed:?}"
    );
}

#[test]
fn a_denied_lint_keeps_the_output_from_being_written() {
    let root = project(UNDOCUMENTED);
    let build = ["build", "--out", "out", "--deny", "warnings"];
    let denied = run(&root, &build);
    assert_eq!((denied.code, denied.out.as_str()), (Some(1), ""), "{denied:?}");
    assert!(denied.err.contains("nothing was written"), "{denied:?}");
    assert!(!root.path().join("out").exists());
    assert_eq!(run(&root, &build[..3]).code, Some(0));
}

#[test]
fn a_level_needs_a_lint_that_exists() {
    let root = project(UNDOCUMENTED);
    let unknown = run(&root, &["check", "--deny", "missing_docs"]);
    assert_eq!(unknown.code, Some(2), "{unknown:?}");
    assert!(unknown.err.contains("did you mean `missing_doc`?"), "{unknown:?}");
    let fixed = run(&root, &["check", "--allow", "unknown_key"]);
    assert_eq!(fixed.code, Some(2), "{fixed:?}");
    assert!(fixed.err.contains("`unknown_key` is always an error"), "{fixed:?}");
}

//! `gatespec diff` from outside: its verdicts, formats, exit codes and git revisions.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use gatespec_tests::harness::{corpus, run, write_tree};
use serde_json::Value;
use std::fs;
use std::path::PathBuf;
use std::process::Command;
use tempfile::TempDir;

/// Two versions of a platform: `old`, and `new` with one more required field.
fn versions() -> TempDir {
    let root = TempDir::new().unwrap();
    let platform = fs::read(corpus("base/platform.yaml")).unwrap();
    let method = "title: Ask\nrequest:\n  a: { doc: The first. }\n";
    let more = "  b: { required: true, doc: The second. }\n";
    for (version, method) in [("old", method.to_owned()), ("new", format!("{method}{more}"))] {
        let file = |name: &str| PathBuf::from(format!("{version}/shop/{name}.yaml"));
        let files = [(file("platform"), platform.clone()), (file("ask"), method.into_bytes())];
        write_tree(root.path(), files);
    }
    root
}

#[test]
fn a_required_field_that_is_new_is_told_with_its_verdicts_and_its_line() {
    let root = versions();
    let diff = run(root.path(), &["diff", "old", "new"]);
    assert_eq!(diff.code, Some(0), "{diff:?}");
    let expected = "shop ask request.b\n  is new\n    wire  fails: old clients do not send it\n";
    assert!(diff.out.starts_with(expected), "{diff:?}");
    assert!(diff.out.contains("--> new/shop/ask.yaml:4:3\n"), "{diff:?}");
    assert!(diff.out.ends_with("1 change: old clients fail; a major release\n"), "{diff:?}");
    let json = run(root.path(), &["diff", "old", "new", "--format", "json"]);
    let json: Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!((json["wire"].as_str(), json["rust"].as_str()), (Some("fails"), Some("major")));
    assert_eq!(json["changes"][0]["cause"]["line"], 4);
    let table = run(root.path(), &["diff", "old", "new", "--format", "markdown"]).out;
    let row = table.lines().last().unwrap();
    let begin = "| shop ask request.b | is new: old clients do not send it | fails | major: ";
    assert!(row.starts_with(begin), "{row}");
    assert!(row.ends_with("| new/shop/ask.yaml:4 |"), "{row}");
}

#[test]
fn a_denied_verdict_and_a_version_that_does_not_compile_exit_with_1() {
    let root = versions();
    let diff = |more: &[&str]| run(root.path(), &[&["diff"], more].concat());
    assert_eq!(diff(&["old", "new", "--deny", "major"]).code, Some(1));
    assert_eq!(diff(&["new", "old", "--deny", "fails"]).code, Some(0), "an old client sends more");
    let same = diff(&["old", "old", "--deny", "patch"]);
    assert_eq!((same.code, &*same.out), (Some(0), "nothing changes\n"));
    fs::write(root.path().join("new/shop/ask.yaml"), "tilte: Ask\n").unwrap();
    let broken = diff(&["old", "new"]);
    assert_eq!((broken.code, &*broken.out), (Some(1), ""));
    assert!(broken.err.contains("new/shop/ask.yaml:1:1"), "{broken:?}");
    let one = diff(&["old"]);
    assert_eq!(one.code, Some(1));
    assert!(one.err.contains("give two folders"), "{one:?}");
}

#[test]
fn a_revision_of_git_is_an_old_version() {
    let root = versions();
    let git = |arguments: &[&str]| {
        let identity = ["-c", "user.name=t", "-c", "user.email=t@example.com"];
        let mut git = Command::new("git");
        git.current_dir(root.path()).args(identity).args(arguments).output().ok()
    };
    if git(&["init", "-q"]).is_none() {
        return;
    }
    fs::rename(root.path().join("old"), root.path().join("specs")).unwrap();
    git(&["add", "specs"]);
    git(&["commit", "-q", "-m", "Specs"]);
    let before = run(root.path(), &["diff", "--git", "HEAD"]);
    assert_eq!((before.code, &*before.out), (Some(0), "nothing changes\n"), "{before:?}");
    fs::copy(root.path().join("new/shop/ask.yaml"), root.path().join("specs/shop/ask.yaml"))
        .unwrap();
    let after = run(root.path(), &["diff", "--git", "HEAD", "--deny", "minor"]);
    assert_eq!(after.code, Some(1), "{after:?}");
    assert!(after.out.contains("--> specs/shop/ask.yaml:4:3"), "{after:?}");
    for wrong in ["nowhere", "--help-me", "HEAD:specs"] {
        let run = run(root.path(), &["diff", &format!("--git={wrong}")]);
        assert_eq!((run.code, &*run.out), (Some(1), ""), "{run:?}");
        assert!(run.err.starts_with("error: "), "{run:?}");
    }
}

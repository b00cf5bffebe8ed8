//! A small platform that uses each construct once. Every file of its output is a snapshot, so that
//! reviews show the effects of a change to the compiler.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use gatespec_language::diagnostic::Sink;
use gatespec_language::source::SourceMap;
use gatespec_tests::corpus::{entries, source_map, stem};
use gatespec_tests::harness::{compile, each, snapshot, tree, workspace, write_tree};
use std::collections::BTreeSet;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

/// The specs, with paths relative to their folder.
fn specs() -> SourceMap {
    let files = tree(&workspace("tests/golden/specs")).into_iter();
    let text = files.map(|(path, bytes)| {
        let names: Vec<_> = path.iter().map(|name| name.to_string_lossy()).collect();
        (names.join("/"), String::from_utf8(bytes).unwrap())
    });
    source_map(text.collect())
}

/// The name of a file's snapshot: that of `depot/mod.rs` is `depot-mod.rs`.
fn named(path: &str) -> String {
    path.replace('/', "-")
}

#[test]
fn every_file_of_the_golden_platform_is_as_its_snapshot_shows() {
    let outcome = compile(&specs(), Sink::default());
    assert_eq!(outcome.rendered, "");
    let files = outcome.files.unwrap();
    let names: BTreeSet<_> = files.iter().map(|file| named(&file.path)).collect();
    each(files.into_iter().map(|file| (file.path, file.text)), |path, text| {
        snapshot(&workspace("tests/golden/output"), &named(path), text);
    });
    let kept = entries(&workspace("tests/golden/output")).unwrap();
    let kept = kept.iter().filter(|path| path.extension().is_some_and(|kind| kind == "snap"));
    assert_eq!(kept.map(|path| stem(path)).collect::<BTreeSet<_>>(), names);
}

/// The changes that rustfmt would make in a file and its modules; `None` if rustfmt is not
/// installed.
fn unformatted(file: &Path) -> Option<String> {
    let mut rustfmt = Command::new("rustfmt");
    rustfmt.args(["--check", "--color=never", "--edition=2024", "--config-path"]);
    match rustfmt.arg(workspace("rustfmt.toml")).arg(file).output() {
        Ok(run) if run.status.success() => Some(String::new()),
        Ok(run) => Some(String::from_utf8_lossy(&[run.stdout, run.stderr].concat()).into_owned()),
        Err(error) if error.kind() == ErrorKind::NotFound => None,
        Err(error) => panic!("rustfmt does not run: {error}"),
    }
}

/// Each file is checked separately, because modules are declared with `rustfmt::skip`.
#[test]
fn rustfmt_finds_nothing_to_change_in_generated_code() {
    let golden = TempDir::new().unwrap();
    let files = compile(&specs(), Sink::default()).files.unwrap();
    let written = files.into_iter().map(|file| (file.path.into(), file.text.into_bytes()));
    write_tree(golden.path(), written);
    let generated = workspace("generated/src");
    let modules = tree(&generated).into_keys().filter(|path| path.ends_with("mod.rs"));
    let roots = modules.chain([PathBuf::from("lib.rs")]).map(|path| generated.join(path));
    each(
        roots.chain([golden.path().join("mod.rs")]).map(|root| (root.display().to_string(), root)),
        |_, root| match unformatted(root) {
            Some(changes) => assert_eq!(changes, ""),
            None => eprintln!("skipped: rustfmt is not installed (`rustup component add rustfmt`)"),
        },
    );
}

//! A small platform with one of each thing that code is made of: every file of its output is a
//! snapshot, so that a change of the compiler shows in review.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use gatespec_language::diagnostic::Sink;
use gatespec_language::source::SourceMap;
use gatespec_tests::corpus::{entries, source_map, stem};
use gatespec_tests::harness::{compile, each, snapshot, tree, workspace};
use std::collections::BTreeSet;

/// The specs, named as they lie in their folder, wherever that is.
fn specs() -> SourceMap {
    let files = tree(&workspace("tests/golden/specs")).into_iter();
    let text = files.map(|(path, bytes)| {
        let names: Vec<_> = path.iter().map(|name| name.to_string_lossy()).collect();
        (names.join("/"), String::from_utf8(bytes).unwrap())
    });
    source_map(text.collect())
}

/// `depot/mod.rs` is in `depot-mod.rs.snap`.
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

//! `gatespec fmt`: it gives all specs one order and one layout, and does not change their meaning.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use gatespec_language::diagnostic::Sink;
use gatespec_language::format::format;
use gatespec_language::source::{self, SourceMap};
use gatespec_language::{analyse, export};
use gatespec_tests::corpus::{cases, entries, source_map, stem};
use gatespec_tests::harness::{corpus, each, run, tree, workspace, write_tree};
use std::fs;
use std::path::Path;
use tempfile::TempDir;

/// The shipped specs, the tests' own, and every accepted case.
fn specs() -> Vec<(String, SourceMap)> {
    let folders = ["specs", "tests/platforms", "tests/consumer/specs"];
    let folders = folders.map(|folder| {
        let mut sink = Sink::default();
        (folder.to_owned(), source::load(&workspace(folder), &mut sink))
    });
    let accepted = cases(&corpus("accept")).unwrap().into_iter();
    let base = corpus("base/platform.yaml");
    let accepted = accepted.map(|case| (case.name.clone(), case.sources(&base).unwrap()));
    folders.into_iter().chain(accepted).collect()
}

/// The words of every comment, sorted. A `#` inside a scalar counts as a comment too, which does no
/// harm because scalars are not changed.
fn comments(text: &str) -> Vec<&str> {
    let lines = text.lines().filter_map(|line| Some(line.split_once('#')?.1.trim_end()));
    let mut all: Vec<_> = lines.collect();
    all.sort_unstable();
    all
}

/// The model as JSON.
fn model(sources: &SourceMap) -> serde_json::Value {
    let mut sink = Sink::default();
    export::model(&analyse(sources, &mut sink).unwrap())
}

#[test]
fn what_a_spec_says_stays() {
    each(specs(), |_, sources| {
        let mut formatted = Vec::new();
        for (_, source) in sources.iter() {
            let text = format(&source.path, &source.text).unwrap();
            assert_eq!(format(&source.path, &text).as_ref(), Some(&text), "{}", source.path);
            assert_eq!(comments(&text), comments(&source.text), "{}", source.path);
            assert!(text.ends_with('\n') && !text.contains("\n\n\n"), "{text}");
            formatted.push((source.path.clone(), text));
        }
        assert_eq!(model(&source_map(formatted)), model(sources));
    });
}

#[test]
fn each_part_of_a_spec_has_one_layout() {
    let cases = entries(&corpus("fmt")).unwrap().into_iter();
    let cases: Vec<_> =
        cases.map(|path| (stem(&path), fs::read_to_string(path).unwrap())).collect();
    assert!(cases.len() >= 8);
    each(cases, |_, text| {
        let (before, after) = text.split_once("=====\n").unwrap();
        let path = if text.contains("platform:") { "shop/platform.yaml" } else { "shop/demo.yaml" };
        assert_eq!(format(path, before).as_deref(), Some(after));
        assert_eq!(format(path, after).as_deref(), Some(after));
    });
}

#[test]
fn lines_end_with_a_newline_and_nothing_else() {
    let text = "\u{feff}title: Find orders  \r\nrepeat:   safe\r\r\n# The end.";
    let formatted = "title: Find orders\nrepeat: safe\n\n# The end.\n";
    assert_eq!(format("shop/demo.yaml", text).as_deref(), Some(formatted));
    for nothing in ["", "\n\n", "  "] {
        assert_eq!(format("shop/demo.yaml", nothing).as_deref(), Some(""));
    }
    assert_eq!(
        format("shop/demo.yaml", "# One.\n\n\n# Two.").as_deref(),
        Some("# One.\n\n# Two.\n")
    );
}

#[test]
fn what_has_no_layout_is_refused() {
    for text in ["title: [", "? |\n  two\n  lines\n: value\n", "? [a]\n: b\n", "a: &x 1\nb: *x\n"] {
        assert_eq!(format("shop/demo.yaml", text), None, "{text}");
    }
}

/// A folder with a platform and these methods.
fn project(methods: &[(&str, &str)]) -> TempDir {
    let root = TempDir::new().unwrap();
    let platform =
        format("shop/platform.yaml", &fs::read_to_string(corpus("base/platform.yaml")).unwrap());
    let methods = methods.iter().map(|(name, text)| (*name, (*text).to_owned()));
    let files = [("platform", platform.unwrap())].into_iter().chain(methods);
    let path = |name: &str| Path::new("specs/shop").join(format!("{name}.yaml"));
    write_tree(root.path(), files.map(|(name, text)| (path(name), text.into_bytes())));
    root
}

const UGLY: &str = "repeat: safe # it is\ntitle: Ask\n";
const NEAT: &str = "title: Ask\nrepeat: safe # it is\n";

#[test]
fn a_check_names_the_first_line_that_differs_and_writes_nothing() {
    let root = project(&[("one", UGLY), ("two", NEAT)]);
    let before = tree(root.path());
    let checked = run(root.path(), &["fmt", "--check"]);
    assert_eq!((checked.code, checked.out.as_str()), (Some(1), ""));
    let differs = "specs/shop/one.yaml:1 differs\n- repeat: safe # it is\n+ title: Ask\n";
    assert!(checked.err.starts_with(differs), "{}", checked.err);
    assert!(checked.err.contains("1 of 3 spec files"), "{}", checked.err);
    assert_eq!(tree(root.path()), before);
}

#[test]
fn only_named_files_are_written_and_only_once() {
    let root = project(&[("one", UGLY), ("two", UGLY)]);
    let root = root.path();
    let read =
        |name: &str| fs::read_to_string(root.join(format!("specs/shop/{name}.yaml"))).unwrap();
    assert_eq!(run(root, &["fmt", "./specs/shop/one.yaml"]).code, Some(0));
    assert_eq!((read("one").as_str(), read("two").as_str()), (NEAT, UGLY));
    let all = run(root, &["fmt"]);
    assert_eq!((all.code, all.err.as_str()), (Some(0), "specs/shop/two.yaml is formatted\n"));
    assert_eq!(read("two"), NEAT);
    for again in [run(root, &["fmt"]), run(root, &["fmt", "--check", "specs/shop"])] {
        assert_eq!((again.code, again.err.as_str()), (Some(0), ""), "{again:?}");
    }
}

#[test]
fn a_broken_spec_is_reported_and_stays() {
    let broken = "repeat: safe\ntitel: Ask\n";
    let root = project(&[("one", UGLY), ("two", broken)]);
    let done = run(root.path(), &["fmt"]);
    assert_eq!(done.code, Some(1));
    assert!(done.err.contains("error[unknown_key]"), "{}", done.err);
    assert!(done.err.contains("specs/shop/two.yaml is unchanged"), "{}", done.err);
    let read = |name: &str| fs::read_to_string(root.path().join(format!("specs/shop/{name}.yaml")));
    assert_eq!((read("one").unwrap().as_str(), read("two").unwrap().as_str()), (NEAT, broken));
}

#[test]
fn drafts_are_in_canonical_form() {
    let root = TempDir::new().unwrap();
    for draft in [&["new", "platform", "lamp"][..], &["new", "method", "lamp", "find/1"]] {
        assert_eq!(run(root.path(), draft).code, Some(0));
    }
    let checked = run(root.path(), &["fmt", "--check"]);
    assert_eq!(checked.code, Some(0), "{}", checked.err);
}

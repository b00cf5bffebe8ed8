//! A rule that became an error in an edition of the language gives a warning with the same message
//! in earlier editions, in every case of the corpus. `gatespec fix` moves a platform to an edition.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use gatespec_language::diagnostic::{Edition, Severity, Sink, rules};
use gatespec_language::fix::with_edition;
use gatespec_language::source::SourceMap;
use gatespec_tests::corpus::{cases, entries, source_map};
use gatespec_tests::edits;
use gatespec_tests::harness::{compile, corpus, gatespec};
use std::collections::BTreeSet;
use std::fs;

/// The specs in an edition.
fn in_edition(sources: &SourceMap, edition: Edition) -> SourceMap {
    let files = sources.iter().map(|(_, file)| {
        let of_platform = file.path.ends_with("/platform.yaml");
        let text = of_platform.then(|| with_edition(&file.text, edition).unwrap());
        (file.path.clone(), text.unwrap_or_else(|| file.text.clone()))
    });
    source_map(files.collect())
}

/// The severity and the message of each violation of a rule, and whether there is output.
fn found(sources: &SourceMap, rule: &str) -> (Vec<(Severity, String)>, bool) {
    let outcome = compile(sources, Sink::default());
    let own = outcome.diagnostics.iter().filter(|one| one.rule.id == rule);
    (own.map(|one| (one.severity, one.message.clone())).collect(), outcome.files.is_some())
}

/// Every case of a rule that became an error.
fn all() -> Vec<(String, SourceMap)> {
    let base = corpus("base/platform.yaml");
    let became = |name: &str| rules::find(name).is_some_and(|rule| rule.since.is_some());
    let of_check = cases(&corpus("reject/check")).unwrap().into_iter();
    let of_check = of_check.filter_map(|case| {
        let rule = case.name.split("__").next().unwrap().to_owned();
        became(&rule).then(|| (rule, case.sources(&base).unwrap()))
    });
    let files = entries(&corpus("reject/edits")).unwrap().into_iter();
    let files = files.filter(|path| path.extension().is_some_and(|kind| kind == "txt"));
    let edits = files.flat_map(|path| edits::read(&fs::read_to_string(path).unwrap()));
    let edits = edits.filter(|edit| became(&edit.rule));
    of_check.chain(edits.map(|edit| (edit.rule.clone(), edit.apply().0))).collect()
}

#[test]
fn an_error_of_the_second_edition_is_a_warning_of_the_first() {
    let mut tried = BTreeSet::new();
    for (rule, sources) in all() {
        let (first, compiles) = found(&in_edition(&sources, Edition::One), &rule);
        let (second, refused) = found(&in_edition(&sources, Edition::Two), &rule);
        assert!(compiles && !refused, "{rule}: {first:?}");
        let is = |severity| move |(found, _): &(Severity, String)| *found == severity;
        assert!(!first.is_empty() && first.iter().all(is(Severity::Warning)), "{first:?}");
        assert!(second.iter().all(is(Severity::Error)), "{second:?}");
        let messages = |of: &[(Severity, String)]| {
            of.iter().map(|(_, message)| message.clone()).collect::<Vec<_>>()
        };
        assert_eq!(messages(&first), messages(&second), "{rule}");
        tried.insert(rule);
    }
    let became = rules::ALL.iter().filter(|rule| rule.since.is_some());
    assert!(
        became
            .map(|rule| rule.id)
            .eq(rules::ALL.iter().filter(|rule| tried.contains(rule.id)).map(|rule| rule.id))
    );
}

#[test]
fn a_warning_says_that_it_is_an_error_in_the_next_edition_and_can_be_denied() {
    let (_, sources) = all().into_iter().next().unwrap();
    let sources = in_edition(&sources, Edition::One);
    let outcome = compile(&sources, Sink::default());
    assert!(
        outcome.rendered.contains("this is an error in edition 2 of the language"),
        "{}",
        outcome.rendered
    );
}

#[test]
fn the_command_moves_a_platform_to_an_edition_and_applies_what_is_certain() {
    let root = tempfile::tempdir().unwrap();
    let shop = root.path().join("specs/shop");
    fs::create_dir_all(&shop).unwrap();
    let platform = fs::read_to_string(corpus("base/platform.yaml")).unwrap();
    fs::write(shop.join("platform.yaml"), &platform).unwrap();
    fs::write(shop.join("shop.demo.yaml"), "tilte: Find orders\n").unwrap();
    let done =
        gatespec().current_dir(root.path()).args(["fix", "--edition", "2"]).output().unwrap();
    let said = String::from_utf8_lossy(&done.stderr).into_owned();
    assert!(done.status.success(), "{said}");
    let written = fs::read_to_string(shop.join("platform.yaml")).unwrap();
    let expected = platform.replace("platform: shop\n", "platform: shop\nlanguage: 2\n");
    assert_eq!(written, expected);
    let method = fs::read_to_string(shop.join("shop.demo.yaml")).unwrap();
    assert_eq!(method, "title: Find orders\n");
    let done =
        gatespec().current_dir(root.path()).args(["fix", "--edition", "3"]).output().unwrap();
    assert_eq!(done.status.code(), Some(2));
}

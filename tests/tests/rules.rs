//! Every rule is explained: its wrong example violates this rule and no other, its right example
//! violates none, and the documentation contains the explanations that the command prints.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use gatespec_language::diagnostic::rules::Stage;
use gatespec_language::diagnostic::{Rule, Severity, Sink, rules};
use gatespec_language::{analyse, explain, notes};
use gatespec_tests::corpus::{PLATFORM, source_map};
use gatespec_tests::harness::{compile, corpus, each, gatespec, workspace};
use gatespec_tests::markdown::blocks;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;

/// The files in the wrong or the right half of an explanation.
fn files(half: &str) -> Vec<(String, String)> {
    let base = fs::read_to_string(corpus("base/platform.yaml")).unwrap();
    let platform = format!("{PLATFORM}/platform.yaml");
    let mut files = BTreeMap::from([(platform.clone(), base.clone())]);
    for (_, text) in blocks(half).into_iter().filter(|(language, _)| language == "yaml") {
        let named = text.strip_prefix("# ").and_then(|rest| rest.split_once('\n'));
        let name = named.map_or("shop.demo.yaml", |(name, _)| name);
        let path = if name.contains('/') { name.to_owned() } else { format!("{PLATFORM}/{name}") };
        let text = if path == platform { overlaid(&base, &text) } else { text };
        files.insert(path, text);
    }
    files.into_iter().collect()
}

/// The base platform, in which the keys in `own` replace the base's keys.
fn overlaid(base: &str, own: &str) -> String {
    let mut keys = top_level(base);
    for (key, text) in top_level(own) {
        match keys.iter_mut().find(|(known, _)| *known == key) {
            Some((_, known)) => *known = text,
            None => keys.push((key, text)),
        }
    }
    keys.into_iter().map(|(_, text)| text).collect()
}

/// The top-level keys of a YAML map, each with its lines.
fn top_level(text: &str) -> Vec<(&str, String)> {
    let mut keys: Vec<(&str, String)> = Vec::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        match line.split_once(':').filter(|_| !line.starts_with(' ')) {
            Some((key, _)) => keys.push((key, format!("{line}\n"))),
            None => keys.last_mut().unwrap().1.push_str(&format!("{line}\n")),
        }
    }
    keys
}

/// The rules that one half of an explanation violates, except notes about something else.
fn broken(rule: &Rule, half: &str) -> (BTreeSet<&'static str>, String) {
    let sources = source_map(files(half));
    let outcome = compile(&sources, Sink::default());
    let mut found: BTreeSet<_> = outcome.diagnostics.iter().map(|one| one.rule.id).collect();
    if rule.severity == Severity::Note {
        let model = analyse(&sources, &mut Sink::default())
            .unwrap_or_else(|| panic!("{}", outcome.rendered));
        let mut sink = Sink::default();
        notes(&model, &mut sink);
        found.extend(sink.into_sorted().iter().map(|one| one.rule.id).filter(|id| *id == rule.id));
    }
    (found, outcome.rendered)
}

#[test]
fn the_wrong_example_breaks_its_rule_alone_and_the_right_one_none() {
    let all = rules::ALL.iter().map(|rule| (rule.id.to_owned(), *rule));
    each(all, |id, rule| {
        let halves = rule.explanation.split_once("\nRight:\n");
        let (wrong, right) = halves.unwrap_or_else(|| panic!("{id} has no right example"));
        let (prose, wrong) = wrong.split_once("\nWrong:\n").unwrap();
        assert!(prose.trim().ends_with('.'), "{id}: {prose}");
        // A spec in a page cannot show what is wrong with files on disk. The corpus covers these
        // rules.
        if matches!(rule.stage, Stage::Source | Stage::Write) {
            let texts = [wrong, right].map(|half| blocks(half).len());
            return assert_eq!(texts, [1, 1], "{id}");
        }
        let (found, said) = broken(rule, wrong);
        assert_eq!(found, BTreeSet::from([rule.id]), "{id} is wrong:\n{said}");
        let (found, said) = broken(rule, right);
        assert_eq!(found, BTreeSet::new(), "{id} is right:\n{said}");
    });
}

#[test]
fn the_documentation_has_every_rule_as_the_command_explains_it() {
    let written = fs::read_to_string(workspace("docs/src/rules.md")).unwrap();
    let fresh = written == explain::book();
    assert!(fresh, "stale: run `cargo run -q -- explain --all > docs/src/rules.md`");
}

#[test]
fn the_command_explains_a_rule_as_messages_name_it() {
    for id in ["unknown_key", "error[unknown_key]"] {
        let done = gatespec().args(["explain", id]).output().unwrap();
        let out = String::from_utf8(done.stdout).unwrap();
        assert!(done.status.success(), "{out}");
        for part in ["A map has only the keys", "requierd: true", "required: true"] {
            assert!(out.contains(part), "{out}");
        }
    }
    let done = gatespec().args(["explain", "unknown_keys"]).output().unwrap();
    assert_eq!(done.status.code(), Some(1));
    let err = String::from_utf8(done.stderr).unwrap();
    assert!(err.contains("did you mean `unknown_key`?"), "{err}");
}

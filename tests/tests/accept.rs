//! Valid specs: each case compiles without diagnostics and gives the items in its snapshot. The
//! build script compiles the output.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use gatespec_language::diagnostic::Sink;
use gatespec_language::source::SourceMap;
use gatespec_tests::corpus::{Case, cases, entries, stem};
use gatespec_tests::harness::{compile, corpus, snapshot};
use std::collections::BTreeSet;

/// The maximum length of a snapshot, in lines. Nobody reads longer ones.
const SCREENFUL: usize = 70;

include!(concat!(env!("OUT_DIR"), "/accept_tests.rs"));

/// The body of every test above: the spec compiles without diagnostics, and gives the items in its
/// snapshot.
fn check(name: &str) {
    let case = Case { name: name.to_owned(), path: corpus("accept").join(name) };
    let sources = case.sources(&corpus("base/platform.yaml")).unwrap();
    let outcome = compile(&sources, Sink::default());
    assert_eq!(outcome.rendered, "");
    let output: String = outcome.files.unwrap().into_iter().map(|file| file.text).collect();
    let text = shown(&sources).iter().map(|wanted| items(&output, wanted)).collect::<String>();
    assert!(text.lines().count() <= SCREENFUL, "{name} shows {} lines", text.lines().count());
    snapshot(&case.path, "shows", &text);
}

#[test]
fn no_sound_spec_is_missing() {
    let found = cases(&corpus("accept")).unwrap();
    assert!(found.len() >= 24, "only {} cases were found", found.len());
}

/// The items in the snapshot of a case, which a comment lists: `# shows: struct ShopDemo, Encode
/// for ShopDemo`.
fn shown(sources: &SourceMap) -> Vec<String> {
    let lines = sources.iter().flat_map(|(_, source)| source.text.lines());
    let named: Vec<_> = lines.filter_map(|line| line.strip_prefix("# shows: ")).collect();
    assert_eq!(named.len(), 1, "a case has one line `# shows: …`");
    named[0].split(", ").map(str::to_owned).collect()
}

/// The items whose first line of code contains `wanted`, with their attributes and documentation.
/// `MAIN.public` stands for one field of an item.
fn items(output: &str, wanted: &str) -> String {
    let (wanted, field) = match wanted.split_once('.') {
        Some((item, field)) => (item, Some(format!("    {field}: "))),
        None => (wanted, None),
    };
    let mut found = String::new();
    let mut item: Vec<&str> = Vec::new();
    for line in output.lines() {
        item.push(line);
        let comment = line.starts_with("//");
        // If the value of a constant is on a line of its own, the item ends with that line.
        let before = item.iter().rev().nth(1).copied().unwrap_or_default();
        let value = before.ends_with(" =") && !before.starts_with(' ');
        let ends = matches!(line, "}" | "};" | ");")
            || (line.ends_with(';') && (value || !line.starts_with(' ')));
        if comment || !ends {
            continue;
        }
        let mut code = item
            .iter()
            .filter(|line| !line.is_empty() && !line.starts_with('/') && !line.starts_with('#'));
        let head = match code.next() {
            Some(&"rt::record! {") => code.next().map(|name| name.replace("    struct", "record!")),
            head => head.map(|head| (*head).to_owned()),
        };
        if head.is_some_and(|head| head.contains(wanted)) {
            let shown = match &field {
                Some(field) => self::field(&item, field),
                None => item.join("\n"),
            };
            found.push_str(shown.trim_start_matches('\n'));
            found.push_str("\n\n");
        }
        item.clear();
    }
    assert!(!found.is_empty(), "nothing in the output holds `{wanted}`");
    found
}

/// The lines of one field of a static, without their first level of indentation.
fn field(item: &[&str], name: &str) -> String {
    let from = item.iter().position(|line| line.starts_with(name));
    let from = from.unwrap_or_else(|| panic!("there is no `{}`", name.trim()));
    let rest = item[from + 1..].iter().take_while(|line| {
        line.starts_with("     ") || line.starts_with("    ]") || line.starts_with("    }")
    });
    let lines = item[from..=from].iter().chain(rest).map(|line| line.trim_end());
    lines.map(|line| line.strip_prefix("    ").unwrap_or(line)).collect::<Vec<_>>().join("\n")
}

#[test]
fn every_snapshot_of_an_accepted_case_belongs_to_it() {
    let mut stray = Vec::new();
    for folder in entries(&corpus("accept")).unwrap() {
        let names: BTreeSet<_> = entries(&folder).unwrap().iter().map(|path| stem(path)).collect();
        assert!(
            names.contains("shows") && names.contains("shop.demo"),
            "{}: {names:?}",
            folder.display()
        );
        stray.extend(entries(&folder).unwrap().into_iter().filter(|path| {
            let kind = path.extension().unwrap_or_default();
            kind != "yaml" && stem(path) != "shows"
        }));
    }
    assert!(stray.is_empty(), "files that belong to no case: {stray:?}");
}

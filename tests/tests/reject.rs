//! Wrong specs: each case fails in the stage that its folder names, with the rule at the beginning
//! of its name and the output in its snapshot.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use gatespec_language::diagnostic::rules::Stage;
use gatespec_language::diagnostic::{Diagnostic, Edition, Rule, Severity, Sink, rules};
use gatespec_language::source::SourceMap;
use gatespec_language::{analyse, notes, report};
use gatespec_tests::corpus::{Case, cases, entries, source_map, stem};
use gatespec_tests::disk;
use gatespec_tests::edits::{self, Edit};
use gatespec_tests::harness::{Outcome, compile, corpus, snapshot};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

const STAGES: [Stage; 6] =
    [Stage::Source, Stage::Syntax, Stage::Resolve, Stage::Check, Stage::Plan, Stage::Write];

/// Every case of every stage, by its path: `resolve/unknown_key__misspelled`.
fn all() -> Vec<(String, (Stage, Case))> {
    let found = STAGES.into_iter().flat_map(|stage| {
        let cases = cases(&corpus("reject").join(stage.name())).unwrap_or_default();
        cases
            .into_iter()
            .map(move |case| (format!("{}/{}", stage.name(), case.name), (stage, case)))
    });
    found.collect()
}

/// The rule that the name of a case begins with.
fn rule_of(name: &str) -> &'static Rule {
    let (rule, _) = name.split_once("__").unwrap_or_else(|| panic!("{name} is not <rule>__<case>"));
    rules::ALL
        .iter()
        .find(|known| known.id == rule)
        .unwrap_or_else(|| panic!("{name}: there is no rule `{rule}`"))
}

/// Further rules that a case violates, which a comment lists: `# also: unknown_type, bad_value`.
fn also(sources: &SourceMap) -> BTreeSet<&str> {
    let lines = sources.iter().flat_map(|(_, source)| source.text.lines());
    let named = lines.filter_map(|line| line.strip_prefix("# also: "));
    named.flat_map(|names| names.split(", ")).collect()
}

include!(concat!(env!("OUT_DIR"), "/reject_tests.rs"));

/// The body of every test above: the spec fails in its stage, with its rule and the expected
/// output.
fn check(name: &str) {
    let (_, (stage, case)) = all().into_iter().find(|(known, _)| known == name).unwrap();
    let sources = case.sources(&corpus("base/platform.yaml")).unwrap();
    let mut outcome = compile(&sources, Sink::default());
    if rule_of(&case.name).severity == Severity::Note {
        outcome = noted(&sources, outcome);
    }
    judge(stage, &case.name, &outcome, &also(&sources));
    outcome.diagnostics.iter().for_each(|one| points_at_its_place(&sources, one));
    snapshot(case.path.parent().unwrap(), &case.name, &outcome.rendered);
}

/// Adds to `outcome` the notes that `gatespec check` prints for a valid spec.
fn noted(sources: &SourceMap, outcome: Outcome) -> Outcome {
    let model = analyse(sources, &mut Sink::default()).unwrap();
    let mut sink = Sink::default();
    notes(&model, &mut sink);
    let diagnostics = sink.into_sorted();
    let rendered = report::report(sources, &diagnostics, false);
    Outcome { diagnostics, rendered, ..outcome }
}

#[test]
fn no_wrong_spec_is_missing() {
    let edits: usize = edits().iter().map(|(_, edits)| edits.len()).sum();
    let cases = all().len() + disk::cases().count() + edits;
    assert!(cases >= 250, "only {cases} cases were found");
}

/// The edits of each file, with the name of the file.
fn edits() -> Vec<(String, Vec<Edit>)> {
    let files = entries(&corpus("reject/edits")).unwrap().into_iter();
    let files = files.filter(|path| path.extension().is_some_and(|kind| kind == "txt"));
    files.map(|path| (stem(&path), edits::read(&fs::read_to_string(&path).unwrap()))).collect()
}

/// Each edit gives one message, with the expected rule, at the marked span and with advice.
#[test]
fn one_mistake_is_one_message_at_its_token() {
    for (file, edits) in edits() {
        let mut shown = String::new();
        for edit in edits {
            let outcome = edited(&edit);
            shown.push_str(&format!("==== {}\n{}\n", edit.name, outcome.rendered));
        }
        snapshot(&corpus("reject/edits"), &file, &shown);
    }
}

fn edited(edit: &Edit) -> Outcome {
    let (sources, place) = edit.apply();
    let outcome = compile(&sources, Sink::default());
    let shown = format!("{}:\n{}", edit.name, outcome.rendered);
    let said: Vec<_> = outcome.diagnostics.iter().map(|one| one.rule.id).collect();
    let mut expected: Vec<_> = edit.also.iter().map(String::as_str).chain([&*edit.rule]).collect();
    expected.sort_unstable();
    let mut sorted = said.clone();
    sorted.sort_unstable();
    assert_eq!(sorted, expected, "{shown}");
    let own = outcome.diagnostics.iter().find(|one| one.rule.id == edit.rule).unwrap();
    if let (Some((file, bytes)), Some(span)) = (place, own.span) {
        // The span of something missing is empty. Its caret is under the next character, which the
        // edit marks.
        let end = if span.start == span.end { bytes.end } else { span.end as usize };
        let found = (sources.get(span.source).path.clone(), span.start as usize..end);
        assert_eq!(found, (file, bytes), "{shown}");
    }
    // A message that says what is expected needs no other advice.
    let is_said = own.message.contains("expected ");
    let is_advised = is_said || !own.help.is_empty() || !own.also.is_empty();
    assert!(is_advised, "no advice: {shown}");
    let span = own.span.unwrap();
    // A span over several lines has a caret of another form.
    let written = &sources.get(span.source).text[span.start as usize..span.end as usize];
    if !written.contains('\n') {
        points_at_its_place(&sources, own);
    }
    outcome
}

/// Ten mistakes of all stages in two platforms. Each is reported once, ordered by file and line.
#[test]
fn ten_mistakes_give_ten_messages_in_one_run() {
    let base = fs::read_to_string(corpus("base/platform.yaml")).unwrap();
    let other =
        base.replace("platform: shop", "platform: other").replace("title: Shop", "title: \"Shop");
    let wrong_sign =
        base.replace("482a97735b2298e7b04d8ea97a164964", "00000000000000000000000000000000");
    let sample = |answer: &str| {
        format!(
            "title: T\nresponse: {{ id: {{ type: integer, doc: I. }} }}\nexamples:\n  response:\n    - body: '{answer}'\n"
        )
    };
    let files = [
        ("other/platform.yaml", other),
        ("shop/a.yaml", "tilte: T\n".to_owned()),
        ("shop/b.yaml", "title: T\nrequest:\n  id: { type: whole, doc: I. }\n".to_owned()),
        ("shop/c.yaml", "title: T\nrequest:\n\tid: { doc: I. }\n".to_owned()),
        ("shop/d.yaml", "title: T\nrules: [{ at_least_one: [a, b] }]\nrequest: { a: { doc: A. } }\n".to_owned()),
        ("shop/e.yaml", sample(r#"{"code":0,"data":{"id":"x"}}"#)),
        ("shop/f.yaml", "title: T\nrequest: { itemId: { doc: I. }, item_id: { doc: I. } }\n".to_owned()),
        ("shop/g.yaml", "title: T\nrequest:\n  id: { type: integer, doc: I. }\nexamples: { request: [{ values: { id: x } }] }\n".to_owned()),
        ("shop/h.yaml", "title: T\ntitle: U\n".to_owned()),
        ("shop/platform.yaml", wrong_sign),
    ];
    let files = files.map(|(path, text)| (path.to_owned(), text));
    let sources = source_map(files.to_vec());
    let outcome = compile(&sources, Sink::default());
    let said = outcome.diagnostics.iter().map(|one| {
        let (line, _) = sources.position(one.span.unwrap().source, one.span.unwrap().start);
        (sources.get(one.span.unwrap().source).path.as_str(), line, one.rule.id)
    });
    let expected = [
        ("other/platform.yaml", 3, "yaml"),
        ("shop/a.yaml", 1, "unknown_key"),
        ("shop/b.yaml", 3, "unknown_type"),
        ("shop/c.yaml", 3, "yaml"),
        ("shop/d.yaml", 2, "unknown_field"),
        ("shop/e.yaml", 5, "example_response"),
        ("shop/f.yaml", 2, "name_collision"),
        ("shop/g.yaml", 4, "example_request"),
        ("shop/h.yaml", 2, "duplicate_key"),
        ("shop/platform.yaml", 21, "vector_mismatch"),
    ];
    assert_eq!(said.collect::<Vec<_>>(), expected, "{}", outcome.rendered);
}

/// Defines one test per case, and the list of all cases.
macro_rules! on_disk {
    ($($stage:ident { $($rule:ident { $($(#[$when:meta])? $case:ident)+ })+ })+) => {
        $(mod $stage { $(mod $rule { $(
            #[test]
            $(#[$when])?
            fn $case() {
                let (stage, rule) = (stringify!($stage), stringify!($rule));
                crate::check_on_disk(&format!("{stage}/{rule}__{}", stringify!($case)));
            }
        )+ })+ })+

        #[test]
        fn every_case_has_a_test() {
            let tested = [$($($(
                $(#[$when])?
                concat!(stringify!($stage), "/", stringify!($rule), "__", stringify!($case)),
            )+)+)+];
            assert!(gatespec_tests::disk::cases().map(|(name, _)| name).eq(tested));
        }
    };
}

/// Cases that need files on a real disk.
mod on_disk {
    on_disk! {
        source {
            no_specs { empty_folder folder_of_notes }
            unreadable {
                missing_folder file_for_a_folder
                #[cfg(unix)] link_to_nowhere
                #[cfg(unix)] pipe
            }
            too_large { hundred_megabytes }
            not_utf8 { page_in_gbk }
            misplaced_file { beside_and_below }
        }
        syntax {
            too_deep { hundred_thousand_brackets hundred_thousand_dashes a_thousand_maps }
        }
        write {
            write_failed { file_for_the_folder folder_for_a_file }
            output_not_ours { file_written_by_hand }
        }
    }
}

/// Asserts that the case fails as expected and leaves the output unchanged.
fn check_on_disk(path: &str) {
    let (_, case) = disk::cases().find(|(known, _)| *known == path).unwrap();
    let (stage, name) = path.split_once('/').unwrap();
    let stage = STAGES.into_iter().find(|known| known.name() == stage).unwrap();
    let outcome = case.run();
    judge(stage, name, &outcome, &BTreeSet::new());
    snapshot(&corpus("reject").join(stage.name()), name, &outcome.rendered);
}

/// Asserts that the first diagnostic of the case's severity has the rule in the case's name, and
/// that only this rule and those in `also` are violated.
fn judge(stage: Stage, name: &str, outcome: &Outcome, also: &BTreeSet<&str>) {
    let rule = rule_of(name);
    let rendered = &outcome.rendered;
    assert_eq!(rule.stage.name(), stage.name(), "`{}` is found in another stage", rule.id);
    let severity = rule.severity_in(Edition::default());
    assert_eq!(outcome.files.is_none(), severity == Severity::Error, "{rendered}");
    let mut alike = outcome.diagnostics.iter().filter(|one| one.severity == severity);
    assert_eq!(alike.next().map(|one| one.rule.id), Some(rule.id), "{rendered}");
    let said: BTreeSet<_> = outcome.diagnostics.iter().map(|one| one.rule.id).collect();
    let expected: BTreeSet<_> = also.iter().copied().chain([rule.id]).collect();
    assert_eq!(said, expected, "{rendered}");
}

/// Asserts that the output contains file, line and column, and that the caret is under the right
/// character, whatever the width of the characters before it.
fn points_at_its_place(sources: &SourceMap, diagnostic: &Diagnostic) {
    let shown = report::render(sources, diagnostic, false);
    let span = diagnostic.span.unwrap_or_else(|| panic!("points nowhere:\n{shown}"));
    let (line, column) = sources.position(span.source, span.start);
    let place = format!("--> {}:{line}:{column}\n", sources.get(span.source).shown);
    assert!(shown.contains(&place), "{place} is not in\n{shown}");
    let number = format!("{line} |");
    let mut lines = shown.lines().skip_while(|text| !text.trim_start().starts_with(&number));
    let (gutter, text) = lines.next().and_then(|text| text.split_once("| ")).unwrap();
    let before: String = sources
        .get(span.source)
        .text
        .lines()
        .nth(line - 1)
        .unwrap()
        .chars()
        .take(column - 1)
        .collect();
    assert!(text.starts_with(&before.replace('\t', "    ")), "line {line} is not in\n{shown}");
    let column = gutter.len() + "| ".len() + before.chars().map(width).sum::<usize>();
    assert_eq!(lines.next().unwrap().find('^'), Some(column), "the caret of\n{shown}");
}

/// The number of columns that a character takes in a terminal.
fn width(character: char) -> usize {
    match character {
        '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}' => 2,
        '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe6f}' | '\u{ff00}'..='\u{ff60}' => 2,
        '\t' => 4,
        _ => 1,
    }
}

#[test]
fn every_rule_has_a_case_and_every_snapshot_belongs_to_one() {
    let on_disk = disk::cases().map(|(name, _)| name.to_owned());
    let names: BTreeSet<String> = all().into_iter().map(|(name, _)| name).chain(on_disk).collect();
    let edited = edits().into_iter().flat_map(|(_, edits)| edits);
    let edited: BTreeSet<String> = edited.map(|edit| edit.rule).collect();
    let tried = names.iter().map(|name| rule_of(name.split_once('/').unwrap().1).id);
    let tried: BTreeSet<_> = tried.chain(edited.iter().map(String::as_str)).collect();
    let missing: Vec<_> = rules::ALL.iter().filter(|rule| !tried.contains(rule.id)).collect();
    assert!(missing.is_empty(), "rules without a case: {missing:?}");
    let mut stray = Vec::new();
    for folder in
        entries(&corpus("reject")).unwrap().iter().filter(|folder| stem(folder) != "edits")
    {
        for path in entries(folder).unwrap() {
            let name = format!("{}/{}", stem(folder), stem(&path));
            let kind = path.extension().unwrap_or_default().to_string_lossy().into_owned();
            if !names.contains(&name) || !(path.is_dir() || kind == "yaml" || kind == "snap") {
                stray.push(path);
            }
        }
    }
    assert!(stray.is_empty(), "files that belong to no case: {stray:?}");
}

#[test]
fn a_case_is_small_enough_to_be_read() {
    for (name, (_, case)) in all().into_iter().filter(|(_, (_, case))| case.path.is_file()) {
        let lines = fs::read_to_string(Path::new(&case.path)).unwrap().lines().count();
        assert!(lines <= 30, "{name} has {lines} lines");
    }
}

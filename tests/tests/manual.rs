//! The manual (specs/README.md) agrees with the compiler: its example compiles without diagnostics,
//! and its vector proves the formula.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use gatespec_codegen::{Options, generate};
use gatespec_language::diagnostic::{Level, Levels, Sink};
use gatespec_language::{analyse, explain, report, source};
use gatespec_tests::markdown::blocks;
use std::fs;
use std::path::Path;

/// The YAML blocks in the manual.
fn snippets() -> Vec<String> {
    let manual = Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs/README.md");
    let blocks = blocks(&fs::read_to_string(manual).unwrap());
    blocks.into_iter().filter(|(language, _)| language == "yaml").map(|(_, text)| text).collect()
}

/// The only snippet that begins with this text.
fn snippet(begin: &str) -> String {
    let mut found = snippets().into_iter().filter(|text| text.starts_with(begin));
    let text = found.next().unwrap();
    assert_eq!(found.next(), None, "{begin} begins one snippet");
    text
}

/// The compiler's diagnostics for a platform, and the numbers of its methods and vectors.
fn compiled(files: &[(&str, &str)]) -> (String, usize, usize) {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("lantern")).unwrap();
    for (name, text) in files {
        fs::write(folder.path().join("lantern").join(name), text).unwrap();
    }
    // Snippets of the manual may declare types that no method uses.
    let mut levels = Levels::default();
    levels.set("unused", Level::Allow).unwrap();
    let mut sink = Sink::with_levels(levels);
    let sources = source::load(folder.path(), &mut sink);
    let model = analyse(&sources, &mut sink);
    let methods = model.as_ref().map_or(0, |model| model.platforms[0].methods.len());
    let vectors = model.as_ref().map_or(0, |model| model.platforms[0].gateways[0].vectors.len());
    let generated = model.and_then(|model| generate(&model, &Options::default(), &mut sink));
    let said = report::report(&sources, &sink.into_sorted(), false);
    (said, if generated.is_some() { methods } else { 0 }, vectors)
}

#[test]
fn the_example_of_the_manual_compiles_without_a_word() {
    let (platform, method) = (snippet("# platform.yaml"), snippet("# lamp.orders.search.yaml"));
    let files = [("platform.yaml", &*platform), ("lamp.orders.search.yaml", &*method)];
    assert_eq!(compiled(&files), (String::new(), 1, 1));
}

#[test]
fn the_other_snippets_of_the_manual_compile_in_its_example() {
    let (platform, method) = (snippet("# platform.yaml"), snippet("# lamp.orders.search.yaml"));
    let before_errors = platform.split("errors:\n").next().unwrap();
    let (before, after) = before_errors.split_once("credentials:\n").unwrap();
    let after = &after[after.find("request:\n").unwrap()..];
    let platform = format!("{before}{}{after}{}", snippet("credentials:"), snippet("errors:"));
    let types = snippet("types:");
    let files = [
        ("platform.yaml", &*platform),
        ("types.yaml", &*types),
        ("lamp.orders.search.yaml", &*method),
    ];
    assert_eq!(compiled(&files), (String::new(), 1, 1));
    assert_eq!(snippets().len(), 5, "each snippet is compiled");
}

#[test]
fn the_table_of_keys_is_the_compilers_own() {
    let manual = Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs/README.md");
    let manual = fs::read_to_string(manual).unwrap().replace("\r\n", "\n");
    let begin = manual.find("<!-- keys").unwrap();
    assert!(manual[begin..] == explain::keys(), "stale: CONTRIBUTING.md has the command");
}

//! The promises of ARCHITECTURE.md that a test can check: sizes, layers, names, dependencies.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use gatespec_codegen::{Options, generate};
use gatespec_language::diagnostic::Sink;
use gatespec_language::{analyse, export, source};
use gatespec_tests::corpus::{entries, stem};
use gatespec_tests::harness::{cargo, corpus, tree, workspace};
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::Path;

/// Every Rust file below a folder of the workspace, with its text.
fn rust(folder: &str) -> Vec<(String, String)> {
    let files = tree(&workspace(folder)).into_iter();
    let files =
        files.filter(|(path, _)| path.extension().is_some_and(|extension| extension == "rs"));
    let files: Vec<_> = files
        .map(|(path, bytes)| {
            (format!("{folder}/{}", path.display()), String::from_utf8(bytes).unwrap())
        })
        .collect();
    assert!(!files.is_empty(), "there is no Rust in {folder}");
    files
}

/// The lines of a file without comments and unit tests.
fn code(text: &str) -> impl Iterator<Item = &str> {
    let lines = text.lines().take_while(|line| line.trim() != "#[cfg(test)]");
    lines.filter(|line| !line.trim_start().starts_with("//"))
}

#[test]
fn no_file_is_too_long_to_be_read() {
    let folders = [
        "codegen/src",
        "crates/cli/src",
        "crates/compare/src",
        "crates/convert/src",
        "crates/import/src",
        "crates/inspect/src",
        "crates/language/src",
        "crates/protocol/src",
        "crates/runtime/src",
        "crates/site/src",
        "crates/tool/src",
        "fuzz/targets",
        "generated/src",
        "crates/mock/src",
        "tests/src",
        "tests/tests",
    ];
    let long: Vec<_> = folders
        .into_iter()
        .flat_map(rust)
        .map(|(path, text)| (path, text.lines().count()))
        .filter(|(path, lines)| *lines > if path.starts_with("generated") { 1000 } else { 350 })
        .collect();
    assert!(long.is_empty(), "more than 350 lines (generated: 1000): {long:#?}");
}

#[test]
fn generated_code_keeps_to_its_budget_of_lines() {
    // The budget is for all shipped platforms together, so that one more line of prose in a spec
    // does not break the test.
    let mut sink = Sink::default();
    let sources = source::load(&workspace("specs"), &mut sink);
    let model = analyse(&sources, &mut sink).unwrap();
    let files = generate(&model, &Options::default(), &mut sink).unwrap();
    // The `mod.rs` of a platform contains no methods, fields or values, so it is not counted.
    let files =
        files.iter().filter(|file| file.path.contains('/') && !file.path.ends_with("mod.rs"));
    let lines: usize = files.map(|file| file.text.lines().count()).sum();
    let budget: usize =
        export::model(&model)["platforms"].as_array().unwrap().iter().map(budget).sum();
    assert!(lines <= budget, "{lines} lines, and {budget} are allowed");
}

/// The budget of a platform: 60 lines per method, 8 per field, and 4 per value of an enumeration.
fn budget(platform: &Value) -> usize {
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let methods = list(&platform["methods"]);
    let own = |side: &str| {
        methods.iter().map(|method| list(&method[side]["fields"]).len()).sum::<usize>()
    };
    let records =
        list(&platform["records"]).iter().map(|one| list(&one["fields"]).len()).sum::<usize>();
    let values =
        list(&platform["enumerations"]).iter().map(|one| list(&one["values"]).len()).sum::<usize>();
    60 * methods.len() + 8 * (own("request") + own("response") + records) + 4 * values
}

#[test]
fn no_code_knows_a_platform() {
    let folders =
        [workspace("specs"), workspace("tests/platforms")].map(|path| entries(&path).unwrap());
    let folders = folders.concat().into_iter().filter(|path| path.is_dir());
    let names: Vec<_> = folders.map(|path| stem(&path)).collect();
    assert!(names.len() >= 5, "{names:?}");
    let folders = [
        "codegen/src",
        "crates/cli/src",
        "crates/compare/src",
        "crates/convert/src",
        "crates/import/src",
        "crates/inspect/src",
        "crates/language/src",
        "crates/mock/src",
        "crates/protocol/src",
        "crates/runtime/src",
        "crates/site/src",
        "crates/tool/src",
        "tests/src",
    ];
    let files = folders.into_iter().flat_map(rust);
    // Only the tests' shared code for the shipped platforms may name them.
    for (path, text) in files.filter(|(path, _)| !path.starts_with("tests/src/shipped/")) {
        let known = code(&text)
            .map(str::to_lowercase)
            .find(|line| names.iter().any(|name| line.contains(name.as_str())));
        assert_eq!(known, None, "{path} knows a platform");
    }
}

/// Calls that a library must not make.
const ABORTS: &[&str] = &["process::exit", ".unwrap()", ".expect(\"", "panic!("];
const PRINTS: &[&str] = &["println!", "stdout()", "stderr()"];
const FILES: &[&str] = &["fs::", "File::open", "read_dir"];

/// Rules for layers that cargo cannot check, unlike the dependencies between crates: a folder,
/// texts that must not occur in it, the files that are exempt, and the invariant.
const LAYERS: &[(&str, &[&str], &[&str], &str)] = &[
    ("crates/language/src", FILES, &["src/source.rs"], "one module reads files"),
    ("crates/inspect/src", FILES, &[], "the explainer reads no files"),
    ("crates/compare/src", FILES, &[], "one module reads files"),
    ("crates/convert/src", FILES, &[], "one module reads files"),
    ("crates/site/src", FILES, &[], "the command writes the pages"),
    ("crates/tool/src", FILES, &[], "the tool reads no files"),
    ("crates/import/src", FILES, &[], "the command reads the page and writes the draft"),
    ("codegen/src", FILES, &["write/disk.rs"], "one module writes files"),
    ("crates/language/src", PRINTS, &[], "only the command prints"),
    ("crates/inspect/src", PRINTS, &[], "only the command prints"),
    ("crates/compare/src", PRINTS, &[], "only the command prints"),
    ("crates/convert/src", PRINTS, &[], "only the command prints"),
    ("crates/site/src", PRINTS, &[], "only the command prints"),
    ("crates/tool/src", PRINTS, &[], "only the command prints"),
    ("crates/import/src", PRINTS, &[], "only the command prints"),
    // The programs that `docs/example.rs` writes print; the lint `print_stdout` checks its own code.
    ("codegen/src", PRINTS, &["config.rs", "plan/docs/example.rs"], "only the command prints"),
    ("crates/cli/src", PRINTS, &["command/terminal.rs"], "one module of the command prints"),
    (
        "crates/mock/src",
        &["fs::", "File::open", "println!", "process::exit", ".unwrap()", ".expect(\"", "panic!("],
        &[],
        "the mock reads through the compiler, prints nothing and never panics",
    ),
    ("crates/language/src", ABORTS, &[], "the library never panics"),
    ("crates/inspect/src", ABORTS, &[], "the library never panics"),
    ("crates/compare/src", ABORTS, &[], "the library never panics"),
    ("crates/convert/src", ABORTS, &[], "the library never panics"),
    ("crates/site/src", ABORTS, &[], "the library never panics"),
    ("crates/tool/src", ABORTS, &[], "the library never panics"),
    ("crates/import/src", ABORTS, &[], "the library never panics"),
    ("codegen/src", ABORTS, &[], "the library never panics"),
    (
        "crates/language/src",
        &["granit_parser"],
        &["syntax/parse.rs", "syntax/broken.rs", "syntax/tokens.rs"],
        "one module knows the YAML parser",
    ),
    ("crates/language/src/syntax", &["model::"], &[], "syntax knows no meaning"),
    ("crates/language/src/model", &["syntax::"], &[], "model knows no YAML"),
    ("codegen/src/plan", &["quote!", "TokenStream"], &[], "plan knows no tokens"),
    ("codegen/src/emit", &["sink", "Diagnostic", "format_ident!"], &[], "emit decides nothing"),
    ("codegen/src/emit", &["Ident::new"], &["emit/names.rs"], "an identifier is made in one place"),
];

/// For each crate, the other crates of the workspace that it depends on, directly or not.
const STANDS_ON: &[(&str, &[&str])] = &[
    ("gatespec-protocol", &[]),
    ("gatespec-specs", &["protocol"]),
    ("gatespec-language", &["protocol"]),
    ("gatespec-codegen", &["language", "protocol"]),
    ("gatespec-compare", &["codegen", "language", "protocol"]),
    ("gatespec-convert", &["inspect", "language", "protocol"]),
    ("gatespec-import", &["language", "protocol"]),
    ("gatespec-inspect", &["language", "protocol"]),
    ("gatespec-runtime", &["protocol"]),
    ("gatespec-site", &["codegen", "inspect", "language", "protocol"]),
    ("gatespec-tool", &["codegen", "inspect", "language", "mock", "protocol", "runtime", "site"]),
    ("gatespec-mock", &["language", "protocol"]),
    ("gatespec-clients", &["protocol", "runtime"]),
];

#[test]
fn each_crate_is_built_on_those_below_it() {
    for (package, below) in STANDS_ON {
        let tree = cargo()
            .args(["tree", "-q", "-p", package, "--all-features", "-e", "normal,build"])
            .args(["--prefix", "none", "--no-dedupe", "-f", "{p}"])
            .output()
            .unwrap();
        assert!(tree.status.success(), "{}", String::from_utf8_lossy(&tree.stderr));
        let text = String::from_utf8(tree.stdout).unwrap();
        let names = text.lines().filter_map(|line| line.split(' ').next());
        let ours: BTreeSet<_> = names
            .filter(|name| name != package)
            .filter_map(|name| name.strip_prefix("gatespec-"))
            .collect();
        assert_eq!(ours, below.iter().copied().collect(), "{package}");
    }
}

#[test]
fn each_layer_keeps_to_what_it_knows() {
    for &(folder, words, spared, invariant) in LAYERS {
        for (path, text) in rust(folder) {
            let spared = spared.iter().any(|name| path.contains(name));
            let broken = code(&text).find(|line| words.iter().any(|word| line.contains(word)));
            assert!(spared || broken.is_none(), "{invariant}: {path} has {broken:?}");
        }
    }
}

#[test]
fn the_library_without_the_command_is_small_enough_for_a_build_script() {
    let tree = cargo()
        .args(["tree", "-q", "-p", "gatespec-codegen", "--no-default-features", "-e", "normal"])
        .args(["--prefix", "none", "--no-dedupe", "-f", "{p}"])
        .output()
        .unwrap();
    assert!(tree.status.success(), "{}", String::from_utf8_lossy(&tree.stderr));
    let text = String::from_utf8(tree.stdout).unwrap();
    let crates: BTreeSet<_> = text.lines().filter_map(|line| line.split(' ').next()).collect();
    assert!(crates.contains("gatespec-codegen"), "{text}");
    let of_others = crates.iter().filter(|name| !name.starts_with("gatespec-")).count();
    assert!(of_others <= 44, "{of_others} crates of others: {crates:?}");
    for heavy in ["clap", "tokio", "reqwest", "hyper"] {
        assert!(!crates.contains(heavy), "{heavy} is in the library");
    }
}

#[test]
fn the_guide_tells_how_many_crates_each_transport_brings() {
    let page = tree(&workspace("docs/src")).remove(Path::new("performance.md")).unwrap();
    let page = String::from_utf8(page).unwrap();
    let rows: Vec<_> = page.lines().filter_map(|line| line.strip_prefix("| `shopex")).collect();
    assert!(rows.len() > 5, "{rows:?}");
    for row in rows {
        let (features, told) = row.split_once("` | ").unwrap();
        let features = format!("shopex{features}");
        let tree = cargo()
            .args(["tree", "-q", "--locked", "-p", "gatespec-clients", "--no-default-features"])
            .args(["--features", &features, "--target", "x86_64-unknown-linux-gnu"])
            .args(["-e", "normal,build", "--prefix", "none", "--no-dedupe", "-f", "{p}"])
            .output()
            .unwrap();
        assert!(tree.status.success(), "{}", String::from_utf8_lossy(&tree.stderr));
        let text = String::from_utf8(tree.stdout).unwrap();
        let crates: BTreeSet<_> = text.lines().collect();
        let of_others = crates.iter().filter(|name| !name.starts_with("gatespec-")).count();
        assert_eq!(told.split(" |").next(), Some(&*of_others.to_string()), "{features}");
    }
}

#[test]
fn a_case_of_the_corpus_is_named_after_what_it_shows() {
    for side in ["reject", "accept"] {
        for path in tree(&corpus(side)).into_keys() {
            let parts =
                path.iter().map(|part| Path::new(part).file_stem().unwrap().to_string_lossy());
            for part in parts {
                let plain =
                    |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "_.".contains(c);
                assert!(part.chars().all(plain), "{side}/{} is not in lowercase", path.display());
            }
        }
    }
}

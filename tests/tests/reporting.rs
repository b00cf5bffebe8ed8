//! The reports of `check` and `build`: levels of lints, formats, and `--fix`.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use gatespec_codegen::Config;
use gatespec_language::report::{Look, in_look};
use gatespec_tests::corpus::source_map;
use gatespec_tests::harness::{compile, corpus, gatespec, write_tree};
use serde_json::{Value, json};
use std::fs;
use std::path::PathBuf;
use tempfile::TempDir;

/// The result of a run.
#[derive(Debug)]
struct Run {
    code: Option<i32>,
    out: String,
    err: String,
}

/// A folder with the base platform and a method whose spec is this text.
fn project(method: &str) -> TempDir {
    let root = TempDir::new().unwrap();
    let platform = fs::read(corpus("base/platform.yaml")).unwrap();
    write_tree(
        root.path(),
        [
            (PathBuf::from("specs/shop/platform.yaml"), platform),
            (PathBuf::from("specs/shop/shop.demo.yaml"), method.as_bytes().to_vec()),
        ],
    );
    root
}

fn run(root: &TempDir, arguments: &[&str]) -> Run {
    let done = gatespec().current_dir(root.path()).args(arguments).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    let run = Run { code: done.status.code(), out: text(done.stdout), err: text(done.stderr) };
    assert!(!run.err.contains("panicked"), "{}", run.err);
    run
}

/// A method that violates one lint: its field has no `doc`.
const UNDOCUMENTED: &str = "title: Ask\nrequest:\n  name: {}\n";

#[test]
fn a_warning_fails_only_where_it_is_denied() {
    let root = project(UNDOCUMENTED);
    let warned = run(&root, &["check"]);
    assert_eq!(warned.code, Some(0), "{warned:?}");
    assert!(warned.err.contains("warning[missing_doc]"), "{warned:?}");
    for deny in ["warnings", "missing_doc"] {
        let denied = run(&root, &["check", "--deny", deny]);
        assert_eq!(denied.code, Some(1), "{denied:?}");
        assert!(denied.err.contains("error[missing_doc]"), "{denied:?}");
    }
    let allowed = run(&root, &["check", "--allow", "missing_doc", "--deny", "warnings"]);
    assert_eq!(
        (allowed.code, allowed.err.contains("missing_doc")),
        (Some(0), false),
        "{allowed:?}"
    );
}

#[test]
fn a_denied_lint_keeps_the_output_from_being_written() {
    let root = project(UNDOCUMENTED);
    let build = ["build", "--out", "out", "--deny", "warnings"];
    let denied = run(&root, &build);
    assert_eq!((denied.code, denied.out.as_str()), (Some(1), ""), "{denied:?}");
    assert!(denied.err.contains("nothing was written"), "{denied:?}");
    assert!(!root.path().join("out").exists());
    assert_eq!(run(&root, &build[..3]).code, Some(0));
}

#[test]
fn a_level_needs_a_lint_that_exists() {
    let root = project(UNDOCUMENTED);
    let unknown = run(&root, &["check", "--deny", "missing_docs"]);
    assert_eq!(unknown.code, Some(2), "{unknown:?}");
    assert!(unknown.err.contains("did you mean `missing_doc`?"), "{unknown:?}");
    let fixed = run(&root, &["check", "--allow", "unknown_key"]);
    assert_eq!(fixed.code, Some(2), "{fixed:?}");
    assert!(fixed.err.contains("`unknown_key` is always an error"), "{fixed:?}");
}

/// A misspelled key, after a field whose name has more bytes than characters.
const MISSPELLED: &str = "title: Ask\nrequest:\n  名字: { tpye: text, doc: Whose. } # 短\n";

/// The byte range of a text in [`MISSPELLED`].
fn bytes(text: &str) -> (usize, usize) {
    let start = MISSPELLED.find(text).unwrap();
    (start, start + text.len())
}

#[test]
fn json_has_the_field_names_of_rustc_and_one_object_a_line() {
    let root = project(MISSPELLED);
    let run = run(&root, &["check", "--format", "json"]);
    assert_eq!((run.code, run.err.as_str()), (Some(1), ""), "{run:?}");
    let lines: Vec<Value> =
        run.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let [found] = lines.as_slice() else { panic!("{run:?}") };
    assert_eq!(found["$message_type"], "diagnostic");
    assert_eq!(found["level"], "error");
    assert_eq!(found["code"]["code"], "unknown_key");
    assert_eq!(found["message"], "a field has no key `tpye`");
    let (start, end) = bytes("tpye");
    let line = "  名字: { tpye: text, doc: Whose. } # 短";
    let place = json!({
        "file_name": "specs/shop/shop.demo.yaml",
        "byte_start": start, "byte_end": end,
        "line_start": 3, "line_end": 3, "column_start": 9, "column_end": 13,
        "is_primary": true, "label": null,
        "text": [{ "text": line, "highlight_start": 9, "highlight_end": 13 }],
        "suggested_replacement": null, "suggestion_applicability": null, "expansion": null,
    });
    assert_eq!(found["spans"], json!([place]));
    let help = &found["children"][0];
    assert_eq!(
        (&help["level"], &help["message"]),
        (&json!("help"), &json!("did you mean `type`?"))
    );
    let mut mended = place;
    mended["suggested_replacement"] = json!("type");
    mended["suggestion_applicability"] = json!("MachineApplicable");
    assert_eq!(help["spans"], json!([mended]));
    assert!(found["rendered"].as_str().unwrap().starts_with("error[unknown_key]: a field"));
}

#[test]
fn sarif_names_rule_place_and_fix() {
    let root = project(MISSPELLED);
    let run = run(&root, &["check", "--format", "sarif"]);
    assert_eq!((run.code, run.err.as_str()), (Some(1), ""), "{run:?}");
    let log: Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(log["version"], "2.1.0");
    let of_run = &log["runs"][0];
    let [result] = of_run["results"].as_array().unwrap().as_slice() else { panic!("{log}") };
    assert_eq!((&result["ruleId"], &result["level"]), (&json!("unknown_key"), &json!("error")));
    let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
    assert_eq!(of_run["tool"]["driver"]["rules"][index]["id"], "unknown_key");
    assert_eq!(of_run["columnKind"], "unicodeCodePoints");
    let place = &result["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "specs/shop/shop.demo.yaml");
    let (start, end) = bytes("tpye");
    let region = json!({
        "startLine": 3, "startColumn": 9, "endLine": 3, "endColumn": 13,
        "byteOffset": start, "byteLength": end - start,
    });
    assert_eq!(place["region"], region);
    let change = &result["fixes"][0]["artifactChanges"][0];
    let replaced = json!([{ "deletedRegion": region, "insertedContent": { "text": "type" } }]);
    assert_eq!(change["replacements"], replaced);
    // A log without results is still valid, and makes code hosts close the results of earlier logs.
    let log = sound_log();
    assert!(log["runs"][0]["results"].as_array().unwrap().iter().all(|one| one["level"] == "note"));
}

/// The log of a run over valid specs.
fn sound_log() -> Value {
    let done = run(&project("title: Ask\n"), &["check", "--format", "sarif"]);
    assert_eq!(done.code, Some(0), "{done:?}");
    serde_json::from_str(&done.out).unwrap()
}

#[test]
fn github_and_short_have_one_line_a_mistake() {
    let root = project(MISSPELLED);
    let github = run(&root, &["check", "--format", "github"]);
    let expected = "::error file=specs/shop/shop.demo.yaml,line=3,endLine=3,col=9,endColumn=12,\
        title=unknown_key::a field has no key `tpye`%0Ahelp: did you mean `type`?\n";
    assert_eq!((github.code, github.out.as_str()), (Some(1), expected), "{github:?}");
    let short = run(&root, &["check", "--format", "short"]);
    let expected = "specs/shop/shop.demo.yaml:3:9: error[unknown_key]: a field has no key `tpye`\n";
    assert_eq!((short.code, short.err.as_str()), (Some(1), expected), "{short:?}");
}

#[test]
fn a_build_for_tools_leaves_the_standard_output_to_them() {
    let root = project(UNDOCUMENTED);
    let run = run(&root, &["build", "--out", "out", "--format", "json"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    let lines = run.out.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let ids: Vec<_> = lines.map(|one| one["code"]["code"].clone()).collect();
    assert_eq!(ids, ["missing_doc"]);
    assert!(root.path().join("out/mod.rs").exists() || root.path().join("out/lib.rs").exists());
}

#[test]
fn human_output_fits_the_terminal() {
    let long = "x".repeat(12);
    let fields: String = (0..40).map(|index| format!("  {long}{index}: {{}}\n")).collect();
    let text = format!("title: Ask\nrequest:\n{fields}");
    let platform = fs::read_to_string(corpus("base/platform.yaml")).unwrap();
    let sources = source_map(vec![
        ("shop/platform.yaml".to_owned(), platform),
        ("shop/shop.demo.yaml".to_owned(), text),
    ]);
    let outcome = compile(&sources, Default::default());
    let wide = in_look(&sources, &outcome.diagnostics, Look::default());
    let narrow = in_look(&sources, &outcome.diagnostics, Look { color: false, width: Some(60) });
    let widest = |text: &str| text.lines().map(|line| line.chars().count()).max().unwrap();
    assert!(widest(&wide) > 60, "{wide}");
    assert!(widest(&narrow) <= 60, "{narrow}");
    let names = |text: &str| text.matches(&format!("`{long}")).count();
    assert_eq!(names(&wide), names(&narrow));
}

#[test]
fn fixes_keep_everything_around_them_and_a_second_run_changes_nothing() {
    let wrong = "# why\ntilte: Ask   # what\nrequest:\n  name:\n    tpye: text # which\n    \
        required: yes\n    doc: 'Whose: it is.'\nrepaet: safe\n";
    let right = wrong
        .replace("tilte", "title")
        .replace("tpye", "type")
        .replace("required: yes", "required: true")
        .replace("repaet", "repeat");
    let root = project(wrong);
    let spec = root.path().join("specs/shop/shop.demo.yaml");
    let first = run(&root, &["check", "--fix"]);
    assert_eq!(fs::read_to_string(&spec).unwrap(), right, "{first:?}");
    assert_eq!(first.code, Some(0), "{first:?}");
    assert!(first.err.contains("shop.demo.yaml: 4 mistakes fixed"), "{first:?}");
    let written = fs::metadata(&spec).unwrap().modified().unwrap();
    let second = run(&root, &["check", "--fix"]);
    assert_eq!((second.code, second.err.contains("fixed")), (Some(0), false), "{second:?}");
    assert_eq!(fs::metadata(&spec).unwrap().modified().unwrap(), written);
}

#[test]
fn what_is_not_certain_is_not_fixed() {
    // `time` and `item` are equally similar to `tiem`; nothing is similar to `whatever`.
    let text = "title: Ask\nwhatever: x\nrequest:\n  time: { doc: When. }\n  item: { doc: What. }\n  \
        more: { doc: More., required: { when: tiem } }\n";
    let root = project(text);
    let done = run(&root, &["build", "--out", "out", "--fix"]);
    assert_eq!(done.code, Some(1), "{done:?}");
    let spec = root.path().join("specs/shop/shop.demo.yaml");
    assert_eq!(fs::read_to_string(spec).unwrap(), text);
}

#[test]
fn a_project_states_its_levels_once() {
    let root = project(UNDOCUMENTED);
    let settings = root.path().join("gatespec.toml");
    fs::write(&settings, "[lints]\nmissing_doc = \"deny\"\n").unwrap();
    assert_eq!(run(&root, &["check"]).code, Some(1));
    // The command line overrides the settings, and the settings also apply to a run in a subfolder.
    assert_eq!(run(&root, &["check", "--allow", "missing_doc"]).code, Some(0));
    let below = gatespec().current_dir(root.path().join("specs")).args(["check", "."]).output();
    assert_eq!(below.unwrap().status.code(), Some(1));
    fs::write(&settings, "[lints]\nwarnings = \"deny\"\nmissing_docs = \"allow\"\n").unwrap();
    let wrong = run(&root, &["check"]);
    assert_eq!(wrong.code, Some(1), "{wrong:?}");
    let said = "gatespec.toml:3:1: there is no rule `missing_docs`; did you mean `missing_doc`?";
    assert!(wrong.err.contains(said), "{wrong:?}");
}

#[test]
fn a_level_in_a_spec_counts_for_its_part_alone() {
    let why = "The page explains nothing.";
    let fields = "  one: {}\n";
    let types = "types:\n  Two: { doc: Others., fields: { two: {} } }\n";
    let answer = "response:\n  two: { type: Two, doc: Some. }\n";
    let rules_of = |text: &str, arguments: &[&str]| -> Vec<String> {
        let root = project(text);
        let run = run(&root, &[&["check", "--format", "json"], arguments].concat());
        let found = run.out.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
        let found = found.filter(|one| one["level"] != "note");
        let place = |one: &Value| one["spans"][0]["line_start"].clone();
        let shown = found.map(|one| format!("{} {}", one["code"]["code"], place(&one)));
        shown.map(|one| one.replace('"', "")).collect()
    };
    let whole = format!("title: Ask\nrequest:\n{fields}{types}{answer}");
    assert_eq!(rules_of(&whole, &[]), ["missing_doc 3", "missing_doc 5"]);
    // In turn: a level for the whole file, which overrides the command line; a level for one row; a
    // level for a row in a file that has another level; a level without effect.
    let file = format!("{whole}allow: {{ missing_doc: {why} }}\n");
    assert_eq!(rules_of(&file, &["--deny", "missing_doc"]), [""; 0]);
    let row = whole.replace("one: {}", &format!("one: {{ allow: {{ missing_doc: {why} }} }}"));
    assert_eq!(rules_of(&row, &[]), ["missing_doc 5"]);
    let inner = file.replace("two: {}", &format!("two: {{ warn: {{ missing_doc: {why} }} }}"));
    assert_eq!(rules_of(&inner, &[]), ["missing_doc 5"]);
    let idle = row.replace("allow: {", "doc: A field., allow: {");
    assert_eq!(rules_of(&idle, &[]), ["unused_level 3", "missing_doc 5"]);
    // An `allow` needs a reason and the name of an existing lint. Rules that are errors cannot be
    // allowed.
    let of = |level: &str| format!("title: Ask\nallow: {{ {level} }}\n");
    assert_eq!(rules_of(&of("missing_doc: \"\""), &[]), ["bad_value 2"]);
    assert_eq!(rules_of(&of("missing_docs: Why not."), &[]), ["unknown_name 2"]);
    assert_eq!(rules_of(&of("unknown_key: Why not."), &[]), ["bad_value 2"]);
}

/// The signatures were computed by Python's `hashlib`: of the text that the formula signs with the
/// secret before it, and with SHA-1 in place of MD5.
#[test]
fn a_known_mistake_explains_the_signature_of_a_vector() {
    let root = project("title: Ask\nrequest:\n  name: { doc: Whose. }\n");
    let file = root.path().join("specs/shop/platform.yaml");
    let platform = fs::read_to_string(&file).unwrap();
    let (own, sent) = ("482a97735b2298e7b04d8ea97a164964", "params: { key: k, method: shop.demo, ");
    let typed =
        platform.replace(sent, "clock: 1700000000\n      method: shop.demo\n      request: { ");
    let typed = typed.replace("time: \"1700000000\", empty: \"\", ", "");
    for (platform, sign, cause) in [
        (&platform, "0edf035667b67021b3a509c2ecc4ec35", "[secret_moved]"),
        (&typed, "3c683090fa6cc1be678dfcb46edcb3e31cca4bc5", "[other_digest]"),
    ] {
        fs::write(&file, platform.replace(own, sign)).unwrap();
        for command in [&["check"][..], &["build", "--out", "out"]] {
            let wrong = run(&root, command);
            assert_eq!(wrong.code, Some(1), "{wrong:?}");
            assert!(wrong.err.contains("error[vector_mismatch]"), "{wrong:?}");
            let note = "= note: a known mistake gives this signature: ";
            assert!(wrong.err.contains(note) && wrong.err.contains(cause), "{wrong:?}");
        }
    }
    // There is no note if no known mistake gives the signature.
    fs::write(&file, platform.replace(own, "00000000000000000000000000000000")).unwrap();
    let wrong = run(&root, &["check"]);
    assert!(wrong.err.contains("error[vector_mismatch]"), "{wrong:?}");
    assert!(!wrong.err.contains("a known mistake"), "{wrong:?}");
}

#[test]
fn a_build_script_sets_levels() {
    let root = project(UNDOCUMENTED);
    let config = Config::new(root.path().join("specs")).out_dir(root.path().join("out"));
    let error = config.clone().deny("warnings").build().unwrap_err().to_string();
    assert!(error.contains("error[missing_doc]"), "{error}");
    assert!(!root.path().join("out").exists());
    let error = config.clone().warn("missing_docs").build().unwrap_err().to_string();
    assert_eq!(error, "there is no rule `missing_docs`; did you mean `missing_doc`?");
    config.deny("warnings").allow("missing_doc").build().unwrap();
    assert!(root.path().join("out/mod.rs").is_file());
}

//! The `gatespec` command from outside: its files, output and exit codes.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use gatespec_language::diagnostic::{Edition, Severity, rules};
use gatespec_tests::corpus::{Case, cases};
use gatespec_tests::disk;
use gatespec_tests::harness::{corpus, each, run, tree, workspace, write_tree};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

const BUILD: [&str; 5] = ["build", "--specs", "specs", "--out", "out"];

/// A folder with the specs of three methods, not compiled yet.
fn project() -> TempDir {
    let root = TempDir::new().unwrap();
    let platform = fs::read(corpus("base/platform.yaml")).unwrap();
    let file = |name: &str, text: Vec<u8>| (PathBuf::from(format!("specs/shop/{name}.yaml")), text);
    let method =
        |name: &str| file(name, format!("title: Ask for {name}\nrepeat: safe\n").into_bytes());
    write_tree(
        root.path(),
        [file("platform", platform), method("one"), method("two"), method("three")],
    );
    root
}

/// The files below `out` that have changed.
fn changed(root: &Path, before: &BTreeMap<PathBuf, Vec<u8>>) -> Vec<String> {
    let after = tree(&root.join("out"));
    let names =
        before.keys().chain(after.keys()).filter(|name| before.get(*name) != after.get(*name));
    let mut names: Vec<_> = names.map(|name| name.display().to_string()).collect();
    names.sort();
    names.dedup();
    names
}

#[test]
fn a_second_build_writes_nothing_and_says_so() {
    let root = project();
    let first = run(root.path(), &BUILD);
    assert_eq!((first.code, first.err.as_str()), (Some(0), ""), "{first:?}");
    for word in ["shop", "platform", "methods", "fields", "rules", "lines"] {
        assert!(first.out.contains(word), "`{word}` is not in the table\n{}", first.out);
    }
    let times = |root: &Path| -> Vec<_> {
        let names = tree(&root.join("out")).into_keys();
        names
            .map(|name| fs::metadata(root.join("out").join(name)).unwrap().modified().unwrap())
            .collect()
    };
    let (files, before) = (tree(&root.path().join("out")), times(root.path()));
    let second = run(root.path(), &BUILD);
    assert_eq!((second.code, second.err.as_str()), (Some(0), ""), "{second:?}");
    assert!(second.out.contains("nothing"), "{}", second.out);
    assert_eq!(changed(root.path(), &files), [""; 0]);
    assert_eq!(times(root.path()), before);
}

#[test]
fn editing_one_method_rewrites_its_file_and_the_carried_spec_alone() {
    let root = project();
    run(root.path(), &BUILD);
    let before = tree(&root.path().join("out"));
    let edited = "title: Ask for two\nrequest:\n  name: { doc: The name. }\n";
    fs::write(root.path().join("specs/shop/two.yaml"), edited).unwrap();
    assert_eq!(run(root.path(), &BUILD).code, Some(0));
    assert_eq!(changed(root.path(), &before), ["shop/spec.rs", "shop/two.rs"]);
    fs::remove_file(root.path().join("specs/shop/two.yaml")).unwrap();
    assert_eq!(run(root.path(), &BUILD).code, Some(0));
    assert!(!root.path().join("out/shop/two.rs").exists(), "an orphan stayed");
}

#[test]
fn check_passes_when_fresh_and_names_what_is_stale() {
    let root = project();
    let check = [&BUILD[..], &["--check"]].concat();
    let missing = run(root.path(), &check);
    assert_eq!(missing.code, Some(1), "{missing:?}");
    assert!(!root.path().join("out").exists(), "a check writes nothing");
    run(root.path(), &BUILD);
    assert_eq!(run(root.path(), &check).code, Some(0));
    fs::write(root.path().join("specs/shop/two.yaml"), "title: Ask for 2\n").unwrap();
    fs::remove_file(root.path().join("specs/shop/three.yaml")).unwrap();
    let before = tree(&root.path().join("out"));
    let stale = run(root.path(), &check);
    assert_eq!(stale.code, Some(1), "{stale:?}");
    let said = stale.out + &stale.err;
    for name in ["shop/two.rs", "shop/three.rs"] {
        assert!(said.contains(name), "{name} is not named\n{said}");
    }
    assert!(!said.contains("shop/one.rs"), "{said}");
    assert_eq!(changed(root.path(), &before), [""; 0]);
}

#[test]
fn a_wrong_command_line_is_another_failure_than_a_wrong_spec() {
    let root = project();
    for arguments in
        [&["build", "--spec"][..], &["biuld"], &["model", "--format", "xml"], &["build", "x"]]
    {
        let wrong = run(root.path(), arguments);
        assert_eq!(wrong.code, Some(2), "{arguments:?}: {wrong:?}");
        assert!(wrong.err.contains("--help") || wrong.err.contains("Usage"), "{}", wrong.err);
    }
    assert_eq!(run(root.path(), &["--help"]).code, Some(0));
}

#[test]
fn check_takes_folders_platforms_and_files_and_lets_warnings_pass() {
    let root = project();
    for path in ["specs", "specs/shop", "specs/shop/two.yaml"] {
        let sound = run(root.path(), &["check", path]);
        // The formula leaves gaps, but these are notes and not errors.
        let notes =
            sound.err.starts_with("note[several_cuts]") && sound.err.ends_with("\n1 note\n");
        assert!(sound.code == Some(0) && notes, "{path}: {sound:?}");
    }
    fs::write(root.path().join("specs/shop/two.yaml"), "title: Two\nrequest: { a: {} }\n").unwrap();
    let warned = run(root.path(), &["check", "specs/shop/two.yaml"]);
    assert_eq!(warned.code, Some(0), "{warned:?}");
    assert!(
        warned.err.contains("warning[missing_doc]") && warned.err.contains("1 warning"),
        "{}",
        warned.err
    );
    fs::write(root.path().join("specs/shop/two.yaml"), "titel: Two\n").unwrap();
    let wrong = run(root.path(), &["check", "specs/shop"]);
    assert_eq!(wrong.code, Some(1), "{wrong:?}");
    assert!(
        wrong.err.contains("specs/shop/two.yaml:1:1") && wrong.err.contains("`title`"),
        "{}",
        wrong.err
    );
    assert!(!root.path().join("out").exists() && !root.path().join("generated").exists());
}

#[test]
fn the_model_is_complete_in_json_and_the_same_in_yaml() {
    let json = run(&workspace(""), &["model", "--specs", "specs", "--format", "json"]);
    let yaml = run(&workspace(""), &["model", "--specs", "specs", "--format", "yaml"]);
    assert_eq!((json.code, yaml.code), (Some(0), Some(0)), "{}{}", json.err, yaml.err);
    let model: Value = serde_json::from_str(&json.out).unwrap();
    let again: Value = serde_yaml::from_str(&yaml.out).unwrap();
    assert_eq!(model, again);
    let platforms = model["platforms"].as_array().unwrap();
    let ids: Vec<_> = platforms.iter().map(|platform| platform["id"].as_str().unwrap()).collect();
    for id in ["gome", "mogujie", "shopex"] {
        assert!(ids.contains(&id), "{ids:?}");
    }
    for platform in platforms {
        for key in [
            "environments",
            "credentials",
            "public",
            "signature",
            "envelope",
            "errors",
            "enumerations",
        ] {
            assert!(!platform[key].is_null(), "{} has no `{key}`", platform["id"]);
        }
        for method in platform["methods"].as_array().unwrap() {
            method["request"]["fields"].as_array().unwrap().iter().for_each(described);
            let response = &method["response"];
            response["fields"].as_array().into_iter().flatten().for_each(described);
            let either =
                response.is_null() || response["fields"].is_array() || response["type"].is_string();
            assert!(either, "{response}");
        }
    }
    // The rule states how a range is split.
    let methods = platforms.iter().flat_map(|platform| platform["methods"].as_array().unwrap());
    let mut rules = methods.flat_map(|method| method["request"]["rules"].as_array().unwrap());
    let span = rules.find(|rule| rule["rule"] == "span").unwrap();
    assert_eq!((&span["at_most_seconds"], &span["end"]), (&604_800.into(), &"excluded".into()));
    // The counts in the documents. Mogujie's answer has 56 rows, two of which have 4 and 9 members,
    // and 11 members that only the sample shows. The error codes of Mogujie and ShopEx come from
    // elsewhere. Methods that are not in these documents are not counted, so methods and platforms
    // may be added.
    let expected = [
        ("gome", "gome.", (1, 35, 0, 5, 14)),
        ("mogujie", "xiaodian.trade.get", (1, 3, 56 + 4 + 9 + 11, 8, 4)),
        ("shopex", "matrix.", (5, 19, 5, 4, 16)),
    ];
    for (id, prefix, (methods, request, response, public, errors)) in expected {
        let platform = platforms.iter().find(|platform| platform["id"] == id).unwrap();
        let expected = Counts { methods, request, response, public, errors };
        assert_eq!(Counts::of(platform, prefix), expected, "{id}");
    }
}

/// The numbers of documented items of a platform.
#[derive(Debug, PartialEq, Eq)]
struct Counts {
    methods: usize,
    request: usize,
    response: usize,
    public: usize,
    errors: usize,
}

impl Counts {
    fn of(platform: &Value, prefix: &str) -> Self {
        let methods = platform["methods"].as_array().unwrap().iter();
        let methods: Vec<_> =
            methods.filter(|method| method["name"].as_str().unwrap().starts_with(prefix)).collect();
        let rows = |side: &str| methods.iter().map(|method| rows(&method[side])).sum();
        let many = |key: &str| platform[key].as_array().unwrap().len();
        Self {
            methods: methods.len(),
            request: rows("request"),
            response: rows("response"),
            public: many("public"),
            errors: many("errors"),
        }
    }
}

/// Asserts that a row has its wire name, type, requirement, rules and provenance.
fn described(field: &Value) {
    assert!(field["name"].is_string() && field["type"].is_string(), "{field}");
    assert!(!field["required"].is_null() && field["rules"].is_array(), "{field}");
    assert!(field["provenance"]["grade"].is_string(), "{field}");
    field["fields"].as_array().into_iter().flatten().for_each(described);
}

fn rows(record: &Value) -> usize {
    record["fields"].as_array().into_iter().flatten().map(|field| 1 + rows(field)).sum()
}

type Make = Box<dyn Fn(&Path)>;

/// Every wrong spec of the corpus: its name, and a function that creates its files.
fn wrong_specs() -> Vec<(String, Make)> {
    let is_error = |name: &str| {
        let rule = name.split("__").next().unwrap().rsplit('/').next().unwrap();
        rules::ALL.iter().any(|known| {
            known.id == rule && known.severity_in(Edition::default()) == Severity::Error
        })
    };
    let mut found: Vec<(String, Make)> = Vec::new();
    for (name, case) in disk::cases().filter(|(name, _)| is_error(name)) {
        found.push((name.to_owned(), Box::new(move |root| case.fill(root))));
    }
    for stage in ["syntax", "resolve", "check", "plan"] {
        for case in cases(&corpus("reject").join(stage)).unwrap() {
            if is_error(&case.name) {
                found.push((
                    format!("{stage}/{}", case.name),
                    Box::new(move |root| lay_out(&case, root)),
                ));
            }
        }
    }
    found
}

fn lay_out(case: &Case, root: &Path) {
    let sources = case.sources(&corpus("base/platform.yaml")).unwrap();
    let files = sources.iter().map(|(_, source)| {
        (Path::new("specs").join(&source.path), source.text.clone().into_bytes())
    });
    write_tree(root, files);
}

#[test]
fn every_wrong_spec_exits_with_1_names_its_rule_and_leaves_the_output_as_it_was() {
    each(wrong_specs(), |name, make| {
        let root = TempDir::new().unwrap();
        make(root.path());
        if !name.starts_with("write/") {
            write_tree(
                &root.path().join("out"),
                [(PathBuf::from("mod.rs"), b"// earlier".to_vec())],
            );
        }
        let before = tree(&root.path().join("out"));
        let done = run(root.path(), &BUILD);
        assert_eq!(done.code, Some(1), "{done:?}");
        let rule = name.split_once('/').unwrap().1.split_once("__").unwrap().0;
        assert!(done.err.contains(&format!("error[{rule}]")), "{}", done.err);
        assert_eq!(changed(root.path(), &before), [""; 0]);
    });
}

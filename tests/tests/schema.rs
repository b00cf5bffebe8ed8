//! The JSON Schemas of specs are up to date, and judge the shape of a spec as the compiler does:
//! for every case of the corpus, and for accepted specs with one key renamed or one value replaced.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use gatespec_language::diagnostic::{Severity, Sink};
use gatespec_language::source::{self, SourceMap};
use gatespec_language::{schema, sound};
use gatespec_tests::corpus::{cases, entries, name, source_map};
use gatespec_tests::edits;
use gatespec_tests::harness::{corpus, workspace};
use jsonschema::Validator;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fs;

/// The rules that mostly concern the shape of a spec.
const OF_SHAPE: [&str; 4] = ["unknown_key", "missing_key", "wrong_kind", "bad_value"];

/// The reasons why the schemas cannot refuse some cases of these rules, each with the cases. A case
/// that the schemas refuse must not be listed.
const UNSAID: &[(&str, &[&str])] = &[
    ("numbers of YAML, in another notation", &["num_exp", "num_float", "num_hex"]),
    ("words for nothing, which YAML reads as `~`", &["success_null_word", "formula_flow"]),
    ("names are free", &["d_enum_hidden_space", "bad_value__headers_and_statuses"]),
    ("a duration of nothing is one where it is not a span", &["dur_zero"]),
    ("another file declares the label", &["missing_key__label_without_text"]),
];

/// The schemas of the three kinds of files.
struct Schemas([(&'static str, Validator); 3]);

impl Schemas {
    fn new() -> Self {
        Self(schema::all().map(|schema| {
            let text: Value = serde_json::from_str(&schema.text).unwrap();
            jsonschema::draft7::meta::validate(&text).unwrap_or_else(|error| panic!("{error}"));
            let name = schema.name.split('.').next().unwrap();
            (name, jsonschema::draft7::new(&text).unwrap())
        }))
    }

    /// The schema of a file.
    fn of(&self, path: &str) -> &Validator {
        let stem = name(path.as_ref());
        let kind = match stem.split('.').next().unwrap() {
            kind @ ("platform" | "types") => kind,
            _ => "method",
        };
        self.0.iter().find(|(name, _)| *name == kind).map(|(_, schema)| schema).unwrap()
    }

    /// The faults that the schemas find in specs.
    fn faults(&self, sources: &SourceMap) -> Vec<String> {
        let files = sources.iter().flat_map(|(_, file)| {
            let value = match serde_yaml::from_str::<Value>(&file.text) {
                Ok(value) => value,
                Err(error) => return vec![format!("{}: {error}", file.path)],
            };
            self.faults_of(&file.path, &value)
        });
        files.collect()
    }

    fn faults_of(&self, path: &str, value: &Value) -> Vec<String> {
        let errors = self.of(path).iter_errors(value);
        errors.map(|error| format!("{path}: {}: {error}", error.instance_path())).collect()
    }
}

#[test]
fn the_schemas_beside_the_specs_are_fresh() {
    for schema in schema::all() {
        let file = fs::read_to_string(workspace("specs").join(schema.name)).unwrap();
        assert!(file == schema.text, "{} is stale: run `cargo run -q -- schema`", schema.name);
    }
}

#[test]
fn each_shipped_spec_names_its_schema() {
    let sources = source::load(&workspace("specs"), &mut Sink::default());
    for (_, file) in sources.iter() {
        let line = schema::modeline(&name(file.path.as_ref()));
        assert_eq!(file.text.lines().next(), Some(&*line), "{}", file.path);
        let named = line.split_once("$schema=../").unwrap().1;
        assert!(workspace("specs").join(named).is_file(), "{line}");
    }
}

/// Every accepted spec: the shipped ones, and those of the corpus and of the invented platforms.
fn accepted() -> Vec<(String, SourceMap)> {
    let base = corpus("base/platform.yaml");
    let of_corpus = cases(&corpus("accept")).unwrap().into_iter();
    let mut all: Vec<_> =
        of_corpus.map(|case| (case.name.clone(), case.sources(&base).unwrap())).collect();
    for folder in ["specs", "tests/platforms"] {
        let sources = source::load(&workspace(folder), &mut Sink::default());
        all.push((folder.to_owned(), sources));
    }
    all
}

#[test]
fn the_schemas_accept_every_accepted_spec() {
    let schemas = Schemas::new();
    let faults: Vec<_> =
        accepted().iter().flat_map(|(_, sources)| schemas.faults(sources)).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// The wrong specs of the corpus whose rule is one of [`OF_SHAPE`].
fn misshapen() -> Vec<(String, SourceMap)> {
    let base = corpus("base/platform.yaml");
    let is_of_shape = |rule: &str| OF_SHAPE.contains(&rule);
    let of_resolve = cases(&corpus("reject/resolve")).unwrap().into_iter();
    let of_resolve = of_resolve
        .filter(|case| is_of_shape(case.name.split("__").next().unwrap()))
        .map(|case| (case.name.clone(), case.sources(&base).unwrap()));
    let edits = entries(&corpus("reject/edits")).unwrap().into_iter();
    let edits = edits.filter(|path| path.extension().is_some_and(|kind| kind == "txt"));
    let edits = edits.flat_map(|path| edits::read(&fs::read_to_string(path).unwrap()));
    let edits = edits.filter(|edit| is_of_shape(&edit.rule));
    of_resolve.chain(edits.map(|edit| (edit.name.clone(), edit.apply().0))).collect()
}

#[test]
fn the_schemas_refuse_misshapen_specs() {
    let schemas = Schemas::new();
    let unsaid: BTreeSet<&str> = UNSAID.iter().flat_map(|(_, cases)| *cases).copied().collect();
    let passed = misshapen().into_iter().filter(|(_, sources)| schemas.faults(sources).is_empty());
    let passed: BTreeSet<String> = passed.map(|(name, _)| name).collect();
    let passed: BTreeSet<&str> = passed.iter().map(String::as_str).collect();
    assert_eq!(passed, unsaid, "on the left what the schemas accept, on the right the list");
}

/// A step into a value: a key of a map, or an index of a list.
#[derive(Debug, Clone)]
enum Step {
    Key(String),
    Item(usize),
}

/// The path to each key of a value.
fn keys(value: &Value, at: &mut Vec<Step>, found: &mut Vec<Vec<Step>>) {
    let mut into = |step: Step, inner: &Value| {
        at.push(step.clone());
        if let Step::Key(_) = step {
            found.push(at.clone());
        }
        keys(inner, at, found);
        at.pop();
    };
    match value {
        Value::Object(map) => {
            map.iter().for_each(|(key, inner)| into(Step::Key(key.clone()), inner));
        }
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(index, inner)| into(Step::Item(index), inner));
        }
        _ => {}
    }
}

/// The map that contains the last key of a path.
fn holder<'v>(value: &'v mut Value, path: &[Step]) -> &'v mut serde_json::Map<String, Value> {
    let (_, before) = path.split_last().unwrap();
    let inner = before.iter().fold(value, |value, step| match step {
        Step::Key(key) => &mut value[key.as_str()],
        Step::Item(index) => &mut value[*index],
    });
    inner.as_object_mut().unwrap()
}

/// Changed copies of a value. One has another name for the last key of `path`. The others have
/// another kind of value for that key, one copy for each kind.
fn mutations(value: &Value, path: &[Step]) -> Vec<(String, Value)> {
    let Some(Step::Key(key)) = path.last() else { return Vec::new() };
    let mut renamed = value.clone();
    let map = holder(&mut renamed, path);
    let inner = map.remove(key).unwrap();
    map.insert(format!("qq_{key}_qq"), inner);
    let kinds = [json!("qq"), json!(["qq"]), json!({ "qq_qq": "qq" })];
    let replaced = kinds.into_iter().map(|kind| {
        let mut replaced = value.clone();
        holder(&mut replaced, path).insert(key.clone(), kind.clone());
        (format!("{kind}"), replaced)
    });
    std::iter::once(("renamed".to_owned(), renamed)).chain(replaced).collect()
}

/// Compiles specs in which `value` replaces the file at `path`. Returns the errors in that file
/// that concern its shape, and all errors in it.
fn reported(sources: &SourceMap, path: &str, value: &Value) -> (Vec<String>, Vec<String>) {
    let folder = |path: &str| path.split('/').next().map(str::to_owned);
    // Platforms are independent of each other.
    let own = sources.iter().filter(|(_, file)| folder(&file.path) == folder(path));
    let files = own.map(|(_, file)| {
        // In a spec, `~` is null, and `null` is a text.
        let text = || value.to_string().replace(":null", ":~");
        let text = if file.path == path { text() } else { file.text.clone() };
        (file.path.clone(), text)
    });
    let sources = source_map(files.collect());
    let mut sink = Sink::default();
    sound(&sources, &mut sink);
    let own = |span: source::SourceSpan| sources.get(span.source).path == path;
    let found = sink.into_sorted().into_iter().filter(|one| one.span.is_some_and(own));
    let found = found.filter(|one| one.severity == Severity::Error);
    let found: Vec<_> = found.map(|one| (one.rule.id, one.message)).collect();
    let of_shape = found.iter().filter(|(rule, _)| OF_SHAPE.contains(rule));
    let shown = |(rule, message): &(&str, String)| format!("{rule}: {message}");
    (of_shape.map(shown).collect(), found.iter().map(shown).collect())
}

/// Mutations that the compiler refuses by a rule of shape but the schemas accept, by the reason.
const DIFFER: &[(&str, &[&str])] = &[
    (
        "names are free",
        &[
            "1 of enum renamed",
            "2 of enum renamed",
            "enum of Carrier {\"qq_qq\":\"qq\"}",
            "isp.* of errors renamed",
        ],
    ),
    ("a clock's format is a pattern of times", &["format of once \"qq\""]),
];

#[test]
fn a_renamed_key_and_a_value_of_another_kind_are_refused_by_both() {
    let schemas = Schemas::new();
    let mut tried = BTreeSet::new();
    let mut differ = BTreeSet::new();
    for (name, sources) in accepted() {
        // The compiler is run for each mutation.
        let small = sources.iter().filter(|(_, file)| file.text.len() < 4096 && name != "specs");
        for (_, file) in small.filter(|_| name != "tests/platforms") {
            let value: Value = serde_yaml::from_str(&file.text).unwrap();
            let mut found = Vec::new();
            keys(&value, &mut Vec::new(), &mut found);
            for path in found {
                // Keys with the same name, in maps with the same name, are tried once.
                let named = path.iter().rev().filter_map(|step| match step {
                    Step::Key(key) => Some(key.as_str()),
                    Step::Item(_) => None,
                });
                let named = named.take(2).collect::<Vec<_>>().join(" of ");
                if !tried.insert(named.clone()) {
                    continue;
                }
                for (what, value) in mutations(&value, &path) {
                    let (of_shape, all) = reported(&sources, &file.path, &value);
                    let theirs = schemas.faults_of(&file.path, &value);
                    let agree = match theirs.is_empty() {
                        true => of_shape.is_empty(),
                        false => !all.is_empty(),
                    };
                    if !agree {
                        println!("{named} {what}: {}", [of_shape, theirs].concat().join("; "));
                        differ.insert(format!("{named} {what}"));
                    }
                }
            }
        }
    }
    assert!(tried.len() > 300, "{}", tried.len());
    let known: BTreeSet<&str> = DIFFER.iter().flat_map(|(_, names)| *names).copied().collect();
    let differ: BTreeSet<&str> = differ.iter().map(String::as_str).collect();
    assert_eq!(differ, known, "on the left what differs, on the right the list");
}

//! `gatespec diff` gives each edit in `corpus/diff`, and its reverse, the verdict that the case
//! states. rustc confirms the verdicts: code that uses every public item of one version is compiled
//! against the other version.

use crate::project::Project;
use gatespec_codegen::{Options, OutputFile, Root, generate, surface};
use gatespec_compare::{Change, Rust, Side, Version, compare};
use gatespec_language::analyse;
use gatespec_language::diagnostic::Sink;
use gatespec_language::model::Model;
use gatespec_language::source::SourceMap;
use gatespec_tests::corpus::source_map;
use gatespec_tests::harness::{corpus, tree};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;

/// A compiled version of the platform.
struct Compiled {
    sources: SourceMap,
    model: Model,
}

impl Compiled {
    fn of(files: &BTreeMap<String, String>, name: &str) -> Compiled {
        let mut sink = Sink::default();
        let sources = source_map(files.clone().into_iter().collect());
        let model = analyse(&sources, &mut sink);
        let problems: Vec<String> = sink.into_sorted().into_iter().map(|one| one.message).collect();
        Compiled { sources, model: model.unwrap_or_else(|| panic!("{name}: {problems:?}")) }
    }

    fn side(&self) -> Side<'_> {
        Side::new(&self.model, &mut Sink::default())
    }

    fn files(&self) -> Vec<OutputFile> {
        let options = Options { root: Root::Module, doc_path: None, ..Options::default() };
        generate(&self.model, &options, &mut Sink::default()).unwrap()
    }
}

/// The expected verdicts on one direction of a case, and a text in the line that causes them.
struct Expected {
    name: String,
    wire: String,
    rust: String,
    cause: Option<String>,
}

struct Case {
    name: String,
    edited: Compiled,
    there: Expected,
    back: Expected,
}

/// The files of the unedited platform, by their paths.
fn base() -> BTreeMap<String, String> {
    let files = tree(&corpus("diff/bazaar")).into_iter();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    files.map(|(path, bytes)| (format!("bazaar/{}", path.display()), text(bytes))).collect()
}

fn cases() -> Vec<Case> {
    let text = fs::read_to_string(corpus("diff/cases.yaml")).unwrap();
    let cases: Vec<Value> = serde_yaml::from_str(&text).unwrap();
    cases.iter().map(case).collect()
}

fn case(case: &Value) -> Case {
    let text = |key: &str| case[key].as_str().unwrap_or_else(|| panic!("{key} of {case}"));
    let (name, file) = (text("case"), format!("bazaar/{}", text("file")));
    let mut files = base();
    assert_eq!(files[&file].matches(text("from")).count(), 1, "{name}");
    let edited = files[&file].replacen(text("from"), text("to"), 1);
    files.insert(file, edited);
    let expected = |direction: &str| {
        let of = &case[direction];
        let text = |key: &str| of[key].as_str().map(str::to_owned);
        Expected {
            name: format!("{name} {direction}"),
            wire: text("wire").unwrap(),
            rust: text("rust").unwrap(),
            cause: text("cause"),
        }
    };
    let (there, back) = (expected("there"), expected("back"));
    Case { name: name.to_owned(), edited: Compiled::of(&files, name), there, back }
}

/// Asserts that the changes between two versions have the expected verdicts and cause.
fn judge(old: &Compiled, new: &Compiled, expected: &Expected) {
    let changes = compare(&old.side(), &new.side());
    let wire = changes.iter().map(Change::wire).max().unwrap_or_default();
    let rust = changes.iter().map(|change| change.rust).max().unwrap_or_default();
    let verdicts = (wire.key(), rust.key());
    assert_eq!(verdicts, (&*expected.wire, &*expected.rust), "{}: {changes:#?}", expected.name);
    assert!(!changes.is_empty(), "{}", expected.name);
    for change in &changes {
        let version = if change.place.version == Version::Old { old } else { new };
        let span = change.place.span;
        let (line, _) = version.sources.position(span.source, span.start);
        let text = &version.sources.get(span.source).text;
        let line = text.lines().nth(line - 1).unwrap_or_default();
        let cause = expected.cause.as_deref().unwrap_or_default();
        assert!(line.contains(cause), "{}: {cause:?} is not in {line:?}", expected.name);
    }
}

#[test]
fn each_edit_and_its_reverse_are_judged_as_the_cases_say() {
    let base = Compiled::of(&base(), "bazaar");
    let cases = cases();
    for case in &cases {
        judge(&base, &case.edited, &case.there);
        judge(&case.edited, &base, &case.back);
    }
    assert!(cases.len() >= 80, "{}", cases.len());
}

#[test]
fn nothing_changes_between_a_version_and_itself() {
    let base = Compiled::of(&base(), "bazaar");
    let again = Compiled::of(&self::base(), "bazaar");
    let changes = compare(&base.side(), &again.side());
    assert_eq!(changes, []);
}

/// A case that rustc cannot judge: if two arguments of the same type change places, old code still
/// compiles but means something else.
const NOT_SEEN_BY_RUSTC: [&str; 1] = ["arguments_change_places"];

#[test]
fn rustc_refuses_old_code_where_a_major_release_is_needed() {
    let base = Compiled::of(&base(), "bazaar");
    let cases = cases();
    let cases = cases.iter().filter(|case| !NOT_SEEN_BY_RUSTC.contains(&&*case.name));
    let project = Project::bare("compared");
    let mut uses = Uses { project: &project, modules: Vec::new() };
    uses.version("base", &base);
    uses.of("base", &base, "base");
    let mut major = BTreeSet::new();
    for case in cases {
        let name = &case.name;
        uses.version(name, &case.edited);
        let (there, back) = (format!("{name}_there"), format!("{name}_back"));
        uses.of(&there, &base, name);
        uses.of(&back, &case.edited, "base");
        for (module, expected) in [(there, &case.there), (back, &case.back)] {
            if expected.rust == Rust::Major.key() {
                major.insert(module);
            }
        }
    }
    assert_eq!(uses.refused(), major);
}

/// A crate that contains all versions, and code that is written for one version and compiled
/// against another.
struct Uses<'p> {
    project: &'p Project,
    modules: Vec<String>,
}

impl Uses<'_> {
    fn version(&mut self, name: &str, version: &Compiled) {
        for file in version.files() {
            self.project.write(&format!("src/version_{name}/{}", file.path), &file.text);
        }
        self.modules.push(format!("version_{name}"));
    }

    /// Writes the code that uses `version`, to be compiled against the version `against`.
    fn of(&mut self, name: &str, version: &Compiled, against: &str) {
        let mut text = format!("use crate::version_{against} as api;\n");
        let uses = surface(&version.model, &mut Sink::default());
        for (index, one) in uses.iter().enumerate() {
            let code = &one.code;
            let _ = writeln!(
                text,
                "pub mod use_{index} {{\nuse super::api;\nuse ::gatespec_runtime as rt;\n{code}\n}}"
            );
        }
        self.project.write(&format!("src/uses_{name}.rs"), &text);
        self.modules.push(format!("uses_{name}"));
    }

    /// The names of the uses that do not compile. While names are unresolved, rustc does not check
    /// types, so uses that have failed are removed until all others compile.
    fn refused(&mut self) -> BTreeSet<String> {
        let mut refused = BTreeSet::new();
        loop {
            let modules = self.modules.iter().map(|name| format!("pub mod {name};\n"));
            let allow = "#![allow(warnings)]\n";
            self.project.write("src/lib.rs", &format!("{allow}{}", modules.collect::<String>()));
            let found = self.project.files_with_errors();
            if found.is_empty() {
                return refused;
            }
            for file in found {
                let name = file.strip_prefix("src/uses_").and_then(|file| file.strip_suffix(".rs"));
                let name = name.unwrap_or_else(|| panic!("an error in {file}"));
                self.modules.retain(|module| *module != format!("uses_{name}"));
                refused.insert(name.to_owned());
            }
        }
    }
}

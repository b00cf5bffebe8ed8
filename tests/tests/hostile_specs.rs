//! Specs that try to keep the compiler busy. The work for each is limited, in counted steps rather
//! than in time.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use allocation_counter::measure;
use gatespec_codegen::{Options, generate, names};
use gatespec_language::diagnostic::Sink;
use gatespec_language::source::{self, SourceMap};
use gatespec_language::{analyse, export, notes, report, sound};
use gatespec_tests::corpus::source_map;
use gatespec_tests::harness::{corpus, workspace};
use std::fmt::Write as _;
use std::fs;

/// The maximum work for one spec, whatever its size: letters compared for suggestions plus steps of
/// searches.
const MOST_WORK: usize = 4_500_000;
/// The maximum size of the messages and of the model, in bytes.
const MOST_SAID: usize = 2 << 20;
const MOST_MODEL: usize = 48 << 20;

/// A family of specs: its name, and a function that makes the spec of a given size.
type Family = (&'static str, fn(usize) -> Spec);

/// Additions to a valid platform: keys of its main file, a method, and types.
#[derive(Default)]
struct Spec {
    platform: String,
    method: String,
    types: String,
}

const FAMILIES: &[Family] = &[
    ("records that hold the next one twice", |size| Spec {
        types: records(size, |at| (at + 1 < size).then(|| vec![at + 1; 2])),
        method: "request: { first: { type: T0 } }\nresponse: { first: { type: T0 } }\n".to_owned(),
        ..Spec::default()
    }),
    ("records that hold the next one twice, in lists", |size| Spec {
        types: records(size.min(24), |at| (at + 1 < size.min(24)).then(|| vec![at + 1; 2]))
            .replace(" }", ", list: json }"),
        method: "response: { first: { type: T0 } }\n".to_owned(),
        ..Spec::default()
    }),
    ("records that hold all of the others", |size| {
        let size = size.min(100);
        Spec { types: records(size, |_| Some((0..size).collect())), ..Spec::default() }
    }),
    ("one ring of all records", |size| Spec {
        types: records(size, |at| Some(vec![(at + 1) % size])),
        ..Spec::default()
    }),
    ("unknown keys of a field", |size| Spec {
        method: format!(
            "request:\n  id:\n{}",
            numbered(size, |at| format!("    requird{at}: true\n"))
        ),
        ..Spec::default()
    }),
    ("unknown types", |size| Spec {
        types: records(size, |_| None),
        method: format!(
            "request:\n{}",
            numbered(size, |at| format!("  f{at}: {{ type: U{at} }}\n"))
        ),
        ..Spec::default()
    }),
    ("conditions on unknown fields", |size| Spec {
        method: format!(
            "request:\n{}",
            numbered(size, |at| {
                format!("  field_{at:05}: {{ required: {{ when: feild_{at:05}x }} }}\n")
            })
        ),
        ..Spec::default()
    }),
    ("unknown names in a sample", |size| Spec {
        method: format!(
            "request:\n{}examples:\n  request:\n    - values:\n{}",
            numbered(size, |at| format!("  field_{at:05}: {{}}\n")),
            numbered(size, |at| format!("        feild_{at:05}x: 1\n"))
        ),
        ..Spec::default()
    }),
    ("unknown parameters in a formula", |size| Spec {
        method: format!("request:\n{}", numbered(size, |at| format!("  field_{at:05}: {{}}\n"))),
        platform: format!(
            "gateways:\n  other:\n    signature: {{ grade: sdk, formula: 'hex(md5(pairs([{}]) + secret))' }}\n",
            (0..size.min(250)).map(|at| format!("feild_{at:05}x")).collect::<Vec<_>>().join(", ")
        ),
        ..Spec::default()
    }),
    ("a long formula", |size| Spec {
        platform: format!(
            "gateways:\n  other:\n    signature: {{ formula: 'hex(md5({}secret))' }}\n",
            "key + ".repeat(size)
        ),
        ..Spec::default()
    }),
    ("codes that mean unknown parameters", |size| Spec {
        method: format!(
            "request:\n{}errors:\n{}",
            numbered(size, |at| format!("  field_{at:05}: {{}}\n")),
            numbered(size, |at| format!(
                "  {at}: {{ class: caller, means: bad_parameter, parameter: feild_{at:05}x }}\n"
            ))
        ),
        ..Spec::default()
    }),
    ("labels that name the next one ten times", |size| Spec {
        platform: format!(
            "labels:\n{}",
            numbered(size, |at| {
                let next = format!("{{l{}}}", (at + 1) % size).repeat(10);
                format!("  l{at}: {{ default: \"{next}\" }}\n")
            })
        ),
        ..Spec::default()
    }),
    ("gateways that inherit everything", |size| Spec {
        platform: format!("gateways:\n{}", numbered(size, |at| format!("  g{at}: {{}}\n"))),
        ..Spec::default()
    }),
];

/// Specs with many rows, each of which may have to be looked up among the others.
const LARGE: &[Family] = &[
    ("a library of one record", |size| Spec {
        types: format!(
            "types:\n  T:\n    fields:\n{}",
            numbered(size, |at| format!(
                "      field_{at:05}: {{ type: integer, doc: Row {at}. }}\n"
            ))
        ),
        method: "request: { one: { type: T, doc: All of it. } }\n".to_owned(),
        ..Spec::default()
    }),
    ("a library of many records", |size| Spec {
        types: records(size / 20, |_| None).replace(
            "fields: {  }",
            &format!(
                "fields: {{ {} }}",
                (0..20)
                    .map(|at| format!("f{at}: {{ type: integer }}"))
                    .collect::<Vec<_>>()
                    .join(", ")
            ),
        ),
        ..Spec::default()
    }),
    ("conditions and rules", |size| Spec {
        method: format!(
            "request:\n  decides: {{ doc: Decides. }}\n{}rules:\n{}",
            numbered(size, |at| {
                format!("  field_{at:05}: {{ doc: Row {at}., required: {{ when: decides }} }}\n")
            }),
            numbered(size, |at| {
                format!("  - at_least_one: [field_{at:05}, field_{:05}]\n", (at * 7 + 1) % size)
            })
        ),
        ..Spec::default()
    }),
    ("a sample of every row", |size| Spec {
        method: format!(
            "response:\n{}examples:\n  response:\n    - body: |\n        {{\"code\": 0, \"data\": {{\n{}        \"last\": \"\" }} }}\n      gives: success\n",
            numbered(size, |at| format!("  field_{at:05}: {{ doc: Row {at}. }}\n"))
                + "  last: {}\n",
            numbered(size, |at| format!("        \"field_{at:05}\": \"x\",\n"))
        ),
        ..Spec::default()
    }),
    ("codes that mean parameters", |size| Spec {
        method: format!(
            "request:\n{}errors:\n{}",
            numbered(size, |at| format!("  f{at}: {{ doc: Row {at}. }}\n")),
            numbered(size, |at| format!(
                "  E{at}: {{ class: caller, means: bad_parameter, parameter: f{at}, doc: C. }}\n"
            ))
        ),
        ..Spec::default()
    }),
    ("values", |size| Spec {
        types: format!(
            "types:\n  T:\n    enum:\n{}",
            numbered(size, |at| format!("      V{at}: Value {at}.\n"))
        ),
        ..Spec::default()
    }),
    ("addresses", |size| Spec {
        platform: format!(
            "gateways:\n  other:\n    environments:\n{}",
            numbered(size, |at| format!(
                "      e{at}: {{ url: https://h{at}.example, doc: A. }}\n"
            ))
        ),
        ..Spec::default()
    }),
    ("unknown keys of a method", |size| Spec {
        method: numbered(size, |at| format!("requets_{at}: 1\n")),
        ..Spec::default()
    }),
];

const SIZES: [usize; 10] = [1, 5, 10, 22, 40, 60, 100, 200, 400, 4000];

fn numbered(size: usize, line: impl Fn(usize) -> String) -> String {
    (0..size).map(line).collect()
}

/// The types `T0`, `T1`, …. Each has a field for every record that `holds` returns.
fn records(size: usize, holds: impl Fn(usize) -> Option<Vec<usize>>) -> String {
    let mut types = "types:\n".to_owned();
    for at in 0..size {
        let fields = holds(at).unwrap_or_default().into_iter().enumerate();
        let fields: Vec<_> = fields.map(|(n, of)| format!("f{n}: {{ type: T{of} }}")).collect();
        let _ = writeln!(types, "  T{at}: {{ fields: {{ {} }} }}", fields.join(", "));
    }
    types
}

/// The sources of a spec, with the base platform.
fn sources(spec: &Spec) -> SourceMap {
    let base = fs::read_to_string(corpus("base/platform.yaml")).unwrap();
    let files = [
        ("shop/platform.yaml", format!("{base}{}", spec.platform)),
        ("shop/shop.demo.yaml", format!("title: Find orders\n{}", spec.method)),
        ("shop/types.yaml", spec.types.clone()),
    ];
    let files = files.into_iter().filter(|(_, text)| !text.is_empty());
    source_map(files.map(|(path, text)| (path.to_owned(), text)).collect())
}

/// Does what `gatespec check` does, and limits the counted steps.
fn checked(sources: &SourceMap) {
    let mut sink = Sink::default();
    let model = sound(sources, &mut sink);
    names(&model, &Options::default(), &mut sink);
    notes(&model, &mut sink);
    assert!(sink.work() <= MOST_WORK, "{} steps", sink.work());
}

/// Counts allocations and their bytes, which are the same on every machine.
#[test]
fn twice_as_many_rows_are_twice_the_work() {
    for (name, make) in LARGE {
        let [half, whole] = [1_000, 2_000].map(|size| {
            let sources = sources(&make(size));
            let used = measure(|| checked(&sources));
            [used.count_total, used.bytes_total]
        });
        for (half, whole) in half.into_iter().zip(whole) {
            assert!(whole <= half * 9 / 4, "{name}: {half}, then {whole}");
        }
    }
}

#[test]
fn a_formula_of_100_000_terms_is_not_read() {
    let formula = format!("hex(md5({}secret))", "key + ".repeat(100_000));
    let platform = format!("gateways:\n  other:\n    signature: {{ formula: '{formula}' }}\n");
    let sources = sources(&Spec { platform, ..Spec::default() });
    let mut sink = Sink::default();
    assert!(analyse(&sources, &mut sink).is_none());
    let said = report::report(&sources, &sink.into_sorted(), false);
    assert!(said.contains("error[formula_syntax]") && said.len() < 2_000, "{said}");
}

/// Most of the work of `build` is to write documentation and code.
#[test]
fn a_check_costs_less_than_half_of_a_build() {
    let mut sink = Sink::default();
    let sources = source::load(&workspace("specs"), &mut sink);
    let model = analyse(&sources, &mut sink).unwrap();
    let plan = measure(|| names(&model, &Options::default(), &mut Sink::default()));
    let whole = measure(|| drop(generate(&model, &Options::default(), &mut Sink::default())));
    assert!(plan.count_total * 5 <= whole.count_total, "{plan:?} of {whole:?}");
}

#[test]
fn no_spec_keeps_the_compiler_busy() {
    let mut specs = 0;
    for (name, make) in FAMILIES {
        for size in SIZES {
            let spec = make(size);
            let sources = sources(&spec);
            let mut sink = Sink::default();
            let model = analyse(&sources, &mut sink);
            if let Some(model) = &model {
                notes(model, &mut sink);
                let written = export::model(model).to_string().len();
                assert!(written <= MOST_MODEL, "{name}, {size}: a model of {written} bytes");
            }
            let work = sink.work();
            assert!(work <= MOST_WORK, "{name}, {size}: {work} steps");
            let said = report::report(&sources, &sink.into_sorted(), false).len();
            assert!(said <= MOST_SAID, "{name}, {size}: {said} bytes are said");
            specs += 1;
        }
    }
    assert!(specs >= 100, "only {specs} specs");
}

//! Compiles all specs whose output the tests include. Also compiles the shipped specs at every
//! build of the workspace: an error in one stops the build, and an outdated `generated/` gives a
//! warning.

#[expect(unreachable_pub, reason = "the library of the tests has it too")]
#[path = "src/corpus.rs"]
mod corpus;

use gatespec_codegen::write::{Mode, sync};
use gatespec_codegen::{Config, Options, Root, generate};
use gatespec_language::diagnostic::Sink;
use gatespec_language::source::{SourceMap, load};
use gatespec_language::{report, sound};
use std::collections::BTreeMap;
use std::fmt::{self, Write as _};
use std::path::{Path, PathBuf};
use std::{env, fs};

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

fn main() -> Result<()> {
    let here = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?);
    let workspace = here.parent().ok_or("the crate lies in the workspace")?;
    let out = PathBuf::from(env::var("OUT_DIR")?);
    shipped(&workspace.join("specs"), &workspace.join("generated/src"))?;
    Config::new(here.join("platforms")).out_dir(out.join("platforms")).build()?;
    fs::write(out.join("platforms.rs"), included("invented", &out.join("platforms")))?;
    accepted(&here.join("corpus"), &out)?;
    operations(workspace, &out)?;
    tests(&here.join("corpus"), &out)
}

/// Writes a function that passes every generated operation to a visitor: those of the shipped
/// platforms, of the invented ones, and of the corpus.
fn operations(workspace: &Path, out: &Path) -> Result<()> {
    let mut calls = String::new();
    let mut all = |root: &str, origin: &str, folder: &Path| -> Result<()> {
        for (platform, request) in requests(folder)? {
            let _ = writeln!(
                calls,
                "    visitor.operation::<{root}::{platform}::{request}>(Origin::{origin});"
            );
        }
        Ok(())
    };
    all("gatespec_clients", "Shipped", &workspace.join("generated/src"))?;
    all("gatespec_tests::platforms::invented", "Invented", &out.join("platforms"))?;
    for folder in corpus::entries(&out.join("accept"))? {
        let case = corpus::stem(&folder);
        let root = format!("gatespec_tests::accept::{case}");
        all(&root, &format!("Accepted({case:?})"), &folder)?;
    }
    let text = format!("fn operations(visitor: &mut Equal) {{\n{calls}}}\n");
    Ok(fs::write(out.join("operations.rs"), text)?)
}

/// The request types below a folder of generated code, each with the module of its platform.
fn requests(folder: &Path) -> Result<Vec<(String, String)>> {
    let mut found = Vec::new();
    for platform in corpus::entries(folder)?.iter().filter(|path| path.is_dir()) {
        for file in corpus::entries(platform)? {
            let text = fs::read_to_string(&file)?;
            let named =
                text.lines().filter_map(|line| line.strip_prefix("impl rt::Operation for "));
            let named = named.map(|rest| rest.trim_end_matches(" {").to_owned());
            found.extend(named.map(|request| (corpus::stem(platform), request)));
        }
    }
    Ok(found)
}

/// Checks that the shipped specs compile, and that `generated/` matches them.
fn shipped(specs: &Path, generated: &Path) -> Result<()> {
    let mut sink = Sink::default();
    let sources = load(specs, &mut sink);
    for folder in sources.folders() {
        watch(folder);
    }
    sources.iter().for_each(|(_, source)| watch(Path::new(&source.shown)));
    watch(generated);
    let stale = compile(&sources, &Options::default(), generated, Mode::Check, sink)?;
    if !stale.is_empty() {
        directive(&format!("warning=generated/ is stale: run `cargo run` ({})", stale.join(", ")));
    }
    Ok(())
}

/// Writes the output of every case that must compile, one module per case.
fn accepted(corpus: &Path, out: &Path) -> Result<()> {
    watch(&corpus.join("base"));
    watch(&corpus.join("accept"));
    let options = Options { root: Root::Module, doc_path: None, ..Options::default() };
    let mut modules = String::new();
    for case in corpus::cases(&corpus.join("accept"))? {
        let folder = out.join("accept").join(&case.name);
        let sources = case.sources(&corpus.join("base/platform.yaml"))?;
        compile(&sources, &options, &folder, Mode::Write, Sink::default())?;
        modules.push_str(&included(&case.name, &folder));
    }
    Ok(fs::write(out.join("accept.rs"), modules)?)
}

/// Writes one test per case, so that each case can be run by name.
fn tests(corpus: &Path, out: &Path) -> Result<()> {
    let accept = corpus::cases(&corpus.join("accept"))?;
    let accept: String = accept.iter().map(|case| test(&case.name, &case.name)).collect();
    fs::write(out.join("accept_tests.rs"), accept)?;
    let calls = corpus.join("calls");
    watch(&calls);
    let cases = corpus::entries(&calls)?.iter().map(|path| corpus::stem(path)).collect::<Vec<_>>();
    let cases: String = cases.iter().map(|name| test(name, name)).collect();
    fs::write(out.join("calls_tests.rs"), cases)?;
    let reject = corpus.join("reject");
    watch(&reject);
    let mut stages = String::new();
    let stages_of = corpus::entries(&reject)?;
    let is_stage = |path: &&PathBuf| path.is_dir() && corpus::stem(path) != "edits";
    for folder in stages_of.iter().filter(is_stage) {
        let stage = corpus::stem(folder);
        let mut rules = BTreeMap::<_, String>::new();
        for corpus::Case { name, path } in corpus::cases(folder)? {
            let named = name.split_once("__");
            let (rule, case) = named.ok_or_else(|| format!("{path:?} is not <rule>__<case>"))?;
            let text = test(case, &format!("{stage}/{name}"));
            rules.entry(rule.to_owned()).or_default().push_str(&text);
        }
        let rules: String = rules.iter().map(|(rule, tests)| module(rule, tests)).collect();
        stages.push_str(&module(&stage, &rules));
    }
    Ok(fs::write(out.join("reject_tests.rs"), stages)?)
}

fn module(name: &str, text: &str) -> String {
    format!("mod {name} {{\n{text}}}\n")
}

/// The code of one test. The file that includes it has a function `check`, which takes the name of
/// a case.
fn test(name: &str, case: &str) -> String {
    format!("#[test]\nfn {name}() {{\n    crate::check({case:?});\n}}\n")
}

fn included(name: &str, folder: &Path) -> String {
    let mut text = String::new();
    let path = folder.join("mod.rs");
    let _ = writeln!(text, "/// The output of `{name}`.\n#[path = {path:?}]\npub mod {name};");
    text
}

/// Compiles specs, and writes the output or only compares it. Returns the names of outdated files.
fn compile(
    sources: &SourceMap,
    options: &Options,
    folder: &Path,
    mode: Mode,
    mut sink: Sink,
) -> Result<Vec<String>> {
    let model = sound(sources, &mut sink);
    let files = generate(&model, options, &mut sink);
    let changes = files.map(|files| sync(folder, &files, mode, &mut sink));
    match changes {
        Some(changes) if !sink.has_errors() => {
            Ok([changes.added, changes.changed, changes.orphaned].concat())
        }
        _ => Err(Wrong(report::report(sources, &sink.into_sorted(), false)).into()),
    }
}

fn watch(path: &Path) {
    directive(&format!("rerun-if-changed={}", path.display()));
}

fn directive(text: &str) {
    println!("cargo::{text}");
}

/// An error whose `Debug` is the rendered diagnostics, because that is what cargo prints of an
/// error that `main` returns.
struct Wrong(String);

impl fmt::Debug for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the specs do not compile\n\n{}", self.0)
    }
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Wrong {}

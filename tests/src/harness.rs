//! Helpers for tests of the compiler: compiling specs and comparing output.
#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use gatespec_codegen::{Options, OutputFile, Root, generate};
use gatespec_language::diagnostic::{Diagnostic, Severity, Sink};
use gatespec_language::source::SourceMap;
use gatespec_language::{report, sound};
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;
use std::{env, fs};

/// The absolute path of something in the workspace.
pub fn workspace(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace").join(path)
}

/// The absolute path of something in the corpus.
pub fn corpus(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(path)
}

/// The result of compiling specs.
#[derive(Debug)]
pub struct Outcome {
    /// All diagnostics, in the order of files and lines.
    pub diagnostics: Vec<Diagnostic>,
    /// The diagnostics as text.
    pub rendered: String,
    /// The output, if there are no errors.
    pub files: Option<Vec<OutputFile>>,
}

impl Outcome {
    /// The errors. If there are any, no output is written.
    pub fn errors(&self) -> impl Iterator<Item = &Diagnostic> {
        self.diagnostics.iter().filter(|one| one.severity == Severity::Error)
    }
}

/// Compiles the specs. The sink may already contain diagnostics from reading them.
pub fn compile(sources: &SourceMap, mut sink: Sink) -> Outcome {
    let options = Options { root: Root::Module, doc_path: None, ..Options::default() };
    let model = sound(sources, &mut sink);
    let files = generate(&model, &options, &mut sink);
    let files = files.filter(|_| !sink.has_errors());
    let diagnostics = sink.into_sorted();
    let rendered = report::report(sources, &diagnostics, false);
    Outcome { diagnostics, rendered, files }
}

/// Compares a text with the snapshot of this name in a folder.
pub fn snapshot(folder: &Path, name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(folder);
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

/// Runs a check on every case, and fails at the end with the names of the cases that failed.
pub fn each<T>(cases: impl IntoIterator<Item = (String, T)>, check: impl Fn(&str, &T)) {
    let mut failed = Vec::new();
    for (name, case) in cases {
        if catch_unwind(AssertUnwindSafe(|| check(&name, &case))).is_err() {
            failed.push(name);
        }
    }
    assert!(failed.is_empty(), "{} cases failed:\n  {}", failed.len(), failed.join("\n  "));
}

/// Every file below a folder with its bytes; empty if the folder does not exist.
pub fn tree(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(next) = open.pop() {
        let Ok(entries) = fs::read_dir(&next) else { continue };
        for entry in entries {
            let path = entry.expect("an entry of a folder").path();
            if path.is_dir() {
                open.push(path);
            } else {
                let name = path.strip_prefix(folder).expect("a path below it").to_path_buf();
                found.insert(name, fs::read(&path).expect("a file that can be read"));
            }
        }
    }
    found
}

/// Writes files into a folder, with the folders that they need.
pub fn write_tree(folder: &Path, files: impl IntoIterator<Item = (PathBuf, Vec<u8>)>) {
    for (name, bytes) in files {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().expect("a folder around it")).expect("a folder");
        fs::write(path, bytes).expect("a file");
    }
}

/// The `gatespec` command. The binary is built once per process. Under nextest, where each test is
/// a separate process, it is built once per run.
pub fn gatespec() -> Command {
    static BINARY: OnceLock<PathBuf> = OnceLock::new();
    Command::new(BINARY.get_or_init(|| match env::var("NEXTEST_RUN_ID") {
        Ok(run) => built_in_run(&run),
        Err(_) => build(),
    }))
}

/// The path of the binary in a nextest run. The first process builds it and stores its path; the
/// other processes wait for that.
fn built_in_run(run: &str) -> PathBuf {
    let folder = Path::new(env!("OUT_DIR")).join("gatespec");
    fs::create_dir_all(&folder).expect("a folder for the stamp");
    let lock = fs::File::create(folder.join("lock")).expect("a file to lock");
    lock.lock().expect("the lock");
    let stamp = folder.join("built");
    let known = fs::read_to_string(&stamp).unwrap_or_default();
    if let Some((_, path)) = known.split_once('\n').filter(|(built_in, _)| *built_in == run) {
        return path.into();
    }
    let binary = build();
    fs::write(&stamp, format!("{run}\n{}", binary.display())).expect("a stamp");
    binary
}

/// The result of a run of the command.
#[derive(Debug)]
pub struct Run {
    /// The exit code; `None` after a signal.
    pub code: Option<i32>,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

/// Runs the command in a folder.
pub fn run(folder: &Path, arguments: &[&str]) -> Run {
    let done = gatespec().current_dir(folder).args(arguments).output().expect("the command runs");
    let text = |bytes| String::from_utf8(bytes).expect("the command prints UTF-8");
    let run = Run { code: done.status.code(), out: text(done.stdout), err: text(done.stderr) };
    assert!(!run.err.contains("panicked"), "{}", run.err);
    run
}

/// Runs commands in a shell, and returns what they print to both outputs. The shell can run
/// `gatespec` and has `secret` in its environment.
pub fn shell(folder: &Path, commands: &str, secret: &str) -> String {
    let program = gatespec();
    let binaries = Path::new(program.get_program()).parent().expect("a folder");
    let path = env::var("PATH").unwrap_or_default();
    let run = Command::new("sh")
        .args(["-c", &format!("{{ {commands}\n}} 2>&1")])
        .env("PATH", format!("{}:{path}", binaries.display()))
        .env("GATESPEC_SECRET", secret)
        .current_dir(folder)
        .output()
        .expect("a shell");
    String::from_utf8(run.stdout).expect("the commands print UTF-8")
}

fn build() -> PathBuf {
    let built = cargo()
        .args(["build", "-q", "-p", "gatespec", "--bin", "gatespec", "--message-format=json"])
        .output()
        .expect("cargo runs");
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    let messages = String::from_utf8(built.stdout).expect("cargo writes UTF-8");
    let executable = messages.lines().find_map(|line| {
        let message: serde_json::Value = serde_json::from_str(line).ok()?;
        message["executable"].as_str().map(PathBuf::from)
    });
    executable.expect("cargo names the binary")
}

/// A command that runs cargo in the workspace.
pub fn cargo() -> Command {
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(workspace(""));
    cargo
}

//! The compiler for use in a `build.rs`.

use crate::diagnostic::{Diagnostic, Level, LevelError, Levels, Severity, Sink};
use crate::plan::{Options, Root};
use crate::source::{self, SourceMap};
use crate::write::{Mode, sync};
use crate::{generate, report, sound};
use std::fmt;
use std::path::{Path, PathBuf};

/// Compiles specs while a crate is built, into its `OUT_DIR`.
///
/// ```no_run
/// fn main() -> Result<(), gatespec_codegen::BuildError> {
///     gatespec_codegen::Config::new("specs").blocking(false).build()
/// }
/// ```
///
/// The crate then includes the output as a module:
///
/// ```text
/// pub mod gateways {
///     include!(concat!(env!("OUT_DIR"), "/gatespec/mod.rs"));
/// }
/// ```
#[derive(Debug, Clone)]
pub struct Config {
    specs: PathBuf,
    out_dir: Option<PathBuf>,
    options: Options,
    levels: Levels,
    wrong_level: Option<LevelError>,
}

impl Config {
    /// Creates a configuration that compiles the platforms in the folder `specs`. A relative path
    /// is resolved against the crate's folder.
    pub fn new(specs: impl Into<PathBuf>) -> Self {
        let options = Options {
            root: Root::Module,
            doc_path: None,
            command: "Edit the spec; the build writes this file again.".to_owned(),
            ..Options::default()
        };
        let specs = specs.into();
        Self { specs, out_dir: None, options, levels: Levels::default(), wrong_level: None }
    }

    /// Sets whether `blocking` clients are generated too, as they are by default.
    #[must_use]
    pub fn blocking(mut self, blocking: bool) -> Self {
        self.options.blocking = blocking;
        self
    }

    /// Sets the path by which the output refers to the runtime crate, such as the path of a
    /// re-export. The default is `gatespec_runtime`.
    #[must_use]
    pub fn runtime_path(mut self, path: impl Into<String>) -> Self {
        self.options.runtime_path = path.into();
        self
    }

    /// Sets the output folder; the default is `$OUT_DIR/gatespec`. Files that the compiler did not
    /// write are kept.
    #[must_use]
    pub fn out_dir(mut self, folder: impl Into<PathBuf>) -> Self {
        self.out_dir = Some(folder.into());
        self
    }

    /// Does not report a lint, such as `missing_doc`, or all `warnings`. Levels that a spec sets for
    /// its parts override this one, as they override the options of `gatespec build`.
    #[must_use]
    pub fn allow(self, lint: &str) -> Self {
        self.level(lint, Level::Allow)
    }

    /// Reports a lint as a warning.
    #[must_use]
    pub fn warn(self, lint: &str) -> Self {
        self.level(lint, Level::Warn)
    }

    /// Fails on a lint, or on all `warnings`.
    #[must_use]
    pub fn deny(self, lint: &str) -> Self {
        self.level(lint, Level::Deny)
    }

    fn level(mut self, lint: &str, level: Level) -> Self {
        let error = self.levels.set(lint, level).err();
        self.wrong_level = self.wrong_level.or(error);
        self
    }

    /// Compiles the specs, writes the changed files, and tells cargo to watch every spec and every
    /// folder.
    ///
    /// # Errors
    ///
    /// When a spec is wrong, a level is set for an unknown lint, or the output cannot be written. The error's `Debug` output contains
    /// the rendered diagnostics, since cargo shows this output when `main` returns the error.
    pub fn build(&self) -> Result<(), BuildError> {
        if let Some(error) = &self.wrong_level {
            return Err(BuildError { rendered: error.to_string() });
        }
        let out_dir = self.resolved_out_dir()?;
        let mut sink = Sink::with_levels(self.levels.clone());
        let sources = source::load(&self.specs, &mut sink);
        self.watch(&sources);
        let model = sound(&sources, &mut sink);
        if let Some(files) = generate(&model, &self.options, &mut sink) {
            sync(&out_dir, &files, Mode::Write, &mut sink);
        }
        let failed = sink.fails();
        let diagnostics = sink.into_sorted();
        if failed {
            return Err(BuildError { rendered: report::report(&sources, &diagnostics, false) });
        }
        warn(&sources, &diagnostics);
        Ok(())
    }

    fn resolved_out_dir(&self) -> Result<PathBuf, BuildError> {
        let given = self.out_dir.clone();
        let from_cargo = || std::env::var_os("OUT_DIR").map(|dir| Path::new(&dir).join("gatespec"));
        given.or_else(from_cargo).ok_or_else(|| BuildError {
            rendered: "OUT_DIR is not set: call this from a build.rs, or name a folder with \
                       Config::out_dir"
                .to_owned(),
        })
    }

    /// Tells cargo to watch every spec, and every folder so that cargo notices new files.
    fn watch(&self, sources: &SourceMap) {
        let files = sources.iter().map(|(_, source)| Path::new(&source.shown));
        for path in files.chain(sources.folders().iter().map(PathBuf::as_path)) {
            directive(&format!("rerun-if-changed={}", path.display()));
        }
    }
}

fn warn(sources: &SourceMap, diagnostics: &[Diagnostic]) {
    for diagnostic in diagnostics.iter().filter(|one| one.severity == Severity::Warning) {
        // Cargo shows one line per directive.
        for line in report::render(sources, diagnostic, false).lines() {
            directive(&format!("warning={line}"));
        }
    }
}

#[expect(clippy::print_stdout, reason = "a build script speaks to cargo on its standard output")]
fn directive(text: &str) {
    println!("cargo::{text}");
}

/// The reason why a build failed. `Display` and `Debug` both print the diagnostics for people.
#[derive(Clone)]
pub struct BuildError {
    rendered: String,
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.rendered.trim_end())
    }
}

impl fmt::Debug for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // `main` prints "Error: " before this.
        writeln!(f, "the specs do not compile\n")?;
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for BuildError {}

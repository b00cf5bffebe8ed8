//! `gatespec diff`: reports what the change from one version of specs to another means.

use super::{revision, terminal};
use clap::{Args, ValueEnum};
use gatespec_compare::show::Report;
use gatespec_compare::{Rust, Side, Wire, compare};
use gatespec_language::analyse;
use gatespec_language::diagnostic::Sink;
use gatespec_language::model::Model;
use gatespec_language::source::{self, SourceMap};
use std::path::{Path, PathBuf};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The folder of the old version, then that of the new one; with `--git` at most the new one
    #[arg(value_name = "FOLDER", num_args = 0..=2)]
    folders: Vec<PathBuf>,
    /// Take the old version from this revision of the folder's git repository
    #[arg(long, value_name = "REVISION")]
    git: Option<String>,
    /// The output format
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
    /// Exit with code 1 if a change is at least this severe; can be repeated
    #[arg(long, value_enum)]
    deny: Vec<Verdict>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// A paragraph for each change
    Human,
    /// A table for a pull request
    Markdown,
    /// One object
    Json,
}

/// The mildest change on which a run with `--deny` fails.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Verdict {
    /// Any change
    Patch,
    /// Public items are added
    Minor,
    /// Code that compiled may not compile
    Major,
    /// Some calls or answers of old clients fail
    MayFail,
    /// Calls or answers of old clients fail
    Fails,
}

impl Verdict {
    fn is_reached(self, (wire, rust): (Wire, Rust)) -> bool {
        match self {
            Verdict::Patch => true,
            Verdict::Minor => rust >= Rust::Minor,
            Verdict::Major => rust >= Rust::Major,
            Verdict::MayFail => wire >= Wire::MayFail,
            Verdict::Fails => wire >= Wire::Fails,
        }
    }
}

/// A compiled version of the specs.
struct Version {
    sources: SourceMap,
    model: Model,
    sink: Sink,
}

impl Version {
    /// Compiles the sources. If they have errors, prints the diagnostics and returns `None`.
    fn compile(sources: SourceMap, mut sink: Sink) -> Option<Self> {
        let model = if sink.has_errors() { None } else { analyse(&sources, &mut sink) };
        match model {
            Some(model) if !sink.has_errors() => {
                Some(Self { sources, model, sink: Sink::default() })
            }
            _ => {
                terminal::diagnostics(&sources, &sink.into_sorted());
                None
            }
        }
    }

    fn load(folder: &Path) -> Option<Self> {
        let mut sink = Sink::default();
        let sources = source::load(folder, &mut sink);
        Self::compile(sources, sink)
    }
}

pub(super) fn run(arguments: &Arguments) -> bool {
    let Some((mut old, mut new)) = versions(arguments) else { return false };
    let changes = {
        let (before, after) =
            (Side::new(&old.model, &mut old.sink), Side::new(&new.model, &mut new.sink));
        compare(&before, &after)
    };
    if old.sink.has_errors() || new.sink.has_errors() {
        terminal::diagnostics(&old.sources, &old.sink.into_sorted());
        terminal::diagnostics(&new.sources, &new.sink.into_sorted());
        return false;
    }
    let report = Report { changes: &changes, old: &old.sources, new: &new.sources };
    let printed = terminal::out(&match arguments.format {
        Format::Human => report.human(),
        Format::Markdown => report.markdown(),
        Format::Json => report.json().to_string(),
    });
    let denied = !changes.is_empty()
        && arguments.deny.iter().any(|verdict| verdict.is_reached(report.verdicts()));
    printed && !denied
}

/// Compiles both versions. If one of them cannot be compiled, prints the reason and returns `None`.
fn versions(arguments: &Arguments) -> Option<(Version, Version)> {
    let specs = PathBuf::from("specs");
    match (&arguments.git, &*arguments.folders) {
        (None, [old, new]) => Some((Version::load(old)?, Version::load(new)?)),
        (Some(revision), [] | [_]) => {
            let folder = arguments.folders.first().unwrap_or(&specs);
            match revision::load(folder, revision) {
                Ok(sources) => {
                    Some((Version::compile(sources, Sink::default())?, Version::load(folder)?))
                }
                Err(problem) => {
                    terminal::err(&format!("error: {problem}"));
                    None
                }
            }
        }
        (None, _) => {
            terminal::err(
                "error: give two folders, the old version and the new one, or an old version with `--git REVISION`",
            );
            None
        }
        (Some(_), _) => {
            terminal::err(
                "error: with `--git`, the revision is the old version: give only one folder",
            );
            None
        }
    }
}

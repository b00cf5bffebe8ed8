//! Options that `build` and `check` share: the levels of lints, the format of diagnostics, and
//! `--fix`.

use super::{settings, terminal};
use clap::{Args, ValueEnum};
use gatespec_codegen::write::rewrite;
use gatespec_codegen::{Options, generate};
use gatespec_inspect::charsets;
use gatespec_inspect::diagnose::explain_vectors;
use gatespec_language::diagnostic::{Diagnostic, Level, Levels, Sink};
use gatespec_language::fix::fix;
use gatespec_language::model::Model;
use gatespec_language::source::{self, SourceMap};
use gatespec_language::{analyse, report};
use std::path::{Path, PathBuf};

/// The format of diagnostics.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// With the lines of the spec, for people
    #[default]
    Human,
    /// One line per diagnostic
    Short,
    /// One JSON object per line, with rustc's field names, on the standard output
    Json,
    /// One SARIF 2.1.0 log on the standard output
    Sarif,
    /// Annotations of GitHub Actions, on the standard output
    Github,
}

#[derive(Debug, Clone, Default, Args)]
pub(super) struct Reporting {
    /// The format of diagnostics
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
    /// First apply the suggestions that are certain to the specs
    #[arg(long)]
    fix: bool,
    /// Do not report this lint, or `warnings`; can be repeated
    #[arg(long, value_name = "ID", value_parser = |name: &str| lint(name, Level::Allow))]
    allow: Vec<String>,
    /// Report this lint as a warning; can be repeated
    #[arg(long, value_name = "ID", value_parser = |name: &str| lint(name, Level::Warn))]
    warn: Vec<String>,
    /// Fail on this lint, or on all `warnings`; can be repeated
    #[arg(long, value_name = "ID", value_parser = |name: &str| lint(name, Level::Deny))]
    deny: Vec<String>,
}

fn lint(name: &str, level: Level) -> Result<String, String> {
    let known = Levels::default().set(name, level);
    known.map(|()| name.to_owned()).map_err(|error| error.to_string())
}

impl Reporting {
    /// Returns the default options, with `--fix`.
    pub(super) fn fixing() -> Self {
        Self { fix: true, ..Self::default() }
    }

    /// Creates a sink with the levels of `gatespec.toml` and of the command line, which overrides
    /// the file. If the command line gives a lint several levels, the strictest applies. If
    /// `gatespec.toml` is wrong, prints the problem and returns `None`.
    pub(super) fn sink(&self) -> Option<Sink> {
        let mut levels = settings::levels().map_err(|problem| terminal::err(&problem)).ok()?;
        let given =
            [(&self.allow, Level::Allow), (&self.warn, Level::Warn), (&self.deny, Level::Deny)];
        for (names, level) in given {
            for name in names {
                // Clap has rejected unknown names.
                let _ = levels.set(name, level);
            }
        }
        Some(Sink::with_levels(levels))
    }

    /// Returns the diagnostics of a run. If a formula does not reproduce a vector, the diagnostic
    /// names the known mistakes of signers that give the vector's signature.
    pub(super) fn found(model: &Model, sink: Sink) -> Vec<Diagnostic> {
        let mut diagnostics = sink.into_sorted();
        explain_vectors(model, &charsets::ALL, &mut diagnostics);
        diagnostics
    }

    /// Whether the standard output is for a tool that reads diagnostics.
    pub(super) fn is_for_tools(&self) -> bool {
        self.format().is_for_tools()
    }

    fn format(&self) -> report::Format {
        match self.format {
            Format::Human => report::Format::Human,
            Format::Short => report::Format::Short,
            Format::Json => report::Format::Json,
            Format::Sarif => report::Format::Sarif,
            Format::Github => report::Format::Github,
        }
    }

    /// Prints diagnostics. Returns `false` if the output is for a tool and could not be written.
    pub(super) fn print(&self, sources: &SourceMap, diagnostics: &[Diagnostic]) -> bool {
        let format = self.format();
        let look = terminal::look();
        let text = report::in_format(sources, diagnostics, format, look);
        match format.is_for_tools() {
            _ if text.is_empty() => true,
            true => terminal::out(&text),
            false => {
                terminal::err(&text);
                true
            }
        }
    }

    /// With `--fix`, applies certain suggestions until none remains, and prints their number.
    /// Returns `false` if a spec cannot be written.
    pub(super) fn fix(&self, paths: &[PathBuf]) -> bool {
        // A fix may make further suggestions possible, so the specs are read again after each
        // round.
        const MOST_ROUNDS: usize = 16;
        for _ in 0..if self.fix { MOST_ROUNDS } else { 0 } {
            let Some(mut sink) = self.sink() else { return false };
            let sources = source::load_each(paths, &mut sink);
            if !sink.has_errors()
                && let Some(model) = analyse(&sources, &mut sink)
            {
                generate(&model, &Options::default(), &mut sink);
            }
            let fixed = fix(&sources, &sink.into_sorted());
            if fixed.is_empty() {
                break;
            }
            for one in fixed {
                let spec = sources.get(one.source);
                if let Err(problem) = rewrite(Path::new(&spec.shown), &spec.text, &one.text) {
                    terminal::err(&problem);
                    return false;
                }
                let plural = if one.count == 1 { "" } else { "s" };
                terminal::err(&format!("{}: {} mistake{plural} fixed", spec.shown, one.count));
            }
        }
        true
    }
}

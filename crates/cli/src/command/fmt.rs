//! `gatespec fmt`: writes specs in their canonical order and layout.

use super::terminal;
use clap::Args;
use gatespec_codegen::write::rewrite;
use gatespec_language::diagnostic::{Severity, Sink};
use gatespec_language::format::format;
use gatespec_language::source::{self, Source};
use gatespec_language::{report, sound};
use gatespec_runtime::text::visible;
use std::collections::HashSet;
use std::path::{Path, PathBuf};

#[derive(Debug, Args)]
pub(super) struct Fmt {
    /// Specs folders, platform folders or spec files
    #[arg(default_value = "specs")]
    paths: Vec<PathBuf>,
    /// Write nothing; fail if a spec is not formatted, and show the first line that differs
    #[arg(long)]
    check: bool,
}

pub(super) fn run(arguments: &Fmt) -> bool {
    let mut sink = Sink::default();
    let sources = source::load_each(&arguments.paths, &mut sink);
    sound(&sources, &mut sink);
    let mut errors = sink.into_sorted();
    errors.retain(|one| one.severity == Severity::Error);
    let wrong: HashSet<_> = errors.iter().filter_map(|one| Some(one.span?.source)).collect();
    if !errors.is_empty() {
        terminal::err(&report::in_look(&sources, &errors, terminal::look()));
    }
    let (mut seen, mut differ, mut failed) = (0, 0, !errors.is_empty());
    for (id, source) in sources.iter().filter(|(_, source)| is_meant(source, &arguments.paths)) {
        seen += 1;
        let formatted = if wrong.contains(&id) { None } else { format(&source.path, &source.text) };
        let Some(formatted) = formatted else {
            failed = true;
            terminal::err(&format!("{} is unchanged: it cannot be formatted", source.shown));
            continue;
        };
        if formatted == source.text {
            continue;
        }
        differ += 1;
        if arguments.check {
            terminal::err(&difference(source, &formatted));
            continue;
        }
        match rewrite(Path::new(&source.shown), &source.text, &formatted) {
            Ok(()) => terminal::err(&format!("{} is formatted", source.shown)),
            Err(problem) => {
                failed = true;
                terminal::err(&problem);
            }
        }
    }
    let plural = if seen == 1 { "" } else { "s" };
    if arguments.check && differ > 0 {
        terminal::err(&format!("{differ} of {seen} spec file{plural} differ: run `gatespec fmt`"));
        return false;
    }
    !failed && terminal::out(&format!("{seen} spec file{plural} in canonical form"))
}

/// Whether a path on the command line names the file, or a folder that contains it. The other files
/// of its platform are read too, but not formatted.
fn is_meant(source: &Source, paths: &[PathBuf]) -> bool {
    fn bare(path: &Path) -> &Path {
        path.strip_prefix(".").unwrap_or(path)
    }
    paths.iter().any(|path| bare(Path::new(&source.shown)).starts_with(bare(path)))
}

/// Returns the first line that differs, in both versions.
fn difference(source: &Source, formatted: &str) -> String {
    let (old, new) = (source.text.split('\n'), formatted.split('\n'));
    let line = old.clone().zip(new.clone()).position(|(old, new)| old != new);
    let line = line.unwrap_or(0);
    let shown = |mut lines: std::str::Split<'_, char>| {
        lines.nth(line).map(visible).unwrap_or_default().into_owned()
    };
    format!("{}:{} differs\n- {}\n+ {}", source.shown, line + 1, shown(old), shown(new))
}

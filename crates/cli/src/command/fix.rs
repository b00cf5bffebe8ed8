//! `gatespec fix`: applies the suggestions that are certain, and writes the edition of platforms.

use super::reporting::Reporting;
use super::{check, specs, terminal};
use clap::Parser;
use clap::builder::PossibleValuesParser;
use gatespec_codegen::write::rewrite;
use gatespec_language::diagnostic::{Edition, Sink};
use gatespec_language::fix::with_edition;
use gatespec_language::source;
use std::path::{Path, PathBuf};

#[derive(Debug, Parser)]
pub(super) struct Fix {
    /// Specs folders, platform folders or spec files
    #[arg(default_value = specs::FOLDER)]
    paths: Vec<PathBuf>,
    /// Write `language` into each platform.yaml
    #[arg(long, value_parser = PossibleValuesParser::new(Edition::ALL.map(|(name, _)| name)))]
    edition: Option<String>,
}

pub(super) fn run(arguments: &Fix) -> bool {
    let named =
        Edition::ALL.into_iter().find(|(name, _)| arguments.edition.as_deref() == Some(name));
    if let Some((_, edition)) = named
        && let Err(problem) = write_edition(&arguments.paths, edition)
    {
        terminal::err(&problem);
        return false;
    }
    // The check reports the mistakes that no suggestion fixes.
    check::run(&arguments.paths, &Reporting::fixing())
}

fn write_edition(paths: &[PathBuf], edition: Edition) -> Result<(), String> {
    // The check reports the files that cannot be read.
    let sources = source::load_each(paths, &mut Sink::default());
    for (_, spec) in sources.iter() {
        if !spec.path.ends_with("/platform.yaml") && !spec.path.ends_with("/platform.yml") {
            continue;
        }
        let shown = &spec.shown;
        let text = with_edition(&spec.text, edition).ok_or_else(|| {
            format!("{shown}: write `language: {}` below `platform`", edition.name())
        })?;
        if text != spec.text {
            rewrite(Path::new(shown), &spec.text, &text)?;
            terminal::err(&format!("{shown}: `language: {}` written", edition.name()));
        }
    }
    Ok(())
}

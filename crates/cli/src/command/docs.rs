//! `gatespec docs`: writes a documentation site.

use super::specs::Specs;
use super::stop::Stop;
use super::terminal;
use clap::Args;
use gatespec_site::pages;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

#[derive(Debug, Args)]
pub(super) struct Docs {
    /// The folder of the site; it is created, and files of the site in it are replaced
    #[arg(long, value_name = "DIR", default_value = "site")]
    out: PathBuf,
    /// A folder that contains one folder per platform; by default `specs`, if it exists, or else the
    /// platforms that ship with the command
    #[arg(long, value_name = "DIR")]
    specs: Option<PathBuf>,
}

pub(super) fn run(arguments: &Docs) -> ExitCode {
    match written(arguments) {
        Ok(done) if done => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(stop) => stop.say(),
    }
}

fn written(arguments: &Docs) -> Result<bool, Stop> {
    let specs = Specs::load(arguments.specs.as_deref(), None)?;
    if specs.is_empty {
        return Err(Stop::Specs);
    }
    specs.left_out().iter().for_each(|text| terminal::note(text));
    let pages = pages(&specs.model);
    for page in &pages {
        write(&arguments.out.join(&page.path), &page.text)?;
    }
    let start = arguments.out.join("index.html");
    Ok(terminal::out(&format!("{} files; open {}\n", pages.len(), start.display())))
}

fn write(file: &Path, text: &str) -> Result<(), Stop> {
    let failed = |error: std::io::Error| {
        Stop::Failed(vec![format!("cannot write {}: {error}", file.display())])
    };
    if let Some(folder) = file.parent() {
        std::fs::create_dir_all(folder).map_err(failed)?;
    }
    std::fs::write(file, text).map_err(failed)
}

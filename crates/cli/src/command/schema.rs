//! `gatespec schema`: writes JSON Schemas of specs, for editors.

use super::{specs, terminal};
use clap::Parser;
use gatespec_codegen::OutputFile;
use gatespec_codegen::write::put;
use gatespec_language::schema;
use std::path::PathBuf;

#[derive(Debug, Parser)]
pub(super) struct Schema {
    /// The folder to write to: the one that contains one folder per platform
    #[arg(long, value_name = "DIR", default_value = specs::FOLDER)]
    out: PathBuf,
}

pub(super) fn run(arguments: &Schema) -> bool {
    let files = schema::all().map(|schema| OutputFile {
        path: schema.name.to_owned(),
        text: schema.text,
        source: String::new(),
    });
    match put(&arguments.out, &files, schema::MARK, None) {
        Ok(written) => {
            let status = |file: &OutputFile| match written.contains(&file.path) {
                true => "written",
                false => "up to date",
            };
            let out = &arguments.out;
            let lines = files
                .iter()
                .map(|file| format!("{}: {}\n", out.join(&file.path).display(), status(file)));
            let line = schema::modeline("demo.yaml");
            terminal::out(&format!(
                "{}The first line of a spec names its schema; of a method:\n{line}",
                lines.collect::<String>()
            ))
        }
        Err(problem) => {
            terminal::err(&problem);
            false
        }
    }
}

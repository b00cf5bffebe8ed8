//! `gatespec export`: prints a platform in a format of other tools.

use super::specs::Specs;
use super::stop::Stop;
use super::terminal;
use clap::{Args, ValueEnum};
use gatespec_convert::{Format, convert, report};
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Debug, Args)]
pub(super) struct Export {
    /// The format of the document
    #[arg(value_enum)]
    format: To,
    /// The platform, such as the name of its folder
    platform: String,
    /// A folder that contains one folder per platform, in addition to the platforms that ship with
    /// the command; by default `specs`, if it exists
    #[arg(long, value_name = "DIR")]
    specs: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum To {
    /// OpenAPI 3.1
    Openapi,
    /// JSON Schema 2020-12: the parameters, the data and the answer of each method
    Jsonschema,
    /// A Postman collection 2.1
    Postman,
}

pub(super) fn run(arguments: &Export) -> ExitCode {
    match exported(arguments) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(stop) => stop.say(),
    }
}

fn exported(arguments: &Export) -> Result<bool, Stop> {
    let specs = Specs::all(arguments.specs.as_deref())?;
    let platform = specs.platform(&arguments.platform)?;
    let format = match arguments.format {
        To::Openapi => Format::OpenApi,
        To::Jsonschema => Format::JsonSchema,
        To::Postman => Format::Postman,
    };
    let document = convert(platform, format);
    let text = serde_json::to_string_pretty(&document.json).unwrap_or_default();
    let losses = report(&document.losses);
    if !losses.is_empty() {
        let head = "the format has no words for these facts; the document keeps them as members:";
        terminal::note(&format!("{head}\n{}", losses.trim_end()));
    }
    Ok(terminal::out(&text))
}

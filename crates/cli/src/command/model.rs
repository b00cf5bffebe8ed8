//! `gatespec model`: prints the resolved model as data.

use super::terminal;
use clap::ValueEnum;
use gatespec_language::diagnostic::Sink;
use gatespec_language::{analyse, export, source};
use std::path::Path;

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum Format {
    /// JSON
    Json,
    /// YAML
    Yaml,
}

pub(super) fn run(specs: &Path, format: Format) -> bool {
    let mut sink = Sink::default();
    let sources = source::load(specs, &mut sink);
    let model = if sink.has_errors() { None } else { analyse(&sources, &mut sink) };
    terminal::diagnostics(&sources, &sink.into_sorted());
    let Some(model) = model else { return false };
    let exported = export::model(&model);
    let text = match format {
        Format::Json => serde_json::to_string_pretty(&exported).map_err(|error| error.to_string()),
        Format::Yaml => serde_yaml::to_string(&exported).map_err(|error| error.to_string()),
    };
    match text {
        Ok(text) => terminal::out(&text),
        Err(error) => {
            terminal::err(&format!("cannot print the model: {error}"));
            false
        }
    }
}

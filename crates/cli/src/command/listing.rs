//! `gatespec list` and `gatespec describe`: print what the specs contain.

mod described;

use super::given::Format;
use super::paint::{BOLD, DIM, PLAIN};
use super::specs::Specs;
use super::stop::Stop;
use super::terminal;
use clap::Args;
use gatespec_language::export;
use gatespec_language::model::Platform;
use gatespec_runtime::Json;
use gatespec_runtime::text::visible;
use serde_json::json;
use std::path::PathBuf;
use std::process::ExitCode;

/// The arguments of `gatespec list`.
#[derive(Debug, Args)]
pub(super) struct List {
    #[command(flatten)]
    what: What,
}

/// The arguments of `gatespec describe`.
#[derive(Debug, Args)]
pub(super) struct Describe {
    /// The platform, such as the name of its folder
    pub(super) platform: String,
    /// The method's name on the wire; without it, the platform is described
    pub(super) method: Option<String>,
    #[command(flatten)]
    what: What,
}

#[derive(Debug, Args)]
struct What {
    /// A folder that contains one folder per platform, in addition to the platforms that ship with
    /// the command; by default `specs`, if it exists
    #[arg(long, value_name = "DIR")]
    specs: Option<PathBuf>,
    /// The output format
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

impl What {
    fn print(&self, text: impl FnOnce() -> String, json: impl FnOnce() -> Json) -> ExitCode {
        let text = match self.format {
            Format::Text => text(),
            Format::Json => serde_json::to_string_pretty(&json()).unwrap_or_default(),
        };
        if terminal::out(&text) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    }
}

pub(super) fn list(arguments: &List) -> ExitCode {
    let what = &arguments.what;
    match Specs::all(what.specs.as_deref()) {
        // Without this message, the list would seem to come from the user's own folder.
        Ok(specs) if specs.is_empty => Stop::Specs.say(),
        Ok(specs) => {
            specs.left_out().iter().for_each(|text| terminal::note(text));
            let platforms = &specs.model.platforms;
            let text = || platforms.iter().map(listed).collect::<Vec<_>>().join("\n");
            what.print(text, || platforms.iter().map(summary).collect())
        }
        Err(stop) => stop.say(),
    }
}

pub(super) fn describe(arguments: &Describe) -> ExitCode {
    described(arguments).unwrap_or_else(Stop::say)
}

fn described(arguments: &Describe) -> Result<ExitCode, Stop> {
    let what = &arguments.what;
    let specs = Specs::all(what.specs.as_deref())?;
    let platform = specs.platform(&arguments.platform)?;
    let mut tree = export::model(&specs.model);
    let mut tree = taken(&mut tree["platforms"], "id", &platform.id);
    let Some(name) = &arguments.method else {
        return Ok(what.print(|| described::platform(platform, &tree), || tree.clone()));
    };
    let Some(method) = platform.methods.iter().find(|method| method.name == name) else {
        let known = platform.methods.iter().map(|method| method.name);
        return Err(Stop::unknown("method", name, known));
    };
    let tree = taken(&mut tree["methods"], "name", method.name);
    Ok(what.print(|| described::method(platform, method, &tree), || tree.clone()))
}

/// Takes the item whose member `member` is `text` out of a list. Returns null if there is no such
/// item.
fn taken(list: &mut Json, member: &str, text: &str) -> Json {
    let items = list.as_array_mut().map(std::mem::take).unwrap_or_default();
    items.into_iter().find(|item| item[member] == text).unwrap_or_default()
}

fn listed(platform: &Platform) -> String {
    let title = visible(&platform.title);
    let mut text = format!("{BOLD}{}{PLAIN}  {title}\n", platform.id);
    text.push_str(&described::methods(platform, (DIM, PLAIN)));
    text
}

fn summary(platform: &Platform) -> Json {
    let methods = platform.methods.iter();
    let methods: Vec<_> =
        methods.map(|method| json!({ "name": method.name, "title": method.title })).collect();
    json!({ "id": platform.id, "title": platform.title, "methods": methods })
}

/// Returns the error for a command line that names no method. The message lists the methods of the
/// platform.
pub(super) fn no_method(specs: &Specs, platform: &str) -> Stop {
    match specs.platform(platform) {
        Ok(platform) => Stop::usage(format!(
            "name a method of `{}` after the platform:\n{}",
            platform.id,
            described::methods(platform, ("", "")).trim_end()
        )),
        Err(stop) => stop,
    }
}

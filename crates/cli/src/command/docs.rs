//! `gatespec docs`: writes a documentation site, or serves it with the API tool.

use super::given::{self, Keys};
use super::specs::Specs;
use super::stop::Stop;
use super::terminal;
use clap::Args;
use gatespec_codegen::write::{OutputFile, put};
use gatespec_site::{MARK, Site};
use gatespec_tool::{Builder, Live};
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Debug, Args)]
pub(super) struct Docs {
    /// The folder of the site; pages of an earlier site in it are replaced or deleted
    #[arg(long, value_name = "DIR", default_value = "site", conflicts_with = "serve")]
    out: PathBuf,
    /// A folder that contains one folder per platform; by default `specs`, if it exists, or else the
    /// platforms that ship with the command
    #[arg(long, value_name = "DIR")]
    specs: Option<PathBuf>,
    /// Serve the site on this machine, with a form for each method that checks, signs, sends and
    /// explains requests; write nothing
    #[arg(long)]
    serve: bool,
    /// The port on this machine; by default, a free one
    #[arg(
        long,
        value_name = "N",
        default_value_t = 0,
        requires = "serve",
        hide_default_value = true
    )]
    port: u16,
    /// Let the forms send requests to the real gateways of this platform, with your credentials
    #[arg(long, value_name = "PLATFORM", requires = "serve")]
    live: Option<String>,
    #[command(flatten)]
    keys: Keys,
}

pub(super) fn run(arguments: &Docs) -> ExitCode {
    let done = if arguments.serve { served(arguments) } else { written(arguments) };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(stop) => stop.say(),
    }
}

fn written(arguments: &Docs) -> Result<bool, Stop> {
    let specs = Specs::load(arguments.specs.as_deref(), None)?.whole()?;
    let files: Vec<_> = Site::new(&specs.model)
        .pages()
        .into_iter()
        .map(|page| OutputFile { path: page.path, text: page.text, source: String::new() })
        .collect();
    put(&arguments.out, &files, MARK, Some(".html"))
        .map_err(|problem| Stop::Failed(vec![problem]))?;
    let start = arguments.out.join("index.html");
    Ok(terminal::out(&format!("{} files; open {}\n", files.len(), start.display())))
}

/// Serves the site until the process is interrupted.
fn served(arguments: &Docs) -> Result<bool, Stop> {
    let specs = Specs::load(arguments.specs.as_deref(), None)?.whole()?;
    let live = arguments.live.as_deref().map(|name| live(arguments, &specs, name)).transpose()?;
    let builder = Builder::new(specs.model).port(arguments.port);
    let builder = live.into_iter().fold(builder, Builder::live);
    let server = builder.start().map_err(|error| Stop::Failed(vec![error.to_string()]))?;
    let shown = terminal::out(&format!("{}\npress Ctrl-C to stop", server.url()));
    server.wait();
    Ok(shown)
}

/// Reads the caller's credentials of a platform.
fn live(arguments: &Docs, specs: &Specs, name: &str) -> Result<Live, Stop> {
    let platform = specs.platform(name)?;
    let credentials = given::of_platform(&arguments.keys, platform)?;
    credentials.iter().flat_map(given::doubts).for_each(|doubt| terminal::note(&doubt));
    Ok(Live { platform: platform.id.clone(), credentials })
}

//! `gatespec mock`: serves the platforms' gateways on this machine.

use super::specs::FOLDER;
use super::terminal;
use clap::Parser;
use gatespec_mock::Fault;
use gatespec_runtime::DateTime;
use std::fmt::Write as _;
use std::path::PathBuf;

/// The default port. It is fixed, so that clients can be configured with it.
const PORT: u16 = 8780;

#[derive(Debug, Parser)]
pub(super) struct Mock {
    /// The folder that contains one folder per platform; by default `specs` if it exists, otherwise
    /// the platforms that ship with the command
    #[arg(long, value_name = "DIR")]
    specs: Option<PathBuf>,
    /// The port on this machine; 0 for a free one
    #[arg(long, value_name = "N", default_value_t = PORT)]
    port: u16,
    /// The seed of invented values and random faults
    #[arg(long, value_name = "N", default_value_t = 0)]
    seed: u64,
    /// Use this credential instead of the invented one; can be repeated
    #[arg(long, value_name = "PLATFORM.NAME=TEXT", value_parser = credential)]
    credential: Vec<(String, String, String)>,
    /// Stop the clock at this time, in Unix seconds
    #[arg(long, value_name = "UNIX_SECONDS", value_parser = clock)]
    clock: Option<DateTime>,
    /// Serve this platform without its prefix, at its gateways' own paths
    #[arg(long, value_name = "PLATFORM")]
    root: Option<String>,
    /// Refuse requests whose verb, or the place of a parameter, differs from the documents
    #[arg(long)]
    strict: bool,
    /// Inject these faults at random, such as `reset,status=503,delay=200`
    #[arg(long, value_name = "FAULTS", value_delimiter = ',')]
    misbehave: Vec<Fault>,
    /// The probability of a fault, from 0 to 1
    #[arg(long, value_name = "RATE", default_value_t = 0.1, requires = "misbehave")]
    rate: f64,
}

fn credential(text: &str) -> Result<(String, String, String), String> {
    let parts = text.split_once('=').and_then(|(name, value)| {
        let (platform, name) = name.split_once('.')?;
        Some((platform.to_owned(), name.to_owned(), value.to_owned()))
    });
    parts.ok_or_else(|| "write it as PLATFORM.NAME=TEXT".to_owned())
}

fn clock(text: &str) -> Result<DateTime, String> {
    let seconds = text.parse().map_err(|_| "it is not a whole number".to_owned())?;
    DateTime::from_unix_seconds(seconds).map_err(|error| error.to_string())
}

pub(super) fn run(arguments: Mock) -> bool {
    let folder = arguments.specs.or_else(|| Some(PathBuf::from(FOLDER)).filter(|one| one.is_dir()));
    let builder = match folder {
        Some(folder) => gatespec_mock::Mock::builder(folder),
        None => gatespec_mock::Mock::of_all(gatespec_specs::ALL.iter().copied()),
    };
    let mut builder = builder
        .partly()
        .port(arguments.port)
        .seed(arguments.seed)
        .log(|line| {
            terminal::out(line);
        })
        .until_interrupted();
    if !arguments.misbehave.is_empty() {
        builder = builder.misbehave(arguments.rate, arguments.misbehave);
    }
    for (platform, name, text) in &arguments.credential {
        builder = builder.credential(platform, name, text.as_str());
    }
    if let Some(root) = arguments.root {
        builder = builder.root(root);
    }
    if arguments.strict {
        builder = builder.strict();
    }
    if let Some(clock) = arguments.clock {
        builder = builder.clock(clock);
    }
    match builder.start() {
        Ok(mock) => {
            if let Some(problem) = mock.problem() {
                terminal::err(&problem);
                terminal::note("specs with mistakes are served in part, or not at all");
            }
            let shown = terminal::out(&greeting(&mock, &arguments.credential));
            mock.wait();
            shown
        }
        Err(error) => {
            terminal::err(&error.to_string());
            false
        }
    }
}

/// Returns the message at the start, with all URLs and with the invented credentials to copy.
/// Credentials from the command line are not shown, because they may be real.
fn greeting(mock: &gatespec_mock::Mock, own: &[(String, String, String)]) -> String {
    let mut text = String::new();
    let mut before = String::new();
    for (platform, gateway, url) in mock.urls() {
        let name =
            if gateway == "main" { platform.clone() } else { format!("{platform} {gateway}") };
        let calls = match mock.call_urls(&platform, &gateway) {
            calls if calls.is_empty() => String::new(),
            calls if calls.len() > 3 => "   (calls go below it: see the page)".to_owned(),
            calls => format!("   (calls go to {})", calls.join(", ")),
        };
        let _ = writeln!(text, "{name:<16} {url}{calls}");
        if platform != before
            && let Some(credentials) = mock.credentials(&platform)
        {
            let names = credentials.names().map(|name| {
                let is_own = own.iter().any(|(id, known, _)| *id == platform && known == name);
                let text = credentials.get(name).filter(|_| !is_own).unwrap_or("<yours>");
                format!("{name}={text}")
            });
            let _ = writeln!(text, "{:<16} {}", "", names.collect::<Vec<_>>().join(" "));
        }
        before = platform;
    }
    let _ = writeln!(text, "{:<16} {}", "page", mock.page());
    text + "press Ctrl-C to stop"
}

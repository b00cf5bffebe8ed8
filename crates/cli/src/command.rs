//! The subcommands and the exit codes.

mod build;
mod call;
mod check;
mod diff;
mod docs;
mod draft;
mod explain;
mod export;
mod fix;
mod fmt;
mod given;
mod guard;
mod import;
mod listing;
mod mock;
mod model;
mod paint;
mod reporting;
mod revision;
mod schema;
mod settings;
mod shell;
mod sign;
mod specs;
mod stop;
mod terminal;

use build::Build;
use clap::{CommandFactory as _, Parser, Subcommand};
use model::Format;
use reporting::Reporting;
use std::path::PathBuf;
use std::process::ExitCode;

/// Compiles YAML specs of signed gateway APIs into a Rust client.
///
/// Exit codes: 0 on success, 1 if a spec has errors, or the output is stale or cannot be written, 2
/// if the command line is invalid.
#[derive(Debug, Parser)]
#[command(name = "gatespec", version)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Compile the specs and write the files that changed (the default command)
    Build(Build),
    /// Report errors in specs, and write nothing
    Check {
        /// Specs folders, platform folders or spec files
        #[arg(default_value = "specs")]
        paths: Vec<PathBuf>,
        #[command(flatten)]
        reporting: Reporting,
    },
    /// Apply the suggestions that are certain, and state the edition of the language
    Fix(fix::Fix),
    /// Format specs in the canonical order and layout
    Fmt(fmt::Fmt),
    /// Explain a rule, with a wrong and a right example
    Explain(explain::Explain),
    /// Write the JSON Schemas that editors use to complete and check specs
    Schema(schema::Schema),
    /// Print the resolved model: everything that the specs say, with defaults filled in
    Model {
        /// The folder that contains one folder per platform
        #[arg(long, value_name = "DIR", default_value = "specs")]
        specs: PathBuf,
        /// The output format
        #[arg(long, value_enum, default_value_t = Format::Json)]
        format: Format,
    },
    /// Write a draft of a platform or a method, which compiles as it is
    New(draft::New),
    /// Turn a pasted page of a platform's documentation into a draft of a spec
    Import(import::Import),
    /// Compare two versions of specs: the effects on old calls, answers and code
    Diff(diff::Arguments),
    /// Serve mock gateways of the platforms on this machine, for tests
    Mock(mock::Mock),
    /// Sign a request according to its spec, send it, and print the answer
    Call(Box<call::Call>),
    /// Sign a request, show every step, and find out why another signature differs
    Sign(Box<sign::Sign>),
    /// List the platforms and their methods
    List(listing::List),
    /// Describe a platform or a method: parameters, answer, codes, an example call
    Describe(listing::Describe),
    /// Write a documentation site of the platforms
    Docs(docs::Docs),
    /// Print a platform as OpenAPI, as JSON Schema or as a Postman collection
    Export(export::Export),
    /// Print the completion script of a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Write the manual pages into a folder
    Man {
        /// The folder, which must exist
        folder: PathBuf,
    },
}

impl Arguments {
    pub(crate) fn run(self) -> ExitCode {
        let done = match self.command {
            None => build::run(&Build::default()),
            Some(Command::Build(arguments)) => build::run(&arguments),
            Some(Command::Check { paths, reporting }) => check::run(&paths, &reporting),
            Some(Command::Fix(arguments)) => fix::run(&arguments),
            Some(Command::Fmt(arguments)) => fmt::run(&arguments),
            Some(Command::Explain(arguments)) => explain::run(&arguments),
            Some(Command::Schema(arguments)) => schema::run(&arguments),
            Some(Command::Model { specs, format }) => model::run(&specs, format),
            Some(Command::New(arguments)) => draft::run(&arguments),
            Some(Command::Import(arguments)) => import::run(&arguments),
            Some(Command::Diff(arguments)) => diff::run(&arguments),
            Some(Command::Mock(arguments)) => mock::run(arguments),
            Some(Command::Call(arguments)) => return call::run(&arguments),
            Some(Command::Sign(arguments)) => return sign::run(&arguments),
            Some(Command::List(arguments)) => return listing::list(&arguments),
            Some(Command::Describe(arguments)) => return listing::describe(&arguments),
            Some(Command::Docs(arguments)) => return docs::run(&arguments),
            Some(Command::Export(arguments)) => return export::run(&arguments),
            Some(Command::Completions { shell }) => shell::completions(shell, Arguments::command()),
            Some(Command::Man { folder }) => shell::man(Arguments::command(), &folder),
        };
        if done { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    }
}

//! `gatespec completions` and `gatespec man`.

use super::specs::Specs;
use super::{Arguments, terminal};
use clap::builder::PossibleValuesParser;
use clap::{Command, CommandFactory as _};
use clap_complete::Shell;
use std::collections::BTreeSet;
use std::path::Path;

/// Prints the completions of a shell, with the names of platforms and methods.
pub(super) fn completions(shell: Shell) -> bool {
    let mut command = with_names(Arguments::command());
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut command, "gatespec", &mut script);
    terminal::out(&String::from_utf8_lossy(&script))
}

/// Writes a page for the command and for each of its subcommands into a folder.
pub(super) fn man(folder: &Path) -> bool {
    match clap_mangen::generate_to(Arguments::command(), folder) {
        Ok(()) => true,
        Err(error) => {
            terminal::err(&format!("error: {} cannot be written: {error}", folder.display()));
            false
        }
    }
}

/// Arguments that name platforms and methods take those that the specs have.
fn with_names(command: Command) -> Command {
    let Ok(specs) = Specs::all(None) else { return command };
    let platforms = &specs.model.platforms;
    let ids: Vec<String> = platforms.iter().map(|platform| platform.id.clone()).collect();
    let methods: BTreeSet<String> = platforms
        .iter()
        .flat_map(|platform| &platform.methods)
        .map(|method| method.name.to_owned())
        .collect();
    let methods: Vec<String> = methods.into_iter().collect();
    ["call", "sign", "describe"].into_iter().fold(command, |command, name| {
        command.mut_subcommand(name, |sub| {
            sub.mut_arg("platform", |arg| arg.value_parser(PossibleValuesParser::new(ids.clone())))
                .mut_arg("method", |arg| {
                    arg.value_parser(PossibleValuesParser::new(methods.clone()))
                })
        })
    })
}

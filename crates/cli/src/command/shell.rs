//! `gatespec completions` and `gatespec man`.

use super::specs::Specs;
use super::terminal;
use clap::Command;
use clap::builder::PossibleValuesParser;
use clap_complete::Shell;
use std::collections::BTreeSet;
use std::path::Path;

/// Prints the completions of a shell, with the names of platforms and methods.
pub(super) fn completions(shell: Shell, command: Command) -> bool {
    let mut command = with_names(command);
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut command, "gatespec", &mut script);
    terminal::out(&String::from_utf8_lossy(&script))
}

/// Writes a page for the command and for each of its subcommands into a folder.
pub(super) fn man(command: Command, folder: &Path) -> bool {
    match clap_mangen::generate_to(command, folder) {
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
    // The process ends when they are printed.
    let ids: Vec<&'static str> =
        platforms.iter().map(|platform| &*platform.id.clone().leak()).collect();
    let methods = platforms.iter().flat_map(|platform| &platform.methods);
    let methods: BTreeSet<&'static str> = methods.map(|method| method.name).collect();
    let methods: Vec<&'static str> = methods.into_iter().collect();
    ["call", "sign", "describe"].into_iter().fold(command, |command, name| {
        command.mut_subcommand(name, |sub| {
            let known = |values: &[&'static str]| PossibleValuesParser::new(values.to_vec());
            let sub = sub
                .mut_arg("platform", |arg| arg.value_parser(known(&ids)).index(1))
                .mut_arg("method", |arg| arg.value_parser(known(&methods)).index(2));
            // An argument that is changed moves behind the others.
            let takes_values = sub.get_arguments().any(|arg| arg.get_id() == "values");
            if takes_values { sub.mut_arg("values", |arg| arg.index(3)) } else { sub }
        })
    })
}

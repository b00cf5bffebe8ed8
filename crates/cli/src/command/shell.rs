//! `gatespec completions` and `gatespec man`: print shell completions and write manual pages.

use super::specs::Specs;
use super::terminal;
use clap::Command;
use clap_complete::Shell;
use gatespec_language::model::Platform;
use std::path::Path;

/// Prints the completion script of a shell, with the names of platforms and methods.
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

/// Turns each platform into a subcommand, and each of its methods into a subcommand of the
/// platform. `clap_complete` completes the values of positional arguments in two shells only, but
/// subcommands in all.
fn with_names(command: Command) -> Command {
    let Ok(specs) = Specs::all(None) else { return command };
    ["call", "sign", "describe"].into_iter().fold(command, |command, name| {
        command.mut_subcommand(name, |sub| {
            let options = sub.get_arguments().filter(|arg| !arg.is_positional()).cloned();
            // Global options are also completed after a platform and a method.
            let options = options.map(|arg| arg.global(true)).collect::<Vec<_>>();
            let about = sub.get_about().cloned().unwrap_or_default();
            let named = Command::new(name).about(about).args(options);
            named.subcommands(specs.model.platforms.iter().map(platform))
        })
    })
}

fn platform(platform: &Platform) -> Command {
    let methods = platform.methods.iter();
    let methods = methods.map(|method| Command::new(method.name).about(method.title.clone()));
    // The leak is harmless, because the process ends after the names are printed.
    let id: &'static str = platform.id.clone().leak();
    let named = Command::new(id).about(platform.title.clone());
    named.disable_help_subcommand(true).subcommands(methods)
}

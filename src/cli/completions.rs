//! `gouji completions`: what a shell needs to complete this program's commands.

use clap::Command;
use clap_complete::generate;

use super::{exit, print};

/// The shells.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
pub(super) enum Shell {
    Bash,
    Zsh,
    Fish,
}

/// Prints the script of a shell for a command.
pub(super) fn run(shell: Shell, command: &Command) -> u8 {
    let mut command = visible(command);
    let (name, mut out) = (command.get_name().to_owned(), Vec::new());
    match shell {
        Shell::Bash => generate(clap_complete::Shell::Bash, &mut command, name, &mut out),
        Shell::Zsh => generate(clap_complete::Shell::Zsh, &mut command, name, &mut out),
        Shell::Fish => generate(clap_complete::Shell::Fish, &mut command, name, &mut out),
    }
    print(&String::from_utf8_lossy(&out));
    exit::COMPLIANT
}

/// The command without hidden ones: the scripts would name them.
fn visible(command: &Command) -> Command {
    let own = command.get_subcommands().filter(|own| !own.is_hide_set());
    Command::new(command.get_name().to_owned())
        .version(env!("CARGO_PKG_VERSION"))
        .disable_help_flag(true)
        .disable_version_flag(true)
        .disable_help_subcommand(true)
        .args(command.get_arguments().cloned())
        .subcommands(own.cloned())
}

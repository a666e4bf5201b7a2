//! The verbs for the program itself: completions and manual pages.

use clap::Parser;

/// Print completions for a shell.
#[derive(Debug, Parser)]
#[command(after_help = "\
Examples:
  stance completions bash > ~/.local/share/bash-completion/completions/stance
  stance completions zsh > ~/.zfunc/_stance
  stance completions fish > ~/.config/fish/completions/stance.fish
")]
pub struct CompletionsArgs {
    /// The shell
    #[arg(value_enum)]
    pub shell: clap_complete::Shell,
}

/// Print the manual page.
#[derive(Debug, Parser)]
#[command(after_help = "\
Examples:
  stance man > ~/.local/share/man/man1/stance.1
  stance man label | man -l -                            the page of one verb
")]
pub struct ManArgs {
    /// The verb whose page to print; without it, the page of stance itself
    pub verb: Option<String>,
}

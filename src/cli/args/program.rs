//! The verbs for the program itself: completions and manual pages.

use clap::Parser;

/// Print the completions for a shell.
///
/// Use it once, so that the Tab key completes the commands and flags of Stance. Save what it prints in the place
/// that your shell reads, and open a new shell.
#[derive(Debug, Parser)]
#[command(after_help = "\
Examples:
  stance completions bash > ~/.local/share/bash-completion/completions/stance
  stance completions zsh > ~/.zfunc/_stance
  stance completions fish > ~/.config/fish/completions/stance.fish
  stance completions elvish >> ~/.config/elvish/rc.elv
  stance completions powershell >> $PROFILE

Create the folder first if it does not exist. For zsh, ~/.zshrc needs the line
`fpath+=~/.zfunc` before the line with `compinit`.
")]
pub struct CompletionsArgs {
    /// The shell to complete in
    #[arg(value_enum)]
    pub shell: clap_complete::Shell,
}

/// Print a manual page.
///
/// Use it to read the help as a page of `man`, or to install it. The page holds the same text as --help.
#[derive(Debug, Parser)]
#[command(after_help = "\
Examples:
  stance man label | man -l -                       read the page of one command
  stance man > ~/.local/share/man/man1/stance.1     install the page of Stance
  stance man label > ~/.local/share/man/man1/stance-label.1
")]
pub struct ManArgs {
    /// The command to print the page of [default: Stance itself]
    #[arg(value_name = "COMMAND")]
    pub verb: Option<String>,
}

//! `stance completions`: completes commands and flags in a shell.

use std::io::{self, Write};

use clap::CommandFactory;
use stance::error::Result;

use super::args::{Args, CompletionsArgs};
use super::{Outcome, stdout_failed};

/// Prints the completions for a shell.
pub fn run(args: &CompletionsArgs) -> Result<Outcome> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Args::command(), "stance", &mut script);
    io::stdout().write_all(&script).map_err(stdout_failed)?;
    Ok(Outcome::Fine)
}

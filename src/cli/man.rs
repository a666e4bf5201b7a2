//! `stance man`: the manual pages.

use std::io::{self, Write};

use clap::CommandFactory;
use stance::error::{Error, Result};

use super::args::{Args, ManArgs};
use super::{Outcome, stdout_failed};

/// Prints the page of stance, or of one command.
pub fn run(args: &ManArgs) -> Result<Outcome> {
    let mut command = Args::command();
    command.build();
    if let Some(verb) = &args.verb {
        let verbs: Vec<String> = command.get_subcommands().map(|verb| verb.get_name().to_owned()).collect();
        command = command
            .find_subcommand(verb)
            .ok_or_else(|| {
                Error::request(format!("there is no command `{verb}`"), format!("choose one of: {}", verbs.join(", ")))
            })?
            .clone();
    }
    let mut page = Vec::new();
    clap_mangen::Man::new(command).render(&mut page).map_err(stdout_failed)?;
    io::stdout().write_all(&page).map_err(stdout_failed)?;
    Ok(Outcome::Fine)
}

//! `stance init`: a new corpus with files that explain themselves and an example that works at once.

use std::io::Write;

use stance::corpus::{CODEBOOK, EVENTS, RULES_FILE, STATEMENTS};
use stance::error::Result;
use stance::file::corpus_files::{README, SPEAKERS};
use stance::file::save;

use super::args::InitArgs;
use super::{Outcome, source, stdout_failed};

/// The files of a new corpus.
const FILES: [(&str, &str); 7] = [
    (README, include_str!("template/README.md")),
    (CODEBOOK, include_str!("template/codebook.toml")),
    (STATEMENTS, include_str!("template/statements.csv")),
    (RULES_FILE, include_str!("template/rules.toml")),
    ("labels/me.csv", include_str!("template/labels/me.csv")),
    (EVENTS, include_str!("template/events.csv")),
    (SPEAKERS, include_str!("template/speakers.toml")),
];

/// Writes the new corpus. Refuses if one of its files already exists.
pub fn run(args: &InitArgs) -> Result<Outcome> {
    source::warn(&save::create(&args.dir, &FILES)?);
    let shown = args.dir.display();
    writeln!(
        super::terminal::out(),
        "{shown} is ready: {} files with a made-up example.\n\
         next:\n  \
           stance check --corpus {shown}\n  \
           stance label --corpus {shown}\n  \
           stance chart --corpus {shown}\n  \
           stance shifts --corpus {shown}\n\
         then replace the example in statements.csv, codebook.toml and labels/me.csv with your own.\n\
         Do the same in rules.toml and events.csv, or delete those 2 files.",
        FILES.len()
    )
    .map_err(stdout_failed)?;
    Ok(Outcome::Fine)
}

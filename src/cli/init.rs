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
    if args.empty {
        return empty(args);
    }
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
         then replace the example in README.md, statements.csv, codebook.toml, labels/me.csv and speakers.toml with your own.\n\
         Do the same in rules.toml and events.csv, or delete those 2 files.",
        FILES.len()
    )
    .map_err(stdout_failed)?;
    Ok(Outcome::Fine)
}

/// The files that every corpus needs, without an example.
const EMPTY: [(&str, &str); 2] = [
    (
        STATEMENTS,
        "id,date,date_precision,speaker,role,venue,kind,text,source_publisher,source_title,source_url,source_date,notes\r\n",
    ),
    (CODEBOOK, include_str!("template/empty.toml")),
];

fn empty(args: &InitArgs) -> Result<Outcome> {
    source::warn(&save::create(&args.dir, &EMPTY)?);
    let shown = args.dir.display();
    writeln!(
        super::terminal::out(),
        "{shown} is ready, and empty.\n\
         next: fill in codebook.toml, and add a row to statements.csv for each statement; then\n  \
           stance check --corpus {shown}"
    )
    .map_err(stdout_failed)?;
    Ok(Outcome::Fine)
}

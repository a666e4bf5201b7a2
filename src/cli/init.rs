//! `stance init`: a new corpus whose files explain themselves and whose example works at once.

use std::fs;
use std::io::Write;

use stance::corpus::{CODEBOOK, EVENTS, RULES_FILE, STATEMENTS};
use stance::error::{Error, Result};

use super::args::InitArgs;
use super::{Outcome, output, stdout_failed};

/// The files of a new corpus.
const FILES: [(&str, &str); 7] = [
    ("README.md", include_str!("template/README.md")),
    (CODEBOOK, include_str!("template/codebook.toml")),
    (STATEMENTS, include_str!("template/statements.csv")),
    (RULES_FILE, include_str!("template/rules.toml")),
    ("labels/me.csv", include_str!("template/labels/me.csv")),
    (EVENTS, include_str!("template/events.csv")),
    ("speakers.toml", include_str!("template/speakers.toml")),
];

/// Writes the new corpus; refuses where one of its files is there already.
pub fn run(args: &InitArgs) -> Result<Outcome> {
    let dir = &args.dir;
    let there: Vec<&str> =
        FILES.map(|(name, _)| name).into_iter().filter(|name| dir.join(name).symlink_metadata().is_ok()).collect();
    if !there.is_empty() {
        let what = format!("{} already has {}", dir.display(), there.join(", "));
        return Err(Error::request(what, "nothing was written; choose another folder"));
    }
    for (name, text) in FILES {
        let path = dir.join(name);
        if let Some(folder) = path.parent() {
            output::make_folder(folder)?;
        }
        let write = |source| Error::Write { path: path.clone(), source };
        // A file that has come to be in the meantime is not overwritten either.
        let mut file = fs::File::create_new(&path).map_err(write)?;
        file.write_all(text.as_bytes()).map_err(write)?;
    }
    let shown = dir.display();
    writeln!(
        anstream::stdout(),
        "{shown} is ready: {} files with a made-up example.\n\
         next:\n  \
           stance check --corpus {shown}\n  \
           stance label --corpus {shown}\n  \
           stance chart --corpus {shown}\n  \
           stance shifts --corpus {shown}\n\
         then replace the example in statements.csv and codebook.toml with your own.",
        FILES.len()
    )
    .map_err(stdout_failed)?;
    Ok(Outcome::Fine)
}

//! A statements file that rows are added to or changed in, and that others may change meanwhile.

use std::fs::{File, TryLockError};
use std::path::PathBuf;
use std::thread;
use std::time::Duration;

use stance::error::{Error, Result};
use stance::file::splice::Records;
use stance::file::table;
use stance::statement::Statements;

use super::output;

/// A statements file as it was read, without a fault.
pub struct Sheet {
    /// Where it is.
    pub path: PathBuf,
    /// What it says.
    pub statements: Statements,
    /// How it is written.
    pub records: Records,
}

impl Sheet {
    /// Reads a file, which may hold no statement yet.
    ///
    /// # Errors
    /// [`Error::Read`] where the system refuses, [`Error::Request`] where the file holds JSON, [`Error::Invalid`]
    /// with every fault of the file.
    pub fn open(path: PathBuf) -> Result<Sheet> {
        let text = table::read_text(&path)?;
        if text.trim_start().starts_with('{') {
            let what = format!("{} holds lines of JSON", path.display());
            return Err(Error::request(what, "rows are kept as CSV: `stance extract TEXT … -o proposals.csv`"));
        }
        let mut problems = Vec::new();
        let statements = Statements::parse(&path, &text, &mut problems);
        match statements {
            Some(statements) if problems.is_empty() => {
                let records = Records::of(text, statements.dialect);
                Ok(Sheet { path, statements, records })
            }
            _ => Err(Error::Invalid(problems)),
        }
    }

    /// Saves other text in the file's place, unless someone else has changed the file in the meantime.
    ///
    /// # Errors
    /// [`Error::Request`] if someone has, [`Error::Write`] where the system refuses; nothing is written then.
    pub fn save(&mut self, text: String) -> Result<()> {
        // Held until the new file is in its place, so that no other such save comes between. Where the system has
        // no locks, what was read is still compared with what is there.
        let old = File::open(&self.path).ok();
        if old.as_ref().is_some_and(|old| !locks(old)) {
            let what = format!("{} is being written by another program", self.path.display());
            return Err(Error::request(what, "nothing was written; give the command again"));
        }
        if table::read_text(&self.path)? != self.records.text {
            let what = format!("{} has been changed by another program", self.path.display());
            return Err(Error::request(what, "nothing was written; give the command again"));
        }
        output::write_file(&self.path, |to| to.write_all(text.as_bytes()).map_err(Error::Output))?;
        self.records = Records::of(text, self.statements.dialect);
        Ok(())
    }
}

/// Locks a file, and waits a little for whoever has it. Only where a lock hinders nobody who asks for none; elsewhere
/// the file could not even be read.
fn locks(file: &File) -> bool {
    const TRIES: usize = 40;
    const PAUSE: Duration = Duration::from_millis(50);
    if !cfg!(unix) {
        return true;
    }
    for _ in 0..TRIES {
        match file.try_lock() {
            Err(TryLockError::WouldBlock) => thread::sleep(PAUSE),
            // A file system without locks has none to wait for.
            _ => return true,
        }
    }
    false
}

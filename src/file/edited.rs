//! A delimited file to which rows are added or in which rows are changed. Other programs may change it meanwhile.

use std::path::PathBuf;

use crate::error::{Result, Warning};
use crate::file::read;
use crate::file::save;
use crate::file::splice::Records;
use crate::file::table::Dialect;

/// A delimited file as it was read.
#[derive(Debug)]
pub struct EditedTable {
    /// Its path.
    pub path: PathBuf,
    /// Its text.
    pub records: Records,
    dialect: Dialect,
    /// When the file was last read or written.
    stamp: Option<(std::time::SystemTime, u64, (u64, u64))>,
}

impl EditedTable {
    /// Takes a file that was read, and how it is written.
    pub fn new(path: PathBuf, text: String, dialect: Dialect) -> EditedTable {
        let stamp = read::stamp(&path);
        EditedTable { path, records: Records::of(text, dialect), dialect, stamp }
    }

    /// Whether no other program seems to have saved the file since. [`EditedTable::save`] makes sure of it.
    pub fn is_current(&self) -> bool {
        read::stamp(&self.path) == self.stamp
    }

    /// Saves a new text in place of the file, unless another program has changed the file in the meantime.
    ///
    /// # Errors
    /// As [`save::replace`]. Nothing that the other program saved is lost.
    pub fn save(&mut self, text: String) -> Result<Vec<Warning>> {
        let warnings = save::replace(&self.path, self.records.text.as_bytes(), text.as_bytes())?;
        self.records = Records::of(text, self.dialect);
        self.stamp = read::stamp(&self.path);
        Ok(warnings)
    }
}

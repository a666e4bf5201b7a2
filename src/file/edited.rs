//! A delimited file to which rows are added or in which rows are changed. Other programs may change it meanwhile.

use std::path::PathBuf;

use crate::error::{Result, Warning};
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
}

impl EditedTable {
    /// Takes a file that was read, and how it is written.
    pub fn new(path: PathBuf, text: String, dialect: Dialect) -> EditedTable {
        EditedTable { path, records: Records::of(text, dialect), dialect }
    }

    /// Saves a new text in place of the file, unless another program has changed the file in the meantime.
    ///
    /// # Errors
    /// As [`save::replace`]. Nothing that the other program saved is lost.
    pub fn save(&mut self, text: String) -> Result<Vec<Warning>> {
        let warnings = save::replace(&self.path, self.records.text.as_bytes(), text.as_bytes())?;
        self.records = Records::of(text, self.dialect);
        Ok(warnings)
    }
}

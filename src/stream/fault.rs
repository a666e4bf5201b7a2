//! Rows that cannot be read: the first ends the work, or all are left out and listed.

use std::io::Write;

use crate::error::{Error, Problem, Result};
use crate::file::table::{self, Dialect};

/// The columns of a list of faults.
pub const FAULT_COLUMNS: [&str; 4] = ["file", "place", "fault", "hint"];

/// Faults as rows of a CSV, below its header if that is wanted.
pub fn listed_as_csv(problems: &[Problem], with_header: bool) -> Vec<u8> {
    let row = |problem: &Problem| {
        let place = problem.point().unwrap_or_default();
        [problem.path.display().to_string(), place, problem.what.clone(), problem.hint.clone()]
    };
    let text = table::write(Dialect::default(), &FAULT_COLUMNS, problems.iter().map(row));
    let header = if with_header { 0 } else { text.find('\n').map_or(0, |end| end + 1) };
    text.as_bytes()[header..].to_vec()
}

/// What is done with the faults of rows.
pub enum FaultList<'w> {
    /// The first piece with one ends the work.
    Stop,
    /// The rows are left out, and the faults written here, as [`listed_as_csv`] writes them.
    Skip(&'w mut dyn Write),
}

impl FaultList<'_> {
    /// Takes the faults of a piece.
    ///
    /// # Errors
    /// [`Error::Invalid`] with all of them if they end the work, [`Error::Output`] if they cannot be written.
    pub fn take(&mut self, problems: Vec<Problem>) -> Result<()> {
        match self {
            _ if problems.is_empty() => Ok(()),
            FaultList::Stop => Err(Error::Invalid(problems)),
            FaultList::Skip(to) => to.write_all(&listed_as_csv(&problems, false)).map_err(Error::Output),
        }
    }
}

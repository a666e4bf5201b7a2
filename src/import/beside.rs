//! The sheet of issues of a workbook that Stance wrote: the codebook beside its labels, with all levels.

use crate::codebook::Position;
use crate::import::grid::Grid;
use crate::import::harvest::{FoundIssue, NumbersFrom};

/// The columns of the sheet of issues in a workbook: a row per level.
const OF_ISSUES: [&str; 5] = ["issue", "name", "question", "position", "words"];

/// Whether these are the columns of the sheet of issues.
pub fn is_codebook(names: &[String]) -> bool {
    names.len() >= OF_ISSUES.len() && names.iter().zip(OF_ISSUES).all(|(name, known)| name == known)
}

/// The issues of the sheet of issues, with all their levels.
pub fn issues(grid: &Grid, header: usize, names: &[String]) -> Vec<FoundIssue> {
    let place = |wanted: &str| names.iter().position(|name| name == wanted).unwrap_or(usize::MAX);
    let [id, name, question, position, words] = OF_ISSUES.map(place);
    let mut issues: Vec<FoundIssue> = Vec::new();
    for row in header + 1..grid.rows() {
        let cell = |column: usize| grid.cell(row, column).to_owned();
        let Some(number) = Position::read(grid.cell(row, position)).filter(|_| !cell(id).is_empty()) else { continue };
        let at = issues.iter().position(|issue| issue.id == cell(id)).unwrap_or_else(|| {
            let found = FoundIssue::new(cell(id), cell(name), cell(question));
            issues.push(FoundIssue { exact: true, numbers: NumbersFrom::Codebook, ..found });
            issues.len() - 1
        });
        issues[at].seen.insert(number);
        // More than any cell of the labels counts.
        issues[at].words.insert(cell(words), (number, usize::MAX / 2));
    }
    issues
}

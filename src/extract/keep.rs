//! Protects what a person has done in a file of proposals from the next run that writes to the file.

use std::collections::HashSet;
use std::path::Path;

use serde_json::{Map, Value};

use crate::error::{Error, Result};
use crate::extract::append;
use crate::extract::rows::{COLUMNS, REVIEW, is_own_note};
use crate::file::kind::OutputKind;
use crate::file::read::{self, LARGEST_TEXT};
use crate::statement::Verified;
use crate::words::many;

const HINT: &str = "choose another name, or overwrite the decisions with --force";

/// Checks early that no row of a file of proposals was accepted, rejected or fixed in a review, and that none has
/// a note that a person typed. A file with faults is refused too, because faults come from typing. A missing file
/// has nothing to lose.
///
/// # Errors
/// [`Error::Request`] with how many rows would be lost, and [`Error::Read`] if the system refuses.
pub fn keep_decisions(path: &Path, kind: &OutputKind) -> Result<()> {
    undecided(path, kind).map(drop)
}

/// Checks that overwriting a file of proposals with new rows loses nothing. Only a row that is written again
/// without a change is known to be as Stance wrote it: a person may have edited any other row.
///
/// # Errors
/// The same as [`keep_decisions`].
pub fn keep_edits(path: &Path, kind: &OutputKind, new: &[Vec<String>]) -> Result<()> {
    let rows = undecided(path, kind)?;
    let new: HashSet<&Vec<String>> = new.iter().collect();
    match rows.iter().filter(|row| !new.contains(row)).count() {
        0 => Ok(()),
        count => {
            let what =
                format!("overwriting {} would lose {}, which may have been edited", path.display(), many(count, "row"));
            let hint = "choose another name, or overwrite it with --force: this run does not write the same again";
            Err(Error::request(what, hint))
        }
    }
}

/// The rows of an existing file, if none of them is decided.
fn undecided(path: &Path, kind: &OutputKind) -> Result<Vec<Vec<String>>> {
    let rows = earlier(path, kind)?;
    match rows.iter().filter(|row| is_decided(row)).count() {
        0 => Ok(rows),
        count => {
            let what = format!("{} contains decisions: {}", path.display(), many(count, "row"));
            Err(Error::request(what, HINT))
        }
    }
}

/// The rows of an existing file, with the cells in the order of [`COLUMNS`].
fn earlier(path: &Path, kind: &OutputKind) -> Result<Vec<Vec<String>>> {
    if !read::is_file(path) {
        return Ok(Vec::new());
    }
    let bytes = read::bytes(path, LARGEST_TEXT)?;
    if bytes.is_empty() {
        return Ok(Vec::new());
    }
    let rows = if matches!(kind, OutputKind::Lines(_)) { of_lines(&bytes) } else { of_table(path) };
    rows.ok_or_else(|| {
        let what = format!("{} has faults, and may contain decisions", path.display());
        Error::request(what, HINT)
    })
}

fn of_table(path: &Path) -> Option<Vec<Vec<String>>> {
    let (sheet, _) = append::open(path.to_owned()).ok()?;
    let (header, rows) = sheet.records.cells.split_first()?;
    (*header == COLUMNS).then(|| rows.to_vec())
}

fn of_lines(bytes: &[u8]) -> Option<Vec<Vec<String>>> {
    let lines = std::str::from_utf8(bytes).ok()?.lines().filter(|line| !line.trim().is_empty());
    lines
        .map(|line| {
            let object: Map<String, Value> = serde_json::from_str(line).ok()?;
            let cell = |name: &&str| object.get(*name)?.as_str().map(str::to_owned);
            COLUMNS.iter().map(cell).collect::<Option<Vec<String>>>().filter(|_| object.len() == COLUMNS.len())
        })
        .collect()
}

/// Whether a row has a cell that only a person writes.
fn is_decided(row: &[String]) -> bool {
    let cell = |name: &str| COLUMNS.iter().zip(row).find(|(column, _)| **column == name).map_or("", |(_, cell)| cell);
    let mut notes = cell("notes").split("; ").filter(|note| !note.is_empty());
    cell("verified") != Verified::No.word()
        || ["confidence", "date_confidence", "date_from"].iter().any(|name| cell(name) == REVIEW)
        || notes.any(|note| !is_own_note(note))
}

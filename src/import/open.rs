//! From a file to its sheets, whatever kind of file it is. The content decides, not the name.

use std::path::Path;

use crate::error::{Error, Problem, Result};
use crate::file::read;
use crate::frame::import::parquet;
use crate::import::grid::{CellKind, Grid, GridPlaces};
use crate::import::text;
use crate::import::workbook;

/// Reads a file as sheets. `named` are the sheets of a workbook that are meant; none means the only one.
///
/// # Errors
/// [`Error::Read`] if the system refuses, [`Error::Invalid`] with what is wrong with the file.
pub fn sheets(path: &Path, named: &[String]) -> Result<Vec<Grid>> {
    let bytes = read::bytes(path, read::LARGEST_TEXT)?;
    if bytes.starts_with(workbook::ZIP_SIGNATURE) || bytes.starts_with(workbook::OLD_SIGNATURE) {
        return workbook::read(path, bytes, named);
    }
    if bytes.starts_with(b"PAR1") {
        return columns(path, &bytes).map(|sheet| vec![sheet]);
    }
    let first = bytes.iter().find(|byte| !byte.is_ascii_whitespace() && !b"\xEF\xBB\xBF".contains(*byte));
    let json = path.extension().is_some_and(|ending| ending.to_string_lossy().to_lowercase().contains("json"));
    let sheet = match first {
        Some(b'{') => text::lines(path, &bytes)?,
        Some(b'[') if json => text::lines(path, &bytes)?,
        _ => text::delimited(path, &bytes)?,
    };
    Ok(vec![sheet])
}

fn columns(path: &Path, bytes: &[u8]) -> Result<Grid> {
    let columns = parquet(bytes).map_err(|error| {
        let hint = "write it again with the program that made it, or save the table as CSV";
        Error::Invalid(vec![Problem::fault(path, None, format!("the Parquet file cannot be read: {error}"), hint)])
    })?;
    let mut sheet = Grid::new(path, GridPlaces::Lines, columns.len());
    sheet.push(1, columns.iter().map(|(name, _)| (name.as_str(), CellKind::Text)));
    for row in 0..columns.first().map_or(0, |(_, cells)| cells.len()) {
        let cells = columns.iter().map(|(_, cells)| (cells.get(row).map_or("", String::as_str), CellKind::Text));
        sheet.push(row + 2, cells);
    }
    Ok(sheet)
}

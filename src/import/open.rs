//! From a file to what it holds, whatever kind of file it is. The content decides, not the name.

use std::io::Cursor;
use std::path::Path;

use crate::error::{Error, Problem, Result};
use crate::file::read;
use crate::frame::arrow::parquet::ParquetRows;
use crate::import::grid::{CellKind, Grid, GridPlaces};
use crate::import::json_lines;
use crate::import::packed;
use crate::import::settings::ImportSettings;
use crate::import::text;
use crate::import::tool::{self, Foreign};
use crate::import::twice;
use crate::import::workbook;

/// Reads a file: as that of a tool, or as one or more tables. Of a workbook, the sheets that are named are meant, or
/// the only one.
///
/// # Errors
/// [`Error::Read`] if the system refuses, [`Error::Invalid`] with what is wrong with the file.
pub fn open(path: &Path, settings: &ImportSettings) -> Result<Vec<Foreign>> {
    if let Some(fault) = no_table(path) {
        return Err(Error::Invalid(vec![fault]));
    }
    let bytes = read::bytes(path, read::LARGEST_TEXT)?;
    if bytes.is_empty() {
        let hint = "save the sheet again, and check that it is the file you mean";
        return Err(Error::Invalid(vec![Problem::fault(path, None, "the file is empty", hint)]));
    }
    let begin = bytes.iter().find(|byte| !byte.is_ascii_whitespace() && !b"\xEF\xBB\xBF".contains(*byte));
    let json = std::str::from_utf8(&bytes).ok().filter(|_| matches!(begin, Some(b'{' | b'[')));
    let twice = json.and_then(twice::note);
    if let Some(mut foreign) = tool::read(path, &bytes, settings)? {
        twice.into_iter().for_each(|note| foreign.add_note(note));
        return Ok(vec![foreign]);
    }
    let mut tables = tables(path, bytes, settings)?;
    if let Some(first) = tables.first_mut() {
        first.notes.extend(twice);
    }
    if let Some(tool) = settings.tool
        && !tables.iter().any(|grid| !grid.given.is_empty())
        && !tables.iter().any(|grid| tool::may_be_table_of(tool, grid))
    {
        let what = format!("the file is not of the kind that --from {} reads", tool.word());
        let hint = "leave --from out: the content of a file shows which tool wrote it";
        return Err(Error::Invalid(vec![Problem::fault(path, None, what, hint)]));
    }
    Ok(tables.into_iter().map(|grid| Foreign::Table(Box::new(grid))).collect())
}

/// Files that hold no table, by their ending.
fn no_table(path: &Path) -> Option<Problem> {
    let ending = path.extension()?.to_string_lossy().to_lowercase();
    let hint = match ending.as_str() {
        "html" | "htm" => {
            "save the table as CSV or as a workbook; to take quotations from a news page, use `stance extract`"
        }
        "md" | "tex" | "doc" | "docx" | "odt" | "rtf" | "pdf" | "pages" => {
            "copy the table into a spreadsheet, and save it as CSV or as a workbook (.xlsx, .ods)"
        }
        "svg" | "png" | "jpg" | "jpeg" => "give the table that it was made of",
        _ => return None,
    };
    Some(Problem::fault(path, None, format!("a file .{ending} is no table"), hint))
}

fn tables(path: &Path, bytes: Vec<u8>, settings: &ImportSettings) -> Result<Vec<Grid>> {
    if bytes.starts_with(packed::ZIP_SIGNATURE) || bytes.starts_with(workbook::OLD_SIGNATURE) {
        return workbook::read(path, bytes, settings);
    }
    if bytes.starts_with(b"PAR1") {
        return columns(path, &bytes).map(|sheet| vec![sheet]);
    }
    let first = bytes.iter().find(|byte| !byte.is_ascii_whitespace() && !b"\xEF\xBB\xBF".contains(*byte));
    let json = path.extension().is_some_and(|ending| ending.to_string_lossy().to_lowercase().contains("json"));
    let sheet = match first {
        Some(b'{') => json_lines::lines(path, &bytes)?,
        Some(b'[') if json => json_lines::lines(path, &bytes)?,
        _ => text::delimited(path, &bytes)?,
    };
    Ok(vec![sheet])
}

/// The rows of a Parquet file. Columns of categories or factors are read as their values.
fn columns(path: &Path, bytes: &[u8]) -> Result<Grid> {
    let mut rows = ParquetRows::open(path, Cursor::new(bytes))?;
    let names = rows.names();
    if names.len() > text::MOST_COLUMNS {
        let what = format!("the file has {} columns, and a table has at most {}", names.len(), text::MOST_COLUMNS);
        return Err(Error::Invalid(vec![Problem::fault(path, None, what, text::HOW_TO_NARROW)]));
    }
    let mut sheet = Grid::new(path, GridPlaces::Lines, names.len());
    sheet.push(1, names.iter().map(|name| (name.as_str(), CellKind::Text)));
    while let Some(read) = rows.rows()? {
        let columns = read.cells();
        for row in 0..read.count {
            let cells = columns.iter().map(|cells| (cells.get(row), CellKind::Text));
            sheet.push(read.before + row + 2, cells);
        }
    }
    Ok(sheet)
}

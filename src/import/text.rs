//! Delimited text, as people and programs save it.

use std::collections::HashMap;
use std::path::Path;

use crate::error::{Error, Place, Problem, Result};
use crate::file::table;
use crate::import::encoded::decoded;
use crate::import::grid::{CellKind, Grid, GridPlaces};
use crate::words;

/// The separators that are tried, the commonest last.
const SEPARATORS: [u8; 4] = [b'|', b'\t', b';', b','];
/// How many rows decide which separator a file has.
const TRIED: usize = 40;
/// The most columns that a table may have. More are a slip, or not a table.
pub const MOST_COLUMNS: usize = 2_000;
/// What to do with a table that has more.
pub const HOW_TO_NARROW: &str = "copy the columns that you need (dates, speakers, quotations, positions) to a table of their own; if each \
                                 statement is a column, turn the table round in the spreadsheet (transpose), so that it is a row";

/// Reads comma-, semicolon- or tab-separated text in any usual encoding.
///
/// # Errors
/// [`Error::Invalid`] if it is not a text or not a table, with every torn row.
pub fn delimited(path: &Path, bytes: &[u8]) -> Result<Grid> {
    let (mut text, notes) = decoded(path, bytes)?;
    let mut first_line = 1;
    // Excel alone reads this line, which names the separator.
    let named = text.strip_prefix("sep=").and_then(|rest| {
        let (mark, rest) = rest.split_once('\n')?;
        let mark = mark.trim_end_matches('\r').as_bytes();
        (mark.len() == 1).then(|| (mark[0], text.len() - rest.len()))
    });
    if let Some((_, from)) = named {
        text.drain(..from);
        first_line = 2;
    }
    if text.contains('\r') && !text.contains('\n') {
        text = text.replace('\r', "\n");
    }
    let separator = named.map_or_else(|| separator_of(&text), |(separator, _)| separator);
    let mut problems = Vec::new();
    let (mut starts, mut cells, mut width) = (Vec::new(), Vec::new(), 0);
    let mut record = csv::StringRecord::new();
    let mut reader = reader(&text, separator);
    while reader.read_record(&mut record).unwrap_or(false) {
        width = width.max(last_filled(&record));
    }
    if width > MOST_COLUMNS {
        let what = format!("a row has {width} cells, and a table has at most {MOST_COLUMNS} columns");
        return Err(Error::Invalid(vec![Problem::fault(path, None, what, HOW_TO_NARROW)]));
    }
    let mut sheet = Grid::new(path, GridPlaces::Lines, width);
    let mut reader = self::reader(&text, separator);
    while reader.read_record(&mut record).unwrap_or(false) {
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let start = record.position().and_then(|at| usize::try_from(at.byte()).ok()).unwrap_or(0);
        let line = record.position().and_then(|at| usize::try_from(at.line()).ok()).unwrap_or(1);
        // A record begins behind the blank lines before it.
        let rest = text.get(start..).unwrap_or("");
        let blank = rest.len() - rest.trim_start_matches(['\r', '\n']).len();
        let line = line + rest[..blank].matches('\n').count();
        if let Some((place, what, hint)) = table::torn_cell(&rest[blank..], line, separator) {
            problems.push(Problem::fault(path, Some(Place { line: place.line + first_line - 1, ..place }), what, hint));
        }
        starts.push(start + blank);
        cells.push(u32::try_from(record.len()).unwrap_or(u32::MAX));
        sheet.push(line + first_line - 1, record.iter().map(|cell| (runnable(cell), CellKind::Text)));
    }
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    sheet.places = GridPlaces::Delimited { text, separator, starts, cells };
    sheet.notes = notes;
    Ok(sheet)
}

/// A cell without the apostrophe that keeps a spreadsheet from running it.
fn runnable(cell: &str) -> &str {
    let runs = |rest: &&str| words::formula_mark(rest.trim_start()).is_some() || rest.starts_with(['\t', '\r']);
    cell.strip_prefix('\'').filter(runs).unwrap_or(cell)
}

/// The separator with which most of the first rows have the same number of cells, and the most cells of these.
fn separator_of(text: &str) -> u8 {
    let score = |separator: u8| {
        let mut widths: HashMap<usize, usize> = HashMap::new();
        let mut rows = 0;
        for record in reader(text, separator).records().flatten().take(TRIED) {
            if record.iter().any(|cell| !cell.trim().is_empty()) {
                *widths.entry(record.len()).or_default() += 1;
                rows += 1;
            }
        }
        let (width, count) = widths.into_iter().max_by_key(|(width, count)| (*count, *width)).unwrap_or((1, 0));
        // In hundredths, so that one odd row does not decide.
        if width < 2 { (0, 0) } else { (100 * count / rows.max(1), width) }
    };
    SEPARATORS.into_iter().max_by_key(|separator| score(*separator)).unwrap_or(b',')
}

fn last_filled(record: &csv::StringRecord) -> usize {
    record.iter().enumerate().filter(|(_, cell)| !cell.trim().is_empty()).last().map_or(0, |(last, _)| last + 1)
}

fn reader(text: &str, separator: u8) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new().delimiter(separator).has_headers(false).flexible(true).from_reader(text.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(sheet: &Grid) -> Vec<Vec<&str>> {
        (0..sheet.rows()).map(|row| (0..sheet.width()).map(|column| sheet.cell(row, column)).collect()).collect()
    }

    #[test]
    fn separators_and_encodings_are_recognised() {
        for text in ["a,b\n1,\"x; y\"\n", "sep=;\r\na;b\r\n1;\"x; y\"\r\n", "a\tb\r1\tx; y\r", "\u{feff}a|b\n\n1|x; y"]
        {
            let sheet = delimited(Path::new("a.csv"), text.as_bytes()).unwrap();
            assert_eq!(rows(&sheet)[1], ["1", "x; y"], "{text:?}");
        }
        let sheet = delimited(Path::new("a.csv"), b"Wer;Was\nM\xFCller;Stra\xDFe\n").unwrap();
        assert_eq!((rows(&sheet)[1].clone(), sheet.notes.len()), (vec!["Müller", "Straße"], 1));
    }

    #[test]
    fn places_are_those_of_the_file() {
        let sheet = delimited(Path::new("a.csv"), b"sep=,\n\nid,text\n\na,\"two\nlines\"\nb,c\n").unwrap();
        assert_eq!(sheet.fault(1, 1, "x", "y").location(), "a.csv:5:3");
        assert_eq!(sheet.fault(2, 1, "x", "y").location(), "a.csv:7:3");
    }
}

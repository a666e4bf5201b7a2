//! Delimited text and lines of JSON, as people and programs save them.

use std::collections::HashMap;
use std::path::Path;

use serde_json::Value;

use crate::error::{Error, Place, Problem, Result};
use crate::extract::page::encoding;
use crate::file::table;
use crate::import::grid::{CellKind, Grid, GridPlaces};
use crate::words::many;

/// The separators that are tried, the commonest last.
const SEPARATORS: [u8; 4] = [b'|', b'\t', b';', b','];
/// How many rows decide which separator a file has.
const TRIED: usize = 40;
/// The most columns that a table may have. More are a slip, or not a table.
pub const MOST_COLUMNS: usize = 2_000;

/// Bytes as text, with a note if they are not UTF-8.
fn decoded(path: &Path, bytes: &[u8]) -> Result<(String, Vec<String>)> {
    let text = encoding::decode(bytes, None).map_err(|fault| {
        let hint = "save it as CSV in UTF-8 (in a spreadsheet: \"CSV UTF-8\"), or give the workbook itself";
        Error::Invalid(vec![Problem::fault(path, None, fault.what, hint)])
    })?;
    let plain = text.as_bytes() == bytes || bytes.starts_with(b"\xEF\xBB\xBF");
    let wide = bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF");
    let notes = match (plain, wide) {
        (true, _) => Vec::new(),
        (_, true) => vec!["it was read as UTF-16".to_owned()],
        _ => vec!["it is not UTF-8; its letters were read in an older encoding".to_owned()],
    };
    Ok((text, notes))
}

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
    let (mut starts, mut width) = (Vec::new(), 0);
    let mut record = csv::StringRecord::new();
    let mut reader = reader(&text, separator);
    while reader.read_record(&mut record).unwrap_or(false) {
        width = width.max(last_filled(&record));
    }
    if width > MOST_COLUMNS {
        let what = format!("a row has {width} cells, and a table has at most {MOST_COLUMNS} columns");
        return Err(Error::Invalid(vec![Problem::fault(path, None, what, "check that it is the file you mean")]));
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
        sheet.push(line + first_line - 1, record.iter().map(|cell| (cell, CellKind::Text)));
    }
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    sheet.places = GridPlaces::Delimited { text, separator, starts };
    sheet.notes = notes;
    Ok(sheet)
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

/// What is wrong with a file that was not copied or written to its end.
const CUT: &str = "the file ends in the middle of a value";
const CUT_HINT: &str = "get the file again: it was cut off";

/// Reads a JSON object per line, or one array of objects. The first row of the sheet has the names of the keys.
///
/// # Errors
/// [`Error::Invalid`] with every line that is not an object.
pub fn lines(path: &Path, bytes: &[u8]) -> Result<Grid> {
    let (text, notes) = decoded(path, bytes)?;
    let mut problems = Vec::new();
    let mut objects: Vec<(usize, serde_json::Map<String, Value>)> = Vec::new();
    let hint = "write one JSON object per line, such as {\"speaker\": \"…\", \"date\": \"…\", \"text\": \"…\"}";
    if text.trim_start().starts_with('[') {
        match serde_json::from_str::<Vec<serde_json::Map<String, Value>>>(&text) {
            Ok(all) => objects = all.into_iter().enumerate().map(|(i, object)| (i + 1, object)).collect(),
            Err(error) => {
                let place = Place { line: error.line().max(1), column: error.column().max(1) };
                let problem = match error.is_eof() {
                    true => Problem::fault(path, Some(place), CUT, CUT_HINT),
                    false => Problem::fault(path, Some(place), "this is not an array of JSON objects", hint),
                };
                problems.push(problem);
            }
        }
    } else {
        for (i, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            match serde_json::from_str(line) {
                Ok(object) => objects.push((i + 1, object)),
                Err(error) => {
                    let place = Place { line: i + 1, column: error.column().max(1) };
                    let is_last = text.lines().nth(i + 1).is_none();
                    let problem = match error.is_eof() && is_last {
                        true => Problem::fault(path, Some(place), CUT, CUT_HINT),
                        false => Problem::fault(path, Some(place), "the line is not a JSON object", hint),
                    };
                    problems.push(problem);
                }
            }
        }
    }
    let mut names: Vec<String> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    for key in objects.iter().flat_map(|(_, object)| object.keys()) {
        if !places.contains_key(key) {
            places.insert(key.clone(), names.len());
            names.push(key.clone());
        }
    }
    if names.len() > MOST_COLUMNS {
        let what =
            format!("the objects have {}, and a table has at most {MOST_COLUMNS} columns", many(names.len(), "key"));
        problems.push(Problem::fault(path, None, what, "check that it is the file you mean"));
    }
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    let mut sheet = Grid::new(path, GridPlaces::Lines, names.len());
    sheet.notes = notes;
    sheet.push(1, names.iter().map(|name| (name.as_str(), CellKind::Text)));
    let mut cells = vec![(String::new(), CellKind::Text); names.len()];
    for (line, object) in objects {
        cells.iter_mut().for_each(|cell| *cell = (String::new(), CellKind::Text));
        for (key, value) in object {
            cells[places[&key]] = match value {
                Value::Null => (String::new(), CellKind::Text),
                Value::String(text) => (text, CellKind::Text),
                Value::Number(number) => (number.to_string(), CellKind::Number),
                other => (other.to_string(), CellKind::Text),
            };
        }
        sheet.push(line, cells.iter().map(|(text, kind)| (text.as_str(), *kind)));
    }
    Ok(sheet)
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

    #[test]
    fn objects_may_have_different_keys() {
        let sheet = lines(Path::new("a.ndjson"), b"{\"a\":1,\"b\":null}\n\n{\"c\":\"x\",\"a\":[2]}\n").unwrap();
        let mut first = rows(&sheet)[0].clone();
        first.sort_unstable();
        assert_eq!((first, sheet.line(2)), (vec!["a", "b", "c"], 3));
        assert!(lines(Path::new("a.ndjson"), b"{\"a\":1}\n[1]\n").unwrap_err().to_string().contains("a.ndjson:2:"));
        assert_eq!(lines(Path::new("a.json"), b"[{\"a\":1},{\"a\":2}]").unwrap().rows(), 3);
    }
}

//! CSV that a person opens in a spreadsheet.
//!
//! Excel takes a CSV without a byte order mark for an old encoding, so that letters such as é break. And every
//! spreadsheet runs a cell that begins with `=`, `+`, `-` or `@` as a formula, whoever wrote it. A quotation from a web
//! page may be such a cell. An apostrophe before it keeps it a text.

use std::borrow::Cow;

use crate::file::table::{self, Dialect};
use crate::words::formula_mark;

/// The text of a table with a byte order mark, in which no cell runs as a formula.
pub fn safe<R, C>(header: &[impl AsRef<str>], rows: impl Iterator<Item = R>) -> String
where
    R: IntoIterator<Item = C>,
    C: AsRef<str>,
{
    let dialect = Dialect { byte_order_mark: true, ..Dialect::default() };
    let header: Vec<String> = header.iter().map(|name| still(name.as_ref()).into_owned()).collect();
    let row = |row: R| row.into_iter().map(|cell| still(cell.as_ref()).into_owned()).collect::<Vec<String>>();
    table::write(dialect, &header, rows.map(row))
}

/// The same for the bytes of a CSV.
///
/// # Errors
/// That of the reader, if it is not a CSV in UTF-8.
pub fn safe_csv(bytes: &[u8]) -> Result<String, csv::Error> {
    let mut reader = csv::Reader::from_reader(bytes);
    let header: Vec<String> = reader.headers()?.iter().map(str::to_owned).collect();
    let rows: Vec<csv::StringRecord> = reader.records().collect::<Result<_, _>>()?;
    Ok(safe(&header, rows.iter()))
}

/// A cell that no spreadsheet runs. A number with its sign stays as it is.
pub fn still(cell: &str) -> Cow<'_, str> {
    let runs = formula_mark(cell.trim_start()).is_some() || cell.starts_with(['\t', '\r']);
    if runs { Cow::Owned(format!("'{cell}")) } else { Cow::Borrowed(cell) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_run_gets_an_apostrophe_and_a_number_does_not() {
        for cell in ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", " =1", "-", "\r=1"] {
            assert_eq!(still(cell), format!("'{cell}"), "{cell:?}");
        }
        for cell in ["-2", "+1", "2025-08-15", "We said -2", "", "é", "'=1"] {
            assert_eq!(still(cell), cell);
        }
    }

    #[test]
    fn a_table_keeps_its_cells_and_gets_a_mark() {
        let text = safe_csv("id,text\r\na,\"=1, \"\"x\"\"\"\r\nb,é\r\n".as_bytes()).unwrap();
        assert_eq!(text, "\u{feff}id,text\r\na,\"'=1, \"\"x\"\"\"\r\nb,é\r\n");
    }
}

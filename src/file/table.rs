//! Delimited text as people save it: comma, semicolon or tab, CRLF or LF, with or without a
//! byte order mark, columns in any order, blank lines, cells that hold line breaks.
//!
//! The `csv` crate parses the cells. This module adds what a person needs to fix the file: the nearest header for a
//! missing one, and the line and column of each cell.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use crate::error::{Error, Place, Problem, Result};
use crate::file::read::{self, LARGEST_TEXT};
use crate::words::{listed, many, nearest};

/// How a delimited file was written, so that saving it changes nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dialect {
    /// `,`, `;` or a tab.
    pub separator: u8,
    /// Whether lines end in CRLF rather than LF.
    pub crlf: bool,
    /// Whether the file begins with a byte order mark.
    pub byte_order_mark: bool,
}

impl Default for Dialect {
    /// RFC 4180: commas and CRLF, in UTF-8 without a byte order mark.
    fn default() -> Dialect {
        Dialect { separator: b',', crlf: true, byte_order_mark: false }
    }
}

/// The columns of a kind of file.
#[derive(Debug, Clone, Copy)]
pub struct Columns {
    /// All columns that have a meaning. Any other column is carried along.
    pub known: &'static [&'static str],
    /// The columns that must be there.
    pub required: &'static [&'static str],
}

/// A delimited file with a header that has been read.
#[derive(Debug)]
pub struct Table<'t> {
    /// The file, as the user would name it.
    pub path: PathBuf,
    /// How it was written.
    pub dialect: Dialect,
    /// The header's cells, in the file's order.
    pub header: Vec<String>,
    text: &'t str,
    /// How many lines of the file are before the text. Then the header is among them.
    lines_before: usize,
}

/// A row of cells as text, with the place of each cell: a record of a [`Table`], or a row of a file of another kind.
pub trait CellRow {
    /// The cell in a column. Empty if there is no such column.
    fn cell(&self, column: Option<usize>) -> &str;

    /// Where the cell in a column begins. The row's first cell if there is no such column.
    fn place(&self, column: Option<usize>) -> Place;

    /// Builds a fault at the cell in a column.
    fn fault(&self, path: &Path, column: Option<usize>, what: String, hint: &str) -> Problem;
}

/// One record of a [`Table`].
#[derive(Debug)]
pub struct Row<'r> {
    record: &'r csv::StringRecord,
    text: &'r str,
    separator: u8,
    /// How many lines of the file are before the text.
    lines_before: usize,
}

const BYTE_ORDER_MARK: &str = "\u{feff}";
const SEPARATORS: [u8; 3] = [b',', b';', b'\t'];
/// How many columns with a repeated name are reported one by one.
const MOST_TOLD: usize = 20;

/// Reads a file as UTF-8 text.
///
/// # Errors
/// [`Error::Read`] if the system refuses. [`Error::Invalid`] if it is not a file, if it has more than
/// [`LARGEST_TEXT`], or if the bytes are not UTF-8, with the line, the column and the byte.
pub fn read_text(path: &Path) -> Result<String> {
    let bytes = read::bytes(path, LARGEST_TEXT)?;
    let table = path.extension().is_some_and(|extension| extension == "csv");
    let how = if table { "save it as UTF-8 (in a spreadsheet: \"CSV UTF-8\")" } else { "save it as UTF-8" };
    if bytes.starts_with(b"PK\x03\x04") {
        let what = "this is a workbook or another packed file, not text";
        let hint = "export the sheet as \"CSV UTF-8\" under this name";
        return Err(Error::Invalid(vec![Problem::fault(path, None, what, hint)]));
    }
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        let what = "the file is UTF-16, not UTF-8";
        let hint = how;
        return Err(Error::Invalid(vec![Problem::fault(path, None, what, hint)]));
    }
    String::from_utf8(bytes).map_err(|error| {
        let offset = error.utf8_error().valid_up_to();
        let bytes = error.into_bytes();
        let valid = String::from_utf8_lossy(&bytes[..offset]);
        let what = format!("byte {} of the file, 0x{:02X}, is not UTF-8", offset + 1, bytes[offset]);
        let hint = format!("{how}; it is probably Windows-1252 or Latin-1");
        Error::Invalid(vec![Problem::fault(path, Some(Place::of(&valid, offset)), what, hint)])
    })
}

impl<'t> Table<'t> {
    /// Reads the header of a file's text and finds out how the file was written.
    ///
    /// Returns `None`, with the faults added to `problems`, if the header cannot be used.
    pub fn open(path: &Path, text: &'t str, columns: Columns, problems: &mut Vec<Problem>) -> Option<Table<'t>> {
        let byte_order_mark = text.starts_with(BYTE_ORDER_MARK);
        let text = text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text);
        let Some((separator, header)) = header_in(text, |name| columns.known.contains(&name)) else {
            let hint = format!("name the columns in the first line: {}", columns.known.join(","));
            problems.push(Problem::fault(path, None, "the file is empty", hint));
            return None;
        };
        if text.contains('\r') && !text.contains('\n') {
            let hint = "save the file with modern line ends (LF or CRLF)";
            problems.push(Problem::fault(path, None, "the lines end in bare carriage returns", hint));
            return None;
        }
        if header.len() == 1 && columns.known.len() > 1 && !columns.known.contains(&header[0].as_str()) {
            let what = format!("the header has one column, `{}`", header[0]);
            let hint = "separate the columns with commas, semicolons or tabs";
            problems.push(Problem::fault(path, Some(Place { line: 1, column: 1 }), what, hint));
            return None;
        }
        let crlf = text.find('\n').is_some_and(|newline| text[..newline].ends_with('\r'));
        let dialect = Dialect { separator, crlf, byte_order_mark };
        let table = Table { path: path.to_owned(), dialect, header, text, lines_before: 0 };
        table.header_is_sound(columns, problems).then_some(table)
    }

    /// A part of a file without its header: whole records that begin after `lines_before` lines.
    pub fn part(path: &Path, separator: u8, header: Vec<String>, text: &'t str, lines_before: usize) -> Table<'t> {
        let dialect = Dialect { separator, ..Dialect::default() };
        Table { path: path.to_owned(), dialect, header, text, lines_before }
    }

    /// The place of a column in each row.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.header.iter().position(|cell| cell == name)
    }

    /// Calls `each` for every record that is not blank and has as many cells as the header.
    ///
    /// Records of another length and unclosed quotation marks are added to `problems`.
    pub fn for_each_row(&self, problems: &mut Vec<Problem>, mut each: impl FnMut(&Row<'_>, &mut Vec<Problem>)) {
        let mut reader = reader(self.text, self.dialect.separator);
        let mut record = csv::StringRecord::new();
        let mut header_seen = self.lines_before > 0;
        // Reading cannot fail: the text is valid UTF-8 in memory and rows may have any length.
        while reader.read_record(&mut record).unwrap_or(false) {
            let (text, separator, lines_before) = (self.text, self.dialect.separator, self.lines_before);
            let row = Row { record: &record, text, separator, lines_before };
            if row.is_blank() {
                continue;
            }
            if !std::mem::replace(&mut header_seen, true) {
                continue;
            }
            if let Some((place, torn)) = row.torn() {
                let (what, hint) = torn.in_words();
                problems.push(Problem::fault(&self.path, Some(place), what, hint));
            } else if record.len() == self.header.len() {
                each(&row, problems);
            } else {
                let what = format!("the row has {}, the header {}", many(record.len(), "cell"), self.header.len());
                let lines = record.iter().map(|cell| cell.matches('\n').count()).sum::<usize>();
                let hint = if lines == 0 {
                    "put quotation marks around a cell that contains the separator; leave no cell out".to_owned()
                } else {
                    format!(
                        "look for a quotation mark that opens or closes too early: the row covers {} lines",
                        lines + 1
                    )
                };
                problems.push(Problem::fault(&self.path, Some(row.place(None)), what, hint));
            }
        }
    }

    fn header_is_sound(&self, columns: Columns, problems: &mut Vec<Problem>) -> bool {
        let before = problems.len();
        let blank = self.text.len() - self.text.trim_start_matches(['\r', '\n']).len();
        let starts = starts_of(&self.text[blank..], self.dialect.separator);
        let place_of = |column: usize| Some(Place::of(self.text, blank + starts.get(column).copied().unwrap_or(0)));
        for required in columns.required.iter().filter(|name| self.column(name).is_none()) {
            let free = self.header.iter().filter(|cell| !columns.known.contains(&cell.as_str()));
            let hint = match nearest(required, free.map(String::as_str)) {
                Some(seen) => format!("rename `{seen}`, the nearest header, if you mean that column"),
                None => format!(
                    "add or rename a column; the header has: {}",
                    listed(self.header.iter().map(String::as_str))
                ),
            };
            problems.push(Problem::fault(&self.path, place_of(0), format!("the column `{required}` is missing"), hint));
        }
        // A header may have very many columns, so each is looked up, and only the first faults are reported.
        let mut names = HashSet::new();
        let twice = self.header.iter().enumerate().filter(|(_, name)| !names.insert(name.as_str()));
        let twice: Vec<(usize, &String)> = twice.collect();
        for (i, name) in twice.iter().take(MOST_TOLD) {
            let what = format!("2 columns have the name `{name}`");
            problems.push(Problem::fault(&self.path, place_of(*i), what, "rename or remove one of them"));
        }
        if let Some((i, _)) = twice.get(MOST_TOLD) {
            let what = format!("{} with the name of another column", many(twice.len() - MOST_TOLD, "more column"));
            problems.push(Problem::fault(&self.path, place_of(*i), what, "rename or remove the repeated columns"));
        }
        problems.len() == before
    }
}

impl<'r> Row<'r> {
    /// The cell in a column. Empty if the file has no such column.
    pub fn cell(&self, column: Option<usize>) -> &'r str {
        column.and_then(|column| self.record.get(column)).unwrap_or("")
    }

    /// All cells, in the file's order.
    pub fn cells(&self) -> Vec<String> {
        self.record.iter().map(str::to_owned).collect()
    }

    /// Where the cell in a column begins. The row's first cell if the file has no such column.
    pub fn place(&self, column: Option<usize>) -> Place {
        let (raw, line) = self.raw();
        let start = match column {
            // The first cell begins where the row does.
            None | Some(0) => 0,
            Some(column) => starts_of(raw, self.separator).get(column).copied().unwrap_or(0),
        };
        place_in(raw, line, start)
    }

    /// Builds a fault at the cell in a column.
    pub fn fault(
        &self,
        path: &Path,
        column: Option<usize>,
        what: impl Into<String>,
        hint: impl Into<String>,
    ) -> Problem {
        let length = self.cell(column).lines().next().map_or(1, |line| line.chars().count());
        Problem::fault(path, Some(self.place(column)), what, hint).over(length)
    }

    fn is_blank(&self) -> bool {
        self.record.iter().all(|cell| cell.trim().is_empty())
    }

    /// What is wrong with the row's quotation marks, and where.
    fn torn(&self) -> Option<(Place, Torn)> {
        let (raw, line) = self.raw();
        let (offset, torn) = walk(raw, self.separator, |_| {})?;
        Some((place_in(raw, line, offset), torn))
    }

    /// The text from the record's first cell to the end of the file, and the line on which it begins.
    fn raw(&self) -> (&'r str, usize) {
        let (start, line) = match self.record.position() {
            Some(position) => (usize::try_from(position.byte()).unwrap_or(usize::MAX), position.line()),
            None => (0, 1),
        };
        let rest = self.text.get(start..).unwrap_or("");
        let raw = rest.trim_start_matches(['\r', '\n']);
        let skipped = rest[..rest.len() - raw.len()].matches('\n').count();
        (raw, usize::try_from(line).unwrap_or(usize::MAX).saturating_add(skipped + self.lines_before))
    }
}

impl CellRow for Row<'_> {
    fn cell(&self, column: Option<usize>) -> &str {
        Row::cell(self, column)
    }

    fn place(&self, column: Option<usize>) -> Place {
        Row::place(self, column)
    }

    fn fault(&self, path: &Path, column: Option<usize>, what: String, hint: &str) -> Problem {
        Row::fault(self, path, column, what, hint)
    }
}

/// The separator and the cells of the first line that is not blank, read with the separator that gives most of the known
/// names. `None` if every line is blank.
pub fn header_in(text: &str, is_known: impl Fn(&str) -> bool) -> Option<(u8, Vec<String>)> {
    SEPARATORS
        .iter()
        .filter_map(|&separator| Some((separator, header_of(text, separator)?)))
        .rev()
        .max_by_key(|(_, header)| header.iter().filter(|cell| is_known(cell)).count())
}

/// Where a cell of the first record of `raw` begins, if that record begins on `line`.
pub fn place_of_cell(raw: &str, line: usize, separator: u8, column: usize) -> Place {
    let starts = starts_of(raw, separator);
    place_in(raw, line, starts.get(column).copied().unwrap_or(0))
}

/// What is wrong with the quotation marks of the first record of `raw`, which begins on `line`: where, what, and how
/// to fix it.
pub fn torn_cell(raw: &str, line: usize, separator: u8) -> Option<(Place, &'static str, &'static str)> {
    let (offset, torn) = walk(raw, separator, |_| {})?;
    let (what, hint) = torn.in_words();
    Some((place_in(raw, line, offset), what, hint))
}

impl Torn {
    /// What is wrong, and how to fix it.
    fn in_words(self) -> (&'static str, &'static str) {
        match self {
            Torn::NeverCloses => (
                "a quotation mark opens a cell and is never closed",
                "close the cell with a second quotation mark; write one inside the text twice (\"\")",
            ),
            Torn::TextAfterClosing => (
                "text follows the quotation mark that closes a cell",
                "put the whole cell between quotation marks; write one inside the text twice (\"\")",
            ),
        }
    }
}

/// What can be wrong with quotation marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Torn {
    /// Text follows after a cell's quotation marks close.
    TextAfterClosing,
    /// They are never closed.
    NeverCloses,
}

/// The bytes at which the cells of the first record of `raw` begin.
fn starts_of(raw: &str, separator: u8) -> Vec<usize> {
    let mut starts = vec![0];
    walk(raw, separator, |start| starts.push(start));
    starts
}

/// Goes through the first record of `raw`, and tells where each cell but the first begins. Returns what is wrong with its
/// quotation marks, and at which byte.
fn walk(raw: &str, separator: u8, mut tell: impl FnMut(usize)) -> Option<(usize, Torn)> {
    let bytes = raw.as_bytes();
    let (mut at, mut start, mut torn) = (0, 0, None);
    loop {
        // A cell begins. Between quotation marks all is text.
        while bytes.get(at) == Some(&b'"') {
            let Some(length) = memchr::memchr(b'"', &bytes[at + 1..]) else {
                return torn.or(Some((start, Torn::NeverCloses)));
            };
            at += length + 2;
        }
        let quoted = at > start;
        let Some(length) = memchr::memchr3(separator, b'\n', b'\r', &bytes[at..]) else {
            return torn.or((quoted && at < bytes.len()).then_some((at, Torn::TextAfterClosing)));
        };
        if quoted && length > 0 {
            torn.get_or_insert((at, Torn::TextAfterClosing));
        }
        at += length + 1;
        if bytes[at - 1] != separator {
            return torn;
        }
        start = at;
        tell(start);
    }
}

/// The place of a byte of a record. The record begins on the line given.
fn place_in(raw: &str, line: usize, offset: usize) -> Place {
    let within = Place::of(raw, offset);
    Place { line: line + within.line - 1, column: within.column }
}

/// Writes a header and rows in a dialect, with quotation marks only if a cell needs them.
pub fn write<R, C>(dialect: Dialect, header: &[impl AsRef<[u8]>], rows: impl Iterator<Item = R>) -> String
where
    R: IntoIterator<Item = C>,
    C: AsRef<[u8]>,
{
    let terminator = if dialect.crlf { csv::Terminator::CRLF } else { csv::Terminator::Any(b'\n') };
    let mut writer =
        csv::WriterBuilder::new().delimiter(dialect.separator).terminator(terminator).from_writer(Vec::new());
    const IN_MEMORY: &str = "writing to memory cannot fail, and every row is as long as the header";
    writer.write_record(header).expect(IN_MEMORY);
    for row in rows {
        writer.write_record(row).expect(IN_MEMORY);
    }
    let written = String::from_utf8(writer.into_inner().expect(IN_MEMORY)).expect("made of strings");
    if dialect.byte_order_mark { format!("{BYTE_ORDER_MARK}{written}") } else { written }
}

/// The cells of a row that are not empty, each after the name of its column, sorted by name. The order of the columns
/// does not matter.
pub fn named(header: &[String], cells: Vec<String>) -> Vec<String> {
    let filled = header.iter().zip(cells).filter(|(_, cell)| !cell.is_empty());
    let mut named: Vec<String> = filled.map(|(name, cell)| format!("{name}\u{0}{cell}")).collect();
    named.sort_unstable();
    named
}

fn header_of(text: &str, separator: u8) -> Option<Vec<String>> {
    let mut reader = reader(text, separator);
    let record = reader.records().flatten().find(|record| record.iter().any(|cell| !cell.trim().is_empty()))?;
    Some(record.iter().map(str::to_owned).collect())
}

fn reader(text: &str, separator: u8) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new().delimiter(separator).has_headers(false).flexible(true).from_reader(text.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    const COLUMNS: Columns = Columns { known: &["id", "date", "text"], required: &["id", "text"] };

    /// Opens a text and gives its cells by known column, then the problems as people read them.
    fn read(text: &str) -> (Vec<Vec<String>>, Vec<String>) {
        let mut problems = Vec::new();
        let mut rows = Vec::new();
        if let Some(table) = Table::open(Path::new("f.csv"), text, COLUMNS, &mut problems) {
            let columns: Vec<_> = COLUMNS.known.iter().map(|name| table.column(name)).collect();
            table.for_each_row(&mut problems, |row, _| {
                rows.push(columns.iter().map(|&column| row.cell(column).to_owned()).collect());
            });
        }
        (rows, problems.iter().map(Problem::to_string).collect())
    }

    #[test]
    fn every_way_of_saving_the_same_table_reads_the_same() {
        let expected = [vec!["a", "2025-02-01", "He said, \"no\";\nthen left"]];
        for text in [
            "id,date,text\na,2025-02-01,\"He said, \"\"no\"\";\nthen left\"\n",
            "id,date,text\r\n\r\na,2025-02-01,\"He said, \"\"no\"\";\nthen left\"\r\n\r\n",
            "\u{feff}text;id;date\n\"He said, \"\"no\"\";\nthen left\";a;2025-02-01",
            "text\tnote\tid\tdate\n\"He said, \"\"no\"\";\nthen left\"\tx\ta\t2025-02-01\n\t\t\t\n",
        ] {
            assert_eq!(
                read(text),
                (expected.iter().map(|row| row.iter().map(|c| c.to_string()).collect()).collect(), vec![])
            );
        }
    }

    #[test]
    fn a_fault_names_its_line_and_column() {
        let (rows, problems) = read("id,date,text\n\na,2025-02-01,\"two\nlines\"\nb,x\nc,,\"never closed\nd,,e\n");
        assert_eq!(rows.len(), 1);
        assert_eq!(problems.len(), 2);
        assert!(problems[0].starts_with("f.csv:5:1: the row has 2 cells, the header 3"), "{}", problems[0]);
        assert!(problems[1].starts_with("f.csv:6:4: a quotation mark opens"), "{}", problems[1]);
    }

    #[test]
    fn a_missing_column_is_named_with_the_nearest_header() {
        let (_, problems) = read("ID,date,txet\n");
        assert!(problems[0].contains("`id` is missing") && problems[0].contains("`ID`"), "{}", problems[0]);
        assert!(problems[1].contains("`text` is missing") && problems[1].contains("`txet`"), "{}", problems[1]);
    }
}

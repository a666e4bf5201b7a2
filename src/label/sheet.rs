//! A coder's file while it is edited: one answer at a time, saved at once, and every other byte as it was.
//!
//! Another program may save the same file at any moment: a second desk, an editor, `git`. So each edit names the answer
//! that whoever gave it saw. The file is read again if it is no longer what was read, and the edit is made in what is
//! there now. If another program has changed the same answer, nothing is written, and the caller reports both.

use std::path::{Path, PathBuf};

use rustc_hash::FxHashMap;

use crate::error::{Error, Result, Warning};
use crate::file::read;
use crate::file::save;
use crate::file::splice::Records;
use crate::file::table::{self, Dialect, Table};
use crate::label::{COLUMNS, RATIONALE};
use crate::words;

/// How often an edit is made again because another program has saved in between.
const TRIES: usize = 8;

/// What a file has about one statement and issue.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SheetRow {
    /// The cell `position`, as written.
    pub position: String,
    /// The cell `rationale`; empty if the file has no such column.
    pub rationale: String,
}

/// One edit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// The statement, by its id.
    pub statement: String,
    /// The issue, by its id.
    pub issue: String,
    /// The row that whoever edits has seen. `None` if there was none.
    pub seen: Option<SheetRow>,
    /// The row that they want. `None` takes the row out.
    pub wanted: Option<SheetRow>,
}

/// How an edit ended.
#[derive(Debug)]
pub enum Put {
    /// It is on the disk. This undoes it.
    Saved(Undo),
    /// Another program has changed one of the answers. Nothing was written.
    Differs {
        /// The statement.
        statement: String,
        /// The issue.
        issue: String,
        /// The row that is there now.
        there: Option<SheetRow>,
    },
}

/// What undoes an edit.
#[derive(Debug, Clone)]
pub struct Undo {
    rows: Vec<Undone>,
}

impl Undo {
    /// The rows that it is about, by statement and issue: what was there before the edit, and what it wrote.
    pub fn rows(&self) -> impl Iterator<Item = (&str, &str, Option<&SheetRow>, Option<&SheetRow>)> {
        self.rows.iter().map(|row| {
            let before = row.before.as_ref().map(|(row, _)| row);
            (row.statement.as_str(), row.issue.as_str(), before, row.now.as_ref())
        })
    }
}

/// What undoes the edit of one row.
#[derive(Debug, Clone)]
struct Undone {
    statement: String,
    issue: String,
    /// What the edit wrote.
    now: Option<SheetRow>,
    /// What was there: the row, and how its line was written.
    before: Option<(SheetRow, String)>,
    /// What the edit added at the end of the file.
    added: String,
}

/// A coder's file.
#[derive(Debug)]
pub struct CoderSheet {
    path: PathBuf,
    dialect: Dialect,
    /// `None` if there is no file yet.
    records: Option<Records>,
    stamp: Stamp,
    /// The records of each statement, with their issues.
    index: FxHashMap<String, Vec<(String, usize)>>,
    /// How often everything was looked at anew.
    readings: usize,
    warnings: Vec<Warning>,
}

type Stamp = Option<(std::time::SystemTime, u64, (u64, u64))>;

impl CoderSheet {
    /// Reads a file. It may not exist yet.
    ///
    /// # Errors
    /// [`Error::Read`] if the system refuses, [`Error::Invalid`] with what cannot be read as a table: its header, a
    /// quotation mark that never closes, a row of another length. A row that is added to such a file could end up inside
    /// another.
    pub fn open(path: &Path) -> Result<CoderSheet> {
        let mut sheet = CoderSheet {
            path: path.to_owned(),
            dialect: Dialect::default(),
            records: None,
            stamp: None,
            index: FxHashMap::default(),
            readings: 0,
            warnings: Vec::new(),
        };
        sheet.read()?;
        Ok(sheet)
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Reads the file again if another program has saved it. Returns whether one has.
    ///
    /// # Errors
    /// As [`CoderSheet::open`], and [`Error::Request`] if the file has disappeared. The sheet is then as it was.
    pub fn refresh(&mut self) -> Result<bool> {
        let now = read::stamp(&self.path);
        let changed = now != self.stamp || (now.is_none() && self.records.is_some());
        if changed {
            self.read()?;
        }
        Ok(changed)
    }

    /// Whether the file is no longer what was last read or written.
    fn read(&mut self) -> Result<()> {
        // The stamp first: a save after it is noticed the next time.
        let stamp = read::stamp(&self.path);
        let records = match table::read_text(&self.path) {
            Ok(text) => {
                let mut problems = Vec::new();
                let table = Table::open(&self.path, &text, COLUMNS, &mut problems);
                table.iter().for_each(|table| table.for_each_row(&mut problems, |_, _| {}));
                let Some(table) = table.filter(|_| problems.is_empty()) else {
                    return Err(Error::Invalid(problems));
                };
                self.dialect = table.dialect;
                Some(Records::of(text, self.dialect))
            }
            Err(Error::Read { source, .. }) if source.kind() == std::io::ErrorKind::NotFound => match self.answers() {
                Some(answers) => return Err(disappeared(&self.path, answers)),
                None => None,
            },
            Err(error) => return Err(error),
        };
        self.take(records, stamp);
        Ok(())
    }

    /// A number that changes whenever more than the rows of the last edit may be others: whoever counts rows counts anew.
    pub fn readings(&self) -> usize {
        self.readings
    }

    /// The text as it was last read or saved; empty if there is no file.
    pub fn text(&self) -> &str {
        self.records.as_ref().map_or("", |records| records.text.as_str())
    }

    /// How many rows there are below the header. `None` if there is no file.
    fn answers(&self) -> Option<usize> {
        self.records.as_ref().map(|records| records.cells.len().saturating_sub(1))
    }

    /// How many answers have gone with the file, if it was there before and has disappeared.
    pub fn gone(&self) -> Option<usize> {
        self.answers().filter(|_| !read::exists(&self.path))
    }

    /// Writes a file that has disappeared again, as it was last read or saved.
    ///
    /// # Errors
    /// As [`save::begin`]. A file that is there again stays as it is.
    pub fn write_again(&mut self) -> Result<()> {
        if self.gone().is_some() {
            self.warnings.extend(save::begin(&self.path, self.text().as_bytes())?);
        }
        self.stamp = None;
        self.read()
    }

    /// Takes a file that has disappeared as gone, so that the next answer begins another.
    pub fn forget(&mut self) {
        if self.gone().is_some() {
            self.take(None, None);
        }
    }

    fn take(&mut self, records: Option<Records>, stamp: Stamp) {
        self.index.clear();
        self.readings += 1;
        for record in 1..records.as_ref().map_or(0, |records| records.cells.len()) {
            let Some(records) = &records else { break };
            let (statement, issue) = (records.cell(record, "statement_id"), records.cell(record, "issue"));
            self.index.entry(statement.to_owned()).or_default().push((issue.to_owned(), record));
        }
        (self.records, self.stamp) = (records, stamp);
    }

    /// What the file has about a statement and issue.
    pub fn row(&self, statement: &str, issue: &str) -> Option<SheetRow> {
        let (records, record) = (self.records.as_ref()?, self.record(statement, issue)?);
        Some(row_of(records, record))
    }

    /// The cell `position` about a statement and issue.
    pub fn position(&self, statement: &str, issue: &str) -> Option<&str> {
        Some(self.records.as_ref()?.cell(self.record(statement, issue)?, "position"))
    }

    /// Whether the file has a row about a statement and issue.
    pub fn has(&self, statement: &str, issue: &str) -> bool {
        self.record(statement, issue).is_some()
    }

    fn record(&self, statement: &str, issue: &str) -> Option<usize> {
        let of_statement = self.index.get(statement)?;
        of_statement.iter().find(|(other, _)| other == issue).map(|(_, record)| *record)
    }

    /// What there is to report about what was saved. It is returned once.
    pub fn take_warnings(&mut self) -> Vec<Warning> {
        std::mem::take(&mut self.warnings)
    }

    /// Makes edits, all in one save.
    ///
    /// # Errors
    /// As [`save::replace`], if the file could not be saved. It is then as it was.
    pub fn put(&mut self, edits: &[Edit]) -> Result<Put> {
        let seen = |edit: &Edit| (edit.statement.clone(), edit.issue.clone(), edit.seen.clone());
        self.again(&edits.iter().map(seen).collect::<Vec<_>>(), |sheet| Undo {
            rows: edits.iter().map(|edit| sheet.make(edit)).collect(),
        })
    }

    /// Undoes an edit. [`Put::Differs`] if another program has changed the answer since.
    ///
    /// # Errors
    /// As [`CoderSheet::put`].
    pub fn undo(&mut self, undo: &Undo) -> Result<Put> {
        let seen = |row: &Undone| (row.statement.clone(), row.issue.clone(), row.now.clone());
        self.again(&undo.rows.iter().map(seen).collect::<Vec<_>>(), |sheet| {
            undo.rows.iter().rev().for_each(|row| sheet.take_back(row));
            Undo { rows: Vec::new() }
        })
    }

    /// Makes a change and saves it, if the rows that it is about are as they were seen. It is made again if another
    /// program has saved in between.
    fn again(
        &mut self,
        seen: &[(String, String, Option<SheetRow>)],
        change: impl Fn(&mut CoderSheet) -> Undo,
    ) -> Result<Put> {
        self.refresh()?;
        for left in (0..TRIES).rev() {
            for (statement, issue, seen) in seen {
                let there = self.row(statement, issue);
                if there != *seen {
                    return Ok(Put::Differs { statement: statement.clone(), issue: issue.clone(), there });
                }
            }
            let old = self.records.as_ref().map(|records| records.text.clone());
            let undo = change(self);
            // Until it is saved, what is here is not what is on the disk.
            self.stamp = None;
            let text = self.records.as_ref().map_or("", |records| records.text.as_str());
            let saved = match &old {
                Some(old) if old == text => Ok(Vec::new()),
                Some(old) => save::replace(&self.path, old.as_bytes(), text.as_bytes()),
                None => save::begin(&self.path, text.as_bytes()),
            };
            match saved {
                Ok(warnings) => {
                    self.warnings.extend(warnings);
                    // If yet another program has saved since, the next edit notices: it compares the whole content.
                    self.stamp = read::stamp(&self.path);
                    return Ok(Put::Saved(undo));
                }
                Err(error) => {
                    // What could not be saved is not kept here either, even if the file cannot be read now.
                    let before = old.as_ref().map(|text| Records::of(text.clone(), self.dialect));
                    self.take(before, None);
                    self.read()?;
                    // Only another save is a reason to try again.
                    if left == 0 || old == self.records.as_ref().map(|records| records.text.clone()) {
                        return Err(error);
                    }
                }
            }
        }
        unreachable!("the last try returns")
    }

    /// Makes one edit in memory, and returns what undoes it.
    fn make(&mut self, edit: &Edit) -> Undone {
        let new =
            || Records::of(table::write(self.dialect, &header(), std::iter::empty::<Vec<String>>()), self.dialect);
        let mut records = self.records.take().unwrap_or_else(new);
        if edit.wanted.as_ref().is_some_and(|row| !row.rationale.is_empty()) && records.column(RATIONALE).is_none() {
            // The records stay in their order.
            records = Records::of(records.with_rows(COLUMNS.known, &[]), self.dialect);
        }
        let record = self.record(&edit.statement, &edit.issue);
        let before = record.map(|record| (row_of(&records, record), records.raw(record).to_owned()));
        let mut added = String::new();
        match (record, &edit.wanted) {
            (Some(record), Some(row)) => {
                if before.as_ref().is_none_or(|(old, _)| old != row) {
                    let cells = with_cells(&records, record, row);
                    records.set(record, cells);
                }
            }
            (Some(record), None) => {
                let text = records.without_record(record);
                self.take(Some(Records::of(text, self.dialect)), None);
                return self.undone(edit, before, added);
            }
            (None, Some(row)) => added = self.append(&mut records, &edit.statement, &edit.issue, row),
            (None, None) => {}
        }
        self.records = Some(records);
        self.undone(edit, before, added)
    }

    fn undone(&self, edit: &Edit, before: Option<(SheetRow, String)>, added: String) -> Undone {
        let (statement, issue) = (edit.statement.clone(), edit.issue.clone());
        Undone { statement, issue, now: edit.wanted.clone(), before, added }
    }

    /// Adds a row at the end. Returns what was added to the text.
    fn append(&mut self, records: &mut Records, statement: &str, issue: &str, row: &SheetRow) -> String {
        let cell = |name: &String| match name.as_str() {
            "statement_id" => statement,
            "issue" => issue,
            "position" => &row.position,
            RATIONALE => &row.rationale,
            _ => "",
        };
        let cells = records.cells[0].iter().map(|name| cell(name).to_owned()).collect();
        self.index.entry(statement.to_owned()).or_default().push((issue.to_owned(), records.cells.len()));
        records.append(cells)
    }

    /// Undoes one edit in memory.
    fn take_back(&mut self, undone: &Undone) {
        let Some(mut records) = self.records.take() else { return };
        let record = self.record(&undone.statement, &undone.issue);
        match (record, &undone.before) {
            (Some(record), Some((row, raw))) => {
                match cells_of(raw, self.dialect) {
                    // As it was written, unless there is a column more since.
                    cells if cells.len() == records.cells[0].len() => records.set_raw(record, raw, cells),
                    _ => {
                        let cells = with_cells(&records, record, row);
                        records.set(record, cells);
                    }
                }
            }
            (Some(record), None) => {
                if record + 1 == records.cells.len() && records.take_back(&undone.added) {
                    let of_statement = self.index.entry(undone.statement.clone()).or_default();
                    of_statement.retain(|(_, other)| *other != record);
                } else {
                    records = Records::of(records.without_record(record), self.dialect);
                    return self.take(Some(records), None);
                }
            }
            (None, Some((row, raw))) => {
                self.append(&mut records, &undone.statement, &undone.issue, row);
                let cells = cells_of(raw, self.dialect);
                if cells.len() == records.cells[0].len() {
                    records.set_raw(records.cells.len() - 1, raw, cells);
                }
            }
            (None, None) => {}
        }
        self.records = Some(records);
    }
}

fn disappeared(path: &Path, answers: usize) -> Error {
    let name = path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned());
    let are = if answers == 1 { "is" } else { "are" };
    let what = format!("the file {name} has disappeared; {} {are} gone from the disk", words::many(answers, "answer"));
    Error::request(what, "put the file back, or let the answers that were last read be written again")
}

fn header() -> Vec<String> {
    COLUMNS.known.iter().map(|name| (*name).to_owned()).collect()
}

/// The cells of a line.
fn cells_of(raw: &str, dialect: Dialect) -> Vec<String> {
    let records = Records::of(raw.to_owned(), Dialect { byte_order_mark: false, ..dialect });
    records.cells.into_iter().next().unwrap_or_default()
}

fn row_of(records: &Records, record: usize) -> SheetRow {
    let cell = |name: &str| records.cell(record, name).to_owned();
    SheetRow { position: cell("position"), rationale: cell(RATIONALE) }
}

/// The cells of a record with a new position and rationale.
fn with_cells(records: &Records, record: usize, row: &SheetRow) -> Vec<String> {
    let mut cells = records.cells[record].clone();
    for (name, value) in [("position", &row.position), (RATIONALE, &row.rationale)] {
        if let Some(column) = records.column(name)
            && column < cells.len()
        {
            cells[column].clone_from(value);
        }
    }
    cells
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    const FILE: &str = "issue;statement_id;position;mine\r\ntram;\"a\";-1;x\r\n\r\nfares;a;;\r\n";

    fn row(position: &str, rationale: &str) -> Option<SheetRow> {
        Some(SheetRow { position: position.to_owned(), rationale: rationale.to_owned() })
    }

    fn edit(statement: &str, issue: &str, seen: Option<SheetRow>, wanted: Option<SheetRow>) -> Edit {
        Edit { statement: statement.to_owned(), issue: issue.to_owned(), seen, wanted }
    }

    fn saved(put: Put) -> Undo {
        match put {
            Put::Saved(undo) => undo,
            Put::Differs { statement, there, .. } => panic!("{statement} differs: {there:?}"),
        }
    }

    fn sheet(text: &str) -> (tempfile::TempDir, PathBuf, CoderSheet) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("me.csv");
        fs::write(&path, text).unwrap();
        let sheet = CoderSheet::open(&path).unwrap();
        (folder, path, sheet)
    }

    #[test]
    fn an_answer_is_written_and_undone_to_the_byte() {
        let (_folder, path, mut sheet) = sheet(FILE);
        let changed = saved(sheet.put(&[edit("a", "tram", row("-1", ""), row("1", ""))]).unwrap());
        let added = saved(
            sheet.put(&[edit("b;c", "tram", None, row("", "")), edit("b;c", "fares", None, row("?", ""))]).unwrap(),
        );
        let text = fs::read_to_string(&path).unwrap();
        assert_eq!(
            text,
            "issue;statement_id;position;mine\r\ntram;a;1;x\r\n\r\nfares;a;;\r\ntram;\"b;c\";;\r\nfares;\"b;c\";?;\r\n"
        );
        assert_eq!(sheet.row("b;c", "fares"), row("?", ""));
        saved(sheet.undo(&added).unwrap());
        saved(sheet.undo(&changed).unwrap());
        assert_eq!(fs::read_to_string(&path).unwrap(), FILE);
    }

    #[test]
    fn a_new_file_begins_with_its_header() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("labels/me.csv");
        let mut sheet = CoderSheet::open(&path).unwrap();
        let undo = saved(sheet.put(&[edit("a", "tram", None, row("2", "says \"so\""))]).unwrap());
        let expected = "statement_id,issue,position,rationale\r\na,tram,2,\"says \"\"so\"\"\"\r\n";
        assert_eq!(fs::read_to_string(&path).unwrap(), expected);
        saved(sheet.undo(&undo).unwrap());
        assert_eq!(fs::read_to_string(&path).unwrap(), "statement_id,issue,position,rationale\r\n");
    }

    #[test]
    fn a_column_for_rationales_is_added_when_the_first_is_given() {
        let (_folder, path, mut sheet) = sheet("statement_id,issue,position\na,tram,1");
        let undo = saved(sheet.put(&[edit("a", "tram", row("1", ""), row("1", "why"))]).unwrap());
        let text = "statement_id,issue,position,rationale\na,tram,1,why";
        assert_eq!(fs::read_to_string(&path).unwrap(), text);
        saved(sheet.undo(&undo).unwrap());
        assert_eq!(sheet.row("a", "tram"), row("1", ""));
    }

    #[test]
    fn a_file_without_a_last_line_end_gets_it_back() {
        let (_folder, path, mut sheet) = sheet("statement_id,issue,position\na,tram,1");
        let undo = saved(sheet.put(&[edit("b", "tram", None, row("1", ""))]).unwrap());
        assert_eq!(fs::read_to_string(&path).unwrap(), "statement_id,issue,position\na,tram,1\nb,tram,1\n");
        saved(sheet.undo(&undo).unwrap());
        assert_eq!(fs::read_to_string(&path).unwrap(), "statement_id,issue,position\na,tram,1");
    }

    #[test]
    fn what_another_program_saved_stays() {
        let (_folder, path, mut sheet) = sheet(FILE);
        let mine = saved(sheet.put(&[edit("b", "tram", None, row("2", ""))]).unwrap());
        // An editor adds a row above, and changes another.
        let text = fs::read_to_string(&path).unwrap().replace("tram;\"a\";-1;x", "tram;c;0;\r\ntram;\"a\";-2;x");
        fs::write(&path, &text).unwrap();
        saved(sheet.put(&[edit("d", "tram", None, row("1", ""))]).unwrap());
        assert_eq!(fs::read_to_string(&path).unwrap(), format!("{text}tram;d;1;\r\n"));
        let differs = sheet.put(&[edit("a", "tram", row("-1", ""), row("2", ""))]).unwrap();
        assert!(matches!(differs, Put::Differs { there, .. } if there == row("-2", "")));
        // The row is no longer the last one.
        saved(sheet.undo(&mine).unwrap());
        let without = text.replace("tram;b;2;\r\n", "") + "tram;d;1;\r\n";
        assert_eq!(fs::read_to_string(&path).unwrap(), without);
    }

    #[test]
    fn nothing_is_added_to_a_file_that_cannot_be_read_as_a_table() {
        let (_folder, path, mut sheet) = sheet(FILE);
        for torn in ["tram;b;\"1;\r\n", "tram;b;1\r\n", "tram;b;\"1\"x;\r\n"] {
            fs::write(&path, format!("{FILE}{torn}")).unwrap();
            let wanted = edit("c", "tram", None, row("1", ""));
            assert!(matches!(sheet.put(std::slice::from_ref(&wanted)), Err(Error::Invalid(_))), "{torn}");
            assert_eq!(fs::read_to_string(&path).unwrap(), format!("{FILE}{torn}"));
            // Once it is repaired, the same answer is saved.
            fs::write(&path, FILE).unwrap();
            let undo = saved(sheet.put(&[wanted]).unwrap());
            assert_eq!(fs::read_to_string(&path).unwrap(), format!("{FILE}tram;c;1;\r\n"));
            saved(sheet.undo(&undo).unwrap());
        }
    }

    #[test]
    fn a_file_that_disappears_is_missed() {
        let (_folder, path, mut sheet) = sheet(FILE);
        assert_eq!(sheet.gone(), None);
        fs::remove_file(&path).unwrap();
        let wanted = edit("c", "tram", None, row("1", ""));
        for _ in 0..2 {
            let error = sheet.put(std::slice::from_ref(&wanted)).unwrap_err().to_string();
            assert!(error.contains("me.csv has disappeared; 2 answers are gone from the disk"), "{error}");
            assert_eq!((sheet.gone(), read::exists(&path)), (Some(2), false));
        }
        sheet.write_again().unwrap();
        assert_eq!((fs::read_to_string(&path).unwrap(), sheet.gone()), (FILE.to_owned(), None));
        saved(sheet.put(std::slice::from_ref(&wanted)).unwrap());
        fs::remove_file(&path).unwrap();
        sheet.forget();
        saved(sheet.put(&[wanted]).unwrap());
        assert_eq!(fs::read_to_string(&path).unwrap().lines().count(), 2, "a new file");
        // Whoever puts another one back is not written over.
        fs::remove_file(&path).unwrap();
        fs::write(&path, FILE).unwrap();
        sheet.write_again().unwrap();
        assert_eq!((fs::read_to_string(&path).unwrap().as_str(), sheet.row("a", "tram")), (FILE, row("-1", "")));
    }

    /// Each answer is saved at the first try, is there at the end, and nothing else is left in the folder.
    #[test]
    fn sheets_at_once_lose_nothing_and_refuse_nothing() {
        let (folder, path, _) = sheet("statement_id,issue,position\n");
        let write = |name: &'static str| {
            let path = path.clone();
            std::thread::spawn(move || {
                let mut sheet = CoderSheet::open(&path).unwrap();
                for number in 0..40 {
                    saved(sheet.put(&[edit(&format!("{name}{number}"), "tram", None, row("1", ""))]).unwrap());
                }
            })
        };
        let threads = ["x", "y", "z"].map(write);
        threads.into_iter().for_each(|thread| thread.join().unwrap());
        let text = fs::read_to_string(&path).unwrap();
        let mut lines: Vec<&str> = text.lines().skip(1).collect();
        lines.sort_unstable();
        lines.dedup();
        assert_eq!(lines.len(), 120);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}

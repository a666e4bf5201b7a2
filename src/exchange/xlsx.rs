//! A workbook: statements, labels, issues, verdicts and agreement, a sheet each.
//!
//! Every text is written as a text, so nothing runs as a formula. The date in the properties is fixed, and there is no
//! name of a user, so the same corpus gives the same bytes.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError};

use crate::codebook::{IssueIndex, Position};
use crate::error::{Error, Result};
use crate::exchange::cells::{CellTable, TypedCell};
use crate::exchange::material::{HandMark, Material, NO_POSITION, RuleMark};
use crate::exchange::{Exported, Loss, ResultTables, xml};
use crate::import::LONGEST_CELL;
use crate::statement::Statement;
use crate::words;

/// The most rows of a sheet, with its header.
const MOST_ROWS: usize = 1_048_576;
/// The first day that every spreadsheet counts alike.
const FIRST_DAY: (i32, u32, u32) = (1900, 3, 1);

/// A workbook in the making, and what its cells could not hold.
pub struct Book {
    /// The workbook.
    pub workbook: Workbook,
    header: Format,
    wrapped: Format,
    day: Format,
    /// Texts that were cut, by their hashes: the same text stands beside each of its labels.
    cut: BTreeSet<u64>,
    /// Texts with characters that no workbook can hold.
    replaced: BTreeSet<u64>,
}

impl Book {
    /// An empty workbook.
    pub fn empty() -> Book {
        let mut workbook = Workbook::new();
        let made = ExcelDateTime::from_ymd(2000, 1, 1).unwrap_or_default();
        workbook.set_properties(&DocProperties::new().set_creation_datetime(&made));
        Book {
            workbook,
            header: Format::new().set_bold().set_align(FormatAlign::Top),
            wrapped: Format::new().set_text_wrap().set_align(FormatAlign::Top),
            day: Format::new().set_num_format("yyyy-mm-dd").set_align(FormatAlign::Top),
            cut: BTreeSet::new(),
            replaced: BTreeSet::new(),
        }
    }

    /// Adds a table as a sheet with a frozen header, filters and fitting columns.
    ///
    /// # Errors
    /// [`Error::Request`] if it has more rows than a sheet can hold.
    pub fn table(&mut self, name: &str, table: &CellTable) -> Result<()> {
        if table.rows.len() >= MOST_ROWS {
            let what = format!("{} rows do not fit into the sheet `{name}`, which holds {MOST_ROWS}", table.rows.len());
            return Err(Error::request(what, "export fewer statements with --from and --to, or use --format long"));
        }
        let mut sheet = Worksheet::new();
        sheet.set_name(name).map_err(failed)?;
        for (column, name) in (0_u16..).zip(&table.header) {
            sheet.write_string_with_format(0, column, name, &self.header).map_err(failed)?;
            sheet.set_column_width(column, width(table, usize::from(column))).map_err(failed)?;
        }
        for (row, cells) in (1_u32..).zip(&table.rows) {
            for (column, cell) in (0_u16..).zip(cells) {
                self.cell(&mut sheet, row, column, cell).map_err(failed)?;
            }
        }
        sheet.set_freeze_panes(1, 0).map_err(failed)?;
        if let (Some(last), Ok(rows)) = (table.header.len().checked_sub(1), u32::try_from(table.rows.len())) {
            sheet.autofilter(0, 0, rows, u16::try_from(last).unwrap_or(u16::MAX)).map_err(failed)?;
        }
        self.workbook.push_worksheet(sheet);
        Ok(())
    }

    /// Writes a cell.
    ///
    /// # Errors
    /// That of the writer, if the place is outside of a sheet.
    pub fn cell(
        &mut self,
        sheet: &mut Worksheet,
        row: u32,
        column: u16,
        cell: &TypedCell,
    ) -> std::result::Result<(), XlsxError> {
        match cell {
            TypedCell::Empty => {}
            TypedCell::Text(text) => {
                let text = self.held(text);
                sheet.write_string_with_format(row, column, text, &self.wrapped)?;
            }
            TypedCell::Number(number) => drop(sheet.write_number(row, column, *number)?),
            TypedCell::Day(day) => match excel(*day) {
                Some(date) => drop(sheet.write_datetime_with_format(row, column, &date, &self.day)?),
                None => drop(sheet.write_string(row, column, day.to_string())?),
            },
        }
        Ok(())
    }

    /// A text as a cell holds it: with `\n` as its line break, and without control characters.
    pub fn held(&mut self, text: &str) -> String {
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        let strange = |c: char| !xml::is_allowed(c);
        let mut held = text.replace(strange, "\u{fffd}");
        if held != text {
            self.replaced.insert(words::hash(text.bytes()));
        }
        let mut units = 0;
        let end = held.char_indices().find(|(_, c)| {
            units += c.len_utf16();
            units > LONGEST_CELL
        });
        if let Some((end, _)) = end {
            held.truncate(end);
            self.cut.insert(words::hash(text.bytes()));
        }
        held
    }

    /// The bytes of the file, and what its cells could not hold.
    ///
    /// # Errors
    /// [`Error::Output`] if it cannot be composed.
    pub fn finish(mut self) -> Result<(Vec<u8>, Vec<Loss>)> {
        let mut losses = Vec::new();
        Loss::count(&mut losses, self.cut.len(), "text", "cut after 32,767 characters, the most that a cell can hold");
        let rest = "with control characters, which a workbook cannot hold: written as \u{fffd}";
        Loss::count(&mut losses, self.replaced.len(), "text", rest);
        Ok((self.workbook.save_to_buffer().map_err(failed)?, losses))
    }
}

/// The corpus as a workbook.
///
/// # Errors
/// As [`Book::table`] and [`Book::finish`].
pub fn workbook(material: &Material<'_>, results: &ResultTables) -> Result<Exported> {
    let mut book = Book::empty();
    book.table("statements", &statements(material))?;
    book.table("labels", &labels(material))?;
    if !material.rule_marks.is_empty() {
        book.table("labels by rules", &labels_by_rules(material))?;
    }
    book.table("issues", &issues(material))?;
    book.table("verdicts", &results.verdicts)?;
    book.table("agreement", &results.agreement)?;
    let (bytes, losses) = book.finish()?;
    Ok(Exported::one(bytes, [material.losses.clone(), losses].concat()))
}

fn statements(material: &Material<'_>) -> CellTable {
    let details = material.details(&[]);
    let mut table = CellTable::new(&["id", "date", "speaker", "text"]);
    table.header.extend(details.iter().map(|detail| detail.name.clone()));
    let row = |statement: &&Statement| {
        let first = [
            TypedCell::text(&statement.id),
            TypedCell::Day(statement.date.written),
            TypedCell::text(&statement.speaker),
            TypedCell::text(&statement.text),
        ];
        first.into_iter().chain(details.iter().map(|detail| TypedCell::text(detail.cell(statement)))).collect()
    };
    table.rows = material.statements.iter().map(row).collect();
    table
}

/// The issues with all their levels, so that a new corpus can be made of the workbook.
fn issues(material: &Material<'_>) -> CellTable {
    let mut table = CellTable::new(&["issue", "name", "question", "position", "words", "definition"]);
    for issue in material.issues.iter().map(|issue| material.issue(*issue)) {
        for level in &issue.levels {
            let [id, name, question] = [&issue.id, &issue.name, &issue.question].map(TypedCell::text);
            let [words, definition] = [&level.words, &level.definition].map(TypedCell::text);
            table.rows.push(vec![
                id,
                name,
                question,
                TypedCell::Number(f64::from(level.position.0)),
                words,
                definition,
            ]);
        }
    }
    table
}

/// The columns of labels, each with its statement beside it.
const OF_LABELS: [&str; 9] =
    ["statement_id", "date", "speaker", "issue", "position", "level", "coder", "rationale", "text"];

fn labels(material: &Material<'_>) -> CellTable {
    let mut table = CellTable::new(&OF_LABELS);
    let row = |mark: &HandMark<'_>| {
        label(material, mark.statement, mark.issue, mark.position, [material.coders[mark.coder], mark.rationale])
    };
    table.rows = material.marks.iter().map(row).collect();
    table
}

fn labels_by_rules(material: &Material<'_>) -> CellTable {
    let mut table = CellTable::new(&OF_LABELS);
    let row = |mark: &RuleMark<'_>| {
        label(material, mark.statement, mark.issue, Some(mark.position), [&material.rules_name, mark.rule])
    };
    table.rows = material.rule_marks.iter().map(row).collect();
    table
}

fn label(
    material: &Material<'_>,
    statement: usize,
    issue: IssueIndex,
    position: Option<Position>,
    [coder, why]: [&str; 2],
) -> Vec<TypedCell> {
    let (said, issue) = (material.statements[statement], material.issue(issue));
    let level = position.and_then(|position| issue.level(position)).map_or("", |level| &level.words);
    let position = match position {
        Some(position) => TypedCell::Number(f64::from(position.0)),
        None => TypedCell::text(NO_POSITION),
    };
    let (id, day) = (TypedCell::text(&said.id), TypedCell::Day(said.date.written));
    let [speaker, issue, level] = [&said.speaker, &issue.id, level].map(TypedCell::text);
    let [coder, why, text] = [coder, why, &said.text].map(TypedCell::text);
    vec![id, day, speaker, issue, position, level, coder, why, text]
}

/// A width for a column, in characters.
fn width(table: &CellTable, column: usize) -> f64 {
    const LOOKED_AT: usize = 200;
    let cells = table.rows.iter().take(LOOKED_AT).filter_map(|row| row.get(column)).map(|cell| match cell {
        TypedCell::Empty => 0,
        TypedCell::Text(text) => text.chars().count(),
        TypedCell::Number(_) => 8,
        TypedCell::Day(_) => 11,
    });
    let longest = cells.chain([table.header[column].chars().count() + 3]).max().unwrap_or(8);
    let most = if table.header.len() == 1 { 110 } else { 60 };
    longest.clamp(8, most) as f64
}

/// A day as workbooks count it; `None` if they count it differently or not at all.
fn excel(day: NaiveDate) -> Option<ExcelDateTime> {
    let (year, month, first) = FIRST_DAY;
    (day >= NaiveDate::from_ymd_opt(year, month, first)?).then_some(())?;
    let [month, number] = [day.month(), day.day()].map(|part| u8::try_from(part).ok());
    ExcelDateTime::from_ymd(u16::try_from(day.year()).ok()?, month?, number?).ok()
}

/// The error of the writer as one of ours.
pub fn failed(error: XlsxError) -> Error {
    Error::Output(std::io::Error::other(error.to_string()))
}

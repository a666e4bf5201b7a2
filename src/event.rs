//! Dated events that charts show. They do not affect any label.

use std::path::Path;

use chrono::NaiveDate;

use crate::date;
use crate::error::Problem;
use crate::file::table::{self, Columns, Dialect, Table};

/// Something that happened on one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// The day.
    pub date: NaiveDate,
    /// A few words for a chart.
    pub label: String,
    /// The file's cells, so that saving the file changes nothing.
    cells: Vec<String>,
}

/// The events of a corpus, in the order of their file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Events {
    dialect: Dialect,
    header: Vec<String>,
    /// The events.
    pub rows: Vec<Event>,
}

const COLUMNS: Columns = Columns { known: &["date", "label"], required: &["date", "label"] };

impl Events {
    /// Reads the text of an events file. Faults are added to `problems`.
    pub fn parse(path: &Path, text: &str, problems: &mut Vec<Problem>) -> Option<Events> {
        let table = Table::open(path, text, COLUMNS, problems)?;
        let (date_column, label_column) = (table.column("date"), table.column("label"));
        let mut rows = Vec::new();
        table.for_each_row(problems, |row, problems| {
            let label = row.cell(label_column);
            if label.trim().is_empty() {
                let hint = "write in a few words what happened";
                problems.push(row.fault(path, label_column, "the label is empty", hint));
            }
            match date::parse_day(row.cell(date_column)) {
                Ok(date) => rows.push(Event { date, label: label.to_owned(), cells: row.cells() }),
                Err(error) => {
                    problems.push(row.fault(path, date_column, error.what, error.hint));
                }
            }
        });
        Some(Events { dialect: table.dialect, header: table.header, rows })
    }

    /// The cells of each row, in the file's order of rows, each with the name of its column.
    pub fn records(&self) -> impl Iterator<Item = Vec<String>> {
        self.rows.iter().map(|event| table::named(&self.header, event.cells.clone()))
    }

    /// The text of the file that holds these events. `None` if the corpus has none.
    pub fn to_text(&self) -> Option<String> {
        let cells = self.rows.iter().map(|event| &event.cells);
        (!self.header.is_empty()).then(|| table::write(self.dialect, &self.header, cells))
    }
}

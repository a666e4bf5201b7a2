//! From a piece of a file to its rows, each a [`CellRow`].

use std::path::Path;

use serde_json::{Map, Value};

use crate::error::{Place, Problem};
use crate::file::table::{CellRow, Row, Table};
use crate::frame::arrow::TextCells;
use crate::stream::StreamPiece;
use crate::stream::source::RowLayout;
use crate::stream::split::RecordEnd;

/// A row of a stream.
pub struct StreamRow<'r> {
    cells: Cells<'r>,
    /// The number of the row: of its line, or among the rows of a file by columns. It is the cell after the last column.
    number: &'r str,
    columns: usize,
}

enum Cells<'r> {
    Record(&'r Row<'r>),
    Line(&'r [String], usize),
    Columns(&'r [TextCells], usize),
}

impl CellRow for StreamRow<'_> {
    fn cell(&self, column: Option<usize>) -> &str {
        let Some(column) = column else { return "" };
        if column == self.columns {
            return self.number;
        }
        match &self.cells {
            Cells::Record(row) => row.cell(Some(column)),
            Cells::Line(cells, _) => cells.get(column).map_or("", String::as_str),
            Cells::Columns(columns, row) => columns.get(column).map_or("", |cells| cells.get(*row)),
        }
    }

    fn place(&self, column: Option<usize>) -> Place {
        match &self.cells {
            Cells::Record(row) => row.place(column),
            Cells::Line(_, line) => Place { line: *line, column: 1 },
            Cells::Columns(..) => Place { line: self.number.parse().unwrap_or(1), column: 1 },
        }
    }

    fn fault(&self, path: &Path, column: Option<usize>, what: String, hint: &str) -> Problem {
        match &self.cells {
            Cells::Record(row) => CellRow::fault(*row, path, column, what, hint),
            Cells::Line(_, line) => Problem::fault(path, Some(Place { line: *line, column: 1 }), what, hint),
            Cells::Columns(..) => Problem::fault(path, None, what, hint).in_cell(format!("row {}", self.number)),
        }
    }
}

/// Calls `each` for every row of a piece that can be read. The faults of others are added to `problems`.
pub fn for_each(
    piece: StreamPiece,
    layout: &RowLayout,
    problems: &mut Vec<Problem>,
    mut each: impl FnMut(&StreamRow<'_>, &mut Vec<Problem>),
) {
    let (path, columns) = (layout.path.as_path(), layout.header.names.len());
    match piece {
        StreamPiece::Table(chunk) => {
            let RecordEnd::Quoted(separator) = layout.end else { return };
            let lines_before = chunk.lines_before;
            let text = chunk.text(path, layout.end, problems);
            let table = Table::part(path, separator, layout.header.names.clone(), &text, lines_before);
            table.for_each_row(problems, |row, problems| {
                let number = if layout.header.numbered { row.place(None).line.to_string() } else { String::new() };
                each(&StreamRow { cells: Cells::Record(row), number: &number, columns }, problems);
            });
        }
        StreamPiece::Lines(chunk) => {
            let before = chunk.lines_before;
            let text = chunk.text(path, layout.end, problems);
            let mut cells = vec![String::new(); columns];
            for (place, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
                let line_number = before + place + 1;
                if let Some(problem) = read_line(line, line_number, layout, &mut cells) {
                    problems.push(problem);
                    continue;
                }
                let number = line_number.to_string();
                each(&StreamRow { cells: Cells::Line(&cells, line_number), number: &number, columns }, problems);
            }
        }
        StreamPiece::Columns(rows) => {
            let cells = rows.cells();
            for row in 0..rows.count {
                let number = (rows.before + row + 1).to_string();
                each(&StreamRow { cells: Cells::Columns(&cells, row), number: &number, columns }, problems);
            }
        }
    }
}

/// Reads a line of JSON into cells. Returns what is wrong with it.
fn read_line(line: &str, number: usize, layout: &RowLayout, cells: &mut [String]) -> Option<Problem> {
    let fault = |column: usize, what: String, hint: &str| {
        Some(Problem::fault(&layout.path, Some(Place { line: number, column }), what, hint))
    };
    let object: Map<String, Value> = match serde_json::from_str(line) {
        Ok(object) => object,
        Err(error) => {
            // It is one line, whose number is said already.
            let why = error.to_string();
            let why = why.rsplit_once(" at line ").map_or(why.as_str(), |(why, _)| why);
            let what = format!("the line is not a JSON object: {why}");
            return fault(error.column().max(1), what, "write one object on each line, such as {\"text\": …}");
        }
    };
    cells.iter_mut().for_each(String::clear);
    for (key, value) in object {
        let Some(place) = layout.keys.iter().position(|name| *name == key) else {
            let what = format!("the key `{key}` is not among those of the first lines, which are the columns");
            return fault(1, what, "put a line that has all keys first");
        };
        cells[place] = match value {
            Value::String(text) => text,
            Value::Null => String::new(),
            other => other.to_string(),
        };
    }
    None
}

//! A table as it was read, from any kind of file: cells as text, each with its kind and its place.

use std::path::{Path, PathBuf};

use crate::error::{Place, Problem};
use crate::file::table;
use crate::import::column::ColumnUse;

/// What a cell holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CellKind {
    /// Text, as every cell of a CSV.
    Text,
    /// A number of a workbook. `5.0` is written `5`.
    Number,
    /// A date of a workbook, as `2025-08-15` or `2025-08-15T13:00:00`.
    Date,
    /// An error of a workbook, such as `#REF!`.
    Error,
    /// A formula of a workbook that has no stored value.
    Uncalculated,
}

/// Where the rows of a sheet stand in their file.
#[derive(Debug, Clone)]
pub enum GridPlaces {
    /// Delimited text: the text itself, its separator, the byte at which each row begins, and how many cells it has there.
    Delimited { text: String, separator: u8, starts: Vec<usize>, cells: Vec<u32> },
    /// One object per line.
    Lines,
    /// Records of another tool, and what it calls one. They are counted from 1; line 0 is none of them.
    Records { what: &'static str },
    /// A sheet of a workbook, by its name. The days of unformatted cells count from 1904 if `from_1904` is set.
    Workbook { name: String, from_1904: bool },
}

/// A column that is made of others: it is no column of the file, and stands behind those.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JoinedColumn {
    /// The columns that it is made of. Its faults are shown in the first.
    pub from: Vec<usize>,
    /// Which column of a statement it is.
    pub usage: &'static str,
}

/// A table as it was read. All cells are in one text, because a table may have many millions of them.
#[derive(Debug, Clone)]
pub struct Grid {
    /// The file, as the user would name it.
    pub path: PathBuf,
    /// Where its rows stand.
    pub places: GridPlaces,
    /// What a reader should know about how it was read.
    pub notes: Vec<String>,
    /// What its format says that its columns are for. Empty if it says nothing.
    pub given: Vec<Option<ColumnUse>>,
    /// For whom it was made, if it is a coding sheet that says so.
    pub coder: Option<String>,
    /// Whether it is a sheet of a workbook that `stance export` wrote.
    pub is_export: bool,
    /// The columns that a person has hidden.
    pub hidden: Vec<usize>,
    /// The columns that are made of others, which are the last ones.
    pub joined: Vec<JoinedColumn>,
    /// How many cells a row has.
    width: usize,
    text: String,
    /// The end of each cell in the text, and its kind in the lowest 3 bits.
    cells: Vec<u64>,
    /// The line or the row of each row in the file, from 1.
    lines: Vec<usize>,
}

impl Grid {
    /// A sheet without rows, with a number of cells in each.
    pub fn new(path: &Path, places: GridPlaces, width: usize) -> Grid {
        let (text, cells, lines) = (String::new(), Vec::new(), Vec::new());
        let (path, notes, given) = (path.to_owned(), Vec::new(), Vec::new());
        let (hidden, joined) = (Vec::new(), Vec::new());
        Grid { path, places, notes, given, coder: None, is_export: false, hidden, joined, width, text, cells, lines }
    }

    /// Writes other words into the cells of a column below its header.
    pub fn map_column(&mut self, header: usize, column: usize, word: impl Fn(&str) -> &str) {
        self.rewrite(|grid, row, at| match at == column && row > header {
            true => (word(grid.cell(row, at)), CellKind::Text),
            false => (grid.raw(row, at), grid.kind(row, at)),
        });
    }

    /// Writes other names of columns into a row, and empties the row above it, whose names are among them.
    pub fn set_header(&mut self, header: usize, names: &[String]) {
        let cells = |row: usize| match row {
            row if row == header => (0..).zip(names.iter().cloned()).collect(),
            row if row + 1 == header => (0..self.width).map(|column| (column, String::new())).collect(),
            _ => Vec::new(),
        };
        let rows: Vec<(usize, Vec<(usize, String)>)> = (0..self.rows()).map(|row| (row, cells(row))).collect();
        self.remake(&rows);
    }

    /// Writes into the empty cells of a column what another column has there, if it is wanted.
    pub fn fill_column(&mut self, column: usize, from: usize, wanted: impl Fn(&str) -> bool) {
        self.rewrite(|grid, row, at| {
            let is_empty = at == column && grid.cell(row, at).is_empty();
            let source = if is_empty && wanted(grid.cell(row, from)) { from } else { at };
            (grid.raw(row, source), grid.kind(row, source))
        });
    }

    /// Writes other rows: each is a row of the table, in whose place it stands, with other words in some of its cells.
    pub fn remake(&mut self, rows: &[(usize, Vec<(usize, String)>)]) {
        let mut other = Grid::new(&self.path, GridPlaces::Lines, self.width);
        for (row, changed) in rows {
            let cells = (0..self.width).map(|at| match changed.iter().find(|(column, _)| *column == at) {
                Some((_, text)) => (text.as_str(), CellKind::Text),
                None => (self.raw(*row, at), self.kind(*row, at)),
            });
            other.push(self.line(*row), cells);
        }
        if let GridPlaces::Delimited { starts, cells, .. } = &mut self.places {
            *starts = rows.iter().map(|(row, _)| starts.get(*row).copied().unwrap_or(0)).collect();
            *cells = rows.iter().map(|(row, _)| cells.get(*row).copied().unwrap_or(0)).collect();
        }
        (self.text, self.cells, self.lines) = (other.text, other.cells, other.lines);
    }

    fn rewrite(&mut self, cell: impl for<'g> Fn(&'g Grid, usize, usize) -> (&'g str, CellKind)) {
        let mut other = Grid::new(&self.path, GridPlaces::Lines, self.width);
        for row in 0..self.rows() {
            other.push(self.line(row), (0..self.width).map(|at| cell(self, row, at)));
        }
        (self.text, self.cells) = (other.text, other.cells);
    }

    /// Adds a column that is made of others.
    pub fn append(&mut self, column: JoinedColumn, cell: impl Fn(&Grid, usize) -> String) {
        let mut other = Grid::new(&self.path, GridPlaces::Lines, self.width + 1);
        for row in 0..self.rows() {
            let made = cell(self, row);
            let own = (0..self.width).map(|at| (self.raw(row, at), self.kind(row, at)));
            other.push(self.line(row), own.chain([(made.as_str(), CellKind::Text)]));
        }
        (self.text, self.cells, self.width) = (other.text, other.cells, other.width);
        self.joined.push(column);
    }

    /// Adds a row. Missing cells are empty, and cells beyond the width are dropped.
    pub fn push<'c>(&mut self, line: usize, cells: impl Iterator<Item = (&'c str, CellKind)>) {
        let before = self.cells.len();
        for (text, kind) in cells.take(self.width) {
            self.text.push_str(text);
            self.cells.push(((self.text.len() as u64) << 3) | kind as u64);
        }
        while self.cells.len() < before + self.width {
            self.cells.push((self.text.len() as u64) << 3);
        }
        self.lines.push(line);
    }

    /// How many rows there are.
    pub fn rows(&self) -> usize {
        self.lines.len()
    }

    /// How many cells a row has in its file.
    pub fn own_width(&self) -> usize {
        self.width - self.joined.len()
    }

    /// How many cells a row has, with those that are made of others.
    pub fn width(&self) -> usize {
        self.width
    }

    /// A cell as it is written. Empty if there is none.
    pub fn raw(&self, row: usize, column: usize) -> &str {
        if column >= self.width {
            return "";
        }
        let at = row * self.width + column;
        let end = |at: usize| self.cells.get(at).map_or(self.text.len(), |cell| (cell >> 3) as usize);
        let start = if at == 0 { 0 } else { end(at - 1) };
        self.text.get(start..end(at)).unwrap_or("")
    }

    /// A cell without the white space around it.
    pub fn cell(&self, row: usize, column: usize) -> &str {
        self.raw(row, column).trim_matches(is_blank)
    }

    /// What a cell holds.
    pub fn kind(&self, row: usize, column: usize) -> CellKind {
        match self.cells.get(row * self.width + column).map_or(0, |cell| cell & 7) {
            1 => CellKind::Number,
            2 => CellKind::Date,
            3 => CellKind::Error,
            4 => CellKind::Uncalculated,
            _ => CellKind::Text,
        }
    }

    /// How many cells of a row are not empty.
    pub fn filled(&self, row: usize) -> usize {
        (0..self.own_width()).filter(|column| !self.cell(row, *column).is_empty()).count()
    }

    /// The line of a row, or its number in a workbook.
    pub fn line(&self, row: usize) -> usize {
        self.lines.get(row).copied().unwrap_or(1)
    }

    /// A fault in a cell.
    pub fn fault(&self, row: usize, column: usize, what: impl Into<String>, hint: impl Into<String>) -> Problem {
        self.at(row, column, Problem::fault(&self.path, None, what, hint))
    }

    /// A warning about a cell.
    pub fn warning(&self, row: usize, column: usize, what: impl Into<String>, hint: impl Into<String>) -> Problem {
        self.at(row, column, Problem::warning(&self.path, None, what, hint))
    }

    fn at(&self, row: usize, column: usize, problem: Problem) -> Problem {
        let line = self.line(row);
        let joined = column.checked_sub(self.own_width()).and_then(|place| self.joined.get(place));
        let column = joined.and_then(|joined| joined.from.first().copied()).unwrap_or(column);
        let length = self.cell(row, column).lines().next().map_or(1, |line| line.chars().count());
        match &self.places {
            GridPlaces::Workbook { name, .. } => problem.in_cell(format!("{name}!{}{line}", letters(column))),
            GridPlaces::Records { .. } if line == 0 => problem,
            GridPlaces::Records { what } => problem.in_cell(format!("{what} {line}")),
            GridPlaces::Lines => Problem { place: Some(Place { line, column: 1 }), ..problem },
            GridPlaces::Delimited { text, separator, starts, .. } => {
                let rest = starts.get(row).and_then(|start| text.get(*start..)).unwrap_or("");
                let place = table::place_of_cell(rest, line, *separator, column);
                Problem { place: Some(place), ..problem }.over(length)
            }
        }
    }

    /// Where a row is, in words.
    pub fn row_in_words(&self, row: usize) -> String {
        match self.places {
            GridPlaces::Workbook { .. } => format!("row {}", self.line(row)),
            GridPlaces::Records { what } => format!("{what} {}", self.line(row)),
            _ => format!("line {}", self.line(row)),
        }
    }

    /// The name of the sheet of a workbook; otherwise empty.
    pub fn name(&self) -> &str {
        match &self.places {
            GridPlaces::Workbook { name, .. } => name,
            _ => "",
        }
    }

    /// The file, and the sheet of a workbook, as people name them.
    pub fn shown(&self) -> String {
        match &self.places {
            GridPlaces::Workbook { name, .. } => format!("{}:{name}", self.path.display()),
            _ => self.path.display().to_string(),
        }
    }
}

/// White space, and marks without width that spreadsheets and web pages leave around a cell.
fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200b}' | '\u{feff}' | '\u{2060}' | '\u{200e}' | '\u{200f}')
}

/// The letters of a column, from 0: `A`, `Z`, `AA`.
pub fn letters(column: usize) -> String {
    let (mut rest, mut letters) = (column + 1, Vec::new());
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b'A' + (rest % 26) as u8));
        rest /= 26;
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_keep_their_text_their_kind_and_their_place() {
        let layout = GridPlaces::Workbook { name: "Mai".to_owned(), from_1904: false };
        let mut sheet = Grid::new(Path::new("a.xlsx"), layout, 3);
        sheet.push(4, [(" a ", CellKind::Text), ("", CellKind::Text), ("5", CellKind::Number)].into_iter());
        sheet.push(6, [("b", CellKind::Date)].into_iter());
        assert_eq!((sheet.rows(), sheet.raw(0, 0), sheet.cell(0, 0), sheet.cell(0, 2)), (2, " a ", "a", "5"));
        assert_eq!(
            (sheet.kind(0, 2), sheet.kind(1, 0), sheet.kind(1, 2)),
            (CellKind::Number, CellKind::Date, CellKind::Text)
        );
        assert_eq!((sheet.cell(1, 0), sheet.cell(1, 1), sheet.cell(1, 9), sheet.filled(1)), ("b", "", "", 1));
        assert_eq!(sheet.fault(1, 2, "x", "y").location(), "a.xlsx:Mai!C6");
        assert_eq!([0, 25, 26, 701, 702].map(letters), ["A", "Z", "AA", "ZZ", "AAA"]);
    }
}

//! Rows of delimited text that were cut in the wrong places: a separator inside a quotation without quotation marks, or a
//! quotation mark that swallows the rows below it.

use std::collections::{BTreeMap, BTreeSet};

use crate::error::Problem;
use crate::import::column::ColumnUse;
use crate::import::day::{self, WrittenDay};
use crate::import::grid::{Grid, GridPlaces};
use crate::import::recognise::Recognised;
use crate::words::{many, shortened};

/// The first column behind all that have a name. What stands there belongs to no column. `None` if the table is no
/// delimited text, or has a name for each column.
pub fn tail(grid: &Grid, names: &[String]) -> Option<usize> {
    let named = names.iter().take(grid.own_width()).rposition(|name| !name.is_empty())? + 1;
    (matches!(grid.places, GridPlaces::Delimited { .. }) && named < grid.own_width()).then_some(named)
}

/// Whether a row has more cells in its file than the table has columns.
pub fn is_wider(grid: &Grid, row: usize) -> bool {
    let GridPlaces::Delimited { cells, .. } = &grid.places else { return false };
    cells.get(row).is_some_and(|count| *count as usize > grid.own_width())
}

/// The faults of rows that were cut in the wrong places, by their rows.
pub fn rows(grid: &Grid, header: usize, rows: &[usize], columns: &[Recognised]) -> BTreeMap<usize, Problem> {
    let GridPlaces::Delimited { separator, cells, .. } = &grid.places else { return BTreeMap::new() };
    let named =
        columns.iter().take(grid.own_width()).rposition(|column| !column.header.is_empty()).map_or(0, |last| last + 1);
    let count = |row: usize| cells.get(row).map_or(0, |count| *count as usize);
    // Some programs end each row with a separator.
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    rows.iter().for_each(|row| *counts.entry(count(*row)).or_default() += 1);
    let usual = counts.iter().max_by_key(|(width, rows)| (**rows, std::cmp::Reverse(**width)));
    let most = usual.map_or(0, |(width, _)| *width).max(count(header)).max(named);
    let is_filled = |row: usize| (named..grid.own_width()).any(|column| !grid.cell(row, column).is_empty());
    // Cells too many that are empty may be no more than separators at the end, if nothing behind the quotation may be a
    // part of it.
    let text = columns.iter().position(|column| column.usage == ColumnUse::Statement("text"));
    let is_part = |row: usize, column: usize| {
        let is_free = !grid.cell(row, column).is_empty() && !columns[column].usage.is_wide();
        is_free || grid.raw(row, column).starts_with(' ')
    };
    let may_be_cut = |row: usize| text.is_none_or(|text| (text + 1..named).any(|column| is_part(row, column)));
    let is_torn = |row: usize| is_filled(row) || (count(row) > most && may_be_cut(row));
    let wide: BTreeSet<usize> = rows.iter().copied().filter(|row| is_torn(*row)).collect();
    let mut faults = BTreeMap::new();
    for row in &wide {
        let hint = match wide.len() == rows.len() && rows.len() > 1 {
            true => format!(
                "write a name for each column into {}; if a {} within a text makes the cells, put the text between quotation marks",
                grid.row_in_words(header),
                separator_in_words(*separator)
            ),
            false => {
                "put the quotation between quotation marks: \"…\"; if the last cell is a column of its own, write \
                      its name into the header"
                    .to_owned()
            }
        };
        let what = format!(
            "the row has {}, and the header names {}: a {} within a text may have cut it",
            many(last_filled(grid, *row).max(count(*row)), "cell"),
            named,
            separator_in_words(*separator)
        );
        faults.insert(*row, grid.fault(*row, longest_before(grid, *row, named, columns), what, hint));
    }
    if let Some(date) = columns.iter().position(|column| column.usage == ColumnUse::Statement("date")) {
        for row in rows.iter().copied().filter(|row| !wide.contains(row)) {
            let swallowed = |column: &usize| swallows_rows(grid.raw(row, *column), (*column, named), *separator, date);
            let Some(column) = (0..named).find(swallowed) else { continue };
            let inside = grid.cell(row, column).lines().nth(1).unwrap_or("");
            let what = format!(
                "the cell goes on over several lines, and `{}` looks like a row of the table: a quotation mark may be too much",
                shortened(inside, 60)
            );
            let hint = "write a quotation mark within a text twice (\"\"), and put the whole text between 2 of them";
            faults.insert(row, grid.fault(row, column, what, hint));
        }
    }
    faults
}

/// Whether a line within a cell of a column has a day in the column of the dates, and as many cells as the header names.
fn swallows_rows(cell: &str, (column, named): (usize, usize), separator: u8, date: usize) -> bool {
    if !cell.contains(['\n', '\r']) {
        return false;
    }
    let lines: Vec<&str> = cell.split(['\n', '\r']).skip(1).filter(|line| !line.trim().is_empty()).collect();
    lines.iter().enumerate().any(|(nth, line)| {
        let cells: Vec<&str> = line.split(char::from(separator)).collect();
        let is_whole = cells.len() >= named.max(2);
        // The last line ends with the quotation mark of its row. In a sentence, a space is behind a comma.
        let is_cut = nth + 1 == lines.len() && cells.len() > column.max(1) && !cells[1].starts_with(' ');
        let is_day = |cell: &&str| {
            matches!(day::read(cell.trim()), WrittenDay::Day(_) | WrittenDay::Open { .. } | WrittenDay::Moment { .. })
        };
        (is_whole || is_cut) && cells.get(date).is_some_and(is_day)
    })
}

/// The column of a row where a cut text probably begins: that of quotations.
fn longest_before(grid: &Grid, row: usize, named: usize, columns: &[Recognised]) -> usize {
    let text = columns.iter().position(|column| column.usage == ColumnUse::Statement("text"));
    let longest = || (0..named).max_by_key(|column| grid.cell(row, *column).len());
    text.or_else(longest).unwrap_or(0)
}

fn last_filled(grid: &Grid, row: usize) -> usize {
    (0..grid.own_width()).rposition(|column| !grid.cell(row, column).is_empty()).map_or(0, |last| last + 1)
}

fn separator_in_words(separator: u8) -> &'static str {
    match separator {
        b'\t' => "tab",
        b';' => "semicolon",
        b'|' => "bar",
        _ => "comma",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_with_a_day_is_no_row() {
        let swallows = |cell: &str| swallows_rows(cell, (2, 4), b',', 0);
        assert!(!swallows("We were clear.\n3 May 2024, we said no."));
        assert!(!swallows("We were clear.\n3 May 2024, we said no, and no.\nThat was it."));
        assert!(swallows("Unclosed.,-1\n2025-01-04,Ben Ode,Swallowed.,2\n2025-01-05,Ada Holm,So he said"));
        assert!(swallows("Unclosed.,-1\r\n2025-01-05,Ada Holm,So he said\r\n"));
    }
}

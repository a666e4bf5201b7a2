//! What a spreadsheet has done to cells, reported with its place.

use crate::error::{Problem, Severity};
use crate::import::clean::{self, Damage};
use crate::import::column::ColumnUse;
use crate::import::grid::{CellKind, Grid, GridPlaces};
use crate::import::harvest::Harvest;
use crate::words;

impl Harvest {
    /// Warns of a damaged cell, or reports it as a fault if the column is needed.
    pub fn damaged(&mut self, grid: &Grid, row: usize, column: usize, usage: &ColumnUse) {
        let cell = grid.cell(row, column);
        let needed = matches!(
            usage,
            ColumnUse::Statement("id" | "date" | "speaker" | "text")
                | ColumnUse::Position
                | ColumnUse::PositionOn(_)
                | ColumnUse::PositionBy { .. }
                | ColumnUse::Issue
        );
        if grid.kind(row, column) == CellKind::Uncalculated {
            let hint = "open the workbook in a spreadsheet and save it, so that it stores the values of its formulas";
            let problem = grid.fault(row, column, "the formula has no stored value", hint);
            self.problems.push(if needed { problem } else { Problem { severity: Severity::Warning, ..problem } });
            return;
        }
        // A spreadsheet writes the number 2025.10 as 2025.1.
        let is_cut_month =
            || cell.len() == 6 && cell.ends_with(".1") && cell[..4].bytes().all(|byte| byte.is_ascii_digit());
        if matches!(usage, ColumnUse::Statement("date")) && is_cut_month() {
            let what = format!("`{cell}` may be January or October: a spreadsheet drops the last zero of a number");
            let hint = format!("write {0}-01 or {0}-10, and format the column as text", &cell[..4]);
            let is_number = grid.kind(row, column) == CellKind::Number;
            self.problems.push(match is_number {
                true => grid.fault(row, column, what, hint),
                false => grid.warning(row, column, what, hint),
            });
            return;
        }
        if cell.is_ascii()
            && !cell.starts_with('#')
            && !cell.contains(['E', 'e'])
            && !matches!(usage, ColumnUse::Statement("id"))
        {
            return;
        }
        // Only a spreadsheet rounds: the same number in lines of JSON is as a program wrote it.
        let long_number = matches!(usage, ColumnUse::Statement("id"))
            && matches!(grid.places, GridPlaces::Workbook { .. })
            && grid.kind(row, column) == CellKind::Number
            && cell.len() >= 16;
        let damage = if long_number { Some(Damage::Rounded) } else { clean::damage(cell) };
        match damage {
            Some(Damage::Rounded) if !matches!(usage, ColumnUse::Statement("id")) => {}
            Some(damage) => {
                let (what, hint) = damage.in_words();
                let what = format!("`{}` {what}", words::shortened(cell, 60));
                let problem = match damage {
                    Damage::ErrorCell if needed => grid.fault(row, column, what, hint),
                    _ => grid.warning(row, column, what, hint),
                };
                self.problems.push(problem);
            }
            None => {}
        }
    }
}

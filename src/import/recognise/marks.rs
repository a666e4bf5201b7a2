//! Columns of one answer each, with a mark in one of them: `For`, `Neutral`, `Against`. They are not read, and it is said.

use crate::import::column::ColumnUse;
use crate::import::recognise::{Finder, KnownBy};
use crate::import::scale;
use crate::words::listed;

/// What ticks an answer, and what does not.
const MARKS: [&str; 20] = [
    "x", "1", "0", "true", "false", "yes", "no", "y", "n", "✓", "✔", "☑", "☐", "✗", "wahr", "falsch", "vrai", "faux",
    "ja", "nein",
];

impl Finder<'_> {
    /// Reports columns that hold one answer each.
    pub(super) fn one_per_answer(&mut self) {
        let answer = |column: usize| {
            let name = self.names[column].trim();
            // In the header of 2 rows, the answer is behind the question.
            let parts = name.char_indices().filter(|(_, c)| *c == ' ').map(|(at, _)| name[at + 1..].trim());
            let known = std::iter::once(name).chain(parts).find(|part| scale::is_known(part));
            known.map(|answer| (column, answer.to_lowercase()))
        };
        let is_mark = |cell: &str, answer: &str| {
            let lower = cell.to_lowercase();
            MARKS.contains(&lower.as_str()) || lower == *answer
        };
        let ticked = |(column, answer): &(usize, String)| {
            let cells = self.rows.iter().map(|row| self.grid.cell(*row, *column)).filter(|cell| !cell.is_empty());
            cells.clone().count() > 0 && cells.into_iter().all(|cell| is_mark(cell, answer))
        };
        // Their names may have the word `position` before the answer.
        let is_open = |column: &usize| match &self.uses[*column] {
            None => self.profiles[*column].filled > 0,
            Some((usage, by)) => *usage == ColumnUse::PositionOn(None) && *by == KnownBy::ItsName,
        };
        let open = (0..self.names.len()).filter(is_open);
        let found: Vec<(usize, String)> = open.filter_map(answer).filter(ticked).collect();
        let mut answers: Vec<&String> = found.iter().map(|(_, answer)| answer).collect();
        answers.sort();
        answers.dedup();
        if found.len() < 2 || answers.len() < found.len() {
            return;
        }
        let names: Vec<String> = found.iter().map(|(column, _)| format!("`{}`", self.names[*column])).collect();
        let what = format!(
            "{} are one column for each answer, and positions are read from one column with all of them",
            listed(names.iter().map(String::as_str))
        );
        let first = crate::import::grid::letters(found[0].0);
        let second = crate::import::grid::letters(found[1].0);
        let hint = format!(
            "add a column named after the issue that has the answer of each row in words; in a spreadsheet: \
             =IF({first}2<>\"\",\"{}\",IF({second}2<>\"\",\"{}\",…)); to leave these out: --map \"{}=keep\", and so on",
            found[0].1, found[1].1, self.names[found[0].0]
        );
        self.problems.push(self.grid.fault(self.header, found[0].0, what, hint));
        for (column, _) in found {
            self.take(column, ColumnUse::Keep, KnownBy::Nothing);
        }
    }
}

//! Uses that no name gives away: what columns hold, and what is missing.

use std::collections::BTreeSet;

use crate::import::another::{is_bystander, is_other_day, is_other_text};
use crate::import::choice::{names_words, word_of};
use crate::import::clean;
use crate::import::column::{ColumnUse, is_form_time, is_moment, named};
use crate::import::grid::{CellKind, GridPlaces};
use crate::import::profile::LOOKED_AT;
use crate::import::recognise::{Finder, KnownBy, NEEDED, Needs};
use crate::import::settings::ImportSettings;

impl Finder<'_> {
    pub(super) fn by_content(&mut self, settings: &ImportSettings, has_corpus: bool) -> Needs {
        let [date, text, speaker, id] =
            ["date", "text", "speaker", "id"].map(|name| ColumnUse::from_word(name).unwrap_or(ColumnUse::Keep));
        let complete =
            self.is_used(&date) && self.is_used(&text) && (self.is_used(&speaker) || settings.speaker.is_some());
        if has_corpus && self.is_used(&id) && !complete {
            return Needs::Labels;
        }
        let labels = self.has_coders()
            || [ColumnUse::Position, ColumnUse::PositionOn(None)].iter().any(|usage| self.is_used(usage));
        if self.is_used(&id) && labels && !self.is_used(&date) && !self.is_used(&text) && !self.is_used(&speaker) {
            let what = "the table has labels and no statements";
            let hint = "import the statements first, with the same ids; then import this table into the same corpus";
            self.problems.push(self.grid.fault(self.header, 0, what, hint));
            return Needs::Labels;
        }
        // Tools that keep nothing of a statement but its words.
        if has_corpus
            && self.is_used(&text)
            && !self.is_used(&date)
            && self.is_used(&ColumnUse::Issue)
            && settings.date.is_none()
        {
            return Needs::LabelsByText;
        }
        if !self.is_used(&date) && settings.date.is_none() {
            self.counted_moments(&date);
        }
        if !self.is_used(&date) && settings.date.is_none() {
            // Any number of 5 digits may be the serial number of a day, so numbers alone are no dates here.
            let has_dates = |column: &usize| {
                let profile = &self.profiles[*column];
                profile.mostly(profile.dates) && profile.entries_that_are_numbers() == 0
            };
            let (other, dates): (Vec<usize>, Vec<usize>) = self
                .free()
                .filter(has_dates)
                .partition(|column| is_form_time(&self.names[*column]) || self.is_of_work(*column));
            match (&dates[..], &other[..]) {
                (&[], &[one, ..]) => {
                    let which = match is_other_day(&self.names[one]) {
                        true => "is another day than that of the words",
                        false => "is when a form was sent, or when somebody worked on the sheet",
                    };
                    let what = format!("`{}` {which}, and no column says when the words were said", self.names[one]);
                    let hint = format!(
                        "if it is the same day, say so with --map \"{}=date\"; if not, add a column with the day of the words, or \
                         name it with --map \"COLUMN=date\"; if everything was said on one day: --date 2025-08-15",
                        self.names[one]
                    );
                    self.problems.push(self.grid.fault(self.header, one, what, hint));
                }
                (&[one], _) => self.take(one, date, KnownBy::WhatItHolds),
                ([], _) => self.no_date(),
                _ => self.undecided("date", &dates),
            }
        }
        self.day_of_publication();
        if !self.is_used(&text) {
            let is_long = |column: &usize| {
                let profile = &self.profiles[*column];
                // A cell here and there is no quotation in each row.
                profile.mean_letters() >= 20
                    && profile.addresses == 0
                    && profile.filled * 2 >= self.rows.len().min(LOOKED_AT)
                    && !is_other_text(&self.names[*column])
            };
            let mut long: Vec<usize> = self.free().filter(is_long).collect();
            long.sort_by_key(|column| std::cmp::Reverse(self.profiles[*column].mean_letters()));
            match long[..] {
                [] => self.quotations_as_notes(&text),
                [one] => self.take(one, text, KnownBy::WhatItHolds),
                [one, next, ..] if self.profiles[one].mean_letters() >= 2 * self.profiles[next].mean_letters() => {
                    self.take(one, text, KnownBy::WhatItHolds);
                }
                [one, next, ..] => self.undecided("text", &[one, next]),
            }
        }
        if !self.is_used(&speaker) && settings.speaker.is_none() {
            let names: Vec<usize> = self
                .free()
                .filter(|column| {
                    let profile = &self.profiles[*column];
                    profile.mostly(profile.names)
                        && (profile.distinct * 2 <= profile.filled || profile.filled < 10)
                        && !is_bystander(&self.names[*column])
                })
                .collect();
            match names[..] {
                [one] => self.take(one, speaker, KnownBy::WhatItHolds),
                [] => {
                    let alone = (self.header + 1..self.grid.rows()).filter(|row| self.grid.filled(*row) == 1).count();
                    let rows = "; if names stand in rows of their own, write the name into each row below them";
                    let otherwise = "; or, if one person said everything, --speaker \"NAME\"";
                    let rows = if alone > 1 { rows } else { "" };
                    let by_sheet = "; or, if the name of the sheet is that of the speaker, --map sheet=speaker";
                    let by_sheet = if self.grid.name().is_empty() { "" } else { by_sheet };
                    self.missing("speaker", "who said it", &format!("{otherwise}{by_sheet}{rows}"));
                }
                _ => self.undecided("speaker", &names),
            }
        }
        let kind = ColumnUse::Statement("kind");
        if !self.is_used(&kind) {
            let says_kind = |column: &usize| {
                let kinds = self.rows.iter().map(|row| word_of("kind", self.grid.cell(*row, *column)));
                let kinds: Option<BTreeSet<&str>> = kinds.collect();
                // Taxes and elections are direct and indirect, too.
                let of_words = |row: &usize| names_words(self.grid.cell(*row, *column));
                kinds.is_some_and(|kinds| kinds.contains("indirect") && kinds.contains("direct"))
                    && self.rows.iter().any(of_words)
            };
            let found = self.free().find(says_kind);
            if let Some(column) = found {
                self.take(column, kind, KnownBy::WhatItHolds);
            }
        }
        let url = ColumnUse::from_word("source_url").unwrap_or(ColumnUse::Keep);
        if !self.is_used(&url) {
            let addresses = self.free().find(|column| self.profiles[*column].mostly(self.profiles[*column].addresses));
            if let Some(column) = addresses {
                self.take(column, url, KnownBy::WhatItHolds);
            }
        }
        Needs::Statements
    }

    /// A column of moments as programs count them: a column of numbers is one only if its header says so.
    fn counted_moments(&mut self, date: &ColumnUse) {
        let is_record = matches!(self.grid.places, GridPlaces::Lines);
        let found: Vec<usize> = self
            .free()
            .filter(|column| {
                let profile = &self.profiles[*column];
                let is_number = profile.mostly(profile.decimals);
                is_moment(&self.names[*column]) && profile.mostly(profile.dates) && (is_number || is_record)
            })
            .collect();
        if let [one] = found[..] {
            self.take(one, date.clone(), KnownBy::ItsName);
        }
    }

    /// Some people keep quotations below `Notes`. If nearly all of its cells have quotation marks around them, it is so.
    fn quotations_as_notes(&mut self, text: &ColumnUse) {
        const FEWEST_LETTERS: usize = 15;
        let notes = self.column_of(&ColumnUse::Statement("notes")).filter(|column| {
            let profile = &self.profiles[*column];
            profile.filled * 10 >= self.rows.len().min(LOOKED_AT) * 9 && profile.mean_letters() >= FEWEST_LETTERS
        });
        let Some(column) = notes else {
            self.missing("text", "the quotations", "");
            return;
        };
        let is_quoted = |row: &&usize| clean::without_outer_marks(self.grid.cell(**row, column)).is_some();
        let quoted = self.rows.iter().filter(is_quoted).count();
        if quoted * 10 >= self.rows.len() * 9 {
            self.take(column, text.clone(), KnownBy::WhatItHolds);
        } else {
            let otherwise = format!("; if `{0}` has them: --map \"{0}=text\"", self.names[column]);
            self.missing("text", "the quotations", &otherwise);
        }
    }

    /// A column of positions below an empty header has no issue. It is kept, and a person should know.
    pub(super) fn without_name(&mut self) {
        let is_it = |column: &usize| {
            self.names[*column].is_empty() && self.uses[*column].is_none() && self.profiles[*column].is_positions()
        };
        for column in (0..self.names.len()).filter(is_it).collect::<Vec<usize>>() {
            let letters = crate::import::grid::letters(column);
            let what = format!("the column {letters} has no name, and its cells may be positions; it is kept as it is");
            let problem = self.grid.warning(self.header, column, what, "write the name of its issue above it");
            self.problems.push(problem);
        }
    }

    /// A column of formulas that nobody has calculated looks empty.
    pub(super) fn without_values(&mut self) {
        let formulas = |column: usize| {
            self.rows.iter().find(|row| self.grid.kind(**row, column) == CellKind::Uncalculated).copied()
        };
        let empty = (0..self.names.len()).filter(|column| self.profiles[*column].filled == 0);
        let found: Vec<(usize, usize)> = empty.filter_map(|column| Some((column, formulas(column)?))).collect();
        for (column, row) in found {
            let what =
                format!("the formulas of the column `{}` have no stored values, so it is empty", self.names[column]);
            let hint = "open the workbook in a spreadsheet and save it, so that it stores the values of its formulas";
            // Another column would take the place of one that is meant, and be charted.
            let is_meant = match &self.uses[column] {
                Some((usage, _)) => !matches!(usage, ColumnUse::Keep | ColumnUse::Ignore),
                None => named(&self.names[column]).iter().any(|(usage, _)| NEEDED.contains(usage)),
            };
            let no_positions =
                || !self.uses.iter().flatten().any(|(usage, _)| usage.is_wide() || *usage == ColumnUse::Position);
            let problem = match is_meant || (self.uses[column].is_none() && no_positions()) {
                true => {
                    let hint = format!("{hint}; if it is not meant: --map \"{}=ignore\"", self.names[column]);
                    self.grid.fault(row, column, what, hint)
                }
                false => self.grid.warning(row, column, what, hint),
            };
            self.problems.push(problem);
        }
    }
}

//! Columns of positions, and those that may be some.

use crate::import::column::{ColumnUse, is_counted};
use crate::import::grid::Grid;
use crate::import::profile::{MOST_WORDS, Profile};
use crate::import::recognise::{Finder, KnownBy, Recognised};
use crate::import::scale;

impl Finder<'_> {
    /// Columns of positions among those that nothing else claims.
    pub(super) fn positions(&mut self) {
        let long = self.is_used(&ColumnUse::Position) || (self.is_used(&ColumnUse::Issue) && self.has_coders());
        let free: Vec<usize> = self.free().filter(|column| !self.names[*column].is_empty()).collect();
        if long {
            return;
        }
        let named = (0..self.names.len())
            .filter(|column| matches!(&self.uses[*column], Some((ColumnUse::PositionOn(None), KnownBy::ItsName))));
        let mut open: Vec<usize> = free.iter().copied().chain(named).collect();
        open.sort_unstable();
        self.by_coder(&open);
        for column in free {
            if self.uses[column].is_none() && self.profiles[column].is_positions() {
                self.take(column, ColumnUse::PositionOn(None), KnownBy::WhatItHolds);
            }
        }
        if !self.uses.iter().flatten().any(|(usage, _)| usage.is_wide()) {
            self.ratings();
        }
        self.other_scales();
    }

    /// Numbers such as 1 to 5 below a header that names nothing else, if nothing in the sheet is a column of positions.
    pub(super) fn ratings(&mut self) {
        let may = |column: &usize| !self.names[*column].is_empty() && !is_counted(&self.names[*column]);
        let free: Vec<usize> = self.free().filter(may).filter(|column| self.profiles[*column].is_ratings()).collect();
        for column in free {
            self.take(column, ColumnUse::PositionOn(None), KnownBy::WhatItHolds);
        }
    }

    /// Beside positions, whole numbers within their range may be positions, too. To leave them out without a word would
    /// lose an issue, and to take them might be wrong.
    pub(super) fn other_scales(&mut self) {
        let numbers = |column: usize| self.profiles[column].numbers.iter();
        let scales =
            (0..self.names.len()).filter(|column| matches!(&self.uses[*column], Some((ColumnUse::PositionOn(_), _))));
        // Scales of one sheet are about as long.
        const USUAL: i32 = 5;
        let Some(most) = scales.flat_map(numbers).map(|position| position.0.max(USUAL)).max() else { return };
        let alike = |column: &usize| {
            let profile = &self.profiles[*column];
            let small = profile.may_be_ratings() && numbers(*column).all(|position| position.0 <= most);
            small && !is_counted(&self.names[*column])
        };
        let unsure: Vec<usize> = self.free().filter(|column| !self.names[*column].is_empty()).filter(alike).collect();
        for column in unsure {
            let name = self.names[column].clone();
            let what = format!(
                "`{name}` has whole numbers as the columns of positions have, and nothing says whether it is one"
            );
            let hint = format!("say so with --map \"{name}=position\" or --map \"{name}=keep\"");
            self.problems.push(self.grid.fault(self.header, column, what, hint));
        }
    }
}

/// Columns that hold small whole numbers, or a few short words again and again, and may be positions. Only a person
/// knows.
pub fn possible_scales<'n>(grid: &Grid, rows: &[usize], columns: &'n [Recognised], words_too: bool) -> Vec<&'n str> {
    let may = |(column, known): &(usize, &Recognised)| {
        let profile = Profile::of(grid, rows, *column);
        let words = words_too
            && (2..=7).contains(&profile.distinct)
            && (profile.distinct * 3 <= profile.filled
                || profile.is_letters()
                || profile.words.iter().any(|word| scale::is_graded(std::iter::once(word.as_str()))))
            && profile.numbers.is_empty()
            && profile.longest <= 30
            && profile.dates + profile.addresses == 0;
        let free = known.usage == ColumnUse::Keep && known.by == KnownBy::Nothing && !known.header.is_empty();
        free && !is_counted(&known.header) && (profile.may_be_ratings() || words)
    };
    columns.iter().enumerate().filter(may).map(|(_, known)| known.header.as_str()).collect()
}

/// Columns of numbers, whole or not, which a person may have meant as positions.
pub fn numeric<'n>(grid: &Grid, rows: &[usize], columns: &'n [Recognised]) -> Vec<&'n str> {
    let may = |(column, known): &(usize, &Recognised)| {
        let profile = Profile::of(grid, rows, *column);
        let free = known.usage == ColumnUse::Keep && known.by == KnownBy::Nothing && !known.header.is_empty();
        free && !is_counted(&known.header)
            && profile.mostly(profile.decimals)
            && !(profile.running && profile.numbers.len() > 2)
            && profile.distinct > 1
    };
    columns.iter().enumerate().filter(may).map(|(_, known)| known.header.as_str()).collect()
}

/// Columns of short texts that come again, or of numbers among words: what is left that may be positions.
pub fn short<'n>(grid: &Grid, rows: &[usize], columns: &'n [Recognised]) -> Vec<&'n str> {
    let may = |(column, known): &(usize, &Recognised)| {
        let profile = Profile::of(grid, rows, *column);
        let free = known.usage == ColumnUse::Keep && known.by == KnownBy::Nothing && !known.header.is_empty();
        let few = (2..=MOST_WORDS).contains(&profile.distinct) && profile.longest <= 60;
        free && few && profile.dates + profile.addresses == 0 && !is_counted(&known.header)
    };
    columns.iter().enumerate().filter(may).map(|(_, known)| known.header.as_str()).collect()
}

/// Columns of few words that come again and again, and may be the issue of each position. Only a person knows.
pub fn possible_issues<'n>(grid: &Grid, rows: &[usize], columns: &'n [Recognised]) -> Vec<&'n str> {
    let may = |(column, known): &(usize, &Recognised)| {
        let profile = Profile::of(grid, rows, *column);
        known.usage == ColumnUse::Keep
            && known.by == KnownBy::Nothing
            && (2..=MOST_WORDS).contains(&profile.distinct)
            && profile.distinct * 2 <= profile.filled
            && profile.numbers.is_empty()
            && profile.dates + profile.addresses == 0
            && profile.longest <= 40
            && !profile.is_letters()
            && !profile.example.contains('@')
            && !profile.is_mostly_known_words()
            && !scale::is_graded(profile.words.iter().map(String::as_str))
    };
    columns.iter().enumerate().filter(may).map(|(_, known)| known.header.as_str()).collect()
}

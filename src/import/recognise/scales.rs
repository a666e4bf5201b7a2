//! Columns of positions, and those that may be some.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use crate::codebook::Position;
use crate::import::another::is_companion;
use crate::import::column::{ColumnUse, Naming, is_attribute, is_counted, named};
use crate::import::grid::Grid;
use crate::import::profile::{LOOKED_AT, MOST_WORDS, Profile};
use crate::import::recognise::{Finder, KnownBy, Recognised};
use crate::import::scale::{self, Entry};

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
        let may = |column: &usize| {
            let name = &self.names[*column];
            !name.is_empty() && !is_counted(name) && !is_companion(name)
        };
        let free: Vec<usize> = self.free().filter(may).filter(|column| self.profiles[*column].is_ratings()).collect();
        for column in free {
            self.take(column, ColumnUse::PositionOn(None), KnownBy::WhatItHolds);
        }
    }

    /// Beside positions, other columns of few answers in an order may be positions, too. To leave them out without a word
    /// would lose an issue, and to take them might be wrong.
    pub(super) fn other_scales(&mut self) {
        let numbers = |column: usize| self.profiles[column].numbers.iter();
        let scales: Vec<usize> = (0..self.names.len())
            .filter(|column| matches!(&self.uses[*column], Some((ColumnUse::PositionOn(_), _))))
            .collect();
        if scales.is_empty() {
            return;
        }
        // Scales of one sheet are about as long. Beside words, whole numbers are as likely a count.
        const USUAL: i32 = 5;
        let highest = scales.iter().flat_map(|column| numbers(*column)).map(|position| position.0).max();
        let most = highest.unwrap_or(USUAL).max(USUAL);
        let alike = |column: usize| {
            let small = self.profiles[column].may_be_ratings() && numbers(column).all(|position| position.0 <= most);
            small && highest.is_some()
        };
        let means_else = |column: usize| {
            let known = named(&self.names[column]);
            let other = |(usage, naming): &(&str, Naming)| *usage != "position" && *naming != Naming::Loose;
            known.iter().any(other)
                || is_counted(&self.names[column])
                || is_attribute(&self.names[column])
                || is_companion(&self.names[column])
        };
        let open = self.free().filter(|column| !self.names[*column].is_empty() && !means_else(*column));
        let unsure: Vec<(usize, OrderedCells)> = open
            .filter_map(|column| match alike(column) {
                true => Some((column, OrderedCells::of("whole numbers as the columns of positions have"))),
                false => Some((column, self.ordered(column, most)?)),
            })
            .collect();
        for (column, OrderedCells { what, levels }) in unsure {
            let name = self.names[column].clone();
            let what = format!("`{name}` has {what}, and nothing says whether it is one");
            let hint = match levels {
                None => format!("say so with --map \"{name}=position\" or --map \"{name}=keep\""),
                Some(levels) => format!(
                    "if it is, name its levels, the lowest first: --levels \"{name}={levels}\"; if not: --map \"{name}=keep\""
                ),
            };
            self.problems.push(self.grid.fault(self.header, column, what, hint));
        }
    }

    /// What the cells of a column are, if they are the few answers to one question, in an order: numbers with codes,
    /// halves, signs, letters, true and false, words that say how much or on which side. `None` if they are anything else.
    fn ordered(&self, column: usize, most: i32) -> Option<OrderedCells> {
        let all = self.rows.iter().map(|row| self.grid.cell(*row, column).trim()).filter(|cell| !cell.is_empty());
        let looked_at: Vec<&str> = all.take(LOOKED_AT).collect();
        let with_dashes: BTreeSet<&str> = looked_at.iter().copied().collect();
        // What comes only once is hardly a level.
        if with_dashes.len() > MOST_WORDS || with_dashes.len() >= looked_at.len() {
            return None;
        }
        let each = || with_dashes.iter().copied();
        if let Some(signs) =
            scale::signs(each()).filter(|signs| signs.iter().any(|sign| sign.contains(['-', '−', '–'])))
        {
            return Some(OrderedCells::with("signs, as a column of positions may have", &signs));
        }
        let cells: Vec<&str> = each().filter(|cell| scale::read(cell) != Entry::Nothing).collect();
        let each = || cells.iter().copied();
        if cells.len() < 2 {
            return None;
        }
        if let Some(truths) = scale::truths(each()) {
            return Some(OrderedCells::with("true and false, as a column of positions may have", &truths));
        }
        if let Some(amounts) = scale::amounts(each()) {
            return Some(OrderedCells::with("words for little and much, as a column of positions may have", &amounts));
        }
        if have_codes(&cells, most) {
            return Some(OrderedCells::of("whole numbers and codes such as 99, as a column of positions may have"));
        }
        if are_halves(&cells, most) {
            let mut numbers = cells.clone();
            numbers.sort_by(|one, other| {
                scale::decimal(one).partial_cmp(&scale::decimal(other)).unwrap_or(Ordering::Equal)
            });
            // A comma separates the levels.
            let whole = numbers.iter().map(|number| number.replace(',', ".")).collect::<Vec<String>>();
            let whole: Vec<&str> = whole.iter().map(String::as_str).collect();
            return Some(OrderedCells::with("halves of numbers, as a column of positions may have", &whole));
        }
        let letters: BTreeSet<char> =
            cells.iter().flat_map(|cell| cell.to_lowercase().chars().collect::<Vec<_>>()).collect();
        let from_the_first =
            |alphabet: &str| alphabet.chars().zip(letters.iter().copied()).all(|(one, other)| one == other);
        let single = cells.len() == letters.len() && cells.iter().all(|cell| cell.chars().count() == 1);
        if single
            && (3..=7).contains(&letters.len())
            && ["abcdefg", "абвгдеж"].iter().any(|known| from_the_first(known))
        {
            return Some(OrderedCells::with("letters, as a column of positions may have", &cells));
        }
        let worded = |cell: &&str| !scale::is_no_position(cell);
        let texts: Vec<&str> = each().filter(worded).collect();
        let has_sides = |side: &dyn Fn(&str) -> Option<i32>| {
            let sides: BTreeSet<i32> = texts.iter().filter_map(|text| side(text)).collect();
            let known = texts.iter().filter(|text| side(text).is_some()).count();
            sides.contains(&-1) && sides.contains(&1) && known * 4 >= texts.len() * 3
        };
        if texts.iter().all(|text| scale::is_any_answer(text)) && has_sides(&|text| scale::side(text)) {
            return Some(OrderedCells::of("yes and no, as a column of positions may have"));
        }
        const LONGEST: usize = 40;
        let short = texts.iter().all(|text| text.chars().count() <= LONGEST);
        (short
            && has_sides(&|text| {
                scale::side(text).filter(|_| !scale::is_any_answer(text)).or_else(|| scale::pole(text))
            }))
        .then(|| OrderedCells::of("words for and against something, as a column of positions may have"))
    }
}

/// Whether all cells are numbers in steps of a half, such as 0, 0.5 and 1.
fn are_halves(cells: &[&str], most: i32) -> bool {
    let numbers: Option<Vec<f64>> = cells.iter().map(|cell| scale::decimal(cell)).collect();
    let is_half = |number: &f64| number.abs() <= f64::from(most) && (number * 2.0).fract() == 0.0;
    numbers.is_some_and(|numbers| numbers.iter().all(is_half) && numbers.iter().any(|number| number.fract() != 0.0))
}

/// Whether all cells are small whole numbers, but for one or more that surveys write for "no answer".
fn have_codes(cells: &[&str], most: i32) -> bool {
    let numbers: Option<Vec<i32>> = cells.iter().map(|cell| Some(Position::read(cell)?.0)).collect();
    let Some(numbers) = numbers else { return false };
    let (small, others): (Vec<i32>, Vec<i32>) = numbers.into_iter().partition(|number| (0..=most).contains(number));
    small.len() >= 2 && !others.is_empty() && others.iter().all(|number| scale::is_code(*number))
}

/// What the few different cells of a column are, as a message has it, and all of them in their order if `--levels` has to name it.
struct OrderedCells {
    what: &'static str,
    levels: Option<String>,
}

impl OrderedCells {
    fn of(what: &'static str) -> Self {
        OrderedCells { what, levels: None }
    }

    fn with(what: &'static str, levels: &[&str]) -> Self {
        OrderedCells { what, levels: Some(levels.join(",")) }
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

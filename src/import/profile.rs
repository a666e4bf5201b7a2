//! What the cells of a column have in common, whatever its name is.

use std::collections::BTreeSet;

use crate::codebook::Position;
use crate::import::clean::{self, Damage};
use crate::import::day::{self, WrittenDay};
use crate::import::grid::Grid;
use crate::import::scale::{self, Entry};
use crate::words::shortened;

/// How many cells of a column show what it holds.
pub const LOOKED_AT: usize = 2_000;
/// The numbers that a scale may have, without their signs.
const MOST_LEVEL: i32 = 10;
/// The longest text that may be the name of a person, in characters.
pub const LONGEST_NAME: usize = 80;
/// How many different words a scale may have.
pub const MOST_WORDS: usize = 12;

/// What the cells of a column have in common.
#[derive(Debug, Default)]
pub struct Profile {
    pub filled: usize,
    /// Dates, months and the serial numbers of days; no years, which may be any number.
    pub dates: usize,
    pub addresses: usize,
    /// Cells with a number, whole or not.
    pub decimals: usize,
    pub letters: usize,
    pub names: usize,
    pub entries: usize,
    /// Cells with a whole number that a scale may have.
    pub levels: usize,
    /// Cells with words whose place on a scale is known.
    pub known_words: usize,
    /// Cells with a plus sign before a number.
    pub pluses: usize,
    /// The numbers that have words of a known level beside them: `1 - Strongly disagree`.
    pub worded: BTreeSet<Position>,
    /// Whether a cell says that somebody abstained.
    pub abstains: bool,
    /// Cells that are short enough for a name.
    pub short: usize,
    /// Whether each number is one more than the number before it.
    pub running: bool,
    pub longest: usize,
    pub distinct: usize,
    pub numbers: BTreeSet<Position>,
    pub words: BTreeSet<String>,
    pub example: String,
}

impl Profile {
    pub fn of(grid: &Grid, rows: &[usize], column: usize) -> Profile {
        let mut profile = Profile { running: true, ..Profile::default() };
        let mut before: Option<Position> = None;
        let (mut accounting, mut in_accounting) = (BTreeSet::new(), 0);
        let mut texts: BTreeSet<&str> = BTreeSet::new();
        let is_number = |cell: &str| cell.replace(',', ".").parse::<f64>().is_ok();
        let cells = rows.iter().map(|row| grid.cell(*row, column)).filter(|cell| !cell.is_empty());
        for cell in cells.take(LOOKED_AT) {
            if profile.example.is_empty() {
                profile.example = shortened(cell, 40);
            }
            profile.filled += 1;
            // An error of a spreadsheet says nothing about the column, and is reported in its place.
            if clean::damage(cell) == Some(Damage::ErrorCell) {
                continue;
            }
            texts.insert(cell);
            profile.dates += usize::from(!matches!(day::read(cell), WrittenDay::Unknown | WrittenDay::Year(_)));
            profile.decimals += usize::from(is_number(cell));
            profile.addresses += usize::from(cell.starts_with("http://") || cell.starts_with("https://"));
            let letters = cell.chars().count();
            profile.letters += letters;
            profile.short += usize::from(letters <= LONGEST_NAME);
            profile.longest = profile.longest.max(cell.len());
            profile.names += usize::from(is_name(cell));
            match scale::read(cell) {
                Entry::Number(position, beside) => {
                    if beside.is_some_and(|words| scale::is_known(&words) && !scale::is_any_answer(&words)) {
                        profile.worded.insert(position);
                    }
                    profile.entries += 1;
                    profile.levels += usize::from(position.0.abs() <= MOST_LEVEL);
                    profile.pluses += usize::from(cell.starts_with('+'));
                    profile.running &= before.is_none_or(|before| before.0 + 1 == position.0);
                    before = Some(position);
                    profile.numbers.insert(position);
                }
                Entry::Words(words) if scale::is_no_position(&words) => {
                    profile.abstains |= scale::is_abstention(&words);
                    profile.entries += 1;
                    profile.known_words += 1;
                }
                Entry::Words(words) if scale::accounting(&words).is_some() => {
                    profile.entries += 1;
                    accounting.insert(cell);
                    in_accounting += 1;
                }
                Entry::Words(words) => {
                    profile.entries += 1;
                    profile.known_words += usize::from(scale::is_known(&words));
                    if profile.words.len() <= MOST_WORDS {
                        profile.words.insert(scale::bare_words(&words));
                    }
                }
                Entry::Nothing => {}
            }
        }
        profile.distinct = texts.len();
        let negative: BTreeSet<Position> = accounting.iter().filter_map(|cell| scale::accounting(cell)).collect();
        if profile.words.is_empty() && scale::are_accounting(&profile.numbers, &negative) {
            profile.levels += in_accounting;
            profile.numbers.extend(negative);
        } else {
            profile.words.extend(accounting.into_iter().map(scale::bare_words).take(MOST_WORDS));
        }
        profile
    }

    pub fn mostly(&self, count: usize) -> bool {
        self.filled > 0 && count * 10 >= self.filled * 9
    }

    pub fn entries_that_are_numbers(&self) -> usize {
        self.numbers.len()
    }

    pub fn mean_letters(&self) -> usize {
        self.letters / self.filled.max(1)
    }

    /// Whether nearly all cells are whole numbers of a scale. The others may be slips, such as `1.5` or `?`.
    pub fn is_mostly_numbers(&self) -> bool {
        self.levels >= 3 && self.levels * 4 >= self.entries * 3 && self.longest <= 40
    }

    /// Whether nearly all cells are 2 or more different words of a scale. The others may be slips, or say that there is
    /// no position in words of the sheet's own.
    pub fn is_mostly_known_words(&self) -> bool {
        let known = self.words.iter().filter(|word| scale::is_known(word)).count();
        let sided = self.words.iter().filter(|word| scale::is_known(word)).any(|word| !scale::is_any_answer(word));
        (sided || self.abstains)
            && known >= 2
            && self.words.len() <= MOST_WORDS
            && self.known_words >= 3
            && self.known_words * 4 >= self.entries * 3
            && self.longest <= 60
    }

    /// Whether the column may hold positions, if its name says so.
    pub fn may_be_positions(&self) -> bool {
        let numbers = self.words.is_empty() && self.numbers.iter().all(|position| position.0.abs() <= MOST_LEVEL);
        let words = self.numbers.is_empty() && self.words.len() <= MOST_WORDS && self.mean_letters() <= 40;
        self.entries > 0 && self.addresses == 0 && (numbers || words || self.is_mostly_known_words())
    }

    /// Whether the column can hold nothing else than positions, whatever its name.
    pub fn is_positions(&self) -> bool {
        let small = self.numbers.iter().filter(|position| position.0.abs() <= MOST_LEVEL);
        let signed = small.clone().any(|position| position.0 < 0) || self.pluses > 0;
        let whole = self.words.is_empty() && small.count() == self.numbers.len();
        let numbers = self.entries > 0 && signed && (whole || self.is_mostly_numbers());
        // `yes` and `no` alone may answer anything; with `abstain`, they are votes.
        let votes = self.abstains || self.words.iter().any(|word| !scale::is_any_answer(word));
        let graded = votes && scale::is_graded(self.words.iter().map(String::as_str));
        let worded = self.worded.len() >= 2 && self.levels * 4 >= self.entries * 3;
        numbers
            || worded
            || (self.numbers.is_empty() && graded && !self.words.is_empty())
            || self.is_mostly_known_words()
    }

    /// Whether the cells are small whole numbers, and hardly anything else.
    pub fn is_small_numbers(&self) -> bool {
        let small = self.numbers.iter().all(|position| position.0.abs() <= MOST_LEVEL);
        (self.words.is_empty() && !self.numbers.is_empty() && small) || self.is_mostly_numbers()
    }

    /// Whether the column may hold names of coders: short texts that come again, in nearly all rows.
    pub fn may_be_coders(&self, rows: usize) -> bool {
        self.may_be_numbers_of_coders(rows) && !self.is_small_numbers()
    }

    /// The same, if coders have numbers, as the header says.
    pub fn may_be_numbers_of_coders(&self, rows: usize) -> bool {
        const LONGEST: usize = 80;
        let again = self.distinct * 2 <= self.filled || self.filled < 10;
        let filled = self.filled * 10 >= rows.min(LOOKED_AT) * 8;
        again && filled && self.longest <= LONGEST && !self.is_positions()
    }

    /// Whether the cells are a few single letters, as codes of levels are.
    pub fn is_letters(&self) -> bool {
        let letter = |word: &String| word.chars().count() == 1 && word.chars().all(char::is_alphabetic);
        self.numbers.is_empty() && (2..=7).contains(&self.words.len()) && self.words.iter().all(letter)
    }

    /// Whether the column has numbers that are probably a scale from 1 on, and may be something else.
    pub fn may_be_ratings(&self) -> bool {
        let (Some(low), Some(high)) = (self.numbers.first(), self.numbers.last()) else { return false };
        // A running number counts rows.
        let counts = self.running && self.entries > 2;
        self.words.is_empty() && low.0 >= 0 && high.0 <= MOST_LEVEL && self.numbers.len() >= 2 && !counts
    }
}

impl Profile {
    /// Whether the numbers are those of a usual scale from 1 on, such as 1 to 5, and hardly anything else.
    pub fn is_ratings(&self) -> bool {
        const USUAL: i32 = 7;
        let (Some(low), Some(high)) = (self.numbers.first(), self.numbers.last()) else { return false };
        self.may_be_ratings()
            && low.0 >= 1
            && high.0 <= USUAL
            && self.numbers.len() >= 3
            && self.distinct * 3 <= self.filled * 2
    }
}

/// Whether a text looks like the name of a person: 2 to 5 words, most of them with a capital.
fn is_name(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let capitals = words.iter().filter(|word| word.chars().next().is_some_and(char::is_uppercase)).count();
    (2..=5).contains(&words.len())
        && capitals >= 2
        && !text.contains(|c: char| c.is_ascii_digit() || ".!?;:".contains(c) && c != '.')
}

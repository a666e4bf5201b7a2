//! What each column of a sheet is for: by what a person says, by its name, or by what it holds. What would have to be
//! guessed is a fault that names the flag to give.

use std::collections::{BTreeSet, HashMap};
use std::fmt;

use crate::codebook::{Codebook, Position};
use crate::error::Problem;
use crate::import::column::{ColumnUse, Naming, bare_header, is_form_time, named};
use crate::import::day::{self, WrittenDay};
use crate::import::grid::Grid;
use crate::import::scale::{self, Entry};
use crate::import::settings::ImportSettings;
use crate::words::{guess_before, listed, shortened};

/// How many cells of a column show what it holds.
const LOOKED_AT: usize = 2_000;
/// The numbers that a scale may have, without their signs.
const MOST_LEVEL: i32 = 10;
/// How many different words a scale may have.
const MOST_WORDS: usize = 12;

/// A column and what it is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recognised {
    /// Its name, as written.
    pub header: String,
    /// What it is for.
    pub usage: ColumnUse,
    /// How that is known.
    pub by: KnownBy,
    /// A cell of it.
    pub example: String,
}

/// How it is known what a column is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KnownBy {
    /// A flag or `import.toml`.
    You,
    /// The codebook has an issue of this name.
    TheCodebook,
    /// Its name.
    ItsName,
    /// What it holds.
    WhatItHolds,
    /// Nothing: it is kept.
    Nothing,
}

/// As people read it.
impl fmt::Display for KnownBy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            KnownBy::You => "you say so",
            KnownBy::TheCodebook => "an issue of the codebook",
            KnownBy::ItsName => "its name",
            KnownBy::WhatItHolds => "what it holds",
            KnownBy::Nothing => "",
        })
    }
}

/// What the cells of a column have in common.
#[derive(Debug, Default)]
struct Profile {
    filled: usize,
    /// Dates, months and the serial numbers of days; no years, which may be any number.
    dates: usize,
    addresses: usize,
    letters: usize,
    names: usize,
    entries: usize,
    distinct: usize,
    numbers: BTreeSet<Position>,
    words: BTreeSet<String>,
    example: String,
}

impl Profile {
    fn of(grid: &Grid, rows: &[usize], column: usize) -> Profile {
        let mut profile = Profile::default();
        let mut texts: BTreeSet<&str> = BTreeSet::new();
        let cells = rows.iter().map(|row| grid.cell(*row, column)).filter(|cell| !cell.is_empty());
        for cell in cells.take(LOOKED_AT) {
            if profile.example.is_empty() {
                profile.example = shortened(cell, 40);
            }
            profile.filled += 1;
            texts.insert(cell);
            profile.dates += usize::from(!matches!(day::read(cell), WrittenDay::Unknown | WrittenDay::Year(_)));
            profile.addresses += usize::from(cell.starts_with("http://") || cell.starts_with("https://"));
            profile.letters += cell.chars().count();
            profile.names += usize::from(is_name(cell));
            match scale::read(cell) {
                Entry::Number(position, _) => {
                    profile.entries += 1;
                    profile.numbers.insert(position);
                }
                Entry::Words(words) if scale::is_no_position(&words) => profile.entries += 1,
                Entry::Words(words) => {
                    profile.entries += 1;
                    if profile.words.len() <= MOST_WORDS {
                        profile.words.insert(scale::bare_words(&words));
                    }
                }
                Entry::Nothing => {}
            }
        }
        profile.distinct = texts.len();
        profile
    }

    fn mostly(&self, count: usize) -> bool {
        self.filled > 0 && count * 10 >= self.filled * 9
    }

    fn entries_that_are_numbers(&self) -> usize {
        self.numbers.len()
    }

    fn mean_letters(&self) -> usize {
        self.letters / self.filled.max(1)
    }

    /// Whether the column may hold positions, if its name says so.
    fn may_be_positions(&self) -> bool {
        let numbers = self.words.is_empty() && self.numbers.iter().all(|position| position.0.abs() <= MOST_LEVEL);
        let words = self.numbers.is_empty() && self.words.len() <= MOST_WORDS && self.mean_letters() <= 40;
        self.entries > 0 && self.addresses == 0 && (numbers || words)
    }

    /// Whether the column can hold nothing else than positions, whatever its name.
    fn is_positions(&self) -> bool {
        if self.entries == 0 || self.numbers.iter().any(|position| position.0.abs() > MOST_LEVEL) {
            return false;
        }
        let signed = self.numbers.first().is_some_and(|lowest| lowest.0 < 0);
        let numbers = self.words.is_empty() && signed;
        let words = self.numbers.is_empty() && scale::is_graded(self.words.iter().map(String::as_str));
        numbers || (words && !self.words.is_empty())
    }

    /// Whether the column has numbers that are probably a scale from 1 on, and may be something else.
    fn may_be_ratings(&self) -> bool {
        let (Some(low), Some(high)) = (self.numbers.first(), self.numbers.last()) else { return false };
        self.words.is_empty() && low.0 >= 0 && high.0 <= MOST_LEVEL && self.numbers.len() >= 2
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

/// What is needed of a sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Needs {
    /// Statements: a date, a text and a speaker.
    Statements,
    /// Only labels of statements that the corpus has: their ids.
    Labels,
}

/// Finds out what each column is for. Faults are added to `problems`, and notes say what a person should look at.
pub fn columns(
    grid: &Grid,
    header: usize,
    rows: &[usize],
    settings: &ImportSettings,
    codebook: Option<&Codebook>,
    problems: &mut Vec<Problem>,
) -> (Vec<Recognised>, Needs) {
    let names = crate::import::header::names(grid, header);
    let profiles: Vec<Profile> = (0..grid.width()).map(|column| Profile::of(grid, rows, column)).collect();
    let mut uses: Vec<Option<(ColumnUse, KnownBy)>> = vec![None; grid.width()];
    let mut finder = Finder { grid, header, names: &names, profiles: &profiles, uses: &mut uses, problems };
    finder.by_settings(settings);
    if let Some(codebook) = codebook {
        finder.by_codebook(codebook);
    }
    finder.by_level_orders(settings);
    finder.by_name();
    finder.labels();
    let needs = finder.by_content(settings, codebook.is_some());
    finder.positions();
    let recognised = names.iter().zip(uses).zip(&profiles).map(|((header, usage), profile)| {
        let empty = profile.filled == 0;
        let (usage, by) = usage.unwrap_or((if empty { ColumnUse::Ignore } else { ColumnUse::Keep }, KnownBy::Nothing));
        Recognised { header: header.clone(), usage, by, example: profile.example.clone() }
    });
    (recognised.collect(), needs)
}

struct Finder<'f> {
    grid: &'f Grid,
    header: usize,
    names: &'f [String],
    profiles: &'f [Profile],
    uses: &'f mut Vec<Option<(ColumnUse, KnownBy)>>,
    problems: &'f mut Vec<Problem>,
}

impl Finder<'_> {
    fn is_used(&self, usage: &ColumnUse) -> bool {
        self.column_of(usage).is_some()
    }

    fn column_of(&self, usage: &ColumnUse) -> Option<usize> {
        self.uses.iter().position(|known| known.as_ref().is_some_and(|(known, _)| known == usage))
    }

    fn free(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.names.len()).filter(|column| self.uses[*column].is_none() && self.profiles[*column].filled > 0)
    }

    fn take(&mut self, column: usize, usage: ColumnUse, by: KnownBy) {
        self.uses[column] = Some((usage, by));
    }

    fn by_settings(&mut self, settings: &ImportSettings) {
        for (wanted, usage) in &settings.columns {
            let same = |name: &&String| *name == wanted;
            let alike = |name: &&String| !name.is_empty() && bare_header(name) == bare_header(wanted);
            let Some(column) = self
                .names
                .iter()
                .position(|name| same(&name))
                .or_else(|| self.names.iter().position(|name| alike(&name)))
            else {
                continue;
            };
            // Flags come before `import.toml`, and the first of 2 counts.
            if self.uses[column].is_none() {
                self.take(column, usage.clone(), KnownBy::You);
            }
        }
    }

    fn by_codebook(&mut self, codebook: &Codebook) {
        for column in 0..self.names.len() {
            let name = bare_header(&self.names[column]);
            let issue =
                codebook.issues.iter().find(|issue| bare_header(&issue.id) == name || bare_header(&issue.name) == name);
            if let Some(issue) = issue.filter(|_| self.uses[column].is_none() && !name.is_empty()) {
                self.take(column, ColumnUse::PositionOn(Some(issue.id.clone())), KnownBy::TheCodebook);
            }
        }
    }

    /// A column whose levels a person has put in order holds positions, whatever else it looks like.
    fn by_level_orders(&mut self, settings: &ImportSettings) {
        for (wanted, _) in &settings.level_orders {
            let named = |name: &String| !name.is_empty() && bare_header(name) == bare_header(wanted);
            let column = self.names.iter().position(named).filter(|column| self.uses[*column].is_none());
            if let Some(column) = column {
                self.take(column, ColumnUse::PositionOn(None), KnownBy::You);
            }
        }
    }

    /// Gives each use to the column that is named best for it.
    fn by_name(&mut self) {
        let mut candidates: Vec<(Naming, usize, &'static str)> = Vec::new();
        for column in self.free() {
            if !is_form_time(&self.names[column]) {
                candidates
                    .extend(named(&self.names[column]).into_iter().map(|(usage, naming)| (naming, column, usage)));
            }
        }
        let fits = |column: usize, usage: &str| {
            let profile = &self.profiles[column];
            match usage {
                "date" | "source_date" => profile.dates * 2 >= profile.filled,
                "source_url" => profile.addresses * 2 >= profile.filled,
                "position" => profile.may_be_positions(),
                "kind" | "verified" | "date_precision" => profile.distinct <= 4,
                "text" => profile.addresses == 0 && profile.dates * 2 < profile.filled && profile.mean_letters() >= 4,
                "venue" | "source_publisher" | "source_title" | "role" => profile.addresses * 2 < profile.filled,
                "speaker" => profile.addresses == 0 && profile.dates == 0 && profile.mean_letters() <= 80,
                _ => true,
            }
        };
        candidates.retain(|(naming, column, usage)| {
            *naming == Naming::Exact && matches!(*usage, "date" | "text" | "id" | "coder" | "issue")
                || fits(*column, usage)
        });
        candidates.sort_by_key(|(naming, column, _)| (std::cmp::Reverse(*naming), *column));
        let mut reported: Vec<&str> = Vec::new();
        for (naming, column, usage) in &candidates {
            let wanted = match *usage {
                "coder" => ColumnUse::Coder,
                "issue" => ColumnUse::Issue,
                "rationale" => ColumnUse::Rationale,
                "position" => ColumnUse::PositionOn(None),
                known => match ColumnUse::from_word(known) {
                    Some(usage) => usage,
                    None => continue,
                },
            };
            let several = matches!(wanted, ColumnUse::PositionOn(None));
            if self.uses[*column].is_some() || (self.is_used(&wanted) && !several) {
                continue;
            }
            let rivals: Vec<usize> = candidates
                .iter()
                .filter(|(other, rival, same)| other == naming && same == usage && self.uses[*rival].is_none())
                .map(|(_, rival, _)| *rival)
                .collect();
            // Stance itself calls it so in what it exports.
            let own = *usage == "id" && rivals.iter().any(|rival| bare_header(&self.names[*rival]) == "statement id");
            if own && bare_header(&self.names[*column]) != "statement id" {
                continue;
            }
            if rivals.len() > 1 && !own && matches!(*usage, "date" | "text" | "speaker" | "id") {
                if !reported.contains(usage) {
                    self.undecided(usage, &rivals);
                    reported.push(usage);
                }
                continue;
            }
            self.take(*column, wanted, KnownBy::ItsName);
        }
    }

    /// Several columns may be meant, and only a person knows.
    fn undecided(&mut self, usage: &str, columns: &[usize]) {
        let names: Vec<String> = columns.iter().map(|column| format!("`{}`", self.names[*column])).collect();
        let what = format!(
            "{} columns may be the {}: {}",
            names.len(),
            what_is(usage),
            listed(names.iter().map(String::as_str))
        );
        let hint = format!("say which with --map \"{}={usage}\"", self.names[columns[0]]);
        self.problems.push(self.grid.fault(self.header, columns[0], what, hint));
        // Both are named in one fault; neither is missing.
        self.take(columns[0], ColumnUse::from_word(usage).unwrap_or(ColumnUse::Keep), KnownBy::Nothing);
    }

    /// An issue and a position in each row are labels. One without the other is not.
    fn labels(&mut self) {
        let issue = self.column_of(&ColumnUse::Issue);
        let position = self.column_of(&ColumnUse::PositionOn(None));
        match (issue, position) {
            (Some(_), Some(position)) => {
                let by = self.uses[position].as_ref().map_or(KnownBy::ItsName, |(_, by)| *by);
                self.take(position, ColumnUse::Position, by);
            }
            (Some(issue), None) if self.uses[issue].as_ref().is_some_and(|(_, by)| *by != KnownBy::You) => {
                self.uses[issue] = None;
            }
            _ => {}
        }
    }

    fn by_content(&mut self, settings: &ImportSettings, has_corpus: bool) -> Needs {
        let [date, text, speaker, id] =
            ["date", "text", "speaker", "id"].map(|name| ColumnUse::from_word(name).unwrap_or(ColumnUse::Keep));
        let complete =
            self.is_used(&date) && self.is_used(&text) && (self.is_used(&speaker) || settings.speaker.is_some());
        if has_corpus && self.is_used(&id) && !complete {
            return Needs::Labels;
        }
        if !self.is_used(&date) {
            // Any number of 5 digits may be the serial number of a day, so numbers alone are no dates here.
            let has_dates = |column: &usize| {
                let profile = &self.profiles[*column];
                profile.mostly(profile.dates) && profile.entries_that_are_numbers() == 0
            };
            let dates: Vec<usize> = self.free().filter(has_dates).collect();
            match dates[..] {
                [one] if is_form_time(&self.names[one]) => {
                    let what = format!(
                        "`{}` is when a form was sent, and no column says when the words were said",
                        self.names[one]
                    );
                    let hint = format!("if it is the same day, say so with --map \"{}=date\"", self.names[one]);
                    self.problems.push(self.grid.fault(self.header, one, what, hint));
                }
                [one] => self.take(one, date, KnownBy::WhatItHolds),
                [] => self.missing("date", "the dates", ""),
                _ => self.undecided("date", &dates),
            }
        }
        if !self.is_used(&text) {
            let mut long: Vec<usize> = self
                .free()
                .filter(|column| self.profiles[*column].mean_letters() >= 20 && self.profiles[*column].addresses == 0)
                .collect();
            long.sort_by_key(|column| std::cmp::Reverse(self.profiles[*column].mean_letters()));
            match long[..] {
                [] => self.missing("text", "the quotations", ""),
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
                    profile.mostly(profile.names) && (profile.distinct * 2 <= profile.filled || profile.filled < 10)
                })
                .collect();
            match names[..] {
                [one] => self.take(one, speaker, KnownBy::WhatItHolds),
                [] => self.missing("speaker", "who said it", "; or, if one person said everything, --speaker \"NAME\""),
                _ => self.undecided("speaker", &names),
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

    fn missing(&mut self, usage: &str, what: &str, otherwise: &str) {
        let names: Vec<&str> = self.names.iter().map(String::as_str).filter(|name| !name.is_empty()).collect();
        let hint = format!(
            "name the column with --map \"COLUMN={usage}\"{otherwise}; the columns are: {}",
            listed(names.iter().copied())
        );
        self.problems.push(self.grid.fault(self.header, 0, format!("no column is recognised as {what}"), hint));
    }

    /// Columns of positions among those that nothing else claims.
    fn positions(&mut self) {
        let long = self.is_used(&ColumnUse::Position);
        let free: Vec<usize> = self.free().filter(|column| !self.names[*column].is_empty()).collect();
        for column in free.iter().copied().filter(|column| !long && self.profiles[*column].is_positions()) {
            self.take(column, ColumnUse::PositionOn(None), KnownBy::WhatItHolds);
        }
    }
}

/// Columns that hold small whole numbers and may be positions. Only a person knows.
pub fn possible_ratings<'n>(grid: &Grid, rows: &[usize], columns: &'n [Recognised]) -> Vec<&'n str> {
    let may = |(column, known): &(usize, &Recognised)| {
        known.usage == ColumnUse::Keep
            && known.by == KnownBy::Nothing
            && Profile::of(grid, rows, *column).may_be_ratings()
    };
    columns.iter().enumerate().filter(may).map(|(_, known)| known.header.as_str()).collect()
}

/// Faults for flags that name a column which no sheet has.
pub fn unknown_columns(flags: &[(String, ColumnUse)], headers: &[&str], path: &std::path::Path) -> Vec<Problem> {
    let known: HashMap<String, &str> = headers.iter().map(|header| (bare_header(header), *header)).collect();
    let missing = flags.iter().filter(|(header, _)| !known.contains_key(&bare_header(header)));
    missing
        .map(|(header, _)| {
            let hint = format!("the columns are: {}", listed(headers.iter().copied()));
            let hint = guess_before(&hint, header, headers.iter().copied());
            Problem::fault(path, None, format!("there is no column `{header}`, which --map names"), hint)
        })
        .collect()
}

fn what_is(usage: &str) -> &str {
    match usage {
        "date" => "day on which the words were said",
        "text" => "quotation",
        other => other,
    }
}

//! What each column of a sheet is for: by what a person says, by its name, or by what it holds. What would have to be
//! guessed is a fault that names the flag to give.

mod asked;
mod people;
mod coders;
mod marks;
mod named;
mod content;
mod scales;

use std::collections::HashMap;
use std::fmt;

use crate::codebook::Codebook;
use crate::error::Problem;
use crate::import::column::{ColumnUse, bare_header};
use crate::import::grid::Grid;
use crate::import::profile::Profile;
use crate::import::settings::ImportSettings;
use crate::words::{guess_before, listed};

pub use scales::{numeric, possible_issues, possible_scales, short};

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
    /// The format of the tool that wrote the file.
    TheFormat,
    /// Its name.
    ItsName,
    /// What it holds.
    WhatItHolds,
    /// It is made of other columns.
    ItsParts,
    /// It is a part of such a column.
    PartOfAnother,
    /// Nothing: it is kept.
    Nothing,
}

/// As people read it.
impl fmt::Display for KnownBy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            KnownBy::You => "you say so",
            KnownBy::TheCodebook => "an issue of the codebook",
            KnownBy::TheFormat => "the format",
            KnownBy::ItsName => "its name",
            KnownBy::WhatItHolds => "what it holds",
            KnownBy::ItsParts => "its parts",
            KnownBy::PartOfAnother => "a part, joined below",
            KnownBy::Nothing => "",
        })
    }
}

/// What is needed of a sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Needs {
    /// Statements: a date, a text and a speaker.
    Statements,
    /// Only labels of statements that the corpus has: their ids.
    Labels,
    /// Only labels of statements that the corpus has: their words.
    LabelsByText,
    /// Only issues and levels.
    Codebook,
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
    let mut finder = Finder { grid, header, rows, names: &names, profiles: &profiles, uses: &mut uses, problems };
    finder.by_settings(settings);
    finder.said_twice();
    finder.by_format();
    finder.of_parts();
    // In a row per label, no other column holds positions.
    let long = finder.is_used(&ColumnUse::Issue) && (finder.is_used(&ColumnUse::Position) || finder.has_coders());
    if let Some(codebook) = codebook.filter(|_| !long) {
        finder.by_codebook(codebook);
    }
    if !long {
        finder.by_level_orders(settings);
        finder.of_coders();
    }
    finder.by_name(long);
    finder.author_or_speaker();
    finder.labels();
    if !long {
        finder.one_per_answer();
    }
    let needs = finder.by_content(settings, codebook.is_some());
    finder.positions();
    if !long {
        finder.beside_coders();
        finder.people_or_issues();
    }
    finder.filled_in_by();
    finder.issue_of_coders(settings, codebook);
    finder.without_name();
    finder.without_values();
    let recognised = names.iter().zip(uses).zip(&profiles).map(|((header, usage), profile)| {
        let empty = profile.filled == 0;
        let (usage, by) = usage.unwrap_or((if empty { ColumnUse::Ignore } else { ColumnUse::Keep }, KnownBy::Nothing));
        Recognised { header: header.clone(), usage, by, example: profile.example.clone() }
    });
    (recognised.collect(), needs)
}

/// The uses without which a sheet says something else.
const NEEDED: [&str; 7] = ["position", "issue", "coder", "date", "speaker", "text", "id"];

struct Finder<'f> {
    grid: &'f Grid,
    header: usize,
    rows: &'f [usize],
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

    /// A person may have given one meaning to 2 columns.
    fn said_twice(&mut self) {
        let once = |usage: &ColumnUse| {
            matches!(usage, ColumnUse::Statement(_) | ColumnUse::Coder | ColumnUse::Issue | ColumnUse::Rationale)
        };
        let mut said: Vec<(ColumnUse, Vec<usize>)> = Vec::new();
        for (column, known) in self.uses.iter().enumerate() {
            let Some((usage, KnownBy::You)) = known else { continue };
            match said.iter_mut().find(|(other, _)| other == usage) {
                Some((_, columns)) => columns.push(column),
                None if once(usage) => said.push((usage.clone(), vec![column])),
                None => {}
            }
        }
        for (usage, columns) in said.into_iter().filter(|(_, columns)| columns.len() > 1) {
            let names: Vec<String> = columns.iter().map(|column| format!("`{}`", self.names[*column])).collect();
            let what = format!(
                "{} columns are said to be `{usage}`: {}",
                names.len(),
                listed(names.iter().map(String::as_str))
            );
            let hint = format!("keep one of them; for another, write --map \"{}=keep\"", self.names[columns[1]]);
            self.problems.push(self.grid.fault(self.header, columns[1], what, hint));
        }
    }

    /// What the format of a tool says, unless a person has said something else.
    fn by_format(&mut self) {
        let given = self.grid.given.clone();
        for (column, usage) in given.into_iter().enumerate() {
            let Some(usage) = usage.filter(|_| self.uses[column].is_none()) else { continue };
            let taken = match usage {
                ColumnUse::Keep | ColumnUse::Ignore => false,
                ColumnUse::Position => self.is_used(&usage) || self.is_used(&ColumnUse::PositionOn(None)),
                _ => self.is_used(&usage),
            };
            self.take(column, if taken { ColumnUse::Keep } else { usage }, KnownBy::TheFormat);
        }
    }

    /// Columns that are made of others are there for one use only.
    fn of_parts(&mut self) {
        for (place, joined) in self.grid.joined.iter().enumerate() {
            let usage = ColumnUse::Statement(joined.usage);
            let usage = if self.is_used(&usage) { ColumnUse::Ignore } else { usage };
            self.take(self.grid.own_width() + place, usage, KnownBy::ItsParts);
            for part in joined.from.iter().copied() {
                if self.uses[part].is_none() {
                    self.take(part, ColumnUse::Keep, KnownBy::PartOfAnother);
                }
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

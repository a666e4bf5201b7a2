//! What each column of a sheet is for: by what a person says, by its name, or by what it holds. What would have to be
//! guessed is a fault that names the flag to give.

mod asked;
mod people;
mod coders;
mod marks;

use std::collections::HashMap;
use std::fmt;

use crate::codebook::Codebook;
use crate::error::Problem;
use crate::import::column::{
    ColumnUse, Naming, bare_header, is_bystander, is_counted, is_form_time, is_number_of, is_work_on, named,
};
use crate::import::grid::{CellKind, Grid};
use crate::import::profile::{MOST_WORDS, Profile};
use crate::import::scale;
use crate::import::settings::ImportSettings;
use crate::words::{guess_before, listed};

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
    fn by_name(&mut self, long: bool) {
        let mut candidates: Vec<(Naming, usize, &'static str)> = Vec::new();
        for column in self.free() {
            if !is_form_time(&self.names[column]) {
                // A header that explains numbers is that of a scale.
                let profile = &self.profiles[column];
                let within = |(low, high)| {
                    let inside = profile.numbers.iter().filter(|number| (low..=high).contains(*number)).count();
                    profile.words.is_empty() && inside >= 2 && inside * 4 >= profile.numbers.len() * 3
                };
                let explained = profile.is_mostly_numbers() && scale::has_legend(&self.names[column])
                    || scale::range(&self.names[column]).is_some_and(within)
                    || self.profiles[column].is_letters() && scale::has_letters(&self.names[column]);
                if explained && !is_counted(&self.names[column]) {
                    candidates.push((Naming::Exact, column, "position"));
                }
                candidates
                    .extend(named(&self.names[column]).into_iter().map(|(usage, naming)| (naming, column, usage)));
            }
        }
        let fits = |column: usize, usage: &str| {
            let profile = &self.profiles[column];
            match usage {
                "date" | "source_date" => profile.dates * 2 >= profile.filled,
                "source_url" => profile.addresses * 2 >= profile.filled,
                "position" => {
                    profile.may_be_positions()
                        || profile.is_mostly_numbers()
                        || (profile.words.is_empty()
                            && !profile.numbers.is_empty()
                            && scale::range(&self.names[column]).is_some())
                }
                "kind" | "verified" | "date_precision" => profile.distinct <= 4,
                "text" => profile.addresses == 0 && profile.dates * 2 < profile.filled && profile.mean_letters() >= 4,
                "venue" | "source_publisher" | "source_title" | "role" => profile.addresses * 2 < profile.filled,
                "speaker" => {
                    !profile.example.starts_with(['{', '['])
                        && profile.addresses == 0
                        && profile.dates == 0
                        // A quotation in the wrong cell hides no column of names.
                        && profile.short * 4 >= profile.filled * 3
                }
                "coder" if is_number_of(&self.names[column]) => profile.may_be_numbers_of_coders(self.rows.len()),
                "coder" => profile.may_be_coders(self.rows.len()),
                _ => true,
            }
        };
        // When somebody coded or changed a row is not when the words were said.
        candidates.retain(|(_, column, usage)| *usage != "date" || !is_work_on(&self.names[*column]));
        candidates.retain(|(naming, column, usage)| {
            let exact = *naming == Naming::Exact;
            match *usage {
                "date" | "text" | "id" | "issue" if exact => true,
                // Whatever the header says: level words and numbers with signs are nobody's name.
                "coder" if exact => !self.profiles[*column].is_positions(),
                usage => fits(*column, usage),
            }
        });
        // Words such as `for` and `against` are positions, whatever else the header may mean.
        let else_means = |column: usize, usage: &str| {
            let fixed = ["position", "issue", "coder", "id", "date", "text", "speaker"].contains(&usage);
            !fixed && !long && self.profiles[column].is_positions()
        };
        candidates.retain(|(_, column, usage)| !else_means(*column, usage));
        candidates.retain(|(_, _, usage)| !long || !["position", "issue", "coder", "rationale"].contains(usage));
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

    /// An issue and a position in each row are labels. One without the other is not.
    fn labels(&mut self) {
        let issue = self.column_of(&ColumnUse::Issue);
        let position = self.column_of(&ColumnUse::PositionOn(None));
        if issue.is_some() && position.is_some() {
            self.levels_in_words();
        }
        let position = self.column_of(&ColumnUse::PositionOn(None));
        match (issue, position) {
            (Some(_), Some(position)) => {
                let by = self.uses[position].as_ref().map_or(KnownBy::ItsName, |(_, by)| *by);
                self.take(position, ColumnUse::Position, by);
            }
            (Some(_), None) if self.is_used(&ColumnUse::Position) || self.has_coders() => {}
            (Some(issue), None) if self.uses[issue].as_ref().is_some_and(|(_, by)| *by != KnownBy::You) => {
                self.uses[issue] = None;
            }
            _ => {}
        }
    }

    /// A row per label may have its level twice: as a number, and in words beside it. Then the number counts.
    fn levels_in_words(&mut self) {
        let known = |column: usize| match &self.uses[column] {
            Some((ColumnUse::PositionOn(None), by)) => Some(*by),
            _ => None,
        };
        let (words, numbers): (Vec<usize>, Vec<usize>) = (0..self.uses.len())
            .filter(|column| known(*column).is_some() && self.profiles[*column].entries > 0)
            .partition(|column| self.profiles[*column].numbers.is_empty());
        if let ([words], [_]) = (&words[..], &numbers[..])
            && known(*words) == Some(KnownBy::ItsName)
        {
            self.take(*words, ColumnUse::PositionInWords, KnownBy::ItsName);
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
            // Any number of 5 digits may be the serial number of a day, so numbers alone are no dates here.
            let has_dates = |column: &usize| {
                let profile = &self.profiles[*column];
                profile.mostly(profile.dates) && profile.entries_that_are_numbers() == 0
            };
            let (other, dates): (Vec<usize>, Vec<usize>) = self
                .free()
                .filter(has_dates)
                .partition(|column| is_form_time(&self.names[*column]) || is_work_on(&self.names[*column]));
            match (&dates[..], &other[..]) {
                (&[], &[one, ..]) => {
                    let what = format!(
                        "`{}` is when a form was sent, or when somebody worked on the sheet, and no column says when the words \
                         were said",
                        self.names[one]
                    );
                    let hint = format!("if it is the same day, say so with --map \"{}=date\"", self.names[one]);
                    self.problems.push(self.grid.fault(self.header, one, what, hint));
                }
                (&[one], _) => self.take(one, date, KnownBy::WhatItHolds),
                ([], _) => self.no_date(),
                _ => self.undecided("date", &dates),
            }
        }
        self.day_of_publication();
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
        let url = ColumnUse::from_word("source_url").unwrap_or(ColumnUse::Keep);
        if !self.is_used(&url) {
            let addresses = self.free().find(|column| self.profiles[*column].mostly(self.profiles[*column].addresses));
            if let Some(column) = addresses {
                self.take(column, url, KnownBy::WhatItHolds);
            }
        }
        Needs::Statements
    }

    /// A column of positions below an empty header has no issue. It is kept, and a person should know.
    fn without_name(&mut self) {
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
    fn without_values(&mut self) {
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

    /// Columns of positions among those that nothing else claims.
    fn positions(&mut self) {
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
    fn ratings(&mut self) {
        let may = |column: &usize| !self.names[*column].is_empty() && !is_counted(&self.names[*column]);
        let free: Vec<usize> = self.free().filter(may).filter(|column| self.profiles[*column].is_ratings()).collect();
        for column in free {
            self.take(column, ColumnUse::PositionOn(None), KnownBy::WhatItHolds);
        }
    }

    /// Beside positions, whole numbers within their range may be positions, too. To leave them out without a word would
    /// lose an issue, and to take them might be wrong.
    fn other_scales(&mut self) {
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

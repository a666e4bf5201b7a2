//! `unseen.csv`: how often the unseen statements were looked at, with which rules, and what was found at first contact.
//!
//! A statement can be met for the first time only once. So each look records which statements it counted, as marks
//! made of their ids, and its figures are only of those that no earlier look counted. The file has no sentence and no
//! outcome of a single statement. It belongs into version control with the rest of the corpus.

use std::collections::HashSet;
use std::path::Path;

use chrono::NaiveDate;

use crate::codebook::{Codebook, IssueIndex};
use crate::date;
use crate::error::Problem;
use crate::file::table::{self, Columns, Dialect, Row, Table};
use crate::words;

/// What the rules found among statements that coders have read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
pub struct Found {
    /// Statements with a position settled by hand.
    pub hand: usize,
    /// Statements among these to which the rules give a position.
    pub found: usize,
    /// Statements among these with the same position by hand and by rules.
    pub exact: usize,
    /// Statements among the found with positions at most one level apart.
    pub within_one: usize,
    /// Statements that coders read and found without a position on the issue.
    pub none: usize,
    /// Statements among these to which the rules give one.
    pub false_alarms: usize,
}

/// One look at the unseen statements, on one issue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LookRow {
    /// The number of the look, from 1. A look has a row for each issue.
    pub look: usize,
    /// The day of the look.
    pub date: NaiveDate,
    /// The fingerprint of the rules.
    pub rules: String,
    /// How the statements were set aside.
    pub drawn: String,
    /// The issue. `None` if a person read the statement itself, and so for every issue.
    pub issue: Option<String>,
    /// What the rules found among the statements that no earlier look counted. `None` if a person read the statement
    /// itself.
    pub found: Option<Found>,
    /// Those statements, see [`mark`].
    pub statements: Vec<String>,
    /// The statements that were not set aside at that time, so that anyone could read them, as far as no earlier look
    /// has them. Only the first row of a look has any.
    pub readable: Vec<String>,
}

/// All looks so far.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Looks {
    /// The rows, in the order of the file.
    pub rows: Vec<LookRow>,
    file: Option<File>,
}

/// The file, so that adding to it changes nothing else.
#[derive(Debug, Clone, PartialEq, Eq)]
struct File {
    text: String,
    dialect: Dialect,
    header: Vec<String>,
}

/// How often, and with which rules, the figures were looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct History {
    /// How many looks there were at figures.
    pub looks: usize,
    /// How often the rules changed after the first look.
    pub changes: usize,
    /// How often a person read a statement that is set aside.
    pub read: usize,
    /// Whether the way in which statements are set aside has changed since the first look.
    pub drawn_again: bool,
}

impl History {
    /// How often somebody has looked, and what that means for the figures.
    pub fn in_words(&self) -> String {
        let History { looks, changes, read, drawn_again } = *self;
        let mut parts = Vec::new();
        parts.extend(match (looks, changes) {
            (0, _) => None,
            (1, 0) => Some("Looked at once, with these rules.".to_owned()),
            (1, _) => Some("Looked at once, with earlier rules: how these do is not known.".to_owned()),
            (_, 0) => Some(format!("Looked at {looks} times, always with these rules.")),
            _ => Some(format!(
                "Looked at {looks} times; rules changed {} since the first look: only the first look at a statement is \
                 a figure of first contact.",
                words::many(changes, "time")
            )),
        });
        if read > 0 {
            let were = if read == 1 { "was" } else { "were" };
            parts.push(format!("{} set aside {were} read with --show-unseen.", words::many(read, "statement")));
        }
        if drawn_again {
            let what =
                "[unseen] in codebook.toml has changed since a look, so statements that were seen may count as unseen.";
            parts.push(what.to_owned());
        }
        parts.join(" ")
    }
}

/// Files from before it have no `readable`.
const COLUMNS: Columns = Columns { known: KNOWN, required: KNOWN.split_at(12).0 };
const KNOWN: &[&str; 13] = &[
    "look",
    "date",
    "rules",
    "drawn",
    "issue",
    "hand",
    "found",
    "exact",
    "within_one",
    "none",
    "false_alarms",
    "statements",
    "readable",
];

/// A letter and 16 digits that stand for a statement in the file. Without the letter, a spreadsheet would take some of
/// them for numbers. With fewer digits, 2 of a million statements would share a mark, and one of them would seem used.
pub fn mark(id: &str) -> String {
    format!("s{:016x}", words::hash(id.bytes().chain([0])))
}

/// Whether a statement is among some marks. Files from before the marks had 16 digits have 8.
pub fn is_among(marks: &HashSet<&str>, id: &str) -> bool {
    let short = || format!("s{}", words::fingerprint(std::iter::once(id)));
    marks.contains(mark(id).as_str()) || marks.contains(short().as_str())
}

impl Looks {
    /// Reads the text of the file. Every fault is added to `problems`.
    pub fn parse(path: &Path, text: &str, problems: &mut Vec<Problem>) -> Option<Looks> {
        let table = Table::open(path, text, COLUMNS, problems)?;
        let before = problems.len();
        let mut rows = Vec::new();
        table.for_each_row(problems, |row, problems| rows.extend(LookRow::read(path, &table, row, problems)));
        let file = File { text: text.to_owned(), dialect: table.dialect, header: table.header };
        (problems.len() == before).then_some(Looks { rows, file: Some(file) })
    }

    /// The text of the file. `None` if there is none.
    pub fn to_text(&self) -> Option<&str> {
        self.file.as_ref().map(|file| file.text.as_str())
    }

    /// The text of the file with more rows, and nothing else changed.
    pub fn with(&self, rows: &[LookRow]) -> String {
        let new = File {
            text: String::new(),
            dialect: Dialect::default(),
            header: KNOWN.iter().map(|name| (*name).to_owned()).collect(),
        };
        let File { text, dialect, header } = self.file.as_ref().unwrap_or(&new);
        let cells = |row: &LookRow| header.iter().map(|column| row.cell(column)).collect::<Vec<_>>();
        if text.is_empty() {
            return table::write(*dialect, header, rows.iter().map(cells));
        }
        let Some((first, rest)) = rows.split_first() else { return text.clone() };
        // The first new row is written in place of a header.
        let dialect = Dialect { byte_order_mark: false, ..*dialect };
        let added = table::write(dialect, &cells(first), rest.iter().map(cells));
        let end = if text.ends_with('\n') { "" } else { "\n" };
        format!("{text}{end}{added}")
    }

    /// The number of the next look.
    pub fn next(&self) -> usize {
        self.rows.iter().map(|row| row.look).max().unwrap_or(0) + 1
    }

    /// The statements that can no longer be met for the first time on an issue, because a look counted them or anyone
    /// could read them at the time of a look, see [`mark`].
    pub fn used(&self, issue: &str) -> HashSet<&str> {
        let on_issue = |row: &&LookRow| row.issue.as_deref().is_none_or(|other| other == issue);
        let counted = self.rows.iter().filter(on_issue).flat_map(|row| &row.statements);
        counted.map(String::as_str).chain(self.readable()).collect()
    }

    /// The statements that anyone could read at the time of a look, see [`mark`].
    pub fn readable(&self) -> HashSet<&str> {
        self.rows.iter().flat_map(|row| row.readable.iter().map(String::as_str)).collect()
    }

    /// What the looks with the same rules found together that met statements on an issue for the first time: the last of
    /// these looks, how many there are, and the sum. The rules are those of the last.
    pub fn first_contact(&self, codebook: &Codebook, issue: IssueIndex) -> Option<(&LookRow, usize, Found)> {
        let id = &codebook.issue(issue).id;
        let rows = self.rows.iter().rev().filter(|row| row.issue.as_ref() == Some(id));
        let mut met = rows.filter_map(|row| Some((row, row.found.filter(|found| found.hand + found.none > 0)?)));
        let (last, first) = met.next()?;
        let same = met.filter(|(row, _)| row.rules == last.rules);
        let (looks, sum) = same.fold((1, first), |(looks, sum), (_, found)| (looks + 1, sum.plus(found)));
        Some((last, looks, sum))
    }

    /// What has happened to the unseen statements so far. `None` if nobody has looked. `rules` is the fingerprint of
    /// the rules now, and `drawn` how statements are set aside now.
    pub fn history(&self, rules: &str, drawn: &str) -> Option<History> {
        let mut looks: Vec<&LookRow> = self.rows.iter().filter(|row| row.found.is_some()).collect();
        looks.dedup_by_key(|row| row.look);
        let mut versions: Vec<&str> = looks.iter().map(|row| row.rules.as_str()).chain([rules]).collect();
        versions.dedup();
        let changes = if looks.is_empty() { 0 } else { versions.len() - 1 };
        let read = self.rows.iter().filter(|row| row.found.is_none()).count();
        let drawn_again = self.rows.iter().any(|row| row.drawn != drawn);
        (!self.rows.is_empty()).then_some(History { looks: looks.len(), changes, read, drawn_again })
    }
}

impl Found {
    fn plus(self, other: Found) -> Found {
        Found {
            hand: self.hand + other.hand,
            found: self.found + other.found,
            exact: self.exact + other.exact,
            within_one: self.within_one + other.within_one,
            none: self.none + other.none,
            false_alarms: self.false_alarms + other.false_alarms,
        }
    }
}

impl LookRow {
    fn read(path: &Path, table: &Table<'_>, row: &Row<'_>, problems: &mut Vec<Problem>) -> Option<LookRow> {
        const HINT: &str = "restore the line as Stance wrote it, from a copy or from version control";
        let before = problems.len();
        let text = |name: &str| row.cell(table.column(name)).to_owned();
        let marks = |name: &str| text(name).split_whitespace().map(str::to_owned).collect();
        let mut number = |name: &str| {
            let cell = row.cell(table.column(name));
            cell.parse::<usize>().map_err(|_| {
                let what = format!("`{cell}` in the column {name} is not a count");
                problems.push(row.fault(path, table.column(name), what, HINT));
            })
        };
        let (look, issue) = (number("look"), text("issue"));
        let found = (!issue.is_empty()).then(|| {
            let [hand, found, exact] = ["hand", "found", "exact"].map(&mut number);
            let [within_one, none, false_alarms] = ["within_one", "none", "false_alarms"].map(&mut number);
            Ok::<_, ()>(Found {
                hand: hand?,
                found: found?,
                exact: exact?,
                within_one: within_one?,
                none: none?,
                false_alarms: false_alarms?,
            })
        });
        let possible = |found: &Found| {
            let Found { hand, found, exact, within_one, none, false_alarms } = *found;
            exact <= within_one && within_one <= found && found <= hand && false_alarms <= none
        };
        let found = found.transpose().ok().flatten();
        if let Some(found) = found.filter(|found| !possible(found)) {
            let Found { hand, found, exact, within_one, none, false_alarms } = found;
            let what = format!(
                "the counts contradict each other: hand {hand}, found {found}, exact {exact}, within_one {within_one}, \
                 none {none}, false_alarms {false_alarms}"
            );
            problems.push(row.fault(path, table.column("hand"), what, HINT));
        }
        let day = date::parse_day(row.cell(table.column("date"))).map_err(|error| {
            problems.push(row.fault(path, table.column("date"), error.what, error.hint));
        });
        if problems.len() > before {
            return None;
        }
        Some(LookRow {
            look: look.ok()?,
            date: day.ok()?,
            rules: text("rules"),
            drawn: text("drawn"),
            issue: Some(issue).filter(|issue| !issue.is_empty()),
            found,
            statements: marks("statements"),
            readable: marks("readable"),
        })
    }

    fn cell(&self, column: &str) -> String {
        let count = |of: fn(&Found) -> usize| self.found.as_ref().map_or(String::new(), |found| of(found).to_string());
        match column {
            "look" => self.look.to_string(),
            "date" => self.date.to_string(),
            "rules" => self.rules.clone(),
            "drawn" => self.drawn.clone(),
            "issue" => self.issue.clone().unwrap_or_default(),
            "hand" => count(|found| found.hand),
            "found" => count(|found| found.found),
            "exact" => count(|found| found.exact),
            "within_one" => count(|found| found.within_one),
            "none" => count(|found| found.none),
            "false_alarms" => count(|found| found.false_alarms),
            "statements" => self.statements.join(" "),
            "readable" => self.readable.join(" "),
            // A column that a person added.
            _ => String::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_of_an_older_file_still_counts() {
        let (long, short) = (mark("a-1"), format!("s{}", words::fingerprint(std::iter::once("a-1"))));
        assert_eq!((long.len(), short.len()), (17, 9));
        for marks in [HashSet::from([long.as_str()]), HashSet::from([short.as_str()])] {
            assert!(is_among(&marks, "a-1"), "{marks:?}");
            assert!(!is_among(&marks, "a-2"), "{marks:?}");
        }
    }

    #[test]
    fn few_of_many_statements_share_a_mark() {
        let marks: HashSet<String> = (0..150_000).map(|number| mark(&format!("speaker-2025-{number}"))).collect();
        assert_eq!(marks.len(), 150_000, "with 8 digits, some 3 would be shared");
    }
}

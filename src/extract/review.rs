//! Going through proposals: what waits, what is decided or fixed, and what stands around the words.
//!
//! Every decision is saved before the next proposal is looked at, so that nothing is lost if the work is broken off.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use crate::date;
use crate::error::{Error, Result, Warning};
use crate::extract::append;
use crate::extract::open::open;
use crate::extract::rows::{LONGER, REVIEW, WITHIN};
use crate::file::edited::EditedTable;
use crate::file::read::{self, LARGEST_TEXT};
use crate::statement::{Kind, Statements, Verified};
use crate::words::{many, nearest, shortened};

/// How many characters of the article are shown on either side of the words.
const AROUND: usize = 220;
/// By so many words at their beginning words are known again in their article.
const FEW: usize = 4;

/// A cell of a proposal that a person may fix.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cell {
    /// Who said it.
    Speaker,
    /// The office in which it was said.
    Role,
    /// The day.
    Date,
    /// Direct or indirect.
    Kind,
    /// Where it was said.
    Venue,
    /// The words.
    Text,
}

impl Cell {
    /// The column.
    pub fn column(self) -> &'static str {
        match self {
            Cell::Speaker => "speaker",
            Cell::Role => "role",
            Cell::Date => "date",
            Cell::Kind => "kind",
            Cell::Venue => "venue",
            Cell::Text => "text",
        }
    }

    /// What may be written in it.
    pub fn hint(self) -> &'static str {
        match self {
            Cell::Speaker => "the name",
            Cell::Role => "the office in which it was said, or - for none",
            Cell::Date => "YYYY-MM-DD, or YYYY-MM if only the month is known",
            Cell::Kind => "direct, or indirect for a paraphrase",
            Cell::Venue => "where it was said, or - for nowhere that is known",
            Cell::Text => "the words, on one line",
        }
    }
}

/// What became of something that a person wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fixed {
    /// It is saved; there may be something to know about it.
    Saved(Option<Warning>),
    /// It cannot be written there, and nothing is changed.
    Refused(Warning),
}

/// A stretch of an article: what is before the words, the words, and what is after them.
pub type Passage = (String, String, String);

/// How many proposals are decided.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Summary {
    /// How many rows count.
    pub accepted: usize,
    /// How many were rejected.
    pub rejected: usize,
    /// How many wait.
    pub waiting: usize,
}

/// A file with proposals, as it is now.
pub struct Session {
    sheet: EditedTable,
    statements: Statements,
    /// Records as they were written before each decision, with their number.
    before: Vec<(usize, String)>,
    /// The articles that were opened to show what stands around the words.
    articles: HashMap<String, Option<String>>,
    warnings: Vec<Warning>,
}

impl Session {
    /// Opens a file with proposals.
    ///
    /// # Errors
    /// As [`append::open`], and [`Error::Request`] if the file has no column `verified`.
    pub fn open(path: PathBuf) -> Result<Session> {
        let (sheet, statements) = append::open(path)?;
        if sheet.records.column("verified").is_none() {
            let what = format!("{} has no column `verified`, and so no proposals", sheet.path.display());
            return Err(Error::request(what, "propose some: `stance extract TEXT … --append`, or `-o proposals.csv`"));
        }
        Ok(Session { sheet, statements, before: Vec::new(), articles: HashMap::new(), warnings: Vec::new() })
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.sheet.path
    }

    /// The records that nobody has decided on.
    pub fn waiting(&self) -> Vec<usize> {
        self.records_with(Verified::No)
    }

    fn records_with(&self, verified: Verified) -> Vec<usize> {
        let records = &self.sheet.records;
        (1..records.cells.len()).filter(|record| records.cell(*record, "verified") == verified.word()).collect()
    }

    /// A cell of a record; empty if there is none.
    pub fn cell(&self, record: usize, column: &str) -> &str {
        self.sheet.records.cell(record, column)
    }

    /// Whether the file has the column of a cell.
    pub fn has(&self, cell: Cell) -> bool {
        self.sheet.records.column(cell.column()).is_some()
    }

    /// What there is to know about what was saved; it is given once.
    pub fn take_warnings(&mut self) -> Vec<Warning> {
        std::mem::take(&mut self.warnings)
    }

    /// Accepts a proposal, rejects it, or lets it wait.
    ///
    /// # Errors
    /// As [`EditedTable::save`].
    pub fn decide(&mut self, record: usize, verified: Verified) -> Result<()> {
        self.write(record, &[("verified", verified.word())])
    }

    /// Writes cells of a record, and keeps what was there; columns that the file lacks are passed over.
    fn write(&mut self, record: usize, values: &[(&str, &str)]) -> Result<()> {
        let records = &self.sheet.records;
        let Some(cells) = records.cells.get(record) else { return Ok(()) };
        let mut cells = cells.clone();
        for (name, value) in values {
            if let Some(cell) = records.column(name).and_then(|column| cells.get_mut(column)) {
                (*value).clone_into(cell);
            }
        }
        let (text, old) = (records.with_record(record, &cells), records.raw(record).to_owned());
        self.save(text)?;
        self.before.push((record, old));
        Ok(())
    }

    fn save(&mut self, text: String) -> Result<()> {
        // The same is not said after every decision.
        for warning in self.sheet.save(text)? {
            if self.before.is_empty() {
                self.warnings.push(warning);
            }
        }
        Ok(())
    }

    /// Takes the last decision back; the record that it was about, if there was one.
    ///
    /// # Errors
    /// As [`EditedTable::save`].
    pub fn undo(&mut self) -> Result<Option<usize>> {
        let Some((record, raw)) = self.before.last().cloned() else { return Ok(None) };
        self.save(self.sheet.records.with_raw(record, &raw))?;
        self.before.pop();
        Ok(Some(record))
    }

    /// Writes another value of a cell, if it can be written there. No value leaves it as it is, except that the speaker
    /// then becomes the runner-up.
    ///
    /// # Errors
    /// As [`EditedTable::save`].
    pub fn fix(&mut self, record: usize, cell: Cell, value: &str) -> Result<Fixed> {
        let runner_up = self.cell(record, "runner_up").to_owned();
        let value = if cell == Cell::Speaker && value.is_empty() { &runner_up } else { value };
        if value.is_empty() {
            return Ok(Fixed::Refused(Warning::new("nothing was typed", "left as it was")));
        }
        match cell {
            // An office is one person's.
            Cell::Speaker => {
                self.write(record, &[("speaker", value), ("role", ""), ("confidence", REVIEW), ("runner_up", "")])?;
                return Ok(Fixed::Saved(self.misspelt(record, value)));
            }
            Cell::Date => return self.fix_date(record, value),
            Cell::Kind if ![Kind::Direct.word(), Kind::Indirect.word()].contains(&value) => {
                return Ok(Fixed::Refused(Warning::new(format!("`{value}` is no kind"), cell.hint())));
            }
            // Where the words are is no longer known; where the report is still is.
            Cell::Text => self.write(record, &[("text", value), ("spans", "")])?,
            Cell::Role | Cell::Venue if value == "-" => self.write(record, &[(cell.column(), "")])?,
            Cell::Kind | Cell::Role | Cell::Venue => self.write(record, &[(cell.column(), value)])?,
        }
        Ok(Fixed::Saved(None))
    }

    /// Says so if nobody else of a name speaks in the file, but somebody with one much like it.
    fn misspelt(&self, record: usize, speaker: &str) -> Option<Warning> {
        let rows = self.statements.rows.iter().enumerate();
        let others = rows.filter(|(place, _)| place + 1 != record).map(|(_, row)| row.speaker.as_str());
        let near = nearest(speaker, others.clone()).filter(|_| others.clone().all(|other| other != speaker))?;
        Some(Warning::new(format!("nobody else is called {speaker} here"), format!("Did you mean {near}?")))
    }

    fn fix_date(&mut self, record: usize, value: &str) -> Result<Fixed> {
        let by_month = date::parse_day(&format!("{value}-01")).is_ok();
        if by_month && self.sheet.records.column("date_precision").is_none() {
            let what = "the file has no column date_precision, so that a month would be taken for a day";
            return Ok(Fixed::Refused(Warning::new(what, "give the day")));
        }
        let day = if by_month { format!("{value}-01") } else { value.to_owned() };
        let day = match date::parse_day(&day) {
            Ok(day) => day,
            Err(fault) => return Ok(Fixed::Refused(Warning::new(fault.what, fault.hint))),
        };
        let precision = if by_month { "month" } else { "day" };
        // What the notes say of the day was said of the old one.
        let notes = self.cell(record, "notes").split("; ").filter(|note| !is_within(note));
        let notes = notes.collect::<Vec<_>>().join("; ");
        let published = date::parse_day(self.cell(record, "source_date")).ok();
        let day_text = day.to_string();
        let values =
            [("date", &*day_text), ("date_precision", precision), ("date_from", REVIEW), ("notes", notes.as_str())];
        self.write(record, &values)?;
        Ok(Fixed::Saved(
            published.filter(|published| *published < day).map(|published| {
                Warning::new(format!("the text was published before, on {published}"), "Check the day.")
            }),
        ))
    }

    /// What is around the words of a record in its article; `None` if the record names no article.
    ///
    /// # Errors
    /// Why it cannot be shown although the record names one.
    pub fn around(&mut self, record: usize) -> std::result::Result<Option<Passage>, String> {
        let [file, start, end, text] = ["file", "start", "end", "text"].map(|name| self.cell(record, name).to_owned());
        let (Ok(start), Ok(end)) = (start.parse::<usize>(), end.parse::<usize>()) else { return Ok(None) };
        if file.is_empty() {
            return Ok(None);
        }
        let Some(article) = self.article(&file) else {
            return Err(format!("what stands around it cannot be shown: {file} is not to be found from this folder"));
        };
        let same = |passage: &str| {
            let there = letters(passage);
            text.split_whitespace().take(FEW).all(|word| there.contains(&letters(word)))
        };
        match around(article, start, end) {
            Some(passage) if same(&passage.1) => Ok(Some(passage)),
            // They may have been fixed, or another article has come under that name.
            Some((_, passage, _)) => Err(format!("{file} has other words there: {}", shortened(&passage, 300))),
            None => Err(format!("{file} is shorter than when the words were read")),
        }
    }

    /// The text of an article, if its file is still there.
    fn article(&mut self, file: &str) -> Option<&str> {
        let beside = self.sheet.path.parent().map(|folder| folder.join(file));
        let text = self.articles.entry(file.to_owned()).or_insert_with(|| {
            let places = [Some(PathBuf::from(file)), beside];
            let path = places.into_iter().flatten().find(|path| path.is_file())?;
            open(&path).ok().map(|page| page.text)
        });
        text.as_deref()
    }

    /// How many proposals are decided.
    pub fn summary(&self) -> Summary {
        let count = |verified| self.records_with(verified).len();
        Summary { accepted: count(Verified::Yes), rejected: count(Verified::Rejected), waiting: count(Verified::No) }
    }
}

/// Refuses to lose what a person has done in a file of proposals: what was accepted, rejected or fixed, notes that
/// were typed, and all of a file with faults, since those were typed, too. A file that is not there holds nothing.
///
/// # Errors
/// [`Error::Request`] with how much there is.
pub fn keep_decisions(path: &Path) -> Result<()> {
    const HINT: &str = "choose another name, or say --force to lose the decisions";
    if !path.is_file() || read::bytes(path, LARGEST_TEXT)?.is_empty() {
        return Ok(());
    }
    let Ok((sheet, statements)) = append::open(path.to_owned()) else {
        let what = format!("{} has faults, and may hold what was decided in a review", path.display());
        return Err(Error::request(what, HINT));
    };
    let records = &sheet.records;
    let fixed = |record| ["confidence", "date_from"].iter().any(|name| records.cell(record, name) == REVIEW);
    let typed = |record| {
        let mut notes = records.cell(record, "notes").split("; ").filter(|note| !note.is_empty());
        notes.any(|note| !is_within(note) && !note.starts_with(LONGER))
    };
    let decided = |record: usize| statements.rows.get(record - 1).is_none_or(|row| row.verified != Verified::No);
    let count = (1..records.cells.len()).filter(|record| decided(*record) || fixed(*record) || typed(*record)).count();
    if count == 0 {
        return Ok(());
    }
    let what = format!("{} holds what was decided in a review: {}", path.display(), many(count, "row"));
    Err(Error::request(what, HINT))
}

/// Whether a note names the days between which something was said, and nothing else.
fn is_within(note: &str) -> bool {
    let days = note.strip_prefix(WITHIN).and_then(|rest| rest.trim().split_once(" and "));
    days.is_some_and(|(from, to)| date::parse_day(from).is_ok() && date::parse_day(to).is_ok())
}

/// The letters of some words, by which they are known again.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// What is before, at and after a stretch of characters.
fn around(article: &str, start: usize, end: usize) -> Option<Passage> {
    let byte = |character: usize| article.char_indices().nth(character).map_or(article.len(), |(byte, _)| byte);
    let (from, to) = (byte(start), byte(end));
    if from >= to {
        return None;
    }
    let tidy = |text: &str| {
        let printable: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        let (first, last) = (printable.starts_with(' '), printable.ends_with(' '));
        let words = printable.split_whitespace().collect::<Vec<_>>().join(" ");
        format!("{}{words}{}", if first { " " } else { "" }, if last && !words.is_empty() { " " } else { "" })
    };
    let before = tidy(&article[byte(start.saturating_sub(AROUND))..from]);
    let after = tidy(&article[to..byte(end.saturating_add(AROUND))]);
    Some((before, tidy(&article[from..to]), after))
}

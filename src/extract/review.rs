//! Reviews proposals: which are waiting, decided or fixed, and the text around the words.
//!
//! Every decision is saved before the next proposal is shown, so that nothing is lost if the review is
//! interrupted.

use std::collections::HashMap;
use std::ops::Range;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use crate::date;
use crate::error::{Error, Result, Warning};
use crate::extract::append;
use crate::extract::open::open;
use crate::extract::rows::{REVIEW, is_within};
use crate::file::edited::EditedTable;
use crate::file::read;
use crate::statement::{Kind, Statements, Verified};
use crate::words::{self, nearest, shortened};

/// How many characters of the article are shown on each side of the words.
const AROUND: usize = 220;
/// How many of their first words identify words in their article.
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

    /// What may be written in the cell.
    pub fn hint(self) -> &'static str {
        match self {
            Cell::Speaker => "the name",
            Cell::Role => "the office in which it was said, or - for none",
            Cell::Date => "YYYY-MM-DD, or YYYY-MM if only the month is known",
            Cell::Kind => "direct, or indirect for a paraphrase",
            Cell::Venue => "where it was said, or - if that is not known",
            Cell::Text => "the words, on one line",
        }
    }
}

/// What happened to a value that a person entered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fixed {
    /// It is saved, perhaps with something to report.
    Saved(Option<Warning>),
    /// It cannot be written there, and nothing has changed.
    Refused(Warning),
}

/// A part of an article: the text before the words, the words, and the text after them.
pub type Passage = (String, String, String);

/// Where words stand in the text that a record names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// There, in characters of the text. Several spans if the narrator's words come between.
    At(Vec<Range<usize>>),
    /// Nowhere.
    Missing,
    /// The record names no text, or its file cannot be opened.
    Unknown,
}

/// How many proposals are decided.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Summary {
    /// How many rows were accepted.
    pub accepted: usize,
    /// How many were rejected.
    pub rejected: usize,
    /// How many are waiting.
    pub waiting: usize,
}

/// A file with proposals, as it is now.
pub struct Session {
    sheet: EditedTable,
    statements: Statements,
    /// Records as they were before each decision, with their numbers.
    before: Vec<(usize, String)>,
    /// The articles that were opened to show the text around the words.
    articles: HashMap<String, Option<String>>,
    warnings: Vec<Warning>,
}

impl Session {
    /// Opens a file with proposals.
    ///
    /// # Errors
    /// The same as [`append::open`], and [`Error::Request`] if the file has no column `verified`.
    pub fn open(path: PathBuf) -> Result<Session> {
        let (sheet, statements) = append::open(path)?;
        if sheet.records.column("verified").is_none() {
            let what = format!("{} has no column `verified`, so it has no proposals", sheet.path.display());
            return Err(Error::request(what, "make some with `stance extract TEXT … --append`, or `-o proposals.csv`"));
        }
        Ok(Session { sheet, statements, before: Vec::new(), articles: HashMap::new(), warnings: Vec::new() })
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.sheet.path
    }

    /// Whether the file is as it was last read or written here, as far as its length and its time of change tell.
    pub fn is_current(&self) -> bool {
        self.sheet.is_current()
    }

    /// Whether there is a decision to undo.
    pub fn undoable(&self) -> bool {
        !self.before.is_empty()
    }

    /// The records without a decision, the most doubtful first: whose speaker is a guess, then whose day is only that
    /// of publication. What is equally sure stays in the order of the file.
    pub fn waiting(&self) -> Vec<usize> {
        let mut waiting = self.records_with(Verified::No);
        let place = |words: &[&str], word: &str| words.iter().position(|known| *known == word).unwrap_or(words.len());
        waiting.sort_by_key(|record| {
            let speaker = place(&["low", "medium"], self.cell(*record, "confidence"));
            let day = place(&["publication", "inferred"], self.cell(*record, "date_confidence"));
            (speaker, day)
        });
        waiting
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

    /// What there is to report about what was saved. It is returned once.
    pub fn take_warnings(&mut self) -> Vec<Warning> {
        std::mem::take(&mut self.warnings)
    }

    /// Accepts a proposal, rejects it, or leaves it waiting.
    ///
    /// # Errors
    /// The same as [`EditedTable::save`].
    pub fn decide(&mut self, record: usize, verified: Verified) -> Result<()> {
        self.write(record, &[("verified", verified.word())])
    }

    /// Writes cells of a record and keeps the old ones. Columns that the file lacks are skipped.
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
        // The same thing is not reported after every decision.
        for warning in self.sheet.save(text)? {
            if self.before.is_empty() {
                self.warnings.push(warning);
            }
        }
        Ok(())
    }

    /// Undoes the last decision; returns the record that it was about, if there was one.
    ///
    /// # Errors
    /// The same as [`EditedTable::save`].
    pub fn undo(&mut self) -> Result<Option<usize>> {
        let Some((record, raw)) = self.before.last().cloned() else { return Ok(None) };
        self.save(self.sheet.records.with_raw(record, &raw))?;
        self.before.pop();
        Ok(Some(record))
    }

    /// Writes a new value into a cell, if it is allowed there. The value is cleaned as a value from a page is. An
    /// empty value leaves the cell as it is, except that the runner-up then becomes the speaker.
    ///
    /// # Errors
    /// The same as [`EditedTable::save`].
    pub fn fix(&mut self, record: usize, cell: Cell, value: &str) -> Result<Fixed> {
        let value = match self.readable(record, cell, value) {
            Ok(value) => value,
            Err(warning) => return Ok(Fixed::Refused(warning)),
        };
        match cell {
            // An office belongs to one person.
            Cell::Speaker => {
                self.write(record, &[("speaker", &value), ("role", ""), ("confidence", REVIEW), ("runner_up", "")])?;
                return Ok(Fixed::Saved(self.misspelt(record, &value)));
            }
            Cell::Date => return self.fix_date(record, &value),
            // The place of the words is no longer known. The place of the report still is.
            Cell::Text => self.write(record, &[("text", &value), ("spans", "")])?,
            Cell::Kind | Cell::Role | Cell::Venue => self.write(record, &[(cell.column(), &value)])?,
        }
        Ok(Fixed::Saved(None))
    }

    /// Why a value cannot be written into a cell. `None` if it can. Nothing is changed.
    pub fn refusal(&self, record: usize, cell: Cell, value: &str) -> Option<Warning> {
        self.readable(record, cell, value).err()
    }

    /// A value as it would be written into a cell, or why it cannot be.
    fn readable(&self, record: usize, cell: Cell, value: &str) -> std::result::Result<String, Warning> {
        let runner_up = self.cell(record, "runner_up");
        let value = if cell == Cell::Speaker && value.is_empty() { runner_up } else { value };
        if value.is_empty() {
            return Err(Warning::new("nothing was typed", "type a value to change it"));
        }
        let is_none = matches!(cell, Cell::Role | Cell::Venue) && value == "-";
        let value = if is_none { String::new() } else { cleaned(cell, value) };
        if value.is_empty() && !is_none {
            let what = format!("the {} would be empty", cell.column());
            return Err(Warning::new(what, format!("type {}", cell.hint())));
        }
        match cell {
            Cell::Date => self.readable_day(&value).map(|_| value),
            Cell::Kind if ![Kind::Direct.word(), Kind::Indirect.word()].contains(&value.as_str()) => {
                Err(Warning::new(format!("`{value}` is not a kind"), cell.hint()))
            }
            _ => Ok(value),
        }
    }

    /// A day as typed, and whether only its month is known.
    fn readable_day(&self, value: &str) -> std::result::Result<(NaiveDate, bool), Warning> {
        let by_month = date::parse_day(&format!("{value}-01")).is_ok();
        if by_month && self.sheet.records.column("date_precision").is_none() {
            let what = "a month cannot be entered, because the file has no column date_precision";
            return Err(Warning::new(what, "give the day"));
        }
        let day = if by_month { format!("{value}-01") } else { value.to_owned() };
        date::parse_day(&day).map(|day| (day, by_month)).map_err(|fault| Warning::new(fault.what, fault.hint))
    }

    /// Where words stand in the text that a record names: first within what the record has of it, then anywhere,
    /// nearest to where it stands now. Letters and digits count, in capitals or not; marks and spaces do not.
    pub fn standing(&mut self, record: usize, words: &str) -> Standing {
        let [file, start, end, spans] =
            ["file", "start", "end", "spans"].map(|name| self.cell(record, name).to_owned());
        let number = |text: &str| text.parse::<usize>().ok();
        let whole = number(&start).zip(number(&end)).map(|(start, end)| start..end);
        let span = |written: &str| {
            let (start, end) = written.split_once('-')?;
            Some(number(start)?..number(end)?)
        };
        let spans: Vec<Range<usize>> = match spans.split_whitespace().map(span).collect() {
            Some(spans) if !Vec::is_empty(&spans) => spans,
            _ => whole.clone().into_iter().collect(),
        };
        if file.is_empty() {
            return Standing::Unknown;
        }
        let Some(article) = self.article(&file) else { return Standing::Unknown };
        standing(article, &spans, whole.map_or(0, |whole| whole.start), words)
    }

    /// Writes other words, and where they stand. If that is nowhere, or not known, the row does not say a place any
    /// more, and is as sure as a person is: what was there was about other words.
    ///
    /// # Errors
    /// The same as [`EditedTable::save`].
    pub fn replace_words(&mut self, record: usize, value: &str) -> Result<Fixed> {
        let value = match self.readable(record, Cell::Text, value) {
            Ok(value) => value,
            Err(warning) => return Ok(Fixed::Refused(warning)),
        };
        let number = |name: &str| self.cell(record, name).parse::<usize>().ok();
        let old = number("start").zip(number("end"));
        let spans = match self.standing(record, &value) {
            Standing::At(spans) => spans,
            Standing::Missing | Standing::Unknown => Vec::new(),
        };
        let (Some(first), Some(last)) = (spans.first(), spans.last()) else {
            let values = [("text", &*value), ("start", ""), ("end", ""), ("spans", ""), ("confidence", REVIEW)];
            self.write(record, &values)?;
            return Ok(Fixed::Saved(None));
        };
        let written = |spans: &[Range<usize>]| {
            let each = spans.iter().map(|span| format!("{}-{}", span.start, span.end));
            if spans.len() > 1 { each.collect::<Vec<_>>().join(" ") } else { String::new() }
        };
        let (start, end, spans) = (first.start.to_string(), last.end.to_string(), written(&spans));
        let mut values = vec![("text", &*value), ("start", &*start), ("end", &*end), ("spans", &*spans)];
        // Words of another passage may be another person's.
        if old.is_none_or(|(from, to)| last.end <= from || to <= first.start) {
            values.push(("confidence", REVIEW));
        }
        self.write(record, &values)?;
        Ok(Fixed::Saved(None))
    }

    /// Warns if no other row has this speaker, but one has a similar name.
    fn misspelt(&self, record: usize, speaker: &str) -> Option<Warning> {
        let rows = self.statements.rows.iter().enumerate();
        let others = rows.filter(|(place, _)| place + 1 != record).map(|(_, row)| row.speaker.as_str());
        let near = nearest(speaker, others.clone()).filter(|_| others.clone().all(|other| other != speaker))?;
        Some(Warning::new(format!("there is no other row with the speaker {speaker}"), format!("Did you mean {near}?")))
    }

    fn fix_date(&mut self, record: usize, value: &str) -> Result<Fixed> {
        let (day, by_month) = match self.readable_day(value) {
            Ok(read) => read,
            Err(warning) => return Ok(Fixed::Refused(warning)),
        };
        let precision = if by_month { "month" } else { "day" };
        // Notes about the day were about the old one.
        let notes = self.cell(record, "notes").split("; ").filter(|note| !is_within(note));
        let notes = notes.collect::<Vec<_>>().join("; ");
        let published = date::parse_day(self.cell(record, "source_date")).ok();
        let day_text = day.to_string();
        let values = [
            ("date", &*day_text),
            ("date_precision", precision),
            ("date_confidence", REVIEW),
            ("date_from", REVIEW),
            ("notes", notes.as_str()),
        ];
        self.write(record, &values)?;
        Ok(Fixed::Saved(published.filter(|published| *published < day).map(|published| {
            Warning::new(format!("the text was published earlier, on {published}"), "Check the day.")
        })))
    }

    /// The text around the words of a record in its article; `None` if the record names no article.
    ///
    /// # Errors
    /// Why it cannot be shown, although the record names an article.
    pub fn around(&mut self, record: usize) -> std::result::Result<Option<Passage>, String> {
        let [file, start, end, text] = ["file", "start", "end", "text"].map(|name| self.cell(record, name).to_owned());
        let (Ok(start), Ok(end)) = (start.parse::<usize>(), end.parse::<usize>()) else { return Ok(None) };
        if file.is_empty() {
            return Ok(None);
        }
        let Some(article) = self.article(&file) else {
            return Err(format!("the text around it cannot be shown, because {file} cannot be found from this folder"));
        };
        let same = |passage: &str| {
            let there = letters(passage);
            text.split_whitespace().take(FEW).all(|word| there.contains(&letters(word)))
        };
        match around(article, start, end) {
            Some(passage) if same(&passage.1) => Ok(Some(passage)),
            // The words may have been fixed, or another article may now have this name.
            Some((_, passage, _)) => Err(format!("{file} has other words in that place: {}", shortened(&passage, 300))),
            None => Err(format!("{file} is shorter than when the words were read")),
        }
    }

    /// The text of an article, if its file is still there.
    fn article(&mut self, file: &str) -> Option<&str> {
        let beside = self.sheet.path.parent().map(|folder| folder.join(file));
        let text = self.articles.entry(file.to_owned()).or_insert_with(|| {
            let places = [Some(PathBuf::from(file)), beside];
            let path = places.into_iter().flatten().find(|path| read::is_file(path))?;
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

/// A value that a person typed, without the characters that nobody sees, and without the marks at its beginning that
/// a spreadsheet runs. A speaker is in the form in which names are compared.
fn cleaned(cell: Cell, value: &str) -> String {
    let plain = words::plain(value);
    let value = &plain[words::after_formula_marks(&plain)..];
    if cell == Cell::Speaker { words::name(value) } else { value.to_owned() }
}

/// The letters of some words, by which they are recognised.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The letters and digits of a text in lower case, each with the number of its character.
fn numbered(text: &str) -> Vec<(usize, char)> {
    let lower = |(at, c): (usize, char)| c.to_lowercase().next().map(|lower| (at, lower));
    text.chars().enumerate().filter(|(_, c)| c.is_alphanumeric()).filter_map(lower).collect()
}

/// Where words stand in an article: within some spans of it as if nothing came between them, or else anywhere.
fn standing(article: &str, spans: &[Range<usize>], near: usize, words: &str) -> Standing {
    let wanted: Vec<char> = numbered(words).into_iter().map(|(_, c)| c).collect();
    if wanted.is_empty() {
        return Standing::Missing;
    }
    let all = numbered(article);
    // A letter before or behind it makes it a part of a longer word.
    let whole = |letters: &[(usize, char)], at: usize| {
        let (first, last) = (letters[at].0, letters[at + wanted.len() - 1].0);
        let beside =
            |place: Option<usize>| place.is_some_and(|place| all.binary_search_by_key(&place, |l| l.0).is_ok());
        !beside(first.checked_sub(1)) && !beside(last.checked_add(1))
    };
    let places = |letters: &[(usize, char)]| -> Vec<usize> {
        let windows = letters.windows(wanted.len()).enumerate();
        let same = windows.filter(|(_, window)| window.iter().map(|(_, c)| c).eq(&wanted));
        same.map(|(at, _)| at).filter(|at| whole(letters, *at)).collect()
    };
    let within = |place: usize| spans.iter().position(|span| span.contains(&place));
    let quoted: Vec<(usize, char)> = all.iter().copied().filter(|(place, _)| within(*place).is_some()).collect();
    if let Some(at) = places(&quoted).first() {
        let mut found: Vec<(usize, Range<usize>)> = Vec::new();
        for (place, _) in &quoted[*at..at + wanted.len()] {
            let Some(span) = within(*place) else { continue };
            match found.last_mut().filter(|(last, _)| *last == span) {
                Some((_, range)) => range.end = place + 1,
                None => found.push((span, *place..place + 1)),
            }
        }
        return Standing::At(found.into_iter().map(|(_, range)| range).collect());
    }
    let nearest = places(&all).into_iter().min_by_key(|at| all[*at].0.abs_diff(near));
    let range = |at: usize| all[at].0..all[at + wanted.len() - 1].0 + 1;
    nearest.map_or(Standing::Missing, |at| Standing::At(vec![range(at)]))
}

/// The text before, at and after a span of characters.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_where_they_stand_and_nowhere_else() {
        let article = "Ann said: “We will not build,” she went on, “the Bridge here.” We will sell it.";
        let spans = [11..29, 45..61];
        let at = |words: &str| match standing(article, &spans, 11, words) {
            Standing::At(found) => {
                found.iter().map(|span| article.chars().skip(span.start).take(span.len()).collect()).collect()
            }
            other => vec![format!("{other:?}")],
        };
        let parts = |words: &str| -> Vec<String> { at(words) };
        assert_eq!(parts("will not  build"), ["will not build"]);
        assert_eq!(parts("We will not build the bridge here."), ["We will not build", "the Bridge here"]);
        assert_eq!(parts("we will sell it"), ["We will sell it"], "elsewhere");
        // A word is left out, a part of a word, other words, none.
        for other in ["We will build", "ill not build", "We will swim", "…"] {
            assert_eq!(parts(other), ["Missing"], "{other}");
        }
    }
}

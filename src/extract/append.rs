//! Adds proposals as new rows to a statements file. Existing rows stay as they are.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use crate::error::{Error, Result, Warning};
use crate::extract::day::DayBasis;
use crate::extract::merge::{DAYS_APART, FEWEST_IN_ALL, Sourced, There};
use crate::extract::proposal::Proposal;
use crate::extract::rows::{ArticleOrigin, COLUMNS, PUBLICATION, REVIEW, rows};
use crate::extract::wording::{Wordings, words};
use crate::file::edited::EditedTable;
use crate::file::table;
use crate::statement::{Statement, Statements, Verified};

/// Where words are: the file and its day of publication (another article may later have the same name),
/// and the positions of the first character and the one after the last.
type Place = [String; 4];

/// Reads a statements file for editing. It may have no statements yet.
///
/// # Errors
/// [`Error::Read`] if the system refuses, [`Error::Request`] if the file contains JSON, and
/// [`Error::Invalid`] with every fault of the file.
pub fn open(path: PathBuf) -> Result<(EditedTable, Statements)> {
    let text = table::read_text(&path)?;
    if text.trim_start().starts_with('{') {
        let what = format!("{} contains lines of JSON", path.display());
        return Err(Error::request(what, "rows are kept as CSV: `stance extract TEXT … -o proposals.csv`"));
    }
    let mut problems = Vec::new();
    match Statements::parse(&path, &text, &mut problems) {
        Some(statements) if problems.is_empty() => Ok((EditedTable::new(path, text, statements.dialect), statements)),
        _ => Err(Error::Invalid(problems)),
    }
}

/// The statements of a corpus that rows are added to.
pub struct Append {
    sheet: EditedTable,
    statements: Statements,
    /// The numbers of the rows made from what is at a place.
    places: HashMap<Place, Vec<usize>>,
    /// The rows that have the same words, by the other files that have them.
    also: HashMap<String, Vec<usize>>,
    /// The rejected rows, by speaker and words.
    rejected: HashMap<(String, Vec<String>), Vec<usize>>,
}

/// What was added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Added {
    /// The file.
    pub path: PathBuf,
    /// How many rows.
    pub rows: usize,
    /// Anything else to report.
    pub warnings: Vec<Warning>,
}

impl Append {
    /// Reads what is in a statements file.
    ///
    /// # Errors
    /// The same as [`open`].
    pub fn open(path: &Path) -> Result<Append> {
        let (sheet, statements) = open(path.to_owned())?;
        let (mut places, mut also, mut rejected) = (HashMap::new(), HashMap::new(), HashMap::new());
        for (number, row) in statements.rows.iter().enumerate() {
            let cell = |name: &str| sheet.records.cell(number + 1, name).to_owned();
            if !cell("file").is_empty() {
                let place: Place = ["file", "source_date", "start", "end"].map(cell);
                places.entry(place).or_insert_with(Vec::new).push(number);
            }
            for file in cell("also_in").split("; ").filter(|file| !file.is_empty()) {
                also.entry(file.to_owned()).or_insert_with(Vec::new).push(number);
            }
            if row.verified == Verified::Rejected {
                rejected.entry((row.speaker.clone(), words(&row.text))).or_insert_with(Vec::new).push(number);
            }
        }
        Ok(Append { sheet, statements, places, also, rejected })
    }

    /// Drops proposals for which there is already a row, even if it was fixed or rejected, and returns
    /// the statements whose words the remaining proposals may repeat.
    pub fn take_known(
        &self,
        proposals: &mut Vec<Sourced>,
        origins: &[ArticleOrigin],
        wordings: &Wordings,
    ) -> Vec<There<'_>> {
        let mut known: Vec<There<'_>> = Vec::new();
        proposals.retain(|Sourced { article, proposal, .. }| {
            let Some(number) = self.row_of(proposal, &origins[*article], wordings) else { return true };
            let row = &self.statements.rows[number];
            // The speaker may have been fixed. Other articles still have the name that was read.
            if row.text == proposal.text && row.speaker != proposal.speaker && row.verified != Verified::Rejected {
                known.push(There { speaker: proposal.speaker.clone(), ..self.there(number) });
            }
            false
        });
        known.extend(self.alike(proposals));
        known
    }

    /// The number of the row made from a proposal, found by where its words are.
    fn row_of(&self, proposal: &Proposal, origin: &ArticleOrigin, wordings: &Wordings) -> Option<usize> {
        let Proposal { speaker, text, passage, .. } = proposal;
        let rows = &self.statements.rows;
        let published = origin.published.to_string();
        let place = [origin.file.clone(), published, passage.start.to_string(), passage.end.to_string()];
        // A page may have been saved again, with other words in the same place.
        let same = |row: &&usize| {
            let Statement { speaker: by, text: written, .. } = &rows[**row];
            by == speaker || written == text || self.sheet.records.cell(**row + 1, "confidence") == REVIEW
        };
        if let Some(row) = self.places.get(&place).and_then(|rows| rows.iter().find(same)) {
            return Some(*row);
        }
        let near = |row: &&usize| (rows[**row].date.written - proposal.date).num_days().abs() < DAYS_APART;
        let wanted = words(text);
        let holds = |row: &&usize| {
            let there = &rows[**row].text;
            let whole = words(there).windows(wanted.len().max(1)).any(|run| *run == wanted[..]);
            whole || wordings.is_near(there, text) || wordings.is_near(text, there)
        };
        let also = self.also.get(&origin.file).filter(|_| wanted.len() >= FEWEST_IN_ALL);
        if let Some(row) = also.and_then(|rows| rows.iter().filter(near).find(holds)) {
            return Some(*row);
        }
        self.rejected.get(&(speaker.clone(), wanted)).and_then(|rows| rows.iter().find(near)).copied()
    }

    /// The statements by the speakers of some proposals and close to their days. If a statement was
    /// rejected, only proposals with exactly the same words are left out, because something may have
    /// been wrong with it.
    fn alike(&self, proposals: &[Sourced]) -> impl Iterator<Item = There<'_>> + use<'_> {
        let mut days: HashMap<String, (NaiveDate, NaiveDate)> = HashMap::new();
        for Sourced { proposal, .. } in proposals {
            let (first, last) = days.entry(proposal.speaker.clone()).or_insert((proposal.date, proposal.date));
            (*first, *last) = ((*first).min(proposal.date), (*last).max(proposal.date));
        }
        let near = move |row: &Statement| {
            days.get(&row.speaker).is_some_and(|(first, last)| {
                let day = row.date.written;
                (*first - day).num_days() < DAYS_APART && (day - *last).num_days() < DAYS_APART
            })
        };
        let rows = self.statements.rows.iter().enumerate();
        let alike = rows.filter(move |(_, row)| row.verified != Verified::Rejected && near(row));
        alike.map(|(number, _)| self.there(number))
    }

    fn there(&self, number: usize) -> There<'_> {
        let statement = &self.statements.rows[number];
        let published = self.sheet.records.cell(number + 1, "date_from") == PUBLICATION;
        let date_basis = if published { DayBasis::Publication } else { DayBasis::Verb };
        There { statement, speaker: statement.speaker.clone(), date_basis }
    }

    /// Adds the rows to the file.
    ///
    /// # Errors
    /// The same as [`EditedTable::save`].
    pub fn add(mut self, proposals: &[Sourced], origins: &[ArticleOrigin]) -> Result<Added> {
        let taken: HashSet<String> = self.statements.rows.iter().map(|row| row.id.clone()).collect();
        let rows = rows(proposals, origins, &taken);
        let mut warnings = Vec::new();
        if !rows.is_empty() {
            let longer = self.sheet.records.with_rows(&COLUMNS, &rows);
            warnings = self.sheet.save(longer)?;
        }
        Ok(Added { path: self.sheet.path, rows: rows.len(), warnings })
    }
}

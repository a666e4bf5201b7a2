//! `stance extract --append`: proposals as further rows of a corpus; what is there stays as it is.

use std::collections::{HashMap, HashSet};
use std::io::Write;

use chrono::NaiveDate;
use stance::corpus::STATEMENTS;
use stance::error::Result;
use stance::extract::day::DayBasis;
use stance::extract::merge::{DAYS_APART, FEWEST_IN_ALL, Sourced, There, words};
use stance::extract::proposal::Proposal;
use stance::extract::rows::{ArticleOrigin, COLUMNS, PUBLICATION, REVIEW, rows};
use stance::statement::{Statement, Verified};
use stance::words::many;

use super::args::CorpusArg;
use super::sheet::Sheet;
use super::source;

/// Where words stand: the file and its day of publication, since another article may come under the same name; the
/// first character and the one after the last.
type Place = [String; 4];

/// The statements of a corpus that rows are added to.
pub struct Append {
    sheet: Sheet,
    /// The numbers of the rows that were made of what stands at a place.
    places: HashMap<Place, Vec<usize>>,
    /// The rows that have the same words, by the further files that do.
    also: HashMap<String, Vec<usize>>,
    /// The rows that were turned down, by the speaker and the words.
    rejected: HashMap<(String, Vec<String>), Vec<usize>>,
}

impl Append {
    /// Reads what is there.
    pub fn open(corpus: &CorpusArg) -> Result<Append> {
        let sheet = Sheet::open(source::locate(corpus)?.join(STATEMENTS))?;
        let mut append = Append { sheet, places: HashMap::new(), also: HashMap::new(), rejected: HashMap::new() };
        for (number, row) in append.sheet.statements.rows.iter().enumerate() {
            let cell = |name: &str| append.sheet.records.cell(number + 1, name).to_owned();
            if !cell("file").is_empty() {
                append.places.entry(["file", "source_date", "start", "end"].map(cell)).or_default().push(number);
            }
            for file in cell("also_in").split("; ").filter(|file| !file.is_empty()) {
                append.also.entry(file.to_owned()).or_default().push(number);
            }
            if row.verified == Verified::Rejected {
                append.rejected.entry((row.speaker.clone(), words(&row.text))).or_default().push(number);
            }
        }
        Ok(append)
    }

    /// Drops the proposals that a row was made of, be it mended or turned down since, and returns the statements
    /// whose words the others may repeat.
    pub fn take_known(&self, proposals: &mut Vec<Sourced>, origins: &[ArticleOrigin]) -> Vec<There<'_>> {
        let mut known: Vec<There<'_>> = Vec::new();
        proposals.retain(|Sourced { article, proposal, .. }| {
            let Some(number) = self.row_of(proposal, &origins[*article]) else { return true };
            let row = &self.sheet.statements.rows[number];
            // Who said the words may have been mended; in other articles they stand under the name that was read.
            if row.text == proposal.text && row.speaker != proposal.speaker && row.verified != Verified::Rejected {
                known.push(There { speaker: proposal.speaker.clone(), ..self.there(number) });
            }
            false
        });
        known.extend(self.alike(proposals));
        known
    }

    /// The number of the row that was made of a proposal, by where its words stand.
    fn row_of(&self, proposal: &Proposal, origin: &ArticleOrigin) -> Option<usize> {
        let Proposal { speaker, text, passage, .. } = proposal;
        let rows = &self.sheet.statements.rows;
        let published = origin.published.to_string();
        let place = [origin.file.clone(), published, passage.start.to_string(), passage.end.to_string()];
        // A page may have been saved again, with other words at the same place.
        let same = |row: &&usize| {
            let Statement { speaker: by, text: written, .. } = &rows[**row];
            by == speaker || written == text || self.sheet.records.cell(**row + 1, "confidence") == REVIEW
        };
        if let Some(row) = self.places.get(&place).and_then(|found| found.iter().find(same)) {
            return Some(*row);
        }
        let near = |row: &&usize| (rows[**row].date.written - proposal.date).num_days().abs() < DAYS_APART;
        let own = words(text);
        let holds = |row: &&usize| words(&rows[**row].text).windows(own.len().max(1)).any(|run| *run == own[..]);
        let also = self.also.get(&origin.file).filter(|_| own.len() >= FEWEST_IN_ALL);
        if let Some(row) = also.and_then(|found| found.iter().filter(near).find(holds)) {
            return Some(*row);
        }
        self.rejected.get(&(speaker.clone(), own)).and_then(|found| found.iter().find(near)).copied()
    }

    /// The statements near the days and of the speakers of some proposals. Of what was turned down only the same words
    /// are held back, since something may have been wrong with them.
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
        let rows = self.sheet.statements.rows.iter().enumerate();
        let alike = rows.filter(move |(_, row)| row.verified != Verified::Rejected && near(row));
        alike.map(|(number, _)| self.there(number))
    }

    fn there(&self, number: usize) -> There<'_> {
        let statement = &self.sheet.statements.rows[number];
        let published = self.sheet.records.cell(number + 1, "date_from") == PUBLICATION;
        let date_basis = if published { DayBasis::Publication } else { DayBasis::Verb };
        There { statement, speaker: statement.speaker.clone(), date_basis }
    }

    /// Adds the rows, and says so.
    pub fn write(mut self, proposals: &[Sourced], origins: &[ArticleOrigin]) -> Result<()> {
        let taken: HashSet<String> = self.sheet.statements.rows.iter().map(|row| row.id.clone()).collect();
        let rows = rows(proposals, origins, &taken);
        let mut what = format!("{} added to {}", many(rows.len(), "row"), self.sheet.path.display());
        if !rows.is_empty() {
            let longer = self.sheet.records.with_rows(&COLUMNS, &rows);
            self.sheet.save(longer)?;
            what += "; confirm them with `stance extract --review`";
        }
        // What cannot be said about the work is no reason to call it undone.
        let _ = writeln!(anstream::stderr(), "stance: {what}");
        Ok(())
    }
}

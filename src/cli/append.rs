//! `stance extract --append`: proposals as further rows of a corpus; what is there stays as it is.

use std::collections::{HashMap, HashSet};
use std::io::Write;

use chrono::NaiveDate;
use stance::corpus::STATEMENTS;
use stance::error::Result;
use stance::extract::merge::{DAYS_APART, Sourced, There};
use stance::extract::proposal::Proposal;
use stance::extract::rows::{COLUMNS, Origin, rows};
use stance::statement::Statement;
use stance::words::many;

use super::args::CorpusArg;
use super::sheet::Sheet;
use super::source;

/// Where words stand: the file, the first character and the one after the last.
type Place = [String; 3];

/// The statements of a corpus that rows are added to.
pub struct Append {
    sheet: Sheet,
    /// Who said what and which words, for each place that a row names.
    places: HashMap<Place, Vec<[String; 2]>>,
}

impl Append {
    /// Reads what is there.
    pub fn open(corpus: &CorpusArg) -> Result<Append> {
        let sheet = Sheet::open(source::locate(corpus)?.join(STATEMENTS))?;
        let mut places: HashMap<Place, Vec<[String; 2]>> = HashMap::new();
        for record in 1..sheet.records.cells.len() {
            let cell = |name: &str| sheet.records.cell(record, name).to_owned();
            let place = ["file", "start", "end"].map(cell);
            if !place[0].is_empty() {
                places.entry(place).or_default().push(["speaker", "text"].map(cell));
            }
        }
        Ok(Append { sheet, places })
    }

    /// What is there of some proposals.
    pub fn there(&self, proposals: &[Sourced], origins: &[Origin]) -> There<'_> {
        There { statements: self.alike(proposals), proposals: self.known(proposals, origins) }
    }

    /// The proposals that a row was made of, be it mended or turned down: the same text gives the same words at the
    /// same place. Another article may have come under the same name; then neither who nor what is the same.
    fn known(&self, proposals: &[Sourced], origins: &[Origin]) -> HashSet<usize> {
        let rows = &self.sheet.statements.rows;
        let said: HashSet<(&str, &str, NaiveDate)> =
            rows.iter().map(|row| (row.speaker.as_str(), row.text.as_str(), row.date.written)).collect();
        let is_known = |Sourced { article, proposal, .. }: &Sourced| {
            let Proposal { speaker, text, passage, date, .. } = proposal;
            let place = [origins[*article].file.clone(), passage.start.to_string(), passage.end.to_string()];
            let rows = self.places.get(&place).map_or(&[][..], Vec::as_slice);
            rows.iter().any(|[by, words]| by == speaker || words == text)
                || said.contains(&(speaker.as_str(), text.as_str(), *date))
        };
        proposals.iter().enumerate().filter(|(_, sourced)| is_known(sourced)).map(|(place, _)| place).collect()
    }

    /// The statements whose words the proposals may repeat.
    fn alike(&self, proposals: &[Sourced]) -> Vec<&Statement> {
        let mut days: HashMap<&str, (NaiveDate, NaiveDate)> = HashMap::new();
        for Sourced { proposal, .. } in proposals {
            let (first, last) = days.entry(&proposal.speaker).or_insert((proposal.date, proposal.date));
            (*first, *last) = ((*first).min(proposal.date), (*last).max(proposal.date));
        }
        let near = |row: &&Statement| {
            days.get(row.speaker.as_str()).is_some_and(|(first, last)| {
                let day = row.date.written;
                (*first - day).num_days() < DAYS_APART && (day - *last).num_days() < DAYS_APART
            })
        };
        self.sheet.statements.rows.iter().filter(near).collect()
    }

    /// Adds the rows, and says so.
    pub fn write(mut self, proposals: &[Sourced], origins: &[Origin]) -> Result<()> {
        let taken: HashSet<String> = self.sheet.statements.rows.iter().map(|row| row.id.clone()).collect();
        let rows = rows(proposals, origins, &taken);
        if !rows.is_empty() {
            let longer = self.sheet.records.with_rows(&COLUMNS, &rows);
            self.sheet.save(longer)?;
        }
        let what = format!("{} added to {}", many(rows.len(), "row"), self.sheet.path.display());
        // What cannot be said about the work is no reason to call it undone.
        let _ = writeln!(anstream::stderr(), "stance: {what}; confirm them with `stance extract --review`");
        Ok(())
    }
}

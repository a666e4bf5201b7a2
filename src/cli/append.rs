//! `stance extract --append`: proposals as further rows of a corpus; what is there stays as it is.

use std::collections::{HashMap, HashSet};
use std::io::Write;

use chrono::NaiveDate;
use stance::corpus::STATEMENTS;
use stance::error::Result;
use stance::extract::day::Basis;
use stance::extract::merge::{DAYS_APART, Sourced, There};
use stance::extract::proposal::Proposal;
use stance::extract::rows::{COLUMNS, Origin, PUBLICATION, rows};
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
    /// The places that rows were made of.
    places: HashSet<Place>,
    /// The letters of rows, by the further files that have the same words.
    also: HashMap<String, Vec<String>>,
    /// The days of rows that were turned down, by the speaker and the letters.
    rejected: HashMap<(String, String), Vec<NaiveDate>>,
}

impl Append {
    /// Reads what is there.
    pub fn open(corpus: &CorpusArg) -> Result<Append> {
        let sheet = Sheet::open(source::locate(corpus)?.join(STATEMENTS))?;
        let mut append = Append { sheet, places: HashSet::new(), also: HashMap::new(), rejected: HashMap::new() };
        for (record, row) in (1..).zip(&append.sheet.statements.rows) {
            let cell = |name: &str| append.sheet.records.cell(record, name).to_owned();
            append.places.insert(["file", "source_date", "start", "end"].map(cell));
            for file in cell("also_in").split("; ").filter(|file| !file.is_empty()) {
                append.also.entry(file.to_owned()).or_default().push(letters(&row.text));
            }
            if row.verified == Verified::Rejected {
                let words = (row.speaker.clone(), letters(&row.text));
                append.rejected.entry(words).or_default().push(row.date.written);
            }
        }
        Ok(append)
    }

    /// Whether a row was made of a proposal, be it mended or turned down since.
    pub fn has(&self, proposal: &Proposal, origin: &Origin) -> bool {
        let Proposal { speaker, text, passage, date, .. } = proposal;
        let published = origin.published.to_string();
        let place = [origin.file.clone(), published, passage.start.to_string(), passage.end.to_string()];
        if !origin.file.is_empty() && self.places.contains(&place) {
            return true;
        }
        let letters = letters(text);
        let also = self.also.get(&origin.file).is_some_and(|rows| rows.iter().any(|row| row.contains(&letters)));
        let days = self.rejected.get(&(speaker.clone(), letters));
        also || days.is_some_and(|days| days.iter().any(|day| (*day - *date).num_days().abs() < DAYS_APART))
    }

    /// The statements whose words proposals may repeat. Of what was turned down only the same words are held back,
    /// since something may have been wrong with them.
    pub fn alike(&self, proposals: &[Sourced]) -> Vec<There<'_>> {
        let mut days: HashMap<&str, (NaiveDate, NaiveDate)> = HashMap::new();
        for Sourced { proposal, .. } in proposals {
            let (first, last) = days.entry(&proposal.speaker).or_insert((proposal.date, proposal.date));
            (*first, *last) = ((*first).min(proposal.date), (*last).max(proposal.date));
        }
        let near = |row: &Statement| {
            days.get(row.speaker.as_str()).is_some_and(|(first, last)| {
                let day = row.date.written;
                (*first - day).num_days() < DAYS_APART && (day - *last).num_days() < DAYS_APART
            })
        };
        let rows = (1..).zip(&self.sheet.statements.rows);
        let alike = rows.filter(|(_, row)| row.verified != Verified::Rejected && near(row));
        let there = alike.map(|(record, statement)| {
            let published = self.sheet.records.cell(record, "date_from") == PUBLICATION;
            There { statement, date_basis: if published { Basis::Publication } else { Basis::Verb } }
        });
        there.collect()
    }

    /// Adds the rows, and says so.
    pub fn write(mut self, proposals: &[Sourced], origins: &[Origin]) -> Result<()> {
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

/// The letters and figures of a text, by which the same words are known.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

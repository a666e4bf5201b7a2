//! Positions counted by speaker, issue and date: all that verdicts need, from wherever it comes.
//!
//! A corpus, a stream of statements, a file of labels, Spark or SQL: each gives a [`Tally`]. [`Tally::series`] makes the
//! series of it that [`shift::verdicts`] judges. Verdicts from counts are those from the
//! statements, number by number, because nothing else of a statement goes into a verdict.

use std::collections::hash_map::Entry;

use chrono::NaiveDate;
use rustc_hash::FxHashMap;
use serde::Serialize;

use crate::codebook::{Codebook, Issue, IssueIndex, Position};
use crate::date::{Grain, StatementDate};
use crate::error::{Error, Result};
use crate::label::{Decision, Origin, Whose};
use crate::series::{Counted, Series};
use crate::shift::verdict::date;
use crate::shift::{self, Request, Verdicts};
use crate::words;

pub mod exemplar;
pub mod row;

use exemplar::{Exemplar, Exemplars};

/// Positions counted by speaker, issue and date. Its size depends on how many different ones there are, and not on how
/// many statements were counted.
#[derive(Debug, Clone, Default)]
pub struct Tally {
    /// The speakers, in the order in which they were met.
    speakers: Vec<String>,
    /// The place of each speaker, by the name as it was written.
    places: FxHashMap<String, u32>,
    cells: FxHashMap<Key, Cell>,
    /// The statements that are kept in words, of each speaker on each issue. No verdict depends on them.
    exemplars: FxHashMap<(u32, IssueIndex), Exemplars>,
}

/// What one speaker said on one issue at one date and position, counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TallyCell<'t> {
    /// The speaker.
    pub speaker: &'t str,
    /// The issue.
    pub issue: IssueIndex,
    /// The date. Of a month, its first day.
    pub date: StatementDate,
    /// The position; `None` if coders or rules differ.
    pub position: Option<Position>,
    /// How many statements coders gave the position to, or differ on.
    pub by_hand: u64,
    /// How many have the position only from rules.
    pub by_rules: u64,
}

/// What is counted together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Key {
    speaker: u32,
    issue: IssueIndex,
    /// Of a month, its first day.
    date: StatementDate,
    /// `None` if coders or rules differ, so that there is no position.
    position: Option<Position>,
}

/// How often it occurs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Cell {
    statements: u64,
    by_rules: u64,
}

/// One row of a [`Tally`], as files have it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct TallyRow {
    /// The speaker.
    pub speaker: String,
    /// The issue, by its id.
    pub issue: String,
    /// The day. For a month, its first day.
    #[serde(serialize_with = "date")]
    pub day: NaiveDate,
    /// `day`, or `week`, `month`, `quarter` or `year` if no more is known.
    pub date_precision: &'static str,
    /// The position. `None` in the row of statements on which coders or rules differ.
    pub position: Option<i32>,
    /// How many statements take it.
    pub n: u64,
    /// How many of them have it only from rules.
    pub by_rules: u64,
    /// How many statements have no position because coders or rules differ.
    pub in_conflict: u64,
}

impl Tally {
    /// Counts statements that take a position. The speaker's name may be typed in any form that [`words::name`] makes
    /// one.
    pub fn add(&mut self, speaker: &str, issue: IssueIndex, date: StatementDate, position: Position, counted: Counted) {
        let cell = Cell { statements: counted.statements.into(), by_rules: counted.by_rules.into() };
        self.put(speaker, issue, date, Some(position), cell);
    }

    /// Counts a statement as what its labels by a source give it: a position, a conflict, or nothing.
    pub fn add_decision(
        &mut self,
        speaker: &str,
        issue: IssueIndex,
        date: StatementDate,
        decision: &Decision<'_>,
        whose: Whose,
    ) {
        if let Some(position) = decision.position_by(whose) {
            let by_rules = whose == Whose::Rules || decision.origin() == Some(Origin::Rules);
            self.add(speaker, issue, date, position, Counted { statements: 1, by_rules: by_rules.into() });
        }
        if decision.conflict_by(whose) {
            self.add_conflicts(speaker, issue, date, 1);
        }
    }

    /// Counts statements on which coders or rules differ.
    pub fn add_conflicts(&mut self, speaker: &str, issue: IssueIndex, date: StatementDate, statements: u32) {
        self.put(speaker, issue, date, None, Cell { statements: statements.into(), by_rules: 0 });
    }

    fn put(&mut self, speaker: &str, issue: IssueIndex, date: StatementDate, position: Option<Position>, cell: Cell) {
        if cell.statements == 0 {
            return;
        }
        let speaker = self.place_of(speaker);
        let date = StatementDate { written: date.first(), ..date };
        self.cells.entry(Key { speaker, issue, date, position }).or_default().add(cell);
    }

    fn place_of(&mut self, written: &str) -> u32 {
        if let Some(place) = self.places.get(written) {
            return *place;
        }
        let name = words::name(written);
        let next = u32::try_from(self.speakers.len()).unwrap_or(u32::MAX);
        let place = match self.places.entry(name) {
            Entry::Occupied(known) => *known.get(),
            Entry::Vacant(free) => {
                self.speakers.push(free.key().clone());
                *free.insert(next)
            }
        };
        self.places.insert(written.to_owned(), place);
        place
    }

    /// Adds another tally of the same codebook. The order of the two changes nothing.
    pub fn merge(&mut self, other: &Tally) {
        let places: Vec<u32> = other.speakers.iter().map(|name| self.place_of(name)).collect();
        for (key, cell) in &other.cells {
            let key = Key { speaker: places[key.speaker as usize], ..*key };
            self.cells.entry(key).or_default().add(*cell);
        }
        for ((speaker, issue), exemplars) in &other.exemplars {
            self.exemplars.entry((places[*speaker as usize], *issue)).or_default().merge(exemplars);
        }
    }

    /// Keeps a statement in words, if it is one that is to be kept of its pair. Count it besides.
    pub fn offer(&mut self, speaker: &str, issue: IssueIndex, exemplar: &Exemplar) {
        let speaker = self.place_of(speaker);
        self.exemplars.entry((speaker, issue)).or_default().offer(exemplar);
    }

    /// The statements of a pair that are kept in words, by day, then id. None if it was counted without words.
    pub fn exemplars(&self, speaker: &str, issue: IssueIndex) -> Vec<&Exemplar> {
        let place = self.places.get(speaker).copied();
        let kept = place.and_then(|place| self.exemplars.get(&(place, issue)));
        kept.map(Exemplars::all).unwrap_or_default()
    }

    /// Keeps what may have been said between two days, both included. `None` is no limit.
    #[must_use]
    pub fn within(mut self, from: Option<NaiveDate>, to: Option<NaiveDate>) -> Tally {
        self.cells.retain(|key, _| key.date.overlaps(from, to));
        self
    }

    /// Keeps these speakers and issues. An empty list keeps all.
    #[must_use]
    pub fn only(mut self, speakers: &[String], issues: &[IssueIndex]) -> Tally {
        let names = &self.speakers;
        self.cells.retain(|key, _| {
            (speakers.is_empty() || speakers.contains(&names[key.speaker as usize]))
                && (issues.is_empty() || issues.contains(&key.issue))
        });
        self
    }

    /// The counts: by speaker, then the order of issues in the codebook, then the date, then the position.
    pub fn cells(&self) -> Vec<TallyCell<'_>> {
        let cell = |(key, cell): (Key, Cell)| TallyCell {
            speaker: &self.speakers[key.speaker as usize],
            issue: key.issue,
            date: key.date,
            position: key.position,
            by_hand: cell.statements.saturating_sub(cell.by_rules),
            by_rules: cell.by_rules,
        };
        self.sorted().into_iter().map(cell).collect()
    }

    /// Whether nothing was counted.
    pub fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    /// Whether some statements are kept in words.
    pub fn has_words(&self) -> bool {
        !self.exemplars.is_empty()
    }

    /// How many statements take a position. One that takes positions on 2 issues counts twice.
    pub fn positions(&self) -> u64 {
        self.cells.iter().filter(|(key, _)| key.position.is_some()).map(|(_, cell)| cell.statements).sum()
    }

    /// The speakers that were counted, by name.
    pub fn speakers(&self) -> Vec<&str> {
        let mut places: Vec<u32> = self.cells.keys().map(|key| key.speaker).collect();
        places.sort_unstable();
        places.dedup();
        let mut names: Vec<&str> = places.into_iter().map(|place| self.speakers[place as usize].as_str()).collect();
        names.sort_unstable();
        names
    }

    /// All cells: by speaker, then the order of issues in the codebook, then the date, then the position.
    fn sorted(&self) -> Vec<(Key, Cell)> {
        let mut by_name: Vec<u32> = (0..self.speakers.len() as u32).collect();
        by_name.sort_unstable_by_key(|place| &self.speakers[*place as usize]);
        let mut rank = vec![0u32; by_name.len()];
        by_name.iter().zip(0..).for_each(|(place, order)| rank[*place as usize] = order);
        let mut cells: Vec<(Key, Cell)> = self.cells.iter().map(|(key, cell)| (*key, *cell)).collect();
        cells.sort_unstable_by_key(|(key, _)| (rank[key.speaker as usize], key.issue, key.date, key.position));
        cells
    }

    /// The counts as rows: by speaker, then the order of issues in the codebook, then the date, then the position. A
    /// row has either a position or a conflict.
    pub fn rows(&self, codebook: &Codebook) -> Vec<TallyRow> {
        let row = |(key, cell): (Key, Cell)| {
            let taken = key.position.is_some();
            TallyRow {
                speaker: self.speakers[key.speaker as usize].clone(),
                issue: codebook.issue(key.issue).id.clone(),
                day: key.date.written,
                date_precision: key.date.precision.word(),
                position: key.position.map(|position| position.0),
                n: if taken { cell.statements } else { 0 },
                by_rules: cell.by_rules,
                in_conflict: if taken { 0 } else { cell.statements },
            }
        };
        self.sorted().into_iter().map(row).collect()
    }

    /// The positions of each pair of speaker and issue as a series, by speaker, then by the order of issues in the
    /// codebook: what [`shift::verdicts`] judges.
    pub fn series(&self, codebook: &Codebook, grain: Grain) -> Vec<Series<'_>> {
        let mut all: Vec<Series<'_>> = Vec::new();
        for (key, cell) in self.sorted() {
            let speaker = self.speakers[key.speaker as usize].as_str();
            let levels = &codebook.issue(key.issue).levels;
            if all.last().is_none_or(|series| (series.speaker, series.issue) != (speaker, key.issue)) {
                all.push(Series { grain, ..Series::new(speaker, key.issue) });
            }
            let Some(series) = all.last_mut() else { continue };
            let Some(position) = key.position else {
                series.conflicts += usize::try_from(cell.statements).unwrap_or(usize::MAX);
                continue;
            };
            let Ok(rank) = levels.binary_search_by_key(&position, |level| level.position) else { continue };
            series.add(key.date, rank, levels.len(), cell.counted());
        }
        all
    }

    /// The verdicts on all pairs. Calls `done` after each one.
    pub fn verdicts(&self, codebook: &Codebook, grain: Grain, request: &Request, done: impl Fn() + Sync) -> Verdicts {
        shift::verdicts(&self.series(codebook, grain), codebook, request, done)
    }

    /// 8 digits that change with what was counted, and with the scale of each issue. The order of rows does not change
    /// them.
    pub fn fingerprint(&self, codebook: &Codebook) -> String {
        let level =
            |issue: &Issue| issue.levels.iter().map(|level| format!("{} ", level.position.0)).collect::<String>();
        let scales = codebook.issues.iter().map(|issue| format!("{} {}", issue.id, level(issue)));
        let row = |row: TallyRow| {
            let TallyRow { speaker, issue, day, date_precision, position, n, by_rules, in_conflict } = row;
            let position = position.map_or(String::new(), |position| position.to_string());
            [
                speaker,
                issue,
                day.to_string(),
                date_precision.to_owned(),
                position,
                n.to_string(),
                by_rules.to_string(),
                in_conflict.to_string(),
            ]
            .join("\n")
        };
        let parts: Vec<String> = scales.chain(self.rows(codebook).into_iter().map(row)).collect();
        words::fingerprint(parts.iter().map(String::as_str))
    }

    /// Checks that each pair of speaker and issue has no more statements than a verdict can count.
    ///
    /// # Errors
    /// [`Error::Request`] with the first that has more.
    pub fn check(&self, codebook: &Codebook) -> Result<()> {
        let Some((speaker, issue)) = self.too_many().into_iter().next() else { return Ok(()) };
        let what = format!("{speaker} has more than 4294967295 statements on {}", codebook.issue(issue).id);
        Err(Error::request(what, "check the column n: the numbers are those of single statements"))
    }

    /// The pairs with more statements than a verdict can count: 4,294,967,295. Each with its speaker and issue.
    fn too_many(&self) -> Vec<(&str, IssueIndex)> {
        let mut sums: FxHashMap<(u32, IssueIndex), u64> = FxHashMap::default();
        for (key, cell) in &self.cells {
            let sum = sums.entry((key.speaker, key.issue)).or_default();
            *sum = sum.saturating_add(cell.statements);
        }
        let over = sums.into_iter().filter(|(_, sum)| *sum > u32::MAX.into());
        let mut over: Vec<(&str, IssueIndex)> =
            over.map(|((speaker, issue), _)| (self.speakers[speaker as usize].as_str(), issue)).collect();
        over.sort_unstable();
        over
    }
}

impl Cell {
    fn add(&mut self, other: Cell) {
        self.statements = self.statements.saturating_add(other.statements);
        self.by_rules = self.by_rules.saturating_add(other.by_rules);
    }

    fn counted(self) -> Counted {
        let small = |count: u64| u32::try_from(count).unwrap_or(u32::MAX);
        Counted { statements: small(self.statements), by_rules: small(self.by_rules) }
    }
}

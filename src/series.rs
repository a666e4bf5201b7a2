//! The positions of one speaker on one issue, counted by day. Curves and tests of shifts use them.

use chrono::NaiveDate;

use crate::codebook::IssueIndex;
use crate::date::{Grain, StatementDate};

/// The positions of one speaker on one issue, as counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Series<'s> {
    /// The speaker.
    pub speaker: &'s str,
    /// The issue.
    pub issue: IssueIndex,
    /// What counts as a day: the unit of the test.
    pub grain: Grain,
    /// The days on which something was said, by date. Another unit counts as its first day.
    pub days: Vec<Day>,
    /// The statements without an exact day, by date. They are smoothed but not tested.
    pub months: Vec<Month>,
    /// How many more statements have no position because coders or rules differ on them.
    pub conflicts: usize,
    /// How many statements of a known day have a position that only rules gave.
    pub by_rules: usize,
}

/// A day on which something was said.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Day {
    /// The day.
    pub date: NaiveDate,
    /// How many statements are at each level of the scale, the lowest first.
    pub counts: Vec<u32>,
}

/// A month in which something was said on an unknown day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Month {
    /// Its first day.
    pub from: NaiveDate,
    /// Its last day.
    pub to: NaiveDate,
    /// How many statements are at each level of the scale, the lowest first.
    pub counts: Vec<u32>,
}

/// How many statements of one date take one position.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counted {
    /// The statements.
    pub statements: u32,
    /// How many of them have it only from rules.
    pub by_rules: u32,
}

impl<'s> Series<'s> {
    /// A series without a statement.
    pub fn new(speaker: &'s str, issue: IssueIndex) -> Series<'s> {
        let grain = Grain::Day;
        Series { speaker, issue, grain, days: Vec::new(), months: Vec::new(), conflicts: 0, by_rules: 0 }
    }

    /// Counts statements of one date at a rank, as the grain of the series has it: on a day, or beside the days if the
    /// date is not that exact. The scale has `levels` levels. Dates must come in order. A corpus, a stream and a file of
    /// counts all come in here.
    pub fn add(&mut self, date: StatementDate, rank: usize, levels: usize, counted: Counted) {
        match self.grain.of(date) {
            Some(day) => {
                self.count_day(day, rank, levels, counted.statements);
                self.by_rules += counted.by_rules as usize;
            }
            None => self.count_month(date.first(), date.last(), rank, levels, counted.statements),
        }
    }

    /// Counts a statement of a known day at a rank. The scale has `levels` levels. Days must come in order.
    pub fn add_day(&mut self, date: NaiveDate, rank: usize, levels: usize) {
        self.count_day(date, rank, levels, 1);
    }

    fn count_day(&mut self, date: NaiveDate, rank: usize, levels: usize, statements: u32) {
        if self.days.last().is_none_or(|day| day.date != date) {
            self.days.push(Day { date, counts: vec![0; levels] });
        }
        if let Some(count) = self.days.last_mut().and_then(|day| day.counts.get_mut(rank)) {
            *count = count.saturating_add(statements);
        }
    }

    /// Counts a statement at a rank if only its first and last possible day are known. The scale has `levels` levels.
    pub fn add_month(&mut self, from: NaiveDate, to: NaiveDate, rank: usize, levels: usize) {
        self.count_month(from, to, rank, levels, 1);
    }

    fn count_month(&mut self, from: NaiveDate, to: NaiveDate, rank: usize, levels: usize, statements: u32) {
        let place = self.months.binary_search_by_key(&(from, to), |month| (month.from, month.to));
        let place = place.unwrap_or_else(|place| {
            self.months.insert(place, Month { from, to, counts: vec![0; levels] });
            place
        });
        if let Some(count) = self.months[place].counts.get_mut(rank) {
            *count = count.saturating_add(statements);
        }
    }

    /// How many statements have a known day.
    pub fn statements(&self) -> usize {
        self.days.iter().map(Day::statements).sum()
    }

    /// How many statements are dated only by month.
    pub fn by_month(&self) -> usize {
        self.months.iter().map(|month| total(&month.counts)).sum()
    }
}

impl Day {
    /// How many statements there are.
    pub fn statements(&self) -> usize {
        total(&self.counts)
    }

    /// The mean rank of the day's positions: how many levels are below it.
    pub fn mean(&self) -> f64 {
        mean(&self.counts)
    }

    /// The weight of the day, 1 to 2: see [`weight`].
    pub fn weight(&self) -> f64 {
        weight(&self.counts)
    }
}

fn total(counts: &[u32]) -> usize {
    counts.iter().map(|count| *count as usize).sum()
}

/// The mean rank of counts per level.
pub fn mean(counts: &[u32]) -> f64 {
    let ranks: usize = counts.iter().enumerate().map(|(rank, count)| rank * *count as usize).sum();
    ranks as f64 / total(counts) as f64
}

/// The weight of a day's counts: m statements count as 2m / (m + 1) days of one statement. That is the precision of
/// their mean if statements of one day are correlated by ½. A day never counts more than 2.
pub fn weight(counts: &[u32]) -> f64 {
    let statements = total(counts) as f64;
    2.0 * statements / (statements + 1.0)
}

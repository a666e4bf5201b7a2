//! Stretches of time in which statements are counted: months, or quarters or years if the span asks for it.

use chrono::{Datelike, Months, NaiveDate};

use crate::chart::locale::Locale;

/// How long a stretch is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Period {
    /// A month.
    Month,
    /// A quarter of a year.
    Quarter,
    /// A year.
    Year,
}

/// The most months, and the most quarters, in a picture. More could not be read.
const MOST: (u32, u32) = (24, 32);

impl Period {
    /// The shortest stretch that does not come too often between two days.
    pub fn of(from: NaiveDate, to: NaiveDate) -> Period {
        let months = Period::Month.count(from, to);
        match months {
            _ if months <= MOST.0 => Period::Month,
            _ if Period::Quarter.count(from, to) <= MOST.1 => Period::Quarter,
            _ => Period::Year,
        }
    }

    /// The next longer stretch.
    pub fn coarser(self) -> Option<Period> {
        match self {
            Period::Month => Some(Period::Quarter),
            Period::Quarter => Some(Period::Year),
            Period::Year => None,
        }
    }

    /// The stretches for a picture between two days: the shortest that suits it, then longer ones, for less room.
    pub fn from_finest(from: NaiveDate, to: NaiveDate) -> impl Iterator<Item = Period> {
        std::iter::successors(Some(Period::of(from, to)), |period| period.coarser())
    }

    fn count(self, from: NaiveDate, to: NaiveDate) -> u32 {
        self.between(from, to).count() as u32
    }

    /// The months of a stretch.
    fn months(self) -> u32 {
        match self {
            Period::Month => 1,
            Period::Quarter => 3,
            Period::Year => 12,
        }
    }

    /// The first day of the stretch that holds a day.
    pub fn start(self, date: NaiveDate) -> NaiveDate {
        let month = date.month0() / self.months() * self.months() + 1;
        NaiveDate::from_ymd_opt(date.year(), month, 1).unwrap_or(date)
    }

    /// The first day of every stretch, from the one that holds a day to the one that holds another.
    pub fn between(self, from: NaiveDate, to: NaiveDate) -> impl Iterator<Item = NaiveDate> {
        let step = Months::new(self.months());
        std::iter::successors(Some(self.start(from)), move |start| start.checked_add_months(step))
            .take_while(move |start| *start <= to)
    }

    /// The column that names a stretch in a table.
    pub fn column(self) -> &'static str {
        match self {
            Period::Month => "month",
            Period::Quarter => "quarter",
            Period::Year => "year",
        }
    }

    /// A stretch as tables write it: `2025-03`, `2025-Q1`, `2025`.
    pub fn written(self, date: NaiveDate) -> String {
        let start = self.start(date);
        match self {
            Period::Month => start.format("%Y-%m").to_string(),
            Period::Quarter => format!("{:04}-Q{}", start.year(), quarter(start)),
            Period::Year => format!("{:04}", start.year()),
        }
    }

    /// A stretch in words: `March 2025`, or `Mar 2025` if `short`.
    pub fn said(self, locale: &Locale, date: NaiveDate, short: bool) -> String {
        match self {
            Period::Month if short => locale.short_month(date),
            Period::Month => locale.month(date),
            Period::Quarter => locale.quarter(date),
            Period::Year => date.year().to_string(),
        }
    }

    /// A number of stretches in words.
    pub fn many(self, locale: &Locale, count: usize) -> String {
        match self {
            Period::Month => locale.many("months", count),
            Period::Quarter => locale.many("quarters", count),
            Period::Year => locale.many("years", count),
        }
    }
}

fn quarter(date: NaiveDate) -> u32 {
    date.month0() / 3 + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_spans_are_counted_by_longer_stretches() {
        let day = |text: &str| -> NaiveDate { text.parse().expect("a date") };
        let period = |to: &str| Period::of(day("2016-02-10"), day(to));
        assert_eq!(period("2018-01-31"), Period::Month);
        assert_eq!(period("2018-02-01"), Period::Quarter);
        assert_eq!(period("2025-01-01"), Period::Year);
        let quarters: Vec<String> =
            Period::Quarter.between(day("2016-02-10"), day("2016-10-01")).map(|d| Period::Quarter.written(d)).collect();
        assert_eq!(quarters, ["2016-Q1", "2016-Q2", "2016-Q3", "2016-Q4"]);
    }
}

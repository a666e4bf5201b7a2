//! Days, and weeks, months, quarters or years if the day is not known.

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};
use serde::Serialize;

use crate::words;

/// How exactly the day of a statement is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Precision {
    /// The day is known.
    Day,
    /// Only the week is known, from Monday. The day in the file is a placeholder, here and below.
    Week,
    /// Only the month is known.
    Month,
    /// Only the quarter of the year is known.
    Quarter,
    /// Only the year is known.
    Year,
}

impl Precision {
    /// All of them, the most exact first.
    pub const ALL: [Precision; 5] =
        [Precision::Day, Precision::Week, Precision::Month, Precision::Quarter, Precision::Year];

    /// What to write instead of another word.
    pub const HINT: &str =
        "write `day`, or `week`, `month`, `quarter` or `year` if no more is known and the day is only a placeholder";

    /// The word in files: `day`, `week`, `month`, `quarter` or `year`.
    pub fn word(self) -> &'static str {
        match self {
            Precision::Day => "day",
            Precision::Week => "week",
            Precision::Month => "month",
            Precision::Quarter => "quarter",
            Precision::Year => "year",
        }
    }

    /// What a cell of a file says. An empty cell is a day.
    pub fn read(cell: &str) -> Option<Precision> {
        if cell.is_empty() {
            Some(Precision::Day)
        } else {
            Precision::ALL.into_iter().find(|known| known.word() == cell)
        }
    }
}

/// When words were said: a day, or a longer span if the day is not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StatementDate {
    /// The date in the file. For a longer span, a placeholder within it.
    pub written: NaiveDate,
    /// How exactly it is known.
    pub precision: Precision,
}

impl StatementDate {
    /// Whether the day is known.
    pub fn is_day(self) -> bool {
        self.precision == Precision::Day
    }

    /// The first day on which the words may have been said.
    pub fn first(self) -> NaiveDate {
        match self.precision {
            Precision::Day => self.written,
            Precision::Week => Grain::Week.start(self.written),
            Precision::Month => month_start(self.written),
            Precision::Quarter => Grain::Quarter.start(self.written),
            Precision::Year => year_start(self.written),
        }
    }

    /// The last day on which the words may have been said.
    pub fn last(self) -> NaiveDate {
        match self.precision {
            Precision::Day => self.written,
            Precision::Week => self.first().checked_add_days(Days::new(6)).unwrap_or(NaiveDate::MAX),
            Precision::Month => month_end(self.written),
            Precision::Quarter => month_end(self.first().checked_add_months(Months::new(2)).unwrap_or(NaiveDate::MAX)),
            Precision::Year => month_end(self.first().with_month(12).unwrap_or(NaiveDate::MAX)),
        }
    }

    /// The date in a sentence: `2025-03-03`, `the week of 3 March 2025`, `March 2025`, `quarter 1 of 2025`, `2025`.
    pub fn named(self) -> String {
        match self.precision {
            Precision::Day => self.written.to_string(),
            Precision::Week => Grain::Week.named(self.first()),
            Precision::Month => Grain::Month.named(self.first()),
            Precision::Quarter => Grain::Quarter.named(self.first()),
            Precision::Year => self.written.year().to_string(),
        }
    }

    /// Whether the words may have been said between two days, both included. `None` is no limit.
    pub fn overlaps(self, from: Option<NaiveDate>, to: Option<NaiveDate>) -> bool {
        from.is_none_or(|from| self.last() >= from) && to.is_none_or(|to| self.first() <= to)
    }
}

/// The first day of a date's month.
pub fn month_start(date: NaiveDate) -> NaiveDate {
    date.with_day(1).expect("every month has a first day")
}

/// The first day of a date's year.
fn year_start(date: NaiveDate) -> NaiveDate {
    month_start(date).with_month(1).expect("every year has a January")
}

/// The last day of a date's month.
pub fn month_end(date: NaiveDate) -> NaiveDate {
    month_start(date).checked_add_months(Months::new(1)).and_then(|next| next.pred_opt()).unwrap_or(NaiveDate::MAX)
}

/// The unit of a test: what is said in one unit counts as said at once.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Grain {
    /// Days. Statements dated less exactly have none.
    #[default]
    Day,
    /// Weeks from Monday. Statements dated only by month, quarter or year have none.
    Week,
    /// Months.
    Month,
    /// Quarters of a year.
    Quarter,
}

impl Grain {
    /// The word for one unit.
    pub fn word(self) -> &'static str {
        match self {
            Grain::Day => "day",
            Grain::Week => "week",
            Grain::Month => "month",
            Grain::Quarter => "quarter",
        }
    }

    /// The first day of the unit that a day is in.
    pub fn start(self, date: NaiveDate) -> NaiveDate {
        match self {
            Grain::Day => date,
            Grain::Week => date.week(Weekday::Mon).checked_first_day().unwrap_or(date),
            Grain::Month => month_start(date),
            Grain::Quarter => {
                let first = date.month0() / 3 * 3 + 1;
                month_start(date).with_month(first).unwrap_or(date)
            }
        }
    }

    /// The first day of the unit of a statement. `None` if its date is not that exact.
    pub fn of(self, date: StatementDate) -> Option<NaiveDate> {
        let start = self.start(date.first());
        (self.start(date.last()) == start).then_some(start)
    }

    /// A unit as a date, by its first day: what is known of a day that is only known as this unit.
    pub fn date(self, start: NaiveDate) -> StatementDate {
        let precision = match self {
            Grain::Day => Precision::Day,
            Grain::Week => Precision::Week,
            Grain::Month => Precision::Month,
            Grain::Quarter => Precision::Quarter,
        };
        StatementDate { written: start, precision }
    }

    /// A unit in a sentence, by its first day: `3 March 2025`, `the week of 3 March 2025`, `March 2025`,
    /// `quarter 1 of 2025`.
    pub fn named(self, start: NaiveDate) -> String {
        match self {
            Grain::Day => words::day(start),
            Grain::Week => format!("the week of {}", words::day(start)),
            Grain::Month => start.format("%B %Y").to_string(),
            Grain::Quarter => format!("quarter {} of {}", start.month0() / 3 + 1, start.year()),
        }
    }

    /// The same after its preposition: `on 3 March 2025`, `in March 2025`.
    pub fn at(self, start: NaiveDate) -> String {
        let preposition = if self == Grain::Day { "on" } else { "in" };
        format!("{preposition} {}", self.named(start))
    }

    /// Two units in a sentence, by their first days.
    pub fn both(self, from: NaiveDate, to: NaiveDate) -> String {
        match self {
            Grain::Day => words::days(from, to, "and"),
            _ => format!("{} and {}", self.named(from), self.named(to)),
        }
    }
}

/// Reads a date written `YYYY-MM-DD`.
///
/// # Errors
/// What is wrong and how to write it. A date in another order is rejected, never guessed.
pub fn parse_day(text: &str) -> Result<NaiveDate, DateFault> {
    // Nearly all are days.
    if let &[y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = text.as_bytes() {
        let number = |digits: &[u8]| {
            let is_number = digits.iter().all(u8::is_ascii_digit);
            is_number.then(|| digits.iter().fold(0, |number, digit| number * 10 + u32::from(digit - b'0')))
        };
        if let (Some(year), Some(month), Some(day)) = (number(&[y1, y2, y3, y4]), number(&[m1, m2]), number(&[d1, d2]))
            && let Some(date) = NaiveDate::from_ymd_opt(year as i32, month, day)
        {
            return Ok(date);
        }
    }
    let fault = |what: String, hint: &str| Err(DateFault { what, hint: hint.to_owned() });
    let digits = |part: &str, count: usize| part.len() == count && part.bytes().all(|b| b.is_ascii_digit());
    let parts: Vec<&str> = text.split('-').collect();
    match parts[..] {
        [year, month, day] if digits(year, 4) && digits(month, 2) && digits(day, 2) => {
            match NaiveDate::parse_from_str(text, "%Y-%m-%d") {
                Ok(date) => Ok(date),
                Err(_) => fault(format!("`{text}` is not a day of the calendar"), "check the month and the day"),
            }
        }
        [year, month] if digits(year, 4) && digits(month, 2) => fault(
            format!("`{text}` has no day"),
            &format!("write a placeholder day, {text}-01, and `month` in the column date_precision"),
        ),
        _ if text.is_empty() => fault("the date is empty".to_owned(), "write it as YYYY-MM-DD"),
        _ if text.contains('/') || text.contains('.') => fault(
            format!("`{text}` is not a date as YYYY-MM-DD"),
            "write year, month, day, such as 2025-08-15; day and month in another order are not guessed",
        ),
        _ => fault(format!("`{text}` is not a date as YYYY-MM-DD"), "write year, month, day, such as 2025-08-15"),
    }
}

/// Why a text is not a date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateFault {
    /// What is wrong.
    pub what: String,
    /// How to fix it.
    pub hint: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        parse_day(text).unwrap()
    }

    #[test]
    fn a_unit_begins_on_its_first_day_and_a_month_is_no_day_and_no_week() {
        let date = day("2025-11-30");
        let starts = [Grain::Day, Grain::Week, Grain::Month, Grain::Quarter].map(|grain| grain.start(date));
        assert_eq!(starts, ["2025-11-30", "2025-11-24", "2025-11-01", "2025-10-01"].map(day));
        assert_eq!(Grain::Quarter.start(day("2024-02-29")), day("2024-01-01"));
        assert_eq!(
            Grain::Week.start(NaiveDate::MIN),
            NaiveDate::MIN.week(Weekday::Mon).checked_first_day().unwrap_or(NaiveDate::MIN)
        );
        let month = StatementDate { written: date, precision: Precision::Month };
        let units = [Grain::Day, Grain::Week, Grain::Month, Grain::Quarter].map(|grain| grain.of(month));
        assert_eq!(units, [None, None, Some(day("2025-11-01")), Some(day("2025-10-01"))]);
        assert_eq!(Grain::Month.both(day("2025-03-01"), day("2025-04-01")), "March 2025 and April 2025");
        assert_eq!(Grain::Week.at(day("2025-03-03")), "in the week of 3 March 2025");
        assert_eq!(Grain::Quarter.named(day("2025-10-01")), "quarter 4 of 2025");
    }

    #[test]
    fn a_date_in_another_order_is_refused_with_a_hint() {
        for (text, what, hint) in [
            ("15/08/2025", "`15/08/2025` is not a date as YYYY-MM-DD", "are not guessed"),
            ("8.15.2025", "`8.15.2025` is not a date as YYYY-MM-DD", "are not guessed"),
            ("2025-02-30", "`2025-02-30` is not a day of the calendar", "check the month"),
            ("2025-08", "`2025-08` has no day", "2025-08-01, and `month`"),
            ("2025-8-5", "`2025-8-5` is not a date as YYYY-MM-DD", "such as 2025-08-15"),
            ("", "the date is empty", "YYYY-MM-DD"),
            (" 2025-08-05", "` 2025-08-05` is not", "such as"),
            ("２０２５-08-05", "is not a date", "such as"),
        ] {
            let fault = parse_day(text).unwrap_err();
            assert!(fault.what.contains(what) && fault.hint.contains(hint), "{text}: {fault:?}");
        }
    }

    #[test]
    fn a_date_that_is_less_exact_reaches_from_its_first_day_to_its_last() {
        let date = StatementDate { written: day("2025-02-10"), precision: Precision::Month };
        assert_eq!((date.first(), date.last()), (day("2025-02-01"), day("2025-02-28")));
        for (precision, first, last, named) in [
            (Precision::Day, "2025-02-10", "2025-02-10", "2025-02-10"),
            (Precision::Week, "2025-02-10", "2025-02-16", "the week of 10 February 2025"),
            (Precision::Quarter, "2025-01-01", "2025-03-31", "quarter 1 of 2025"),
            (Precision::Year, "2025-01-01", "2025-12-31", "2025"),
        ] {
            let date = StatementDate { precision, ..date };
            assert_eq!((date.first(), date.last(), &*date.named()), (day(first), day(last), named));
            assert_eq!(Precision::read(precision.word()), Some(precision));
            let far = StatementDate { written: NaiveDate::MAX, precision };
            assert!(far.first() <= far.last());
        }
        assert_eq!((Precision::read(""), Precision::read("Month")), (Some(Precision::Day), None));
        assert!(date.overlaps(Some(day("2025-02-28")), None));
        assert!(!date.overlaps(Some(day("2025-03-01")), None));
        assert_eq!(month_end(NaiveDate::MAX), NaiveDate::MAX);
    }
}

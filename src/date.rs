//! Days, and months if the day is not known.

use chrono::{Datelike, Months, NaiveDate};

/// How exactly the day of a statement is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Precision {
    /// The day is known.
    Day,
    /// Only the month is known. The day in the file is a placeholder.
    Month,
}

impl Precision {
    /// The word in files: `day` or `month`.
    pub fn word(self) -> &'static str {
        match self {
            Precision::Day => "day",
            Precision::Month => "month",
        }
    }
}

/// When words were said: a day, or a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StatementDate {
    /// The date in the file. For a month, a placeholder within it.
    pub written: NaiveDate,
    /// Whether the day or only the month is known.
    pub precision: Precision,
}

impl StatementDate {
    /// The first day on which the words may have been said.
    pub fn first(self) -> NaiveDate {
        match self.precision {
            Precision::Day => self.written,
            Precision::Month => month_start(self.written),
        }
    }

    /// The last day on which the words may have been said.
    pub fn last(self) -> NaiveDate {
        match self.precision {
            Precision::Day => self.written,
            Precision::Month => month_end(self.written),
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

/// The last day of a date's month.
pub fn month_end(date: NaiveDate) -> NaiveDate {
    month_start(date).checked_add_months(Months::new(1)).and_then(|next| next.pred_opt()).unwrap_or(NaiveDate::MAX)
}

/// Reads a date written `YYYY-MM-DD`.
///
/// # Errors
/// What is wrong and how to write it. A date in another order is rejected, never guessed.
pub fn parse_day(text: &str) -> Result<NaiveDate, DateFault> {
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
    fn a_month_reaches_from_its_first_day_to_its_last() {
        let date = StatementDate { written: day("2025-02-10"), precision: Precision::Month };
        assert_eq!((date.first(), date.last()), (day("2025-02-01"), day("2025-02-28")));
        assert!(date.overlaps(Some(day("2025-02-28")), None));
        assert!(!date.overlaps(Some(day("2025-03-01")), None));
        assert_eq!(month_end(NaiveDate::MAX), NaiveDate::MAX);
    }
}

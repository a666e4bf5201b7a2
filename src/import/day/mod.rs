//! Days as people write them. What the writing leaves open is decided by the column as a whole, or not at all.

mod names;
mod written;

use chrono::{DateTime, Datelike, Days, FixedOffset, NaiveDate, Weekday};
use chrono_tz::Tz;

use crate::date::{Precision, StatementDate};

pub use written::{read, weekday, within};

/// Whether the day or the month comes first in dates such as 05/06/2018.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DateOrder {
    /// 5 June.
    DayFirst,
    /// 6 May.
    MonthFirst,
}

impl DateOrder {
    /// The word in flags and files: `dmy` or `mdy`.
    pub fn word(self) -> &'static str {
        match self {
            DateOrder::DayFirst => "dmy",
            DateOrder::MonthFirst => "mdy",
        }
    }
}

/// A date as far as its own writing says.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum WrittenDay {
    /// A day, whoever reads it.
    Day(NaiveDate),
    /// A moment with its zone. `utc` if the zone is UTC, which computers write wherever they are.
    Moment { at: DateTime<FixedOffset>, utc: bool },
    /// Day and month, in an order that the writing leaves open, unless the day of the week beside it decides.
    Open { first: u32, second: u32, year: i32, dotted: bool, weekday: Option<Weekday> },
    /// The same, with the last 2 digits of a year.
    ShortYear { first: u32, second: u32, year: i32 },
    /// A day and a month by name, with the last 2 digits of a year.
    NamedShortYear { day: u32, month: u32, year: i32 },
    /// A month by name and 2 digits, which are its year or its day: `Mar-25`.
    NamedMonth { month: u32, digits: u32 },
    /// A month without a day.
    Month { year: i32, month: u32 },
    /// A week of a year, by its Monday.
    Week(NaiveDate),
    /// A quarter of a year, by its first day.
    Quarter(NaiveDate),
    /// A year alone.
    Year(i32),
    /// The number of a day in a spreadsheet.
    Serial(u32),
    /// Three numbers that are not a day of the calendar.
    Impossible,
    /// Nothing of this kind.
    Unknown,
}

/// How the dates of a column are read.
#[derive(Debug, Clone, Copy, Default)]
pub struct DayRules {
    /// Whether day or month comes first; `None` if nothing says it.
    pub order: Option<DateOrder>,
    /// Whether a person has said so, and not only the column.
    pub order_given: bool,
    /// Whether 2 digits at the end of a date are its year.
    pub years_last: bool,
    /// Whether 2 digits beside the name of a month are its year.
    pub months_with_years: bool,
    /// The zone in which the day of a moment is meant. `None` is the zone in which it is written.
    pub zone: Option<Tz>,
    /// Whether serial numbers count from 1904.
    pub from_1904: bool,
}

/// Why a date cannot be read: what is wrong, and how to fix it.
pub type DayFault = (String, String);

impl WrittenDay {
    /// The order that this date proves, if only one is possible.
    pub fn proves(self) -> Option<DateOrder> {
        match self {
            WrittenDay::Open { first: 13..=31, second: 1..=12, .. }
            | WrittenDay::ShortYear { first: 13..=31, second: 1..=12, .. } => Some(DateOrder::DayFirst),
            WrittenDay::Open { first: 1..=12, second: 13..=31, .. }
            | WrittenDay::ShortYear { first: 1..=12, second: 13..=31, .. } => Some(DateOrder::MonthFirst),
            WrittenDay::Open { first, second, year, dotted: false, weekday: Some(weekday) } => {
                let is =
                    |month, day| NaiveDate::from_ymd_opt(year, month, day).is_some_and(|day| day.weekday() == weekday);
                match (is(second, first), is(first, second)) {
                    (true, false) => Some(DateOrder::DayFirst),
                    (false, true) => Some(DateOrder::MonthFirst),
                    _ => None,
                }
            }
            _ => None,
        }
    }

    /// Whether both orders give a day, and not the same one.
    pub fn is_open(self) -> bool {
        match self {
            WrittenDay::Open { first: 1..=12, second: 1..=12, dotted: false, .. } => {
                self.turned() != self && self.proves().is_none()
            }
            WrittenDay::ShortYear { first: first @ 1..=12, second: second @ 1..=12, .. } => first != second,
            _ => false,
        }
    }

    fn turned(self) -> WrittenDay {
        match self {
            WrittenDay::Open { first, second, year, dotted, weekday } => {
                WrittenDay::Open { first: second, second: first, year, dotted, weekday }
            }
            other => other,
        }
    }

    /// The day or month that is meant.
    ///
    /// # Errors
    /// What is wrong with it, and how to fix it.
    pub fn meant(self, written: &str, rules: DayRules) -> Result<StatementDate, DayFault> {
        let day = |written| Ok(StatementDate { written, precision: Precision::Day });
        let impossible = || {
            let what = format!("`{written}` is not a day of the calendar");
            Err((what, "check the day and the month".to_owned()))
        };
        let calendar = |year: i32, month: u32, of_month: u32| match NaiveDate::from_ymd_opt(year, month, of_month) {
            Some(found) if year >= 1000 => day(found),
            _ => impossible(),
        };
        match self {
            WrittenDay::Day(found) => day(found),
            WrittenDay::Moment { at, .. } => day(match rules.zone {
                Some(zone) => at.with_timezone(&zone).date_naive(),
                None => at.date_naive(),
            }),
            WrittenDay::Open { first, second, year, dotted, .. } => {
                let order = rules.order.or(dotted.then_some(DateOrder::DayFirst));
                match order.or(self.proves()) {
                    Some(DateOrder::MonthFirst) => calendar(year, first, second),
                    // The same day in either order, or one that the column leaves open and that was reported.
                    Some(DateOrder::DayFirst) | None => calendar(year, second, first),
                }
            }
            WrittenDay::ShortYear { .. } | WrittenDay::NamedShortYear { .. } if !rules.years_last => {
                let what = format!("the year of `{written}` has 2 digits");
                let hint = "write all 4 digits; or, if the year comes last, say so with --date-order dmy (day first) or \
                            --date-order mdy";
                Err((what, hint.to_owned()))
            }
            WrittenDay::ShortYear { first, second, year } => match rules.order {
                Some(DateOrder::MonthFirst) => calendar(whole_year(year), first, second),
                _ => calendar(whole_year(year), second, first),
            },
            WrittenDay::NamedShortYear { day, month, year } => calendar(whole_year(year), month, day),
            WrittenDay::NamedMonth { month, digits } if rules.months_with_years => {
                let year = whole_year(digits as i32);
                let first = NaiveDate::from_ymd_opt(year, month, 1);
                first.map_or_else(impossible, |written| Ok(StatementDate { written, precision: Precision::Month }))
            }
            WrittenDay::NamedMonth { .. } => {
                let what = format!("`{written}` may be a month with its year, or a day without one");
                Err((what, "write the year with 4 digits, or the whole date as 2025-08-15".to_owned()))
            }
            WrittenDay::Month { year, month } => match NaiveDate::from_ymd_opt(year, month, 1) {
                Some(written) => Ok(StatementDate { written, precision: Precision::Month }),
                None => impossible(),
            },
            WrittenDay::Week(written) => Ok(StatementDate { written, precision: Precision::Week }),
            WrittenDay::Quarter(written) => Ok(StatementDate { written, precision: Precision::Quarter }),
            WrittenDay::Year(year) => match NaiveDate::from_ymd_opt(year, 1, 1) {
                Some(written) => Ok(StatementDate { written, precision: Precision::Year }),
                None => impossible(),
            },
            WrittenDay::Serial(serial) => {
                let from = if rules.from_1904 { (1904, 1, 1) } else { (1899, 12, 30) };
                let first = NaiveDate::from_ymd_opt(from.0, from.1, from.2);
                match first.and_then(|first| first.checked_add_days(Days::new(u64::from(serial)))) {
                    Some(found) => day(found),
                    None => impossible(),
                }
            }
            WrittenDay::Impossible => impossible(),
            WrittenDay::Unknown if written.is_empty() => {
                Err(("the date is empty".to_owned(), "write the day on which the words were said".to_owned()))
            }
            WrittenDay::Unknown => {
                let what = format!("`{written}` is not a date");
                let hint = "write it as 2025-08-15, 15.08.2025 or 15 August 2025, or only the month as 2025-08";
                Err((what, hint.to_owned()))
            }
        }
    }
}

/// The year of 2 digits: 1970 to 2069.
pub fn whole_year(short: i32) -> i32 {
    if short < 70 { 2000 + short } else { 1900 + short }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const PLAIN: DayRules = DayRules {
        order: None,
        order_given: false,
        years_last: false,
        months_with_years: false,
        zone: None,
        from_1904: false,
    };

    fn meant(text: &str, rules: DayRules) -> String {
        match read(text).meant(text, rules) {
            Ok(date) => format!("{} {}", date.written, date.precision.word()),
            Err((what, _)) => what,
        }
    }

    #[test]
    fn one_day_in_many_writings() {
        for text in [
            "2025-08-15",
            "2025/8/15",
            "2025.08.15",
            "20250815",
            "15.08.2025",
            "15. 8. 2025",
            "15/08/2025",
            "08/15/2025",
            "15-08-2025",
            "15 August 2025",
            "15. August 2025",
            "August 15, 2025",
            "Aug. 15th, 2025",
            "15-Aug-2025",
            "Friday, 15 August 2025",
            "Fri, 15 Aug 2025 10:00:00 +0000",
            "15 août 2025",
            "le 15 aout 2025",
            "15 de agosto de 2025",
            "15 серпня 2025 р.",
            "15 серпня 2025 року",
            "15 августа 2025 г.",
            "15 sierpnia 2025",
            "15 sierpnia 2025 r.",
            "2025-08-15T23:30:00Z",
            "2025-08-15 23:30:00.123+02:00",
            "2025-08-15 00:00:00",
            "15.08.2025 13:45",
            "8/15/2025 1:45:00 PM",
            "45884",
            "45884.5",
            "2025 August 15",
            "Fri Aug 15 14:05:00 +0000 2025",
            "15.08.2025, 13:45 Uhr",
        ] {
            assert_eq!(meant(text, PLAIN), "2025-08-15 day", "{text}");
        }
    }

    #[test]
    fn months_stay_months() {
        for text in ["2025-08", "08/2025", "8.2025", "August 2025", "2025 август", "серпень 2025", "août 2025"]
        {
            assert_eq!(meant(text, PLAIN), "2025-08-01 month", "{text}");
        }
        for text in ["early August 2025", "mid-August 2025", "Ende August 2025", "début août 2025", "fin août 2025"]
        {
            assert_eq!(meant(text, PLAIN), "2025-08-01 month", "{text}");
        }
    }

    #[test]
    fn quarters_weeks_and_years_are_less_exact() {
        for text in ["Q3 2025", "q3/2025", "2025-Q3", "2025 Q3", "3. Quartal 2025", "3rd quarter of 2025", "T3 2025"] {
            assert_eq!(meant(text, PLAIN), "2025-07-01 quarter", "{text}");
        }
        for text in ["3e trimestre 2025", "3 кв. 2025", "3 квартал 2025"] {
            assert_eq!(meant(text, PLAIN), "2025-07-01 quarter", "{text}");
        }
        assert_eq!(meant("2025-W07", PLAIN), "2025-02-10 week");
        assert_eq!(meant("2025", PLAIN), "2025-01-01 year");
    }

    #[test]
    fn what_is_not_clear_is_rejected() {
        for (text, what) in [
            ("", "is empty"),
            ("soon", "is not a date"),
            ("early 5 May 2025", "is not a date"),
            ("2025-W60", "not a day of the calendar"),
            ("Q5 2025", "is not a date"),
            ("31.02.2025", "not a day of the calendar"),
            ("2025-13-01", "not a day of the calendar"),
            ("15/08/25", "2 digits"),
            ("15-Aug-25", "2 digits"),
            ("Aug-25", "a month with its year, or a day"),
            ("0001-01-01", "not a day of the calendar"),
            ("12", "is not a date"),
            ("99999", "is not a date"),
            ("3 blind mice 2025", "is not a date"),
        ] {
            assert!(meant(text, PLAIN).contains(what), "{text}: {}", meant(text, PLAIN));
        }
        let given = DayRules { order: Some(DateOrder::MonthFirst), order_given: true, years_last: true, ..PLAIN };
        assert_eq!(meant("08/15/25", given), "2025-08-15 day");
        assert_eq!(meant("15-Aug-25", given), "2025-08-15 day");
        assert_eq!(meant("Aug-25", DayRules { months_with_years: true, ..PLAIN }), "2025-08-01 month");
        assert_eq!(meant("05/06/2018", given), "2018-05-06 day");
        assert!(read("05/06/2018").is_open() && !read("05.06.2018").is_open() && !read("06/06/2018").is_open());
    }

    #[test]
    fn a_day_of_the_week_decides_which_number_is_the_day() {
        for text in
            ["Tue 09/01/2024", "Tuesday, 9/1/2024", "mardi 09/01/2024", "09/01/2024 (Di)", "вт, 09/01/2024 14:05"]
        {
            assert_eq!(read(text).proves(), Some(DateOrder::DayFirst), "{text}");
            assert_eq!((meant(text, PLAIN).as_str(), read(text).is_open()), ("2024-01-09 day", false), "{text}");
        }
        assert_eq!(meant("Sun 09/01/2024", PLAIN), "2024-09-01 day");
        // A day of the week that is wrong in both orders decides nothing.
        assert!(read("Fri 09/01/2024").is_open() && read("Fri 09/01/2024").proves().is_none());
        assert_eq!(meant("Tue 09.01.2024", PLAIN), "2024-01-09 day");
        assert_eq!(meant("Tue 2024-01-09", PLAIN), "2024-01-09 day");
        assert_eq!(weekday("Mon 9 Jan 2024"), Some(Weekday::Mon));
        assert_eq!((weekday("9 mar 2024"), weekday("9 Jan 2024")), (None, None));
        assert_eq!(read("Room 09/01/2024"), WrittenDay::Unknown);
    }

    #[test]
    fn a_moment_has_the_day_of_the_zone() {
        let zoned = |name: &str| DayRules { zone: Some(name.parse().unwrap()), ..PLAIN };
        assert_eq!(meant("2025-08-15T23:30:00Z", zoned("Europe/Kyiv")), "2025-08-16 day");
        assert_eq!(meant("2025-08-16T01:30:00Z", zoned("America/New_York")), "2025-08-15 day");
        assert_eq!(meant("2025-08-15 23:30", zoned("Europe/Kyiv")), "2025-08-15 day");
    }

    #[test]
    fn serial_numbers_know_their_system() {
        assert_eq!(meant("44422", DayRules { from_1904: true, ..PLAIN }), "2025-08-15 day");
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_rejected(text in "\\PC{0,30}") {
            let _ = meant(&text, PLAIN);
        }

        #[test]
        fn any_numbers_are_read_or_rejected(text in "[0-9]{1,6}[-/.T: ][0-9]{1,4}[-/. ]{0,2}[0-9]{0,5}( [0-9]{1,3}:[0-9]{2})?[+Z-]?[0-9:]{0,6}") {
            let _ = meant(&text, PLAIN);
        }
    }
}

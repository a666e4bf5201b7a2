//! Days that return every year.

use chrono::{NaiveDate, Weekday};

use crate::extract::day::arithmetic::{after, month_end, shift, upto};
use crate::extract::day::section::Yearly;

/// The day of a holiday in a year.
pub(crate) fn holiday(yearly: Yearly, year: i32) -> Option<NaiveDate> {
    match yearly {
        Yearly::Date { month, day } => NaiveDate::from_ymd_opt(year, month, day),
        Yearly::Weekday { month, weekday, nth, plus } => {
            let weekday = Weekday::try_from(u8::try_from(weekday.checked_sub(1)?).ok()?).ok()?;
            let first = NaiveDate::from_ymd_opt(year, month, 1)?;
            let found = if nth < 0 {
                shift(upto(weekday, month_end(first)?)?, 7 * i64::from(nth + 1))?
            } else {
                shift(after(weekday, first)?, 7 * i64::from(nth - 1))?
            };
            shift(found, plus)
        }
        Yearly::Easter(days) => shift(easter(year)?, days),
    }
}

/// Easter Sunday of a year, by the "anonymous Gregorian" method (Meeus, Astronomical Algorithms).
fn easter(year: i32) -> Option<NaiveDate> {
    let (a, b, c) = (year % 19, year / 100, year % 100);
    let (d, e) = (b / 4, b % 4);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let month = (h + l - 7 * m + 114) / 31;
    let day = (h + l - 7 * m + 114) % 31 + 1;
    NaiveDate::from_ymd_opt(year, u32::try_from(month).ok()?, u32::try_from(day).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_that_return_every_year_are_the_calendars() {
        let easters: Vec<String> =
            [2000, 2008, 2024, 2025, 2038].into_iter().filter_map(easter).map(|day| day.to_string()).collect();
        assert_eq!(easters, ["2000-04-23", "2008-03-23", "2024-03-31", "2025-04-20", "2038-04-25"]);
        let election = Yearly::Weekday { month: 11, weekday: 1, nth: 1, plus: 1 };
        assert_eq!(holiday(election, 2024).unwrap().to_string(), "2024-11-05");
        let memorial = Yearly::Weekday { month: 5, weekday: 1, nth: -1, plus: 0 };
        assert_eq!(holiday(memorial, 2025).unwrap().to_string(), "2025-05-26");
    }
}

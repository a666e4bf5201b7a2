//! Days and months counted from a day; `None` beyond the calendar.

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

/// Days counted from a day, forwards or back.
pub(crate) fn shift(day: NaiveDate, by: i64) -> Option<NaiveDate> {
    let days = Days::new(by.unsigned_abs());
    if by < 0 { day.checked_sub_days(days) } else { day.checked_add_days(days) }
}

/// Months counted from a day. The day of the month stays, or becomes the last day of a shorter month.
pub(crate) fn shift_months(day: NaiveDate, by: i64) -> Option<NaiveDate> {
    let months = Months::new(u32::try_from(by.unsigned_abs()).ok()?);
    if by < 0 { day.checked_sub_months(months) } else { day.checked_add_months(months) }
}

pub(crate) fn month_end(start: NaiveDate) -> Option<NaiveDate> {
    shift_months(start.with_day(1)?, 1)?.pred_opt()
}

pub(crate) fn monday_of(day: NaiveDate) -> Option<NaiveDate> {
    shift(day, -i64::from(day.weekday().num_days_from_monday()))
}

/// The latest such weekday up to a day.
pub(crate) fn upto(weekday: Weekday, day: NaiveDate) -> Option<NaiveDate> {
    shift(day, -i64::from(day.weekday().days_since(weekday)))
}

/// The first such weekday from a day on.
pub(crate) fn after(weekday: Weekday, day: NaiveDate) -> Option<NaiveDate> {
    shift(day, weekday.days_since(day.weekday()).into())
}

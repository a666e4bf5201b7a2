//! Which of the days with a name is meant: the one before, after or closest to the publication.

use chrono::{Datelike, NaiveDate, Weekday};

use crate::extract::day::arithmetic::{after, monday_of, shift, shift_months, upto};
use crate::extract::day::expression::{Tense, Toward};

/// The days with a name in the years around the publication, in order. Eight years on each side always
/// include a 29 February.
pub(crate) fn years_of(
    published: NaiveDate,
    day: impl Fn(i32) -> Option<NaiveDate>,
) -> impl Iterator<Item = NaiveDate> {
    (-8..=8).filter_map(move |years| day(published.year().checked_add(years)?))
}

/// Which of several days is meant.
pub(crate) fn choose(
    days: impl Iterator<Item = NaiveDate>,
    published: NaiveDate,
    weekday: Option<Weekday>,
    toward: Toward,
    tense: Tense,
) -> Option<NaiveDate> {
    let days: Vec<NaiveDate> = days.collect();
    let nearest = |days: &[NaiveDate]| days.iter().copied().min_by_key(|day| (*day - published).num_days().abs());
    // A weekday that fits is better evidence than the words around it. One that fits nowhere is a slip.
    if let Some(weekday) = weekday {
        let fitting: Vec<NaiveDate> = days.iter().copied().filter(|day| day.weekday() == weekday).collect();
        let near = nearest(&fitting).filter(|day| (*day - published).num_days().abs() < 400);
        if near.is_some() {
            return near;
        }
    }
    let before = days.iter().copied().rev().find(|day| *day < published);
    let upto = days.iter().copied().rev().find(|day| *day <= published);
    let from = days.iter().copied().find(|day| *day >= published);
    match (toward, tense) {
        (Toward::Last, _) => before,
        (Toward::Next, _) => days.iter().copied().find(|day| *day > published),
        (Toward::This, _) => days.iter().copied().find(|day| day.year() == published.year()),
        (Toward::Plain, Tense::Past) => unless_far(upto, from, published),
        (Toward::Plain, Tense::Future) => unless_far(from, upto, published),
        (Toward::Plain, _) => nearest(&days),
    }
}

/// The day that the tense suggests, unless it is most of a year away and the other is within a month. A
/// day so far away would hardly be named without its year, and a verb is soon assigned to the wrong
/// day.
fn unless_far(asked: Option<NaiveDate>, other: Option<NaiveDate>, published: NaiveDate) -> Option<NaiveDate> {
    let far = |day: NaiveDate| (day - published).num_days().abs();
    match (asked, other) {
        (Some(a), Some(b)) if far(a) > 300 && far(b) < 31 => other,
        _ => asked,
    }
}

pub(crate) fn weekday_near(
    weekday: Weekday,
    toward: Toward,
    week: Option<i64>,
    published: NaiveDate,
    tense: Tense,
) -> Option<NaiveDate> {
    let in_week = |week: i64| shift(monday_of(published)?, week * 7 + i64::from(weekday.num_days_from_monday()));
    if let Some(week) = week {
        return in_week(week);
    }
    match (toward, tense) {
        (Toward::Last, _) => upto(weekday, published.pred_opt()?),
        (Toward::Next, _) => in_week(1),
        // If a text is published on a Friday and says "Friday", it means today.
        (_, Tense::Future) => after(weekday, published),
        (Toward::This, Tense::Unknown | Tense::Near) => in_week(0),
        (Toward::Plain, Tense::Near) => {
            let (back, on) = (upto(weekday, published)?, after(weekday, published)?);
            Some(if published - back <= on - published { back } else { on })
        }
        _ => upto(weekday, published),
    }
}

pub(crate) fn month_near(month: u32, toward: Toward, published: NaiveDate, tense: Tense) -> Option<NaiveDate> {
    let published_month = published.with_day(1)?;
    let this = NaiveDate::from_ymd_opt(published.year(), month, 1)?;
    let (year_back, year_on) = (shift_months(this, -12)?, shift_months(this, 12)?);
    let back = if this <= published_month { this } else { year_back };
    let on = if this >= published_month { this } else { year_on };
    match (toward, tense) {
        (Toward::Last, _) => Some(if this < published_month { this } else { year_back }),
        (Toward::Next, _) => Some(if this > published_month { this } else { year_on }),
        (Toward::This, _) => Some(this),
        (Toward::Plain, Tense::Past) => Some(back),
        (Toward::Plain, Tense::Future) => Some(on),
        // The closer one. If both are equally close, the past one.
        (Toward::Plain, _) => Some(if published_month - back <= on - published_month { back } else { on }),
    }
}

pub(crate) fn day_of_month(day: u32, months: Option<i64>, published: NaiveDate, tense: Tense) -> Option<NaiveDate> {
    let published_month = published.with_day(1)?;
    if let Some(months) = months {
        return shift_months(published_month, months)?.with_day(day);
    }
    let (step, fits): (i64, fn(NaiveDate, NaiveDate) -> bool) = if tense == Tense::Future {
        (1, |day, published| day >= published)
    } else {
        (-1, |day, published| day <= published)
    };
    // Two months in a row that lack the same day only occur around February.
    (0..=3)
        .filter_map(|months| shift_months(published_month, months * step)?.with_day(day))
        .find(|found| fits(*found, published))
}

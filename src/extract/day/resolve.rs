//! Which day, week, month or year an expression means, given the day of publication.

use chrono::{Datelike, Days, NaiveDate, Weekday};

use crate::extract::day::arithmetic::{after, monday_of, month_end, shift, shift_months, upto};
use crate::extract::day::expression::{Count, Expression, Meaning, Tense, TimePart, TimeUnit, Toward};
use crate::extract::day::holiday::holiday;
use crate::extract::day::nearest::{choose, day_of_month, month_near, weekday_near, years_of};

/// How exactly a day is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DayPrecision {
    /// The day is known.
    Day,
    /// A week, a weekend or a few days.
    Week,
    /// A month.
    Month,
    /// A season.
    Season,
    /// A year, or more.
    Year,
}

/// What an expression means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ResolvedDay {
    /// The first day that may be meant.
    pub from: NaiveDate,
    /// The last day that may be meant.
    pub to: NaiveDate,
    /// The day to use if one is required.
    pub day: NaiveDate,
    /// How exactly the day is known.
    pub precision: DayPrecision,
}

/// Gives the days that an expression means in a text published on a given day. `anchor` is the day
/// mentioned before, for "the next day"; without one it is the day of publication. `None` if the days
/// are unclear: the calendar does not have the day, or the digits may be two days.
pub fn resolve(expression: &Expression, published: NaiveDate, anchor: Option<NaiveDate>) -> Option<ResolvedDay> {
    let tense = expression.tense;
    match expression.meaning {
        Meaning::Ambiguous => None,
        Meaning::Date { year, month, day, more, weekday, toward } => {
            let first = match year {
                Some(year) => NaiveDate::from_ymd_opt(year, month, day)?,
                None => choose(
                    years_of(published, |year| NaiveDate::from_ymd_opt(year, month, day)),
                    published,
                    weekday,
                    toward,
                    tense,
                )?,
            };
            let last = first.checked_add_days(Days::new(more.into()))?;
            let precision = match more {
                0 => DayPrecision::Day,
                1..=8 => DayPrecision::Week,
                _ => DayPrecision::Month,
            };
            Some(ResolvedDay { from: first, to: last, day: first, precision })
        }
        Meaning::Weekday { weekday, toward, week } => weekday_near(weekday, toward, week, published, tense).map(single),
        Meaning::Holiday { yearly, year, toward } => match year {
            Some(year) => holiday(yearly, year).map(single),
            None => {
                choose(years_of(published, |year| holiday(yearly, year)), published, None, toward, tense).map(single)
            }
        },
        Meaning::Stretch { unit, count, exact, part } => stretch(unit, count, exact, part, published),
        Meaning::Anchored { unit, count } => stretch(unit, count, true, TimePart::Whole, anchor.unwrap_or(published)),
        Meaning::AnchoredWeekday { weekday, before } => {
            let anchor = anchor.unwrap_or(published);
            let toward = if before { Toward::Last } else { Toward::Next };
            let first = if before {
                weekday_near(weekday, toward, None, anchor, tense)
            } else {
                after(weekday, anchor.succ_opt()?)
            };
            first.map(single)
        }
        Meaning::Weekend { toward } => weekend(toward, published, tense),
        Meaning::Month { year, month, part, toward } => {
            let start = match year {
                Some(year) => NaiveDate::from_ymd_opt(year, month, 1)?,
                None => month_near(month, toward, published, tense)?,
            };
            // With or without a year, only the same month can be on both sides of the publication.
            part_of(start, month_end(start)?, part, DayPrecision::Month)
        }
        Meaning::DayOfMonth { day, months } => day_of_month(day, months, published, tense).map(single),
        Meaning::Season { season, year, toward } => season_near(season, year, toward, published),
        Meaning::Year { year, part } => part_of(
            NaiveDate::from_ymd_opt(year, 1, 1)?,
            NaiveDate::from_ymd_opt(year, 12, 31)?,
            part,
            DayPrecision::Year,
        ),
    }
}

/// Resolves the expressions of a text in order. A resolved day is the anchor for the expressions after
/// it.
pub fn resolve_in_order(expressions: &[Expression], published: NaiveDate) -> Vec<Option<ResolvedDay>> {
    let mut anchor = None;
    let mut resolved = Vec::with_capacity(expressions.len());
    for expression in expressions {
        let found = resolve(expression, published, anchor);
        if let Some(found) = found.filter(|found| found.precision == DayPrecision::Day) {
            anchor = Some(found.day);
        }
        resolved.push(found);
    }
    resolved
}

fn single(day: NaiveDate) -> ResolvedDay {
    ResolvedDay { from: day, to: day, day, precision: DayPrecision::Day }
}

fn weekend(toward: Toward, published: NaiveDate, tense: Tense) -> Option<ResolvedDay> {
    let this = shift(monday_of(published)?, 5)?;
    let saturday = match (toward, tense) {
        (Toward::Last, _) => shift(this, -7)?,
        (Toward::Next, _) => shift(this, 7)?,
        (Toward::This, Tense::Unknown | Tense::Near | Tense::Future) | (Toward::Plain, Tense::Future) => this,
        _ => upto(Weekday::Sat, published)?,
    };
    Some(ResolvedDay { from: saturday, to: saturday.succ_opt()?, day: saturday, precision: DayPrecision::Week })
}

fn season_near(season: u32, year: Option<i32>, toward: Toward, published: NaiveDate) -> Option<ResolvedDay> {
    let in_year = |year: i32| {
        let from = NaiveDate::from_ymd_opt(year, 3 + 3 * season, 1)?;
        let to = shift_months(from, 3)?.pred_opt()?;
        Some(ResolvedDay { from, to, day: from, precision: DayPrecision::Season })
    };
    if let Some(year) = year {
        return in_year(year);
    }
    let mut around = (-2..=2).filter_map(|years| in_year(published.year().checked_add(years)?));
    match toward {
        Toward::Last => around.rfind(|season| season.to < published),
        Toward::Next => around.into_iter().find(|season| season.from > published),
        Toward::This | Toward::Plain => around
            .min_by_key(|season| ((season.from - published).num_days().max((published - season.to).num_days())).max(0)),
    }
}

/// A period this many units from a day.
fn stretch(unit: TimeUnit, count: Count, exact: bool, part: TimePart, day: NaiveDate) -> Option<ResolvedDay> {
    let Count::Of(count) = count else { return a_few(unit, count, day) };
    // Nothing beyond this is a date.
    let count = count.clamp(-100_000, 100_000);
    let (named, precision, half) = match unit {
        TimeUnit::Day => (shift(day, count)?, DayPrecision::Day, 0),
        TimeUnit::Week => (shift(day, count * 7)?, DayPrecision::Week, 3),
        TimeUnit::Month => (shift_months(day, count)?, DayPrecision::Month, 15),
        TimeUnit::Year => (shift_months(day, count * 12)?, DayPrecision::Year, 182),
    };
    if exact {
        return Some(ResolvedDay { from: shift(named, -half)?, to: shift(named, half)?, day: named, precision });
    }
    let (from, to) = match unit {
        TimeUnit::Day => (named, named),
        TimeUnit::Week => (monday_of(named)?, shift(monday_of(named)?, 6)?),
        TimeUnit::Month => (named.with_day(1)?, month_end(named)?),
        TimeUnit::Year => {
            (NaiveDate::from_ymd_opt(named.year(), 1, 1)?, NaiveDate::from_ymd_opt(named.year(), 12, 31)?)
        }
    };
    // "Earlier this week" is in the past, and "later this week" in the future.
    match part {
        TimePart::Early if count == 0 => Some(ResolvedDay { from, to: day, day, precision }),
        TimePart::Late if count == 0 => Some(ResolvedDay { from: day, to, day, precision }),
        TimePart::Whole if count == 0 => Some(ResolvedDay { from, to, day, precision }),
        _ => part_of(from, to, part, precision),
    }
}

fn a_few(unit: TimeUnit, count: Count, day: NaiveDate) -> Option<ResolvedDay> {
    let sign = if count == Count::FewAgo { -1 } else { 1 };
    let at = |n: i64| match unit {
        TimeUnit::Day => shift(day, sign * n),
        TimeUnit::Week => shift(day, sign * n * 7),
        TimeUnit::Month => shift_months(day, sign * n),
        TimeUnit::Year => shift_months(day, sign * n * 12),
    };
    let precision = match unit {
        TimeUnit::Day => DayPrecision::Week,
        TimeUnit::Week => DayPrecision::Month,
        TimeUnit::Month | TimeUnit::Year => DayPrecision::Year,
    };
    let (near, far) = (at(2)?, at(6)?);
    Some(ResolvedDay { from: near.min(far), to: near.max(far), day: at(3)?, precision })
}

/// A third of a period, or its last day.
fn part_of(from: NaiveDate, to: NaiveDate, part: TimePart, precision: DayPrecision) -> Option<ResolvedDay> {
    let third = (to - from).num_days() / 3;
    let (first, last) = match part {
        TimePart::Whole => (from, to),
        TimePart::Early => (from, shift(from, third)?),
        TimePart::Middle => (shift(from, third)?, shift(to, -third)?),
        TimePart::Late => (shift(to, -third)?, to),
        TimePart::End => return Some(ResolvedDay { from: shift(to, -third / 2)?, to, day: to, precision }),
    };
    Some(ResolvedDay { from: first, to: last, day: first, precision })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::day::find::expressions;
    use crate::extract::day::lexicon::DayLexicon;
    use crate::extract::day::section::DaySection;

    /// The expressions of a text, each with what it means.
    fn days(text: &str, published: &str) -> String {
        let words = DayLexicon::english();
        let found = expressions(text, &words);
        let published = published.parse().unwrap();
        let resolved = resolve_in_order(&found, published);
        let lines = found.iter().zip(resolved).map(|(expression, resolved)| {
            let day = match resolved {
                None => "none".to_owned(),
                Some(found) if found.precision == DayPrecision::Day => found.day.to_string(),
                Some(found) => format!("{:?} {}..{}", found.precision, found.from, found.to),
            };
            format!("{}={day}", &text[expression.range.clone()])
        });
        lines.collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn days_are_found_and_resolved() {
        // 2025-03-06 is a Thursday.
        for (text, expected) in [
            ("He left on Tuesday.", "Tuesday=2025-03-04"),
            ("He left on Thursday.", "Thursday=2025-03-06"),
            ("He left last Thursday.", "last Thursday=2025-02-27"),
            ("He left this past Friday night.", "this past Friday night=2025-02-28"),
            ("He will leave on Tuesday.", "Tuesday=2025-03-11"),
            ("He will leave Thursday.", "Thursday=2025-03-06"),
            ("He leaves next Friday.", "next Friday=2025-03-14"),
            ("He was told on Monday he would leave on Friday.", "Monday=2025-03-03; Friday=2025-03-07"),
            ("The vote, scheduled for Saturday, is on.", "Saturday=2025-03-08"),
            ("The fee will be paid Monday.", "Monday=2025-03-10"),
            ("The fee had been paid by Monday.", "Monday=2025-03-03"),
            ("He spoke ahead of Friday's vote.", "Friday=2025-03-07"),
            ("He spoke ahead of Wednesday's vote.", "Wednesday=2025-03-05"),
            ("Talks are resuming on Monday.", "Monday=2025-03-10"),
            ("Talks were agreed on, beginning on Monday.", "Monday=2025-03-03"),
            ("It is likely that Wednesday's deal may hold.", "Wednesday=2025-03-05"),
            ("Cake is selling well, and on Monday, the king left.", "Monday=2025-03-03"),
            ("The king will win because people liked what they saw of him in Oslo on Tuesday.", "Tuesday=2025-03-04"),
            ("The king says on Friday he may rest.", "Friday=2025-02-28"),
            ("Talks last until Monday.", "Monday=2025-03-10"),
            ("He spoke yesterday, and last night.", "yesterday=2025-03-05; last night=2025-03-05"),
            ("Tomorrow he speaks; today he rests.", "Tomorrow=2025-03-07; today=2025-03-06"),
            ("the day before yesterday", "the day before yesterday=2025-03-04"),
            (
                "He left two days ago, not a week ago.",
                "two days ago=2025-03-04; a week ago=Week 2025-02-24..2025-03-02",
            ),
            ("He left a couple of days ago.", "a couple of days ago=2025-03-04"),
            ("He left a few days ago.", "a few days ago=Week 2025-02-28..2025-03-04"),
            ("He left on Jan. 31.", "Jan. 31=2025-01-31"),
            ("He left on 31 January, or January 31st.", "31 January=2025-01-31; January 31st=2025-01-31"),
            ("the 31st of January", "31st of January=2025-01-31"),
            ("the Fourth of July, 1776", "Fourth of July, 1776=1776-07-04"),
            ("January 31, 2025 and 31.01.2025", "January 31, 2025=2025-01-31; 31.01.2025=2025-01-31"),
            ("2025-01-31, 31/01/2025, 1/31/2025", "2025-01-31=2025-01-31; 31/01/2025=2025-01-31; 1/31/2025=2025-01-31"),
            ("03/04/2025", "03/04/2025=none"),
            ("04/04/2025", "04/04/2025=2025-04-04"),
            ("version 1.2.2025.4 at 10.12.14.16", ""),
            ("31 February and Feb. 30, 2025", "31 February=none; Feb. 30, 2025=none"),
            ("Feb. 29", "Feb. 29=2024-02-29"),
            ("Tuesday 4 March", "Tuesday 4 March=2025-03-04"),
            ("Tuesday, March 4, 2025", "Tuesday, March 4, 2025=2025-03-04"),
            ("Tue, 4 Mar 2025", "Tue, 4 Mar 2025=2025-03-04"),
            ("Wednesday (Dec. 25) was cold.", "Wednesday (Dec. 25)=2024-12-25"),
            ("They met on Aug. 15-17 in Oslo.", "Aug. 15-17=Week 2024-08-15..2024-08-17"),
            ("They met on 15–17 August 2023.", "15–17 August 2023=Week 2023-08-15..2023-08-17"),
            ("They met from Nov. 29 to Dec. 2, 2024.", "Nov. 29 to Dec. 2, 2024=Week 2024-11-29..2024-12-02"),
            ("He spoke in February.", "February=Month 2025-02-01..2025-02-28"),
            ("He spoke before talks in Oslo in August.", "August=Month 2024-08-01..2024-08-31"),
            ("He will speak in August.", "August=Month 2025-08-01..2025-08-31"),
            ("He spoke in early March.", "early March=Month 2025-03-01..2025-03-11"),
            ("He spoke in late February 2024.", "late February 2024=Month 2024-02-20..2024-02-29"),
            (
                "He spoke last month and last year.",
                "last month=Month 2025-02-01..2025-02-28; last year=Year 2024-01-01..2024-12-31",
            ),
            ("He spoke in 2016.", "2016=Year 2016-01-01..2016-12-31"),
            (
                "He spoke last week, on Monday of last week.",
                "last week=Week 2025-02-24..2025-03-02; Monday of last week=2025-02-24",
            ),
            ("He spoke over the weekend.", "the weekend=Week 2025-03-01..2025-03-02"),
            ("He spoke last weekend.", "last weekend=Week 2025-03-01..2025-03-02"),
            ("He will speak at the weekend.", "the weekend=Week 2025-03-08..2025-03-09"),
            ("He spoke last summer.", "last summer=Season 2024-06-01..2024-08-31"),
            ("He spoke on the 31st, and left on the 5th.", "the 31st=2025-01-31; the 5th=2025-03-05"),
            ("He met her on Monday and left the next day.", "Monday=2025-03-03; the next day=2025-03-04"),
            ("He left on Jan. 31, and two days later came back.", "Jan. 31=2025-01-31; two days later=2025-02-02"),
            ("He left on Thanksgiving.", "Thanksgiving=2024-11-28"),
            ("He left on Easter Monday 2024.", "Easter Monday 2024=2024-04-01"),
            (
                "Earlier on Tuesday, and late Monday night",
                "Earlier on Tuesday=2025-03-04; late Monday night=2025-03-03",
            ),
            ("TuesdayShare", "Tuesday=2025-03-04"),
            // These are not days.
            ("He may march on the sun in 2 mar 3 dec", ""),
            ("Theresa May spoke of Black Friday to the Sunday Times.", ""),
            ("March 10,000 people, March 3.5 percent", ""),
            ("He spoke with 30 people for 2 days in 10 May 12", "10 May=2024-05-10"),
            ("It rose to 2000 people.", ""),
            ("", ""),
        ] {
            assert_eq!(days(text, "2025-03-06"), expected, "{text}");
        }
    }

    #[test]
    fn a_year_that_is_left_out_is_found_across_new_year() {
        assert_eq!(days("He spoke on Dec. 30.", "2025-01-02"), "Dec. 30=2024-12-30");
        assert_eq!(days("He will speak on Jan. 5.", "2024-12-30"), "Jan. 5=2025-01-05");
        assert_eq!(days("The fee is payable Jan. 5.", "2024-12-30"), "Jan. 5=2025-01-05");
        assert_eq!(days("He spoke on Nov. 25.", "2000-02-16"), "Nov. 25=1999-11-25");
        assert_eq!(days("He spoke in December.", "2025-01-02"), "December=Month 2024-12-01..2024-12-31");
        assert_eq!(days("He spoke on Tuesday.", "2025-01-01"), "Tuesday=2024-12-31");
        assert_eq!(days("He spoke on Feb. 29.", "2025-12-31"), "Feb. 29=2024-02-29");
        assert_eq!(days("He spoke on Feb. 29.", "2024-02-29"), "Feb. 29=2024-02-29");
        assert_eq!(days("He spoke a year ago.", "2024-02-29"), "a year ago=Year 2022-08-30..2023-08-29");
    }

    #[test]
    fn another_language_is_another_file() {
        let list = |words: &str| words.split(' ').map(str::to_owned).collect::<Vec<_>>();
        let mut section = DaySection::english();
        let weekdays = ["montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag sonnabend", "sonntag"];
        section.weekdays = weekdays.map(list);
        section.months[0] = list("januar jänner");
        section.months[1] = list("februar");
        section.numbers[2] = list("zwei");
        section.days = list("tag tage tagen");
        section.weeks = list("woche wochen");
        section.ago_before = list("vor");
        section.on = list("am");
        section.last = list("letzten letzter letzte");
        section.relative[1].words = list("gestern");
        let words = DayLexicon::new(&section);
        let text = "Er sagte am 31. Januar 2025, letzten Dienstag, vor zwei Tagen, gestern und letzte Woche am Montag, am 3. Jänner.";
        let found = expressions(text, &words);
        let published = "2025-03-06".parse().unwrap();
        let days: Vec<String> =
            resolve_in_order(&found, published).into_iter().flatten().map(|found| found.day.to_string()).collect();
        assert_eq!(days, ["2025-01-31", "2025-03-04", "2025-03-04", "2025-03-05", "2025-02-24", "2025-01-03"]);
    }

    #[test]
    fn no_text_and_no_day_of_publication_is_too_odd() {
        // A small generator of texts, from pieces that mean something here.
        let pieces = [
            "last ", "next ", "Tuesday", "31", " ", "-", "February", "2025", ".", ",", "the ", "of ", "a ", "day",
            "s ago", "9999", "early ", "weekend", "“", "\"", "’s", "(", "Jan", "/", "from now", "99", "years ",
            "Easter ", "\n", "\u{0}", "ї", "that ", "before", "until ", "00",
        ];
        let words = DayLexicon::english();
        let mut seed = 1u64;
        for _ in 0..4000 {
            let mut text = String::new();
            for _ in 0..12 {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                text += pieces[(seed >> 33) as usize % pieces.len()];
            }
            for published in [NaiveDate::MIN, NaiveDate::MAX, NaiveDate::default()] {
                let found = expressions(&text, &words);
                for expression in &found {
                    assert!(text.get(expression.range.clone()).is_some_and(|written| !written.is_empty()), "{text}");
                }
                assert!(found.windows(2).all(|pair| pair[0].range.end <= pair[1].range.start), "{text}");
                for resolved in resolve_in_order(&found, published).into_iter().flatten() {
                    assert!(resolved.from <= resolved.to, "{text}");
                }
            }
        }
    }
}

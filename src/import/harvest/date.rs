//! Columns of dates. Whether day or month comes first is decided by the column as a whole.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};

use crate::date::Precision;
use crate::import::day::{self, DateOrder, DayRules, WrittenDay};
use crate::import::grid::{Grid, GridPlaces};
use crate::import::harvest::{Harvest, Source};
use crate::import::recognise::KnownBy;
use crate::import::settings::{ImportSettings, TrueDates};
use crate::words::{self, many};

impl Harvest {
    /// Reads a column of dates, and decides as a whole whether the day or the month comes first.
    pub fn days(
        &mut self,
        (place, source): (usize, &Source),
        column: usize,
        settings: &ImportSettings,
    ) -> (Vec<WrittenDay>, DayRules) {
        let grid = &source.grid;
        let rows = &source.body.rows;
        let mut days: Vec<WrittenDay> = rows.iter().map(|row| day::read(grid.cell(*row, column))).collect();
        // Titles name days among other words. Only a person can say that these are the days that count.
        if source.columns[column].by == KnownBy::You {
            let mut first = None;
            let mut count = 0;
            for (day, row) in days.iter_mut().zip(rows).filter(|(day, _)| **day == WrittenDay::Unknown) {
                if let Some(found) = day::within(grid.cell(*row, column)) {
                    *day = WrittenDay::Day(found);
                    count += 1;
                    first = first.or(Some((found, words::shortened(grid.cell(*row, column), 60))));
                }
            }
            if let Some((found, text)) = first {
                let stand = if count == 1 { "stands" } else { "stand" };
                self.notes
                    .push(format!("{} {stand} within longer texts, such as {found} in `{text}`", many(count, "date")));
            }
        }
        self.dates_that_excel_turned((place, source), column, &mut days);
        let in_workbook = matches!(grid.places, GridPlaces::Workbook { .. });
        let from_1904 = match settings.days_from {
            Some(year) => year == 1904,
            None => matches!(grid.places, GridPlaces::Workbook { from_1904: true, .. }),
        };
        let mut rules = DayRules {
            order: settings.date_order,
            order_given: settings.date_order.is_some(),
            years_last: settings.date_order.is_some() || years_come_last(&days),
            months_with_years: months_have_years(&days),
            zone: settings.time_zone,
            from_1904,
        };
        let cell = |nth: usize| grid.cell(rows[nth], column);
        if rules.order.is_none() {
            // What looks like a day at the beginning may be a year.
            let counts = |day: &WrittenDay| rules.years_last || !matches!(day, WrittenDay::ShortYear { .. });
            let first = |order: DateOrder| days.iter().position(|day| counts(day) && day.proves() == Some(order));
            let open = days.iter().position(|day| counts(day) && day.is_open());
            match (first(DateOrder::DayFirst), first(DateOrder::MonthFirst), open) {
                (Some(days_first), Some(months_first), Some(open)) => {
                    let what = format!(
                        "the dates are in 2 orders, so `{}` may be 2 days: `{}` has the day first, `{}` the month",
                        cell(open),
                        cell(days_first),
                        cell(months_first)
                    );
                    let hint = "write the dates in one order, or as 2025-08-15";
                    self.problems.push(grid.fault(rows[open], column, what, hint));
                    self.blocked = true;
                }
                (Some(_), None, _) => rules.order = Some(DateOrder::DayFirst),
                (None, Some(_), _) => rules.order = Some(DateOrder::MonthFirst),
                (None, None, Some(open)) => {
                    let read = |order| {
                        let read = days[open].meant(cell(open), DayRules { order: Some(order), ..rules });
                        read.map_or_else(|(what, _)| what, |date| words::day(date.written))
                    };
                    let (day_first, month_first) = (read(DateOrder::DayFirst), read(DateOrder::MonthFirst));
                    let what = format!(
                        "`{}` may be {day_first} or {month_first}, and no other date of the column decides",
                        cell(open)
                    );
                    let hint =
                        format!("say which with --date-order dmy ({day_first}) or --date-order mdy ({month_first})");
                    self.problems.push(grid.fault(rows[open], column, what, hint));
                    self.blocked = true;
                }
                _ => {}
            }
        }
        if days.iter().any(|day| matches!(day, WrittenDay::Open { .. } | WrittenDay::ShortYear { .. })) {
            self.date_order = self.date_order.or(rules.order);
            if let Some(order) = rules.order.filter(|_| !rules.order_given) {
                let order = if order == DateOrder::DayFirst { "day" } else { "month" };
                self.notes.push(format!("dates are read with the {order} first, as the column shows"));
            }
        }
        let short = |day: &WrittenDay| matches!(day, WrittenDay::ShortYear { .. } | WrittenDay::NamedShortYear { .. });
        let short_years = days.iter().filter(|day| short(day)).count();
        if short_years > 0 && rules.years_last && !rules.order_given {
            self.notes.push(format!(
                "{} {} a year of 2 digits, which is taken as 1970 to 2069",
                many(short_years, "date"),
                have(short_years)
            ));
        }
        let doubtful = |(day, row): &(&WrittenDay, &usize)| {
            **day != WrittenDay::Unknown && grid.cell(**row, column).contains(['?', '？'])
        };
        let doubtful: Vec<usize> = days.iter().zip(rows).filter(doubtful).map(|(_, row)| *row).collect();
        if let Some(first) = doubtful.first() {
            let what = format!(
                "{} {} a question mark, and {} taken as if nobody doubted {}: the first is `{}`",
                many(doubtful.len(), "date"),
                have(doubtful.len()),
                if doubtful.len() == 1 { "is" } else { "are" },
                if doubtful.len() == 1 { "it" } else { "them" },
                grid.cell(*first, column)
            );
            let hint = "write the month alone if the day is not sure, or take the question mark out";
            self.problems.push(grid.warning(*first, column, what, hint));
        }
        let months = days.iter().filter(|day| matches!(day, WrittenDay::NamedMonth { .. })).count();
        if months > 0 && rules.months_with_years {
            self.notes.push(format!(
                "{} {} a month and 2 digits, which are taken as the year",
                many(months, "date"),
                have(months)
            ));
        }
        self.dates_without_days(grid, rows, column, &days, rules);
        let serials = days.iter().filter(|day| matches!(day, WrittenDay::Serial(_))).count();
        if serials > 0 {
            let system = if from_1904 { 1904 } else { 1900 };
            // A workbook says from when it counts, and a CSV does not.
            let otherwise = match in_workbook || settings.days_from.is_some() {
                true => "",
                false => "; if they are 4 years too early, the table is from an older Mac: --days-from 1904",
            };
            self.notes.push(format!(
                "{} {} of days, counted from {system} as spreadsheets do{otherwise}",
                many(serials, "date"),
                if serials == 1 { "is a number" } else { "are numbers" }
            ));
        }
        let utc = days.iter().filter(|day| matches!(day, WrittenDay::Moment { utc: true, .. })).count();
        if utc > 0 && rules.zone.is_none() {
            self.notes.push(format!(
                "{} {} a time in UTC, and {} taken by the day in UTC; --time-zone Europe/Kyiv takes the day there",
                many(utc, "date"),
                have(utc),
                if utc == 1 { "is" } else { "are" }
            ));
        }
        let far = self.dates_far_ahead(grid, rows, column, &days, rules);
        self.unusual_years(grid, rows, column, &days, rules, &far);
        self.other_weekdays(grid, rows, column, &days, rules);
        (days, rules)
    }

    /// Says how many dates are less exact than a day, since these are drawn but not tested by day.
    fn dates_without_days(&mut self, grid: &Grid, rows: &[usize], column: usize, days: &[WrittenDay], rules: DayRules) {
        let precision = |nth: usize| Some(days[nth].meant(grid.cell(rows[nth], column), rules).ok()?.precision);
        let known: Vec<Precision> = (0..days.len()).filter_map(precision).collect();
        let parts: Vec<String> = Precision::ALL[1..]
            .iter()
            .map(|precision| (precision, known.iter().filter(|known| *known == precision).count()))
            .filter(|(_, count)| *count > 0)
            .map(|(precision, count)| format!("{count} by {}", precision.word()))
            .collect();
        if !parts.is_empty() {
            let dates = known.iter().filter(|known| **known != Precision::Day).count();
            let (are, them) = if dates == 1 { ("is", "It is") } else { ("are", "They are") };
            let how = match &parts[..] {
                [only] => format!("only {}", only.trim_start_matches(|c: char| !c.is_alphabetic())),
                _ => format!("without the day: {}", parts.join(", ")),
            };
            self.notes.push(format!(
                "{} {are} known {how}. {them} drawn, and tested only with a coarser --grain",
                many(dates, "date")
            ));
        }
    }

    /// A few dates more than 10 years after all others are probably slips, such as 2052 for 2025. Their places.
    fn dates_far_ahead(
        &mut self,
        grid: &Grid,
        rows: &[usize],
        column: usize,
        days: &[WrittenDay],
        rules: DayRules,
    ) -> BTreeSet<usize> {
        const GAP: i64 = 3_653;
        let read = |nth: usize| days[nth].meant(grid.cell(rows[nth], column), rules).ok().map(|date| date.written);
        let mut dated: Vec<(NaiveDate, usize)> = (0..days.len()).filter_map(|nth| Some((read(nth)?, nth))).collect();
        dated.sort_unstable();
        let is_last = |last: &usize| {
            let gap = (dated[last + 1].0 - dated[*last].0).num_days();
            gap > GAP && (dated.len() - last - 1) * 4 <= dated.len()
        };
        let Some(last) = (0..dated.len().saturating_sub(1)).find(is_last) else { return BTreeSet::new() };
        let before = dated[last].0;
        for (date, nth) in &dated[last + 1..] {
            let what = format!("{date} is more than 10 years after {before}, the last of the other dates");
            self.problems.push(grid.warning(rows[*nth], column, what, "correct the year if it is a slip"));
        }
        dated[last + 1..].iter().map(|(_, nth)| *nth).collect()
    }

    /// Years in which hardly anything was said that somebody puts into a sheet: those of another calendar, of a
    /// spreadsheet that counts from another day, and those to come.
    fn unusual_years(
        &mut self,
        grid: &Grid,
        rows: &[usize],
        column: usize,
        days: &[WrittenDay],
        rules: DayRules,
        known: &BTreeSet<usize>,
    ) {
        /// Spreadsheets count from 1900 or 1904, so a day of these years is often a small number.
        const FIRST: i32 = 1905;
        /// What a sheet says may not depend on the clock, so this is a year well ahead of all that was said.
        const LAST: i32 = 2035;
        let year = |nth: usize| Some(days[nth].meant(grid.cell(rows[nth], column), rules).ok()?.written.year());
        let unusual: Vec<(usize, i32)> = (0..days.len())
            .filter(|nth| !known.contains(nth))
            .filter_map(|nth| Some((nth, year(nth)?)))
            .filter(|(_, year)| !(FIRST..=LAST).contains(year))
            .collect();
        let Some((first, of_first)) = unusual.first() else { return };
        let verb = if unusual.len() == 1 { "is" } else { "are" };
        let what = format!(
            "{} {verb} in a year before {FIRST} or after {LAST}, such as `{}`",
            many(unusual.len(), "date"),
            grid.cell(rows[*first], column)
        );
        let calendar = match *of_first {
            1300..=1450 => "; in the Persian calendar, 2024 is 1402 or 1403: add 621",
            2440..=2600 => "; in the Buddhist calendar, 2024 is 2567: take 543 off",
            1899..FIRST => "; a number without its date may be written so by a spreadsheet",
            _ => "",
        };
        let hint = format!("check the years; if they are right, nothing is to be done{calendar}");
        self.problems.push(grid.warning(rows[*first], column, what, hint));
    }

    /// Dates beside another day of the week than theirs: one of the two is a slip.
    fn other_weekdays(&mut self, grid: &Grid, rows: &[usize], column: usize, days: &[WrittenDay], rules: DayRules) {
        const MOST_SHOWN: usize = 4;
        let other = |nth: usize| {
            let cell = grid.cell(rows[nth], column);
            let written = day::weekday(cell)?;
            let day = match days[nth] {
                // Another zone may have another day.
                WrittenDay::Moment { at, .. } => at.date_naive(),
                known => known.meant(cell, rules).ok().filter(|date| date.precision == Precision::Day)?.written,
            };
            (day.weekday() != written)
                .then(|| format!("`{cell}` ({}) is a {}", grid.row_in_words(rows[nth]), day.format("%A")))
        };
        let others: Vec<(usize, String)> = (0..days.len()).filter_map(|nth| Some((nth, other(nth)?))).collect();
        let Some((first, _)) = others.first() else { return };
        let shown: Vec<&str> = others.iter().take(MOST_SHOWN).map(|(_, text)| text.as_str()).collect();
        let rest = if others.len() > MOST_SHOWN { format!(", … ({} in all)", others.len()) } else { String::new() };
        let what = format!("the day of the week is that of another date: {}{rest}", shown.join(", "));
        self.problems.push(grid.warning(
            rows[*first],
            column,
            what,
            "correct the date, or the day of the week, which is not read",
        ));
    }

    /// A spreadsheet that reads the month first makes dates of 05/08, and leaves 13/08 as text. Programs write such dates
    /// as 2024-05-08, with a time or without one. Whether they are right, only a person knows.
    fn dates_that_excel_turned(&mut self, (place, source): (usize, &Source), column: usize, days: &mut [WrittenDay]) {
        const FEWEST: usize = 2;
        let (grid, rows) = (&source.grid, &source.body.rows);
        let in_numbers = |nth: &usize| {
            let begins = grid.cell(rows[*nth], column).bytes().take(4).all(|byte| byte.is_ascii_digit());
            matches!(days[*nth], WrittenDay::Day(_)) && begins
        };
        let true_dates: Vec<usize> = (0..days.len()).filter(in_numbers).collect();
        let texts: Vec<usize> = (0..days.len()).filter(|nth| matches!(days[*nth], WrittenDay::Open { .. })).collect();
        let turned = |day: NaiveDate| NaiveDate::from_ymd_opt(day.year(), day.day(), day.month());
        let may_be_turned = |nth: &usize| matches!(days[*nth], WrittenDay::Day(day) if turned(day).is_some());
        let is_it = true_dates.len() >= FEWEST
            && texts.len() >= FEWEST
            && true_dates.iter().all(may_be_turned)
            && texts.iter().all(|nth| days[*nth].proves().is_some());
        if !is_it && (source.answers.true_dates != Some(TrueDates::Swapped) || texts.is_empty()) {
            return;
        }
        // Next week, a date that nobody can have turned may stand among them.
        if let Some(nth) = true_dates.iter().find(|nth| !may_be_turned(nth)) {
            let what = format!(
                "day and month of the true dates were said to be swapped, and those of `{}` cannot be",
                grid.cell(rows[*nth], column)
            );
            let hint = "write all dates in one way, such as 2025-08-15, and say --true-dates kept";
            self.problems.push(grid.fault(rows[*nth], column, what, hint));
            self.blocked = true;
            return;
        }
        let Some((first, WrittenDay::Day(day))) = true_dates.first().map(|nth| (*nth, days[*nth])) else { return };
        self.dates_are_asked.insert(place);
        let (kept, swapped) = (words::day(day), turned(day).map_or_else(String::new, words::day));
        match source.answers.true_dates {
            Some(TrueDates::Kept) => {}
            Some(TrueDates::Swapped) => {
                for nth in &true_dates {
                    if let WrittenDay::Day(day) = days[*nth] {
                        days[*nth] = turned(day).map_or(WrittenDay::Impossible, WrittenDay::Day);
                    }
                }
                self.notes.push(format!(
                    "day and month are swapped in {}: `{}` is {swapped}",
                    many(true_dates.len(), "true date"),
                    grid.cell(rows[first], column)
                ));
            }
            None => {
                let what = format!(
                    "a spreadsheet may have swapped day and month in {}: all of them have a day up to 12, and all dates as text one \
                     above, such as `{}`; so `{}` may be {kept} or {swapped}",
                    many(true_dates.len(), "true date"),
                    grid.cell(rows[texts.first().copied().unwrap_or(first)], column),
                    grid.cell(rows[first], column)
                );
                let hint = format!(
                    "compare a few of them with their sources; if they are right ({kept}): --true-dates kept; if they are swapped \
                     ({swapped}): --true-dates swapped"
                );
                self.problems.push(grid.fault(rows[first], column, what, hint));
                self.blocked = true;
            }
        }
    }
}

fn have(count: usize) -> &'static str {
    if count == 1 { "has" } else { "have" }
}

/// Whether 2 digits at the end of dates are years: they hardly change, and the days do. In `25-08-15`, the day may be
/// last.
fn years_come_last(days: &[WrittenDay]) -> bool {
    let parts: Vec<(u32, u32, i32)> = days
        .iter()
        .filter_map(|day| match *day {
            WrittenDay::ShortYear { first, second, year } => Some((first, second, year)),
            WrittenDay::NamedShortYear { day, month, year } => Some((day, month, year)),
            _ => None,
        })
        .collect();
    let distinct = |part: fn(&(u32, u32, i32)) -> i32| parts.iter().map(part).collect::<BTreeSet<i32>>().len();
    let years = distinct(|parts| parts.2);
    let days = distinct(|parts| parts.0 as i32).max(distinct(|parts| parts.1 as i32));
    let first = distinct(|parts| parts.0 as i32);
    years <= 3 && days > years && first > 1
}

/// Whether 2 digits beside months are years: they hardly change, and the months do.
fn months_have_years(days: &[WrittenDay]) -> bool {
    let parts = days.iter().filter_map(|day| match *day {
        WrittenDay::NamedMonth { month, digits } => Some((month, digits)),
        _ => None,
    });
    let (months, digits): (BTreeSet<u32>, BTreeSet<u32>) = parts.unzip();
    let known_years = days.iter().all(|day| match *day {
        // A day of the calendar beside them says which years are meant.
        WrittenDay::Day(day) => digits.iter().any(|digits| day.year().rem_euclid(100) == *digits as i32),
        _ => true,
    });
    digits.len() <= 3 && months.len() > digits.len() && known_years
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_digits_beside_months_are_years_if_they_hardly_change() {
        let years = |texts: &[&str]| months_have_years(&texts.iter().map(|text| day::read(text)).collect::<Vec<_>>());
        assert!(years(&["Jan-25", "Feb-25", "Mar-25"]) && years(&["Nov 24", "Dec 24", "Jan 25", "Feb 25"]));
        assert!(!years(&["Jan-25"]) && !years(&["Jan-12", "Jan-17", "Feb-03"]));
        assert!(!years(&["Jan-12", "Feb-12", "2025-03-01"]));
    }

    #[test]
    fn years_of_two_digits_are_last_if_they_hardly_change() {
        let last = |texts: &[&str]| years_come_last(&texts.iter().map(|text| day::read(text)).collect::<Vec<_>>());
        assert!(last(&["15/08/24", "16/08/24", "01/09/24"]) && last(&["08/15/24", "09/16/24"]));
        assert!(last(&["15-Aug-24", "16-Aug-24", "1-Sep-25", "2-Oct-25"]));
        assert!(!last(&["24-08-15", "24-08-16", "24-09-01"]) && !last(&["15/08/24"]));
    }
}

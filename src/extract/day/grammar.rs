//! How a language composes the names of days: the dates of the calendar, and periods counted from the
//! publication or from a day mentioned before.

use crate::extract::day::calendar::{Found, Grammar, direction_count, weekday_of};
use crate::extract::day::expression::{Count, Meaning, TimePart, TimeUnit, Toward};
use crate::extract::day::lexicon::{flag, unit};
use crate::extract::day::piece::TokenShape;

impl Grammar<'_> {
    /// Reads the longest expression that begins at a token.
    pub(crate) fn at(&self, at: usize) -> Found {
        let class = self.tokens.class(at);
        if self.tokens.tokens[at].shape == TokenShape::Number {
            return self
                .figures(at)
                .or_else(|| self.day_month(at))
                .or_else(|| self.counted(at))
                .or_else(|| self.year(at));
        }
        if *class == Default::default() || class.is(flag::NAME) {
            return None;
        }
        None.or_else(|| self.stretch_with_part(at))
            .or_else(|| self.directed(at))
            .or_else(|| self.directed_behind(at))
            .or_else(|| self.weekday(at))
            .or_else(|| self.month_day(at, None))
            .or_else(|| self.month(at))
            .or_else(|| self.day_month(at))
            .or_else(|| self.anchored(at))
            .or_else(|| self.counted(at))
            .or_else(|| self.relative(at))
            .or_else(|| self.holiday(at, Toward::Plain))
            .or_else(|| self.day_of_month(at))
            .or_else(|| self.weekend(at))
    }

    /// Includes words before a day that only name a part of it: "early Tuesday", "earlier on Tuesday".
    pub(crate) fn with_words_before(&self, at: usize) -> usize {
        let on = usize::from(at > 1 && self.is(at - 1, flag::ON));
        let before = at.checked_sub(1 + on);
        before.filter(|&before| self.is(before, flag::EARLY | flag::LATE)).unwrap_or(at)
    }

    /// Includes a part of the day after a day: "Tuesday night".
    pub(crate) fn with_words_after(&self, end: usize, meaning: &Meaning) -> usize {
        let day = matches!(
            meaning,
            Meaning::Weekday { .. } | Meaning::Date { .. } | Meaning::Holiday { .. } | Meaning::AnchoredWeekday { .. }
        ) || matches!(meaning, Meaning::Stretch { unit: TimeUnit::Day, .. });
        if day && self.is(end, flag::PART_OF_DAY) { end + 1 } else { end }
    }

    /// "last Tuesday", "this week", "next month", "last August", "last week on Tuesday".
    fn directed(&self, at: usize) -> Found {
        let toward = self.direction(at)?;
        let noun = at + 1;
        let class = self.tokens.class(noun);
        if class.is(flag::WEEKEND) {
            return Some((noun + 1, Meaning::Weekend { toward }));
        }
        if class.weekday > 0 && !class.is(flag::SHORT | flag::NAME) {
            let weekday = weekday_of(class.weekday)?;
            return match self.weekday(noun) {
                Some((end, date @ Meaning::Date { .. })) => Some((end, date)),
                _ => Some((noun + 1, Meaning::Weekday { weekday, toward, week: None })),
            };
        }
        if let Some((end, Meaning::Date { year, month, day, more, weekday, .. })) =
            self.month_day(noun, None).or_else(|| self.day_month(noun))
        {
            return Some((end, Meaning::Date { year, month, day, more, weekday, toward }));
        }
        if let Some((month, end)) = self.month_name(noun) {
            return Some((end, Meaning::Month { year: None, month, part: TimePart::Whole, toward }));
        }
        if class.holiday > 0 {
            return self.holiday(noun, toward);
        }
        if class.season > 0 {
            return Some((noun + 1, Meaning::Season { season: u32::from(class.season) - 1, year: None, toward }));
        }
        // With two capitals it is the name of a programme: "This Week".
        let name = self.tokens.tokens[at].capital
            && self.tokens.tokens.get(noun).is_some_and(|noun| noun.capital)
            && !self.tokens.sentence_begins(at);
        let unit = unit_of(class.unit).filter(|_| !name)?.0;
        if class.unit == unit::FORTNIGHT
            || class.unit == unit::DECADE
            || (unit == TimeUnit::Day && toward != Toward::Last)
        {
            return None;
        }
        if unit == TimeUnit::Day {
            return None;
        }
        let count = direction_count(toward);
        if unit == TimeUnit::Week {
            let on = noun + 1 + usize::from(self.is(noun + 1, flag::ON));
            if let Some(weekday) =
                weekday_of(self.tokens.class(on).weekday).filter(|_| !self.is(on, flag::SHORT | flag::NAME))
            {
                return Some((on + 1, Meaning::Weekday { weekday, toward: Toward::Plain, week: Some(count) }));
            }
        }
        Some((noun + 1, Meaning::Stretch { unit, count: Count::Of(count), exact: false, part: TimePart::Whole }))
    }

    /// "mardi dernier", "la semaine dernière", where a language has it so.
    fn directed_behind(&self, at: usize) -> Found {
        let at = at + usize::from(self.is(at, flag::THE));
        if !self.tokens.words.direction_after || !self.is(at + 1, flag::LAST | flag::NEXT) {
            return None;
        }
        let toward = self.direction(at + 1)?;
        let class = self.tokens.class(at);
        let end = at + 2;
        if let Some(weekday) = weekday_of(class.weekday).filter(|_| !class.is(flag::SHORT | flag::NAME)) {
            return Some((end, Meaning::Weekday { weekday, toward, week: None }));
        }
        if class.month > 0 && !class.is(flag::SHORT) {
            let month = u32::from(class.month);
            return Some((end, Meaning::Month { year: None, month, part: TimePart::Whole, toward }));
        }
        if class.season > 0 {
            return Some((end, Meaning::Season { season: u32::from(class.season) - 1, year: None, toward }));
        }
        if class.is(flag::WEEKEND) {
            return Some((end, Meaning::Weekend { toward }));
        }
        let (unit, _) = unit_of(class.unit).filter(|(unit, times)| *times == 1 && *unit != TimeUnit::Day)?;
        let count = Count::Of(direction_count(toward));
        Some((end, Meaning::Stretch { unit, count, exact: false, part: TimePart::Whole }))
    }

    /// "early last week", "the end of the month", "late March", "mid-February", "year-end".
    fn stretch_with_part(&self, at: usize) -> Found {
        let class = self.tokens.class(at);
        if class.is(flag::YEAR_END) {
            return Some((
                at + 1,
                Meaning::Stretch { unit: TimeUnit::Year, count: Count::Of(0), exact: false, part: TimePart::End },
            ));
        }
        let part = [
            (flag::END, TimePart::End),
            (flag::EARLY, TimePart::Early),
            (flag::MIDDLE, TimePart::Middle),
            (flag::LATE, TimePart::Late),
        ]
        .into_iter()
        .find_map(|(flags, part)| class.is(flags).then_some(part))?;
        let next = at + 1 + usize::from(self.tokens.is_dash(at + 1) && self.tokens.glued(at + 1));
        let next = next + usize::from(self.is(next, flag::OF));
        let the = next + usize::from(self.is(next, flag::THE));
        if let Some((month, end)) = self.month_name(the).filter(|&(_, end)| self.day_number(end).is_none()) {
            let year = self.year_number(end);
            let end = year.map_or(end, |(_, end)| end);
            let year = year.map(|(year, _)| year);
            return Some((end, Meaning::Month { year, month, part, toward: Toward::Plain }));
        }
        if let Some((end, inner)) = self.directed(next) {
            return match inner {
                Meaning::Stretch { unit, count, .. } => {
                    Some((end, Meaning::Stretch { unit, count, exact: false, part }))
                }
                Meaning::Month { year, month, toward, .. } => Some((end, Meaning::Month { year, month, part, toward })),
                _ => None,
            };
        }
        if let Some(year) = self.number(next, 4..5).filter(|year| (1900..=2099).contains(year)) {
            return Some((next + 1, Meaning::Year { year: year as i32, part }));
        }
        let unit = unit_of(self.tokens.class(the).unit).filter(|(_, times)| *times == 1)?.0;
        (the > next && unit != TimeUnit::Day && part == TimePart::End)
            .then_some((the + 1, Meaning::Stretch { unit, count: Count::Of(0), exact: false, part }))
    }

    /// "that day", "the next day", "the previous Friday", "the following week".
    fn anchored(&self, at: usize) -> Found {
        let class = self.tokens.class(at);
        let count = if class.is(flag::SAME) {
            0
        } else if class.is(flag::PREVIOUS) {
            -1
        } else if class.is(flag::FOLLOWING) {
            1
        } else {
            return self.day_before(at);
        };
        let noun = self.tokens.class(at + 1);
        // "On the same day that" refers to what follows.
        if count == 0 && self.is(at + 2, flag::CLAUSE) {
            return None;
        }
        if let Some(weekday) = weekday_of(noun.weekday).filter(|_| !noun.is(flag::SHORT | flag::NAME)) {
            // "That Wednesday" means Wednesday; "that" mostly begins a clause.
            return (count != 0).then_some((at + 2, Meaning::AnchoredWeekday { weekday, before: count < 0 }));
        }
        let (unit, times) = unit_of(noun.unit)?;
        Some((at + 2, Meaning::Anchored { unit, count: Count::Of(count * times) }))
    }

    /// "the day before", "the day after", if nothing says before or after what.
    fn day_before(&self, at: usize) -> Found {
        let the = self.is(at, flag::THE) && self.tokens.class(at + 1).unit == unit::DAY;
        let ends = self
            .tokens
            .tokens
            .get(at + 3)
            .is_none_or(|next| next.shape == TokenShape::Mark && !next.is_quote() || next.line);
        let class = self.tokens.class(at + 2);
        let count = if class.is(flag::EARLIER) {
            -1
        } else if class.is(flag::LATER) {
            1
        } else {
            0
        };
        (the && ends && count != 0)
            .then_some((at + 3, Meaning::Anchored { unit: TimeUnit::Day, count: Count::Of(count) }))
    }

    /// "two days ago", "a year earlier", "three weeks from now".
    fn counted(&self, at: usize) -> Found {
        let before = self.is(at, flag::AGO_BEFORE);
        let from = at + usize::from(before);
        let class = self.tokens.class(from);
        let count = match self.number(from, 1..4) {
            Some(count) => Some(i64::from(count)),
            None if class.is(flag::FEW) => None,
            None if class.count > 0 => Some(i64::from(class.count) - 1),
            None => return None,
        };
        let dash = usize::from(self.tokens.is_dash(from + 1));
        let (unit, times) = unit_of(self.tokens.class(from + 1 + dash).unit)?;
        let end = from + 2 + dash;
        let after = self.tokens.class(end);
        let ago = |sign: i64| match count {
            Some(count) => Count::Of(sign * count * times),
            None if sign < 0 => Count::FewAgo,
            None => Count::FewAhead,
        };
        let stretch = |count| Meaning::Stretch { unit, count, exact: true, part: TimePart::Whole };
        if before {
            return Some((end, stretch(ago(-1))));
        }
        if after.is(flag::AGO) {
            return Some((end + 1, stretch(ago(-1))));
        }
        if after.is(flag::FROM_NOW) {
            return Some((end + 1, stretch(ago(1))));
        }
        // "a day before the vote" is counted from the vote.
        let free = self.tokens.tokens.get(end + 1).is_none_or(|next| next.shape == TokenShape::Mark || next.line);
        if after.is(flag::EARLIER) && (free || !after.is(flag::NEAREST_BEFORE)) {
            return Some((end + 1, Meaning::Anchored { unit, count: ago(-1) }));
        }
        if after.is(flag::LATER) && (free || !after.is(flag::NEAREST_BEFORE)) {
            return Some((end + 1, Meaning::Anchored { unit, count: ago(1) }));
        }
        None
    }

    /// "yesterday", "last night".
    fn relative(&self, at: usize) -> Found {
        let relative = self.tokens.class(at).relative;
        // "the Today programme".
        let name = self.tokens.tokens[at].capital && !self.tokens.sentence_begins(at);
        let relative = if name && self.tokens.words.capitalised { 0 } else { relative };
        let count = Count::Of(i64::from(relative) - 100);
        (relative > 0)
            .then_some((at + 1, Meaning::Stretch { unit: TimeUnit::Day, count, exact: true, part: TimePart::Whole }))
    }

    fn holiday(&self, at: usize, toward: Toward) -> Found {
        let place = usize::from(self.tokens.class(at).holiday).checked_sub(1)?;
        let yearly = self.tokens.words.holidays.get(place).copied().flatten()?;
        let capital = !self.tokens.words.capitalised || self.tokens.tokens[at].capital;
        let year = self.year_number(at + 1);
        let end = year.map_or(at + 1, |(_, end)| end);
        capital.then_some((end, Meaning::Holiday { yearly, year: year.map(|(year, _)| year), toward }))
    }

    /// "on the 31st".
    fn day_of_month(&self, at: usize) -> Found {
        if !self.is(at, flag::THE) || !self.is_before(at, flag::BEFORE_DAY) {
            return None;
        }
        let (day, end) = self.day_number(at + 1)?;
        let ending = end > at + 2;
        let next = self.tokens.tokens.get(end);
        let free = next.is_none_or(|next| next.line || (next.shape == TokenShape::Mark && !next.is_dash()));
        (ending && free).then_some((end, Meaning::DayOfMonth { day, months: None }))
    }

    /// "the weekend".
    fn weekend(&self, at: usize) -> Found {
        (self.is(at, flag::THE) && self.is(at + 1, flag::WEEKEND))
            .then_some((at + 2, Meaning::Weekend { toward: Toward::Plain }))
    }
}

/// A unit of time, and how many.
fn unit_of(number: u8) -> Option<(TimeUnit, i64)> {
    match number {
        unit::DAY => Some((TimeUnit::Day, 1)),
        unit::WEEK => Some((TimeUnit::Week, 1)),
        unit::FORTNIGHT => Some((TimeUnit::Week, 2)),
        unit::MONTH => Some((TimeUnit::Month, 1)),
        unit::YEAR => Some((TimeUnit::Year, 1)),
        unit::DECADE => Some((TimeUnit::Year, 10)),
        _ => None,
    }
}

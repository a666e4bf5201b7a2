//! How dates, weekdays and months are written. Word order matters as little as possible, so that one
//! grammar serves several languages.

use chrono::Weekday;

use crate::extract::day::expression::{Meaning, TimePart, Toward};
use crate::extract::day::lexicon::{flag, unit};
use crate::extract::day::piece::TokenShape;
use crate::extract::day::token::Tokens;

/// Reads what begins at a token.
pub(crate) struct Grammar<'t> {
    pub tokens: &'t Tokens<'t>,
}

/// Where an expression ends (the next token), and what it means.
pub(crate) type Found = Option<(usize, Meaning)>;

/// The years that a number of four digits may be.
const YEARS: std::ops::RangeInclusive<u32> = 1000..=2999;

impl Grammar<'_> {
    pub(crate) fn is(&self, at: usize, flags: u64) -> bool {
        self.tokens.is(at, flags)
    }

    pub(crate) fn number(&self, at: usize, digits: std::ops::Range<usize>) -> Option<u32> {
        self.tokens.tokens.get(at)?.number(digits)
    }

    /// Dates written in digits, with the year: 2025-01-31, 31.01.2025, 1/31/2025.
    pub(crate) fn figures(&self, at: usize) -> Found {
        let mark = self.tokens.tokens.get(at + 1)?;
        let separated = ['-', '/', '.'].into_iter().find(|&c| mark.is_mark(c))?;
        let glued = (at + 1..=at + 4).all(|i| self.tokens.glued(i)) && self.tokens.is_mark(at + 3, separated);
        // Another part of the same kind makes it an address or a version.
        let goes_on = self.tokens.glued(at + 5)
            && self.tokens.is_mark(at + 5, separated)
            && self.tokens.glued(at + 6)
            && self.number(at + 6, 1..9).is_some();
        let led_in = at > 0
            && self.tokens.glued(at)
            && (self.tokens.is_mark(at - 1, separated) || self.tokens.is_mark(at - 1, '/'));
        if !glued || goes_on || led_in {
            return None;
        }
        let date = |year: u32, month: u32, day: u32| Some((at + 5, date(Some(year), month, day)));
        if let (Some(year), Some(month), Some(day)) =
            (self.number(at, 4..5), self.number(at + 2, 1..3), self.number(at + 4, 1..3))
        {
            return if YEARS.contains(&year) && (1..=12).contains(&month) { date(year, month, day) } else { None };
        }
        let (first, second) = (self.number(at, 1..3)?, self.number(at + 2, 1..3)?);
        let year = match (self.number(at + 4, 4..5), self.number(at + 4, 2..3)) {
            (Some(year), _) if YEARS.contains(&year) => year,
            // Two digits are a year only with slashes: 1.6.25 may be the number of a chapter.
            (None, Some(year)) if separated == '/' => {
                if year < 70 {
                    2000 + year
                } else {
                    1900 + year
                }
            }
            _ => return None,
        };
        let months = 1..=12;
        match (months.contains(&first), months.contains(&second)) {
            // With full stops, the day always comes first.
            (_, true) if separated == '.' => date(year, second, first),
            (true, true) if first == second => date(year, first, second),
            (true, true) => Some((at + 5, Meaning::Ambiguous)),
            (true, false) => date(year, first, second),
            (false, true) => date(year, second, first),
            (false, false) => None,
        }
    }

    /// A day, in digits or as a word, and the next token.
    pub(crate) fn day_number(&self, at: usize) -> Option<(u32, usize)> {
        if let Some(day) = self.number(at, 1..3).filter(|day| (1..=31).contains(day)) {
            let ending = self.tokens.glued(at + 1) && self.is(at + 1, flag::ORDINAL_ENDING);
            return Some((day, at + 1 + usize::from(ending)));
        }
        let ordinal = self.tokens.class(at).ordinal;
        (ordinal > 0).then_some((ordinal.into(), at + 1))
    }

    /// A month's name, and the token after it and its full stop.
    pub(crate) fn month_name(&self, at: usize) -> Option<(u32, usize)> {
        let class = self.tokens.class(at);
        let token = self.tokens.tokens.get(at)?;
        if class.month == 0 || class.is(flag::NAME) || (self.tokens.words.capitalised && !token.capital) {
            return None;
        }
        let stop = class.is(flag::SHORT) && self.tokens.is_mark(at + 1, '.') && self.tokens.glued(at + 1);
        Some((class.month.into(), at + 1 + usize::from(stop)))
    }

    /// A year of four digits, with or without a comma before it.
    pub(crate) fn year_number(&self, at: usize) -> Option<(i32, usize)> {
        let comma = usize::from(self.tokens.is_mark(at, ','));
        let year = self.number(at + comma, 4..5).filter(|year| YEARS.contains(year))?;
        // "January 5, 2000 people": a comma alone does not make it a year, but the end of the phrase
        // does.
        let amount = comma == 1 && self.tokens.tokens.get(at + comma + 1).is_some_and(|next| next.is_mark('%'));
        (!amount).then_some((year as i32, at + comma + 1))
    }

    /// "January 31, 2025", "Jan. 31", "Aug. 15-17", "Oct. 30 - Nov. 2".
    pub(crate) fn month_day(&self, at: usize, weekday: Option<Weekday>) -> Found {
        let (month, after) = self.month_name(at)?;
        let the = usize::from(self.is(after, flag::THE));
        let separated =
            usize::from(self.tokens.is_dash(after) && self.tokens.glued(after) && self.tokens.glued(after + 1));
        let (day, mut end) = self.day_number(after + the + separated)?;
        // An ordinal written as a word may count something else: "the March first lady".
        if self.tokens.tokens[after].shape == TokenShape::Word
            && the == 0
            && self.tokens.class(after).ordinal > 0
            && self.next_is_noun(end)
        {
            return None;
        }
        if self.is_amount(end) {
            return None;
        }
        let (mut more, next) = self.range_end(month, day, end);
        if self.is_amount(next) && next > end {
            more = 0;
        } else {
            end = next;
        }
        let year = self.year_number(end);
        end = year.map_or(end, |(_, end)| end);
        let toward = Toward::Plain;
        Some((end, Meaning::Date { year: year.map(|(year, _)| year), month, day, more, weekday, toward }))
    }

    /// Whether a number before this token is an amount: 10,000, 3.5, 5%, 12:30.
    pub(crate) fn is_amount(&self, end: usize) -> bool {
        let Some(mark) = self.tokens.tokens.get(end) else { return false };
        let digit = self.tokens.glued(end + 1) && self.number(end + 1, 1..40).is_some();
        let thousands = mark.is_mark(',') && digit && self.number(end + 1, 3..4).is_some();
        let decimal = (mark.is_mark('.') || mark.is_mark(':')) && digit && self.number(end + 1, 1..4).is_some();
        !mark.spaced && (mark.is_mark('%') || thousands || decimal)
    }

    pub(crate) fn next_is_noun(&self, at: usize) -> bool {
        self.tokens.tokens.get(at).is_some_and(|token| token.shape == TokenShape::Word && !token.line)
            && !self.is(at, u64::MAX)
    }

    /// The last day of a range, as days after the first, and the next token.
    pub(crate) fn range_end(&self, month: u32, day: u32, end: usize) -> (u32, usize) {
        let none = (0, end);
        let between = self.tokens.is_dash(end) || self.is(end, flag::TO | flag::AND);
        if !between {
            return none;
        }
        if let Some((last_month, after)) = self.month_name(end + 1) {
            let Some((last, after)) = self.day_number(after) else { return none };
            // Without the calendar, only consecutive days are clear: the first days of the next month.
            let next = last_month == month % 12 + 1 && !self.is(end, flag::AND);
            return if next && last < day { (days_of(month).saturating_sub(day) + last, after) } else { none };
        }
        match self.number(end + 1, 1..3) {
            Some(last)
                if last > day && last <= 31 && (self.tokens.is_dash(end) || !self.followed_by_month(end + 2)) =>
            {
                (last - day, end + 2)
            }
            _ => none,
        }
    }

    pub(crate) fn followed_by_month(&self, at: usize) -> bool {
        self.month_name(at).is_some()
    }

    /// "31 January 2025", "31st of January", "15-17 August", "the Fourth of July".
    pub(crate) fn day_month(&self, at: usize) -> Found {
        let (day, mut end) = self.day_number(at)?;
        // The first digits of "2025-31 January" or "1,31 May" belong to what comes before.
        if self.tokens.glued(at)
            && at > 0
            && self.tokens.tokens[at - 1].shape == TokenShape::Mark
            && self.tokens.tokens[at].shape == TokenShape::Number
        {
            let mark = &self.tokens.tokens[at - 1];
            if (mark.is_mark(',') || mark.is_mark('.') || mark.is_mark('/'))
                && at > 1
                && self.number(at - 2, 1..40).is_some()
            {
                return None;
            }
        }
        let mut more = 0;
        if (self.tokens.is_dash(end) || self.is(end, flag::TO | flag::AND))
            && let Some((last, after)) = self.day_number(end + 1)
            && last > day
            && (self.month_name(after).is_some() || self.is(after, flag::OF))
        {
            (more, end) = (last - day, after);
        }
        let stop = usize::from(self.tokens.is_mark(end, '.') && self.tokens.glued(end));
        let of_word = usize::from(self.is(end, flag::OF));
        if of_word == 1
            && let Some((months, end)) = self.directed_month(end + 1)
        {
            return Some((end, Meaning::DayOfMonth { day, months: Some(months) }));
        }
        let separated = usize::from(self.tokens.is_dash(end) && self.tokens.glued(end + 1));
        let (month, mut end) = self.month_name(end + stop.max(of_word).max(separated))?;
        // An ordinal as a word needs "of": "second March on Washington" is not a day.
        if self.tokens.tokens[at].shape == TokenShape::Word && of_word == 0 && stop == 0 {
            return None;
        }
        // In "In 20 May 3 ...", the day comes after the month.
        let dash = usize::from(self.tokens.is_dash(end) && self.tokens.glued(end));
        let year = self.year_number(end + dash).or_else(|| self.year_number(end));
        end = year.map_or(end, |(_, end)| end);
        let toward = Toward::Plain;
        Some((end, Meaning::Date { year: year.map(|(year, _)| year), month, day, more, weekday: None, toward }))
    }

    /// "this month", "last month" after "the 31st of".
    pub(crate) fn directed_month(&self, at: usize) -> Option<(i64, usize)> {
        let the = usize::from(self.is(at, flag::THE));
        let count = self.direction(at + the).map(direction_count).or((the == 1).then_some(0))?;
        let noun = at + the + usize::from(self.direction(at + the).is_some());
        (self.tokens.class(noun).unit == unit::MONTH).then_some((count, noun + 1))
    }

    /// A weekday, alone or with its date: "Tuesday", "Friday 28 February 2025", "Tuesday last week".
    pub(crate) fn weekday(&self, at: usize) -> Found {
        let class = self.tokens.class(at);
        let weekday = weekday_of(class.weekday)?;
        let short = class.is(flag::SHORT);
        let stop = usize::from(short && self.tokens.is_mark(at + 1, '.') && self.tokens.glued(at + 1));
        let mut next = at + 1 + stop;
        let close = usize::from(self.tokens.is_mark(next, '('));
        let comma = usize::from(self.tokens.is_mark(next, ','));
        next += close.max(comma);
        let next = next + usize::from(self.is(next, flag::ON)) + usize::from(self.is(next, flag::THE));
        let named = self.month_day(next, None).or_else(|| self.day_month(next)).or_else(|| self.figures(next));
        if let Some((end, Meaning::Date { year, month, day, more, toward, .. })) = named {
            let end = end + if self.tokens.is_mark(end, ')') { close } else { 0 };
            return Some((end, Meaning::Date { year, month, day, more, toward, weekday: Some(weekday) }));
        }
        // These short names are also other words.
        if short {
            return None;
        }
        if let Some((months, end)) = self.bare_ordinal(next, at + 1) {
            return Some((end, Meaning::DayOfMonth { day: months, months: None }));
        }
        let of_word = usize::from(self.is(at + 1, flag::OF | flag::ON));
        let week = at + 1 + of_word;
        if let Some(direction) = self.direction(week)
            && self.tokens.class(week + 1).unit == unit::WEEK
            && !self.tokens.is_mark(at + 1, ',')
        {
            let week = Some(direction_count(direction));
            return Some((at + 3 + of_word, Meaning::Weekday { weekday, toward: Toward::Plain, week }));
        }
        Some((at + 1, Meaning::Weekday { weekday, toward: Toward::Plain, week: None }))
    }

    /// "the 21st" right after a weekday.
    pub(crate) fn bare_ordinal(&self, at: usize, from: usize) -> Option<(u32, usize)> {
        let (day, end) = self.day_number(at)?;
        let worded = self.tokens.tokens[at].shape == TokenShape::Word;
        (at > from && self.is(at - 1, flag::THE) && (worded || end > at + 1) && !self.next_is_noun(end))
            .then_some((day, end))
    }

    /// A month without a day, after a word that takes a month, or with a year.
    pub(crate) fn month(&self, at: usize) -> Found {
        let (month, end) = self.month_name(at)?;
        let of = usize::from(self.is(end, flag::OF));
        let year = self
            .year_number(end + of)
            .filter(|_| of == 1 || !self.tokens.is_mark(end, ',') || self.is_before(at, flag::BEFORE_MONTH));
        if let Some((year, end)) = year {
            return Some((
                end,
                Meaning::Month { year: Some(year), month, part: TimePart::Whole, toward: Toward::Plain },
            ));
        }
        if of == 1
            && let (Some(direction), unit::YEAR) = (self.direction(end + 1), self.tokens.class(end + 2).unit)
        {
            let toward = if direction == Toward::This { Toward::This } else { direction };
            return Some((end + 3, Meaning::Month { year: None, month, part: TimePart::Whole, toward }));
        }
        let named = self.is_before(at, flag::BEFORE_MONTH) || self.tokens.class(at).is(flag::PREVIOUS);
        // In "by May" the word may be a person's name, but not in "in May" or "since May". A capital
        // letter after it makes it a name.
        let name = self
            .tokens
            .tokens
            .get(end)
            .is_some_and(|next| next.capital && next.spaced && !next.line && next.shape == TokenShape::Word)
            && !self.tokens.sentence_begins(end)
            && *self.tokens.class(end) == Default::default();
        let possessive = self.is(end, flag::POSSESSIVE);
        ((named && !name)
            || (possessive && !self.tokens.class(at).is(flag::SHORT) && self.is_before(at, flag::BEFORE_MONTH)))
        .then_some((end, Meaning::Month { year: None, month, part: TimePart::Whole, toward: Toward::Plain }))
    }

    pub(crate) fn is_before(&self, at: usize, flags: u64) -> bool {
        at > 0 && self.is(at - 1, flags) && !self.tokens.sentence_begins(at)
    }

    /// A year without a month, after a word that takes a year.
    pub(crate) fn year(&self, at: usize) -> Found {
        let year = self.number(at, 4..5).filter(|year| (1900..=2099).contains(year))?;
        let amount = self.is_amount(at + 1)
            || self.tokens.class(at + 1).unit > 0
            || (self.tokens.glued(at + 1) && self.tokens.tokens[at + 1].shape == TokenShape::Word);
        (self.is_before(at, flag::BEFORE_YEAR) && self.tokens.tokens[at].spaced && !amount)
            .then_some((at + 1, Meaning::Year { year: year as i32, part: TimePart::Whole }))
    }

    pub(crate) fn direction(&self, at: usize) -> Option<Toward> {
        let class = self.tokens.class(at);
        [(flag::LAST, Toward::Last), (flag::THIS, Toward::This), (flag::NEXT, Toward::Next)]
            .into_iter()
            .find_map(|(flags, toward)| class.is(flags).then_some(toward))
    }
}

fn date(year: Option<u32>, month: u32, day: u32) -> Meaning {
    Meaning::Date { year: year.map(|year| year as i32), month, day, more: 0, weekday: None, toward: Toward::Plain }
}

pub(crate) fn direction_count(toward: Toward) -> i64 {
    match toward {
        Toward::Last => -1,
        Toward::Next => 1,
        Toward::This | Toward::Plain => 0,
    }
}

pub(crate) fn weekday_of(number: u8) -> Option<Weekday> {
    Weekday::try_from(number.checked_sub(1)?).ok()
}

/// The most days a month can have.
fn days_of(month: u32) -> u32 {
    match month {
        2 => 29,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

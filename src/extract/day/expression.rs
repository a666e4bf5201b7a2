//! What is named when a text names a day, a week, a month or a year.

use std::ops::Range;

use chrono::Weekday;

use crate::extract::day::section::Yearly;

/// A day, week, month or year as a text names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expression {
    /// Where it is, in bytes of the text. A preposition before it is not included.
    pub range: Range<usize>,
    /// What it names.
    pub meaning: Meaning,
    /// Whether the words around it are about the past or the future.
    pub tense: Tense,
}

/// What an expression names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    /// A day of a month, or several days in a row.
    Date {
        /// The year, if it is given.
        year: Option<i32>,
        /// The month, from 1.
        month: u32,
        /// The day of the month, from 1. The calendar may not have it.
        day: u32,
        /// How many days later the last day is; 0 for a single day.
        more: u32,
        /// The weekday, if it is given.
        weekday: Option<Weekday>,
        /// Which one is meant, because it returns every year.
        toward: Toward,
    },
    /// A date in digits that may be one of two days, as in 03/04/2025.
    Ambiguous,
    /// A weekday.
    Weekday {
        /// The weekday.
        weekday: Weekday,
        /// Which one is meant.
        toward: Toward,
        /// Weeks from the week of publication, if the text counts them: "Tuesday last week".
        week: Option<i64>,
    },
    /// A day that returns every year.
    Holiday {
        /// When it returns.
        yearly: Yearly,
        /// The year, if it is given.
        year: Option<i32>,
        /// Which one is meant.
        toward: Toward,
    },
    /// A period counted from the publication: "yesterday", "last week", "two years ago".
    Stretch {
        /// Its unit.
        unit: TimeUnit,
        /// How many units after the publication; negative before it.
        count: Count,
        /// Whether a day is meant and not the whole period: "two weeks ago".
        exact: bool,
        /// Which part of it is meant.
        part: TimePart,
    },
    /// A period counted from a day mentioned before: "the next day", "a year earlier".
    Anchored {
        /// Its unit.
        unit: TimeUnit,
        /// How many units after that day; negative before it.
        count: Count,
    },
    /// A weekday counted from a day mentioned before: "the previous Friday".
    AnchoredWeekday {
        /// The weekday.
        weekday: Weekday,
        /// Whether it comes before that day.
        before: bool,
    },
    /// Saturday and Sunday.
    Weekend {
        /// Which one is meant.
        toward: Toward,
    },
    /// A month.
    Month {
        /// The year, if it is given.
        year: Option<i32>,
        /// The month, from 1.
        month: u32,
        /// Which part of it is meant.
        part: TimePart,
        /// Which one is meant.
        toward: Toward,
    },
    /// A day of an unnamed month: "the 31st".
    DayOfMonth {
        /// The day, from 1.
        day: u32,
        /// Months from the month of publication, if the text counts them.
        months: Option<i64>,
    },
    /// A season: 0 is spring.
    Season {
        /// The season, from 0.
        season: u32,
        /// The year, if it is given.
        year: Option<i32>,
        /// Which one is meant.
        toward: Toward,
    },
    /// A year.
    Year {
        /// The year.
        year: i32,
        /// Which part of it is meant.
        part: TimePart,
    },
}

/// A unit of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimeUnit {
    /// A day.
    Day,
    /// A week, from Monday.
    Week,
    /// A month.
    Month,
    /// A year.
    Year,
}

/// How many units of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Count {
    /// This many.
    Of(i64),
    /// A few, in the past.
    FewAgo,
    /// A few, in the future.
    FewAhead,
}

/// Which part of a period is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimePart {
    /// All of it.
    Whole,
    /// Its first part.
    Early,
    /// Its middle.
    Middle,
    /// Its last part.
    Late,
    /// Its last day.
    End,
}

/// A word that says which of the days with a name is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Toward {
    /// None: "Tuesday".
    Plain,
    /// The one before: "last Tuesday".
    Last,
    /// The one nearby: "this Tuesday".
    This,
    /// The one after: "next Tuesday".
    Next,
}

/// Whether words are about the past or the future.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tense {
    /// About the past.
    Past,
    /// About the future.
    Future,
    /// About a day close by, before or after: "ahead of Friday's vote".
    Near,
    /// They do not say.
    Unknown,
}

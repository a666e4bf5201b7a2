//! What a text names when it names a day, a week, a month or a year.

use std::ops::Range;

use chrono::Weekday;

use crate::extract::day::section::Yearly;

/// A day, week, month or year as a text names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expression {
    /// Where it stands, in bytes of the text; a preposition before it is no part of it.
    pub range: Range<usize>,
    /// What it names.
    pub meaning: Meaning,
    /// Whether the words around it speak of what was or what will be.
    pub tense: Tense,
}

/// What an expression names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    /// A day of a month, or several days in a row.
    Date {
        /// The year, where it is given.
        year: Option<i32>,
        /// The month, from 1.
        month: u32,
        /// The day of the month, from 1; it need not be in the calendar.
        day: u32,
        /// How many days after it the last one follows; 0 for a single day.
        more: u32,
        /// The weekday, where it is given.
        weekday: Option<Weekday>,
        /// Which of those that return every year.
        toward: Toward,
    },
    /// Figures that may be one day or another, as in 03/04/2025.
    Ambiguous,
    /// A weekday.
    Weekday {
        /// The weekday.
        weekday: Weekday,
        /// Which one.
        toward: Toward,
        /// Weeks from that of the publication, where the text counts them: "Tuesday last week".
        week: Option<i64>,
    },
    /// A day that returns every year.
    Holiday {
        /// When it returns.
        yearly: Yearly,
        /// The year, where it is given.
        year: Option<i32>,
        /// Which one.
        toward: Toward,
    },
    /// A stretch of time counted from the publication: "yesterday", "last week", "two years ago".
    Stretch {
        /// How long it is.
        unit: TimeUnit,
        /// How many of them after that of the publication; negative before it.
        count: Count,
        /// Whether a day is meant rather than the whole stretch: "two weeks ago".
        exact: bool,
        /// Which part of it.
        part: TimePart,
    },
    /// A stretch of time counted from a day spoken of before: "the next day", "a year earlier".
    Anchored {
        /// How long it is.
        unit: TimeUnit,
        /// How many of them after that day; negative before it.
        count: Count,
    },
    /// A weekday counted from a day spoken of before: "the previous Friday".
    AnchoredWeekday {
        /// The weekday.
        weekday: Weekday,
        /// Whether it comes before that day.
        before: bool,
    },
    /// Saturday and Sunday.
    Weekend {
        /// Which ones.
        toward: Toward,
    },
    /// A month.
    Month {
        /// The year, where it is given.
        year: Option<i32>,
        /// The month, from 1.
        month: u32,
        /// Which part of it.
        part: TimePart,
        /// Which one.
        toward: Toward,
    },
    /// A day of a month that is not named: "the 31st".
    DayOfMonth {
        /// The day, from 1.
        day: u32,
        /// Months from that of the publication, where the text counts them.
        months: Option<i64>,
    },
    /// A season: 0 is spring.
    Season {
        /// The season, from 0.
        season: u32,
        /// The year, where it is given.
        year: Option<i32>,
        /// Which one.
        toward: Toward,
    },
    /// A year.
    Year {
        /// The year.
        year: i32,
        /// Which part of it.
        part: TimePart,
    },
}

/// A stretch of time.
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

/// How many stretches of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Count {
    /// So many.
    Of(i64),
    /// A few, before.
    FewAgo,
    /// A few, after.
    FewAhead,
}

/// Which part of a stretch of time.
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

/// A word that says which of the days of a name is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Toward {
    /// None: "Tuesday".
    Plain,
    /// The one before: "last Tuesday".
    Last,
    /// The one near by: "this Tuesday".
    This,
    /// The one after: "next Tuesday".
    Next,
}

/// Whether words speak of what was or what will be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tense {
    /// Of what was.
    Past,
    /// Of what will be.
    Future,
    /// Of what is near, before or after: "ahead of Friday's vote".
    Near,
    /// They do not say.
    Unknown,
}

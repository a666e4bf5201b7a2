//! What can be found of a speaker on an issue, as plain data.

use std::cmp::Ordering;

use chrono::NaiveDate;
use serde::{Serialize, Serializer};

use crate::shift::place::Side;

/// The answer to whether a position moved.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "word", rename_all = "lowercase")]
pub enum Verdict {
    /// It moved, and stayed moved; at least one shift, by date.
    Shift {
        /// The shifts.
        shifts: Vec<Shift>,
    },
    /// It moved little by little.
    Drift(Drift),
    /// A single day stands apart from the rest.
    Swing(Swing),
    /// No shift was found.
    Steady,
    /// So few days that no shift could have been found.
    #[serde(rename = "too few")]
    TooFew,
}

/// A lasting change of a position.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Shift {
    /// The last day that was before the shift, with the certainty [`crate::shift::place::SURE`].
    #[serde(serialize_with = "date")]
    pub from: NaiveDate,
    /// The first day that was after it.
    #[serde(serialize_with = "date")]
    pub to: NaiveDate,
    /// The last day before the likeliest date.
    #[serde(serialize_with = "date")]
    pub last_before: NaiveDate,
    /// The first day after it.
    #[serde(serialize_with = "date")]
    pub first_after: NaiveDate,
    /// The days since the shift before, or since the first.
    pub before: Side,
    /// The days until the next shift, or the last.
    pub after: Side,
    /// The probability that a statement after stands higher than one before.
    pub superiority: f64,
    /// Share of rearranged days that differ as much.
    pub p: f64,
    /// Corrected for the pairs, and for the parts of the series that were looked at.
    pub p_corrected: f64,
}

/// A gradual change of a position.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Drift {
    /// The first day.
    #[serde(serialize_with = "date")]
    pub from: NaiveDate,
    /// The last day.
    #[serde(serialize_with = "date")]
    pub to: NaiveDate,
    /// Where the line through the days begins, a number on the scale.
    pub before: f64,
    /// Where it ends.
    pub after: f64,
    /// By how many levels, upwards if positive.
    pub size: f64,
    /// Share of rearranged days that differ as much.
    pub p: f64,
    /// Corrected for the pairs.
    pub p_corrected: f64,
}

/// A single day apart from the rest.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Swing {
    /// The day.
    #[serde(serialize_with = "date")]
    pub date: NaiveDate,
    /// Its statement farthest from the rest, if the statements are at hand.
    #[serde(flatten)]
    pub quotation: Option<Quotation>,
    /// The rank of that statement: how many levels lie below it.
    #[serde(skip)]
    pub rank: usize,
    /// The mean of the other days, a number on the scale.
    pub rest: f64,
    /// The mean of the day.
    pub day: f64,
    /// Whether it is the first or the last day on which something was said.
    pub at_an_end: bool,
    /// How likely so distant a day is by chance, corrected for the number of days.
    pub p: f64,
    /// Times the number of pairs that were tested, too.
    pub p_corrected: f64,
}

/// The statement that shows a finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Quotation {
    /// Its id.
    pub statement_id: String,
    /// The words.
    pub text: String,
    /// Whether that is a paraphrase.
    pub indirect: bool,
}

/// A last day that stands apart from all days before it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Latest {
    /// The day.
    #[serde(serialize_with = "date")]
    pub date: NaiveDate,
    /// Its statement farthest from the days before, if the statements are at hand.
    #[serde(flatten)]
    pub quotation: Option<Quotation>,
    /// The rank of that statement: how many levels lie below it.
    #[serde(skip)]
    pub rank: usize,
    /// The day's mean, a number on the scale.
    pub day: f64,
    /// The mean of all days before.
    pub before: f64,
}

fn date<S: Serializer>(date: &NaiveDate, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(date)
}

impl Verdict {
    /// The word for it: `shift`, `drift`, `swing`, `steady` or `too few`.
    pub fn word(&self) -> &'static str {
        match self {
            Verdict::Shift { .. } => "shift",
            Verdict::Drift(_) => "drift",
            Verdict::Swing(_) => "swing",
            Verdict::Steady => "steady",
            Verdict::TooFew => "too few",
        }
    }

    /// By how many levels the position moved and stayed, first of all; `None` where it did not.
    pub fn change(&self) -> Option<f64> {
        match self {
            Verdict::Shift { shifts } => shifts.first().map(Shift::size),
            Verdict::Drift(drift) => Some(drift.size),
            Verdict::Swing(_) | Verdict::Steady | Verdict::TooFew => None,
        }
    }

    /// In which direction the position went, first of all: up, down, or nowhere.
    fn direction(&self) -> Ordering {
        let change = match self {
            Verdict::Swing(swing) => swing.day - swing.rest,
            other => other.change().unwrap_or(0.0),
        };
        change.total_cmp(&0.0)
    }

    /// Whether another verdict says the same: it moved in the same direction, at once or little by
    /// little; or the same word, in the same direction.
    pub fn stands_in(&self, other: &Verdict) -> bool {
        let moved = self.change().is_some() && other.change().is_some();
        (moved || self.word() == other.word()) && self.direction() == other.direction()
    }
}

impl Shift {
    /// By how many levels, upwards if positive.
    pub fn size(&self) -> f64 {
        self.after.rank - self.before.rank
    }
}

/// Writes a date as `YYYY-MM-DD`, or nothing.
pub fn maybe_date<S: Serializer>(date: &Option<NaiveDate>, serializer: S) -> Result<S::Ok, S::Error> {
    match date {
        Some(date) => serializer.collect_str(date),
        None => serializer.serialize_none(),
    }
}

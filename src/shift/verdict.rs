//! What can be found about a speaker on an issue, as plain data.

use std::cmp::Ordering;

use chrono::NaiveDate;
use serde::{Serialize, Serializer};

use crate::math::Interval;
use crate::shift::place::Side;
use crate::shift::size::Likely;

/// The answer to whether a position moved.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "word", rename_all = "lowercase")]
pub enum Verdict {
    /// It moved, and stayed there: one or more shifts, by date.
    Shift {
        /// The shifts.
        shifts: Vec<Shift>,
    },
    /// It moved, and moved back.
    Return {
        /// There, and back.
        shifts: Box<[Shift; 2]>,
    },
    /// It moved little by little.
    Drift(Drift),
    /// A single day stands apart from the rest.
    Swing(Swing),
    /// No shift was found.
    Steady,
    /// There are so few days that no shift could have been found.
    #[serde(rename = "too few")]
    TooFew,
}

/// A lasting change of a position.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Shift {
    /// The last day that was before the shift, with certainty [`crate::shift::place::SURE`].
    #[serde(serialize_with = "date")]
    pub from: NaiveDate,
    /// The first day that was after it, with the same certainty.
    #[serde(serialize_with = "date")]
    pub to: NaiveDate,
    /// The last day before the likeliest date.
    #[serde(serialize_with = "date")]
    pub last_before: NaiveDate,
    /// The first day after it.
    #[serde(serialize_with = "date")]
    pub first_after: NaiveDate,
    /// The days since the previous shift, or since the first day.
    pub before: Side,
    /// The days until the next shift, or until the last day.
    pub after: Side,
    /// The share of pairs of a statement after and one before in which the one after is higher; ties count
    /// half.
    pub superiority: f64,
    /// The range of that share.
    pub superiority_range: Interval,
    /// The likely size and its range, in levels. It is smaller than the size that was seen if the date was
    /// searched for.
    pub likely: Likely,
    /// The share of rearranged days that are as far from steady, over the share of the level for shifts: that of the
    /// whole series, or that of the part with this shift if it is larger.
    pub p: f64,
    /// The same, corrected for the pairs, and for the parts of the series that were examined.
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
    /// The likely size and its range, in levels.
    pub likely: Likely,
    /// The share of rearranged days that are as far from steady, over the share of the level for shifts.
    pub p: f64,
    /// The same, corrected for the pairs.
    pub p_corrected: f64,
}

/// A single day that stands apart from the rest.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Swing {
    /// The day.
    #[serde(serialize_with = "date")]
    pub date: NaiveDate,
    /// Its statement farthest from the rest, if the statements are available.
    #[serde(flatten)]
    pub quotation: Option<Quotation>,
    /// The rank of that statement: how many levels are below it.
    #[serde(skip)]
    pub rank: usize,
    /// The mean of the other days, a number on the scale.
    pub rest: f64,
    /// The mean of the day.
    pub day: f64,
    /// Whether it is the first or the last day with a statement.
    pub at_an_end: bool,
    /// How likely so distant a day is by chance among as many days, over the share of the level for swings.
    pub p: f64,
    /// The same, corrected for the pairs.
    pub p_corrected: f64,
}

/// The statement that shows a finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Quotation {
    /// Its id.
    pub statement_id: String,
    /// The words.
    pub text: String,
    /// Whether they are a paraphrase.
    pub indirect: bool,
}

/// A last day that stands apart from all days before it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Latest {
    /// The day.
    #[serde(serialize_with = "date")]
    pub date: NaiveDate,
    /// Its statement farthest from the days before, if the statements are available.
    #[serde(flatten)]
    pub quotation: Option<Quotation>,
    /// The rank of that statement: how many levels are below it.
    #[serde(skip)]
    pub rank: usize,
    /// The day's mean, a number on the scale.
    pub day: f64,
    /// The mean of all days before.
    pub before: f64,
}

/// Writes a date as text.
pub fn date<S: Serializer>(date: &NaiveDate, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(date)
}

impl Verdict {
    /// The verdict for shifts, by date: if there are 2 and the second undoes the first, it is a return.
    pub fn of_shifts(shifts: Vec<Shift>) -> Verdict {
        match <Box<[Shift; 2]>>::try_from(shifts) {
            Ok(shifts) if shifts[1].undoes(&shifts[0]) => Verdict::Return { shifts },
            Ok(shifts) => Verdict::Shift { shifts: (shifts as Box<[Shift]>).into_vec() },
            Err(shifts) => Verdict::Shift { shifts },
        }
    }

    /// The word for the verdict: `shift`, `return`, `drift`, `swing`, `steady` or `too few`.
    pub fn word(&self) -> &'static str {
        match self {
            Verdict::Shift { .. } => "shift",
            Verdict::Return { .. } => "return",
            Verdict::Drift(_) => "drift",
            Verdict::Swing(_) => "swing",
            Verdict::Steady => "steady",
            Verdict::TooFew => "too few",
        }
    }

    /// The shifts, by date: also those that undo one another. None if there are none.
    pub fn shifts(&self) -> &[Shift] {
        match self {
            Verdict::Shift { shifts } => shifts,
            Verdict::Return { shifts } => shifts.as_slice(),
            Verdict::Drift(_) | Verdict::Swing(_) | Verdict::Steady | Verdict::TooFew => &[],
        }
    }

    /// Whether the position moved: for good, little by little, or there and back.
    pub fn moved(&self) -> bool {
        matches!(self, Verdict::Shift { .. } | Verdict::Return { .. } | Verdict::Drift(_))
    }

    /// By how many levels the position moved for good, in its first change; `None` if it did not.
    pub fn change(&self) -> Option<f64> {
        match self {
            Verdict::Shift { shifts } => shifts.first().map(Shift::size),
            Verdict::Drift(drift) => Some(drift.size),
            Verdict::Return { .. } | Verdict::Swing(_) | Verdict::Steady | Verdict::TooFew => None,
        }
    }

    /// In which direction the position went, in its first change: up, down or neither.
    fn direction(&self) -> Ordering {
        let change = match self {
            Verdict::Swing(swing) => swing.day - swing.rest,
            Verdict::Return { shifts } => shifts[0].size(),
            other => other.change().unwrap_or(0.0),
        };
        change.total_cmp(&0.0)
    }

    /// Whether another verdict says the same: it moved in the same direction, at once or little by
    /// little, or has the same word and direction.
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

    /// Whether it undoes the shift before it: it goes the other way, and ends nearer to where that one
    /// began than half of the larger of both.
    fn undoes(&self, there: &Shift) -> bool {
        let larger = there.size().abs().max(self.size().abs());
        there.size() * self.size() < 0.0 && (self.after.rank - there.before.rank).abs() < larger / 2.0
    }
}

/// Writes a date as `YYYY-MM-DD`, or nothing.
pub fn maybe_date<S: Serializer>(date: &Option<NaiveDate>, serializer: S) -> Result<S::Ok, S::Error> {
    match date {
        Some(date) => serializer.collect_str(date),
        None => serializer.serialize_none(),
    }
}

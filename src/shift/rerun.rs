//! How well a verdict withstands re-runs, as plain data.

use chrono::NaiveDate;
use serde::Serialize;

use crate::shift::verdict;

/// What is left out of a re-run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Without {
    /// A single statement.
    Statement,
    /// All statements of a day.
    Day,
    /// All statements read in one publication.
    Source,
    /// All labels of a rule.
    Rule,
    /// All labels of a coder.
    Coder,
    /// All paraphrases.
    Indirect,
}

/// The re-runs of one kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Runs {
    /// What was left out in each re-run.
    pub without: Without,
    /// How many re-runs could still be tested.
    pub runs: usize,
    /// In how many the verdict was the same: moved in the same direction, or the same word.
    pub stands: usize,
    /// How many could not be tested because too few days were left.
    pub too_few: usize,
    /// What overturned the verdict when left out, each with the verdict that results.
    pub overturned: Vec<(String, &'static str)>,
}

/// What a verdict rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Stress {
    /// The re-runs, by kind; a kind without re-runs is left out.
    pub by: Vec<Runs>,
    /// The statements whose loss, one at a time, overturns the verdict.
    pub rests_on: Vec<Lost>,
    /// How many different re-runs could be tested. If a statement is the only one of its day or source,
    /// the same re-run counts once.
    pub runs: usize,
    /// In how many of them the verdict was the same.
    pub stands: usize,
}

/// A statement whose loss overturns a verdict.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Lost {
    /// Its id.
    pub statement_id: String,
    /// Its words.
    pub text: String,
    /// Whether that is a paraphrase.
    pub indirect: bool,
    /// The verdict without it.
    pub verdict: &'static str,
}

/// How well a verdict withstands the errors of rules.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Relabelled {
    /// On how many statements labelled by both hands and rules the errors were measured. If it is 0,
    /// nothing was repeated.
    pub measured_on: usize,
    /// The share of them for which rules gave another position, or one although hands gave none, 0 to 1.
    pub wrong: f64,
    /// How often the verdict was repeated.
    pub repeats: usize,
    /// How often it was the same.
    pub stands: usize,
}

impl Relabelled {
    /// Whether the verdict holds in 19 of 20 repeats or more.
    pub fn withstands(&self) -> bool {
        self.repeats > 0 && 20 * self.stands >= 19 * self.repeats
    }
}

/// How well a verdict withstands the differences between coders.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Recoded {
    /// On how many statements the differences were measured: two coders or more have read them, and one gave a
    /// position. If it is 0, nothing was repeated.
    pub measured_on: usize,
    /// The share of them on which coders differ, 0 to 1.
    pub differ: f64,
    /// How often the verdict was repeated, with each label as another coder might have given it. If coder and time
    /// coincide: with all labels as one and the same coder might have given them. If it is 0, too little shows how
    /// coders compare.
    pub repeats: usize,
    /// How often it was the same.
    pub stands: usize,
}

impl Recoded {
    /// Whether the verdict holds in 19 of 20 repeats or more.
    pub fn withstands(&self) -> bool {
        self.repeats > 0 && 20 * self.stands >= 19 * self.repeats
    }
}

/// A change of coder: the labels before and after a date come mostly from different coders.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Handover {
    /// The first day of the later part: the date of the shift or of the event, otherwise the middle of the days.
    #[serde(serialize_with = "verdict::date")]
    pub date: NaiveDate,
    /// The coder with a larger share of the labels before.
    pub before: Labelling,
    /// The coder with a larger share of the labels from that date on.
    pub after: Labelling,
    /// Statements on the issue to which both gave a position, by any speaker.
    pub shared: usize,
    /// Whether these lie in enough clusters to show how the two compare.
    pub enough: bool,
    /// By how many levels the later coder is higher on them, on average. `None` if there are none.
    pub bias: Option<f64>,
    /// The lower and the upper end of its 95 % interval, if there are enough.
    pub bias_interval: Option<(f64, f64)>,
}

/// How many labels of a part of a series a coder gave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Labelling {
    /// The coder.
    pub coder: String,
    /// Labels by this coder, alone or in agreement with others.
    pub labels: usize,
    /// All labels by coders in this part.
    pub all: usize,
}

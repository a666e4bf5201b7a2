//! How well a verdict withstands re-runs, as plain data.

use serde::Serialize;

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

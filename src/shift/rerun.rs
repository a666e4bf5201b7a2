//! How a verdict stands when it is reached again, as plain data.

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
    /// What was left out in each.
    pub without: Without,
    /// How many there were that could still be tested.
    pub runs: usize,
    /// In how many the verdict stood: moved in the same direction, or the same word.
    pub stands: usize,
    /// How many could not be tested, too few days being left.
    pub too_few: usize,
    /// What overturned it when left out, each with the verdict that then follows.
    pub overturned: Vec<(String, &'static str)>,
}

/// What a verdict rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Stress {
    /// The re-runs, by kind; kinds without any are not there.
    pub by: Vec<Runs>,
    /// The statements any one of which overturns the verdict when lost.
    pub rests_on: Vec<Lost>,
    /// How many different re-runs could be tested: a statement that is its day's only one, or its
    /// source's, counts once.
    pub runs: usize,
    /// In how many of them the verdict stood.
    pub stands: usize,
}

/// A statement whose loss overturns a verdict.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Lost {
    /// Its id.
    pub statement_id: String,
    /// The words.
    pub text: String,
    /// Whether that is a paraphrase.
    pub indirect: bool,
    /// The verdict without it.
    pub verdict: &'static str,
}

/// How a verdict stands up to the errors of rules.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Relabelled {
    /// On how many statements, labelled by hands and rules, the errors were measured; 0 where there is
    /// none, so that nothing was repeated.
    pub measured_on: usize,
    /// Share of those on which rules gave another position, or one where hands gave none, 0 to 1.
    pub wrong: f64,
    /// How often the verdict was repeated.
    pub repeats: usize,
    /// How often it stood.
    pub stands: usize,
}

//! Did a speaker's position on an issue move, when, by how much, and how sure are we?
//!
//! Series in, verdicts out: nothing here knows where the counts come from. `docs/methods.md` is the method in words.

use chrono::NaiveDate;
use rayon::prelude::*;
use serde::Serialize;
use statrs::distribution::{ContinuousCDF, Normal};

use crate::codebook::{Codebook, Issue, IssueIndex};
use crate::series::{Day, Series};

pub mod permutation;
pub mod request;
pub mod family;
pub mod place;
pub mod verdict;
pub mod rerun;
pub mod judge;
pub mod words;
pub mod rows;

pub use request::{Correction, Request};
pub use verdict::{Drift, Latest, Quotation, Shift, Swing, Verdict};

use family::{Smallest, corrected, counted, days_before, enough, levels};
use judge::{Judge, first_p, seed_of};
use place::Side;
use rerun::{Relabelled, Stress};

/// What can be said of one speaker on one issue.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Pair {
    /// Who speaks.
    pub speaker: String,
    /// The issue's place in the codebook.
    #[serde(skip)]
    pub index: IssueIndex,
    /// The issue's id.
    pub issue: String,
    /// The answer.
    pub verdict: Verdict,
    /// The date chosen beforehand at which days were divided, if one was.
    #[serde(serialize_with = "verdict::maybe_date")]
    pub event: Option<NaiveDate>,
    /// The days before that date and those from it on, where there are some.
    pub sides: Option<(Side, Side)>,
    /// How many statements stood at each position, the lowest first.
    pub positions: Vec<(i32, usize)>,
    /// The mean position, a day of m statements counting 2m / (m + 1); `None` without a day.
    pub mean: Option<f64>,
    /// Its standard error, in levels, dependence of days included; `None` where no spread can be seen.
    pub error: Option<f64>,
    /// Statements with a position whose day is known.
    pub statements: usize,
    /// The days they fall on.
    pub days: usize,
    /// Statements of which only the month is known; they are not tested.
    pub by_month: usize,
    /// Statements without a position, since coders or rules differ on them; they are not tested.
    pub conflicts: usize,
    /// Statements of a known day that rules alone gave a position.
    pub by_rules: usize,
    /// Whether it was tested, and so counts among the pairs that p is corrected for.
    pub tested: bool,
    /// Share of rearranged days that differ as much, 0 to 1; `None` where nothing was tested.
    pub p: Option<f64>,
    /// Corrected for the number of pairs.
    pub p_corrected: Option<f64>,
    /// The smallest p that so many days can give; 1 where none could be tested.
    pub smallest_p: f64,
    /// How many days it takes to find a shift among so many pairs, where there are too few.
    pub days_needed: Option<usize>,
    /// The size of a lasting shift in the middle that would have been found four times in five, in
    /// levels.
    pub detectable: Option<f64>,
    /// The last day, where it stands apart from all before it and no verdict says so.
    pub latest: Option<Latest>,
    /// How the verdict stands up to the errors of rules, where rules gave positions.
    pub relabelled: Option<Relabelled>,
    /// What the verdict rests on, where that was asked for.
    pub stress: Option<Stress>,
    /// The largest p at which the pair would be called moved, given those of the other pairs.
    #[serde(skip)]
    pub level: f64,
}

/// The verdicts, and what they rest on.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Verdicts {
    /// A pair for each speaker and issue with a position.
    pub pairs: Vec<Pair>,
    /// How many of them were tested.
    pub tested: usize,
    /// How many rearrangements a test makes at most.
    pub permutations: usize,
}

impl Verdicts {
    /// What reaches the verdict on a pair again, on other days, as one of the same pairs.
    pub fn judge<'r>(&self, pair: &Pair, codebook: &'r Codebook, request: &'r Request) -> Judge<'r> {
        Judge { codebook, request, permutations: self.permutations, family: self.tested, level: pair.level }
    }
}

/// The fewest rearrangements a test makes where it comes to it, and the most.
const PERMUTATIONS: (usize, usize) = (9_999, 999_999);
/// As many at least where p lies within half and twice the level, so that it does not hang on them.
const NEAR: usize = 99_999;

/// Judges every series. The verdicts do not depend on the number of threads, nor on the other series
/// but for the correction and for how exactly p is known; `done` is told of each.
pub fn verdicts(series: &[Series<'_>], codebook: &Codebook, request: &Request, done: impl Fn() + Sync) -> Verdicts {
    let days: Vec<&[Day]> = series.iter().map(|series| series.days.as_slice()).collect();
    let long = days.iter().filter(|days| enough(days, request)).count();
    // The smallest corrected p must be below α, or nothing could be found among many pairs.
    let wanted = (2.0 * long as f64 / request.alpha).ceil() as usize;
    let permutations = wanted.clamp(PERMUTATIONS.0, PERMUTATIONS.1);
    let smallest = Smallest::new(&days, permutations, request);
    let testable = smallest.testable(&days, request);
    let tested: Vec<Option<f64>> = series
        .par_iter()
        .zip(&days)
        .zip(&testable)
        .map(|((series, days), testable)| {
            let p = testable.then(|| {
                let seed = seed_of(request.seed, series.speaker, &codebook.issue(series.issue).id);
                let p = first_p(days, permutations, request, seed);
                let close = (request.alpha / 2.0..=request.alpha * 2.0).contains(&p);
                if close { first_p(days, permutations.max(NEAR), request, seed) } else { p }
            });
            done();
            p
        })
        .collect();
    let family = testable.iter().filter(|testable| **testable).count();
    let corrected = corrected(&tested, request.correction);
    let levels = levels(&tested, request);
    let needed = if family < series.len() { smallest.needed(&days, request) } else { None };
    let pairs = series
        .par_iter()
        .zip(&days)
        .zip(tested.par_iter().zip(&corrected).zip(&levels))
        .map(|((series, days), ((p, p_corrected), level))| {
            let judge = Judge { codebook, request, permutations, family, level: *level };
            let issue = codebook.issue(series.issue);
            let verdict = judge.verdict(series, p.zip(*p_corrected));
            let whole = (!days.is_empty()).then(|| Side::of(days, issue));
            let few = verdict == Verdict::TooFew;
            Pair {
                speaker: series.speaker.to_owned(),
                index: series.issue,
                issue: issue.id.clone(),
                event: request.event,
                sides: request.event.and_then(|event| sides(days, event, issue)),
                positions: positions(series, issue),
                mean: whole.map(|side| side.mean),
                error: whole.and_then(|side| side.error),
                statements: series.statements(),
                days: days.len(),
                by_month: series.by_month(),
                conflicts: series.conflicts,
                by_rules: series.by_rules,
                tested: p.is_some(),
                p: *p,
                p_corrected: *p_corrected,
                days_needed: needed.filter(|needed| few && *needed > days.len()),
                detectable: (verdict == Verdict::Steady && request.event.is_none())
                    .then(|| detectable(days, request.alpha / counted(family, request))),
                latest: if few || verdict == Verdict::Steady { judge::latest(days, issue) } else { None },
                smallest_p: smallest.of(days, request),
                verdict,
                relabelled: None,
                stress: None,
                level: *level,
            }
        })
        .collect();
    Verdicts { pairs, tested: family, permutations }
}

/// The days before an event and those from it on.
fn sides(days: &[Day], event: NaiveDate, issue: &Issue) -> Option<(Side, Side)> {
    let (before, after) = days.split_at(days_before(days, event));
    (!before.is_empty() && !after.is_empty()).then(|| (Side::of(before, issue), Side::of(after, issue)))
}

/// How many statements of a known day stood at each position of the scale.
fn positions(series: &Series<'_>, issue: &Issue) -> Vec<(i32, usize)> {
    let count = |rank: usize| {
        let at = |day: &Day| day.counts.get(rank).map_or(0, |count| *count as usize);
        series.days.iter().map(at).sum()
    };
    issue.levels.iter().enumerate().map(|(rank, level)| (level.position.0, count(rank))).collect()
}

/// The size of a shift after half of the days that would be found four times in five, in levels:
/// (z of the level + z of the power) standard errors of the difference of two halves. That formula is
/// for a split that is known; the search costs a sixth more, by simulation.
fn detectable(days: &[Day], level: f64) -> f64 {
    const POWER: f64 = 0.8;
    const SEARCH: f64 = 1.17;
    let scores = permutation::scores(days);
    let dependence = permutation::dependence(&scores, permutation::farthest_split(&scores));
    let error = place::spread(days) * (4.0 / days.len() as f64 * permutation::inflation(dependence)).sqrt();
    let normal = Normal::standard();
    SEARCH * (normal.inverse_cdf(1.0 - level / 2.0) + normal.inverse_cdf(POWER)) * error
}

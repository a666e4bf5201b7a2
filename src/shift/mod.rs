//! Did a speaker's position on an issue move, when, by how much, and how certain is that?
//!
//! Series go in and verdicts come out. Nothing here depends on where the counts come from.
//! `docs/methods.md` explains the method in words.

use chrono::NaiveDate;
use rayon::prelude::*;
use serde::Serialize;

use crate::codebook::{Codebook, Issue, IssueIndex};
use crate::date::Grain;
use crate::math::Interval;
use crate::series::{Day, Series};

pub mod score;
pub mod likelihood;
pub mod lanes;
pub mod tail;
pub mod permutation;
pub mod swing;
pub mod request;
pub mod family;
pub mod place;
pub mod size;
pub mod plan;
pub mod verdict;
pub mod rerun;
pub mod judge;
pub mod kept;
pub mod mixture;
pub mod rate;
pub mod coded;
pub mod words;
pub mod rows;

pub use request::{Correction, Request};
pub use verdict::{Drift, Latest, Quotation, Shift, Swing, Verdict};

use family::{SHIFT_SHARE, Smallest, TestedPairs, counted, days_before, enough};
use judge::{Judge, Parts, parts, seed_of};
use kept::KeptTests;
use mixture::{Members, MixChange};
use permutation::{Effort, MOST_PERMUTATIONS};
use place::Side;
use rate::RateChange;
use rerun::{Handover, Recoded, Relabelled, Stress};
use size::Passed;

/// What can be said about one speaker on one issue.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Pair {
    /// The speaker.
    pub speaker: String,
    /// What counts as a day, in every number of days.
    pub grain: Grain,
    /// The issue's index in the codebook.
    #[serde(skip)]
    pub index: IssueIndex,
    /// The issue's id.
    pub issue: String,
    /// The verdict.
    pub verdict: Verdict,
    /// The date chosen beforehand at which the days were divided, if there is one.
    #[serde(serialize_with = "verdict::maybe_date")]
    pub event: Option<NaiveDate>,
    /// The days before that date, and the days from it on, if both sides have any.
    pub sides: Option<(Side, Side)>,
    /// How many statements took each position, the lowest first.
    pub positions: Vec<(i32, usize)>,
    /// The mean position, with a day of m statements counted as 2m / (m + 1); `None` without a day.
    pub mean: Option<f64>,
    /// Its standard error, in levels, including the dependence of days; `None` if no spread can be seen.
    pub error: Option<f64>,
    /// Statements with a position whose day is known.
    pub statements: usize,
    /// The days they fall on.
    pub days: usize,
    /// Statements dated only by month; they are not tested.
    pub by_month: usize,
    /// Statements without a position because coders or rules differ; they are not tested.
    pub conflicts: usize,
    /// Statements with a known day that only rules gave a position.
    pub by_rules: usize,
    /// Whether it was tested, and so is one of the pairs that p is corrected for.
    pub tested: bool,
    /// The smaller of the p of a shift and the p of a swing, 0 to 1; with an event, that of a shift. `None` if
    /// nothing was tested.
    pub p: Option<f64>,
    /// The same, corrected for the number of pairs.
    pub p_corrected: Option<f64>,
    /// How many rearrangements of its days the test of a shift made, before it was clear enough; `None` if nothing was
    /// tested.
    pub rearrangements: Option<usize>,
    /// The smallest p of a shift that this many days can give; 1 if none could be tested.
    pub smallest_p: f64,
    /// How much a day resembles the one before it, as the test takes it: 0 to 0.85; `None` if nothing was tested.
    pub dependence: Option<f64>,
    /// How many days it takes to find a shift among this many pairs, if there are too few.
    pub days_needed: Option<usize>,
    /// If it is steady: by how much the mean of the later half of the days may differ from that of the
    /// earlier half, in levels; with an event, the days from it on from the days before.
    pub later: Option<Interval>,
    /// If it is steady: the size of a lasting shift after half of the days that would have been found 4 times
    /// in 5, in levels.
    pub detectable: Option<f64>,
    /// The same for a shift after a quarter of the days; `None` also if a quarter is so few days that a shift
    /// of any size could be missed.
    pub detectable_quarter: Option<f64>,
    /// The last day, if it stands apart from all days before it and no verdict reports it.
    pub latest: Option<Latest>,
    /// How well the verdict withstands the errors of rules, if rules gave positions.
    pub relabelled: Option<Relabelled>,
    /// How well the verdict withstands the differences between coders, if there are several.
    pub recoded: Option<Recoded>,
    /// The change of coder, if coder and time coincide.
    pub handover: Option<Handover>,
    /// What the verdict rests on, if that was asked for.
    pub stress: Option<Stress>,
    /// The speakers behind it, if it is a group.
    pub members: Option<Members>,
    /// What else changes at the dates of the verdict: who speaks, the sources, the venues.
    pub mix: Vec<MixChange>,
    /// The rates of statements that change at the dates of its verdict.
    pub rates: Vec<RateChange>,
    /// The largest p at which the pair would be reported as moved, given the p of the other pairs.
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
    /// The most rearrangements that a test makes, unless p is near the level of its pair. Most make fewer: see
    /// [`Pair::rearrangements`].
    pub permutations: usize,
}

impl Verdicts {
    /// What judges a pair again, on other days, as one of the same pairs.
    pub fn judge<'r>(&self, pair: &Pair, codebook: &'r Codebook, request: &'r Request) -> Judge<'r> {
        // A level among many pairs is small, and a verdict must not change because few rearrangements miss it.
        let permutations = self.permutations.max(permutation::near(SHIFT_SHARE * pair.level));
        Judge { codebook, request, permutations, family: self.tested, level: pair.level, side: true }
    }
}

/// The fewest rearrangements that a test makes, if it does not stop early.
const FEWEST_PERMUTATIONS: usize = 9_999;
/// At least this many if p is between half and twice the level of the pair, so that the result does not depend on
/// them.
const NEAR: usize = 99_999;

/// How many rearrangements a test makes at most. The smallest corrected p must be below α, or nothing could be found among
/// many pairs.
fn permutations(days: &[&[Day]], request: &Request) -> usize {
    let long = days.iter().filter(|days| enough(days, request)).count();
    let wanted = (2.0 * long as f64 / (SHIFT_SHARE * request.alpha)).ceil() as usize;
    wanted.clamp(FEWEST_PERMUTATIONS, MOST_PERMUTATIONS)
}

/// Which series have enough days to be tested together, as [`verdicts`] tests them. It depends on their days alone, and not
/// on what was said.
pub fn testable(series: &[Series<'_>], request: &Request) -> Vec<bool> {
    let days: Vec<&[Day]> = series.iter().map(|series| series.days.as_slice()).collect();
    Smallest::new(&days, permutations(&days, request), request).testable(&days, request)
}

/// What the tests of all series found.
struct Tested<'r> {
    smallest: Smallest,
    found: Vec<Option<Parts>>,
    together: TestedPairs<'r>,
}

/// Tests every series that has enough days. `parts` makes one test. Calls `done` after each series.
fn test_all<'r>(
    (series, days): (&[Series<'_>], &[&[Day]]),
    codebook: &Codebook,
    request: &'r Request,
    (smallest, permutations): (Smallest, usize),
    parts: impl Fn(&[Day], Effort, &Request, u64) -> Parts + Sync,
    done: impl Fn() + Sync,
) -> Tested<'r> {
    let testable = smallest.testable(days, request);
    let seed = |series: &Series<'_>| seed_of(request.seed, series.speaker, &codebook.issue(series.issue).id);
    let mut found: Vec<Option<Parts>> = series
        .par_iter()
        .zip(days)
        .zip(&testable)
        .map(|((series, days), testable)| {
            let found = testable.then(|| parts(days, Effort::of(permutations), request, seed(series)));
            done();
            found
        })
        .collect();
    let together = |found: &[Option<Parts>]| {
        TestedPairs::new(found.iter().map(|found| found.map(Parts::smaller)).collect(), request)
    };
    if permutations < NEAR {
        let levels = together(&found).levels();
        found.par_iter_mut().zip(series).zip(days).zip(levels).for_each(|(((found, series), days), level)| {
            if found.is_some_and(|found| (level / 2.0..=2.0 * level).contains(&found.smaller())) {
                *found = Some(parts(days, Effort::close(NEAR), request, seed(series)));
            }
        });
    }
    let together = together(&found);
    Tested { smallest, found, together }
}

/// The verdict on every series alone, as [`verdicts`] gives it, without what else there is to say of a pair. Tests that
/// were made before are not made again.
pub fn judged(series: &[Series<'_>], codebook: &Codebook, request: &Request, kept: &KeptTests) -> Vec<Verdict> {
    let days: Vec<&[Day]> = series.iter().map(|series| series.days.as_slice()).collect();
    let parts = |days: &[Day], effort: Effort, request: &Request, seed: u64| kept.parts(days, effort, request, seed);
    let permutations = permutations(&days, request);
    let smallest = Smallest::with(&days, permutations, request, |days, most| kept.smallest(days, most));
    let Tested { found, together: tested, .. } =
        test_all((series, &days), codebook, request, (smallest, permutations), parts, || {});
    let (family, levels) = (tested.count(), tested.levels());
    let verdict = |(place, series): (usize, &Series<'_>)| {
        let judge = Judge { codebook, request, permutations, family, level: levels[place], side: false };
        let seed = seed_of(request.seed, series.speaker, &codebook.issue(series.issue).id);
        kept.verdict(&judge, series, seed, found[place], |p| tested.corrected_if(place, p))
    };
    series.par_iter().enumerate().map(verdict).collect()
}

/// Judges every series. The verdicts do not depend on the number of threads. They depend on the other
/// series only through the correction and through how exactly p is known. Calls `done` after each one.
pub fn verdicts(series: &[Series<'_>], codebook: &Codebook, request: &Request, done: impl Fn() + Sync) -> Verdicts {
    let days: Vec<&[Day]> = series.iter().map(|series| series.days.as_slice()).collect();
    let permutations = permutations(&days, request);
    let smallest = Smallest::new(&days, permutations, request);
    let Tested { smallest, found, together: tested } =
        test_all((series, &days), codebook, request, (smallest, permutations), parts, done);
    let family = tested.count();
    let levels = tested.levels();
    let needed = if family < series.len() { smallest.needed(&days, request) } else { None };
    let pairs = series
        .par_iter()
        .zip(&days)
        .enumerate()
        .map(|(place, (series, days))| {
            let (p, p_corrected, own_level) = (tested.p(place), tested.corrected(place), levels[place]);
            let judge = Judge { codebook, request, permutations, family, level: own_level, side: false };
            let issue = codebook.issue(series.issue);
            let verdict = judge.verdict(series, found[place], |p| tested.corrected_if(place, p));
            let whole = (!days.is_empty()).then(|| Side::of(days, issue));
            let few = verdict == Verdict::TooFew;
            let level = SHIFT_SHARE * request.alpha / counted(family, request);
            let detectable = |share: f64| {
                let sought = verdict == Verdict::Steady && request.event.is_none();
                sought.then(|| size::detectable(days, Passed { level, share }))
            };
            Pair {
                speaker: series.speaker.to_owned(),
                grain: series.grain,
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
                p,
                p_corrected,
                rearrangements: found[place].map(|found| found.made),
                days_needed: needed.filter(|needed| few && *needed > days.len()),
                later: (verdict == Verdict::Steady).then(|| later(days, request.event)).flatten(),
                detectable: detectable(0.5),
                detectable_quarter: detectable(0.25).filter(|_| days.len() / 4 >= FEWEST_QUARTER),
                latest: if few || verdict == Verdict::Steady { judge::latest(days, issue) } else { None },
                smallest_p: smallest.of(days, request),
                dependence: p.map(|_| dependence(days, request.event)),
                verdict,
                relabelled: None,
                recoded: None,
                handover: None,
                stress: None,
                members: None,
                mix: Vec::new(),
                rates: Vec::new(),
                level: own_level,
            }
        })
        .collect();
    Verdicts { pairs, tested: family, permutations }
}

/// The days before an event, and the days from it on.
fn sides(days: &[Day], event: NaiveDate, issue: &Issue) -> Option<(Side, Side)> {
    let (before, after) = days.split_at(days_before(days, event));
    (!before.is_empty() && !after.is_empty()).then(|| (Side::of(before, issue), Side::of(after, issue)))
}

/// How many statements with a known day took each position of the scale.
fn positions(series: &Series<'_>, issue: &Issue) -> Vec<(i32, usize)> {
    let count = |rank: usize| {
        let at = |day: &Day| day.counts.get(rank).map_or(0, |count| *count as usize);
        series.days.iter().map(at).sum()
    };
    issue.levels.iter().enumerate().map(|(rank, level)| (level.position.0, count(rank))).collect()
}

/// The dependence of days that a test believes.
fn dependence(days: &[Day], event: Option<NaiveDate>) -> f64 {
    let scores = score::scores(days);
    match event {
        Some(event) => permutation::dependence(&scores, days_before(days, event)),
        None => permutation::dependence_in_search(&scores),
    }
}

/// With fewer days before a shift after a quarter of them, even large ones are missed.
const FEWEST_QUARTER: usize = 4;

/// How the later half of the days differs from the earlier half, or the days from an event on from those
/// before it.
fn later(days: &[Day], event: Option<NaiveDate>) -> Option<Interval> {
    let split = event.map_or(days.len() / 2, |event| days_before(days, event));
    let (before, after) = days.split_at(split);
    (!before.is_empty() && !after.is_empty()).then(|| size::between(before, after, None).range)
}

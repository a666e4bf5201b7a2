//! Did a speaker's position on an issue move, when, by how much, and how sure are we?
//!
//! `docs/methods.md` is the method in words.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use chrono::NaiveDate;
use rayon::prelude::*;
use serde::{Serialize, Serializer};
use statrs::distribution::{ContinuousCDF, Normal};

use crate::codebook::{Codebook, IssueIndex};
use crate::series::{Day, Labelled, Series};

pub mod noise;
pub mod permutation;
pub mod place;
pub mod stress;
pub mod words;

use permutation::{FEWEST_ASIDE, FEWEST_DAYS};
use place::Side;

/// How p is corrected for the number of pairs of speaker and issue that were tested.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Correction {
    /// S. Holm, "A simple sequentially rejective multiple test procedure", Scand J Stat 6 (1979): at
    /// most α that any shift is false.
    Holm,
    /// Y. Benjamini, Y. Hochberg, J R Stat Soc B 57 (1995): of the shifts found, at most the share α is
    /// false.
    BenjaminiHochberg,
    /// None.
    None,
}

/// What is asked for.
#[derive(Debug, Clone)]
pub struct Request {
    /// The level of the tests, above 0, below 1.
    pub alpha: f64,
    /// How p is corrected.
    pub correction: Correction,
    /// The seed of all that is random.
    pub seed: u64,
    /// A date chosen beforehand: days before it are held against it and the days after.
    pub event: Option<NaiveDate>,
}

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
    #[serde(flatten)]
    pub verdict: Verdict,
    /// The mean position, a day of m statements counting 2m / (m + 1), in levels; `None` without a day.
    pub mean: Option<f64>,
    /// Statements with a position whose day is known.
    pub statements: usize,
    /// The days they fall on.
    pub days: usize,
    /// Statements of which only the month is known; they are not tested.
    pub by_month: usize,
    /// Statements that rules alone gave a position.
    pub by_rules: usize,
    /// Whether it was tested, and so counts among the pairs that p is corrected for.
    pub tested: bool,
    /// Share of rearranged days that differ as much, 0 to 1; `None` where nothing was tested.
    pub p: Option<f64>,
    /// Corrected for the number of pairs.
    pub p_corrected: Option<f64>,
    /// The smallest p that so many days can give.
    pub smallest_p: f64,
    /// How many days it takes to find a shift among so many pairs, where there are too few.
    pub days_needed: Option<usize>,
    /// The size of a lasting shift in the middle that would have been found four times in five, in
    /// levels.
    pub detectable: Option<f64>,
    /// The last day, where it stands apart from all before it and no verdict says so.
    pub latest: Option<Latest>,
    /// How the verdict stands up to the errors of rules, where rules gave positions.
    pub relabelled: Option<noise::Relabelled>,
    /// What the verdict rests on, where that was asked for.
    pub stress: Option<stress::Stress>,
    /// By how much p is multiplied for the pairs that were tested.
    #[serde(skip)]
    multiplier: f64,
}

/// The answer to whether a position moved.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "verdict", rename_all = "lowercase")]
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
    /// The last day that was before the shift, with the certainty [`place::SURE`].
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
    /// Where the line through the days begins, in levels.
    pub before: f64,
    /// Where it ends.
    pub after: f64,
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
    /// Its statement farthest from the rest.
    pub statement_id: String,
    /// The words.
    pub text: String,
    /// Whether that is a paraphrase.
    pub indirect: bool,
    /// The mean of the other days, in levels.
    pub rest: f64,
    /// The mean of the day, in levels.
    pub day: f64,
    /// Whether it is the last day on which something was said.
    pub last: bool,
    /// How likely so distant a day is by chance, corrected for the number of days.
    pub p: f64,
    /// Corrected for the pairs, too.
    pub p_corrected: f64,
}

/// A last day that stands apart from all days before it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Latest {
    /// The day.
    #[serde(serialize_with = "date")]
    pub date: NaiveDate,
    /// Its statement farthest from the days before.
    pub statement_id: String,
    /// The words.
    pub text: String,
    /// Whether that is a paraphrase.
    pub indirect: bool,
    /// The day's mean, in levels.
    pub day: f64,
    /// The mean of all days before, in levels.
    pub before: f64,
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

    /// In which direction the position went, first of all: up, down, or nowhere.
    fn direction(&self) -> std::cmp::Ordering {
        let change = match self {
            Verdict::Shift { shifts } => shifts.first().map_or(0.0, Shift::size),
            Verdict::Drift(drift) => drift.after - drift.before,
            Verdict::Swing(swing) => swing.day - swing.rest,
            Verdict::Steady | Verdict::TooFew => 0.0,
        };
        change.total_cmp(&0.0)
    }

    /// Whether another verdict says the same: the same word, and the same direction.
    pub fn stands_in(&self, other: &Verdict) -> bool {
        self.word() == other.word() && self.direction() == other.direction()
    }
}

impl Shift {
    /// By how many levels, upwards if positive.
    pub fn size(&self) -> f64 {
        self.after.mean - self.before.mean
    }
}

/// The fewest rearrangements a test makes where it comes to it.
const PERMUTATIONS: usize = 9_999;
/// With so many days p can be as small as the rearrangements allow; more days change nothing.
const MANY_DAYS: usize = 24;

/// Judges every series. The verdicts do not depend on the number of threads, nor on the other series
/// but for the correction; `done` is told of each.
pub fn verdicts(series: &[Series<'_>], codebook: &Codebook, request: &Request, done: impl Fn() + Sync) -> Verdicts {
    let days: Vec<Vec<Day>> = series.iter().map(Series::days).collect();
    // The smallest corrected p must be below α, or nothing could be found among many pairs.
    let permutations = PERMUTATIONS.max((2.0 * series.len() as f64 / request.alpha).ceil() as usize);
    let smallest = Smallest::new(&days, permutations, request);
    let testable = smallest.testable(&days, request);
    let tested: Vec<Option<f64>> = series
        .par_iter()
        .zip(&days)
        .zip(&testable)
        .map(|((series, days), testable)| {
            let p = testable.then(|| first_p(days, permutations, request, seed_of(request.seed, series, codebook)));
            done();
            p
        })
        .collect();
    let family = testable.iter().filter(|testable| **testable).count();
    let multipliers = multipliers(&tested, request.correction);
    let needed = if family < series.len() { smallest.needed(&days, request) } else { None };
    let pairs = series
        .par_iter()
        .zip(&days)
        .zip(tested.par_iter().zip(&multipliers))
        .map(|((series, days), (p, multiplier))| {
            let judge = Judge { codebook, request, permutations, multiplier: *multiplier };
            let (verdict, p_corrected) = judge.verdict(series, days, *p);
            let smallest_p = smallest.of(days.len());
            Pair {
                speaker: series.speaker.to_owned(),
                index: series.issue,
                issue: codebook.issue(series.issue).id.clone(),
                mean: (!days.is_empty()).then(|| Side::of(days).mean),
                statements: series.dated().count(),
                days: days.len(),
                by_month: series.by_month(),
                by_rules: series.statements.iter().filter(|statement| !statement.rules.is_empty()).count(),
                tested: p.is_some(),
                p: *p,
                p_corrected,
                days_needed: if verdict == Verdict::TooFew { needed } else { None },
                detectable: (verdict == Verdict::Steady).then(|| detectable(days, request.alpha / multiplier)),
                latest: if matches!(verdict, Verdict::Steady | Verdict::TooFew) { latest(series, days) } else { None },
                smallest_p,
                verdict,
                relabelled: None,
                stress: None,
                multiplier: *multiplier,
            }
        })
        .collect();
    Verdicts { pairs, tested: family, permutations }
}

/// A seed of a series' own, so that its verdict depends on no other: FNV-1a over the names.
fn seed_of(seed: u64, series: &Series<'_>, codebook: &Codebook) -> u64 {
    let issue = &codebook.issue(series.issue).id;
    let bytes = seed.to_le_bytes().into_iter().chain(series.speaker.bytes()).chain([0]).chain(issue.bytes());
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// The p of a whole series; 1 where all its days are alike.
fn first_p(days: &[Day], permutations: usize, request: &Request, seed: u64) -> f64 {
    let scores = permutation::scores(days);
    let p = match request.event {
        Some(event) => permutation::test_at(&scores, days_before(days, event), permutations, seed),
        None => permutation::test(&scores, permutations, seed).map(|tested| tested.p),
    };
    p.unwrap_or(1.0)
}

fn days_before(days: &[Day], event: NaiveDate) -> usize {
    days.partition_point(|day| day.date < event)
}

/// The smallest p by number of days.
struct Smallest {
    by_days: BTreeMap<usize, f64>,
    permutations: usize,
    seed: u64,
}

impl Smallest {
    fn new(days: &[Vec<Day>], permutations: usize, request: &Request) -> Smallest {
        let counts: BTreeSet<usize> = days.iter().map(|days| days.len().min(MANY_DAYS)).collect();
        let (permutations, seed) = (permutations, request.seed);
        let p = |count: usize| (count, permutation::smallest_p(count, permutations, seed));
        let counts: Vec<usize> = counts.into_iter().collect();
        Smallest { by_days: counts.into_par_iter().map(p).collect(), permutations, seed }
    }

    fn of(&self, days: usize) -> f64 {
        let days = days.min(MANY_DAYS);
        let known = self.by_days.get(&days).copied();
        known.unwrap_or_else(|| permutation::smallest_p(days, self.permutations, self.seed))
    }

    /// Which series have days enough that a shift could be found in them and in all that have as many
    /// days or more. That depends on the days alone, not on what was said.
    fn testable(&self, days: &[Vec<Day>], request: &Request) -> Vec<bool> {
        let long: Vec<usize> = days.iter().filter(|days| enough(days, request)).map(Vec::len).collect();
        let pairs = |days: usize| long.iter().filter(|other| **other >= days).count();
        let testable =
            |days: &Vec<Day>| enough(days, request) && self.is_enough(days.len(), pairs(days.len()), request);
        days.iter().map(testable).collect()
    }

    /// Whether a shift can be found in so many days, among so many pairs.
    fn is_enough(&self, days: usize, pairs: usize, request: &Request) -> bool {
        let pairs = if request.correction == Correction::None { 1 } else { pairs };
        request.event.is_some() || self.of(days) * pairs as f64 <= request.alpha
    }

    /// The fewest days with which a further pair could be tested beside those that have as many.
    fn needed(&self, days: &[Vec<Day>], request: &Request) -> Option<usize> {
        let pairs = |least: usize| 1 + days.iter().filter(|days| days.len() >= least).count();
        (FEWEST_DAYS..=MANY_DAYS).find(|days| self.is_enough(*days, pairs(*days), request))
    }
}

fn enough(days: &[Day], request: &Request) -> bool {
    let aside = request.event.is_none_or(|event| {
        let before = days_before(days, event);
        before >= FEWEST_ASIDE && days.len() - before >= FEWEST_ASIDE
    });
    days.len() >= FEWEST_DAYS && aside
}

/// By how much the p of each pair is multiplied; at least 1.
fn multipliers(tested: &[Option<f64>], correction: Correction) -> Vec<f64> {
    let mut order: Vec<usize> = (0..tested.len()).filter(|place| tested[*place].is_some()).collect();
    order.sort_by(|a, b| tested[*a].partial_cmp(&tested[*b]).unwrap_or(std::cmp::Ordering::Equal).then(a.cmp(b)));
    let count = order.len();
    let p = |rank: usize| tested[order[rank]].unwrap_or(1.0).max(f64::MIN_POSITIVE);
    let mut multipliers = vec![1.0; tested.len()];
    let mut corrected: Vec<f64> = match correction {
        Correction::Holm => (0..count).map(|rank| p(rank) * (count - rank) as f64).collect(),
        Correction::BenjaminiHochberg => (0..count).map(|rank| p(rank) * count as f64 / (rank + 1) as f64).collect(),
        Correction::None => (0..count).map(p).collect(),
    };
    // A larger p is never the better after correction.
    match correction {
        Correction::Holm => (1..count).for_each(|rank| corrected[rank] = corrected[rank].max(corrected[rank - 1])),
        _ => (1..count).rev().for_each(|rank| corrected[rank - 1] = corrected[rank - 1].min(corrected[rank])),
    }
    for (rank, place) in order.iter().enumerate() {
        multipliers[*place] = (corrected[rank] / p(rank)).max(1.0);
    }
    multipliers
}

/// What turns a series and its p into a verdict.
struct Judge<'r> {
    codebook: &'r Codebook,
    request: &'r Request,
    permutations: usize,
    multiplier: f64,
}

impl Judge<'_> {
    /// The verdict, and the corrected p; `p` is `None` where there are too few days.
    fn verdict(&self, series: &Series<'_>, days: &[Day], p: Option<f64>) -> (Verdict, Option<f64>) {
        let Some(p) = p else { return (Verdict::TooFew, None) };
        let corrected = (p * self.multiplier).min(1.0);
        if corrected <= self.request.alpha {
            return (self.moved(series, days, p, corrected), Some(corrected));
        }
        let swing = if self.request.event.is_none() { self.swing(series, days) } else { None };
        (swing.map_or(Verdict::Steady, Verdict::Swing), Some(corrected))
    }

    /// A series anew, with its own test, as one of so many pairs as before.
    fn anew(&self, series: &Series<'_>) -> Verdict {
        let days = series.days();
        let p = enough(&days, self.request).then(|| {
            first_p(&days, self.permutations, self.request, seed_of(self.request.seed, series, self.codebook))
        });
        self.verdict(series, &days, p).0
    }

    fn moved(&self, series: &Series<'_>, days: &[Day], p: f64, corrected: f64) -> Verdict {
        let scores = permutation::scores(days);
        let found = match self.request.event {
            Some(event) => vec![Split { at: days_before(days, event), p, corrected }],
            None => {
                let seed = seed_of(self.request.seed, series, self.codebook);
                let found = self.splits(days, 0..days.len(), 0, seed);
                self.confirmed(days, found, seed)
            }
        };
        let at: Vec<usize> = found.iter().map(|split| split.at).collect();
        let dates: Vec<NaiveDate> = days.iter().map(|day| day.date).collect();
        if self.request.event.is_none() && place::is_gradual(&scores, &dates, &at) {
            let line = place::line(days.iter().map(|day| (day.date, day.weight(), day.mean())));
            let levels = &self.codebook.issue(series.issue).levels;
            let within = |value: f64| match (levels.first(), levels.last()) {
                (Some(low), Some(high)) => value.clamp(f64::from(low.position.0), f64::from(high.position.0)),
                _ => value,
            };
            return Verdict::Drift(Drift {
                from: dates[0],
                to: dates[dates.len() - 1],
                before: within(line.first),
                after: within(line.last),
                p,
                p_corrected: corrected,
            });
        }
        let shift = |(place, split): (usize, &Split)| {
            let from = if place == 0 { 0 } else { at[place - 1] };
            let to = at.get(place + 1).copied().unwrap_or(days.len());
            let (before, after) = (&days[from..split.at], &days[split.at..to]);
            let (first, last) = match self.request.event {
                Some(_) => (split.at, split.at),
                None => {
                    let likely = place::dates(&permutation::scores(&days[from..to]), split.at - from);
                    (from + likely.start(), from + likely.end())
                }
            };
            Shift {
                from: dates[first - 1],
                to: dates[last],
                last_before: dates[split.at - 1],
                first_after: dates[split.at],
                before: Side::of(before),
                after: Side::of(after),
                superiority: place::superiority(before, after),
                p: split.p,
                p_corrected: split.corrected,
            }
        };
        Verdict::Shift { shifts: found.iter().enumerate().map(shift).collect() }
    }

    /// The shifts within a part of the days, by date: where the part is farthest apart, then the same
    /// on either side, each side at half the level (binary segmentation: L. Vostrikova, Soviet Math
    /// Dokl 24, 1981).
    fn splits(&self, days: &[Day], part: Range<usize>, depth: i32, seed: u64) -> Vec<Split> {
        let Some(split) = self.split(days, part.clone(), depth, seed) else { return Vec::new() };
        let (from, at, to) = (part.start, split.at, part.end);
        let mut found = self.splits(days, from..at, depth + 1, seed);
        found.push(split);
        found.extend(self.splits(days, at..to, depth + 1, seed));
        found
    }

    /// The split of a part of the days, if the test finds one.
    fn split(&self, days: &[Day], part: Range<usize>, depth: i32, seed: u64) -> Option<Split> {
        let own = &days[part.clone()];
        if own.len() < FEWEST_DAYS {
            return None;
        }
        let whole = own.len() == days.len();
        let seed = if whole { seed } else { seed ^ ((part.start as u64) << 32 | part.end as u64) };
        let tested = permutation::test(&permutation::scores(own), self.permutations, seed)?;
        let corrected = (tested.p * self.multiplier * 2_f64.powi(depth)).min(1.0);
        (corrected <= self.request.alpha).then_some(Split { at: part.start + tested.split, p: tested.p, corrected })
    }

    /// The splits that stand between their neighbours, too: where two shifts follow one another, the
    /// first split may have fallen between them. The least certain is dropped first.
    fn confirmed(&self, days: &[Day], mut found: Vec<Split>, seed: u64) -> Vec<Split> {
        while found.len() > 1 {
            let part = |place: usize| {
                let from = if place == 0 { 0 } else { found[place - 1].at };
                from..found.get(place + 1).map_or(days.len(), |next| next.at)
            };
            let fails = |place: &usize| self.split(days, part(*place), 1, seed).is_none();
            let doubtful = (0..found.len()).filter(fails).max_by(|a, b| found[*a].p.total_cmp(&found[*b].p));
            match doubtful {
                Some(place) => found.remove(place),
                None => break,
            };
        }
        found
    }

    fn swing(&self, series: &Series<'_>, days: &[Day]) -> Option<Swing> {
        let apart = place::day_apart(days)?;
        let p_corrected = (apart.p * self.multiplier).min(1.0);
        if p_corrected > self.request.alpha {
            return None;
        }
        let day = &days[apart.day];
        let rest = mean_without(days, apart.day);
        let statement = farthest_from(series, day, rest)?;
        Some(Swing {
            date: day.date,
            statement_id: statement.id.to_owned(),
            text: statement.text.to_owned(),
            indirect: statement.indirect,
            rest,
            day: day.mean(),
            last: apart.day + 1 == days.len(),
            p: apart.p,
            p_corrected,
        })
    }
}

/// A split that was found.
struct Split {
    at: usize,
    p: f64,
    corrected: f64,
}

fn mean_without(days: &[Day], place: usize) -> f64 {
    let others = || days.iter().enumerate().filter(|(other, _)| *other != place).map(|(_, day)| day);
    others().map(|day| day.weight() * day.mean()).sum::<f64>() / others().map(Day::weight).sum::<f64>()
}

/// The statement of a day that is farthest from a value; the first of several.
fn farthest_from<'s, 'f>(series: &'s Series<'f>, day: &Day, value: f64) -> Option<&'s Labelled<'f>> {
    let of_day = series.dated().skip(day.statements.start).take(day.statements.len());
    of_day.fold(None, |far, statement| {
        let distance = |s: &Labelled<'_>| (f64::from(s.position) - value).abs();
        match far {
            Some(far) if distance(far) >= distance(statement) => Some(far),
            _ => Some(statement),
        }
    })
}

/// The last day, where it is two levels or more from the mean of the days before, and beyond every one
/// of them.
fn latest(series: &Series<'_>, days: &[Day]) -> Option<Latest> {
    const APART: f64 = 2.0;
    let (last, before) = days.split_last()?;
    if before.len() < FEWEST_ASIDE {
        return None;
    }
    let mean = Side::of(before).mean;
    let beyond =
        before.iter().all(|day| if last.mean() > mean { last.mean() > day.mean() } else { last.mean() < day.mean() });
    if !beyond || (last.mean() - mean).abs() < APART {
        return None;
    }
    let statement = farthest_from(series, last, mean)?;
    Some(Latest {
        date: last.date,
        statement_id: statement.id.to_owned(),
        text: statement.text.to_owned(),
        indirect: statement.indirect,
        day: last.mean(),
        before: mean,
    })
}

/// The size of a shift after half of the days that would be found four times in five, in levels:
/// (z of the level + z of the power) times the standard error of the difference of two halves.
fn detectable(days: &[Day], alpha: f64) -> f64 {
    const POWER: f64 = 0.8;
    let scores = permutation::scores(days);
    let split = permutation::test(&scores, 1, 0).map_or(days.len() / 2, |tested| tested.split);
    let dependence = permutation::dependence(&scores, split);
    let error = place::spread(days) * (4.0 / days.len() as f64 * permutation::inflation(dependence)).sqrt();
    let normal = Normal::standard();
    (normal.inverse_cdf(1.0 - alpha / 2.0) + normal.inverse_cdf(POWER)) * error
}

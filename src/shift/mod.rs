//! Did a speaker's position on an issue move, when, by how much, and how sure are we?
//!
//! `docs/methods.md` is the method in words.

use std::cmp::Ordering;
use std::ops::Range;

use chrono::NaiveDate;
use rayon::prelude::*;
use serde::{Serialize, Serializer};
use statrs::distribution::{ContinuousCDF, Normal};

use crate::codebook::{Codebook, Issue, IssueIndex};
use crate::series::{Day, Labelled, Series};
use crate::words::hash;

pub mod permutation;
pub mod family;
pub mod noise;
pub mod place;
pub mod stress;
pub mod words;

pub use family::Correction;

use family::{Smallest, corrected, counted, days_before, enough, levels};
use permutation::{FEWEST_ASIDE, FEWEST_DAYS};
use place::Side;

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
    pub verdict: Verdict,
    /// The date chosen beforehand at which days were divided, if one was.
    #[serde(serialize_with = "maybe_date")]
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
    pub relabelled: Option<noise::Relabelled>,
    /// What the verdict rests on, where that was asked for.
    pub stress: Option<stress::Stress>,
    /// The largest p at which the pair would be called moved, given those of the other pairs.
    #[serde(skip)]
    level: f64,
}

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
    /// Where the line through the days begins, a number on the issue's scale.
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
    /// Its statement farthest from the rest.
    pub statement_id: String,
    /// The words.
    pub text: String,
    /// Whether that is a paraphrase.
    pub indirect: bool,
    /// The mean of the other days, a number on the issue's scale.
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
    /// The day's mean, a number on the issue's scale.
    pub day: f64,
    /// The mean of all days before.
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

fn maybe_date<S: Serializer>(date: &Option<NaiveDate>, serializer: S) -> Result<S::Ok, S::Error> {
    match date {
        Some(date) => serializer.collect_str(date),
        None => serializer.serialize_none(),
    }
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

/// The fewest rearrangements a test makes where it comes to it, and the most.
const PERMUTATIONS: (usize, usize) = (9_999, 999_999);
/// As many at least where p lies within half and twice the level, so that it does not hang on them.
const NEAR: usize = 99_999;

/// Judges every series. The verdicts do not depend on the number of threads, nor on the other series
/// but for the correction and for how exactly p is known; `done` is told of each.
pub fn verdicts(series: &[Series<'_>], codebook: &Codebook, request: &Request, done: impl Fn() + Sync) -> Verdicts {
    let days: Vec<Vec<Day>> = series.iter().map(Series::days).collect();
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
                let seed = seed_of(request.seed, series, codebook);
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
            let verdict = judge.verdict(series, days, p.zip(*p_corrected));
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
                statements: series.dated().count(),
                days: days.len(),
                by_month: series.by_month(),
                conflicts: series.conflicts,
                by_rules: series.dated().filter(|statement| !statement.rules.is_empty()).count(),
                tested: p.is_some(),
                p: *p,
                p_corrected: *p_corrected,
                days_needed: needed.filter(|needed| few && *needed > days.len()),
                detectable: (verdict == Verdict::Steady && request.event.is_none())
                    .then(|| detectable(days, request.alpha / counted(family, request))),
                latest: if few || verdict == Verdict::Steady { latest(series, days, issue) } else { None },
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
    let count = |rank: usize| series.dated().filter(|statement| statement.rank == rank).count();
    issue.levels.iter().enumerate().map(|(rank, level)| (level.position.0, count(rank))).collect()
}

/// A seed of a series' own, so that its verdict depends on no other.
fn seed_of(seed: u64, series: &Series<'_>, codebook: &Codebook) -> u64 {
    let issue = &codebook.issue(series.issue).id;
    let bytes = seed.to_le_bytes().into_iter().chain(series.speaker.bytes()).chain([0]).chain(issue.bytes());
    hash(bytes)
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

/// What turns a series and its p into a verdict.
struct Judge<'r> {
    codebook: &'r Codebook,
    request: &'r Request,
    permutations: usize,
    /// How many pairs were tested.
    family: usize,
    /// The largest p at which the pair is called moved.
    level: f64,
}

impl Judge<'_> {
    /// The verdict on p, plain and corrected; `None` where there are too few days.
    fn verdict(&self, series: &Series<'_>, days: &[Day], p: Option<(f64, f64)>) -> Verdict {
        let Some((p, corrected)) = p else { return Verdict::TooFew };
        if corrected <= self.request.alpha {
            return self.moved(series, days, p, corrected);
        }
        let swing = if self.request.event.is_none() { self.swing(series, days) } else { None };
        swing.map_or(Verdict::Steady, Verdict::Swing)
    }

    /// A series anew, with its own test, as one of the pairs of the run.
    fn anew(&self, series: &Series<'_>) -> Verdict {
        let days = series.days();
        if !enough(&days, self.request) {
            return Verdict::TooFew;
        }
        let seed = seed_of(self.request.seed, series, self.codebook);
        let p = first_p(&days, self.permutations, self.request, seed);
        // What is found at the pair's own level is found after correction.
        let corrected = if p <= self.level { self.request.alpha } else { 1.0 };
        self.verdict(series, &days, Some((p, corrected)))
    }

    fn moved(&self, series: &Series<'_>, days: &[Day], p: f64, corrected: f64) -> Verdict {
        let (scores, issue) = (permutation::scores(days), self.codebook.issue(series.issue));
        let found = match self.request.event {
            Some(event) => vec![Split { at: days_before(days, event), p, corrected }],
            None => {
                let seed = seed_of(self.request.seed, series, self.codebook);
                let whole = Split { at: permutation::farthest_split(&scores), p, corrected };
                let mut found = self.splits(days, 0..whole.at, 1, seed);
                let after = self.splits(days, whole.at..days.len(), 1, seed);
                found.push(whole);
                found.extend(after);
                self.confirmed(days, found, seed)
            }
        };
        let at: Vec<usize> = found.iter().map(|split| split.at).collect();
        let dates: Vec<NaiveDate> = days.iter().map(|day| day.date).collect();
        if self.request.event.is_none() && place::is_gradual(&scores, &dates, &at) {
            let line = place::line(days.iter().map(|day| (day.date, day.weight(), day.mean())));
            let within = |rank: f64| rank.clamp(0.0, issue.levels.len().saturating_sub(1) as f64);
            let (first, last) = (within(line.first), within(line.last));
            return Verdict::Drift(Drift {
                from: dates[0],
                to: dates[dates.len() - 1],
                before: issue.value(first),
                after: issue.value(last),
                size: last - first,
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
                before: Side::of(before, issue),
                after: Side::of(after, issue),
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

    /// The split of a part of the days, if the test finds one: at α by the pairs that were tested and
    /// by the parts of that depth.
    fn split(&self, days: &[Day], part: Range<usize>, depth: i32, seed: u64) -> Option<Split> {
        let own = &days[part.clone()];
        if own.len() < FEWEST_DAYS {
            return None;
        }
        let seed = seed ^ ((part.start as u64) << 32 | part.end as u64);
        let tested = permutation::test(&permutation::scores(own), self.permutations, seed)?;
        let pairs = counted(self.family, self.request);
        let corrected = (tested.p * pairs * 2_f64.powi(depth)).min(1.0);
        (corrected <= self.request.alpha).then_some(Split { at: part.start + tested.split, p: tested.p, corrected })
    }

    /// The splits that stand between their neighbours, too, each where it then lies: where two shifts
    /// follow one another, the first split may have fallen between them. The least certain is dropped
    /// first; a single one stands on the test of the whole.
    fn confirmed(&self, days: &[Day], mut found: Vec<Split>, seed: u64) -> Vec<Split> {
        // Splits that move past one another back and forth are left where they are.
        const ROUNDS: usize = 10;
        let mut round = 0;
        while found.len() > 1 && round < ROUNDS {
            let part = |place: usize| {
                let from = if place == 0 { 0 } else { found[place - 1].at };
                from..found.get(place + 1).map_or(days.len(), |next| next.at)
            };
            let again: Vec<Option<Split>> =
                (0..found.len()).map(|place| self.split(days, part(place), 1, seed)).collect();
            let gone = (0..found.len()).filter(|place| again[*place].is_none());
            if let Some(place) = gone.max_by(|a, b| found[*a].p.total_cmp(&found[*b].p)) {
                found.remove(place);
                continue;
            }
            let moved: Vec<Split> = again.into_iter().flatten().collect();
            let same = moved.iter().zip(&found).all(|(new, old)| new.at == old.at);
            let in_order = moved.windows(2).all(|pair| pair[0].at < pair[1].at);
            if in_order {
                found = moved;
            }
            if same || !in_order {
                break;
            }
            round += 1;
        }
        found
    }

    fn swing(&self, series: &Series<'_>, days: &[Day]) -> Option<Swing> {
        let apart = place::day_apart(days)?;
        let p_corrected = (apart.p * counted(self.family, self.request)).min(1.0);
        if p_corrected > self.request.alpha {
            return None;
        }
        let issue = self.codebook.issue(series.issue);
        let day = &days[apart.day];
        let rest = mean_without(days, apart.day);
        let statement = farthest_from(series, day, rest)?;
        Some(Swing {
            date: day.date,
            statement_id: statement.id.to_owned(),
            text: statement.text.to_owned(),
            indirect: statement.indirect,
            rest: issue.value(rest),
            day: issue.value(day.mean()),
            at_an_end: apart.day == 0 || apart.day + 1 == days.len(),
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

/// The statement of a day that is farthest from a mean rank; the first of several.
fn farthest_from<'s, 'f>(series: &'s Series<'f>, day: &Day, rank: f64) -> Option<&'s Labelled<'f>> {
    let of_day = series.dated().skip(day.statements.start).take(day.statements.len());
    of_day.fold(None, |far, statement| {
        let distance = |s: &Labelled<'_>| (s.rank as f64 - rank).abs();
        match far {
            Some(far) if distance(far) >= distance(statement) => Some(far),
            _ => Some(statement),
        }
    })
}

/// The last day, where it is two levels or more from the mean of the days before, and beyond every one
/// of them.
fn latest(series: &Series<'_>, days: &[Day], issue: &Issue) -> Option<Latest> {
    const APART: f64 = 2.0;
    let (last, before) = days.split_last()?;
    if before.len() < FEWEST_ASIDE {
        return None;
    }
    let mean = place::mean(before);
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
        day: issue.value(last.mean()),
        before: issue.value(mean),
    })
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;

    /// Among a thousand pairs the level of each is below what 9,999 rearrangements can reach.
    #[test]
    fn what_is_found_among_many_pairs_is_found_again() {
        let mut text =
            "title = 't'\nlow = 'l'\nhigh = 'h'\n[[issue]]\nid = 'i'\nname = 'I'\nquestion = '?'\n".to_owned();
        for level in 0..2 {
            text += &format!("[[issue.level]]\nposition = {level}\nwords = '{level}'\ndefinition = 'd'\n");
        }
        let codebook = Codebook::parse(&Document::new("codebook.toml", text), &mut Vec::new()).unwrap();
        let statement = |day: i32| {
            let date = NaiveDate::from_num_days_from_ce_opt(740_000 + day).unwrap();
            let rank = usize::from(day >= 15);
            let (id, rules, text, publisher) = ("", "", "", "");
            let (by_month, indirect, position) = (false, false, rank as i32);
            Labelled { id, from: date, to: date, by_month, position, rank, rules, indirect, text, publisher }
        };
        let statements = (0..30).map(statement).collect();
        let series = Series { speaker: "A", issue: IssueIndex(0), statements, conflicts: 0 };
        let request = Request { alpha: 0.05, correction: Correction::Holm, seed: 1, event: None };
        let judge = Judge { codebook: &codebook, request: &request, permutations: 40_000, family: 1_000, level: 5e-5 };
        assert_eq!(judge.anew(&series).word(), "shift");
    }
}

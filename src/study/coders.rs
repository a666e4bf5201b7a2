//! Coders differ. A verdict on labels by hand is repeated with each label as another coder might have given it. If coder
//! and time coincide, a change of coder looks like a change of mind: then it is repeated with all labels as one and the
//! same coder might have given them.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use chrono::NaiveDate;
use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg64Mcg;
use rayon::prelude::*;

use crate::agreement::interval;
use crate::agreement::{CoderTable, clusters};
use crate::codebook::{IssueIndex, Position};
use crate::corpus::{Corpus, Selection};
use crate::label::{ADJUDICATED, HandDecision, Whose};
use crate::math;
use crate::shift::judge::{Judge, seed_of};
use crate::shift::rerun::{Handover, Labelling, Recoded};
use crate::shift::{Pair, Request, Verdict, Verdicts};
use crate::study::confusion::{Confusion, REPEATS};
use crate::study::positions::{Grounds, Positions, Taken};

/// Coder and time coincide if the coders' shares of the labels before and after a date differ by at least this much
/// in all ...
const LEAST: f64 = 0.4;
/// ... and if so strong a relation of coder and time is so rare in random orders of the days.
const RARE: f64 = 0.01;
/// How many random orders show that.
const ORDERS: usize = 999;
/// Of many coders, so many with the most labels stay apart, and all others count as one.
const TOLD_APART: usize = 6;

/// What two coders gave to a statement: its cluster, the rank by the first, and by the second, `None` for no position.
type Both = (usize, usize, Option<usize>);

/// The labels that two coders gave to the same statements on an issue, for each ordered pair of coders.
struct Shared {
    pairs: BTreeMap<(usize, usize), Vec<Both>>,
    measured_on: usize,
    differ: usize,
}

impl Shared {
    fn new(corpus: &Corpus, issue: IssueIndex, unverified: bool) -> Shared {
        let selection = Selection { unverified, ..Selection::default() };
        let table = CoderTable::of_coders(corpus, &selection, issue);
        let levels = &corpus.codebook.issue(issue).levels;
        let rank = |position: Position| levels.iter().position(|level| level.position == position);
        let mut shared = Shared { pairs: BTreeMap::new(), measured_on: 0, differ: 0 };
        let clusters = clusters(corpus, table.units.iter().map(|(statement, _)| *statement));
        for ((_, said), cluster) in table.units.iter().zip(clusters) {
            let given: Vec<(usize, Option<usize>)> =
                said.iter().enumerate().filter_map(|(coder, said)| Some((coder, (*said)?.and_then(rank)))).collect();
            if given.len() < 2 || given.iter().all(|(_, rank)| rank.is_none()) {
                continue;
            }
            shared.measured_on += 1;
            shared.differ += usize::from(given.iter().any(|(_, rank)| *rank != given[0].1));
            for (coder, rank) in &given {
                let Some(rank) = *rank else { continue };
                for (other, theirs) in given.iter().filter(|(other, _)| other != coder) {
                    shared.pairs.entry((*coder, *other)).or_default().push((cluster, rank, *theirs));
                }
            }
        }
        shared
    }

    fn of(&self, coder: usize, other: usize) -> &[(usize, usize, Option<usize>)] {
        self.pairs.get(&(coder, other)).map_or(&[], Vec::as_slice)
    }
}

/// The coders behind a label by hand: none for labels by rules, and for those that an adjudication settled.
fn coders_of(taken: &Taken<'_>, known: &BTreeMap<&str, usize>) -> Vec<usize> {
    match taken.label.decision.hand {
        Some(HandDecision::Settled { coders, .. }) if !taken.by_rules => {
            coders.iter().filter_map(|coder| known.get(coder.as_str()).copied()).collect()
        }
        _ => Vec::new(),
    }
}

/// Looks for changes of coder, and repeats the verdicts on pairs with labels by hand, if they are `wanted`.
pub fn repeat(
    verdicts: &mut Verdicts,
    positions: &[Positions<'_>],
    grounds: &Grounds<'_, '_>,
    request: &Request,
    wanted: impl Fn(&Pair) -> bool + Sync,
) {
    let Grounds { corpus, selection, whose, .. } = *grounds;
    let coders: Vec<&str> =
        corpus.coders.iter().map(|file| file.coder.as_str()).filter(|coder| *coder != ADJUDICATED).collect();
    if whose == Whose::Rules || coders.len() < 2 {
        return;
    }
    let known: BTreeMap<&str, usize> = coders.iter().enumerate().map(|(place, coder)| (*coder, place)).collect();
    let shared: Vec<Shared> =
        corpus.codebook.indices().map(|issue| Shared::new(corpus, issue, selection.unverified)).collect();
    let repeated = |pair: &Pair, positions: &Positions<'_>| {
        let by: Vec<Vec<usize>> = positions.taken.iter().map(|taken| coders_of(taken, &known)).collect();
        if !pair.tested || !wanted(pair) || by.iter().all(Vec::is_empty) {
            return (None, None);
        }
        let coded = Coded { positions, by, coders: &coders, shared: &shared[pair.index.0] };
        let judge = verdicts.judge(pair, &corpus.codebook, request);
        let seed = seed_of(request.seed, positions.speaker, &pair.issue);
        let handover = coded.handover(pair, seed);
        let recoded = coded.recoded(pair, handover.as_ref(), &judge, seed);
        (Some(recoded), handover.map(|found| found.said))
    };
    let all: Vec<(Option<Recoded>, Option<Handover>)> =
        verdicts.pairs.par_iter().zip(positions).map(|(pair, positions)| repeated(pair, positions)).collect();
    for (pair, (recoded, handover)) in verdicts.pairs.iter_mut().zip(all) {
        (pair.recoded, pair.handover) = (recoded, handover);
    }
}

/// The positions of a pair, and who gave them.
struct Coded<'a, 'c> {
    positions: &'a Positions<'c>,
    /// For each position, the coders behind it.
    by: Vec<Vec<usize>>,
    coders: &'a [&'a str],
    shared: &'a Shared,
}

/// A change of coder, with the coders' places.
struct Change {
    said: Handover,
    before: usize,
    after: usize,
}

impl Coded<'_, '_> {
    /// The days with labels by coders, each with the weight of every coder. Coders who agree share a label.
    fn days(&self) -> Vec<(NaiveDate, Vec<f64>)> {
        let mut totals = vec![0.0; self.coders.len()];
        for by in &self.by {
            by.iter().for_each(|coder| totals[*coder] += 1.0 / by.len() as f64);
        }
        let mut order: Vec<usize> = (0..totals.len()).collect();
        order.sort_by(|a, b| totals[*b].total_cmp(&totals[*a]));
        let mut column = vec![TOLD_APART; totals.len()];
        order.iter().take(TOLD_APART).enumerate().for_each(|(place, coder)| column[*coder] = place);
        let mut days: Vec<(NaiveDate, Vec<f64>)> = Vec::new();
        for (taken, by) in self.positions.taken.iter().zip(&self.by) {
            let Some(own) = self.positions.day(taken).filter(|_| !by.is_empty()) else { continue };
            if days.last().is_none_or(|(day, _)| *day != own) {
                days.push((own, vec![0.0; TOLD_APART + 1]));
            }
            if let Some((_, weights)) = days.last_mut() {
                by.iter().for_each(|coder| weights[column[*coder]] += 1.0 / by.len() as f64);
            }
        }
        days
    }

    /// The change of coder at the date of a verdict, if coder and time coincide there.
    fn handover(&self, pair: &Pair, seed: u64) -> Option<Change> {
        let days = self.days();
        let weights: Vec<&[f64]> = days.iter().map(|(_, weights)| weights.as_slice()).collect();
        let place = |date: NaiveDate| days.partition_point(|(day, _)| *day < date);
        // Each split and its date, between the splits before and after it.
        let splits: Vec<(Range<usize>, usize, NaiveDate)> = match (&pair.verdict, pair.event) {
            (_, Some(event)) => vec![(0..days.len(), place(event), event)],
            (verdict @ (Verdict::Shift { .. } | Verdict::Return { .. }), None) => {
                let dates: Vec<NaiveDate> = verdict.shifts().iter().map(|shift| shift.first_after).collect();
                let at: Vec<usize> = dates.iter().map(|date| place(*date)).collect();
                let from = |n: usize| if n == 0 { 0 } else { at[n - 1] };
                let to = |n: usize| at.get(n + 1).copied().unwrap_or(days.len());
                (0..at.len()).map(|n| (from(n)..to(n), at[n], dates[n])).collect()
            }
            _ => {
                let middle = days.len() / 2;
                days.get(middle).map(|(date, _)| (0..days.len(), middle, *date)).into_iter().collect()
            }
        };
        let apart = |(part, at, _): &(Range<usize>, usize, NaiveDate)| {
            let (before, after) = (shares(&weights[part.start..*at]), shares(&weights[*at..part.end]));
            before.iter().zip(&after).map(|(before, after)| (before - after).abs()).sum::<f64>() / 2.0
        };
        let split = splits.into_iter().filter(|(part, at, _)| part.start < *at && *at < part.end);
        let split = split.max_by(|a, b| apart(a).total_cmp(&apart(b)))?;
        let far = apart(&split);
        let (part, at, date) = split;
        if far < LEAST || !coincide(&weights, seed) {
            return None;
        }
        let within = |days: &[(NaiveDate, Vec<f64>)], taken: &Taken<'_>| {
            let (first, last) = (days.first().map(|(day, _)| *day), days.last().map(|(day, _)| *day));
            let own = self.positions.day(taken);
            own.is_some() && first <= own && own <= last
        };
        let counts = |days: &[(NaiveDate, Vec<f64>)]| {
            let (mut counts, mut all, mut weight) = (vec![0; self.coders.len()], 0, vec![0.0; self.coders.len()]);
            for (_, by) in self.positions.taken.iter().zip(&self.by).filter(|(taken, _)| within(days, taken)) {
                all += usize::from(!by.is_empty());
                by.iter().for_each(|coder| counts[*coder] += 1);
                by.iter().for_each(|coder| weight[*coder] += 1.0 / by.len() as f64);
            }
            weight.iter_mut().for_each(|weight| *weight /= f64::from(u32::try_from(all.max(1)).unwrap_or(u32::MAX)));
            (counts, all, weight)
        };
        let (before, after) = (counts(&days[part.start..at]), counts(&days[at..part.end]));
        let loss = |coder: &usize| before.2[*coder] - after.2[*coder];
        let first = (0..self.coders.len()).max_by(|a, b| loss(a).total_cmp(&loss(b)))?;
        let second = (0..self.coders.len()).min_by(|a, b| loss(a).total_cmp(&loss(b)))?;
        let both: Vec<(usize, f64)> = self
            .shared
            .of(first, second)
            .iter()
            .filter_map(|(cluster, own, other)| Some((*cluster, (*other)? as f64 - *own as f64)))
            .collect();
        let (bias, margin) = interval::of_mean(&both);
        let clusters: BTreeSet<usize> = both.iter().map(|(cluster, _)| *cluster).collect();
        let labelling = |coder: usize, counts: &(Vec<usize>, usize, Vec<f64>)| Labelling {
            coder: self.coders[coder].to_owned(),
            labels: counts.0[coder],
            all: counts.1,
        };
        let said = Handover {
            date,
            before: labelling(first, &before),
            after: labelling(second, &after),
            shared: both.len(),
            enough: clusters.len() >= interval::FEWEST,
            bias,
            bias_interval: margin.interval().map(|interval| (interval.low, interval.high)),
        };
        Some(Change { said, before: first, after: second })
    }

    fn recoded(&self, pair: &Pair, change: Option<&Change>, judge: &Judge<'_>, seed: u64) -> Recoded {
        let Shared { measured_on, differ, .. } = *self.shared;
        let share = differ as f64 / measured_on.max(1) as f64;
        let incomparable = change.is_some_and(|change| !change.said.enough || !self.all_compare(change));
        if measured_on == 0 || incomparable {
            return Recoded { measured_on, differ: share, repeats: 0, stands: 0 };
        }
        let levels = judge.codebook.issue(self.positions.issue).levels.len();
        let others = if change.is_none() { self.others(levels) } else { BTreeMap::new() };
        let holds = |repeat: &usize| {
            let mut rng = Pcg64Mcg::seed_from_u64(seed.wrapping_add(*repeat as u64 + 1));
            let again = match change {
                Some(change) => {
                    let one = if repeat.is_multiple_of(2) { change.before } else { change.after };
                    self.redrawn(&self.as_one(one, levels, &mut rng), Some(one), &mut rng)
                }
                None => self.redrawn(&others, None, &mut rng),
            };
            judge.anew(&again.series(judge.codebook)).stands_in(&pair.verdict)
        };
        let stands = (0..REPEATS).into_par_iter().filter(holds).count();
        Recoded { measured_on, differ: share, repeats: REPEATS, stands }
    }

    /// Whether each coder of a label that would be redrawn has a statement in common with the one coder. Otherwise
    /// nothing shows what the one would have given.
    fn all_compare(&self, change: &Change) -> bool {
        [change.before, change.after].iter().all(|one| {
            let redrawn = self.by.iter().filter(|by| !by.contains(one));
            redrawn.flatten().all(|coder| !self.shared.of(*coder, *one).is_empty())
        })
    }

    /// For each coder, what any other gave to the same statements. A coder who shares none differs as all do.
    fn others(&self, levels: usize) -> BTreeMap<usize, Confusion> {
        let all = || self.shared.pairs.iter();
        let pairs = |wanted: &dyn Fn(usize) -> bool| -> Vec<(usize, Option<usize>, f64)> {
            let of = all().filter(|((coder, _), _)| wanted(*coder)).flat_map(|(_, shared)| shared);
            of.map(|(_, own, other)| (*own, *other, 1.0)).collect()
        };
        let mut known = BTreeMap::new();
        for coder in self.by.iter().flatten() {
            known.entry(*coder).or_insert_with(|| {
                let own = pairs(&|other| other == *coder);
                Confusion::pooled(levels, &if own.is_empty() { pairs(&|_| true) } else { own })
            });
        }
        known
    }

    /// For each coder, what one coder gave to the same statements. Which of these statements there are is chance, so each
    /// gets a random weight: D. Rubin, "The Bayesian bootstrap", Ann Stat 9 (1981).
    fn as_one(&self, one: usize, levels: usize, rng: &mut Pcg64Mcg) -> BTreeMap<usize, Confusion> {
        let mut known = BTreeMap::new();
        for coder in self.by.iter().flatten().filter(|coder| **coder != one) {
            known.entry(*coder).or_insert_with(|| {
                let weighted = |(_, own, other): &(usize, usize, Option<usize>)| {
                    (*own, *other, -math::ln(1.0 - rng.random::<f64>()))
                };
                Confusion::pooled(levels, &self.shared.of(*coder, one).iter().map(weighted).collect::<Vec<_>>())
            });
        }
        known
    }

    /// The same statements with labels redrawn. A label stays if the one coder gave it, or an adjudication, or rules.
    fn redrawn(
        &self,
        confusions: &BTreeMap<usize, Confusion>,
        one: Option<usize>,
        rng: &mut Pcg64Mcg,
    ) -> Positions<'_> {
        let taken = self.positions.taken.iter().zip(&self.by).filter_map(|(taken, by)| {
            if by.is_empty() || one.is_some_and(|one| by.contains(&one)) {
                return Some(*taken);
            }
            let Some(confusion) = confusions.get(&by[rng.random_range(0..by.len())]) else { return Some(*taken) };
            Some(Taken { rank: confusion.draw(taken.rank, rng)?, ..*taken })
        });
        Positions { taken: taken.collect(), ..*self.positions }
    }
}

/// Each coder's share of the labels of some days.
fn shares(days: &[&[f64]]) -> Vec<f64> {
    let sums: Vec<f64> = (0..=TOLD_APART).map(|coder| days.iter().map(|day| day[coder]).sum()).collect();
    let all: f64 = sums.iter().sum();
    sums.iter().map(|sum| if all > 0.0 { sum / all } else { 0.0 }).collect()
}

/// Whether coder and time are related: at the best split of the days, the coders' shares before and after differ more
/// than in nearly all random orders of the days.
fn coincide(days: &[&[f64]], seed: u64) -> bool {
    let observed = strongest(days);
    let mut rng = Pcg64Mcg::seed_from_u64(seed);
    let mut order = days.to_vec();
    let enough = (RARE * (ORDERS + 1) as f64) as usize;
    let mut as_strong = 1;
    for _ in 0..ORDERS {
        for place in (1..order.len()).rev() {
            order.swap(place, rng.random_range(0..=place));
        }
        as_strong += usize::from(strongest(&order) >= observed - 1e-9);
        if as_strong > enough {
            return false;
        }
    }
    true
}

/// The largest squared difference of shares at any split, over what chance would give.
fn strongest(days: &[&[f64]]) -> f64 {
    let mut totals = [0.0; TOLD_APART + 1];
    days.iter().for_each(|day| totals.iter_mut().zip(*day).for_each(|(total, weight)| *total += weight));
    let all: f64 = totals.iter().sum();
    let (mut before, mut largest) = ([0.0; TOLD_APART + 1], 0.0_f64);
    for day in days {
        before.iter_mut().zip(*day).for_each(|(sum, weight)| *sum += weight);
        let early: f64 = before.iter().sum();
        let late = all - early;
        if early <= 0.0 || late <= 1e-9 {
            continue;
        }
        let apart = before.iter().zip(&totals).map(|(sum, total)| math::square(sum / early - (total - sum) / late));
        largest = largest.max(apart.sum::<f64>() * early * late / all);
    }
    largest
}

//! How many pairs are tested at once, which of them can be tested, and how their number corrects each p.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use rayon::prelude::*;

use crate::series::Day;
use crate::shift::permutation;
use crate::shift::request::{Correction, Request};
use crate::shift::score::{FEWEST_ASIDE, FEWEST_DAYS};

/// A pair is tested for a shift and for a swing, at these shares of its level: so the two together err no
/// more often than one test would. Each p is divided by its share. A shift is what is looked for, and gets
/// the larger share.
pub const SHIFT_SHARE: f64 = 0.8;
/// The share of the level for a swing.
pub const SWING_SHARE: f64 = 0.2;

/// With this many days, p can be as small as the rearrangements allow. More days change nothing.
const MANY_DAYS: usize = 24;

/// The smallest p by number of days; for an event, also by the number of days before it.
pub struct Smallest {
    by_days: BTreeMap<(usize, usize), f64>,
    permutations: usize,
}

impl Smallest {
    /// For every number of days that occurs.
    pub fn new(days: &[&[Day]], permutations: usize, request: &Request) -> Smallest {
        Smallest::with(days, permutations, request, Smallest::p)
    }

    /// The same, with a way to find the smallest p of a number of days among so many rearrangements.
    pub fn with(
        days: &[&[Day]],
        permutations: usize,
        request: &Request,
        find: impl Fn((usize, usize), usize) -> f64 + Sync,
    ) -> Smallest {
        let counts: BTreeSet<(usize, usize)> = days.iter().map(|days| Smallest::key(days, request)).collect();
        let counts: Vec<(usize, usize)> = counts.into_iter().collect();
        let p = |key: (usize, usize)| (key, find(key, permutations));
        Smallest { by_days: counts.into_par_iter().map(p).collect(), permutations }
    }

    /// What the smallest p depends on: the number of days, and how many come before the event (0 without
    /// one).
    fn key(days: &[Day], request: &Request) -> (usize, usize) {
        match request.event {
            Some(event) => {
                let before = days_before(days, event);
                let after = days.len() - before;
                (before.min(MANY_DAYS) + after.min(MANY_DAYS), before.min(MANY_DAYS))
            }
            None => (days.len().min(MANY_DAYS), 0),
        }
    }

    /// The smallest p of so many days, with so many of them before the event (0 without one).
    pub fn p((days, split): (usize, usize), permutations: usize) -> f64 {
        match split {
            0 => (permutation::smallest_p(days, permutations) / SHIFT_SHARE).min(1.0),
            split => permutation::smallest_p_at(days, split, permutations),
        }
    }

    /// The smallest p of a shift in some days; 1 if they cannot be tested.
    pub fn of(&self, days: &[Day], request: &Request) -> f64 {
        if !enough(days, request) && days.len() >= FEWEST_DAYS {
            return 1.0;
        }
        self.by_days.get(&Smallest::key(days, request)).copied().unwrap_or(1.0)
    }

    /// Which series have enough days: a shift could be found in them, and in all series with as many
    /// days or more. This depends only on the number of days, not on what was said.
    pub fn testable(&self, days: &[&[Day]], request: &Request) -> Vec<bool> {
        let long: Vec<usize> = days.iter().filter(|days| enough(days, request)).map(|days| days.len()).collect();
        let pairs = |days: usize| long.iter().filter(|other| **other >= days).count();
        let reach = |days: &[Day]| Smallest::reach(self.of(days, request), pairs(days.len()), request);
        days.iter().map(|days| enough(days, request) && reach(days)).collect()
    }

    /// Whether a p is small enough to be found among this many pairs.
    fn reach(p: f64, pairs: usize, request: &Request) -> bool {
        p * counted(pairs, request) <= request.alpha
    }

    /// The fewest days with which another pair could be tested beside the pairs that have at least as
    /// many days.
    pub fn needed(&self, days: &[&[Day]], request: &Request) -> Option<usize> {
        let pairs = |least: usize| 1 + days.iter().filter(|days| days.len() >= least).count();
        let mut counts = FEWEST_DAYS..=MANY_DAYS;
        counts.find(|days| Smallest::reach(Smallest::p((*days, 0), self.permutations), pairs(*days), request))
    }
}

/// The number of pairs by which p is multiplied: 1 without correction.
pub fn counted(pairs: usize, request: &Request) -> f64 {
    if request.correction == Correction::None { 1.0 } else { pairs as f64 }
}

/// Whether there are enough days to test at all, on both sides of the event if there is one.
pub fn enough(days: &[Day], request: &Request) -> bool {
    let aside = request.event.is_none_or(|event| {
        let before = days_before(days, event);
        before >= FEWEST_ASIDE && days.len() - before >= FEWEST_ASIDE
    });
    days.len() >= FEWEST_DAYS && aside
}

/// The p of all pairs, `None` if a pair was not tested.
pub struct TestedPairs<'r> {
    tested: Vec<Option<f64>>,
    corrected: Vec<Option<f64>>,
    request: &'r Request,
}

impl<'r> TestedPairs<'r> {
    /// The family of some pairs.
    pub fn new(tested: Vec<Option<f64>>, request: &'r Request) -> TestedPairs<'r> {
        let corrected = corrected(&tested, request.correction);
        TestedPairs { tested, corrected, request }
    }

    /// How many pairs were tested.
    pub fn count(&self) -> usize {
        self.tested.iter().flatten().count()
    }

    /// The p of a pair, before correction.
    pub fn p(&self, place: usize) -> Option<f64> {
        self.tested[place]
    }

    /// The p of a pair, corrected for their number.
    pub fn corrected(&self, place: usize) -> Option<f64> {
        self.corrected[place]
    }

    /// The corrected p of a pair if it had this p and the others kept theirs.
    pub fn corrected_if(&self, place: usize, p: f64) -> f64 {
        // All pairs are sorted again only for a pair with both findings: of very many, few have them.
        if self.tested[place] == Some(p) {
            return self.corrected[place].unwrap_or(1.0);
        }
        let mut tested = self.tested.clone();
        tested[place] = Some(p);
        corrected(&tested, self.request.correction)[place].unwrap_or(1.0)
    }

    /// For each pair, the largest p at which it would be reported, if the other pairs keep theirs.
    /// Re-runs of the pair are compared with it.
    pub fn levels(&self) -> Vec<f64> {
        levels(&self.tested, self.request)
    }
}

/// The indices of what was tested, the smallest p first.
fn by_p(tested: &[Option<f64>]) -> Vec<(usize, f64)> {
    let mut order: Vec<(usize, f64)> =
        tested.iter().enumerate().filter_map(|(place, p)| Some((place, (*p)?))).collect();
    order.sort_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
    order
}

/// The p of each pair, corrected for their number.
fn corrected(tested: &[Option<f64>], correction: Correction) -> Vec<Option<f64>> {
    let order = by_p(tested);
    let count = order.len();
    let mut p: Vec<f64> = order.iter().map(|(_, p)| *p).collect();
    // After correction, a larger p must not become the smaller one.
    match correction {
        Correction::Holm => {
            p.iter_mut().enumerate().for_each(|(rank, p)| *p *= (count - rank) as f64);
            (1..count).for_each(|rank| p[rank] = p[rank].max(p[rank - 1]));
        }
        Correction::BenjaminiHochberg => {
            p.iter_mut().enumerate().for_each(|(rank, p)| *p *= count as f64 / (rank + 1) as f64);
            (1..count).rev().for_each(|rank| p[rank - 1] = p[rank - 1].min(p[rank]));
        }
        Correction::None => {}
    }
    let mut corrected = vec![None; tested.len()];
    for ((place, _), p) in order.into_iter().zip(p) {
        corrected[place] = Some(p.min(1.0));
    }
    corrected
}

fn levels(tested: &[Option<f64>], request: &Request) -> Vec<f64> {
    let (order, alpha) = (by_p(tested), request.alpha);
    let count = order.len().max(1) as f64;
    let level = |place: usize| {
        let others = order.iter().filter(|(other, _)| *other != place).map(|(_, p)| *p).enumerate();
        match request.correction {
            Correction::None => alpha,
            Correction::Holm => {
                let before = others.take_while(|(rank, p)| *p <= alpha / (count - *rank as f64)).count();
                alpha / (count - before as f64).max(1.0)
            }
            Correction::BenjaminiHochberg => {
                let last =
                    others.filter(|(rank, p)| *p <= (*rank as f64 + 2.0) * alpha / count).map(|(rank, _)| rank + 1);
                (last.max().unwrap_or(0) as f64 + 1.0) * alpha / count
            }
        }
    };
    (0..tested.len()).map(level).collect()
}

/// How many days come before an event.
pub fn days_before(days: &[Day], event: NaiveDate) -> usize {
    days.partition_point(|day| day.date < event)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// With 3 days on one side, p is no smaller than 3 days allow, however many there are on the other.
    #[test]
    fn the_smallest_p_of_an_event_is_that_of_its_shorter_side() {
        let day = |i: u64| Day { date: NaiveDate::MIN + chrono::Days::new(i), counts: vec![1] };
        let days: Vec<Day> = (0..40).map(day).collect();
        let at = |before: u64| {
            let event = Some(NaiveDate::MIN + chrono::Days::new(before));
            let request = Request { alpha: 0.05, correction: Correction::Holm, seed: 1, event };
            Smallest::new(&[days.as_slice()], 300_000, &request).of(&days, &request)
        };
        assert!((at(3) / at(37) - 1.0).abs() < 0.5, "{} {}", at(3), at(37));
        assert!(at(37) > 5.0 * at(20), "{} {}", at(37), at(20));
    }
}

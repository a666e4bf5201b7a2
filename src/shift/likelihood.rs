//! How likely a change makes a series of days: the likelihood of a step halfway, of a step anywhere and of
//! a change that is undone, each against none, averaged with fixed weights. A mean over all places loses
//! less than the largest of them if the place is not known. D. Andrews, W. Ploberger, "Optimal tests when a
//! nuisance parameter is present only under the alternative", Econometrica 62 (1994).

use crate::math::{exp, ln, square};
use crate::shift::score::{FEWEST_ASIDE, ROUNDING, Score};

/// The weights of the changes: they sum to 1.
const HALFWAY: f64 = 0.35;
const ANYWHERE: f64 = 0.55;
const AND_BACK: f64 = 0.1;
/// The share of days on either side of a step.
const ASIDE: f64 = 0.15;
/// A change that is undone begins and ends at so many places at most.
const PLACES: f64 = 24.0;

/// The changes that a series of so many days is compared with.
pub struct Changes {
    half: usize,
    aside: usize,
    steps: usize,
    /// The days before a change, and the days before it is undone.
    undone: Vec<(usize, usize)>,
}

/// How far the sum of the days so far departs from what the mean of all days would give. It is kept between
/// calls, because it is computed a million times.
#[derive(Default)]
pub struct Departures {
    /// The sum of what the days so far differ from the mean, in standard deviations.
    sums: Vec<f64>,
    /// Their share of the weight.
    shares: Vec<f64>,
}

/// What a statistic must reach.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Least {
    /// The largest z of the observed series, by which likelihoods are divided so that none overflows.
    scale: f64,
    /// Its mean likelihood, so divided.
    mean: f64,
    /// If no z is larger, no mean likelihood is.
    z: f64,
}

impl Departures {
    /// Of some days; `false` if they are all the same.
    fn of(&mut self, days: &[Score]) -> bool {
        let (mut weight, mut sum) = (0.0, 0.0);
        for day in days {
            weight += day.weight;
            sum += day.weight * day.ridit;
        }
        let mean = sum / weight;
        let (mut so_far, mut departed, mut squares) = (0.0, 0.0, 0.0);
        self.sums.clear();
        self.shares.clear();
        for day in days {
            let own = day.weight * (day.ridit - mean);
            squares += own * own;
            so_far += day.weight;
            departed += own;
            self.sums.push(departed);
            self.shares.push(so_far / weight);
        }
        if squares <= ROUNDING {
            return false;
        }
        let scale = 1.0 / squares.sqrt();
        self.sums.iter_mut().for_each(|sum| *sum *= scale);
        true
    }

    /// The squared difference of the days before a split and those after it, and its variance if the order
    /// of days means nothing.
    fn step(&self, split: usize) -> (f64, f64) {
        let share = self.shares[split - 1];
        (square(self.sums[split - 1]), share * (1.0 - share))
    }

    /// The same for the days between two splits and all others.
    fn between(&self, (from, to): (usize, usize)) -> (f64, f64) {
        let share = self.shares[to - 1] - self.shares[from - 1];
        (square(self.sums[to - 1] - self.sums[from - 1]), share * (1.0 - share))
    }
}

impl Changes {
    /// For a number of days; `None` if there are too few to split.
    pub fn of(days: usize) -> Option<Changes> {
        let aside = FEWEST_ASIDE.max((ASIDE * days as f64).round() as usize);
        let inner = FEWEST_ASIDE.max(days / 10);
        if days < 2 * aside {
            return None;
        }
        let apart = (days as f64 / PLACES).max(1.0);
        let places: Vec<usize> = (1..)
            .map(|place| (f64::from(place) * apart).round() as usize)
            .take_while(|place| place + inner <= days)
            .filter(|place| *place >= inner)
            .collect();
        let later = |from: usize| places.iter().filter(move |to| **to >= from + inner).map(move |to| (from, *to));
        let undone = places.iter().flat_map(|from| later(*from)).collect();
        Some(Changes { half: days / 2, aside, steps: days - 2 * aside + 1, undone })
    }

    fn splits(&self) -> std::ops::Range<usize> {
        self.aside..self.aside + self.steps
    }

    /// The mean likelihood of the changes, divided by exp(`scale` / 2).
    fn mean(&self, departures: &Departures, scale: f64) -> f64 {
        let likelihood = |(difference, variance): (f64, f64)| exp(0.5 * (difference / variance - scale));
        let steps: f64 = self.splits().map(|split| likelihood(departures.step(split))).sum();
        let undone: f64 = self.undone.iter().map(|places| likelihood(departures.between(*places))).sum();
        let undone = if self.undone.is_empty() { exp(-0.5 * scale) } else { undone / self.undone.len() as f64 };
        HALFWAY * likelihood(departures.step(self.half)) + ANYWHERE / self.steps as f64 * steps + AND_BACK * undone
    }

    /// What other series must reach to be as far from steady as these days; `None` if all are the same.
    pub fn observed(&self, days: &[Score], departures: &mut Departures) -> Option<Least> {
        if !departures.of(days) {
            return None;
        }
        let steps = std::iter::once(self.half).chain(self.splits()).map(|split| departures.step(split));
        let all = steps.chain(self.undone.iter().map(|places| departures.between(*places)));
        let scale = all.map(|(difference, variance)| difference / variance).fold(0.0, f64::max);
        let mean = self.mean(departures, scale) * (1.0 - ROUNDING);
        Some(Least { scale, mean, z: scale + 2.0 * ln(mean) })
    }

    /// Whether days reach it. A mean cannot be larger than the largest of its parts, so exponentials are
    /// seldom needed.
    pub fn reach(&self, days: &[Score], least: &Least, departures: &mut Departures) -> bool {
        if !departures.of(days) {
            return false;
        }
        let far = |(difference, variance): (f64, f64)| difference >= least.z * variance;
        let any = far(departures.step(self.half))
            || self.splits().any(|split| far(departures.step(split)))
            || self.undone.iter().any(|places| far(departures.between(*places)));
        any && self.mean(departures, least.scale) >= least.mean
    }
}

/// How many days come before the likeliest single step, with `aside` days or more on either side; half of
/// them if there is no such step.
pub fn likeliest_split(days: &[Score], aside: usize) -> usize {
    let mut departures = Departures::default();
    let mut best = (0.0, days.len() / 2);
    if days.len() < 2 * aside || !departures.of(days) {
        return best.1;
    }
    for split in aside..=days.len() - aside {
        let (difference, variance) = departures.step(split);
        if difference / variance > best.0 {
            best = (difference / variance, split);
        }
    }
    best.1
}

/// The splits before which the sum of a series departs most from its mean, upwards and downwards: where a
/// single step is, or where a change and its undoing are. One of them may be missing.
pub fn two_splits(days: &[Score]) -> Vec<usize> {
    let mut departures = Departures::default();
    if !departures.of(days) {
        return vec![days.len() / 2];
    }
    let (mut highest, mut lowest) = ((0.0, 0), (0.0, 0));
    for (place, sum) in departures.sums[..days.len() - 1].iter().enumerate() {
        if *sum > highest.0 {
            highest = (*sum, place + 1);
        }
        if *sum < lowest.0 {
            lowest = (*sum, place + 1);
        }
    }
    let mut splits = vec![highest.1.min(lowest.1), highest.1.max(lowest.1)];
    splits.retain(|split| *split > 0);
    splits.dedup();
    splits
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(ridits: &[f64]) -> Vec<Score> {
        ridits.iter().map(|ridit| Score { ridit: *ridit, weight: 1.0 }).collect()
    }

    /// With 8 days, a step leaves 3 to 5 days before it, and there is no room for a change that is undone.
    #[test]
    fn the_statistic_is_the_mean_likelihood() {
        let days = days(&[0.1, 0.4, 0.2, 0.3, 0.8, 0.5, 0.7, 0.9]);
        let mut departures = Departures::default();
        let changes = Changes::of(8).unwrap();
        assert!(changes.undone.is_empty());
        let least = changes.observed(&days, &mut departures).unwrap();
        let mean = days.iter().map(|day| day.ridit).sum::<f64>() / 8.0;
        let spread: f64 = days.iter().map(|day| square(day.ridit - mean)).sum();
        let likelihood = |split: usize| {
            let sum: f64 = days[..split].iter().map(|day| day.ridit - mean).sum();
            let share = split as f64 / 8.0;
            exp(0.5 * square(sum) / spread / (share * (1.0 - share)))
        };
        let steps = (3..=5).map(likelihood).sum::<f64>() / 3.0;
        let expected = HALFWAY * likelihood(4) + ANYWHERE * steps + AND_BACK;
        assert!((least.mean * exp(0.5 * least.scale) / expected - 1.0).abs() < 1e-6);
        assert!(changes.reach(&days, &least, &mut departures));
    }

    #[test]
    fn a_change_that_is_undone_has_two_splits_and_no_step_has_none() {
        let there = |place: usize| if (20..40).contains(&place) { 0.8 } else { 0.2 };
        assert_eq!(two_splits(&days(&(0..60).map(there).collect::<Vec<f64>>())), [20, 40]);
        let step: Vec<f64> = (0..60).map(|place| if place < 15 { 0.2 } else { 0.8 }).collect();
        assert_eq!((two_splits(&days(&step)), likeliest_split(&days(&step), 6)), (vec![15], 15));
        assert_eq!(likeliest_split(&days(&[0.5; 9]), 3), 4);
    }

    /// A sum of exponentials of thousands of days must not overflow.
    #[test]
    fn many_days_have_a_finite_statistic() {
        let step: Vec<f64> = (0..4_000).map(|place| if place < 2_000 { 0.2 } else { 0.8 }).collect();
        let (changes, mut departures) = (Changes::of(4_000).unwrap(), Departures::default());
        let least = changes.observed(&days(&step), &mut departures).unwrap();
        assert!(least.mean.is_finite() && least.mean > 0.0 && least.z.is_finite());
        assert!(changes.reach(&days(&step), &least, &mut departures));
    }
}

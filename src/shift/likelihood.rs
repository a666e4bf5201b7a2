//! How likely a change makes a series of days: the likelihood of a step halfway, of a step anywhere and of
//! a change that is undone, each against none, averaged with fixed weights. A mean over all places loses
//! less than the largest of them if the place is not known. D. Andrews, W. Ploberger, "Optimal tests when a
//! nuisance parameter is present only under the alternative", Econometrica 62 (1994).

use crate::math::{exp, ln, square};
use crate::shift::score::{FEWEST_ASIDE, ROUNDING, Score};

/// The weights of the changes: they sum to 1.
const HALFWAY: f64 = 0.25;
const ANYWHERE: f64 = 0.65;
const AND_BACK: f64 = 0.1;
/// The share of days on either side of a step.
const ASIDE: f64 = 0.15;
/// A step is at one of so many places at most, and a change that is undone begins and ends at so many.
const STEPS: f64 = 60.0;
const PLACES: f64 = 24.0;

/// The changes that a series of so many days is compared with.
pub struct Changes {
    /// The days before a change, and the days before it is undone. A step begins before the first day. The first is the
    /// step halfway, or the only one.
    places: Vec<(usize, usize)>,
    /// How many of them are steps.
    single: usize,
    /// The weight of each place.
    weights: Vec<f64>,
    /// The weight of all changes that are undone.
    undone: f64,
}

/// How far the sum of the days so far departs from what the mean of all days would give.
#[derive(Default)]
struct Departures {
    /// The sum of what the days so far differ from the mean, in standard deviations.
    sums: Vec<f64>,
    /// Their share of the weight.
    shares: Vec<f64>,
}

/// What a statistic must reach.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Least {
    /// The largest z of the observed series, by which likelihoods are divided so that none overflows.
    pub scale: f64,
    /// Its mean likelihood, so divided.
    pub mean: f64,
    /// If no z is larger, no mean likelihood is.
    pub z: f64,
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

    /// The squared difference of the days between two splits and all others, over its variance if the order of days
    /// means nothing. The first split may be before the first day.
    fn z(&self, (from, to): (usize, usize)) -> f64 {
        let before = |list: &[f64]| if from == 0 { 0.0 } else { list[from - 1] };
        let share = self.shares[to - 1] - before(&self.shares);
        square(self.sums[to - 1] - before(&self.sums)) / (share * (1.0 - share))
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
        let ends: Vec<usize> = (1..)
            .map(|place| (f64::from(place) * apart).round() as usize)
            .take_while(|place| place + inner <= days)
            .filter(|place| *place >= inner)
            .collect();
        let later = |from: usize| ends.iter().filter(move |to| **to >= from + inner).map(move |to| (from, *to));
        let stride = ((days - 2 * aside) as f64 / STEPS).max(1.0);
        let steps = (0..).map(|step| aside + (f64::from(step) * stride).round() as usize);
        let mut places = vec![(0, days / 2)];
        places.extend(steps.take_while(|split| *split <= days - aside).map(|split| (0, split)));
        let single = places.len();
        places.extend(ends.iter().flat_map(|from| later(*from)));
        let (steps, undone) = (single - 1, places.len() - single);
        let mut weights = vec![HALFWAY];
        weights.extend(std::iter::repeat_n(ANYWHERE / steps as f64, steps));
        weights.extend(std::iter::repeat_n(AND_BACK / undone as f64, undone));
        Some(Changes { places, single, weights, undone: AND_BACK })
    }

    /// A single step, before which there are so many days.
    pub fn at(split: usize) -> Changes {
        Changes { places: vec![(0, split)], single: 1, weights: vec![1.0], undone: 0.0 }
    }

    /// The days before each change, and the days before it is undone: first the steps.
    pub fn places(&self) -> impl ExactSizeIterator<Item = (usize, usize)> {
        self.places.iter().copied()
    }

    /// How many of the places are steps.
    pub fn single(&self) -> usize {
        self.single
    }

    /// The weight of all changes that are undone.
    pub fn weight_of_undone(&self) -> f64 {
        self.undone
    }

    /// The weight of each place.
    pub fn weights(&self) -> &[f64] {
        &self.weights
    }

    /// What is added if the days have no room for a change that is undone: then it is as likely as none. Divided by
    /// exp(`scale` / 2).
    pub fn without_room(&self, scale: f64) -> f64 {
        if self.places.len() == self.single { self.undone * exp(-0.5 * scale) } else { 0.0 }
    }

    /// What other series must reach to be as far from steady as these days; `None` if all are the same.
    pub fn observed(&self, days: &[Score]) -> Option<Least> {
        let mut departures = Departures::default();
        if !departures.of(days) {
            return None;
        }
        let z: Vec<f64> = self.places().map(|place| departures.z(place)).collect();
        let scale = z.iter().copied().fold(0.0, f64::max);
        let mean: f64 = self.weights.iter().zip(&z).map(|(weight, z)| weight * exp(0.5 * (z - scale))).sum();
        let mean = (mean + self.without_room(scale)) * (1.0 - ROUNDING);
        Some(Least { scale, mean, z: scale + 2.0 * ln(mean) })
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
        let z = departures.z((0, split));
        if z > best.0 {
            best = (z, split);
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
        let changes = Changes::of(8).unwrap();
        assert_eq!(changes.places().len(), changes.single());
        let least = changes.observed(&days).unwrap();
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
        let least = Changes::of(4_000).unwrap().observed(&days(&step)).unwrap();
        assert!(least.mean.is_finite() && least.mean > 0.0 && least.z.is_finite());
    }
}

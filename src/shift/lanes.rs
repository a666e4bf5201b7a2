//! Rearranged series, several side by side, so that a processor computes them at once. It gives the same bits on
//! every machine, because it only adds, multiplies and divides.

use crate::math::ln;
use crate::shift::likelihood::{Changes, Least};
use crate::shift::score::ROUNDING;

/// How many series are computed side by side.
pub const WIDTH: usize = 4;

/// A number of each of them.
pub type Lanes = [f64; WIDTH];

fn each(of: impl FnMut(usize) -> f64) -> Lanes {
    std::array::from_fn(of)
}

/// A day to be put into another order.
#[derive(Debug, Clone, Copy)]
pub struct Movable {
    /// What its score differs from the mean of all days, by weight.
    pub own: f64,
    /// The same about the plain mean, over the spread of the part of the series that the day is from.
    pub standard: f64,
    /// Its weight.
    pub weight: f64,
}

/// The sums of rearranged days, and what is computed from them. It is kept between calls, because it is filled
/// many thousand times.
#[derive(Default)]
pub struct Rearranged {
    weights: Vec<Lanes>,
    shuffled: Vec<Lanes>,
    dependent: Vec<Lanes>,
    mean: Lanes,
    shuffled_scale: f64,
    dependent_scale: Lanes,
    /// The variance of the difference at each place, if the order of days means nothing: its inverse.
    precision: Vec<Lanes>,
    z: Vec<Lanes>,
}

/// Which of the rearranged series.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arrangement {
    /// The days in random order.
    Shuffled,
    /// The same days, made to resemble the ones before them.
    Dependent,
}

impl Rearranged {
    /// Sums up the days of some orders. Each resembles the one before it by `dependence`, and varies by the `spread`
    /// of its place.
    pub fn fill(&mut self, orders: &[Vec<Movable>; WIDTH], spread: &[f64], dependence: Lanes) {
        let zero = [0.0; WIDTH];
        let fresh = dependence.map(|dependence| (1.0 - dependence * dependence).sqrt());
        let (mut weight, mut shuffled, mut dependent, mut last) = (zero, zero, zero, zero);
        let (mut squares, mut shared, mut of_weights, mut of_own) = (zero, zero, zero, 0.0);
        for sums in [&mut self.weights, &mut self.shuffled, &mut self.dependent] {
            sums.clear();
            sums.push(zero);
        }
        let [first, second, third, fourth] = orders;
        for (place, days) in first.iter().zip(second).zip(third).zip(fourth).enumerate() {
            let (((first, second), third), fourth) = days;
            let days = [first, second, third, fourth];
            let (before, new) = if place == 0 { (zero, [1.0; WIDTH]) } else { (dependence, fresh) };
            of_own += first.own * first.own;
            for lane in 0..WIDTH {
                let day = days[lane];
                last[lane] = before[lane] * last[lane] + new[lane] * day.standard;
                let own = day.weight * (last[lane] * spread[place]);
                weight[lane] += day.weight;
                shuffled[lane] += day.own;
                dependent[lane] += own;
                squares[lane] += own * own;
                shared[lane] += own * day.weight;
                of_weights[lane] += day.weight * day.weight;
            }
            self.weights.push(weight);
            self.shuffled.push(shuffled);
            self.dependent.push(dependent);
        }
        let inverse = |squares: f64| if squares > ROUNDING { 1.0 / squares } else { 0.0 };
        self.mean = each(|lane| dependent[lane] / weight[lane]);
        let left = |lane: usize, mean: f64| squares[lane] - 2.0 * mean * shared[lane] + mean * mean * of_weights[lane];
        self.dependent_scale = each(|lane| inverse(left(lane, self.mean[lane])));
        self.shuffled_scale = inverse(of_own);
    }

    /// Prepares the places of some changes, which both kinds of series share.
    pub fn place(&mut self, changes: &Changes) {
        let all = self.weights.last().copied().unwrap_or([1.0; WIDTH]).map(|weight| 1.0 / weight);
        let weights = &self.weights;
        let precision = |(from, to): (usize, usize)| {
            let (from, to) = (weights[from], weights[to]);
            each(|lane| {
                let share = (to[lane] - from[lane]) * all[lane];
                1.0 / (share * (1.0 - share))
            })
        };
        self.precision.clear();
        self.precision.extend(changes.places().map(precision));
    }

    /// Which series of a kind are as far from steady as some days, and the largest z of each.
    pub fn reach(&mut self, how: Arrangement, changes: &Changes, least: &Least) -> ([bool; WIDTH], Lanes) {
        let largest = self.compare(how, changes);
        if largest.iter().all(|largest| *largest < least.z) {
            return ([false; WIDTH], largest);
        }
        let scale = [least.scale; WIDTH];
        let mean = |z: &[Lanes], first: usize| {
            let weights = &changes.weights()[first..];
            z.iter().zip(weights).fold([0.0; WIDTH], |sum: Lanes, (z, weight)| {
                let own = likelihood(*z, scale);
                each(|lane| sum[lane] + weight * own[lane])
            })
        };
        let (single, undone) = self.z.split_at(changes.single());
        let rest = changes.without_room(least.scale);
        let known = mean(single, 0).map(|known| known + rest);
        let most = likelihood(undone.iter().fold([0.0; WIDTH], |most, z| larger(most, *z)), scale);
        let missing = |lane: usize| known[lane] + changes.weight_of_undone() * most[lane] < least.mean;
        if (0..WIDTH).all(|lane| known[lane] >= least.mean || missing(lane)) {
            return (known.map(|known| known >= least.mean), largest);
        }
        let undone = mean(undone, changes.single());
        (std::array::from_fn(|lane| known[lane] + undone[lane] >= least.mean), largest)
    }

    /// The statistic of each series of the kind that was compared last: 2 times the logarithm of its mean likelihood.
    pub fn logarithms(&self, changes: &Changes) -> Lanes {
        let scale = self.z.iter().fold([0.0; WIDTH], |most, z| larger(most, *z));
        let sum = self.z.iter().zip(changes.weights()).fold([0.0; WIDTH], |sum: Lanes, (z, weight)| {
            let own = likelihood(*z, scale);
            each(|lane| sum[lane] + weight * own[lane])
        });
        each(|lane| scale[lane] + 2.0 * ln(sum[lane] + changes.without_room(scale[lane])))
    }

    /// The squared differences at all places over their variance, and the largest of each series.
    fn compare(&mut self, how: Arrangement, changes: &Changes) -> Lanes {
        let (sums, mean, scale) = match how {
            Arrangement::Shuffled => (&self.shuffled, [0.0; WIDTH], [self.shuffled_scale; WIDTH]),
            Arrangement::Dependent => (&self.dependent, self.mean, self.dependent_scale),
        };
        let mut largest = [0.0; WIDTH];
        self.z.clear();
        for ((from, to), precision) in changes.places().zip(&self.precision) {
            let (from_sum, to_sum, from_weight, to_weight) =
                (sums[from], sums[to], self.weights[from], self.weights[to]);
            let z = each(|lane| {
                let apart = to_sum[lane] - from_sum[lane] - mean[lane] * (to_weight[lane] - from_weight[lane]);
                apart * apart * scale[lane] * precision[lane]
            });
            largest = larger(largest, z);
            self.z.push(z);
        }
        largest
    }
}

fn larger(one: Lanes, other: Lanes) -> Lanes {
    each(|lane| if other[lane] > one[lane] { other[lane] } else { one[lane] })
}

fn likelihood(z: Lanes, scale: Lanes) -> Lanes {
    each(|lane| exp(0.5 * (z[lane] - scale[lane])))
}

/// e to the power of x, within 1e-11 of it, for x from -700 to 700; the ends beyond. It has no branch and no table, so
/// that several are computed at once: the test needs millions.
fn exp(x: f64) -> f64 {
    /// Adding it rounds to a whole number, which is then in the lowest bits.
    const ROUND: f64 = 6_755_399_441_055_744.0;
    /// ln 2 in 2 parts: the first is exact if multiplied by a whole number below 2,048.
    const LN_2: (f64, f64) = (0.693_147_180_369_123_8, 1.908_214_929_270_587_7e-10);
    let x = if x < -700.0 { -700.0 } else { x };
    let x = if x > 700.0 { 700.0 } else { x };
    let rounded = x * std::f64::consts::LOG2_E + ROUND;
    let whole = rounded - ROUND;
    let rest = x - whole * LN_2.0 - whole * LN_2.1;
    let mut sum = 1.0 / 362_880.0;
    for next in [40_320.0, 5_040.0, 720.0, 120.0, 24.0, 6.0, 2.0, 1.0, 1.0] {
        sum = sum * rest + 1.0 / next;
    }
    sum * f64::from_bits(rounded.to_bits().wrapping_add(1_023) << 52)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math;
    use crate::shift::score::Score;

    #[test]
    fn the_exponential_is_that_of_the_library() {
        for place in -140_000..=140_000_i32 {
            let x = f64::from(place) * 0.005;
            assert!((exp(x) / math::exp(x) - 1.0).abs() < 1e-11, "{x}");
        }
        assert!(exp(-1e9) > 0.0 && exp(-1e9) < 1e-300 && exp(1e9).is_finite() && exp(1e9) > 1e300);
        assert_eq!(exp(0.0), 1.0);
    }

    /// Without dependence and with the same spread, both kinds are the days as they are, and the days as they were
    /// observed reach what was observed. What differs in one lane does not change the others.
    #[test]
    fn the_days_as_they_are_reach_what_was_observed_and_smoother_ones_do_not() {
        let ridits = [0.1, 0.4, 0.2, 0.3, 0.2, 0.6, 0.7, 0.9, 0.5, 0.8, 0.9, 0.8];
        let days: Vec<Score> = ridits
            .iter()
            .enumerate()
            .map(|(place, ridit)| Score { ridit: *ridit, weight: 1.0 + 0.1 * place as f64 })
            .collect();
        let weight: f64 = days.iter().map(|day| day.weight).sum();
        let mean = days.iter().map(|day| day.weight * day.ridit).sum::<f64>() / weight;
        let order: Vec<Movable> = days
            .iter()
            .map(|day| Movable { own: day.weight * (day.ridit - mean), standard: day.ridit - 0.3, weight: day.weight })
            .collect();
        let mut mixed = order.clone();
        mixed.swap(0, 11);
        mixed.swap(2, 7);
        let changes = Changes::of(12).unwrap();
        let least = changes.observed(&days).unwrap();
        let mut rearranged = Rearranged::default();
        rearranged.fill(&[order.clone(), mixed, order.clone(), order], &[1.0; 12], [0.0; WIDTH]);
        rearranged.place(&changes);
        for how in [Arrangement::Shuffled, Arrangement::Dependent] {
            let (reached, largest) = rearranged.reach(how, &changes, &least);
            assert_eq!(reached, [true, false, true, true]);
            assert!((largest[0] - least.scale).abs() < 1e-9 && largest[1] < largest[0]);
            assert!((rearranged.logarithms(&changes)[0] - least.z).abs() < 1e-6);
        }
    }
}

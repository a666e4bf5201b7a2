//! How much likelier a change makes a series of days than no change does. A change is a step halfway, a step anywhere, or a
//! change that is undone, averaged with fixed weights. A mean over all places loses less than the largest of them if the
//! place is not known: D. Andrews, W. Ploberger, "Optimal tests when a nuisance parameter is present only under the
//! alternative", Econometrica 62 (1994).
//!
//! Days that resemble the days before them, and days that vary more in a part of the series, look like a change. So the
//! likelihood of no change is averaged over several dependences and over several ways in which the days may vary, and
//! that of a change over fewer of them. `docs/methods.md` has the formulas, and says where the constants come from.

use crate::math::{self, square};
use crate::shift::lanes::{Lanes, WIDTH, each, larger, logarithm, smaller, to_the};
use crate::shift::score::{FEWEST_ASIDE, ROUNDING, Score};

/// The weights of the changes: they sum to 1.
const HALFWAY: f64 = 0.25;
const ANYWHERE: f64 = 0.60;
const AND_BACK: f64 = 0.15;
/// The share of days on either side of a step.
const ASIDE: f64 = 0.15;
/// A step is at one of so many places at most, and a change that is undone begins and ends at so many.
const STEPS: f64 = 60.0;
const PLACES: f64 = 24.0;
/// The size of a change has a normal distribution about 0, whose variance is so many times that of the days.
const SIZE: f64 = 1.0;
/// A dependence of a day on the one before it, its weight with a change, and its weight without one.
const DEPENDENCES: [(f64, f64, f64); 3] = [(0.0, 0.5, 0.45), (0.35, 0.5, 0.45), (0.65, 0.0, 0.1)];
/// Without a change, all days may vary alike: the weight of that.
const ALIKE: f64 = 0.5;
/// Or they vary more or less from a share of the days on: the share, and the weight of each of the two.
const APART: [(f64, f64); 3] = [(0.5, 0.12), (0.3, 0.065), (0.7, 0.065)];
/// By how much: the logarithm of the standard deviation changes by so much.
const SPREAD: f64 = 0.8;

/// A number that says how far a series is from steady. It is computed of 4 series at once.
pub trait ChangeStatistic {
    /// The statistic of 4 series. Each has a day at every place, with a score, and the root of a weight. If all are below
    /// `least`, it may be any number below it that none of them exceeds.
    fn of(&mut self, scores: &[Lanes], roots: &[Lanes], least: f64) -> Lanes;
}

/// How likely a change is against none, for series of so many days.
pub struct Changes {
    halfway: usize,
    /// The days before a step.
    steps: Vec<usize>,
    /// Where a change that is undone may begin and end.
    ends: Vec<usize>,
    /// The places in `ends` of each beginning and end.
    undone: Vec<(usize, usize)>,
    dependences: Vec<Dependence>,
    apart: Vec<Apart>,
    /// The numbers that are computed, kept between calls.
    days: Independent,
    fits: Vec<Fit>,
}

/// A dependence, prepared.
struct Dependence {
    of: f64,
    /// What is left of a day without the day before it.
    fresh: f64,
    /// Its weight with a change, if it has one, and without one: times the root of the determinant of what makes the days
    /// independent.
    with: Option<f64>,
    without: f64,
}

/// Days that vary more or less from a day on, prepared.
struct Apart {
    /// The days before it.
    at: usize,
    /// By what the weights of the days before it are multiplied, and of those from it on. Their product over all days is 1.
    factors: (f64, f64),
    weight: f64,
}

/// Sums of products of what days say and of what a steady position says.
#[derive(Clone, Copy, Default)]
struct Sums {
    said: Lanes,
    shared: Lanes,
    steady: Lanes,
}

impl Sums {
    /// The squares that a steady position leaves.
    fn left(&self) -> Lanes {
        const LEAST: f64 = 1e-12;
        let left = each(|lane| self.said[lane] - self.shared[lane] * self.shared[lane] / self.steady[lane]);
        larger(left, [LEAST; WIDTH])
    }
}

/// Days that are independent once each is compared with the day before it: with weights, what they say and what a steady
/// position says.
#[derive(Default)]
struct Independent {
    /// What the days say, with their weights, before that.
    weighted: Vec<Lanes>,
    said: Vec<Lanes>,
    steady: Vec<Lanes>,
    /// The sums over the first days.
    sums: Vec<Sums>,
}

/// The parts that a beginning or an end has in the products of a change: with what the days say, with a steady
/// position, and with itself.
#[derive(Clone, Copy, Default)]
struct Edge {
    said: Lanes,
    steady: Lanes,
    own: Lanes,
}

/// The likelihood of a steady position, whatever it is and however much the days vary: its weight, the squares of the
/// position, and what it leaves of those of the days.
#[derive(Clone, Copy)]
struct Steady {
    weight: f64,
    steady: Lanes,
    left: Lanes,
}

impl Steady {
    fn of(sums: &Sums, weight: f64) -> Steady {
        Steady { weight, steady: sums.steady, left: sums.left() }
    }

    /// The likelihood, over that of a position that leaves the least.
    fn likelihood(&self, least: Lanes, power: usize) -> Lanes {
        let ratio = to_the(each(|lane| least[lane] / self.left[lane]), power);
        each(|lane| self.weight * (ratio[lane] / self.steady[lane]).sqrt())
    }
}

/// How well a change fits: how exactly its size is known, and the share of the squares that it leaves.
#[derive(Clone, Copy)]
struct Fit {
    precision: Lanes,
    left: Lanes,
}

impl Independent {
    fn of(&mut self, scores: &[Lanes], roots: &[Lanes]) {
        self.weighted.clear();
        self.weighted.extend(scores.iter().zip(roots).map(|(score, root)| each(|lane| score[lane] * root[lane])));
    }

    fn compare(&mut self, roots: &[Lanes], dependence: &Dependence) {
        self.said.clear();
        self.steady.clear();
        self.sums.clear();
        let (mut sums, zero) = (Sums::default(), [0.0; WIDTH]);
        self.sums.push(sums);
        let mut last = (&zero, &zero);
        for (place, (weighted, root)) in self.weighted.iter().zip(roots).enumerate() {
            let new = if place == 0 { dependence.fresh } else { 1.0 };
            let (mut said, mut steady) = (zero, zero);
            for lane in 0..WIDTH {
                said[lane] = new * weighted[lane] - dependence.of * last.0[lane];
                steady[lane] = new * root[lane] - dependence.of * last.1[lane];
                sums.said[lane] += said[lane] * said[lane];
                sums.shared[lane] += said[lane] * steady[lane];
                sums.steady[lane] += steady[lane] * steady[lane];
            }
            self.said.push(said);
            self.steady.push(steady);
            self.sums.push(sums);
            last = (weighted, root);
        }
    }

    fn all(&self) -> Sums {
        self.sums.last().copied().unwrap_or_default()
    }

    /// The sums if the days vary more or less from a day on.
    fn apart(&self, roots: &[Lanes], dependence: &Dependence, apart: &Apart) -> Sums {
        let (early, late) = apart.factors;
        let at = apart.at;
        let (before, upto, all) = (&self.sums[at], &self.sums[at + 1], self.all());
        let (before_root, after_root) = (early.sqrt() * dependence.of, late.sqrt());
        let (said, root) = (&self.weighted, roots);
        let mut sums = Sums::default();
        for lane in 0..WIDTH {
            let said = after_root * said[at][lane] - before_root * said[at - 1][lane];
            let steady = after_root * root[at][lane] - before_root * root[at - 1][lane];
            let of = |before: f64, upto: f64, all: f64| early * before + late * (all - upto);
            sums.said[lane] = of(before.said[lane], upto.said[lane], all.said[lane]) + said * said;
            sums.shared[lane] = of(before.shared[lane], upto.shared[lane], all.shared[lane]) + said * steady;
            sums.steady[lane] = of(before.steady[lane], upto.steady[lane], all.steady[lane]) + steady * steady;
        }
        sums
    }

    /// A change that begins after so many days.
    fn beginning(&self, roots: &[Lanes], after: usize) -> Edge {
        let (root, sums) = (&roots[after], &self.sums[after + 1]);
        Edge {
            said: each(|lane| root[lane] * self.said[after][lane] - sums.shared[lane]),
            steady: each(|lane| root[lane] * self.steady[after][lane] - sums.steady[lane]),
            own: each(|lane| root[lane] * root[lane] - sums.steady[lane]),
        }
    }

    /// A change that ends after so many days.
    fn end(&self, roots: &[Lanes], dependence: &Dependence, after: usize) -> Edge {
        let (root, sums) = (&roots[after - 1], &self.sums[after]);
        let over = each(|lane| -dependence.of * root[lane]);
        Edge {
            said: each(|lane| sums.shared[lane] + over[lane] * self.said[after][lane]),
            steady: each(|lane| sums.steady[lane] + over[lane] * self.steady[after][lane]),
            own: each(|lane| sums.steady[lane] + over[lane] * over[lane]),
        }
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
        let pairs = (0..ends.len()).flat_map(|from| (from..ends.len()).map(move |to| (from, to)));
        let undone = pairs.filter(|(from, to)| ends[*to] >= ends[*from] + inner).collect();
        let stride = ((days - 2 * aside) as f64 / STEPS).max(1.0);
        let steps = (0..).map(|step| aside + (f64::from(step) * stride).round() as usize);
        let dependence = |(of, with, without): (f64, f64, f64)| {
            let fresh = (1.0 - of * of).sqrt();
            Dependence { of, fresh, with: (with > 0.0).then_some(with * fresh), without: without * fresh }
        };
        let apart = |(share, weight): (f64, f64)| {
            let at = (share * days as f64) as usize;
            let middle = 2.0 * at as f64 / days as f64 - 1.0;
            let factor = |side: f64, spread: f64| math::exp(spread * (side - middle));
            [SPREAD, -SPREAD].map(|spread| Apart { at, factors: (factor(1.0, spread), factor(-1.0, spread)), weight })
        };
        Some(Changes {
            halfway: days / 2,
            steps: steps.take_while(|split| *split <= days - aside).collect(),
            ends,
            undone,
            dependences: DEPENDENCES.into_iter().map(dependence).collect(),
            apart: APART.into_iter().flat_map(apart).collect(),
            days: Independent::default(),
            fits: Vec::new(),
        })
    }

    /// Adds how well each change fits the days, at the dependence that they were compared with. The result is the share of
    /// the squares that the best leaves.
    fn fit(&mut self, roots: &[Lanes], dependence: &Dependence) -> Lanes {
        let days = &self.days;
        let all = days.all();
        let over = each(|lane| 1.0 / all.steady[lane]);
        let over_left = all.left().map(|left| 1.0 / left);
        let mut least = [1.0; WIDTH];
        // One loop over the lanes: without optimisation, several take several times as long.
        let mut fit = |from: &Edge, to: &Edge| {
            let mut fit = Fit { precision: [0.0; WIDTH], left: [0.0; WIDTH] };
            for lane in 0..WIDTH {
                let steady = from.steady[lane] + to.steady[lane];
                let own = from.own[lane] + to.own[lane] - steady * steady * over[lane];
                let said = from.said[lane] + to.said[lane] - steady * all.shared[lane] * over[lane];
                let precision = 1.0 / (own + 1.0 / SIZE);
                let left = 1.0 - said * said * precision * over_left[lane];
                fit.precision[lane] = precision;
                fit.left[lane] = left;
                least[lane] = if left < least[lane] { left } else { least[lane] };
            }
            fit
        };
        let none = Edge::default();
        let end = |after: usize| days.end(roots, dependence, after);
        self.fits.extend([self.halfway].iter().chain(&self.steps).map(|after| fit(&none, &end(*after))));
        let edges: Vec<(Edge, Edge)> =
            self.ends.iter().map(|after| (days.beginning(roots, *after), end(*after))).collect();
        self.fits.extend(self.undone.iter().map(|(from, to)| fit(&edges[*from].0, &edges[*to].1)));
        least
    }

    /// How much likelier a change makes some days than no change, from how well each fits: over what it would be for one that
    /// leaves the least.
    fn likelier(&self, fits: &[Fit], least: Lanes, power: usize) -> Lanes {
        let sum = |fits: &[Fit]| {
            fits.iter().fold([0.0; WIDTH], |sum: Lanes, fit| {
                let ratio = to_the(each(|lane| least[lane] / fit.left[lane]), power);
                each(|lane| sum[lane] + (fit.precision[lane] / SIZE * ratio[lane]).sqrt())
            })
        };
        let (steps, undone) = fits.split_at(1 + self.steps.len());
        let over = |share: f64, fits: &[Fit]| share / fits.len() as f64;
        let (by_step, by_undone) = (over(ANYWHERE, &steps[1..]), over(AND_BACK, undone));
        let (halfway, steps) = (sum(&steps[..1]), sum(&steps[1..]));
        let known = each(|lane| HALFWAY * halfway[lane] + by_step * steps[lane]);
        if undone.is_empty() {
            // Without room for a change that is undone, it is as likely as none.
            let none = to_the(least, power);
            return each(|lane| known[lane] + AND_BACK * none[lane].sqrt());
        }
        let undone = sum(undone);
        each(|lane| known[lane] + by_undone * undone[lane])
    }
}

impl ChangeStatistic for Changes {
    fn of(&mut self, scores: &[Lanes], roots: &[Lanes], least: f64) -> Lanes {
        let (mut with, mut without, mut best) = (Vec::new(), Vec::new(), Vec::new());
        self.days.of(scores, roots);
        self.fits.clear();
        let dependences = std::mem::take(&mut self.dependences);
        for dependence in &dependences {
            self.days.compare(roots, dependence);
            let all = self.days.all();
            without.push(Steady::of(&all, dependence.without * ALIKE));
            for apart in &self.apart {
                let own = self.days.apart(roots, dependence, apart);
                without.push(Steady::of(&own, dependence.without * apart.weight));
            }
            if let Some(weight) = dependence.with {
                best.push(self.fit(roots, dependence));
                with.push(Steady::of(&all, weight));
            }
        }
        self.dependences = dependences;
        let power = roots.len() - 1;
        let scale = without.iter().fold([f64::INFINITY; WIDTH], |scale, steady| smaller(scale, steady.left));
        let plus = |sum: Lanes, own: Lanes| each(|lane| sum[lane] + own[lane]);
        let without = without.iter().fold([0.0; WIDTH], |sum, steady| plus(sum, steady.likelihood(scale, power)));
        // What is left by the best change of all is divided by, so that no likelihood overflows.
        let left = |steady: &Steady, best: &Lanes| each(|lane| steady.left[lane] * best[lane]);
        let most = with.iter().zip(&best).fold(scale, |most, (steady, best)| smaller(most, left(steady, best)));
        let against = |likelier: &dyn Fn(usize) -> Lanes| {
            let sum = with.iter().zip(&best).enumerate().fold([0.0; WIDTH], |sum, (place, (steady, best))| {
                let likelier = likelier(place);
                let own = Steady { left: left(steady, best), ..*steady }.likelihood(most, power);
                each(|lane| sum[lane] + own[lane] * likelier[lane])
            });
            each(|lane| {
                let scaled = 0.5 * power as f64 * logarithm(scale[lane] / most[lane]);
                scaled + logarithm(sum[lane] / without[lane])
            })
        };
        // No size is known more exactly than by its own distribution, so no factor is above 1.
        let at_most = against(&|_| [1.0; WIDTH]);
        if at_most.iter().all(|most| *most < least) {
            return at_most;
        }
        let count = 1 + self.steps.len() + self.undone.len();
        against(&|place| self.likelier(&self.fits[place * count..][..count], best[place], power))
    }
}

/// The squared difference of the days before a split and those after it, over its variance if the order of days means
/// nothing.
pub struct BeforeAfter {
    split: usize,
}

impl BeforeAfter {
    /// After so many of the days; `None` if a side has none.
    pub fn at(split: usize, days: usize) -> Option<BeforeAfter> {
        (split > 0 && split < days).then_some(BeforeAfter { split })
    }
}

impl ChangeStatistic for BeforeAfter {
    fn of(&mut self, scores: &[Lanes], roots: &[Lanes], _least: f64) -> Lanes {
        each(|lane| {
            let days = || scores.iter().zip(roots).map(|(score, root)| (score[lane], root[lane] * root[lane]));
            let (weight, sum) = days().fold((0.0, 0.0), |(all, sum), (score, own)| (all + own, sum + own * score));
            let mean = sum / weight;
            let (before, departed) = days()
                .take(self.split)
                .fold((0.0, 0.0), |(all, sum), (score, own)| (all + own, sum + own * (score - mean)));
            let squares: f64 = days().map(|(score, own)| own * own * (score - mean) * (score - mean)).sum();
            let share = before / weight;
            if squares > ROUNDING { departed * departed / (squares * share * (1.0 - share)) } else { 0.0 }
        })
    }
}

/// How far the sum of the days so far departs from what the mean of all days would give.
#[derive(Default)]
struct Departures {
    /// The sum of what the days so far differ from the mean, in standard deviations.
    sums: Vec<f64>,
    /// Their share of the weight.
    shares: Vec<f64>,
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

    /// The squared difference of the days before a split and those after it, over its variance if the order of days
    /// means nothing.
    fn z(&self, split: usize) -> f64 {
        let share = self.shares[split - 1];
        square(self.sums[split - 1]) / (share * (1.0 - share))
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
        let z = departures.z(split);
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
    use crate::math::ln;

    fn days(ridits: &[f64]) -> Vec<Score> {
        ridits.iter().map(|ridit| Score { ridit: *ridit, weight: 1.0 }).collect()
    }

    fn statistic(scores: &[f64], roots: &[f64]) -> f64 {
        let lanes = |list: &[f64]| list.iter().map(|own| [*own; WIDTH]).collect::<Vec<Lanes>>();
        Changes::of(scores.len()).unwrap().of(&lanes(scores), &lanes(roots), f64::NEG_INFINITY)[WIDTH - 1]
    }

    /// A determinant and its inverse applied to some vectors, by elimination: for the likelihoods by definition.
    fn solved(mut matrix: Vec<Vec<f64>>, mut right: Vec<Vec<f64>>) -> (f64, Vec<Vec<f64>>) {
        let (size, mut log) = (matrix.len(), 0.0);
        for pivot in 0..size {
            log += ln(matrix[pivot][pivot]);
            for other in (0..size).filter(|other| *other != pivot) {
                let factor = matrix[other][pivot] / matrix[pivot][pivot];
                let row = matrix[pivot].clone();
                matrix[other].iter_mut().zip(row).for_each(|(entry, own)| *entry -= factor * own);
                for vector in &mut right {
                    let own = vector[pivot];
                    vector[other] -= factor * own;
                }
            }
        }
        for (place, row) in matrix.iter().enumerate() {
            right.iter_mut().for_each(|vector| vector[place] /= row[place]);
        }
        (log, right)
    }

    /// The likelihoods from covariance matrices, for 8 days: a step leaves 3 to 5 days before it, and there is no room
    /// for a change that is undone.
    #[test]
    fn the_statistic_is_the_ratio_of_mean_likelihoods() {
        let scores = [0.1, 0.4, 0.2, 0.3, 0.8, 0.5, 0.7, 0.9];
        let weights = [1.0, 1.5, 1.2, 2.0, 1.0, 1.7, 1.3, 1.0];
        let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
        // The days vary by the inverse of their weight, times a factor before and from a day on; a change adds to that.
        let likelihood = |rho: f64, at: usize, spread: f64, change: Option<usize>| {
            let deviation =
                |day: usize| math::exp(if day < at { -0.5 * spread } else { 0.5 * spread }) / f64::sqrt(weights[day]);
            let covariance = |a: usize, b: usize| {
                let changed = change.is_some_and(|split| a >= split && b >= split);
                math::pow(rho, a.abs_diff(b) as f64) * deviation(a) * deviation(b)
                    + if changed { SIZE * (1.0 - rho * rho) } else { 0.0 }
            };
            let matrix = (0..8).map(|a| (0..8).map(|b| covariance(a, b)).collect()).collect();
            let (log, solved) = solved(matrix, vec![vec![1.0; 8], scores.to_vec()]);
            let (ones, own) = (dot(&[1.0; 8], &solved[0]), dot(&[1.0; 8], &solved[1]));
            let left = dot(&scores, &solved[1]) - own * own / ones;
            math::exp(-0.5 * (log + ln(ones) + 7.0 * ln(left)))
        };
        let with: f64 = DEPENDENCES
            .iter()
            .map(|(rho, with, _)| {
                let at = |split: Option<usize>| likelihood(*rho, 4, 0.0, split);
                let steps = (3..=5).map(|split| at(Some(split))).sum::<f64>() / 3.0;
                with * (HALFWAY * at(Some(4)) + ANYWHERE * steps + AND_BACK * at(None))
            })
            .sum();
        let without: f64 = DEPENDENCES
            .iter()
            .map(|(rho, _, without)| {
                let apart = |(share, weight): &(f64, f64)| {
                    let at = (share * 8.0) as usize;
                    weight * (likelihood(*rho, at, SPREAD, None) + likelihood(*rho, at, -SPREAD, None))
                };
                without * (ALIKE * likelihood(*rho, 4, 0.0, None) + APART.iter().map(apart).sum::<f64>())
            })
            .sum();
        let roots: Vec<f64> = weights.iter().map(|weight| weight.sqrt()).collect();
        let found = statistic(&scores, &roots);
        assert!((found - ln(with / without)).abs() < 1e-8, "{found} {}", ln(with / without));
    }

    /// What is returned of series that are all below a number is below it too, and never less than the statistic.
    #[test]
    fn what_is_left_out_is_below_what_was_asked_for() {
        let lanes = |shift: usize| -> Vec<Lanes> {
            (0..30).map(|day: usize| each(|lane| ((day * 7 + lane * shift) % 11) as f64 + (day / 20) as f64)).collect()
        };
        let (roots, mut changes) = (vec![[1.2; WIDTH]; 30], Changes::of(30).unwrap());
        let mut left_out = 0;
        for shift in 0..11 {
            let exact = changes.of(&lanes(shift), &roots, f64::NEG_INFINITY);
            for least in [-4.0, -2.0, 0.0, 2.0, 4.0] {
                let found = changes.of(&lanes(shift), &roots, least);
                assert!(found == exact || (0..WIDTH).all(|lane| exact[lane] <= found[lane] && found[lane] < least));
                left_out += usize::from(found != exact);
            }
        }
        assert!(left_out > 10, "{left_out}");
    }

    /// The weights of what may be the case sum to 1, with a change and without one.
    #[test]
    fn the_weights_sum_to_one() {
        let with: f64 = DEPENDENCES.iter().map(|(_, with, _)| with).sum();
        let without: f64 = DEPENDENCES.iter().map(|(.., without)| without).sum();
        let spreads = ALIKE + 2.0 * APART.iter().map(|(_, weight)| weight).sum::<f64>();
        for sum in [with, without, spreads, HALFWAY + ANYWHERE + AND_BACK] {
            assert!((sum - 1.0).abs() < 1e-12, "{sum}");
        }
    }

    /// Neither the unit of the scores nor their zero matters, nor the direction of time.
    #[test]
    fn units_and_the_direction_of_time_do_not_matter() {
        let scores: Vec<f64> =
            (0..40).map(|day| f64::from(day * day % 17) + if day > 25 { 6.0 } else { 0.0 }).collect();
        let roots: Vec<f64> = (0..40).map(|day| 1.0 + 0.1 * f64::from(day % 4)).collect();
        let found = statistic(&scores, &roots);
        let other: Vec<f64> = scores.iter().map(|score| 5.0 - 0.01 * score).collect();
        assert!((found - statistic(&other, &roots)).abs() < 1e-7);
        assert!(found > 1.0, "{found}");
    }

    #[test]
    fn a_change_that_is_undone_has_two_splits_and_no_step_has_none() {
        let there = |place: usize| if (20..40).contains(&place) { 0.8 } else { 0.2 };
        assert_eq!(two_splits(&days(&(0..60).map(there).collect::<Vec<f64>>())), [20, 40]);
        let step: Vec<f64> = (0..60).map(|place| if place < 15 { 0.2 } else { 0.8 }).collect();
        assert_eq!((two_splits(&days(&step)), likeliest_split(&days(&step), 6)), (vec![15], 15));
        assert_eq!(likeliest_split(&days(&[0.5; 9]), 3), 4);
    }

    /// A likelihood of thousands of days must not overflow.
    #[test]
    fn many_days_have_a_finite_statistic() {
        let step: Vec<f64> = (0..4_000).map(|place| if place < 2_000 { 0.2 } else { 0.8 }).collect();
        let found = statistic(&step, &[1.0; 4_000]);
        assert!(found.is_finite() && found > 100.0, "{found}");
    }
}

//! The tests: do the days before a date differ from the days after it by more than they would if the
//! order of days meant nothing, or if only neighbouring days were alike?
//!
//! A day's score is the mean rank of its statements among all statements (their ridit), so only the
//! order of the levels counts. `docs/methods.md` says why this test was chosen, and `cargo bench --bench
//! simulation` measures how well it performs.

use rand::seq::SliceRandom;
use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg64Mcg;
use statrs::distribution::{ContinuousCDF, Normal};

use crate::math::{pow, square};
use crate::series::Day;

/// The fewest days for a test. With fewer, no order of days is rare enough.
pub const FEWEST_DAYS: usize = 8;
/// The fewest days on either side of a shift; in longer series it is a tenth of the days.
pub const FEWEST_ASIDE: usize = 3;

/// The assumed dependence of a day on the one before it, until the days show more.
const DEPENDENCE: f64 = 0.28;
/// How many days this assumption is worth: dependences from 0 to ½ are all likely.
const DEPENDENCE_DAYS: f64 = 40.0;
/// Dependence estimated from scores is too low by about this factor, because a score from few statements
/// is partly noise.
const HIDDEN_BY_NOISE: f64 = 1.25;
/// No series is assumed to be more dependent than this.
const MOST_DEPENDENCE: f64 = 0.85;
/// If this many rearrangements reach what was observed, and p is far above any level, more of them would
/// not change the result: J. Besag, P. Clifford, "Sequential Monte Carlo p-values", Biometrika 78
/// (1991).
const ENOUGH: usize = 200;
/// From here on, the exact p does not matter.
const FAR: f64 = 0.15;
/// Sums of the same numbers in another order differ by less than this.
const ROUNDING: f64 = 1e-9;

/// One day in a test.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Score {
    /// The mean ridit of its statements, 0 to 1.
    pub ridit: f64,
    /// The weight of the day, 1 to 2.
    pub weight: f64,
}

/// What a test found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tested {
    /// The share of rearranged series that are at least as far apart: above 0, and at most 1.
    pub p: f64,
    /// How many days come before the split at which the sides are farthest apart.
    pub split: usize,
}

/// The days' scores: I. Bross, "How to use ridit analysis", Biometrics 14 (1958).
pub fn scores(days: &[Day]) -> Vec<Score> {
    let levels = days.iter().map(|day| day.counts.len()).max().unwrap_or(0);
    let mut at = vec![0_u64; levels];
    for day in days {
        at.iter_mut().zip(&day.counts).for_each(|(at, count)| *at += u64::from(*count));
    }
    // Twice the mean place of a level's statements among all, so that their sums are exact in any order.
    let mut below = 0;
    let twice: Vec<u64> = at
        .iter()
        .map(|at| {
            let twice = 2 * below + at;
            below += at;
            twice
        })
        .collect();
    let score = |day: &Day| {
        let sum: u64 = day.counts.iter().zip(&twice).map(|(count, twice)| u64::from(*count) * twice).sum();
        Score { ridit: sum as f64 / (2 * below) as f64 / day.statements() as f64, weight: day.weight() }
    };
    days.iter().map(score).collect()
}

/// The fewest days on either side of a split in this many days.
pub fn aside(days: usize) -> usize {
    FEWEST_ASIDE.max(days / 10)
}

/// Where the two sides are farthest apart, and how far.
///
/// The statistic is the difference of the weighted means over its standard error, times (4 v)^d. Here v
/// is the share of weight before the split times the share after it: a shift that leaves few days on one
/// side is weak evidence of a lasting change. d falls from 2 at 20 days to ½ at 40. There it gives the
/// statistic of A. Pettitt, "A non-parametric approach to the change-point problem", Appl Stat 28
/// (1979). In a short series, only a shift near the middle can be found at all.
fn farthest(days: &[Score]) -> Option<(f64, usize)> {
    let (count, aside) = (days.len(), aside(days.len()));
    let power = (2.0 - 1.5 * (count as f64 - 20.0) / 20.0).clamp(0.5, 2.0);
    let weight: f64 = days.iter().map(|day| day.weight).sum();
    let sum: f64 = days.iter().map(|day| day.weight * day.ridit).sum();
    let mean = sum / weight;
    let spread: f64 = days.iter().map(|day| square(day.ridit - mean)).sum();
    if count < 2 * aside || spread <= ROUNDING {
        return None;
    }
    let (mut weight_before, mut sum_before) = (0.0, 0.0);
    let mut best = (0.0, aside);
    for (place, day) in days[..count - aside].iter().enumerate() {
        weight_before += day.weight;
        sum_before += day.weight * day.ridit;
        if place + 1 < aside {
            continue;
        }
        let balance = weight_before * (weight - weight_before) / (weight * weight);
        let apart = sum_before - mean * weight_before;
        // Squared, so that the one root is taken at the end.
        let squared = apart * apart / (balance * weight);
        // The factor is at most 1 and costly, so it is left out if this split cannot be the best.
        if squared <= best.0 {
            continue;
        }
        let statistic = squared * middle(4.0 * balance, power);
        if statistic > best.0 {
            best = (statistic, place + 1);
        }
    }
    Some(((best.0 / spread).sqrt(), best.1))
}

/// x to the power of 2 d. The powers that occur most often are cheap.
fn middle(x: f64, power: f64) -> f64 {
    if power == 2.0 {
        (x * x) * (x * x)
    } else if power == 0.5 {
        x
    } else {
        pow(x, 2.0 * power)
    }
}

/// How far apart the sides of a given split are, in the same units.
fn apart_at(days: &[Score], split: usize) -> Option<f64> {
    let (before, after) = days.split_at(split);
    let weight = |days: &[Score]| days.iter().map(|day| day.weight).sum::<f64>();
    let mean = |days: &[Score]| days.iter().map(|day| day.weight * day.ridit).sum::<f64>() / weight(days);
    let (all, spread_of) = (mean(days), |mean: f64| days.iter().map(|day| square(day.ridit - mean)).sum::<f64>());
    let spread = spread_of(all);
    let error = (1.0 / weight(before) + 1.0 / weight(after)).sqrt();
    (spread > ROUNDING).then(|| (mean(after) - mean(before)).abs() / error / spread.sqrt())
}

/// How much a day resembles the one before it, 0 to 0.85: the autocorrelation that remains after the
/// means of the two sides. It is corrected for bias (M. Kendall, Biometrika 41, 1954) and drawn towards
/// the usual value, the more so the fewer the days.
pub fn dependence(days: &[Score], split: usize) -> f64 {
    let count = days.len() as f64;
    let (before, after) = days.split_at(split);
    let mean = |days: &[Score]| {
        let weight: f64 = days.iter().map(|day| day.weight).sum();
        if weight > 0.0 { days.iter().map(|day| day.weight * day.ridit).sum::<f64>() / weight } else { 0.0 }
    };
    let (low, high) = (mean(before), mean(after));
    let left = |place: usize| days[place].ridit - if place < split { low } else { high };
    let spread: f64 = (0..days.len()).map(|place| square(left(place))).sum();
    let shared: f64 = (1..days.len()).map(|place| left(place) * left(place - 1)).sum();
    let raw = if spread > ROUNDING { shared / spread } else { 0.0 };
    let corrected = ((raw + 2.0 / count) * (1.0 + 4.0 / count)).max(0.0) * HIDDEN_BY_NOISE;
    let estimated = corrected.min(MOST_DEPENDENCE);
    let trust = count / (count + DEPENDENCE_DAYS);
    trust * estimated + (1.0 - trust) * DEPENDENCE
}

/// How much dependence multiplies the variance of a mean: (1 + ρ) / (1 − ρ).
pub fn inflation(dependence: f64) -> f64 {
    (1.0 + dependence) / (1.0 - dependence)
}

/// How many days come before the split at which the sides are farthest apart; half of them if there is
/// no such split.
pub fn farthest_split(days: &[Score]) -> usize {
    farthest(days).map_or(days.len() / 2, |(_, split)| split)
}

/// Tests whether the days before some date differ from the days after it, if the date is not known
/// beforehand. `None` if there are too few days to split, or if all are the same.
pub fn test(days: &[Score], permutations: usize, seed: u64) -> Option<Tested> {
    let (observed, split) = farthest(days)?;
    let p = share(days, split, permutations, seed, |days| {
        farthest(days).is_some_and(|(statistic, _)| statistic >= observed - ROUNDING)
    });
    Some(Tested { p, split })
}

/// Tests whether the days before a split chosen beforehand differ from the days after it.
pub fn test_at(days: &[Score], split: usize, permutations: usize, seed: u64) -> Option<f64> {
    if split == 0 || split >= days.len() {
        return None;
    }
    let observed = apart_at(days, split)?;
    let p = share(days, split, permutations, seed, |days| {
        apart_at(days, split).is_some_and(|statistic| statistic >= observed - ROUNDING)
    });
    Some(p)
}

/// The share of rearranged series that are `as_far`, including the observed one: the larger of two
/// shares.
///
/// For the first share, a rearranged series has the same days in random order. This is exact if the
/// order of days means nothing. For the second, each of those days is then made to resemble the one
/// before it: xᵢ = ρ xᵢ₋₁ + √(1−ρ²) zᵢ, where z are the shuffled days about their mean. ρ is not known
/// exactly. It is therefore drawn again each time, around the estimate and as far from it as the
/// estimate may err (a predictive p: X.-L. Meng, Ann Stat 22, 1994).
fn share(days: &[Score], split: usize, permutations: usize, seed: u64, as_far: impl Fn(&[Score]) -> bool) -> f64 {
    let mut rng = Pcg64Mcg::seed_from_u64(seed);
    let mean = days.iter().map(|day| day.ridit).sum::<f64>() / days.len() as f64;
    let estimate = dependence(days, split);
    let likely = Normal::new(estimate, 1.0 / (days.len() as f64 + DEPENDENCE_DAYS).sqrt()).ok();
    let mut shuffled = days.to_vec();
    let mut dependent = days.to_vec();
    let (mut of_shuffled, mut of_dependent) = (0, 0);
    for done in 1..=permutations {
        shuffled.shuffle(&mut rng);
        let drawn = likely.as_ref().map_or(estimate, |likely| likely.inverse_cdf(rng.random()));
        let dependence = drawn.clamp(0.0, MOST_DEPENDENCE);
        let fresh = (1.0 - dependence * dependence).sqrt();
        let mut last = shuffled[0].ridit - mean;
        dependent[0] = Score { ridit: last, ..shuffled[0] };
        for (to, from) in dependent.iter_mut().zip(&shuffled).skip(1) {
            last = dependence * last + fresh * (from.ridit - mean);
            *to = Score { ridit: last, ..*from };
        }
        of_shuffled += usize::from(as_far(&shuffled));
        of_dependent += usize::from(as_far(&dependent));
        let reached = of_shuffled.max(of_dependent);
        if reached >= ENOUGH && reached as f64 >= FAR * done as f64 {
            return reached as f64 / done as f64;
        }
    }
    (of_shuffled.max(of_dependent) + 1) as f64 / (permutations + 1) as f64
}

/// The smallest p that this many days can give: the result of the test if the first half is all at one
/// level and the second half all at another. 1 if no split is possible.
pub fn smallest_p(days: usize, permutations: usize) -> f64 {
    test(&ideal(days, days / 2), permutations, IDEAL_SEED).map_or(1.0, |tested| tested.p)
}

/// The same for a split chosen beforehand.
pub fn smallest_p_at(days: usize, split: usize, permutations: usize) -> f64 {
    test_at(&ideal(days, split), split, permutations, IDEAL_SEED).unwrap_or(1.0)
}

/// Chance must not decide which series are tested.
const IDEAL_SEED: u64 = 0;

fn ideal(days: usize, split: usize) -> Vec<Score> {
    let score = |place: usize| Score { ridit: if place < split { 0.25 } else { 0.75 }, weight: 1.0 };
    (0..days).map(score).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(ridits: &[f64]) -> Vec<Score> {
        ridits.iter().map(|ridit| Score { ridit: *ridit, weight: 1.0 }).collect()
    }

    /// All orders of 8 days, 4 low and 4 high: 2 of 70 separate them in the middle.
    #[test]
    fn the_shuffled_share_is_that_of_all_orders() {
        let p = smallest_p(8, 200_000);
        assert!((p - 2.0 / 70.0).abs() < 0.002, "{p}");
        let p = smallest_p(10, 200_000);
        assert!((p - 2.0 / 252.0).abs() < 0.001, "{p}");
    }

    /// From 40 days on, with equal weights, the split is where Pettitt's |U| is largest.
    #[test]
    fn long_series_are_split_where_pettitt_splits_them() {
        let mut rng = Pcg64Mcg::seed_from_u64(3);
        for _ in 0..50 {
            let ridits: Vec<f64> = (0..60).map(|i| rng.random::<f64>() + if i < 25 { 0.0 } else { 0.4 }).collect();
            let u = |split: usize| {
                let pairs = ridits[..split].iter().flat_map(|a| ridits[split..].iter().map(move |b| b - a));
                pairs.sum::<f64>().abs()
            };
            let best = (6..=54).max_by(|a, b| u(*a).total_cmp(&u(*b))).unwrap();
            assert_eq!(farthest(&days(&ridits)).unwrap().1, best);
        }
    }

    #[test]
    fn ridits_are_mean_ranks() {
        let day = |counts: [u32; 4]| Day { date: chrono::NaiveDate::MIN, counts: counts.to_vec() };
        // Ranks 0 0 1 3: ridits (0 + 2) / 8, twice; (2 + 3) / 8; (3 + 4) / 8.
        let scores = scores(&[day([1, 0, 0, 1]), day([1, 0, 0, 0]), day([0, 1, 0, 0])]);
        let ridits: Vec<f64> = scores.iter().map(|score| score.ridit).collect();
        assert_eq!(ridits, [(0.25 + 0.875) / 2.0, 0.25, 0.625]);
    }

    #[test]
    fn dependence_is_seen_and_days_without_it_keep_some_of_the_belief() {
        let mut rng = Pcg64Mcg::seed_from_u64(5);
        let mut series = |rho: f64| {
            let mut last = 0.0;
            let ridits: Vec<f64> = (0..400)
                .map(|_| {
                    last = rho * last + (1.0 - rho * rho).sqrt() * (rng.random::<f64>() - 0.5);
                    last
                })
                .collect();
            dependence(&days(&ridits), 200)
        };
        assert!(series(0.0) < 0.15 && series(0.6) > 0.55);
        assert!((dependence(&days(&[0.1, 0.9, 0.1, 0.9, 0.1, 0.9, 0.1, 0.9]), 4) - 40.0 / 48.0 * 0.28).abs() < 1e-9);
    }

    #[test]
    fn days_that_cannot_be_split_have_no_p() {
        assert_eq!(test(&days(&[0.5; 20]), 99, 1), None);
        assert_eq!(test(&days(&[0.1, 0.9]), 99, 1), None);
        assert_eq!(test_at(&days(&[0.1, 0.9]), 0, 99, 1), None);
    }
}

//! The tests of shifts: do the days before a date differ from the days after it by more than they would if
//! the order of days meant nothing, or if only neighbouring days were alike?
//!
//! `docs/methods.md` says why this test was chosen, and `cargo bench --bench simulation` measures how well
//! it performs.

use rand::seq::SliceRandom;
use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg64Mcg;

use crate::math::{cos, ln, square};
use crate::shift::likelihood::{Changes, Departures, likeliest_split, two_splits};
use crate::shift::score::{ROUNDING, Score, aside};

/// The assumed dependence of a day on the one before it, until the days show more, and how many days this
/// assumption is worth: dependences from 0 to ½ are all likely. For a split chosen beforehand, and for
/// standard errors.
const DEPENDENCE: f64 = 0.28;
const DEPENDENCE_DAYS: f64 = 40.0;
/// In the search for a shift, independence is assumed instead, with so many days, but with so much more
/// uncertainty.
const SEARCH_DAYS: f64 = 80.0;
const SEARCH_UNCERTAINTY: f64 = 2.4;
/// Dependence estimated from scores is too low by about this factor, because a score from few statements
/// is partly noise.
const HIDDEN_BY_NOISE: f64 = 1.25;
/// No series is assumed to be more dependent than this.
const MOST_DEPENDENCE: f64 = 0.85;

/// How long a test goes on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Effort {
    /// The most rearrangements.
    pub permutations: usize,
    /// It stops once so many of them reach what was observed: J. Besag, P. Clifford, "Sequential Monte
    /// Carlo p-values", Biometrika 78 (1991).
    pub enough: usize,
    /// It also stops once p is clearly above this level; infinite if p itself is wanted.
    pub level: f64,
}

impl Effort {
    /// A p within 7 % of what all rearrangements give, or the smallest p that so many can show.
    pub fn of(permutations: usize) -> Effort {
        Effort { permutations, enough: 200, level: f64::INFINITY }
    }

    /// A p within 2 %.
    pub fn close(permutations: usize) -> Effort {
        Effort { permutations, enough: 2_000, level: f64::INFINITY }
    }

    /// The same as [`Effort::of`] if p is below a level, otherwise no more than that it is above.
    pub fn below(permutations: usize, level: f64) -> Effort {
        Effort { level, ..Effort::of(permutations) }
    }

    /// Whether a test is over after so many rearrangements, if so many reach what was observed. If p were the level,
    /// 10 or more, and 4 times as many as expected, would have reached it in less than one of 1,000 tests.
    pub fn is_over(self, reached: usize, done: usize) -> bool {
        const FEWEST: usize = 10;
        const CLEARLY: f64 = 4.0;
        reached >= self.enough || (reached >= FEWEST && reached as f64 >= CLEARLY * self.level * done as f64)
    }
}

/// What a test found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tested {
    /// The share of rearranged series that are at least as far from steady: above 0, and at most 1.
    pub p: f64,
    /// How many days come before the likeliest split.
    pub split: usize,
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
/// means of the two sides of a split. It is corrected for bias (M. Kendall, Biometrika 41, 1954) and drawn
/// towards the usual value, the more so the fewer the days.
pub fn dependence(days: &[Score], split: usize) -> f64 {
    let count = days.len() as f64;
    let corrected = ((autocorrelation(days, &[split]) + 2.0 / count) * (1.0 + 4.0 / count)).max(0.0) * HIDDEN_BY_NOISE;
    let estimated = corrected.min(MOST_DEPENDENCE);
    let trust = count / (count + DEPENDENCE_DAYS);
    trust * estimated + (1.0 - trust) * DEPENDENCE
}

/// The same after up to two splits, so that a change that is undone does not look like days that resemble
/// one another. Each further mean makes the autocorrelation lower still.
fn dependence_in_search(days: &[Score]) -> f64 {
    let count = days.len() as f64;
    let raw = autocorrelation(days, &two_splits(days));
    let corrected = (raw + 5.0 / count) * (1.0 + 6.0 / count) * HIDDEN_BY_NOISE;
    count * corrected.clamp(0.0, MOST_DEPENDENCE) / (count + SEARCH_DAYS)
}

/// The autocorrelation of what remains after the means of the parts between splits.
fn autocorrelation(days: &[Score], splits: &[usize]) -> f64 {
    let (mut spread, mut shared, mut last) = (0.0, 0.0, None);
    let mut from = 0;
    for to in splits.iter().copied().chain([days.len()]) {
        let part = &days[from..to];
        let weight: f64 = part.iter().map(|day| day.weight).sum();
        let mean = part.iter().map(|day| day.weight * day.ridit).sum::<f64>() / weight.max(f64::MIN_POSITIVE);
        for left in part.iter().map(|day| day.ridit - mean) {
            spread += square(left);
            shared += last.map_or(0.0, |last| left * last);
            last = Some(left);
        }
        from = to;
    }
    if spread > ROUNDING { shared / spread } else { 0.0 }
}

/// How much dependence multiplies the variance of a mean: (1 + ρ) / (1 − ρ).
pub fn inflation(dependence: f64) -> f64 {
    (1.0 + dependence) / (1.0 - dependence)
}

/// Tests whether the position changed at any date, or changed and came back. `None` if there are too few
/// days to split, or if all are the same.
pub fn test(days: &[Score], effort: Effort, seed: u64) -> Option<Tested> {
    let changes = Changes::of(days.len())?;
    let mut departures = Departures::default();
    let least = changes.observed(days, &mut departures)?;
    let error = SEARCH_UNCERTAINTY / (days.len() as f64 + SEARCH_DAYS).sqrt();
    let believed = Believed { dependence: dependence_in_search(days), error };
    let p = share(days, believed, effort, seed, |days| changes.reach(days, &least, &mut departures));
    Some(Tested { p, split: likeliest_split(days, aside(days.len())) })
}

/// Tests whether the days before a split chosen beforehand differ from the days after it.
pub fn test_at(days: &[Score], split: usize, effort: Effort, seed: u64) -> Option<f64> {
    if split == 0 || split >= days.len() {
        return None;
    }
    let observed = apart_at(days, split)?;
    let error = 1.0 / (days.len() as f64 + DEPENDENCE_DAYS).sqrt();
    let believed = Believed { dependence: dependence(days, split), error };
    let p = share(days, believed, effort, seed, |days| {
        apart_at(days, split).is_some_and(|statistic| statistic >= observed - ROUNDING)
    });
    Some(p)
}

/// What is believed of the dependence of a day on the one before it.
#[derive(Clone, Copy)]
struct Believed {
    dependence: f64,
    error: f64,
}

/// The share of rearranged series that are `as_far`, including the observed one: the larger of two
/// shares.
///
/// For the first share, a rearranged series has the same days in random order. This is exact if the
/// order of days means nothing. For the second, each of those days is then made to resemble the one
/// before it: xᵢ = ρ xᵢ₋₁ + √(1−ρ²) zᵢ, where z are the shuffled days about their mean. ρ is not known
/// exactly. It is therefore drawn again each time, around what is believed and as far from it as that may
/// err (a predictive p: X.-L. Meng, Ann Stat 22, 1994).
fn share(
    days: &[Score],
    believed: Believed,
    effort: Effort,
    seed: u64,
    mut as_far: impl FnMut(&[Score]) -> bool,
) -> f64 {
    let mut rng = Pcg64Mcg::seed_from_u64(seed);
    let mean = days.iter().map(|day| day.ridit).sum::<f64>() / days.len() as f64;
    let mut shuffled = days.to_vec();
    let mut dependent = days.to_vec();
    let (mut of_shuffled, mut of_dependent) = (0, 0);
    for done in 1..=effort.permutations {
        shuffled.shuffle(&mut rng);
        let drawn = believed.dependence + believed.error * normal(&mut rng);
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
        if effort.is_over(reached, done) {
            return reached as f64 / done as f64;
        }
    }
    (of_shuffled.max(of_dependent) + 1) as f64 / (effort.permutations + 1) as f64
}

/// A number drawn from the standard normal distribution: G. Box, M. Muller, Ann Math Stat 29 (1958).
fn normal(rng: &mut Pcg64Mcg) -> f64 {
    let (length, angle): (f64, f64) = (rng.random(), rng.random());
    (-2.0 * ln(1.0 - length)).sqrt() * cos(std::f64::consts::TAU * angle)
}

/// The smallest p that this many days can give: the result of the test if the first half is all at one
/// level and the second half all at another. 1 if no split is possible.
pub fn smallest_p(days: usize, permutations: usize) -> f64 {
    test(&ideal(days, days / 2), Effort { enough: usize::MAX, ..Effort::of(permutations) }, IDEAL_SEED)
        .map_or(1.0, |tested| tested.p)
}

/// The same for a split chosen beforehand.
pub fn smallest_p_at(days: usize, split: usize, permutations: usize) -> f64 {
    let effort = Effort { enough: usize::MAX, ..Effort::of(permutations) };
    test_at(&ideal(days, split), split, effort, IDEAL_SEED).unwrap_or(1.0)
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

    /// The second null: days that resemble one another wander, and must not look like a shift. A change that
    /// is undone must not look like them.
    #[test]
    fn days_that_wander_are_steady_and_a_change_that_is_undone_is_not() {
        let mut rng = Pcg64Mcg::seed_from_u64(5);
        let mut wandering = |rho: f64, there: f64| {
            let mut last = 0.0;
            let ridits: Vec<f64> = (0..80)
                .map(|place| {
                    last = rho * last + (1.0 - rho * rho).sqrt() * (rng.random::<f64>() - 0.5);
                    last + if (30..55).contains(&place) { there } else { 0.0 }
                })
                .collect();
            test(&days(&ridits), Effort::of(999), 1).unwrap().p
        };
        assert!((0..10).filter(|_| wandering(0.4, 0.0) <= 0.05).count() <= 2);
        assert!((0..10).all(|_| wandering(0.2, 0.8) <= 0.01));
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
    fn a_test_for_a_level_stops_early_only_above_it() {
        let step: Vec<f64> =
            (0..30).map(|place| f64::from(u8::from(place >= 15)) + 0.1 * f64::from(place % 3)).collect();
        let mixed: Vec<f64> = (0..30).map(|place| f64::from(place % 3)).collect();
        let p = |ridits: &[f64], effort| test(&days(ridits), effort, 1).unwrap().p;
        let wanted = Effort::below(9_999, 0.001);
        assert_eq!(p(&step, wanted), p(&step, Effort::of(9_999)));
        assert!(p(&mixed, wanted) > 0.01);
        // 10 of 100 are clearly above 2 %, 9 are too few to say so, and 10 of 400 are not clear.
        let at = Effort::below(9_999, 0.02);
        assert!(at.is_over(10, 100) && !at.is_over(9, 10) && !at.is_over(10, 400) && at.is_over(200, 9_000));
        assert!(!Effort::of(9_999).is_over(199, 199));
    }

    #[test]
    fn days_that_cannot_be_split_have_no_p() {
        assert_eq!(test(&days(&[0.5; 20]), Effort::of(99), 1), None);
        assert_eq!(test(&days(&[0.1, 0.9]), Effort::of(99), 1), None);
        assert_eq!(test_at(&days(&[0.1, 0.9]), 0, Effort::of(99), 1), None);
    }
}

//! Does one day stand apart from the others? The day farthest from the mean of the others is compared
//! with the farthest day of series that were drawn from an urn. So the test holds its level on any scale,
//! and also if nearly all statements are at one end of it. `docs/methods.md` says where the constants
//! come from.

use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg64Mcg;

use crate::math::{exp, square};
use crate::series::Day;
use crate::shift::permutation::Effort;

/// The fewest days among which one can stand apart.
const FEWEST: usize = 4;
/// The levels near those seen are put into the urn as if so many days had taken them.
const UNSEEN_DAYS: f64 = 2.0;
/// How near they are: the standard deviation in levels, and as a share of the spread of the levels seen.
/// The larger of the two counts.
const NEAR: f64 = 1.0;
const NEAR_SHARE: f64 = 1.5;
/// The assumed correlation of statements of one day, and how many days this assumption is worth.
const ALIKE: f64 = 0.5;
const ALIKE_DAYS: f64 = 5.0;
/// The other days are assumed to spread at least this much, in levels, because positions are rounded.
const LEAST_SPREAD: f64 = 0.5;
/// No day closer than this many standard errors stands apart.
const LEAST_APART: f64 = 2.0;
/// A day with more statements is drawn as if it had this many. Its mean then varies more than it should,
/// which makes the test stricter.
const MOST_DRAWN: usize = 25;
/// Draws for swings and rearrangements for shifts of the same pair must not share a stream.
const STREAM: u64 = 0x5717;
/// Sums of the same numbers in another order differ by less than this.
const ROUNDING: f64 = 1e-9;

/// A day in the test: its mean rank, and its weight.
type Mean = (f64, f64);

/// How likely a day as far from the others is by chance, for days drawn from an urn: above 0, and no more
/// than 1. `None` for fewer than 4 days. A draw counts as a rearrangement.
pub fn test(days: &[Day], effort: Effort, seed: u64) -> Option<f64> {
    if days.len() < FEWEST {
        return None;
    }
    let mut drawn = means(days);
    let (observed, day) = farthest(&drawn);
    if observed < square(LEAST_APART) {
        return Some(1.0);
    }
    let urn = Urn::without(days, day);
    let statements: Vec<usize> = days.iter().map(|day| day.statements().min(MOST_DRAWN)).collect();
    let mut rng = Pcg64Mcg::seed_from_u64(seed ^ STREAM);
    let mut reached = 0;
    for done in 1..=effort.permutations {
        for ((mean, _), statements) in drawn.iter_mut().zip(&statements) {
            *mean = urn.day(*statements, &mut rng);
        }
        reached += usize::from(farthest(&drawn).0 >= observed - ROUNDING);
        if let Some(p) = effort.over(reached, done) {
            return Some(p);
        }
    }
    Some((reached + 1) as f64 / (effort.permutations + 1) as f64)
}

/// The index of the day farthest from the mean of the others, in standard errors; of two equally far, the
/// first.
pub fn day_apart(days: &[Day]) -> usize {
    farthest(&means(days)).1
}

fn means(days: &[Day]) -> Vec<Mean> {
    days.iter().map(|day| (day.mean(), day.weight())).collect()
}

/// The largest squared deleted residual, and its day: F. Grubbs, "Procedures for detecting outlying
/// observations in samples", Technometrics 11 (1969).
fn farthest(days: &[Mean]) -> (f64, usize) {
    let (mut weight, mut sum, mut squares) = (0.0, 0.0, 0.0);
    for (mean, own) in days {
        weight += own;
        sum += own * mean;
        squares += own * mean * mean;
    }
    let freedom = days.len() as f64 - 2.0;
    let mut best = (0.0, 0);
    for (day, (mean, own)) in days.iter().enumerate() {
        let others = weight - own;
        let rest = (sum - own * mean) / others;
        let left = (squares - own * mean * mean - others * rest * rest).max(0.0);
        let variance = (left / freedom).max(square(LEAST_SPREAD));
        let apart = square(mean - rest) / (variance * (1.0 / own + 1.0 / others));
        if apart > best.0 {
            best = (apart, day);
        }
    }
    best
}

/// What days are drawn from.
struct Urn {
    /// The shares of the levels, each with those below it.
    up_to: Vec<f64>,
    /// How often all statements of a day repeat the first one.
    alike: f64,
}

impl Urn {
    /// The levels of all days but one, with some of the levels near them, and how alike the statements of
    /// these days are.
    fn without(days: &[Day], apart: usize) -> Urn {
        let others = || days.iter().enumerate().filter(|(place, _)| *place != apart).map(|(_, day)| day);
        let levels = days.iter().map(|day| day.counts.len()).max().unwrap_or(0);
        let mut seen = vec![0.0; levels];
        let mut weight = 0.0;
        for day in others() {
            let share = day.weight() / day.statements() as f64;
            weight += day.weight();
            seen.iter_mut().zip(&day.counts).for_each(|(seen, count)| *seen += share * f64::from(*count));
        }
        seen.iter_mut().for_each(|seen| *seen /= weight);
        let mean: f64 = seen.iter().enumerate().map(|(level, share)| level as f64 * share).sum();
        let variance: f64 = seen.iter().enumerate().map(|(level, share)| square(level as f64 - mean) * share).sum();
        let near = near(&seen, NEAR.max(NEAR_SHARE * variance.sqrt()));
        let count = days.len() as f64 - 1.0;
        let mut sum = 0.0;
        let up_to = seen.iter().zip(&near).map(|(seen, near)| {
            sum += (count * seen + UNSEEN_DAYS * near) / (count + UNSEEN_DAYS);
            sum
        });
        Urn { up_to: up_to.collect(), alike: alike(others(), variance) }
    }

    fn level(&self, rng: &mut Pcg64Mcg) -> f64 {
        let drawn: f64 = rng.random();
        let level = self.up_to.iter().position(|up_to| drawn < *up_to);
        level.unwrap_or(self.up_to.len().saturating_sub(1)) as f64
    }

    /// The mean rank of a day with so many statements: either all are like the first, or each is drawn.
    fn day(&self, statements: usize, rng: &mut Pcg64Mcg) -> f64 {
        let first = self.level(rng);
        if statements < 2 || rng.random::<f64>() < self.alike {
            return first;
        }
        let others: f64 = (1..statements).map(|_| self.level(rng)).sum();
        (first + others) / statements as f64
    }
}

/// The shares of levels, each spread over its neighbours by a normal curve.
fn near(shares: &[f64], deviation: f64) -> Vec<f64> {
    let mut near = vec![0.0; shares.len()];
    for (level, share) in shares.iter().enumerate() {
        let weight = |other: usize| exp(-0.5 * square((other as f64 - level as f64) / deviation));
        let all: f64 = (0..shares.len()).map(weight).sum();
        near.iter_mut().enumerate().for_each(|(other, near)| *near += share * weight(other) / all);
    }
    near
}

/// How alike the statements of one day are, 0 to 1: their correlation, drawn towards what is assumed.
fn alike<'d>(days: impl Iterator<Item = &'d Day>, variance: f64) -> f64 {
    let (mut within, mut several) = (0.0, 0.0);
    for day in days.filter(|day| day.statements() > 1) {
        let mean = day.mean();
        let squares =
            day.counts.iter().enumerate().map(|(level, count)| square(level as f64 - mean) * f64::from(*count));
        within += squares.sum::<f64>() / (day.statements() as f64 - 1.0);
        several += 1.0;
    }
    let seen = several > 0.0 && variance > 0.0;
    let own = if seen { (1.0 - within / several / variance).clamp(0.0, 1.0) } else { ALIKE };
    (several * own + ALIKE_DAYS * ALIKE) / (several + ALIKE_DAYS)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Days with one statement each, on a scale of so many levels.
    fn days(levels: usize, ranks: &[usize]) -> Vec<Day> {
        let counts = |rank: usize| (0..levels).map(|level| u32::from(level == rank)).collect();
        ranks.iter().map(|rank| Day { date: chrono::NaiveDate::MIN, counts: counts(*rank) }).collect()
    }

    #[test]
    fn an_opposite_day_of_a_hardliner_stands_apart() {
        let mut ranks = [0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        ranks[7] = 4;
        let days = days(5, &ranks);
        assert_eq!(day_apart(&days), 7);
        assert!(test(&days, Effort::of(9_999), 1).unwrap() < 0.01);
    }

    /// Student's t called such a day a swing.
    #[test]
    fn a_day_one_level_from_a_floor_does_not() {
        let mut ranks = [0; 40];
        (ranks[3], ranks[17], ranks[30]) = (1, 2, 1);
        assert!(test(&days(5, &ranks), Effort::of(9_999), 1).unwrap() > 0.05);
    }

    #[test]
    fn few_or_equal_days_have_none_apart() {
        assert_eq!(test(&days(5, &[0, 4, 0]), Effort::of(99), 1), None);
        assert_eq!(test(&days(5, &[2; 20]), Effort::of(99), 1), Some(1.0));
    }

    /// The last draws are the same ones, so that more of them make the p exact and no other.
    #[test]
    fn it_stops_early_at_the_same_p() {
        let days = days(5, &[0, 1, 0, 3, 0, 1, 2, 0, 0, 1, 0, 1, 0, 0]);
        let p = |enough| test(&days, Effort { enough, ..Effort::of(99_999) }, 1).unwrap();
        let (soon, late) = (p(500), p(usize::MAX));
        assert!((soon / late - 1.0).abs() < 0.2, "{soon} {late}");
    }
}

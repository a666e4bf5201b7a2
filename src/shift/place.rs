//! After days were found to differ: when, by how much, and at once or little by little.

use std::ops::RangeInclusive;

use chrono::NaiveDate;
use serde::Serialize;

use crate::codebook::Issue;
use crate::math::{exp, ln, square};
use crate::series::Day;
use crate::shift::permutation::{self, inflation};
use crate::shift::score::{Score, scores};

/// The intended certainty of the dates of a shift.
pub const SURE: f64 = 0.9;
/// Days are assumed to spread at least this much, in levels, because positions are rounded.
pub const LEAST_SPREAD: f64 = 0.5;

/// The days from one split to the next.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Side {
    /// The mean position, with a day of m statements counted as 2m / (m + 1): a number on the issue's
    /// scale.
    pub mean: f64,
    /// The same as a rank: how many levels are below it.
    #[serde(skip)]
    pub rank: f64,
    /// Its standard error, in levels, including the dependence of days; `None` for fewer than 3 days.
    pub error: Option<f64>,
    /// How many days.
    pub days: usize,
    /// How many statements.
    pub statements: usize,
}

impl Side {
    /// What some days show together. There must be at least one.
    pub fn of(days: &[Day], issue: &Issue) -> Side {
        let rank = mean(days);
        let weight: f64 = days.iter().map(Day::weight).sum();
        let squares: f64 = days.iter().map(|day| square(day.weight())).sum();
        let dependence = || permutation::dependence(&scores(days), days.len());
        let error = || spread(days) * (squares * inflation(dependence())).sqrt() / weight;
        Side {
            mean: issue.value(rank),
            rank,
            error: (days.len() > 2).then(error),
            days: days.len(),
            statements: days.iter().map(Day::statements).sum(),
        }
    }
}

/// The mean rank of some days.
pub fn mean(days: &[Day]) -> f64 {
    let weight: f64 = days.iter().map(Day::weight).sum();
    days.iter().map(|day| day.weight() * day.mean()).sum::<f64>() / weight
}

/// The share of pairs of a later and an earlier statement in which the later one is higher, with ties
/// counted half: 0 to 1, and ½ if nothing has changed. A. Vargha, H. Delaney, J Educ Behav Stat 25 (2000).
/// Every statement counts the same, so that a reader can count the pairs.
pub fn superiority(before: &[Day], after: &[Day]) -> f64 {
    let levels = before.iter().chain(after).map(|day| day.counts.len()).max().unwrap_or(0);
    let counts = |days: &[Day]| -> Vec<u64> {
        let at =
            |level: usize| days.iter().filter_map(|day| day.counts.get(level)).map(|count| u64::from(*count)).sum();
        (0..levels).map(at).collect()
    };
    let (before, after) = (counts(before), counts(after));
    // Twice the number of pairs, so that ties are whole.
    let (mut below, mut higher) = (0, 0);
    for (before, after) in before.iter().zip(&after) {
        higher += after * (2 * below + before);
        below += before;
    }
    higher as f64 / (2 * below * after.iter().sum::<u64>()) as f64
}

/// The sum of the weighted squares that remain after the means of the parts between splits.
fn left_after(days: &[Score], splits: &[usize]) -> f64 {
    let mut left = 0.0;
    let mut from = 0;
    for to in splits.iter().copied().chain([days.len()]) {
        let part = &days[from..to];
        let weight: f64 = part.iter().map(|day| day.weight).sum();
        let mean = part.iter().map(|day| day.weight * day.ridit).sum::<f64>() / weight.max(f64::MIN_POSITIVE);
        left += part.iter().map(|day| day.weight * square(day.ridit - mean)).sum::<f64>();
        from = to;
    }
    left
}

/// The range of splits that contains the shift, with probability [`SURE`].
///
/// Every split with two days or more on either side is assumed to be equally likely beforehand. Its
/// likelihood assumes two means with normal errors of unknown variance, for as many days as there are
/// over √((1 + ρ) / (1 − ρ)). The outer 5 % on either side are left out. After A. Smith, "A Bayesian
/// approach to inference about a change-point", Biometrika 62 (1975), calibrated by simulation. The root
/// comes from the calibration: without it, dates of dependent days are too narrow (84 % at ρ = 0.4);
/// with its square, dates of all days are too wide (97 %).
pub fn dates(days: &[Score], split: usize) -> RangeInclusive<usize> {
    const ASIDE: usize = 2;
    // A fit without any error would make every other split impossible.
    const ROUNDED: f64 = 0.05;
    let count = days.len();
    if count < 2 * ASIDE + 1 {
        return split..=split;
    }
    let effective = count as f64 / inflation(permutation::dependence(days, split)).sqrt();
    let floor = count as f64 * ROUNDED * ROUNDED;
    let log: Vec<f64> = (ASIDE..=count - ASIDE)
        .map(|split| -(effective - 1.0) / 2.0 * ln(left_after(days, &[split]) + floor))
        .collect();
    let most = log.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let likely: Vec<f64> = log.iter().map(|log| exp(log - most)).collect();
    let all: f64 = likely.iter().sum();
    let outside = (1.0 - SURE) / 2.0 * all;
    let tail_end = |mut sums: Box<dyn Iterator<Item = f64> + '_>| {
        let mut sum = 0.0;
        sums.position(|share| {
            sum += share;
            sum > outside
        })
        .unwrap_or(0)
    };
    let first = ASIDE + tail_end(Box::new(likely.iter().copied()));
    let last = count - ASIDE - tail_end(Box::new(likely.iter().rev().copied()));
    first.min(split)..=last.max(split)
}

/// Whether the change was gradual: whether a straight line fits the days no worse than means between the
/// splits do. Against one split, the better fit decides. With few days this favours the split, because
/// the split was searched for. Every further split chooses two more numbers, and has to earn them by the
/// Bayesian information criterion (G. Schwarz, Ann Stat 6, 1978), in which dependent days count for
/// less.
pub fn is_gradual(days: &[Score], dates: &[NaiveDate], splits: &[usize]) -> bool {
    let line = line(days.iter().zip(dates).map(|(day, date)| (*date, day.weight, day.ridit)));
    let split = splits.first().copied().unwrap_or(days.len());
    let effective = days.len() as f64 / inflation(permutation::dependence(days, split));
    let further = 2.0 * splits.len().saturating_sub(1) as f64;
    let earned = further * ln(effective.max(1.0)) / effective;
    ln(line.left) <= ln(left_after(days, splits)) + earned
}

/// A straight line through days, by weighted least squares.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FittedLine {
    /// The value on the first of the days.
    pub first: f64,
    /// The value on the last.
    pub last: f64,
    /// The weighted squares that remain.
    left: f64,
}

/// Fits a line to days, each with a date, a weight and a value.
pub fn line(days: impl Iterator<Item = (NaiveDate, f64, f64)> + Clone) -> FittedLine {
    let (Some(start), Some(end)) = (days.clone().map(|day| day.0).min(), days.clone().map(|day| day.0).max()) else {
        return FittedLine { first: 0.0, last: 0.0, left: 0.0 };
    };
    let x = |date: NaiveDate| (date - start).num_days() as f64;
    let sum = |of: &dyn Fn((NaiveDate, f64, f64)) -> f64| days.clone().map(of).sum::<f64>();
    let weight = sum(&|(_, weight, _)| weight);
    let (mean_x, mean_y) = (sum(&|(date, w, _)| w * x(date)) / weight, sum(&|(_, w, y)| w * y) / weight);
    let spread = sum(&|(date, w, _)| w * square(x(date) - mean_x));
    let shared = sum(&|(date, w, y)| w * (x(date) - mean_x) * (y - mean_y));
    let slope = if spread > 0.0 { shared / spread } else { 0.0 };
    let at = |date: NaiveDate| mean_y + slope * (x(date) - mean_x);
    let left = sum(&|(date, w, y)| w * square(y - at(date)));
    FittedLine { first: at(start), last: at(end), left }
}

/// How much the means of the days spread about their mean, in levels: at least half a level.
pub fn spread(days: &[Day]) -> f64 {
    let mean = mean(days);
    let squares: f64 = days.iter().map(|day| square(day.mean() - mean)).sum();
    (squares / (days.len() as f64 - 1.0).max(1.0)).sqrt().max(LEAST_SPREAD)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The highest rank in these tests.
    const MOST: usize = 25;

    /// Days with one statement each, at ranks up to [`MOST`].
    fn days(ranks: &[usize]) -> Vec<Day> {
        let date = |day: usize| NaiveDate::from_num_days_from_ce_opt(740_000 + day as i32).unwrap();
        let counts = |rank: usize| (0..=MOST).map(|level| u32::from(level == rank)).collect();
        ranks.iter().enumerate().map(|(i, rank)| Day { date: date(i), counts: counts(*rank) }).collect()
    }

    #[test]
    fn superiority_counts_pairs_and_halves_ties() {
        let mut several = days(&[1, 3]);
        several[0].counts[1] = 3;
        // 1 1 1 3 against 2: of 4 pairs, 3 are higher.
        assert!((superiority(&several, &days(&[2])) - 0.75).abs() < 1e-12);
        // 3 3 4 against 1 3: of 6 pairs, 4 are higher and 2 are ties.
        assert!((superiority(&days(&[1, 3]), &days(&[3, 3, 4])) - 5.0 / 6.0).abs() < 1e-12);
        assert!((superiority(&days(&[2]), &days(&[2])) - 0.5).abs() < 1e-12);
        assert!(superiority(&days(&[2]), &days(&[1])).abs() < 1e-12);
    }

    #[test]
    fn a_line_goes_through_points_that_lie_on_one() {
        let date = |day: i32| NaiveDate::from_num_days_from_ce_opt(740_000 + day).unwrap();
        let points = [(date(0), 1.0, 1.0), (date(10), 2.0, 2.0), (date(40), 1.0, 5.0)];
        let line = line(points.into_iter());
        assert!((line.first - 1.0).abs() < 1e-12 && (line.last - 5.0).abs() < 1e-12 && line.left < 1e-12);
    }

    #[test]
    fn the_dates_of_a_clear_split_are_narrow_and_hold_it() {
        let score = |place: usize| Score { ridit: if place < 20 { 0.2 } else { 0.8 }, weight: 1.0 };
        let days: Vec<Score> = (0..40).map(score).collect();
        assert_eq!(dates(&days, 20), 20..=20);
        let noisy: Vec<Score> = (0..40)
            .map(|i| Score { ridit: score(i).ridit + 0.3 * f64::from((i * 7 % 5) as u8), weight: 1.0 })
            .collect();
        let found = dates(&noisy, 20);
        assert!(found.contains(&20) && found.end() - found.start() < 10, "{found:?}");
    }
}

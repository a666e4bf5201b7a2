//! Once days differ: when, by how much, at once or little by little, and which day stands apart.

use std::ops::RangeInclusive;

use chrono::NaiveDate;
use serde::Serialize;
use statrs::distribution::{ContinuousCDF, StudentsT};

use crate::codebook::Issue;
use crate::math::{exp, ln, square};
use crate::series::Day;
use crate::shift::permutation::{self, Score, inflation};

/// How sure the dates of a shift are meant to be.
pub const SURE: f64 = 0.9;
/// No less than this is taken to be the spread of the other days, in levels: positions are rounded.
const LEAST_SPREAD: f64 = 0.5;

/// The days from one split to the next.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Side {
    /// The mean position, a day of m statements counting 2m / (m + 1): a number on the issue's scale.
    pub mean: f64,
    /// The same as a rank: how many levels lie below it.
    #[serde(skip)]
    pub rank: f64,
    /// Its standard error, in levels, dependence of days included; `None` for fewer than three days.
    pub error: Option<f64>,
    /// How many days.
    pub days: usize,
    /// How many statements.
    pub statements: usize,
}

/// A day that stands apart.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Apart {
    /// Its place among the days.
    pub day: usize,
    /// How likely so distant a day is among as many that differ by chance; corrected for the number
    /// of days looked at.
    pub p: f64,
}

impl Side {
    /// What some days say together; they are not empty.
    pub fn of(days: &[Day], issue: &Issue) -> Side {
        let rank = mean(days);
        let weight: f64 = days.iter().map(Day::weight).sum();
        let squares: f64 = days.iter().map(|day| square(day.weight())).sum();
        let dependence = || permutation::dependence(&permutation::scores(days), days.len());
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

/// The probability that a statement of a day after stands higher than one of a day before, a tie
/// counting half: 0 to 1, ½ where nothing has changed. A. Vargha, H. Delaney, J Educ Behav Stat 25
/// (2000), with days weighted as in the mean.
pub fn superiority(before: &[Day], after: &[Day]) -> f64 {
    let levels = before.iter().chain(after).map(|day| day.counts.len()).max().unwrap_or(0);
    let shares = |days: &[Day]| -> Vec<f64> {
        let mut shares = vec![0.0; levels];
        for day in days {
            let share = day.weight() / day.statements() as f64;
            shares.iter_mut().zip(&day.counts).for_each(|(sum, count)| *sum += share * f64::from(*count));
        }
        shares
    };
    let (before, after) = (shares(before), shares(after));
    let (mut below, mut higher) = (0.0, 0.0);
    for (before, after) in before.iter().zip(&after) {
        higher += after * (below + before / 2.0);
        below += before;
    }
    higher / (below * after.iter().sum::<f64>())
}

/// The sum of the weighted squares of what is left after the means of the parts between splits.
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

/// The splits within which the shift happened, with probability [`SURE`].
///
/// Every split with two days or more on either side is taken to be equally likely beforehand; the
/// likelihood of each is that of two means with normal errors of unknown variance, of as many days as
/// there are over √((1 + ρ) / (1 − ρ)). What lies in the outer 5 % on either side is left out. After A.
/// Smith, "A Bayesian approach to inference about a change-point", Biometrika 62 (1975), and calibrated
/// by simulation, which the root comes from: without it dates of dependent days are too narrow (84 % at ρ = 0.4), with its square
/// those of all days are too wide (97 %).
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

/// Whether the change was gradual: whether a straight line through the days describes them no worse
/// than means between the splits do. Against one split the better fit decides, which favours the split
/// where days are few, since it was searched for; every further split
/// chooses two numbers more, and has to earn them by the Bayesian information criterion (G. Schwarz,
/// Ann Stat 6, 1978), dependent days counting for less.
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
    /// The weighted squares of what it leaves.
    left: f64,
}

/// Fits a line to days of a date, a weight and a value.
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

/// The day farthest from the mean of the others, and how likely that is by chance: the largest deleted
/// residual against Student's t, times the number of days. F. Grubbs, "Procedures for detecting
/// outlying observations in samples", Technometrics 11 (1969). The others are taken to spread by half a
/// level at least. `None` for fewer than four days.
pub fn day_apart(days: &[Day]) -> Option<Apart> {
    if days.len() < 4 {
        return None;
    }
    let weight: f64 = days.iter().map(Day::weight).sum();
    let sum: f64 = days.iter().map(|day| day.weight() * day.mean()).sum();
    let squares: f64 = days.iter().map(|day| day.weight() * square(day.mean())).sum();
    let freedom = days.len() as f64 - 2.0;
    let distance = |day: &Day| {
        let others = weight - day.weight();
        let mean = (sum - day.weight() * day.mean()) / others;
        let left = squares - day.weight() * square(day.mean()) - others * mean * mean;
        let spread = (left.max(0.0) / freedom).sqrt().max(LEAST_SPREAD);
        (day.mean() - mean).abs() / (spread * (1.0 / day.weight() + 1.0 / others).sqrt())
    };
    let (day, farthest) =
        days.iter().map(distance).enumerate().max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)))?;
    let t = StudentsT::new(0.0, 1.0, freedom).ok()?;
    Some(Apart { day, p: (2.0 * t.sf(farthest) * days.len() as f64).min(1.0) })
}

/// How much the days' means spread about their mean, in levels, half a level at least.
pub fn spread(days: &[Day]) -> f64 {
    let mean = mean(days);
    let squares: f64 = days.iter().map(|day| square(day.mean() - mean)).sum();
    (squares / (days.len() as f64 - 1.0).max(1.0)).sqrt().max(LEAST_SPREAD)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The highest rank of these tests.
    const MOST: usize = 25;

    /// Days with a statement each, at ranks up to [`MOST`].
    fn days(ranks: &[usize]) -> Vec<Day> {
        let date = |day: usize| NaiveDate::from_num_days_from_ce_opt(740_000 + day as i32).unwrap();
        let counts = |rank: usize| (0..=MOST).map(|level| u32::from(level == rank)).collect();
        ranks.iter().enumerate().map(|(i, rank)| Day { date: date(i), counts: counts(*rank) }).collect()
    }

    #[test]
    fn superiority_counts_pairs_and_halves_ties() {
        // 3 3 4 against 1 3: of six pairs four are higher and two tied.
        assert!((superiority(&days(&[1, 3]), &days(&[3, 3, 4])) - 5.0 / 6.0).abs() < 1e-12);
        assert!((superiority(&days(&[2]), &days(&[2])) - 0.5).abs() < 1e-12);
        assert!(superiority(&days(&[2]), &days(&[1])).abs() < 1e-12);
    }

    /// F. Grubbs, Technometrics 11 (1969), table I: of 10 values, one 2.290 standard deviations away is
    /// significant at 5 % on either side.
    #[test]
    fn a_day_apart_has_the_p_of_grubbs() {
        // Nine days spread as a sample of ten with the tenth 2.29 of its own deviations from the mean.
        let near = |p: f64, expected: f64| assert!((p / expected - 1.0).abs() < 0.35, "{p}");
        let found = day_apart(&days(&[10, 11, 10, 12, 9, 10, 11, 8, 10, 13])).unwrap();
        assert_eq!(found.day, 9);
        // Mean 10.4, deviation 1.43: 1.82 deviations, far from 2.29.
        assert!(found.p > 0.2);
        let found = day_apart(&days(&[20, 21, 20, 22, 19, 20, 21, 19, 20, 25])).unwrap();
        // Mean 20.7, deviation 1.77: 2.43 deviations; the critical value at 1 % (5 % on one side of ten) is 2.482.
        near(found.p, 0.013);
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

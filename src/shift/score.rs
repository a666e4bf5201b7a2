//! The days of a series as the tests see them.
//!
//! A day's score is the mean rank of its statements among all statements (their ridit), so only the
//! order of the levels counts.

use crate::series::Day;

/// The fewest days for a test. With fewer, no order of days is rare enough.
pub const FEWEST_DAYS: usize = 8;
/// The fewest days on either side of a shift; in longer series it is a tenth of the days.
pub const FEWEST_ASIDE: usize = 3;
/// Sums of the same numbers in another order differ by less than this.
pub const ROUNDING: f64 = 1e-9;

/// One day in a test.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Score {
    /// The mean ridit of its statements, 0 to 1.
    pub ridit: f64,
    /// The weight of the day, 1 to 2.
    pub weight: f64,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ridits_are_mean_ranks() {
        let day = |counts: [u32; 4]| Day { date: chrono::NaiveDate::MIN, counts: counts.to_vec() };
        // Ranks 0 0 1 3: ridits (0 + 2) / 8, twice; (2 + 3) / 8; (3 + 4) / 8.
        let scores = scores(&[day([1, 0, 0, 1]), day([1, 0, 0, 0]), day([0, 1, 0, 0])]);
        let ridits: Vec<f64> = scores.iter().map(|score| score.ridit).collect();
        assert_eq!(ridits, [(0.25 + 0.875) / 2.0, 0.25, 0.625]);
    }
}

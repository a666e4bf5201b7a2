//! What a study could find, before anything is collected. Speakers are simulated and judged by the test itself, so no
//! formula stands between a plan and the test.

use chrono::{Days, NaiveDate};
use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg64Mcg;
use rayon::prelude::*;
use serde::Serialize;
use statrs::distribution::{Continuous, ContinuousCDF, Normal};

use crate::math::{cos, ln, square};
use crate::series::Day;
use crate::shift::family::SHIFT_SHARE;
use crate::shift::permutation::{self, Effort};
use crate::shift::score::{FEWEST_DAYS, scores};
use crate::shift::size::POWER;
use crate::words::hash;

/// What a study is assumed to be like.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Planned {
    /// How many levels the scale has, 2 or more.
    pub levels: usize,
    /// How many statements a day has on average, 1 or more: from 1 to twice as many, all equally likely.
    pub statements: f64,
    /// How much a day resembles the one before it: the autocorrelation of the days' own effects, from 0 to below 1.
    pub ar: f64,
    /// The standard deviation of the days' own effects, in levels. Statements vary about their day by 5/8 of it.
    pub spread: f64,
    /// How many pairs of speaker and issue share the correction.
    pub pairs: usize,
    /// The level of the test.
    pub alpha: f64,
    /// How many speakers are simulated for each of several points of a curve; up to `MOST_DRAWS` times as many if there
    /// are fewer than `USUAL_DAYS` days, because short series cost little.
    pub speakers: usize,
    /// The seed.
    pub seed: u64,
}

/// When a shift comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Moment {
    /// After half of the days.
    #[serde(rename = "halfway")]
    Halfway,
    /// After a quarter of the days.
    #[serde(rename = "after a quarter")]
    Quarter,
}

impl Moment {
    /// Both, in order.
    pub const ALL: [Moment; 2] = [Moment::Halfway, Moment::Quarter];

    /// The words for it.
    pub fn words(self) -> &'static str {
        match self {
            Moment::Halfway => "halfway",
            Moment::Quarter => "after a quarter",
        }
    }

    fn share(self) -> f64 {
        match self {
            Moment::Halfway => 0.5,
            Moment::Quarter => 0.25,
        }
    }
}

/// The most days that a plan looks at.
pub const MOST_DAYS: usize = 400;
/// The largest part of a scale over which a mean can move.
const MOST_OF_SCALE: f64 = 0.95;
/// With fewer days than this, more speakers are simulated: as many more as there are fewer days, up to this number of times.
const USUAL_DAYS: usize = 80;
const MOST_DRAWS: usize = 4;
/// Points of a curve about the one that is sought.
const POINTS: usize = 5;

/// The spread of days that is assumed on a scale: what is usual on 5 levels, and on longer scales in proportion.
pub fn usual_spread(levels: usize) -> f64 {
    (0.16 * levels as f64).max(0.8)
}

impl Planned {
    /// The largest shift of a mean that this scale has room for, in levels.
    pub fn largest(&self) -> f64 {
        MOST_OF_SCALE * (self.levels as f64 - 1.0)
    }

    /// How often a shift of the mean by `size` levels is found in so many days, from 0 to 1.
    pub fn power(&self, when: Moment, days: usize, size: f64) -> f64 {
        self.found(when, days, size, POINTS * self.draws(days), 0)
    }

    /// How many speakers are simulated for a point of a curve.
    fn draws(&self, days: usize) -> usize {
        self.speakers * (USUAL_DAYS / days.max(1)).clamp(1, MOST_DRAWS)
    }

    /// The smallest shift that is found 4 times in 5 in so many days, in levels; `None` if the scale has no room for it.
    pub fn size(&self, when: Moment, days: usize) -> Option<f64> {
        let (mut low, mut high) = (0.0, self.largest());
        if days < FEWEST_DAYS || self.found(when, days, high, self.speakers, 1) < POWER {
            return None;
        }
        for step in 0..5 {
            let middle = f64::midpoint(low, high);
            let power = self.found(when, days, middle, self.speakers.div_ceil(2), 2 + step);
            if power < POWER { low = middle } else { high = middle }
        }
        let about = f64::midpoint(low, high);
        let sizes = around(about, 0.35).map(|size| size.min(self.largest()));
        let points = sizes.map(|size| (size, size));
        let draws = self.draws(days);
        let power = |place, size| (self.found(when, days, size, draws, 10 + place), draws);
        Planned::solved(&points, power).or(Some(about)).map(|size| size.min(self.largest()))
    }

    /// The fewest days in which a shift of `size` levels is found 4 times in 5; `None` if it takes more than
    /// [`MOST_DAYS`].
    pub fn days(&self, when: Moment, size: f64) -> Option<usize> {
        let power = |days: usize, speakers: usize, stream: u64| self.found(when, days, size, speakers, stream);
        let (mut low, mut high) = (FEWEST_DAYS, FEWEST_DAYS);
        while power(high, self.speakers.div_ceil(2), 1) < POWER {
            if high == MOST_DAYS {
                return None;
            }
            (low, high) = (high, (2 * high).min(MOST_DAYS));
        }
        if high == FEWEST_DAYS {
            return Some(FEWEST_DAYS);
        }
        for step in 0..3 {
            let middle = usize::midpoint(low, high);
            if power(middle, self.speakers.div_ceil(2), 2 + step) < POWER { low = middle } else { high = middle }
        }
        let about = usize::midpoint(low, high);
        let days = around(about as f64, 0.3).map(|days| (days.round() as usize).clamp(FEWEST_DAYS, MOST_DAYS));
        let points = days.map(|days| (days as f64, (days as f64).sqrt()));
        let root = Planned::solved(&points, |place, days| {
            let draws = self.draws(days as usize);
            (power(days as usize, draws, 10 + place), draws)
        });
        let days = root.map_or(about, |root| square(root).ceil() as usize);
        Some(days.clamp(FEWEST_DAYS, MOST_DAYS))
    }

    /// Where a curve through simulated points is found 4 times in 5. A point is what is simulated, and its place on the
    /// line: the probit of power is a straight line in the size, and in the root of the days. `power` is the share that is
    /// found, and of how many.
    fn solved(points: &[(f64, f64)], power: impl Fn(u64, f64) -> (f64, usize)) -> Option<f64> {
        let normal = Normal::standard();
        let (mut all, mut xs, mut ys, mut xx, mut xy) = (0.0, 0.0, 0.0, 0.0, 0.0);
        for (place, (what, x)) in points.iter().enumerate() {
            let (share, draws) = power(place as u64, *what);
            let least = 0.5 / draws as f64;
            let share = share.clamp(least, 1.0 - least);
            let y = normal.inverse_cdf(share);
            let weight = draws as f64 * square(normal.pdf(y)) / (share * (1.0 - share));
            all += weight;
            xs += weight * x;
            ys += weight * y;
            xx += weight * x * x;
            xy += weight * x * y;
        }
        let slope = (all * xy - xs * ys) / (all * xx - xs * xs);
        let start = (ys - slope * xs) / all;
        let solved = (normal.inverse_cdf(POWER) - start) / slope;
        let (first, last) = (points.first()?.1, points.last()?.1);
        (slope > 0.0 && solved.is_finite()).then(|| solved.clamp(0.8 * first, 1.2 * last))
    }

    /// The share of simulated speakers whose shift is found. Each stream has other speakers.
    fn found(&self, when: Moment, days: usize, size: f64, speakers: usize, stream: u64) -> f64 {
        let step = self.step(size);
        let found = (0..speakers).into_par_iter().filter(|speaker| {
            // Mixed, so that neighbouring seeds share no speaker.
            let parts = [self.seed, stream, days as u64, when as u64, *speaker as u64];
            let seed = hash(parts.into_iter().flat_map(u64::to_le_bytes));
            let mut rng = Pcg64Mcg::seed_from_u64(seed);
            self.is_found(&self.speak(when, days, step, &mut rng), seed)
        });
        found.count() as f64 / speakers as f64
    }

    /// By how much positions must move for their mean to move by `size` levels: less, because the scale ends.
    fn step(&self, size: f64) -> f64 {
        let deviation = self.spread * (1.0 + square(STATEMENTS_SPREAD)).sqrt();
        let normal = Normal::standard();
        let mean = |position: f64| self.cuts().map(|cut| normal.cdf((position - cut) / deviation)).sum::<f64>();
        let (mut low, mut high) = (0.0, 4.0 * (self.levels as f64 + 4.0 * self.spread));
        for _ in 0..60 {
            let middle = f64::midpoint(low, high);
            if mean(middle / 2.0) - mean(-middle / 2.0) < size { low = middle } else { high = middle }
        }
        f64::midpoint(low, high)
    }

    /// Between which positions a level ends and the next begins. The middle of the scale is 0.
    fn cuts(&self) -> impl Iterator<Item = f64> + use<> {
        let middle = self.levels as f64 / 2.0;
        (1..self.levels).map(move |cut| cut as f64 - middle)
    }

    /// A speaker whose position moves by `step` from half below the middle of the scale to half above.
    fn speak(&self, when: Moment, days: usize, step: f64, rng: &mut Pcg64Mcg) -> Vec<Day> {
        let mut state = normal(rng);
        let mut said = Vec::with_capacity(days);
        for day in 0..days {
            if day > 0 {
                state = self.ar * state + (1.0 - square(self.ar)).sqrt() * normal(rng);
            }
            let side = if (day as f64 / days as f64) < when.share() { -0.5 } else { 0.5 };
            let position = side * step + self.spread * state;
            let mut counts = vec![0; self.levels];
            let most = 2.0 * self.statements - 1.0;
            let statements = 1 + (rng.random::<f64>() * most).floor() as usize;
            for _ in 0..statements {
                let own = position + STATEMENTS_SPREAD * self.spread * normal(rng);
                counts[self.cuts().filter(|cut| own > *cut).count()] += 1;
            }
            said.push(Day { date: NaiveDate::MIN + Days::new(day as u64), counts });
        }
        said
    }

    /// Whether the test finds a shift. Most are clear after a few rearrangements.
    fn is_found(&self, days: &[Day], seed: u64) -> bool {
        let level = SHIFT_SHARE * self.alpha / self.pairs as f64;
        let effort = Effort::side(permutation::near(level), level);
        permutation::test(&scores(days), effort, seed).is_some_and(|tested| tested.p <= level)
    }
}

/// The standard deviation of statements about their day, as a part of that of days.
const STATEMENTS_SPREAD: f64 = 0.625;

/// Points about a value, as far from it as a part of it.
fn around(value: f64, part: f64) -> [f64; POINTS] {
    let step = 2.0 * part / (POINTS as f64 - 1.0);
    std::array::from_fn(|place| value * (1.0 - part + step * place as f64))
}

/// A number drawn from the standard normal distribution: G. Box, M. Muller, Ann Math Stat 29 (1958).
fn normal(rng: &mut Pcg64Mcg) -> f64 {
    let (length, angle): (f64, f64) = (rng.random(), rng.random());
    (-2.0 * ln(1.0 - length)).sqrt() * cos(std::f64::consts::TAU * angle)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::series;

    fn planned(levels: usize) -> Planned {
        let spread = usual_spread(levels);
        Planned { levels, statements: 2.0, ar: 0.2, spread, pairs: 1, alpha: 0.05, speakers: 40, seed: 1 }
    }

    #[test]
    fn the_mean_of_many_days_moves_by_the_size() {
        for (levels, size) in [(5, 2.0), (5, 3.5), (2, 0.6), (11, 4.0)] {
            let planned = Planned { ar: 0.0, ..planned(levels) };
            let days = planned.speak(Moment::Halfway, 40_000, planned.step(size), &mut Pcg64Mcg::seed_from_u64(3));
            let mean = |days: &[Day]| days.iter().map(|day| series::mean(&day.counts)).sum::<f64>() / days.len() as f64;
            let (before, after) = days.split_at(20_000);
            assert!((mean(after) - mean(before) - size).abs() < 0.04, "{levels} {size}");
            let statements = days.iter().map(Day::statements).sum::<usize>() as f64 / days.len() as f64;
            assert!((statements - 2.0).abs() < 0.03, "{statements}");
        }
    }

    #[test]
    fn neighbouring_seeds_simulate_other_speakers() {
        let found = |seed: u64| Planned { seed, ..planned(5) }.found(Moment::Halfway, 12, 1.5, 64, 0);
        let shares: Vec<f64> = (0..16).map(found).collect();
        assert!(shares.iter().any(|share| *share != shares[0]), "the same 64 speakers in another order: {shares:?}");
    }

    #[test]
    fn more_days_find_smaller_shifts_and_a_short_scale_has_no_room() {
        let five = planned(5);
        let (few, many) = (five.size(Moment::Halfway, 12).unwrap(), five.size(Moment::Halfway, 30).unwrap());
        assert!(many < few && many > 0.3 && few < 4.0, "{few} {many}");
        assert_eq!(five.size(Moment::Halfway, FEWEST_DAYS - 1), None);
        let strict = Planned { pairs: 1_000, speakers: 4, ..five.clone() };
        assert_eq!(strict.size(Moment::Halfway, 8), None, "no order of 8 days is so rare");
        let days = five.days(Moment::Halfway, few).unwrap();
        assert!((9..=17).contains(&days), "{days}");
        assert_eq!(five.size(Moment::Halfway, 12), Some(few));
        // A size that only just fits is not extrapolated beyond the scale.
        for levels in [2, 3] {
            let short = planned(levels);
            let sizes = (8..16).filter_map(|days| short.size(Moment::Halfway, days));
            assert!(sizes.clone().count() > 0 && sizes.into_iter().all(|size| size <= short.largest()), "{levels}");
        }
    }
}

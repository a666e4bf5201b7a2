//! How often the 95 % intervals of agreement hold the value: `cargo bench --bench agreement [-- --calibration]`.
//!
//! Coders are generated whose errors are known, in worlds that differ in how skewed the labels are, how often coders
//! err, whether statements of one day resemble each other, and whether all is read by more than one. The value is what the same coders reach on 200,000
//! statements. Worlds are divided by a seed: the limits below which there is no interval were chosen on one half, and
//! the other half gives the figures of docs/methods.md. It runs in any profile.

#![allow(clippy::print_stdout, reason = "the figures are what it is for")]

use std::env;

use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg64Mcg;
use rayon::prelude::*;
use stance::agreement::interval::{self, Margin};
use stance::agreement::statistic::{Metric, Ratings, Statistic, Weights};

const LEVELS: usize = 5;
const SIZES: [usize; 5] = [10, 20, 40, 100, 300];
/// 7 coefficients and the difference between 2 coders.
const FIGURES: usize = 8;
const REPEATS: usize = 300;

/// How often each level is right.
const SHARES: [(&str, [f64; LEVELS]); 4] = [
    ("flat", [0.2; LEVELS]),
    ("two ends", [0.4, 0.1, 0.0, 0.1, 0.4]),
    ("skewed", [0.7, 0.15, 0.08, 0.04, 0.03]),
    ("very skewed", [0.88, 0.06, 0.03, 0.02, 0.01]),
];
const ERRORS: [f64; 3] = [0.05, 0.15, 0.35];

#[derive(Clone, Copy)]
struct World {
    shares: (&'static str, [f64; LEVELS]),
    error: f64,
    coders: usize,
    /// Statements of one day.
    a_day: usize,
    /// For each day that all read, so many days follow that only the first coder has read.
    alone: usize,
}

impl World {
    fn name(&self) -> String {
        let World { shares, error, coders, a_day, alone } = self;
        let by_all = if *alone == 0 { String::new() } else { format!(", 1 day of {} by all", alone + 1) };
        format!("{}, {:.0} % wrong, {coders} coders, {a_day} a day{by_all}", shares.0, error * 100.0)
    }

    fn level(&self, rng: &mut Pcg64Mcg) -> usize {
        let mut at = rng.random::<f64>();
        let drawn = self.shares.1.iter().position(|share| {
            at -= share;
            at < 0.0
        });
        drawn.unwrap_or(0)
    }

    /// Statements of one day are alike half the time, and half of the days are twice as hard. `units` are read by all.
    fn labels(&self, units: usize, rng: &mut Pcg64Mcg) -> Labels {
        let (mut rows, mut days) = (Vec::with_capacity(units), Vec::with_capacity(units));
        let (mut of_day, mut error) = (0, 0.0);
        for unit in 0..units * (self.alone + 1) {
            let by_all = (unit / self.a_day).is_multiple_of(self.alone + 1);
            if unit % self.a_day == 0 {
                of_day = self.level(rng);
                let hard = if rng.random::<bool>() { 5.0 / 3.0 } else { 1.0 / 3.0 };
                error = if self.a_day == 1 { self.error } else { self.error * hard };
            }
            let right = if rng.random::<bool>() { of_day } else { self.level(rng) };
            let row = (0..self.coders).map(|coder| {
                // The third of three coders has read two thirds.
                let has_read = if by_all { coder < 2 || rng.random_range(0..3) < 2 } else { coder == 0 };
                has_read.then(|| self.given(right, error, rng))
            });
            rows.push(row.collect());
            days.push(unit / self.a_day);
        }
        Labels { rows, days }
    }

    /// A wrong label is at a neighbouring level in 7 of 10 cases, otherwise anywhere.
    fn given(&self, right: usize, error: f64, rng: &mut Pcg64Mcg) -> usize {
        if rng.random::<f64>() >= error {
            return right;
        }
        if rng.random::<f64>() >= 0.7 {
            return rng.random_range(0..LEVELS);
        }
        if rng.random::<bool>() { (right + 1).min(LEVELS - 1) } else { right.saturating_sub(1) }
    }
}

/// What each coder gave to each statement, and the days.
struct Labels {
    rows: Vec<Vec<Option<usize>>>,
    days: Vec<usize>,
}

impl Labels {
    fn ratings(&self) -> Ratings {
        let values = (0..LEVELS).map(|level| level as f64).collect();
        Ratings::new(values, self.rows.clone()).clustered(self.days.clone())
    }

    /// By how much the second coder is higher than the first, who read everything too.
    fn bias(&self) -> (Option<f64>, Margin) {
        let higher = |row: &Vec<Option<usize>>| Some(row[1]? as f64 - row[0]? as f64);
        let differences = self.rows.iter().zip(&self.days).filter_map(|(row, day)| Some((*day, higher(row)?)));
        interval::of_mean(&differences.collect::<Vec<_>>())
    }
}

/// The worlds that the limits were chosen on, and those set aside.
fn split() -> (Vec<World>, Vec<World>) {
    let mut rng = Pcg64Mcg::seed_from_u64(11);
    let mut halves = (Vec::new(), Vec::new());
    for shares in SHARES {
        for error in ERRORS {
            for coders in [2, 3] {
                for a_day in [1, 3] {
                    let half = if rng.random::<bool>() { &mut halves.0 } else { &mut halves.1 };
                    half.push(World { shares, error, coders, a_day, alone: 0 });
                }
            }
        }
    }
    // No limit was chosen on these: 2 coders who both read a tenth of the days.
    halves.1.extend(SHARES.map(|shares| World { shares, error: 0.15, coders: 2, a_day: 1, alone: 9 }));
    halves
}

fn statistics(coders: usize) -> [(&'static str, Statistic); 7] {
    let kappa = |weights| if coders == 2 { Statistic::Cohen(weights) } else { Statistic::Fleiss(weights) };
    [
        ("alpha ordinal", Statistic::Alpha(Metric::Ordinal)),
        ("alpha nominal", Statistic::Alpha(Metric::Nominal)),
        ("AC1", Statistic::Gwet(Weights::Identity)),
        ("AC2", Statistic::Gwet(Weights::Ordinal)),
        ("kappa", kappa(Weights::Identity)),
        ("linear", kappa(Weights::Linear)),
        ("quadratic", kappa(Weights::Quadratic)),
    ]
}

/// How many of the repeats have an interval, and how many of them hold the value.
#[derive(Clone, Copy, Default)]
struct Covered {
    given: usize,
    below: usize,
    above: usize,
}

fn main() {
    let calibration = env::args().any(|arg| arg == "--calibration");
    let (chosen_on, aside) = split();
    let worlds = if calibration { chosen_on } else { aside };
    let mut all: Vec<(usize, usize, Covered)> = Vec::new();
    for (number, world) in worlds.iter().enumerate() {
        let base = (number as u64 + if calibration { 0 } else { 1_000 }) << 32;
        let population = world.labels(200_000, &mut Pcg64Mcg::seed_from_u64(base + 1));
        let ratings = population.ratings();
        let of_all = |statistic: Statistic| ratings.coefficient(statistic).value().unwrap_or(f64::NAN);
        let mut truth: Vec<f64> = statistics(world.coders).iter().map(|(_, statistic)| of_all(*statistic)).collect();
        truth.push(population.bias().0.unwrap_or(f64::NAN));
        println!("{} (alpha {:.2}, AC1 {:.2}, kappa {:.2})", world.name(), truth[0], truth[2], truth[4]);
        for size in SIZES {
            let covered = (0..REPEATS).into_par_iter().map(|repeat| {
                let mut rng = Pcg64Mcg::seed_from_u64(((base + size as u64) << 16) ^ repeat as u64);
                let labels = world.labels(size, &mut rng);
                let ratings = labels.ratings();
                let mut covered = [Covered::default(); FIGURES];
                let mut margins: Vec<Margin> = statistics(world.coders)
                    .iter()
                    .map(|(_, statistic)| ratings.estimate(*statistic).interval)
                    .collect();
                margins.push(labels.bias().1);
                for (place, margin) in margins.into_iter().enumerate() {
                    if let Margin::Known(interval) = margin {
                        covered[place].given = 1;
                        covered[place].below = usize::from(truth[place] < interval.low);
                        covered[place].above = usize::from(truth[place] > interval.high);
                    }
                }
                covered
            });
            let sum = |a: [Covered; FIGURES], b: [Covered; FIGURES]| {
                std::array::from_fn(|place| Covered {
                    given: a[place].given + b[place].given,
                    below: a[place].below + b[place].below,
                    above: a[place].above + b[place].above,
                })
            };
            let covered = covered.reduce(|| [Covered::default(); FIGURES], sum);
            let cells = covered.iter().map(|c| {
                let share = |n: usize| n as f64 / c.given.max(1) as f64 * 100.0;
                if c.given < REPEATS / 20 {
                    "          –".to_owned()
                } else {
                    format!("{:5.1} {:2.0}/{:2.0}", 100.0 - share(c.below + c.above), share(c.below), share(c.above))
                }
            });
            println!("  {size:4}  given {:4}  {}", covered[0].given, cells.collect::<Vec<_>>().join("  "));
            all.extend(covered.iter().enumerate().map(|(place, c)| (size, place, *c)));
        }
    }
    println!("\nAll worlds: mean coverage in % (lowest to highest), and how many worlds");
    let names = statistics(2).map(|(name, _)| name).into_iter().chain(["bias"]);
    for (place, name) in names.enumerate() {
        let cells = SIZES.map(|size| {
            // Where few samples have an interval, they are those that happen to differ much.
            let of = all.iter().filter(|(s, p, c)| (*s, *p) == (size, place) && c.given >= REPEATS / 5);
            let rate = |c: &Covered| 100.0 - 100.0 * (c.below + c.above) as f64 / c.given as f64;
            let rates: Vec<f64> = of.map(|(.., c)| rate(c)).collect();
            let (low, high) = rates.iter().fold((100.0_f64, 0.0_f64), |(low, high), r| (low.min(*r), high.max(*r)));
            let mean = rates.iter().sum::<f64>() / rates.len().max(1) as f64;
            match rates.len() {
                0 => format!("{size}: –"),
                worlds => format!("{size}: {mean:.0} ({low:.0} to {high:.0}), {worlds}"),
            }
        });
        println!("{name:14} {}", cells.join("   "));
    }
}

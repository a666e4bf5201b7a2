//! Speakers whose positions are known, in worlds that differ in what usually goes wrong.

use chrono::{Days, NaiveDate};
use rand::seq::SliceRandom;
use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg64Mcg;
use stance::codebook::IssueIndex;
use stance::series::Series;
use stance::shift::place;
use statrs::distribution::{ContinuousCDF, Normal};

/// How the position goes, by the share of days that have passed. Sizes are in levels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Path {
    /// It stays.
    Steady,
    /// A step of a size after a share of the days.
    Step(f64, f64),
    /// Half the size at a third of the days, the other half at two thirds.
    TwoSteps(f64),
    /// Up by a size between two shares, then back.
    Return(f64, f64, f64),
    /// Little by little, over a size.
    Drift(f64),
}

impl Path {
    fn at(self, passed: f64) -> f64 {
        match self {
            Path::Steady => 0.0,
            Path::Step(size, when) if passed < when => -size / 2.0,
            Path::Step(size, _) => size / 2.0,
            Path::TwoSteps(size) if passed < 1.0 / 3.0 => -size / 2.0,
            Path::TwoSteps(_) if passed < 2.0 / 3.0 => 0.0,
            Path::TwoSteps(size) => size / 2.0,
            Path::Return(size, from, to) if passed >= from && passed < to => size / 2.0,
            Path::Return(size, ..) => -size / 2.0,
            Path::Drift(size) => size * (passed - 0.5),
        }
    }
}

/// What makes a level of a position.
#[derive(Debug, Clone, PartialEq)]
pub enum Margin {
    /// Positions are in levels, and rounded to a scale of so many.
    Rounded(usize),
    /// The shares of levels of a steady speaker. Positions are cut at their quantiles.
    Shares(Vec<f64>),
}

/// What else is peculiar.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Twist {
    None,
    /// A wave over the days of the week.
    Weekly,
    /// Three days of ten vary 3.7 times as much as the others.
    Heteroscedastic,
    /// Days are 12 times as dense, and have more statements, in the second half.
    Rate,
    /// Days vary 3 times as much in the second half.
    Variance,
    /// One day at the other end of the scale.
    Outlier,
    /// The days between 2 shares of the series vary so many times as much as the others.
    Wide(f64, f64, f64),
}

/// How speakers are made.
#[derive(Debug, Clone)]
pub struct World {
    pub name: &'static str,
    pub margin: Margin,
    /// The autocorrelation of the days' own effects, in the order of days.
    pub ar: f64,
    /// The standard deviation of days' own effects.
    pub effect: f64,
    /// The standard deviation of statements about their day.
    pub noise: f64,
    pub twist: Twist,
}

fn normal(rng: &mut Pcg64Mcg) -> f64 {
    let (a, b): (f64, f64) = (rng.random(), rng.random());
    (-2.0 * (1.0 - a).ln()).sqrt() * (std::f64::consts::TAU * b).cos()
}

impl World {
    /// How many levels the scale has.
    pub fn levels(&self) -> usize {
        match &self.margin {
            Margin::Rounded(levels) => *levels,
            Margin::Shares(shares) => shares.len(),
        }
    }

    /// Between which positions a level ends and the next begins.
    fn cuts(&self) -> Vec<f64> {
        match &self.margin {
            Margin::Rounded(levels) => (1..*levels).map(|cut| cut as f64 - *levels as f64 / 2.0).collect(),
            Margin::Shares(shares) => {
                let deviation = (self.effect.powi(2) + self.noise.powi(2)).sqrt();
                let law = Normal::new(0.0, deviation).expect("deviations are above 0");
                let all: f64 = shares.iter().sum();
                let mut sum = 0.0;
                let cut = |share: &f64| {
                    sum += share / all;
                    law.inverse_cdf(sum.clamp(1e-9, 1.0 - 1e-9))
                };
                shares[..shares.len() - 1].iter().map(cut).collect()
            }
        }
    }

    /// The means of very many days before and after a step, as ranks, and the share of pairs in which a later statement is
    /// higher. The mean moves less than the position, because the scale ends.
    pub fn seen(&self, size: f64) -> (f64, f64, f64) {
        const DAYS: usize = 10_000;
        let days = self.speak("all", DAYS, Path::Step(size, 0.5), &mut Pcg64Mcg::seed_from_u64(1)).days;
        let (before, after) = days.split_at(DAYS / 2);
        (place::mean(before), place::mean(after), place::superiority(before, after))
    }

    /// The step by which the mean moves by so many levels; `None` if the scale is too short.
    pub fn step(&self, levels: f64) -> Option<f64> {
        let moved = |size: f64| {
            let (before, after, _) = self.seen(size);
            after - before
        };
        let (mut low, mut high) = (0.0, 12.0);
        if moved(high) < levels {
            return None;
        }
        for _ in 0..12 {
            let middle = f64::midpoint(low, high);
            if moved(middle) < levels { low = middle } else { high = middle }
        }
        Some(f64::midpoint(low, high))
    }

    /// A speaker on so many irregular days, in bursts and silences, with 1 to 6 statements each.
    pub fn speak<'s>(&self, speaker: &'s str, days: usize, path: Path, rng: &mut Pcg64Mcg) -> Series<'s> {
        let (cuts, levels) = (self.cuts(), self.levels());
        let start = NaiveDate::from_ymd_opt(2025, 1, 1).expect("a day of the calendar");
        let mut passed = 0_i32;
        let mut state = normal(rng);
        let odd = rng.random_range(0..days);
        let mut series = Series::new(speaker, IssueIndex(0));
        for day in 0..days {
            let late = 2 * day >= days;
            if day > 0 {
                let gap = if rng.random_range(0..10) < 7 { rng.random_range(1..3) } else { rng.random_range(3..20) };
                passed += if self.twist == Twist::Rate && !late { 12 * gap } else { gap };
                state = self.ar * state + (1.0 - self.ar * self.ar).sqrt() * normal(rng);
            }
            let wide = match self.twist {
                Twist::Heteroscedastic if rng.random::<f64>() < 0.3 => 2.2,
                Twist::Heteroscedastic => 0.6,
                Twist::Variance if late => 1.6,
                Twist::Variance => 0.53,
                Twist::Wide(from, to, times) => {
                    let inside = (from..to).contains(&((day as f64 + 0.5) / days as f64));
                    0.92 * if inside { times.sqrt() } else { 1.0 / times.sqrt() }
                }
                _ => 1.0,
            };
            let mut position = path.at(day as f64 / days as f64) + wide * self.effect * state;
            if self.twist == Twist::Weekly {
                position += 1.2 * self.effect * (std::f64::consts::TAU * f64::from(passed.rem_euclid(7)) / 7.0).cos();
            }
            let most = if self.twist == Twist::Rate && !late { 2 } else { 6 };
            for _ in 0..rng.random_range(1..=most) {
                let said = position + wide.sqrt() * self.noise * normal(rng);
                let apart = self.twist == Twist::Outlier && day == odd;
                let level = if apart { levels - 1 } else { cuts.iter().filter(|cut| said > **cut).count() };
                series.add_day(start + Days::new(passed.unsigned_abs().into()), level, levels);
            }
        }
        series
    }
}

/// What is left of a steady speaker if 2 coders divide the days: the first labels the first 60 %, the second the
/// last 60 %, and one level higher on a share of the statements. What both have labelled, and not alike, is a
/// conflict and has no position.
pub fn coded<'s>(mut series: Series<'s>, share: f64, rng: &mut Pcg64Mcg) -> Series<'s> {
    let days = series.days.len();
    for (place, day) in series.days.iter_mut().enumerate() {
        let (first, second) = (5 * place < 3 * days, 5 * place >= 2 * days);
        if !second {
            continue;
        }
        let counts = day.counts.clone();
        for (level, count) in counts.iter().enumerate().take(counts.len() - 1) {
            for _ in 0..*count {
                if rng.random::<f64>() < share {
                    day.counts[level] -= 1;
                    day.counts[level + 1] += u32::from(!first);
                }
            }
        }
    }
    series.days.retain(|day| day.statements() > 0);
    series
}

/// The 20 worlds, with independent days.
fn bodies() -> Vec<World> {
    let world = |name, margin, effect, noise, twist| World { name, margin, ar: 0.0, effect, noise, twist };
    let rounded = |name, levels, effect, noise| world(name, Margin::Rounded(levels), effect, noise, Twist::None);
    let twisted = |name, effect, twist| world(name, Margin::Rounded(5), effect, 0.5, twist);
    let shares =
        |name, shares: &[f64], effect, noise| world(name, Margin::Shares(shares.to_vec()), effect, noise, Twist::None);
    vec![
        rounded("plain", 5, 0.8, 0.5),
        rounded("noisy", 5, 0.8, 1.0),
        twisted("weekly", 0.6, Twist::Weekly),
        twisted("heteroscedastic", 0.7, Twist::Heteroscedastic),
        twisted("rate", 0.8, Twist::Rate),
        twisted("variance", 0.8, Twist::Variance),
        twisted("outlier", 0.6, Twist::Outlier),
        shares("mild", &[0.07, 0.25, 0.38, 0.24, 0.06], 0.7, 0.7),
        shares("floor", &[0.55, 0.32, 0.12, 0.02, 0.0], 0.7, 0.7),
        shares("hard floor", &[0.80, 0.17, 0.03, 0.0, 0.0], 0.7, 0.7),
        shares("ceiling", &[0.0, 0.02, 0.12, 0.32, 0.55], 0.7, 0.7),
        shares("hard ceiling", &[0.0, 0.0, 0.03, 0.17, 0.80], 0.7, 0.7),
        rounded("low icc", 5, 0.3, 0.9),
        rounded("high icc", 5, 0.95, 0.15),
        rounded("2 levels", 2, 0.8, 0.5),
        shares("2 levels skewed", &[0.85, 0.15], 0.8, 0.5),
        rounded("3 levels", 3, 0.8, 0.5),
        rounded("7 levels", 7, 1.1, 0.7),
        rounded("11 levels", 11, 1.7, 1.0),
        shares("11 levels floor", &[0.3, 0.2, 0.15, 0.1, 0.08, 0.07, 0.05, 0.03, 0.01, 0.01, 0.0], 0.8, 0.5),
    ]
}

/// The steady worlds that the constants were chosen on, and those set aside. The seed was drawn before
/// anything was chosen.
pub fn split() -> (Vec<World>, Vec<World>) {
    let (mut calibration, mut aside) = (Vec::new(), Vec::new());
    let mut rng = Pcg64Mcg::seed_from_u64(20_261_129);
    for ar in [0.0, 0.2, 0.4] {
        let mut some: Vec<World> = bodies().into_iter().map(|body| World { ar, ..body }).collect();
        some.shuffle(&mut rng);
        let half = some.split_off(some.len() / 2);
        calibration.extend(some);
        aside.extend(half);
    }
    (calibration, aside)
}

/// More worlds that the constants were chosen on: the days of a part of the series vary 3 or 4 times as much.
pub fn wide() -> Vec<World> {
    let world = |name, from, to, times| {
        let twist = Twist::Wide(from, to, times);
        World { name, margin: Margin::Rounded(5), ar: 0.4, effect: 0.8, noise: 0.5, twist }
    };
    vec![
        world("first half varies 3 times", 0.0, 0.5, 3.0),
        world("last third varies 4 times", 0.67, 1.0, 4.0),
        world("first quarter varies 3 times", 0.0, 0.25, 3.0),
        world("middle third varies 3 times", 0.33, 0.67, 3.0),
    ]
}

/// A world by its name.
pub fn body(name: &str, ar: f64) -> World {
    let body = bodies().into_iter().find(|body| body.name == name).expect("there is a world of that name");
    World { ar, ..body }
}

/// Speakers whose position changes.
pub struct Alternative {
    pub name: &'static str,
    pub world: World,
    pub days: usize,
    pub path: Path,
}

/// The changes that the constants were chosen on.
pub fn alternatives(ar: f64) -> Vec<Alternative> {
    let alternative = |name, days, path| Alternative { name, world: body("plain", ar), days, path };
    vec![
        alternative("2 levels halfway, 12 days", 12, Path::Step(2.0, 0.5)),
        alternative("2 levels after a quarter, 12 days", 12, Path::Step(2.0, 0.25)),
        alternative("2 levels halfway, 20 days", 20, Path::Step(2.0, 0.5)),
        alternative("2 levels after a quarter, 20 days", 20, Path::Step(2.0, 0.25)),
        alternative("2 steps of 1 level, 20 days", 20, Path::TwoSteps(2.0)),
        alternative("1 level halfway, 20 days", 20, Path::Step(1.0, 0.5)),
        alternative("1 level halfway, 40 days", 40, Path::Step(1.0, 0.5)),
        alternative("1 level after a quarter, 40 days", 40, Path::Step(1.0, 0.25)),
        alternative("drift of 2 levels, 40 days", 40, Path::Drift(2.0)),
        alternative("there and back, 2 levels, 40 days", 40, Path::Return(2.0, 1.0 / 3.0, 2.0 / 3.0)),
        alternative("there and back, 2 levels, 80 days", 80, Path::Return(2.0, 1.0 / 3.0, 2.0 / 3.0)),
        alternative("1 level halfway, 80 days", 80, Path::Step(1.0, 0.5)),
    ]
}

/// The changes that had no part in that.
pub fn alternatives_aside(ar: f64) -> Vec<Alternative> {
    let alternative = |name, world, days, path| Alternative { name, world: body(world, ar), days, path };
    vec![
        alternative("noisy, 2 levels after 0.35, 20 days", "noisy", 20, Path::Step(2.0, 0.35)),
        alternative("noisy, 1.5 levels after 0.7, 30 days", "noisy", 30, Path::Step(1.5, 0.7)),
        alternative("7 levels, 2 levels after 0.6, 16 days", "7 levels", 16, Path::Step(2.0, 0.6)),
        alternative("3 levels, 1 level after 0.4, 24 days", "3 levels", 24, Path::Step(1.0, 0.4)),
        alternative("2 levels skewed, 1.5 after 0.5, 30 days", "2 levels skewed", 30, Path::Step(1.5, 0.5)),
        alternative("floor, 1.5 after 0.3, 30 days", "floor", 30, Path::Step(1.5, 0.3)),
        alternative("11 levels, drift of 4 levels, 40 days", "11 levels", 40, Path::Drift(4.0)),
        alternative("noisy, there and back, 2 levels, 60 days", "noisy", 60, Path::Return(2.0, 0.2, 0.6)),
        alternative("plain, there and back, 1.5 levels, 100 days", "plain", 100, Path::Return(1.5, 0.5, 0.8)),
        alternative("heteroscedastic, 1.5 levels after 0.5, 24 days", "heteroscedastic", 24, Path::Step(1.5, 0.5)),
        alternative("7 levels, 2 steps of 1.5 levels, 25 days", "7 levels", 25, Path::TwoSteps(3.0)),
    ]
}

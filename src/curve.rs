//! The curve of a series: a speaker's position on an issue day by day, and how certain it is. It has
//! gaps where nothing was said.

use std::ops::Range;

use chrono::{Days, NaiveDate};
use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg64Mcg;

use crate::codebook::Issue;
use crate::math::{cbrt, square};
use crate::series::{self, Series};

/// The bandwidths to choose from, in days, for a series of [`USUAL_SPAN`] days. Other series have the same
/// shares of their span, and long ones these besides.
pub const BANDWIDTHS: [u32; 6] = [14, 20, 28, 40, 56, 80];
/// The span, in days, for which [`BANDWIDTHS`] are made.
pub const USUAL_SPAN: f64 = 240.0;
/// The narrowest bandwidth, in days.
const NARROWEST: f64 = 3.0;
/// The share of days that must be on the curve. Bandwidths too narrow for this are not chosen.
const SUPPORTED: f64 = 0.75;
/// The fewest days that a value may rest on, counted by their weight in the kernel.
pub const FEWEST_DAYS: f64 = 3.0;
/// A series with fewer days has no curve: there is too little to smooth.
const FEWEST_IN_ALL: usize = 8;
/// How many resamples the band rests on.
pub const RESAMPLES: usize = 500;
/// The share of resamples that are within the band on each day.
pub const BAND: f64 = 0.9;
/// A day has no value if it is farther from every statement than this share of the span and than this many
/// days. A silence twice as long breaks the curve.
const NEAREST: (f64, f64) = (14.0 / USUAL_SPAN, 7.0);
/// Days this close to a predicted day are left out with it, because they resemble it.
const NEIGHBOURS: i64 = 3;

/// The smoothed mean of a series.
#[derive(Debug, Clone, PartialEq)]
pub struct Curve {
    /// Half the width of the kernel, in days.
    pub bandwidth: u32,
    /// A value for each day that has one, by date.
    pub values: Vec<Value>,
}

/// The smoothed mean on one day.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Value {
    /// The day.
    pub date: NaiveDate,
    /// The mean, a number on the issue's scale.
    pub mean: f64,
    /// The lower end of the band.
    pub low: f64,
    /// Its upper end.
    pub high: f64,
    /// How many days it rests on, counted by their weight in the kernel: (Σ w)² / Σ w².
    pub days: f64,
}

impl Curve {
    /// The parts without a gap. A curve has a gap where a day has no value.
    pub fn parts(&self) -> impl Iterator<Item = &[Value]> {
        self.values.chunk_by(|a, b| a.date.succ_opt() == Some(b.date))
    }
}

/// One input of a smoothed mean: the statements of a day, or the statements dated only by one month.
struct Spoken {
    from: NaiveDate,
    to: NaiveDate,
    mean: f64,
    weight: f64,
}

impl Spoken {
    /// The kernel's weight on a day, averaged over the days on which the statement may have been made:
    /// V. Epanechnikov, Theory Probab Appl 14 (1969).
    fn at(&self, date: NaiveDate, bandwidth: u32) -> f64 {
        let kernel = |date: NaiveDate, other: NaiveDate| {
            let apart = (date - other).num_days() as f64 / f64::from(bandwidth);
            (1.0 - apart * apart).max(0.0)
        };
        if self.from == self.to {
            return self.weight * kernel(date, self.from);
        }
        let possible = self.from.iter_days().take_while(|day| *day <= self.to);
        let (sum, count) = possible.fold((0.0, 0.0), |(sum, count), day| (sum + kernel(date, day), count + 1.0));
        self.weight * sum / f64::max(count, 1.0)
    }
}

/// Smooths a series.
///
/// The bandwidth is one of those that leave three quarters of the days on the curve: shares of the span
/// from a seventeenth to a third. The one that best predicts days from those more than 3 days away is chosen (leave-(2l+1)-out
/// cross-validation: C.-K. Chu, J. Marron, Ann Stat 19, 1991); if several are equal, the widest.
///
/// The band covers the middle 90 % of 500 resamples, point by point, and the mean. A resample consists
/// of blocks of ⌈n^⅓⌉ days, and the last day is followed by the first (D. Politis, J. Romano, in:
/// Exploring the Limits of Bootstrap, 1992).
///
/// A series of fewer than 8 days has no curve. A day has no value if it rests on fewer than 3 days, or
/// if nothing was said within a seventeenth of the span, or a week if that is longer. Every part begins and
/// ends on a day with a statement.
pub fn curve(series: &Series<'_>, issue: &Issue, seed: u64) -> Curve {
    let spoken = spoken(series);
    let reach = Reach::of(&spoken);
    let bandwidth = bandwidth(&spoken, &reach);
    if spoken.len() < FEWEST_IN_ALL {
        return Curve { bandwidth, values: Vec::new() };
    }
    let (Some(first), Some(last)) = (spoken.iter().map(|s| s.from).min(), spoken.iter().map(|s| s.to).max()) else {
        return Curve { bandwidth, values: Vec::new() };
    };
    let grid = first.iter_days().take_while(|day| *day <= last);
    let supported: Vec<(NaiveDate, Vec<(usize, f64)>)> =
        grid.filter_map(|date| Some((date, support(&spoken, date, bandwidth, reach.nearest)?))).collect();
    let resampled = resampled(&spoken, &supported, seed);
    let values = supported.iter().zip(resampled).filter_map(|((date, weights), mut means)| {
        // If most resamples have no value on this day, there is no way to say how certain its value is.
        if 2 * means.len() < RESAMPLES {
            return None;
        }
        means.sort_by(f64::total_cmp);
        let quantile = |share: f64| means[((means.len() - 1) as f64 * share).round() as usize];
        let mean = mean(&spoken, weights, |_| 1.0)?;
        let (low, high) = (quantile((1.0 - BAND) / 2.0).min(mean), quantile(1.0 - (1.0 - BAND) / 2.0).max(mean));
        let (mean, low, high) = (issue.value(mean), issue.value(low), issue.value(high));
        Some(Value { date: *date, mean, low, high, days: effective(weights) })
    });
    let curve = Curve { bandwidth, values: values.collect() };
    let values = curve.parts().flat_map(|part| from_said_to_said(part, &spoken)).copied().collect();
    Curve { bandwidth, values }
}

/// The values of a part from its first to its last day with a statement; none if that is a single day.
/// At its ends a part would depend on statements from beyond the silence, and rise or fall with them.
fn from_said_to_said<'v>(part: &'v [Value], spoken: &[Spoken]) -> &'v [Value] {
    let was_said = |value: &Value| spoken.iter().any(|spoken| (spoken.from..=spoken.to).contains(&value.date));
    match (part.iter().position(was_said), part.iter().rposition(was_said)) {
        (Some(first), Some(last)) if first < last => &part[first..=last],
        _ => &[],
    }
}

fn spoken(series: &Series<'_>) -> Vec<Spoken> {
    let of_day = series.days.iter().map(|day| (day.date, day.date, &day.counts));
    // What is dated by the same month counts as one day.
    let of_month = series.months.iter().map(|month| (month.from, month.to, &month.counts));
    let spoken = |(from, to, counts): (NaiveDate, NaiveDate, &Vec<u32>)| Spoken {
        from,
        to,
        mean: series::mean(counts),
        weight: series::weight(counts),
    };
    let mut all: Vec<Spoken> = of_day.chain(of_month).map(spoken).collect();
    all.sort_by_key(|spoken| (spoken.from, spoken.to));
    all
}

fn effective(weights: &[(usize, f64)]) -> f64 {
    let sum: f64 = weights.iter().map(|(_, weight)| weight).sum();
    let squares: f64 = weights.iter().map(|(_, weight)| weight * weight).sum();
    if squares > 0.0 { sum * sum / squares } else { 0.0 }
}

/// The weighted mean, with each day counted `times` as often; `None` if no day counts.
fn mean(spoken: &[Spoken], weights: &[(usize, f64)], times: impl Fn(usize) -> f64) -> Option<f64> {
    let (sum, weight) = weights.iter().fold((0.0, 0.0), |(sum, all), (place, weight)| {
        let weight = weight * times(*place);
        (sum + weight * spoken[*place].mean, all + weight)
    });
    (weight > 0.0).then(|| sum / weight)
}

/// What has weight on a day, by index, if it is enough for a value.
fn support(spoken: &[Spoken], date: NaiveDate, bandwidth: u32, nearest: Days) -> Option<Vec<(usize, f64)>> {
    let weights: Vec<(usize, f64)> = in_reach(spoken, date, bandwidth)
        .map(|place| (place, spoken[place].at(date, bandwidth)))
        .filter(|(_, weight)| *weight > 0.0)
        .collect();
    let near = |(place, _): &(usize, f64)| {
        let (from, to) = (spoken[*place].from.checked_sub_days(nearest), spoken[*place].to.checked_add_days(nearest));
        from.is_none_or(|from| from <= date) && to.is_none_or(|to| date <= to)
    };
    (effective(&weights) >= FEWEST_DAYS && weights.iter().any(near)).then_some(weights)
}

/// The indices of what may be within the kernel. They are consecutive, because the first days are in
/// order.
fn in_reach(spoken: &[Spoken], date: NaiveDate, bandwidth: u32) -> Range<usize> {
    const LONGEST_MONTH: i64 = 31;
    let reach = i64::from(bandwidth);
    spoken.partition_point(|other| (date - other.from).num_days() > reach + LONGEST_MONTH)
        ..spoken.partition_point(|other| (other.from - date).num_days() <= reach)
}

/// How far smoothing may reach in a series: it depends on the days from the first statement to the last.
struct Reach {
    /// The bandwidths to choose from, ascending.
    bandwidths: Vec<u32>,
    /// How far a day may be from the nearest statement.
    nearest: Days,
}

impl Reach {
    fn of(spoken: &[Spoken]) -> Reach {
        let first = spoken.iter().map(|spoken| spoken.from).min();
        let span =
            first.zip(spoken.iter().map(|spoken| spoken.to).max()).map_or(0, |(from, to)| (to - from).num_days());
        let span = span.max(1) as f64;
        let share = |bandwidth: &u32| (f64::from(*bandwidth) * span / USUAL_SPAN).round().max(NARROWEST) as u32;
        let mut bandwidths: Vec<u32> = BANDWIDTHS.iter().map(share).collect();
        if span > USUAL_SPAN {
            bandwidths.extend(BANDWIDTHS);
        }
        bandwidths.sort_unstable();
        bandwidths.dedup();
        let nearest = (NEAREST.0 * span).round().max(NEAREST.1);
        Reach { bandwidths, nearest: Days::new(nearest as u64) }
    }
}

fn bandwidth(spoken: &[Spoken], reach: &Reach) -> u32 {
    /// Up to this many days, every day is predicted; beyond that, this many at even distances.
    const MOST: usize = 400;
    let step = spoken.len().div_ceil(MOST).max(1);
    let days: Vec<&Spoken> = spoken.iter().step_by(step).filter(|day| day.from == day.to).collect();
    let leaves = |bandwidth: &u32| {
        let on_curve = days.iter().filter(|day| support(spoken, day.from, *bandwidth, reach.nearest).is_some()).count();
        on_curve as f64 >= SUPPORTED * days.len() as f64
    };
    let error = |bandwidth: u32| -> f64 {
        let error = |day: &&Spoken| {
            let others = in_reach(spoken, day.from, bandwidth).map(|place| &spoken[place]);
            let apart =
                others.filter(|other| other.from == other.to && (other.from - day.from).num_days().abs() > NEIGHBOURS);
            let (sum, all) = apart.fold((0.0, 0.0), |(sum, all), other| {
                let weight = other.at(day.from, bandwidth);
                (sum + weight * other.mean, all + weight)
            });
            // A day that no other day reaches is predicted by the mean of all.
            let predicted = if all > 0.0 { sum / all } else { overall(spoken) };
            day.weight * square(day.mean - predicted)
        };
        days.iter().map(error).sum()
    };
    let widest = reach.bandwidths.last().copied().unwrap_or(1);
    let best = reach.bandwidths.iter().copied().filter(leaves).map(|bandwidth| (bandwidth, error(bandwidth)));
    let best = best.min_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)));
    best.map_or(widest, |(bandwidth, _)| bandwidth)
}

fn overall(spoken: &[Spoken]) -> f64 {
    let weight: f64 = spoken.iter().map(|spoken| spoken.weight).sum();
    spoken.iter().map(|spoken| spoken.weight * spoken.mean).sum::<f64>() / weight.max(f64::MIN_POSITIVE)
}

/// For each day with a value, the means of the resamples that have one there.
fn resampled(spoken: &[Spoken], supported: &[(NaiveDate, Vec<(usize, f64)>)], seed: u64) -> Vec<Vec<f64>> {
    let mut means = vec![Vec::with_capacity(RESAMPLES); supported.len()];
    if spoken.is_empty() {
        return means;
    }
    let block = cbrt(spoken.len() as f64).ceil() as usize;
    let mut rng = Pcg64Mcg::seed_from_u64(seed);
    let mut times = vec![0.0; spoken.len()];
    for _ in 0..RESAMPLES {
        times.fill(0.0);
        let mut drawn = 0;
        while drawn < spoken.len() {
            let start = rng.random_range(0..spoken.len());
            for place in start..start + block.min(spoken.len() - drawn) {
                times[place % spoken.len()] += 1.0;
            }
            drawn += block;
        }
        for (means, (_, weights)) in means.iter_mut().zip(supported) {
            means.extend(mean(spoken, weights, |place| times[place]));
        }
    }
    means
}

impl Curve {
    /// The part of the curve between two days.
    #[must_use]
    pub fn within(mut self, from: Option<NaiveDate>, to: Option<NaiveDate>) -> Curve {
        let inside = |date| from.is_none_or(|from| from <= date) && to.is_none_or(|to| date <= to);
        self.values.retain(|value| inside(value.date));
        self
    }
}

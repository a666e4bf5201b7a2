//! Intervals by leaving out one cluster after another.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Serialize, Serializer};
use statrs::distribution::{ContinuousCDF, StudentsT};

use crate::math::{Interval, exp, square};

/// An interval, or why there is none.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Margin {
    /// The interval.
    Known(Interval),
    /// There is none.
    Unknown(NoInterval),
}

/// Why there is no interval.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoInterval {
    /// There is no coefficient either.
    Undefined,
    /// No two labels of a unit differ, so nothing shows how often they would.
    NoneDiffer,
    /// There are so few units that an interval would not hold what it claims.
    TooFew,
}

/// What an interval rests on, in clusters.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Basis {
    /// Clusters that two coders or more rated.
    pub clusters: usize,
    /// Clusters with a unit on which labels differ.
    pub differ: usize,
    /// Clusters with labels other than the most frequent one, the farther away the more. If one of them counts for
    /// most of what chance would give, this is near 1. `None` if little depends on it.
    pub rare: Option<f64>,
}

/// Fewest clusters that an interval rests on.
pub const FEWEST: usize = 15;
/// Fewest of them with labels other than the most frequent one.
const FEWEST_RARE: f64 = 10.0;

impl Basis {
    /// Whether an interval holds what it claims, as far as that was simulated.
    fn is_enough(self) -> Result<(), NoInterval> {
        if self.differ == 0 {
            Err(NoInterval::NoneDiffer)
        } else if self.clusters < FEWEST || self.rare.is_some_and(|rare| rare < FEWEST_RARE) {
            Err(NoInterval::TooFew)
        } else {
            Ok(())
        }
    }
}

/// A 95 % interval of a coefficient of agreement, from its values without one cluster of units each.
///
/// The variance is that of the jackknife: B. Efron, C. Stein, "The jackknife estimate of variance", Ann Stat 9 (1981).
/// The interval is symmetric for the logarithm of 1 − coefficient, which is the ratio of observed and expected
/// disagreement, so it never reaches 1. It uses Student's t with one degree of freedom less than there are clusters that two
/// coders or more rated, or clusters that count for what chance would give, if these are fewer. The lower end allows for one more cluster that is
/// labelled as by chance, because large differences are rare and may not have been seen. No coefficient is below −1.
pub fn jackknife(coefficient: f64, without: &[f64], basis: Basis) -> Margin {
    if let Err(why) = basis.is_enough() {
        return Margin::Unknown(why);
    }
    let disagreement = 1.0 - coefficient;
    // Clusters without a comparison have a part in what chance gives, but they show nothing about differences.
    let (clusters, variance) = (basis.clusters as f64, variance(without));
    let errors = student(basis.rare.map_or(clusters, |rare| rare.min(clusters)));
    let factor = |variance: f64| exp(errors * variance.sqrt() / disagreement);
    let unseen = square(1.0 / clusters);
    Margin::Known(Interval {
        low: (1.0 - disagreement * factor(variance + unseen)).max(-1.0),
        high: 1.0 - disagreement / factor(variance),
    })
}

/// The variance of a statistic by the jackknife, from its values without one cluster each.
fn variance(without: &[f64]) -> f64 {
    let clusters = without.len() as f64;
    let mean = without.iter().sum::<f64>() / clusters;
    (clusters - 1.0) / clusters * without.iter().map(|value| square(value - mean)).sum::<f64>()
}

/// How many standard errors half of a 95 % interval is, by the number of clusters, more than 1.
fn student(clusters: f64) -> f64 {
    StudentsT::new(0.0, 1.0, clusters - 1.0).map_or(f64::INFINITY, |student| student.inverse_cdf(0.975))
}

/// The mean of values, and its 95 % interval, symmetric, by the same jackknife. Each value comes with its cluster. The
/// interval is `None` if all values are 0.
pub fn of_mean(values: &[(usize, f64)]) -> (Option<f64>, Margin) {
    let mut clusters: BTreeMap<usize, (f64, f64, bool)> = BTreeMap::new();
    for (cluster, value) in values {
        let part = clusters.entry(*cluster).or_default();
        *part = (part.0 + value, part.1 + 1.0, part.2 || *value != 0.0);
    }
    let (sum, count) = clusters.values().fold((0.0, 0.0), |all, part| (all.0 + part.0, all.1 + part.1));
    if count == 0.0 {
        return (None, Margin::Unknown(NoInterval::Undefined));
    }
    let mean = sum / count;
    let differ = clusters.values().filter(|part| part.2).count();
    let basis = Basis { clusters: clusters.len(), differ, rare: None };
    if let Err(why) = basis.is_enough() {
        return (Some(mean), Margin::Unknown(why));
    }
    let without: Vec<f64> = clusters.values().map(|part| (sum - part.0) / (count - part.1)).collect();
    let unseen = square(1.0 / without.len() as f64);
    let half = student(without.len() as f64) * (variance(&without) + unseen).sqrt();
    (Some(mean), Margin::Known(Interval { low: mean - half, high: mean + half }))
}

impl Margin {
    /// The interval, if there is one.
    pub fn interval(self) -> Option<Interval> {
        match self {
            Margin::Known(interval) => Some(interval),
            Margin::Unknown(_) => None,
        }
    }
}

impl fmt::Display for NoInterval {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            NoInterval::Undefined => "undefined",
            NoInterval::NoneDiffer => "no labels differ",
            NoInterval::TooFew => "too few for an interval",
        })
    }
}

/// The interval, or the words that explain why there is none.
impl Serialize for Margin {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Margin::Known(interval) => interval.serialize(serializer),
            Margin::Unknown(why) => serializer.collect_str(why),
        }
    }
}

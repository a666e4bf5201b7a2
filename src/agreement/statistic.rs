//! The coefficients of agreement, on ratings of any kind, with intervals.
//!
//! Every coefficient is computed from sums over units, so that units can be left out one after another. The tests below
//! compare every formula with published values.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Serialize, Serializer};

use crate::agreement::interval::{self, Basis, Margin, NoInterval};
use crate::math::square;

/// What several coders gave to the same units.
#[derive(Debug, Clone, PartialEq)]
pub struct Ratings {
    /// The categories' numbers, ascending.
    values: Vec<f64>,
    /// A row per unit with a cell per coder: the rank of the category, `None` if the coder gave none.
    units: Vec<Vec<Option<usize>>>,
    /// The cluster of each unit: units of one cluster are not independent.
    clusters: Vec<usize>,
}

/// A coefficient, or why there is none.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Coefficient {
    /// The value. 1 is full agreement, 0 is what chance would give.
    Value(f64),
    /// Not defined for these ratings.
    Undefined(Undefined),
}

/// Why a coefficient is not defined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Undefined {
    /// No unit has labels of two coders.
    NothingToCompare,
    /// Every label is the same, so no agreement beyond chance is possible.
    AllEqual,
    /// The labels leave out what all found to have no position.
    NotInLabels,
}

/// How far two categories are apart, after K. Krippendorff, Content Analysis, 4th ed. (2019), ch. 12.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Metric {
    /// Different is different.
    Nominal,
    /// By the labels that lie between.
    Ordinal,
    /// By the square of the difference.
    Interval,
    /// By the square of the difference over the sum. Categories must not be negative.
    Ratio,
}

/// How much a difference counts in a weighted coefficient, by the categories' ranks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weights {
    /// Any difference counts fully.
    Identity,
    /// By the ranks between.
    Linear,
    /// By their square.
    Quadratic,
    /// K. Gwet, Handbook of Inter-Rater Reliability, 4th ed. (2014), ch. 3: by the pairs of ranks from
    /// one to the other.
    Ordinal,
}

/// A coefficient of agreement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Statistic {
    /// Krippendorff's alpha.
    Alpha(Metric),
    /// Gwet's AC1 (weights `Identity`) and AC2.
    Gwet(Weights),
    /// Cohen's kappa of the first two coders.
    Cohen(Weights),
    /// Fleiss' kappa.
    Fleiss(Weights),
}

/// A coefficient with its 95 % interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Estimate {
    /// The coefficient.
    pub value: Coefficient,
    /// How far it may be off.
    pub interval: Margin,
}

impl Coefficient {
    /// The value, if there is one.
    pub fn value(self) -> Option<f64> {
        match self {
            Coefficient::Value(value) => Some(value),
            Coefficient::Undefined(_) => None,
        }
    }

    /// 1 − observed / expected disagreement.
    fn of(observed: f64, expected: f64) -> Coefficient {
        if expected > 0.0 {
            Coefficient::Value(1.0 - observed / expected)
        } else {
            Coefficient::Undefined(Undefined::AllEqual)
        }
    }
}

impl fmt::Display for Coefficient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Coefficient::Value(value) => write!(f, "{value:.3}"),
            Coefficient::Undefined(why) => write!(f, "undefined ({why})"),
        }
    }
}

impl fmt::Display for Undefined {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Undefined::NothingToCompare => "nothing to compare",
            Undefined::AllEqual => "all labels equal",
            Undefined::NotInLabels => "not in a file of labels",
        })
    }
}

/// The number, or the words that explain why there is none.
impl Serialize for Coefficient {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Coefficient::Value(value) => serializer.serialize_f64(*value),
            Coefficient::Undefined(_) => serializer.serialize_str(&self.to_string()),
        }
    }
}

/// What is summed over units. All coefficients are functions of these sums.
#[derive(Debug, Clone, PartialEq)]
struct Sums {
    /// By category and category, for alpha: pairs of labels, each unit with the weight of its labels.
    coincidences: Vec<f64>,
    /// By category and category: pairs of labels, every unit that two or more rated with the weight 1.
    pairs: Vec<f64>,
    /// By category and category: the labels of the first two coders.
    table: Vec<f64>,
    /// By category: the labels, every unit with the weight 1.
    shares: Vec<f64>,
    /// The units that two or more rated.
    compared: f64,
    /// The units that anybody rated.
    rated: f64,
}

/// What one cluster of units adds.
struct Part {
    sums: Sums,
    /// Whether labels of a unit differ.
    differ: bool,
    /// How far its labels are from the most frequent category, summed.
    distance: f64,
}

impl Part {
    fn new(categories: usize) -> Part {
        Part { sums: Sums::new(categories), differ: false, distance: 0.0 }
    }
}

impl Sums {
    fn new(categories: usize) -> Sums {
        let square = vec![0.0; categories * categories];
        Sums {
            coincidences: square.clone(),
            pairs: square.clone(),
            table: square,
            shares: vec![0.0; categories],
            compared: 0.0,
            rated: 0.0,
        }
    }

    fn add(&mut self, unit: &[Option<usize>]) {
        let count = self.shares.len();
        let ranks = || unit.iter().flatten().copied();
        let rated = ranks().count();
        if let [Some(first), Some(second), ..] = unit {
            self.table[first * count + second] += 1.0;
        }
        ranks().for_each(|rank| self.shares[rank] += 1.0 / rated as f64);
        self.rated += f64::from(u8::from(rated > 0));
        if rated < 2 {
            return;
        }
        self.compared += 1.0;
        for (i, a) in ranks().enumerate() {
            for (_, b) in ranks().enumerate().filter(|(j, _)| i != *j) {
                self.coincidences[a * count + b] += 1.0 / (rated - 1) as f64;
                self.pairs[a * count + b] += 1.0 / (rated * (rated - 1)) as f64;
            }
        }
    }

    /// These sums without others. What is left of rounding is 0.
    fn without(&self, other: &Sums) -> Sums {
        const ROUNDING: f64 = 1e-9;
        let one = |all: f64, part: f64| if all - part < ROUNDING { 0.0 } else { all - part };
        let each = |all: &[f64], part: &[f64]| all.iter().zip(part).map(|(all, part)| one(*all, *part)).collect();
        Sums {
            coincidences: each(&self.coincidences, &other.coincidences),
            pairs: each(&self.pairs, &other.pairs),
            table: each(&self.table, &other.table),
            shares: each(&self.shares, &other.shares),
            compared: one(self.compared, other.compared),
            rated: one(self.rated, other.rated),
        }
    }

    fn share(&self, category: usize) -> f64 {
        self.shares[category] / f64::max(self.rated, 1.0)
    }
}

impl Ratings {
    /// Ratings by the ranks of categories. `values` are the numbers of the categories, ascending. Every rank must
    /// have one. Each unit is a cluster of its own.
    pub fn new(values: Vec<f64>, units: Vec<Vec<Option<usize>>>) -> Ratings {
        debug_assert!(units.iter().flatten().flatten().all(|rank| *rank < values.len()));
        let clusters = (0..units.len()).collect();
        Ratings { values, units, clusters }
    }

    /// The same with the cluster of each unit. Intervals take units of one cluster to be alike.
    pub fn clustered(self, clusters: Vec<usize>) -> Ratings {
        debug_assert_eq!(clusters.len(), self.units.len());
        Ratings { clusters, ..self }
    }

    /// The units that two coders or more rated.
    pub fn compared(&self) -> usize {
        self.units.iter().filter(|unit| unit.iter().flatten().count() > 1).count()
    }

    /// Share of agreeing pairs of coders, averaged over the units that two or more rated, 0 to 1.
    pub fn percent(&self) -> Coefficient {
        self.mean_over_pairs(|a, b| f64::from(u8::from(a == b)))
    }

    /// Share of pairs at most one rank apart, averaged over the units that two or more rated, 0 to 1.
    pub fn within_one(&self) -> Coefficient {
        self.mean_over_pairs(|a, b| f64::from(u8::from(a.abs_diff(b) <= 1)))
    }

    fn mean_over_pairs(&self, agreement: impl Fn(usize, usize) -> f64) -> Coefficient {
        observed(&self.sums(), self.values.len(), agreement)
    }

    /// Krippendorff's alpha, at most 1: the observed disagreement compared with the disagreement expected if all
    /// labels were shuffled. K. Krippendorff, "Computing Krippendorff's alpha-reliability" (2011). Units with one
    /// label have no pair and do not count.
    pub fn alpha(&self, metric: Metric) -> Coefficient {
        self.of(Statistic::Alpha(metric), &self.sums())
    }

    /// Gwet's AC1 (weights `Identity`) and AC2: K. Gwet, "Computing inter-rater reliability and its variance in the
    /// presence of high agreement", Br J Math Stat Psychol 61 (2008), and Handbook of Inter-Rater Reliability, 4th
    /// ed. (2014). At most 1. It stays high if labels are skewed, which lowers alpha and kappa. The chance agreement
    /// uses every rated unit, also those with one label, and all categories of the scale, used or not.
    pub fn gwet(&self, weights: Weights) -> Coefficient {
        self.of(Statistic::Gwet(weights), &self.sums())
    }

    /// Fleiss' kappa, for any number of coders, at most 1: J. Fleiss, "Measuring nominal scale agreement among many
    /// raters", Psychol Bull 76 (1971). Units that not all coders rated are used as in Gwet (2014).
    pub fn fleiss(&self, weights: Weights) -> Coefficient {
        self.of(Statistic::Fleiss(weights), &self.sums())
    }

    /// Cohen's kappa of the first two coders, at most 1: J. Cohen, "A coefficient of agreement for nominal
    /// scales", Educ Psychol Meas 20 (1960). Weighted: Psychol Bull 70 (1968). Units that one of the two did not rate
    /// do not count.
    pub fn cohen(&self, weights: Weights) -> Coefficient {
        self.of(Statistic::Cohen(weights), &self.sums())
    }

    /// A coefficient.
    pub fn coefficient(&self, statistic: Statistic) -> Coefficient {
        self.of(statistic, &self.sums())
    }

    /// A coefficient with its 95 % interval: see [`interval::jackknife`]. Units on which labels differ must lie in
    /// enough clusters, otherwise there is none.
    pub fn estimate(&self, statistic: Statistic) -> Estimate {
        let sums = self.sums();
        let value = self.of(statistic, &sums);
        let Coefficient::Value(coefficient) = value else {
            return Estimate { value, interval: Margin::Unknown(NoInterval::Undefined) };
        };
        let mut parts: BTreeMap<usize, Part> = BTreeMap::new();
        let distance = self.distance_from_most(statistic, &sums);
        for (unit, cluster) in self.units.iter().zip(&self.clusters) {
            let part = parts.entry(*cluster).or_insert_with(|| Part::new(self.values.len()));
            part.sums.add(unit);
            let mut ranks = unit.iter().flatten();
            part.differ |= ranks.next().is_some_and(|first| ranks.any(|other| other != first));
            if unit.iter().flatten().count() > 1 {
                part.distance += unit.iter().flatten().map(|rank| distance[*rank]).sum::<f64>();
            }
        }
        let compared = || parts.values().filter(|part| part.sums.compared > 0.0);
        let total = |of: fn(f64) -> f64| compared().map(|part| of(part.distance)).sum::<f64>();
        let (sum, squares) = (total(|distance| distance), total(square));
        let basis = Basis {
            clusters: compared().count(),
            differ: compared().filter(|part| part.differ).count(),
            rare: (!matches!(statistic, Statistic::Gwet(_))).then(|| square(sum) / squares.max(f64::MIN_POSITIVE)),
        };
        // Alpha and Cohen's kappa are made of pairs, so a cluster without a pair has no part in their variance.
        let of_pairs = matches!(statistic, Statistic::Alpha(_) | Statistic::Cohen(_));
        let counts = |part: &&Part| !of_pairs || part.sums.compared > 0.0;
        let without = |part: &Part| self.of(statistic, &sums.without(&part.sums)).value();
        let left: Vec<f64> = parts.values().filter(counts).filter_map(without).collect();
        Estimate { value, interval: interval::jackknife(coefficient, &left, basis) }
    }

    /// How far each category is from the most frequent one, as the statistic counts it.
    fn distance_from_most(&self, statistic: Statistic, sums: &Sums) -> Vec<f64> {
        let count = self.values.len();
        let totals: Vec<f64> = sums.coincidences.chunks(count.max(1)).map(|row| row.iter().sum()).collect();
        let most = (0..count).max_by(|a, b| totals[*a].total_cmp(&totals[*b])).unwrap_or(0);
        let apart = |category| match statistic {
            Statistic::Alpha(metric) => self.apart(metric, &totals, most, category),
            Statistic::Gwet(weights) | Statistic::Cohen(weights) | Statistic::Fleiss(weights) => {
                1.0 - self.weight(weights, most, category)
            }
        };
        (0..count).map(apart).collect()
    }

    fn sums(&self) -> Sums {
        let mut sums = Sums::new(self.values.len());
        self.units.iter().for_each(|unit| sums.add(unit));
        sums
    }

    fn of(&self, statistic: Statistic, sums: &Sums) -> Coefficient {
        match statistic {
            Statistic::Alpha(metric) => self.alpha_of(metric, &sums.coincidences),
            Statistic::Cohen(weights) => self.cohen_of(weights, &sums.table),
            Statistic::Fleiss(weights) => {
                let expected = self.each_pair(|a, b| self.weight(weights, a, b) * sums.share(a) * sums.share(b));
                self.beyond(weights, sums, expected)
            }
            Statistic::Gwet(weights) => {
                let categories = self.values.len();
                let spread: f64 = (0..categories).map(|a| sums.share(a) * (1.0 - sums.share(a))).sum();
                let total = self.each_pair(|a, b| self.weight(weights, a, b));
                self.beyond(weights, sums, total * spread / (categories * categories.saturating_sub(1)).max(1) as f64)
            }
        }
    }

    fn each_pair(&self, of: impl Fn(usize, usize) -> f64) -> f64 {
        let count = self.values.len();
        (0..count * count).map(|cell| of(cell / count, cell % count)).sum()
    }

    fn alpha_of(&self, metric: Metric, coincidences: &[f64]) -> Coefficient {
        let count = self.values.len();
        let totals: Vec<f64> = coincidences.chunks(count.max(1)).map(|row| row.iter().sum()).collect();
        let all: f64 = totals.iter().sum();
        if all == 0.0 {
            return Coefficient::Undefined(Undefined::NothingToCompare);
        }
        let (mut observed, mut expected) = (0.0, 0.0);
        for a in 0..count {
            for b in 0..count {
                let apart = self.apart(metric, &totals, a, b);
                observed += coincidences[a * count + b] * apart;
                expected += totals[a] * totals[b] * apart;
            }
        }
        Coefficient::of(observed * (all - 1.0), expected)
    }

    /// The squared difference of two categories.
    fn apart(&self, metric: Metric, totals: &[f64], a: usize, b: usize) -> f64 {
        let (low, high) = (a.min(b), a.max(b));
        let (x, y) = (self.values[low], self.values[high]);
        match metric {
            _ if low == high => 0.0,
            Metric::Nominal => 1.0,
            Metric::Ordinal => {
                square(totals[low..=high].iter().sum::<f64>() - f64::midpoint(totals[low], totals[high]))
            }
            Metric::Interval => square(y - x),
            Metric::Ratio => square((y - x) / (y + x)),
        }
    }

    fn cohen_of(&self, weights: Weights, table: &[f64]) -> Coefficient {
        let count = self.values.len();
        let all: f64 = table.iter().sum();
        if all == 0.0 {
            return Coefficient::Undefined(Undefined::NothingToCompare);
        }
        let by_first: Vec<f64> = (0..count).map(|a| table[a * count..(a + 1) * count].iter().sum()).collect();
        let by_second: Vec<f64> = (0..count).map(|b| (0..count).map(|a| table[a * count + b]).sum()).collect();
        let against = |a, b| 1.0 - self.weight(weights, a, b);
        let observed = self.each_pair(|a, b| against(a, b) * table[a * count + b] / all);
        let expected = self.each_pair(|a, b| against(a, b) * by_first[a] * by_second[b] / (all * all));
        Coefficient::of(observed, expected)
    }

    /// The observed agreement beyond the expected.
    fn beyond(&self, weights: Weights, sums: &Sums, expected: f64) -> Coefficient {
        match observed(sums, self.values.len(), |a, b| self.weight(weights, a, b)) {
            Coefficient::Value(observed) => Coefficient::of(1.0 - observed, 1.0 - expected),
            undefined => undefined,
        }
    }

    /// How much of an agreement two categories are, 0 to 1.
    fn weight(&self, weights: Weights, a: usize, b: usize) -> f64 {
        let (apart, most) = (a.abs_diff(b) as f64, self.values.len().saturating_sub(1).max(1) as f64);
        let pairs = |apart: f64| (apart + 1.0) * apart / 2.0;
        match weights {
            Weights::Identity => f64::from(u8::from(a == b)),
            Weights::Linear => 1.0 - apart / most,
            Weights::Quadratic => 1.0 - square(apart / most),
            Weights::Ordinal => 1.0 - pairs(apart) / pairs(most),
        }
    }
}

/// The observed agreement, averaged over the units that two or more coders rated.
fn observed(sums: &Sums, categories: usize, agreement: impl Fn(usize, usize) -> f64) -> Coefficient {
    if sums.compared == 0.0 {
        return Coefficient::Undefined(Undefined::NothingToCompare);
    }
    let each = sums.pairs.iter().enumerate();
    let sum: f64 = each.map(|(cell, pairs)| pairs * agreement(cell / categories, cell % categories)).sum();
    Coefficient::Value(sum / sums.compared)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ratings(categories: usize, rows: &[&[i32]]) -> Ratings {
        let rank = |value: &i32| (*value > 0).then(|| *value as usize - 1);
        let values = (1..=categories).map(|value| value as f64).collect();
        Ratings::new(values, rows.iter().map(|row| row.iter().map(rank).collect()).collect())
    }

    /// A row per word, a digit per coder.
    fn digits(categories: usize, rows: &str) -> Ratings {
        let rows: Vec<Vec<i32>> =
            rows.split_whitespace().map(|row| row.bytes().map(|digit| i32::from(digit - b'0')).collect()).collect();
        ratings(categories, &rows.iter().map(Vec::as_slice).collect::<Vec<_>>())
    }

    fn near(coefficient: Coefficient, published: f64) {
        let value = coefficient.value().unwrap();
        assert!((value - published).abs() < 1e-6, "{value} is not {published}");
    }

    /// What only one coder has read shows nothing about how coders differ, so an interval is not narrower for it.
    #[test]
    fn singly_coded_days_make_no_interval_narrower() {
        let rows = |single: usize| -> Ratings {
            let both = (0..40).map(|day| vec![Some(day % 5), Some((day + usize::from(day % 8 == 0)) % 5)]);
            let one = (0..single).map(|day| vec![Some(4 - usize::from(day % 3 == 0)), None]);
            Ratings::new((1..=5).map(f64::from).collect(), both.chain(one).collect())
        };
        let interval = |single, statistic| rows(single).estimate(statistic).interval.interval().unwrap();
        let (few, many) =
            (interval(0, Statistic::Alpha(Metric::Ordinal)), interval(2_000, Statistic::Alpha(Metric::Ordinal)));
        assert_eq!((few.low, few.high), (many.low, many.high));
        // 15 days by both with one difference, and the same level share by one coder alone.
        let few = |single: usize| -> Ratings {
            let both = (0..15).map(|day| vec![Some(day % 5), Some(if day == 4 { 3 } else { day % 5 })]);
            let one = (0..single).map(|day| vec![Some(day % 5), None]);
            Ratings::new((1..=5).map(f64::from).collect(), both.chain(one).collect())
        };
        let ac2 = |single| few(single).estimate(Statistic::Gwet(Weights::Ordinal)).interval.interval().unwrap();
        let (few, many) = (ac2(0), ac2(2_000));
        assert!((few.low - many.low).abs() < 0.1, "{few:?} {many:?}");
    }

    /// Example C of K. Krippendorff, "Computing Krippendorff's alpha-reliability" (2011): 12 units, 4
    /// observers, 0 for no label.
    fn four_coders() -> Ratings {
        ratings(
            5,
            &[
                &[1, 1, 0, 1],
                &[2, 2, 3, 2],
                &[3, 3, 3, 3],
                &[3, 3, 3, 3],
                &[2, 2, 2, 2],
                &[1, 2, 3, 4],
                &[4, 4, 4, 4],
                &[1, 1, 2, 1],
                &[2, 2, 2, 2],
                &[0, 5, 5, 5],
                &[0, 0, 1, 1],
                &[0, 0, 3, 0],
            ],
        )
    }

    #[test]
    fn four_coders_agree_as_published() {
        let table = four_coders();
        near(table.alpha(Metric::Nominal), 0.743_421_052_631_579);
        near(table.alpha(Metric::Ordinal), 0.815_387_503_754_881_4);
        near(table.alpha(Metric::Interval), 0.849_107_142_857_142_8);
        near(table.alpha(Metric::Ratio), 0.797_402_774_711_612_1);
        assert_eq!(table.compared(), 11);
        // Percent agreement and AC1: K. Gwet, Handbook (2014), table 2.10; R package irrCAC 1.0.
        assert!((table.percent().value().unwrap() - 0.818_181_8).abs() < 1e-7);
        assert!((table.gwet(Weights::Identity).value().unwrap() - 0.775_44).abs() < 5e-6);
        // With weights: Python package irrCAC 0.4.4, `CAC(table, weights=…)`, which prints five places.
        for (weights, gwet, fleiss) in [
            (Weights::Identity, 0.775_44, 0.761_17),
            (Weights::Ordinal, 0.898_94, 0.850_21),
            (Weights::Linear, 0.858_74, 0.817_94),
            (Weights::Quadratic, 0.914_00, 0.864_94),
        ] {
            assert!((table.gwet(weights).value().unwrap() - gwet).abs() < 5.1e-6, "{weights:?}");
            assert!((table.fleiss(weights).value().unwrap() - fleiss).abs() < 5.1e-6, "{weights:?}");
        }
    }

    /// The table of the encyclopedia article on Krippendorff's alpha: 15 units, 3 coders.
    #[test]
    fn three_coders_agree_as_published() {
        let table = ratings(
            4,
            &[
                &[0, 1, 0],
                &[0, 0, 0],
                &[0, 2, 2],
                &[0, 1, 1],
                &[0, 3, 3],
                &[3, 3, 4],
                &[4, 4, 4],
                &[1, 3, 0],
                &[2, 0, 2],
                &[1, 0, 1],
                &[1, 0, 1],
                &[3, 0, 3],
                &[3, 0, 3],
                &[0, 0, 0],
                &[3, 0, 4],
            ],
        );
        near(table.alpha(Metric::Nominal), 0.691_358_024_691_358);
        near(table.alpha(Metric::Ordinal), 0.806_721_419_941_315_3);
        near(table.alpha(Metric::Interval), 0.810_844_892_812_105_9);
    }

    #[test]
    fn two_coders_agree_as_published() {
        let mut rows: Vec<&[i32]> = Vec::new();
        for (row, count) in [(&[1, 1][..], 13), (&[2, 2], 20), (&[2, 3], 7), (&[3, 2], 4), (&[3, 3], 56)] {
            rows.extend(std::iter::repeat_n(row, count));
        }
        let table = ratings(3, &rows);
        // Kappas: scikit-learn 1.9.1, `cohen_kappa_score`; AC1: irrCAC; alpha: Python package krippendorff 0.9.0.
        near(table.cohen(Weights::Identity), 0.796_409_4);
        near(table.cohen(Weights::Linear), 0.842_902_0);
        near(table.cohen(Weights::Quadratic), 0.892_156_9);
        near(table.gwet(Weights::Identity), 0.849_330_5);
        near(table.alpha(Metric::Ordinal), 0.834_007_7);
    }

    /// 20 subjects, 3 raters: `anxiety` of the R package irr 0.84.1.
    #[test]
    fn anxiety_is_rated_as_published() {
        let rows = "332 361 344 464 523 542 221 346 531 231 221 632 133 533 221 221 113 233 432 342";
        let table = digits(6, rows);
        // Python package krippendorff 0.9.0, scikit-learn 1.9.1; R gives .119, .189, .297.
        near(table.alpha(Metric::Nominal), -0.023_725);
        near(table.alpha(Metric::Ordinal), 0.228_387);
        near(table.alpha(Metric::Interval), 0.170_099);
        near(table.alpha(Metric::Ratio), 0.141_801);
        near(table.cohen(Weights::Identity), 0.119_497);
        near(table.cohen(Weights::Linear), 0.189_189);
        near(table.cohen(Weights::Quadratic), 0.296_765);
    }

    /// 30 patients, 6 raters: J. Fleiss (1971), as `diagnoses` of the R package irr 0.84.1.
    #[test]
    fn diagnoses_are_rated_as_published() {
        let rows = "444444 222555 233335 555555 222444 113333 333355 113334 114444 555555 144444 124444 222333 \
             144444 224445 333335 111455 111112 224444 133555 555555 244444 224555 114444 144445 222224 \
             111155 224444 133333 555555";
        let table = digits(5, rows);
        // statsmodels 0.15.0; R gives .430. Alpha and kappa: as above.
        near(table.fleiss(Weights::Identity), 0.430_245);
        near(table.alpha(Metric::Nominal), 0.433_410);
        near(table.cohen(Weights::Identity), 0.651_163);
    }

    /// 20 subjects, 4 raters, of whom the first always says 4: `video` of the R package irr 0.84.1.
    #[test]
    fn a_constant_rater_has_no_kappa_but_zero() {
        let rows = "4434 4445 4455 4444 4324 4434 4325 4434 4334 4334 4434 4334 4444 4444 4434 4444 4444 4444 4444 \
             4554";
        let table = digits(5, rows);
        near(table.alpha(Metric::Nominal), 0.047_724);
        near(table.alpha(Metric::Ordinal), 0.119_463);
        near(table.alpha(Metric::Interval), 0.108_877);
        near(table.alpha(Metric::Ratio), 0.093_639);
        for weights in [Weights::Identity, Weights::Linear, Weights::Quadratic] {
            near(table.cohen(weights), 0.0);
        }
    }

    #[test]
    fn what_is_undefined_says_why() {
        let same = ratings(3, &[&[2, 2], &[2, 2]]);
        assert_eq!(same.alpha(Metric::Ordinal).to_string(), "undefined (all labels equal)");
        assert_eq!(same.cohen(Weights::Identity).to_string(), "undefined (all labels equal)");
        assert_eq!(same.percent(), Coefficient::Value(1.0));
        assert_eq!(same.gwet(Weights::Identity), Coefficient::Value(1.0), "defined: chance would give less");
        let apart = ratings(3, &[&[1, 0], &[0, 2]]);
        for coefficient in [
            apart.alpha(Metric::Nominal),
            apart.percent(),
            apart.cohen(Weights::Linear),
            apart.gwet(Weights::Ordinal),
            apart.fleiss(Weights::Identity),
            ratings(2, &[]).alpha(Metric::Ordinal),
        ] {
            assert_eq!(coefficient.to_string(), "undefined (nothing to compare)");
        }
    }

    /// A coder who rates what no other does changes nothing.
    #[test]
    fn a_coder_without_overlap_adds_nothing() {
        let two = ratings(3, &[&[1, 1], &[2, 2], &[3, 2], &[1, 1]]);
        let three = ratings(3, &[&[1, 1, 0], &[2, 2, 0], &[3, 2, 0], &[1, 1, 0], &[0, 0, 3]]);
        assert_eq!(two.alpha(Metric::Ordinal), three.alpha(Metric::Ordinal));
        assert_eq!(two.cohen(Weights::Linear), three.cohen(Weights::Linear));
    }

    #[test]
    fn the_interval_holds_the_coefficient() {
        let rows: Vec<&[i32]> = (0..40).map(|unit| [&[1, 1][..], &[2, 2], &[3, 3], &[3, 2]][unit % 4]).collect();
        let table = ratings(3, &rows);
        for statistic in [
            Statistic::Alpha(Metric::Ordinal),
            Statistic::Gwet(Weights::Identity),
            Statistic::Cohen(Weights::Linear),
            Statistic::Fleiss(Weights::Quadratic),
        ] {
            let Estimate { value: Coefficient::Value(value), interval: Margin::Known(interval) } =
                table.estimate(statistic)
            else {
                panic!("{statistic:?} has no interval")
            };
            assert!(interval.low < value && value < interval.high && interval.high < 1.0, "{statistic:?}");
        }
    }

    /// The variance of kappa for large samples: J. Fleiss, J. Cohen, B. Everitt, "Large sample standard errors of
    /// kappa and weighted kappa", Psychol Bull 72 (1969). On 1,000 units the jackknife gives nearly the same.
    #[test]
    fn the_interval_is_that_of_large_samples() {
        let mut rows: Vec<&[i32]> = Vec::new();
        for (row, count) in [(&[1, 1][..], 130), (&[2, 2], 200), (&[2, 3], 70), (&[3, 2], 40), (&[3, 3], 560)] {
            rows.extend(std::iter::repeat_n(row, count));
        }
        let table = ratings(3, &rows);
        let cells = [[0.13, 0.0, 0.0], [0.0, 0.2, 0.07], [0.0, 0.04, 0.56]];
        let row = |a: usize| cells[a].iter().sum::<f64>();
        let column = |b: usize| cells.iter().map(|row| row[b]).sum::<f64>();
        let expected: f64 = (0..3).map(|a| row(a) * column(a)).sum();
        let observed: f64 = (0..3).map(|a| cells[a][a]).sum();
        let kappa = (observed - expected) / (1.0 - expected);
        let mut sum = 0.0;
        for (a, cells) in cells.iter().enumerate() {
            for (b, share) in cells.iter().enumerate() {
                let both = if a == b { 1.0 } else { 0.0 };
                sum += share * square(both - (column(a) + row(b)) * (1.0 - kappa));
            }
        }
        let variance = (sum - square(kappa - expected * (1.0 - kappa))) / square(1.0 - expected) / 1_000.0;
        let interval = table.estimate(Statistic::Cohen(Weights::Identity)).interval.interval().unwrap();
        let published = 2.0 * 1.962 * variance.sqrt();
        let width = interval.high - interval.low;
        assert!((width / published - 1.0).abs() < 0.02, "{width} is not near {published}");
    }

    #[test]
    fn without_enough_there_is_no_interval() {
        let of = |rows: &[&[i32]]| ratings(3, rows).estimate(Statistic::Alpha(Metric::Ordinal)).interval;
        assert_eq!(of(&[&[1, 2], &[2, 2]]), Margin::Unknown(NoInterval::TooFew));
        assert_eq!(of(&[&[1, 1], &[2, 2]]), Margin::Unknown(NoInterval::NoneDiffer));
        assert_eq!(of(&[&[2, 2], &[2, 2]]), Margin::Unknown(NoInterval::Undefined));
        // 100 labels, all but a few the same: nothing shows what chance would give.
        let mut rows: Vec<&[i32]> = vec![&[1, 1]; 97];
        rows.extend([&[3, 3][..], &[3, 2], &[2, 2]]);
        assert_eq!(of(&rows), Margin::Unknown(NoInterval::TooFew));
    }

    /// Statements of one day that are labelled alike say as much as one of them.
    #[test]
    fn a_cluster_counts_once() {
        let once: Vec<&[i32]> = (0..40).map(|unit| [&[1, 1][..], &[2, 2], &[3, 3], &[3, 2]][unit % 4]).collect();
        let thrice: Vec<&[i32]> = once.iter().flat_map(|row| [*row; 3]).collect();
        let clustered = ratings(3, &thrice).clustered((0..120).map(|unit| unit / 3).collect());
        let statistic = Statistic::Gwet(Weights::Ordinal);
        let (one, three) = (ratings(3, &once).estimate(statistic), clustered.estimate(statistic));
        let (Margin::Known(one), Margin::Known(three)) = (one.interval, three.interval) else { panic!() };
        assert!((one.low - three.low).abs() < 1e-9 && (one.high - three.high).abs() < 1e-9);
    }
}

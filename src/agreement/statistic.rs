//! The coefficients of agreement, on ratings of any kind.
//!
//! The tests below compare every formula with published values.

use std::fmt;

use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg64Mcg;
use serde::{Serialize, Serializer};

use crate::math::square;

/// What several coders gave to the same units.
#[derive(Debug, Clone, PartialEq)]
pub struct Ratings {
    /// The categories' numbers, ascending.
    values: Vec<f64>,
    /// A row per unit with a cell per coder: the rank of the category, `None` if the coder gave none.
    units: Vec<Vec<Option<usize>>>,
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

/// A percentile interval of a bootstrap over units.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Interval {
    /// Its lower end.
    pub low: f64,
    /// Its upper end.
    pub high: f64,
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

impl Ratings {
    /// Ratings by the ranks of categories. `values` are the numbers of the categories, ascending. Every rank must
    /// have one.
    pub fn new(values: Vec<f64>, units: Vec<Vec<Option<usize>>>) -> Ratings {
        debug_assert!(units.iter().flatten().flatten().all(|rank| *rank < values.len()));
        Ratings { values, units }
    }

    /// The units that two coders or more rated.
    pub fn compared(&self) -> usize {
        self.units.iter().filter(|unit| unit.iter().flatten().count() > 1).count()
    }

    /// Share of agreeing pairs of coders, averaged over the units that two or more rated, 0 to 1.
    pub fn percent(&self) -> Coefficient {
        self.agreement(Weights::Identity)
    }

    /// Share of pairs at most one rank apart, averaged over the units that two or more rated, 0 to 1.
    pub fn within_one(&self) -> Coefficient {
        self.mean_over_pairs(|a, b| f64::from(u8::from(a.abs_diff(b) <= 1)))
    }

    /// The observed agreement, weighted, averaged over the units that two or more coders rated.
    fn agreement(&self, weights: Weights) -> Coefficient {
        self.mean_over_pairs(|a, b| self.weight(weights, a, b))
    }

    fn mean_over_pairs(&self, agreement: impl Fn(usize, usize) -> f64) -> Coefficient {
        let (mut sum, mut units) = (0.0, 0.0);
        for unit in &self.units {
            let ranks: Vec<usize> = unit.iter().flatten().copied().collect();
            if ranks.len() < 2 {
                continue;
            }
            let mut of_unit = 0.0;
            for (i, a) in ranks.iter().enumerate() {
                of_unit +=
                    ranks.iter().enumerate().filter(|(j, _)| i != *j).map(|(_, b)| agreement(*a, *b)).sum::<f64>();
            }
            sum += of_unit / (ranks.len() * (ranks.len() - 1)) as f64;
            units += 1.0;
        }
        if units > 0.0 { Coefficient::Value(sum / units) } else { Coefficient::Undefined(Undefined::NothingToCompare) }
    }

    /// Krippendorff's alpha, at most 1: the observed disagreement compared with the disagreement expected if all
    /// labels were shuffled. K. Krippendorff, "Computing Krippendorff's alpha-reliability" (2011). Units with one
    /// label have no pair and do not count.
    pub fn alpha(&self, metric: Metric) -> Coefficient {
        let units: Vec<usize> = (0..self.units.len()).collect();
        self.alpha_of(metric, &units)
    }

    fn alpha_of(&self, metric: Metric, units: &[usize]) -> Coefficient {
        let count = self.values.len();
        let mut coincidences = vec![0.0; count * count];
        for unit in units {
            let ranks = self.units[*unit].iter().flatten();
            let pairable = ranks.clone().count();
            if pairable < 2 {
                continue;
            }
            for (i, a) in ranks.clone().enumerate() {
                for (_, b) in ranks.clone().enumerate().filter(|(j, _)| i != *j) {
                    coincidences[a * count + b] += 1.0 / (pairable - 1) as f64;
                }
            }
        }
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

    /// A 95 % interval of alpha: the percentiles of a bootstrap over units. B. Efron, R. Tibshirani, An Introduction
    /// to the Bootstrap (1993), ch. 13. `None` if fewer than half of the resamples have an alpha, and if no two
    /// labels differ, because a resample can only contain labels that exist.
    pub fn alpha_interval(&self, metric: Metric, seed: u64) -> Option<Interval> {
        let units: Vec<usize> =
            (0..self.units.len()).filter(|unit| self.units[*unit].iter().flatten().count() > 1).collect();
        let differ = |unit: &usize| {
            let mut ranks = self.units[*unit].iter().flatten();
            ranks.next().is_some_and(|first| ranks.any(|other| other != first))
        };
        if !units.iter().any(differ) {
            return None;
        }
        let resamples = resamples(units.len());
        let mut rng = Pcg64Mcg::seed_from_u64(seed);
        let mut drawn = vec![0; units.len()];
        let mut alphas = Vec::with_capacity(resamples);
        for _ in 0..resamples {
            drawn.fill_with(|| units[rng.random_range(0..units.len())]);
            alphas.extend(self.alpha_of(metric, &drawn).value());
        }
        if 2 * alphas.len() < resamples {
            return None;
        }
        alphas.sort_by(f64::total_cmp);
        let at = |share: f64| alphas[((alphas.len() - 1) as f64 * share).round() as usize];
        Some(Interval { low: at(0.025), high: at(0.975) })
    }

    /// Gwet's AC1 (weights `Identity`) and AC2: K. Gwet, "Computing inter-rater reliability and its variance in the
    /// presence of high agreement", Br J Math Stat Psychol 61 (2008), and Handbook of Inter-Rater Reliability, 4th
    /// ed. (2014). At most 1. It stays high if labels are skewed, which lowers alpha and kappa. The chance agreement
    /// uses every rated unit, also those with one label, and all categories of the scale, used or not.
    pub fn gwet(&self, weights: Weights) -> Coefficient {
        let categories = self.values.len();
        let spread: f64 = self.shares().iter().map(|share| share * (1.0 - share)).sum();
        let total: f64 = (0..categories)
            .flat_map(|a| (0..categories).map(move |b| (a, b)))
            .map(|(a, b)| self.weight(weights, a, b))
            .sum();
        let expected = total * spread / (categories * (categories - 1)).max(1) as f64;
        self.beyond(weights, expected)
    }

    /// Fleiss' kappa, for any number of coders, at most 1: J. Fleiss, "Measuring nominal scale agreement among many
    /// raters", Psychol Bull 76 (1971). Units that not all coders rated are used as in Gwet (2014).
    pub fn fleiss(&self, weights: Weights) -> Coefficient {
        let shares = self.shares();
        let mut expected = 0.0;
        for (a, of_a) in shares.iter().enumerate() {
            for (b, of_b) in shares.iter().enumerate() {
                expected += self.weight(weights, a, b) * of_a * of_b;
            }
        }
        self.beyond(weights, expected)
    }

    /// The observed agreement beyond the expected.
    fn beyond(&self, weights: Weights, expected: f64) -> Coefficient {
        match self.agreement(weights) {
            Coefficient::Value(observed) => Coefficient::of(1.0 - observed, 1.0 - expected),
            undefined => undefined,
        }
    }

    /// The share of each category. Every rated unit counts once.
    fn shares(&self) -> Vec<f64> {
        let mut shares = vec![0.0; self.values.len()];
        let mut units = 0.0;
        for unit in &self.units {
            let rated = unit.iter().flatten().count();
            for rank in unit.iter().flatten() {
                shares[*rank] += 1.0 / rated as f64;
            }
            units += f64::from(u8::from(rated > 0));
        }
        shares.iter_mut().for_each(|share| *share /= f64::max(units, 1.0));
        shares
    }

    /// Cohen's kappa of two coders, by their columns, at most 1: J. Cohen, "A coefficient of agreement for nominal
    /// scales", Educ Psychol Meas 20 (1960). Weighted: Psychol Bull 70 (1968). Units that one of the two did not rate
    /// do not count.
    pub fn kappa(&self, first: usize, second: usize, weights: Weights) -> Coefficient {
        let count = self.values.len();
        let mut table = vec![0.0; count * count];
        let mut all = 0.0;
        for unit in &self.units {
            if let (Some(Some(a)), Some(Some(b))) = (unit.get(first), unit.get(second)) {
                table[a * count + b] += 1.0;
                all += 1.0;
            }
        }
        if all == 0.0 {
            return Coefficient::Undefined(Undefined::NothingToCompare);
        }
        let by_first: Vec<f64> = (0..count).map(|a| table[a * count..(a + 1) * count].iter().sum()).collect();
        let by_second: Vec<f64> = (0..count).map(|b| (0..count).map(|a| table[a * count + b]).sum()).collect();
        let (mut observed, mut expected) = (0.0, 0.0);
        for a in 0..count {
            for b in 0..count {
                let against = 1.0 - self.weight(weights, a, b);
                observed += against * table[a * count + b] / all;
                expected += against * by_first[a] * by_second[b] / (all * all);
            }
        }
        Coefficient::of(observed, expected)
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

/// How many resamples an interval uses: 2,000, or fewer if there are many units and the interval is narrow.
pub fn resamples(units: usize) -> usize {
    const MOST: usize = 2_000;
    const LEAST: usize = 200;
    const DRAWS: usize = 40_000_000;
    (DRAWS / units.max(1)).clamp(LEAST, MOST)
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
        near(table.kappa(0, 1, Weights::Identity), 0.796_409_4);
        near(table.kappa(0, 1, Weights::Linear), 0.842_902_0);
        near(table.kappa(0, 1, Weights::Quadratic), 0.892_156_9);
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
        near(table.kappa(0, 1, Weights::Identity), 0.119_497);
        near(table.kappa(0, 1, Weights::Linear), 0.189_189);
        near(table.kappa(0, 1, Weights::Quadratic), 0.296_765);
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
        near(table.kappa(0, 1, Weights::Identity), 0.651_163);
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
            near(table.kappa(0, 1, weights), 0.0);
        }
    }

    #[test]
    fn what_is_undefined_says_why() {
        let same = ratings(3, &[&[2, 2], &[2, 2]]);
        assert_eq!(same.alpha(Metric::Ordinal).to_string(), "undefined (all labels equal)");
        assert_eq!(same.kappa(0, 1, Weights::Identity).to_string(), "undefined (all labels equal)");
        assert_eq!(same.percent(), Coefficient::Value(1.0));
        assert_eq!(same.gwet(Weights::Identity), Coefficient::Value(1.0), "defined: chance would give less");
        assert_eq!(same.alpha_interval(Metric::Ordinal, 1), None);
        let apart = ratings(3, &[&[1, 0], &[0, 2]]);
        for coefficient in [
            apart.alpha(Metric::Nominal),
            apart.percent(),
            apart.kappa(0, 1, Weights::Linear),
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
        assert_eq!(two.kappa(0, 1, Weights::Linear), three.kappa(0, 1, Weights::Linear));
        assert_eq!(three.kappa(0, 2, Weights::Linear), Coefficient::Undefined(Undefined::NothingToCompare));
    }

    #[test]
    fn the_interval_holds_the_coefficient_and_is_the_same_each_time() {
        let table = four_coders();
        let interval = table.alpha_interval(Metric::Ordinal, 7).unwrap();
        assert!(interval.low < 0.815 && 0.815 < interval.high && interval.high <= 1.0, "{interval:?}");
        assert_eq!(table.alpha_interval(Metric::Ordinal, 7), Some(interval));
        assert_ne!(table.alpha_interval(Metric::Ordinal, 8), Some(interval));
    }
}

//! How rare a statistic is that no rearranged series has reached, judged by those that came closest to it. So the test
//! of a clear shift need not make all rearrangements to show that hardly any of them would.

use crate::math::{pow, square};

/// How many of the largest statistics show the tail.
const KEPT: usize = 100;
/// How uncertain the shape of the tail is: about a standard error.
const UNSURE: f64 = 0.1;

/// The largest statistics so far.
#[derive(Debug, Default)]
pub struct Tail {
    /// The smallest first.
    largest: Vec<f64>,
}

impl Tail {
    /// No statistic at or below this is among the largest.
    pub fn least(&self) -> f64 {
        if self.largest.len() < KEPT { f64::NEG_INFINITY } else { self.largest[0] }
    }

    /// Keeps a statistic if it is among the largest.
    pub fn add(&mut self, statistic: f64) {
        if statistic <= self.least() {
            return;
        }
        let place = self.largest.partition_point(|other| *other < statistic);
        self.largest.insert(place, statistic);
        if self.largest.len() > KEPT {
            self.largest.remove(0);
        }
    }

    /// The share of all series that would exceed a statistic, if so many were drawn; 1 if there are too few. What
    /// exceeds a threshold has a generalised Pareto distribution (J. Pickands, Ann Stat 3, 1975), here with the shape
    /// that fits mean and variance (J. Hosking, J. Wallis, Technometrics 29, 1987), but never lighter than an
    /// exponential one, and a standard error heavier.
    pub fn beyond(&self, statistic: f64, drawn: usize) -> f64 {
        let least = self.least();
        if !least.is_finite() || statistic <= least {
            return 1.0;
        }
        let excess = || self.largest[1..].iter().map(|other| other - least);
        let count = KEPT as f64 - 1.0;
        let mean = excess().sum::<f64>() / count;
        let variance = excess().map(|own| square(own - mean)).sum::<f64>() / (count - 1.0);
        let share = KEPT as f64 / drawn as f64;
        if mean <= 0.0 {
            return share;
        }
        let shape = (0.5 * (1.0 - square(mean) / variance)).max(0.0) + UNSURE;
        let scale = mean * (1.0 - shape);
        share * pow(1.0 + shape * (statistic - least) / scale, -1.0 / shape)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::ln;

    /// The statistics at the middles of so many equal parts of a distribution, by the share that exceeds them.
    fn tail(drawn: usize, at: impl Fn(f64) -> f64) -> Tail {
        let mut tail = Tail::default();
        (0..drawn).for_each(|part| tail.add(at((part as f64 + 0.5) / drawn as f64)));
        tail
    }

    #[test]
    fn the_tail_is_that_of_the_distribution_or_heavier() {
        let exponential = tail(1_000, |share| -ln(share));
        let at = |share: f64| exponential.beyond(-ln(share), 1_000);
        assert!((1.0..10.0).contains(&(at(1e-4) / 1e-4)) && (1.0..100.0).contains(&(at(1e-6) / 1e-6)), "{}", at(1e-6));
        // No value exceeds 1, but an end is not believed.
        let bounded = tail(1_000, |share| 1.0 - share);
        assert!(bounded.beyond(1.2, 1_000) > 1e-4, "{}", bounded.beyond(1.2, 1_000));
        // A heavy tail is not taken for a light one.
        let heavy = tail(1_000, |share| pow(share, -0.3));
        assert!(heavy.beyond(pow(1e-5, -0.3), 1_000) > 1e-5);
    }

    #[test]
    fn only_the_largest_are_kept_and_few_show_nothing() {
        let mut few = Tail::default();
        (0..KEPT - 1).for_each(|place| few.add(place as f64));
        assert_eq!(few.beyond(1e9, 1_000), 1.0);
        few.add(-5.0);
        assert_eq!(few.least(), -5.0);
        few.add(1.5);
        assert_eq!((few.least(), few.largest.len()), (0.0, KEPT));
        assert_eq!(few.beyond(0.0, 1_000), 1.0);
    }
}

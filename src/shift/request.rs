//! What the tests are asked to do.

use chrono::NaiveDate;

/// How p is corrected for the number of tested pairs of speaker and issue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Correction {
    /// S. Holm, "A simple sequentially rejective multiple test procedure", Scand J Stat 6 (1979): the
    /// probability of reporting any pair as moved that did not move is at most α.
    Holm,
    /// Y. Benjamini, Y. Hochberg, J R Stat Soc B 57 (1995): among the pairs reported as moved, the
    /// expected share that did not move is at most α, if pairs are independent.
    BenjaminiHochberg,
    /// No correction.
    None,
}

/// What was asked for.
#[derive(Debug, Clone)]
pub struct Request {
    /// The level of the tests, above 0 and below 1.
    pub alpha: f64,
    /// How p is corrected.
    pub correction: Correction,
    /// The seed for everything random.
    pub seed: u64,
    /// A date chosen beforehand: the days before it are compared with the days from it on.
    pub event: Option<NaiveDate>,
}

impl Default for Request {
    /// At 5 %, with Holm's correction, for a shift at any date.
    fn default() -> Request {
        Request { alpha: 0.05, correction: Correction::Holm, seed: SEED, event: None }
    }
}

/// The seed if none is given.
pub const SEED: u64 = 2025;

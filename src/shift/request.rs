//! What is asked of the tests.

use chrono::NaiveDate;

/// How p is corrected for the number of pairs of speaker and issue that were tested.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Correction {
    /// S. Holm, "A simple sequentially rejective multiple test procedure", Scand J Stat 6 (1979): the
    /// probability that any pair is called moved that did not move is at most α.
    Holm,
    /// Y. Benjamini, Y. Hochberg, J R Stat Soc B 57 (1995): of the pairs called moved, the share that
    /// did not move is expected to be at most α, where pairs are independent.
    BenjaminiHochberg,
    /// None.
    None,
}

/// What is asked for.
#[derive(Debug, Clone)]
pub struct Request {
    /// The level of the tests, above 0, below 1.
    pub alpha: f64,
    /// How p is corrected.
    pub correction: Correction,
    /// The seed of all that is random.
    pub seed: u64,
    /// A date chosen beforehand: days before it are held against it and the days after.
    pub event: Option<NaiveDate>,
}

impl Default for Request {
    /// At 5 %, corrected after Holm, for a shift at any date.
    fn default() -> Request {
        Request { alpha: 0.05, correction: Correction::Holm, seed: SEED, event: None }
    }
}

/// The seed if none is given.
pub const SEED: u64 = 2025;

//! How often statements come, where that changes with a position: as plain data and as a sentence.

use chrono::NaiveDate;
use serde::Serialize;

use crate::date::Grain;
use crate::shift::verdict;

/// A rate of statements that changes at the date of a verdict.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RateChange {
    /// The first day after the change.
    #[serde(serialize_with = "verdict::date")]
    pub date: NaiveDate,
    /// Statements in 30 days before it.
    pub before: f64,
    /// Statements in 30 days from it on.
    pub after: f64,
}

impl RateChange {
    /// A warning that the rate changes where the position does.
    pub fn sentence(&self, grain: Grain) -> String {
        let how = if self.after > self.before { "more" } else { "less" };
        format!(
            "There are statements {how} often from {} on: {:.1} in 30 days, and {:.1} before. So what was collected, or \
             what the speaker was asked about, may have changed with the position.",
            grain.named(self.date),
            self.after,
            self.before
        )
    }
}

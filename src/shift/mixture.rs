//! Who and what is mixed in a series, as plain data and as sentences: members of a group, outlets, venues.

use chrono::NaiveDate;
use serde::Serialize;

use crate::date::Grain;
use crate::shift::verdict;
use crate::words::{level, many, percent};

/// The speakers behind a group.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Members {
    /// How many speakers there are.
    pub count: usize,
    /// The one with the most statements; the first by name of several.
    pub largest: String,
    /// That speaker's share of the statements, above 0 and at most 1.
    pub share: f64,
}

/// A mix that changes at the date of a verdict, by more than chance.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MixChange {
    /// The column that is mixed: `speaker`, `source_publisher` or `venue`.
    pub column: &'static str,
    /// The first day after the change.
    #[serde(serialize_with = "verdict::date")]
    pub date: NaiveDate,
    /// Half the sum of the differences of the shares before and after: 0 if the mix stays, 1 if all is new.
    pub distance: f64,
    /// The value whose share changes most; empty for statements without one.
    pub value: String,
    /// Its share of the statements before.
    pub before: f64,
    /// Its share after.
    pub after: f64,
    /// How many values have statements on both sides.
    pub common: usize,
    /// How many statements they have.
    pub statements: usize,
    /// The change of the mean rank of statements within these values, each with its share of their statements, in
    /// levels. `None` if there are none. See E. Kitagawa, "Components of a difference between two rates", J Am Stat
    /// Assoc 50 (1955).
    pub within: Option<f64>,
    /// The change of the mean rank of all statements, in levels.
    pub whole: f64,
}

/// What is said of the members of a group.
pub fn members(members: &Members) -> String {
    match members.count {
        1 => format!("All statements are by one speaker, {}.", members.largest),
        count => format!(
            "The group mixes {}; {} has {} of the statements.",
            many(count, "speaker"),
            members.largest,
            percent(members.share)
        ),
    }
}

/// A warning that the mix changes where the position does.
pub fn changed(change: &MixChange, grain: Grain) -> String {
    let (one, several) = match change.column {
        "speaker" => ("speaker", "speakers"),
        "source_publisher" => ("source", "sources"),
        _ => ("venue", "venues"),
    };
    let value = if change.value.is_empty() { format!("no named {one}") } else { change.value.clone() };
    let mut line = format!(
        "The mix of {several} changes too: {value} has {} of the statements before {}, and {} from then on.",
        percent(change.before),
        grain.named(change.date),
        percent(change.after)
    );
    let Some(within) = change.within else {
        return line
            + &format!(
                " No {one} has statements on both sides, so this change cannot be told from a change of position."
            );
    };
    line += &format!(
        " Within the {} with statements on both sides ({}), the change is {} levels; of all statements it is {}.",
        many(change.common, one),
        many(change.statements, "statement"),
        level(within),
        level(change.whole)
    );
    line += match within / change.whole {
        share if !share.is_finite() => "",
        share if share < 0.5 => " So half of it or more may come from the mix.",
        share if share < 0.8 => " So part of it may come from the mix.",
        _ => " So the mix does not explain it.",
    };
    line
}

//! What several coders together answer: by agreement, by majority, or by the median.

use std::collections::HashMap;
use std::fmt;

use crate::codebook::{Position, Settle};
use crate::words::many;

/// How a label by hand was settled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Settlement {
    /// Only one coder has read the statement.
    Single,
    /// All coders who have read the statement gave the same answer.
    Agreed,
    /// More than half of the coders gave the same answer.
    Majority {
        /// How many gave it.
        same: usize,
        /// How many have read the statement.
        of: usize,
    },
    /// The median of the positions that coders gave.
    Median {
        /// How many positions it is the median of.
        of: usize,
    },
    /// An adjudication decides.
    Adjudicated,
}

impl Settlement {
    /// Whether coders differ, and their answers were counted to settle it.
    pub fn is_counted(self) -> bool {
        matches!(self, Settlement::Majority { .. } | Settlement::Median { .. })
    }
}

/// As the column `settled_by` of exports says it.
impl fmt::Display for Settlement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Settlement::Single => f.write_str("single coder"),
            Settlement::Agreed => f.write_str("agreed"),
            Settlement::Majority { same, of } => write!(f, "majority {same} of {of}"),
            Settlement::Median { of } => write!(f, "median of {of}"),
            Settlement::Adjudicated => f.write_str("adjudicated"),
        }
    }
}

/// What the answers of coders to one statement and issue settle, and how. `None` if they settle nothing, or if there is
/// no answer. The order of the answers changes nothing.
///
/// An answer is a position, or `None` for "takes none". The result is always an answer that a coder gave. If an even
/// number of positions has 2 different ones in the middle, it has no median here: a level between them, if there is
/// one, is one that no coder gave.
pub fn settle(rule: Settle, answers: &[Option<Position>]) -> Option<(Option<Position>, Settlement)> {
    let (first, of) = (*answers.first()?, answers.len());
    if answers.iter().all(|answer| *answer == first) {
        return Some((first, if of == 1 { Settlement::Single } else { Settlement::Agreed }));
    }
    match rule {
        Settle::Adjudication => None,
        Settle::Majority => majority(answers),
        Settle::Median => {
            let mut positions: Vec<Position> = answers.iter().flatten().copied().collect();
            if 2 * positions.len() <= of {
                // Too few gave a position, so only "takes none" can still have a majority.
                return majority(answers).filter(|(position, _)| position.is_none());
            }
            positions.sort_unstable();
            let (low, high) = (positions[(positions.len() - 1) / 2], positions[positions.len() / 2]);
            (low == high).then_some((Some(low), Settlement::Median { of: positions.len() }))
        }
    }
}

/// The answer that more than half gave.
fn majority(answers: &[Option<Position>]) -> Option<(Option<Position>, Settlement)> {
    let of = answers.len();
    let mut counts: HashMap<Option<Position>, usize> = HashMap::new();
    for answer in answers {
        *counts.entry(*answer).or_default() += 1;
    }
    // At most one answer can have more than half, so the order of the map does not matter.
    let (position, same) = counts.into_iter().find(|(_, same)| 2 * same > of)?;
    Some((position, Settlement::Majority { same, of }))
}

/// Says which rule settles labels, and how many labels it settled. `None` if coders must agree or an adjudication
/// decides, which is the rule if the codebook has none.
pub fn rule_in_words(rule: Settle, settled: usize) -> Option<String> {
    let rule = match rule {
        Settle::Adjudication => return None,
        Settle::Majority => "the answer of more than half of them counts",
        Settle::Median => "the median of their positions counts",
    };
    let were = if settled == 1 { "was" } else { "were" };
    Some(format!("If coders differ, {rule}. {} {were} settled this way.", many(settled, "label")))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Answers as a text: `1 1 -` is twice +1 and once none.
    fn settled(rule: Settle, answers: &str) -> String {
        let answers: Vec<Option<Position>> =
            answers.split_whitespace().map(|answer| answer.parse().ok().map(Position)).collect();
        match settle(rule, &answers) {
            Some((Some(position), how)) => format!("{position}, {how}"),
            Some((None, how)) => format!("none, {how}"),
            None => "open".to_owned(),
        }
    }

    #[test]
    fn coders_who_agree_need_no_rule() {
        for rule in Settle::ALL {
            assert_eq!(settled(rule, ""), "open");
            assert_eq!(settled(rule, "1"), "+1, single coder");
            assert_eq!(settled(rule, "-"), "none, single coder");
            assert_eq!(settled(rule, "1 1"), "+1, agreed");
            assert_eq!(settled(rule, "- - -"), "none, agreed");
        }
    }

    #[test]
    fn without_a_rule_only_adjudication_settles_a_difference() {
        assert_eq!(settled(Settle::Adjudication, "1 1 0"), "open");
        assert_eq!(settled(Settle::Adjudication, "1 1 1 1 -"), "open");
    }

    #[test]
    fn a_majority_is_more_than_half_of_those_who_read() {
        for (answers, expected) in [
            ("1 1 0", "+1, majority 2 of 3"),
            ("- 1 -", "none, majority 2 of 3"),
            ("1 0", "open"),
            ("1 -", "open"),
            ("1 1 0 0", "open"),
            ("1 1 0 -", "open"),
            ("1 1 1 -", "+1, majority 3 of 4"),
            ("2 1 0", "open"),
            ("1 1 0 -1 -", "open"),
        ] {
            assert_eq!(settled(Settle::Majority, answers), expected, "{answers}");
        }
    }

    #[test]
    fn a_median_is_the_middle_of_the_positions() {
        for (answers, expected) in [
            ("2 -2 1", "+1, median of 3"),
            ("1 1 0", "+1, median of 3"),
            ("1 1 -", "+1, median of 2"),
            ("-2 0 0 2", "0, median of 4"),
            // No middle level: neither is nearer to the middle.
            ("2 1 -", "open"),
            ("1 0", "open"),
            // There is a level between, and no coder gave it.
            ("1 -1", "open"),
            ("-1 -1 1 1", "open"),
            // Whether there is a position is decided first.
            ("1 - -", "none, majority 2 of 3"),
            ("1 1 - -", "open"),
            ("2 1 1 - -", "+1, median of 3"),
            ("2 1 - - -", "none, majority 3 of 5"),
        ] {
            assert_eq!(settled(Settle::Median, answers), expected, "{answers}");
        }
    }
}

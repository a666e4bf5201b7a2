//! How sentences name levels: in quotation marks, and only as near as a value is to one.

use crate::chart::locale::Locale;
use crate::codebook::{Issue, Position};

/// A value is between two levels, and near neither, if it is so close to the middle between them.
const HALFWAY: f64 = 0.1;

/// How a sentence names an issue.
pub fn about(locale: &Locale, issue: &Issue) -> String {
    let phrase = issue.phrases.get(locale.tag()).and_then(|phrases| phrases.about.clone());
    phrase.unwrap_or_else(|| locale.say("issue-name", &[("name", &issue.name)]))
}

/// The name of a level in quotation marks.
pub fn level(locale: &Locale, issue: &Issue, position: i32) -> String {
    locale.quoted(issue.level(Position(position)).map_or("", |level| &level.words), false)
}

/// The level nearest to each value, or the two levels that it is halfway between: `near “Against”`. If two in succession
/// are the same, each has its number besides, so that the sentence still says what differs.
pub fn near(locale: &Locale, issue: &Issue, values: &[f64]) -> Vec<String> {
    let words = |rank: usize| issue.levels.get(rank).map_or("", |level| level.words.as_str());
    let around = |value: &f64| {
        let rank = issue.rank(*value);
        let below = rank.floor() as usize;
        let halfway = (rank - rank.floor() - 0.5).abs() <= HALFWAY && below + 1 < issue.levels.len();
        if halfway { (words(below), Some(words(below + 1))) } else { (words(rank.round() as usize), None) }
    };
    let same = values.windows(2).any(|pair| around(&pair[0]) == around(&pair[1]));
    let name = |value: &f64| {
        let (low, high) = around(value);
        let near = match high {
            Some(high) => {
                let (low, high) = (locale.quoted(low, false), locale.quoted(high, false));
                locale.say("near-levels", &[("low", &low), ("high", &high)])
            }
            None => locale.say("near-level", &[("level", &locale.quoted(low, false))]),
        };
        if same { format!("{near} ({})", locale.level_on(issue, *value)) } else { near }
    };
    values.iter().map(name).collect()
}

/// The levels around several values, as one name: the level that all are nearest to, or the lowest and the highest.
pub fn near_all(locale: &Locale, issue: &Issue, values: impl Iterator<Item = f64>) -> String {
    let mut ranks: Vec<usize> = Vec::new();
    for value in values {
        let rank = issue.rank(value);
        let below = rank.floor() as usize;
        match (rank - rank.floor() - 0.5).abs() <= HALFWAY {
            true => ranks.extend([below, below + 1]),
            false => ranks.push(rank.round() as usize),
        }
    }
    let name = |rank: &usize| locale.quoted(issue.levels.get(*rank).map_or("", |level| &level.words), false);
    match (ranks.iter().min(), ranks.iter().max()) {
        (Some(low), Some(high)) if low < high => {
            locale.say("near-levels", &[("low", &name(low)), ("high", &name(high))])
        }
        (Some(only), _) => locale.say("near-level", &[("level", &name(only))]),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::locale::ChartLanguage;
    use crate::codebook::Level;

    #[test]
    fn a_value_halfway_between_two_levels_is_near_both() {
        let level =
            |position| Level { position: Position(position), words: format!("L{position}"), definition: String::new() };
        let issue = Issue {
            id: String::new(),
            name: String::new(),
            question: String::new(),
            conventions: Vec::new(),
            levels: (-2..=2).map(level).collect(),
            phrases: Default::default(),
        };
        let english = Locale::new(ChartLanguage::En);
        let named = |values: &[f64]| near(&english, &issue, values);
        assert_eq!(named(&[-1.9, 1.5]), ["near “L-2”", "near “L1” or “L2”"]);
        assert_eq!(named(&[0.41, 0.39]), ["near “L0” or “L1”", "near “L0”"]);
        assert_eq!(named(&[0.9, 1.2]), ["near “L1” (+0.9)", "near “L1” (+1.2)"]);
        assert_eq!(named(&[2.0, -2.0]), ["near “L2”", "near “L-2”"]);
        let all = |values: &[f64]| near_all(&english, &issue, values.iter().copied());
        assert_eq!(all(&[0.9, 1.2]), "near “L1”");
        assert_eq!(all(&[1.5, 0.9]), "near “L1” or “L2”");
        assert_eq!(all(&[-2.0, 2.0]), "near “L-2” or “L2”");
    }
}

//! The scale of an issue that the codebook has, with the levels that a person names: those it has, and new ones among
//! them. A level keeps its number, because labels have it.

use std::collections::BTreeMap;

use crate::codebook::{Issue, Position};
use crate::import::scale::{self, Entry};
use crate::words::listed;

/// What a person's list of levels says about a known issue.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct NamedLevels {
    /// The numbers of all words of the list.
    pub words: BTreeMap<String, Position>,
    /// The levels that the codebook does not have, with their words.
    pub new: BTreeMap<Position, String>,
}

/// The position of words on a known scale: in exactly these words, or in another form of them.
pub fn position_of(issue: &Issue, text: &str) -> Option<Position> {
    issue.read(text).or_else(|| {
        let same = scale::same_words(text);
        let level = |level: &&crate::codebook::Level| scale::same_words(&level.words) == same;
        let is_sure = !scale::is_doubtful(text) && !same.is_empty() && scale::marked_number(text).is_none();
        let levels = || issue.levels.iter().filter(|_| is_sure);
        let mut found = levels().filter(level);
        // 2 levels in nearly the same words name none.
        found.next().filter(|_| found.next().is_none()).map(|level| level.position)
    })
}

/// Places the levels that a person names, lowest first, on the scale of a known issue.
///
/// # Errors
/// What is wrong with the list, and how to fix it.
pub fn named_levels(issue: &Issue, texts: &[String]) -> Result<NamedLevels, (String, String)> {
    let entries: Vec<(String, Option<Position>)> = texts
        .iter()
        .map(|text| match scale::read(text) {
            Entry::Number(position, words) => (words.unwrap_or_else(|| text.clone()), Some(position)),
            _ => (text.clone(), position_of(issue, text)),
        })
        .collect();
    let places =
        if entries.iter().all(|(_, place)| place.is_none()) { whole(issue, texts)? } else { placed(issue, &entries)? };
    if let Some(pair) = places.windows(2).find(|pair| pair[0] > pair[1]) {
        let what = format!("the levels of `{}` are not named from the lowest to the highest", issue.id);
        let hint = format!("write {} before {}; the scale is: {}", pair[1], pair[0], issue.level_list());
        return Err((what, hint));
    }
    let mut named = NamedLevels::default();
    for ((words, _), position) in entries.iter().zip(&places) {
        named.words.insert(words.clone(), *position);
        if issue.level(*position).is_none() {
            named.new.entry(*position).or_insert_with(|| words.clone());
        }
    }
    // A scale of numbers has no gaps: `1,7` names 1 to 7.
    let numbers = named.new.iter().all(|(position, words)| Position::read(words) == Some(*position));
    if let (true, Some(low), Some(high)) = (numbers, named.new.keys().next(), named.new.keys().next_back()) {
        let ends = issue.levels.iter().map(|level| level.position.0);
        let from = ends.clone().max().filter(|end| *end < low.0).map_or(low.0, |end| end + 1);
        let to = ends.min().filter(|end| *end > high.0).map_or(high.0, |end| end - 1);
        if to.saturating_sub(from) <= scale::MOST_LEVELS {
            let between = (from..=to).map(Position).filter(|position| issue.level(*position).is_none());
            let between: Vec<Position> = between.collect();
            for position in between {
                named.new.entry(position).or_insert_with(|| position.0.to_string());
            }
        }
    }
    Ok(named)
}

/// Words that the codebook does not have stand for all its levels, in their order.
fn whole(issue: &Issue, texts: &[String]) -> Result<Vec<Position>, (String, String)> {
    if texts.len() == issue.levels.len() {
        return Ok(issue.levels.iter().map(|level| level.position).collect());
    }
    let what =
        format!("--levels names {} levels of `{}`, and the codebook has {}", texts.len(), issue.id, issue.levels.len());
    let hint = format!(
        "name as many, or write the number before each, such as \"{} {}\"; the codebook has: {}",
        issue.levels.first().map_or(Position(1), |level| level.position),
        texts[0],
        issue.level_list()
    );
    Err((what, hint))
}

/// New words stand beside the levels between which they are named.
fn placed(issue: &Issue, entries: &[(String, Option<Position>)]) -> Result<Vec<Position>, (String, String)> {
    let mut places: Vec<Position> = Vec::new();
    let mut at = 0;
    while at < entries.len() {
        if let (_, Some(position)) = entries[at] {
            places.push(position);
            at += 1;
            continue;
        }
        let end = (at..entries.len()).find(|other| entries[*other].1.is_some()).unwrap_or(entries.len());
        let count = (end - at) as i32;
        let below = places.last().map(|position| position.0);
        let above = entries.get(end).and_then(|(_, position)| *position).map(|position| position.0);
        let first = match (below, above) {
            (Some(below), Some(above)) => Some(below + 1).filter(|_| above - below - 1 == count),
            (Some(below), None) => below.checked_add(1),
            (None, above) => above.and_then(|above| above.checked_sub(count)),
        };
        let new: Vec<Position> =
            first.into_iter().flat_map(|first| first..first.saturating_add(count)).map(Position).collect();
        if new.is_empty() || new.iter().any(|position| issue.level(*position).is_some()) {
            let words: Vec<String> = entries[at..end].iter().map(|(words, _)| format!("`{words}`")).collect();
            let what = format!(
                "there is no free number on the scale of `{}` for {}",
                issue.id,
                listed(words.iter().map(String::as_str))
            );
            let hint = format!(
                "name all levels, the lowest first; a word for a level that is there has its number before it, such as \
                 \"{} {}\"; the codebook has: {}",
                below.or(above).map_or(Position(0), Position),
                entries[at].0,
                issue.level_list()
            );
            return Err((what, hint));
        }
        places.extend(new);
        at = end;
    }
    Ok(places)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::codebook::Level;

    fn issue(levels: &[(i32, &str)]) -> Issue {
        let level = |(number, words): &(i32, &str)| Level {
            position: Position(*number),
            words: (*words).to_owned(),
            definition: String::new(),
        };
        Issue {
            id: "tram".to_owned(),
            name: "Tram".to_owned(),
            question: String::new(),
            conventions: Vec::new(),
            levels: levels.iter().map(level).collect(),
            phrases: BTreeMap::new(),
        }
    }

    fn new(issue: &Issue, list: &str) -> Result<Vec<(i32, String)>, (String, String)> {
        let texts: Vec<String> = list.split(',').map(str::to_owned).collect();
        named_levels(issue, &texts).map(|named| named.new.into_iter().map(|(at, words)| (at.0, words)).collect())
    }

    #[test]
    fn new_levels_stand_where_they_are_named() {
        let tram = issue(&[(-1, "oppose"), (0, "neutral"), (1, "support")]);
        assert_eq!(new(&tram, "oppose,neutral,support").unwrap(), []);
        assert_eq!(
            new(&tram, "opposes,neutral,supports,strongly support").unwrap(),
            [(2, "strongly support".to_owned())]
        );
        assert_eq!(new(&tram, "fights it,oppose").unwrap(), [(-2, "fights it".to_owned())]);
        assert_eq!(new(&tram, "no,maybe,yes").unwrap(), []);
        assert_eq!(new(&tram, "oppose,neutral,support,1 supportive").unwrap(), []);
        // Nothing is between 0 and 1, and a list has an order.
        for list in ["neutral,leans for,support", "support,neutral", "a,b", "neutral,loves it"] {
            assert!(new(&tram, list).is_err(), "{list}");
        }
        let gap = issue(&[(-1, "oppose"), (1, "support")]);
        assert_eq!(new(&gap, "oppose,neutral,support").unwrap(), [(0, "neutral".to_owned())]);
        let numbers = issue(&[(1, "1"), (2, "2"), (3, "3")]);
        assert_eq!(new(&numbers, "1,5").unwrap(), [(4, "4".to_owned()), (5, "5".to_owned())]);
    }

    #[test]
    fn only_the_same_words_are_a_known_level() {
        let tram = issue(&[(-1, "oppose"), (0, "neutral"), (1, "support")]);
        for text in ["Support", "supports", "SUPPORTING"] {
            assert_eq!(position_of(&tram, text), Some(Position(1)), "{text}");
        }
        for text in ["strongly support", "supportive", "support?", "for", "pro", "somewhat support", "rejects"] {
            assert_eq!(position_of(&tram, text), None, "{text}");
        }
    }
}

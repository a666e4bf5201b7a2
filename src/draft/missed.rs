//! What coders labelled and no rule finds, grouped by the words that the statements share.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::codebook::IssueIndex;
use crate::corpus::Corpus;
use crate::draft;
use crate::math;
use crate::rule::RuleDecisions;

/// The most groups on one issue. What is left then is one group without a word.
const MOST_GROUPS: usize = 20;
/// How much more frequent a word must be among what is missed than everywhere.
const OFTEN: f64 = 2.0;
/// How many words describe a group.
const MOST_WORDS: usize = 3;

/// What no rule finds on one issue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Missed {
    /// The issue.
    pub issue: String,
    /// How many statements have a position by hand and none by rules.
    pub count: usize,
    /// All of them, in groups: the largest and most particular first, those that share no word last.
    pub groups: Vec<MissedGroup>,
}

/// Statements that share a word.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MissedGroup {
    /// The word that all of them share, and then words that most of them share. None if they share none.
    pub words: Vec<String>,
    /// The statements, by date.
    pub statements: Vec<MissedStatement>,
}

/// A statement with a position by hand and none by rules.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MissedStatement {
    /// Its place in the corpus.
    #[serde(skip)]
    pub statement: usize,
    /// Its id.
    pub statement_id: String,
    /// Its position by hand.
    pub position: i32,
}

/// What no rule finds, for each issue on which there is any, in the codebook's order. Where rules conflict, they have
/// found it.
///
/// A word is worth the number of missed statements that have it, times the logarithm of how much more frequent it is
/// among them than among all statements that may be seen. A word must be at least twice as frequent, so no list of empty
/// words is needed, in any language. The most valuable word makes the first group, and the next word is found among
/// what is left.
pub fn missed(corpus: &Corpus, decisions: &RuleDecisions) -> Vec<Missed> {
    let mut having: BTreeMap<String, usize> = BTreeMap::new();
    let mut words: BTreeMap<usize, BTreeSet<String>> = BTreeMap::new();
    for (place, statement) in draft::seen(corpus) {
        let own: BTreeSet<String> = draft::sentences(&statement.text).into_iter().flatten().collect();
        own.iter().for_each(|word| *having.entry(word.clone()).or_default() += 1);
        words.insert(place, own);
    }
    let all = words.len();
    let value = |word: &str, count: usize, of: usize| {
        let everywhere = having.get(word).copied().unwrap_or(0).max(1);
        let times = count as f64 * all as f64 / (of as f64 * everywhere as f64);
        (times >= OFTEN).then(|| count as f64 * math::ln(times))
    };
    let of_issue = |issue: IssueIndex| {
        let is_missed = |place: &&usize| {
            let decision = corpus.decision(decisions, **place, issue);
            decision.hand_position().is_some() && decision.rules.is_none()
        };
        let mut left: Vec<usize> = words.keys().filter(is_missed).copied().collect();
        // The order of the file must not show.
        left.sort_by_key(|place| (corpus.statements.rows[*place].date.written, &corpus.statements.rows[*place].id));
        let count = left.len();
        let mut groups = Vec::new();
        while groups.len() < MOST_GROUPS {
            let Some(word) = best(&left, &words, &value) else { break };
            let (group, rest): (Vec<usize>, Vec<usize>) =
                left.into_iter().partition(|place| words[place].contains(&word));
            left = rest;
            groups.push((described(word, &group, &words, &value), group));
        }
        if !left.is_empty() {
            groups.push((Vec::new(), left));
        }
        let statement = |statement: usize| MissedStatement {
            statement,
            statement_id: corpus.statements.rows[statement].id.clone(),
            position: corpus.decision(decisions, statement, issue).hand_position().map_or(0, |position| position.0),
        };
        let groups = groups
            .into_iter()
            .map(|(words, places)| MissedGroup { words, statements: places.into_iter().map(statement).collect() });
        Missed { issue: corpus.codebook.issue(issue).id.clone(), count, groups: groups.collect() }
    };
    corpus.codebook.indices().map(of_issue).filter(|missed| missed.count > 0).collect()
}

/// How many of some statements have each word.
fn counted<'w>(places: &[usize], words: &'w BTreeMap<usize, BTreeSet<String>>) -> BTreeMap<&'w str, usize> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for word in places.iter().flat_map(|place| &words[place]) {
        *counts.entry(word).or_default() += 1;
    }
    counts
}

/// The value of a word that so many of so many statements have. `None` if it tells nothing.
type Value<'v> = dyn Fn(&str, usize, usize) -> Option<f64> + 'v;

/// The most valuable word that at least 2 statements share.
fn best(places: &[usize], words: &BTreeMap<usize, BTreeSet<String>>, value: &Value<'_>) -> Option<String> {
    let shared = counted(places, words).into_iter().filter(|(_, count)| *count > 1);
    let valued = shared.filter_map(|(word, count)| Some((value(word, count, places.len())?, word)));
    valued.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(a.1))).map(|(_, word)| word.to_owned())
}

/// The word of a group, and the most valuable other words that more than half of its statements share.
fn described(
    word: String,
    group: &[usize],
    words: &BTreeMap<usize, BTreeSet<String>>,
    value: &Value<'_>,
) -> Vec<String> {
    let counts = counted(group, words);
    let most = counts.into_iter().filter(|(other, count)| *other != word && 2 * count > group.len());
    let valued = most.filter_map(|(other, count)| Some((value(other, count, group.len())?, other)));
    let mut others: Vec<(f64, &str)> = valued.collect();
    others.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
    let others = others.into_iter().take(MOST_WORDS - 1).map(|(_, other)| other.to_owned());
    std::iter::once(word.clone()).chain(others).collect()
}

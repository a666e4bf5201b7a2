//! Words and pairs of words that tell the levels of an issue apart.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::codebook::{IssueIndex, Position};
use crate::corpus::Corpus;
use crate::draft;
use crate::label::HandDecision;
use crate::math;

/// How many words the prior is worth, at most.
const PRIOR: usize = 500;
/// The least z that is reported.
const LEAST: f64 = 1.0;
/// The most phrases for one level.
const MOST: usize = 8;

/// A word or a pair of words that is more frequent at one level of an issue than at the others.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PhraseRow {
    /// The issue.
    pub issue: String,
    /// The level.
    pub position: i32,
    /// The words, as a pattern of a rule.
    pub phrase: String,
    /// The log-odds ratio divided by its standard error.
    pub z: f64,
    /// How many statements at the level have it.
    pub here: usize,
    /// How many statements are at the level.
    pub all_here: usize,
    /// How many statements at other levels have it.
    pub elsewhere: usize,
    /// How many statements are at other levels.
    pub all_elsewhere: usize,
}

/// How often each phrase occurs, and in how many statements.
#[derive(Debug, Default)]
struct Tally {
    times: BTreeMap<String, usize>,
    statements: BTreeMap<String, usize>,
    /// All phrases, repeated ones counted each time.
    total: usize,
}

impl Tally {
    fn add(&mut self, phrases: &[String]) {
        phrases.iter().for_each(|phrase| *self.times.entry(phrase.clone()).or_default() += 1);
        let once: BTreeSet<&String> = phrases.iter().collect();
        once.into_iter().for_each(|phrase| *self.statements.entry(phrase.clone()).or_default() += 1);
        self.total += phrases.len();
    }

    fn times(&self, phrase: &str) -> f64 {
        self.times.get(phrase).copied().unwrap_or(0) as f64
    }
}

/// Suggests phrases for each level of each issue on which coders gave at least 2 levels: those with the highest z
/// first, at most 8 for a level, each in at least 2 statements of the level.
///
/// The measure is the log-odds ratio with an informative Dirichlet prior: B. L. Monroe, M. P. Colaresi and K. M. Quinn,
/// "Fightin' words", Political Analysis 16 (2008), equations 15, 16 and 20 to 22. The prior is what all statements that
/// may be seen say. It is worth as many words as they have, at most 500. Single words and pairs are measured separately.
pub fn phrases(corpus: &Corpus) -> Vec<PhraseRow> {
    let mut rows = Vec::new();
    for words in [1, 2] {
        let mut prior = Tally::default();
        let texts: BTreeMap<usize, Vec<String>> =
            draft::seen(corpus).map(|(place, statement)| (place, of_length(words, &statement.text))).collect();
        texts.values().for_each(|phrases| prior.add(phrases));
        rows.extend(corpus.codebook.indices().flat_map(|issue| of_issue(corpus, issue, &texts, &prior)));
    }
    let place = |row: &PhraseRow| (corpus.codebook.find(&row.issue), std::cmp::Reverse(row.position));
    let better = |a: &PhraseRow, b: &PhraseRow| b.z.total_cmp(&a.z).then(a.phrase.cmp(&b.phrase));
    rows.sort_by(|a, b| place(a).cmp(&place(b)).then(better(a, b)));
    let levels = rows.chunk_by(|a, b| (&a.issue, a.position) == (&b.issue, b.position));
    levels.flat_map(|level| level.iter().take(MOST).cloned()).collect()
}

/// The runs of that many words within the sentences of a text.
fn of_length(words: usize, text: &str) -> Vec<String> {
    draft::sentences(text).iter().flat_map(|sentence| sentence.windows(words).map(|run| run.join(" "))).collect()
}

fn of_issue(corpus: &Corpus, issue: IssueIndex, texts: &BTreeMap<usize, Vec<String>>, prior: &Tally) -> Vec<PhraseRow> {
    let mut levels: BTreeMap<Position, Vec<usize>> = BTreeMap::new();
    for place in texts.keys() {
        if let Some(HandDecision::Settled { position: Some(position), .. }) = corpus.hands.get(&(*place, issue)) {
            levels.entry(*position).or_default().push(*place);
        }
    }
    let mut rows = Vec::new();
    for (position, places) in levels.iter().filter(|_| levels.len() > 1) {
        let (mut here, mut elsewhere) = (Tally::default(), Tally::default());
        places.iter().for_each(|place| here.add(&texts[place]));
        let others = levels.iter().filter(|(other, _)| *other != position).flat_map(|(_, places)| places);
        let others: Vec<&usize> = others.collect();
        others.iter().for_each(|place| elsewhere.add(&texts[*place]));
        for (phrase, &statements) in here.statements.iter().filter(|(_, statements)| **statements > 1) {
            let z = z(phrase, &here, &elsewhere, prior);
            if z >= LEAST {
                rows.push(PhraseRow {
                    issue: corpus.codebook.issue(issue).id.clone(),
                    position: position.0,
                    phrase: phrase.clone(),
                    z,
                    here: statements,
                    all_here: places.len(),
                    elsewhere: elsewhere.statements.get(phrase).copied().unwrap_or(0),
                    all_elsewhere: others.len(),
                });
            }
        }
    }
    rows
}

/// How much more frequent a phrase is here than elsewhere, in standard errors.
fn z(phrase: &str, here: &Tally, elsewhere: &Tally, prior: &Tally) -> f64 {
    let worth = PRIOR.min(prior.total) as f64;
    let expected = worth * prior.times(phrase) / prior.total.max(1) as f64;
    let log_odds = |tally: &Tally| {
        let times = tally.times(phrase) + expected;
        math::ln(times / (tally.total as f64 + worth - times))
    };
    let variance = 1.0 / (here.times(phrase) + expected) + 1.0 / (elsewhere.times(phrase) + expected);
    (log_odds(here) - log_odds(elsewhere)) / variance.sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(texts: &[&str]) -> Tally {
        let mut tally = Tally::default();
        texts.iter().for_each(|text| tally.add(&of_length(1, text)));
        tally
    }

    /// Worked out by hand: 2 of 4 words here and 0 of 4 elsewhere, with a prior of 8 words, 2 of them `tram`. The odds are
    /// 4 to 8 here and 2 to 10 elsewhere.
    #[test]
    fn z_is_the_log_odds_ratio_over_its_error() {
        let (here, elsewhere) = (tally(&["tram tram yes now"]), tally(&["bus no bus never"]));
        let all = tally(&["tram tram yes now", "bus no bus never"]);
        let expected = math::ln(2.5) / (1.0 / 4.0 + 1.0 / 2.0_f64).sqrt();
        assert!((z("tram", &here, &elsewhere, &all) - expected).abs() < 1e-4, "{expected}");
        assert!((z("tram", &here, &elsewhere, &all) + z("tram", &elsewhere, &here, &all)).abs() < 1e-12);
    }

    #[test]
    fn pairs_do_not_cross_sentences() {
        assert_eq!(of_length(2, "No land. Swap it now"), ["no land", "swap it", "it now"]);
    }
}

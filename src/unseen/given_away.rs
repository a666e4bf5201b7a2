//! Whether a test of a rule gives a statement away that is set aside.

use std::collections::{BTreeMap, HashMap};

use aho_corasick::AhoCorasick;

use crate::error::Problem;
use crate::rule::Rules;
use crate::rule::text::Words;
use crate::statement::{Statement, Verified};
use crate::words::{many, shortened};

/// A sentence of fewer words may be anyone's.
const SENTENCE: usize = 5;
/// A part of a sentence must have this many words to be a quotation of it.
const PART: usize = 8;

/// Adds a fault for each sentence in a test that quotes an unseen statement: one of its sentences, or a long part of
/// one, or one of its sentences within a longer sentence. Case, punctuation and contractions do not count. What a statement that may be seen says too, is not given away.
pub fn check(rules: &Rules, statements: &[Statement], problems: &mut Vec<Problem>) {
    let tests: Vec<_> = rules.rules.iter().flat_map(|rule| rule.tests.iter().map(move |test| (rule, test))).collect();
    let mut sentences = Vec::new();
    for (place, (_, test)) in tests.iter().enumerate() {
        let long = sentences_of(&test.text).into_iter().filter(|sentence| length(sentence) >= SENTENCE);
        sentences.extend(long.map(|sentence| (place, sentence)));
    }
    let counted = |statement: &&Statement| statement.verified != Verified::Rejected;
    let unseen = statements.iter().filter(counted).filter(|statement| statement.unseen);
    // It can fail only if the tests have more letters than a machine can count.
    let Ok(finder) = AhoCorasick::new(sentences.iter().map(|(_, sentence)| sentence)) else { return };
    let parts = parts_of(&sentences);
    let quoted = quoted_in(&finder, &sentences, &parts, unseen);
    if quoted.is_empty() {
        return;
    }
    let seen =
        quoted_in(&finder, &sentences, &parts, statements.iter().filter(counted).filter(|statement| !statement.unseen));
    // By test, the first statement that it gives away, and how many there are.
    let mut given_away: BTreeMap<usize, (&Statement, usize)> = BTreeMap::new();
    for (quotation, found) in quoted {
        let whole = Quotation { part: None, ..quotation };
        if !seen.contains_key(&quotation) && !seen.contains_key(&whole) {
            given_away.entry(sentences[quotation.sentence].0).or_insert(found);
        }
    }
    for (place, (statement, count)) in given_away {
        let (rule, test) = tests[place];
        let more = if count > 1 { format!(" and {}", many(count - 1, "other")) } else { String::new() };
        let what = format!(
            "the test `{}` of `{}` quotes a statement that is set aside: `{}`{more}",
            shortened(&test.text, 80),
            rule.id,
            statement.id
        );
        let hint = "remove the test, or write a sentence of your own: whoever writes rules has not seen the statement";
        problems.push(rules.document.fault(test.span.clone(), what, hint));
    }
}

/// What a statement and a sentence of a test have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Quotation {
    /// The place of the sentence.
    sentence: usize,
    /// The part of it that is a sentence of the statement. `None` if the statement has all of it.
    part: Option<usize>,
}

/// Every part of the sentences that is long enough to be a sentence, with a number, and the sentences that have it.
type Parts = HashMap<String, (usize, Vec<usize>)>;

fn parts_of(sentences: &[(usize, String)]) -> Parts {
    let mut parts = Parts::new();
    for (place, (_, sentence)) in sentences.iter().enumerate() {
        let words: Vec<&str> = sentence.split_whitespace().collect();
        for first in 0..words.len() {
            for end in first + SENTENCE..=words.len() {
                // All of it is looked for elsewhere.
                if end - first == words.len() {
                    continue;
                }
                let number = parts.len();
                let part = parts.entry(format!(" {} ", words[first..end].join(" "))).or_insert((number, Vec::new()));
                part.1.push(place);
            }
        }
    }
    parts
}

/// The quotations in these statements, each with the first statement and their number.
fn quoted_in<'s>(
    finder: &AhoCorasick,
    sentences: &[(usize, String)],
    parts: &Parts,
    statements: impl Iterator<Item = &'s Statement>,
) -> BTreeMap<Quotation, (&'s Statement, usize)> {
    let mut quoted: BTreeMap<Quotation, (&Statement, usize)> = BTreeMap::new();
    if sentences.is_empty() {
        return quoted;
    }
    for statement in statements {
        let mut here = Vec::new();
        for own in sentences_of(&statement.text) {
            let found = finder.find_overlapping_iter(&own).map(|found| found.pattern().as_usize());
            let found = found.filter(|found| {
                let test = &sentences[*found].1;
                test.len() == own.len() || length(test) >= PART
            });
            here.extend(found.map(|sentence| Quotation { sentence, part: None }));
            if let Some((part, having)) = parts.get(&own) {
                here.extend(having.iter().map(|sentence| Quotation { sentence: *sentence, part: Some(*part) }));
            }
        }
        here.sort_unstable();
        here.dedup();
        for quotation in here {
            quoted.entry(quotation).or_insert((statement, 0)).1 += 1;
        }
    }
    quoted
}

/// The words of each sentence in the form in which rules compare them, with a space before and after each.
fn sentences_of(text: &str) -> Vec<String> {
    let mut words = Words::default();
    words.split(text);
    let mut sentences: Vec<String> = Vec::new();
    let mut last = None;
    for word in words.words() {
        if last != Some(word.sentence) {
            sentences.push(" ".to_owned());
            last = Some(word.sentence);
        }
        if let Some(sentence) = sentences.last_mut() {
            *sentence += &words.normal(text, word);
            sentence.push(' ');
        }
    }
    sentences
}

fn length(sentence: &str) -> usize {
    sentence.split_whitespace().count()
}

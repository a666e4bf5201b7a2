//! Help for whoever writes rules: what no rule finds yet, phrases that tell levels apart, and the beginning of a rule.
//!
//! All of it reads only statements that are not set aside.

use crate::corpus::Corpus;
use crate::rule::text::Words;
use crate::statement::{Statement, Verified};

pub mod missed;
pub mod phrases;
pub mod skeleton;

/// The statements that may be read here, each with its place in the corpus.
fn seen(corpus: &Corpus) -> impl Iterator<Item = (usize, &Statement)> {
    let rows = corpus.statements.rows.iter().enumerate();
    rows.filter(|(_, row)| row.verified != Verified::Rejected && !row.unseen)
}

/// The words of each sentence of a text, in the form in which rules compare them.
fn sentences(text: &str) -> Vec<Vec<String>> {
    let mut words = Words::default();
    words.split(text);
    let by_sentence = words.words().chunk_by(|a, b| a.sentence == b.sentence);
    by_sentence.map(|sentence| sentence.iter().map(|word| words.normal(text, word)).collect()).collect()
}

//! Finds the days, weeks, months and years in a text, in the way the text names them.

use std::ops::Range;

use crate::extract::day::calendar::Grammar;
use crate::extract::day::expression::Expression;
use crate::extract::day::lexicon::DayLexicon;
use crate::extract::day::tense::tense;
use crate::extract::day::token::Tokens;

/// Finds the days, weeks, months and years in a text, in their order. They do not overlap. Takes time
/// linear in the length of the text.
pub fn expressions(text: &str, words: &DayLexicon) -> Vec<Expression> {
    Mentions::of(text, words).found.into_iter().map(|(expression, _)| expression).collect()
}

/// The days that a text names, read once and used for everything.
#[derive(Debug, Clone)]
pub struct Mentions<'t> {
    pub(crate) tokens: Tokens<'t>,
    /// Each with its tokens, in the order of the text.
    pub(crate) found: Vec<(Expression, Range<usize>)>,
}

impl<'t> Mentions<'t> {
    /// Reads the days of a text. Takes time linear in its length.
    pub fn of(text: &'t str, words: &'t DayLexicon) -> Mentions<'t> {
        let tokens = Tokens::of(text, words);
        let found = find(&tokens);
        Mentions { tokens, found }
    }
}

/// The expressions of a text, with their tokens.
fn find(tokens: &Tokens<'_>) -> Vec<(Expression, Range<usize>)> {
    let grammar = Grammar { tokens };
    let mut found: Vec<(Expression, Range<usize>)> = Vec::new();
    let mut at = 0;
    while at < tokens.tokens.len() {
        let Some((end, meaning)) = grammar.at(at) else {
            at += 1;
            continue;
        };
        let taken = found.last().map_or(0, |(_, last)| last.end);
        let start = grammar.with_words_before(at).max(taken);
        let end = grammar.with_words_after(end, &meaning);
        let range = tokens.tokens[start].start()..tokens.tokens[end - 1].end();
        found.push((Expression { range, meaning, tense: tense(tokens, start..end) }, start..end));
        at = end;
    }
    found
}

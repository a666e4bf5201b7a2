//! Compiles the patterns of all rules once and finds them in many texts.
//!
//! The words of all patterns are in one trie, and each word of a text goes through it once: it gives the word's kind,
//! which stands for all words of patterns that it satisfies. The kinds of a sentence tell which patterns are possible
//! there (`sieve`); nothing else is looked for. In a sentence of up to 63 words all places of a phrase are tried at once,
//! as bits (`places`). In longer sentences it is followed word by word as an automaton (`automaton`), all ways side by
//! side, so no pattern and no text can make the search explode.
//!
//! Gaps end with the clause. Few phrases with gaps match at all, so a phrase is first followed as if the sentence were
//! one clause. Only if it matches are the clauses of the text looked for, once, and the phrase is followed again.

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use aho_corasick::AhoCorasick;
use rustc_hash::FxHashMap;

use crate::rule::engine::automaton::{Automaton, StateId};
use crate::rule::engine::clauses::{ClausePatterns, Clauses};
use crate::rule::engine::places::{Places, Sets, Step};
use crate::rule::engine::recall::Recall;
use crate::rule::engine::sieve::Sieve;
use crate::rule::text::{Word, Words};
use crate::rule::trie::{KindId, Trie, WordId};

mod bits;
mod clauses;
mod recall;
mod sieve;
mod places;
mod steps;
mod automaton;
mod build;
mod search;

pub use bits::blocks;
pub use build::{EngineBuilder, literal_beginnings};

/// A pattern's number, in the order in which patterns were added.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PatternId(pub usize);

/// A place where a pattern was found.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hit {
    /// Which pattern.
    pub pattern: PatternId,
    /// The first word that it matches, by its place in the text.
    pub first: usize,
    /// The last word that it matches.
    pub last: usize,
}

/// The patterns of all rules, ready for searching.
#[derive(Debug)]
pub struct Engine {
    /// No other engine of this process has this number.
    number: u64,
    trie: Trie,
    /// Words to be found in exactly these letters, each with a kind of its own.
    cased: FxHashMap<String, KindId>,
    /// How many blocks of 64 patterns there are.
    blocks: usize,
    /// Finds which of the patterns that are looked for first are possible.
    early: Sieve,
    /// Finds which of the others are, section by section.
    sections: Vec<Sieve>,
    /// Finds which of the choices are.
    alive: Sieve,
    /// The choices of several words within patterns. Those that are alike are one.
    choices: Vec<Arc<[Step]>>,
    /// For each block of 64 patterns, those that [`Engine::armed`] gathers.
    searched: Vec<u64>,
    /// For each block of 64 patterns, those of one word: where they are possible, they are found.
    single: Vec<u64>,
    matchers: Vec<Matcher>,
    /// The sets of words that the phrases name.
    sets: Sets,
    /// The beginnings that regular expressions need, once a text has asked for them; `None` if there are none.
    regex_beginnings: OnceLock<Option<RegexBeginnings>>,
    /// What parts clauses. `None` if every sentence is one.
    clauses: Option<ClausePatterns>,
}

/// A text that has been read, and the buffers for searching it. Meant to be used again for the next
/// text, so that nothing is allocated for each one.
#[derive(Debug, Default)]
pub struct Reading {
    words: Words,
    recall: Recall,
    /// The kind of each word.
    kinds: Vec<KindId>,
    /// The kind that each word is of by its exact letters. Empty if no pattern asks for them.
    cased: Vec<KindId>,
    /// For each sentence, the blocks of the patterns that are possible in it.
    possible: Vec<u64>,
    layers: Vec<u64>,
    /// For each sentence, the blocks of the regular expressions that may begin in it. Empty until one is asked for.
    begun: Vec<u64>,
    places: Places,
    waiting: Vec<(StateId, usize)>,
    next: Vec<(StateId, usize)>,
    clauses: Clauses,
}

/// The letters with which regular expressions begin.
#[derive(Debug)]
struct RegexBeginnings {
    automaton: AhoCorasick,
    /// For each beginning, the blocks of the patterns it belongs to, with their bits.
    owners: Vec<Arc<[(usize, u64)]>>,
    /// For each block of 64 patterns, those that begin in a known way.
    begun: Vec<u64>,
}

#[derive(Debug)]
enum Matcher {
    Phrase {
        /// The phrase, to be followed backwards.
        steps: Arc<[Step]>,
        /// The same phrase, to be followed word by word, once a text has needed it.
        automaton: OnceLock<Automaton>,
        /// The words that it names, in ascending order, once a text has asked for them.
        named: OnceLock<Vec<WordId>>,
        /// Whether it has a gap that ends with the clause.
        has_gap: bool,
        /// Whether 2 of its gaps may become one, or one be its end.
        loose_gaps: bool,
    },
    Regex(regex::Regex),
}

impl Reading {
    /// The words of the text that was last read.
    pub fn words(&self) -> &[Word] {
        self.words.words()
    }

    /// The words of the sentence that a word belongs to.
    pub fn sentence_of(&self, word: usize) -> Range<usize> {
        self.words.sentence_of(word)
    }

    /// The bytes of the text from one word to another, both included.
    pub fn span(&self, first: usize, last: usize) -> Range<usize> {
        self.words()[first].span.start..self.words()[last].span.end
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule::pattern::Pattern;

    /// The text that a pattern matches first in each sentence.
    fn find<'t>(pattern: &str, text: &'t str) -> Vec<&'t str> {
        let mut builder = EngineBuilder::default();
        let id = builder.add(&Pattern::parse(pattern).unwrap(), true);
        let engine = builder.build();
        let mut reading = Reading::default();
        engine.read(text, &mut reading);
        let (mut found, mut at) = (Vec::new(), 0);
        while at < reading.words().len() {
            let sentence = reading.sentence_of(at);
            at = sentence.end;
            let (mut armed, mut hits) = (Vec::new(), Vec::new());
            engine.armed(sentence.start, None, &reading, &mut armed);
            engine.find(id, text, sentence.clone(), &mut reading, &mut hits);
            assert_eq!(engine.is_found(id, text, sentence, &mut reading), !hits.is_empty());
            assert!(armed == [id] || hits.is_empty(), "what is not armed is not there");
            found.extend(hits.first().map(|hit| &text[reading.span(hit.first, hit.last)]));
        }
        found
    }

    #[test]
    fn patterns_find_what_a_reader_would_find() {
        for (pattern, text, expected) in [
            ("land swap*", "Some LAND swapping, yes.", vec!["LAND swapping"]),
            ("land swap*", "Farmland swaps", vec![]),
            ("land swap*", "a land-swap; another land swap. A land swap", vec!["land-swap", "land swap"]),
            (
                "swap* ... (territory|land)",
                "There will be some swapping, changes in land.",
                vec!["swapping, changes in land"],
            ),
            ("swap* ...1 land", "swapping of the land", vec![]),
            ("swap* ...2 land", "swapping of the land", vec!["swapping of the land"]),
            ("swap* ... land", "swapping. Then land", vec![]),
            ("a ...2 b ...2 c", "a b x x b x c", vec![]),
            ("a ...3 b ...2 c", "a b x x b x c", vec!["a b x x b x c"]),
            ("a ... (b|) ... c", "a 1 2 3 4 5 6 7 8 9 10 c", vec!["a 1 2 3 4 5 6 7 8 9 10 c"]),
            ("a ...1 (b|) ...1 c", "a 1 2 3 c", vec![]),
            ("(x|) ... a (b c|b)", "y a b c", vec!["a b"]),
            ("(a|b (c|d|)) e", "b e, b d e", vec!["b e"]),
            ("will not sell", "We won’t sell", vec!["won’t sell"]),
            ("ukraine (s|) land", "Ukraine’s land", vec!["Ukraine’s land"]),
            ("is not negotiable", "It’s not negotiable.", vec!["’s not negotiable"]),
            ("it's negotiable", "It is negotiable.", vec!["It is negotiable"]),
            ("he would sell", "He’d sell", vec!["He’d sell"]),
            ("ukraine s land", "Ukraine has land", vec!["Ukraine has land"]),
            ("no * land", "no more land", vec!["no more land"]),
            ("* land", "land", vec![]),
            ("=US", "join us in the US", vec!["US"]),
            ("us troops", "The U.S. troops", vec!["U.S. troops"]),
            ("=US troops", "The U.S. troops", vec!["U.S. troops"]),
            ("(=US|usa) army", "us army, US army", vec!["US army"]),
            ("київ*", "У Києві, Київ", vec!["Київ"]),
            ("/swap(ping|s)?/", "Swapping it. No swap", vec!["Swapping", "swap"]),
            ("/no.*yes/", "No or yes? Yes", vec!["No or yes"]),
            ("/[a-z]wap/", "A swap", vec!["swap"]),
        ] {
            assert_eq!(find(pattern, text), expected, "{pattern} in {text}");
        }
    }

    #[test]
    fn no_phrase_runs_over_the_end_of_a_sentence() {
        let (text, mut builder) = ("The land. Swap it. Land swap", EngineBuilder::default());
        let id = builder.add(&Pattern::parse("land ...3 swap").unwrap(), true);
        let (engine, mut reading, mut hits) = (builder.build(), Reading::default(), Vec::new());
        engine.read(text, &mut reading);
        engine.find(id, text, 0..6, &mut reading, &mut hits);
        assert_eq!(hits.iter().map(|hit| (hit.first, hit.last)).collect::<Vec<_>>(), [(4, 5)]);
    }

    #[test]
    fn a_long_text_full_of_gaps_is_searched_in_bounded_time() {
        let text = "a ".repeat(2_000);
        assert_eq!(find("a ...50 a ...50 a ...50 a ...50 a ...50 a ...50 b", &text), Vec::<&str>::new());
    }
}

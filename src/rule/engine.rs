//! Compiles the patterns of all rules once and finds them in many texts.
//!
//! Each word of a text is looked up once, in a table that all patterns share. A phrase is a small
//! automaton whose states are its words; an edge says which word may follow and after how many
//! others (Glushkov's construction, with gaps on the edges). It is started only where one of its
//! first words stands, and all ways through it are followed side by side, so that no pattern and
//! no text can make the search explode.

use std::collections::HashMap;
use std::ops::Range;

use crate::rule::pattern::{Item, Pattern, Phrase, WordPattern};
use crate::rule::text::Words;

/// The patterns of all rules, ready to be found.
#[derive(Debug, Default)]
pub struct Engine {
    exact: HashMap<String, WordId>,
    prefixes: HashMap<String, WordId>,
    /// The lengths in bytes that prefixes have, shortest first.
    prefix_lengths: Vec<usize>,
    any: Option<WordId>,
    states: Vec<State>,
    /// The states with which phrases begin, by their word.
    first: Vec<Vec<StateId>>,
    regexes: Vec<(PatternId, regex::Regex)>,
}

/// A pattern's number, in the order in which patterns were added.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PatternId(pub usize);

/// A place where a pattern was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// Which pattern.
    pub pattern: PatternId,
    /// In which sentence of the text, from 0.
    pub sentence: usize,
    /// The bytes of the text, from the first word that the pattern matches to the last.
    pub span: Range<usize>,
}

/// What a search needs besides the text; meant to be used again for the next text.
#[derive(Debug, Default)]
pub struct Scratch {
    words: Words,
    /// For each word of the text, the pattern words it satisfies.
    ids: Vec<WordId>,
    ends: Vec<usize>,
    /// The states that wait for their word, each with the last place at which it may stand.
    waiting: Vec<(StateId, usize)>,
    next: Vec<(StateId, usize)>,
    hits: Vec<Hit>,
}

type WordId = usize;
type StateId = usize;

/// A word of a phrase.
#[derive(Debug)]
struct State {
    pattern: PatternId,
    word: WordId,
    /// Whether the phrase may end here.
    last: bool,
    /// The words that may follow, each with how many others may stand before it.
    follow: Vec<(StateId, usize)>,
}

/// A way into the next item of a phrase: the word before it, if any, and the room after that.
type Tail = (Option<StateId>, usize);

impl Engine {
    /// Adds a pattern and returns its number.
    pub fn add(&mut self, id: PatternId, pattern: &Pattern) {
        match pattern {
            Pattern::Regex(regex) => self.regexes.push((id, regex.clone())),
            Pattern::Phrase(phrase) => {
                for (before, _) in self.add_phrase(id, phrase, vec![(None, 0)]) {
                    // A pattern that may be empty is refused when it is parsed.
                    if let Some(state) = before {
                        self.states[state].last = true;
                    }
                }
            }
        }
    }

    /// Adds the items of a phrase after what stands before them, and returns the ways out of it.
    fn add_phrase(&mut self, pattern: PatternId, phrase: &Phrase, mut tails: Vec<Tail>) -> Vec<Tail> {
        for item in &phrase.0 {
            match item {
                // Room before the first word holds nothing together.
                Item::Gap(words) => tails.iter_mut().filter(|tail| tail.0.is_some()).for_each(|tail| tail.1 += words),
                Item::Word(word) => {
                    let word = self.word_id(word);
                    let state = self.states.len();
                    self.states.push(State { pattern, word, last: false, follow: Vec::new() });
                    for (before, gap) in tails {
                        match before {
                            Some(before) => self.states[before].follow.push((state, gap)),
                            None => self.first[word].push(state),
                        }
                    }
                    tails = vec![(Some(state), 0)];
                }
                Item::Either(choices) => {
                    tails = choices.iter().flat_map(|choice| self.add_phrase(pattern, choice, tails.clone())).collect();
                    // Of two ways out of the same word, the one with more room allows all of the other.
                    tails.sort_unstable_by_key(|tail| std::cmp::Reverse(*tail));
                    tails.dedup_by_key(|tail| tail.0);
                }
            }
        }
        tails
    }

    fn word_id(&mut self, word: &WordPattern) -> WordId {
        let next = self.first.len();
        let id = match word {
            WordPattern::Exact(word) => *self.exact.entry(word.clone()).or_insert(next),
            WordPattern::Prefix(prefix) => {
                if let Err(at) = self.prefix_lengths.binary_search(&prefix.len()) {
                    self.prefix_lengths.insert(at, prefix.len());
                }
                *self.prefixes.entry(prefix.clone()).or_insert(next)
            }
            WordPattern::Any => *self.any.get_or_insert(next),
        };
        if id == next {
            self.first.push(Vec::new());
        }
        id
    }

    /// Finds every pattern in a text: its first place in each sentence, sorted by pattern, then
    /// sentence.
    pub fn find<'s>(&self, text: &str, scratch: &'s mut Scratch) -> &'s [Hit] {
        scratch.words.split(text);
        scratch.hits.clear();
        self.look_up(scratch);
        for start in 0..scratch.words.words().len() {
            for place in id_range(&scratch.ends, start) {
                for &state in &self.first[scratch.ids[place]] {
                    self.follow(state, start, scratch);
                }
            }
        }
        self.find_regexes(text, scratch);
        scratch.hits.sort_unstable_by_key(|hit| (hit.pattern, hit.sentence, hit.span.start, hit.span.end));
        scratch.hits.dedup_by_key(|hit| (hit.pattern, hit.sentence));
        &scratch.hits
    }

    /// Looks up which pattern words each word of the text satisfies.
    fn look_up(&self, scratch: &mut Scratch) {
        let Scratch { words, ids, ends, .. } = scratch;
        ids.clear();
        ends.clear();
        for word in words.words() {
            let normal = words.normal(word);
            ids.extend(self.exact.get(normal));
            let lengths = self.prefix_lengths.iter().take_while(|&&length| length <= normal.len());
            ids.extend(lengths.filter_map(|&length| self.prefixes.get(normal.get(..length)?)));
            ids.extend(self.any);
            ends.push(ids.len());
        }
    }

    /// Follows a phrase from its first word at `start`; the shortest way to its end is the hit.
    fn follow(&self, first: StateId, start: usize, scratch: &mut Scratch) {
        let Scratch { words, ids, ends, waiting, next, hits } = scratch;
        let words = words.words();
        let sentence = words[start].sentence;
        let pattern = self.states[first].pattern;
        waiting.clear();
        waiting.push((first, start));
        for place in start..words.len() {
            if waiting.is_empty() || words[place].sentence != sentence {
                return;
            }
            next.clear();
            for &(state, until) in waiting.iter() {
                if until > place {
                    next.push((state, until));
                }
                let State { word, last, follow, .. } = &self.states[state];
                if ids[id_range(ends, place)].contains(word) {
                    if *last {
                        hits.push(Hit { pattern, sentence, span: words[start].span.start..words[place].span.end });
                        return;
                    }
                    next.extend(follow.iter().map(|&(state, gap)| (state, place + 1 + gap)));
                }
            }
            // The state that may wait longest stands first and stays.
            next.sort_unstable_by(|a, b| (a.0, b.1).cmp(&(b.0, a.1)));
            next.dedup_by_key(|waiting| waiting.0);
            std::mem::swap(waiting, next);
        }
    }

    /// Runs the regular expressions over each sentence.
    fn find_regexes(&self, text: &str, scratch: &mut Scratch) {
        if self.regexes.is_empty() {
            return;
        }
        let Scratch { words, hits, .. } = scratch;
        let words = words.words();
        for group in words.chunk_by(|a, b| a.sentence == b.sentence) {
            let (first, last) = (&group[0], &group[group.len() - 1]);
            // The sentence reaches to the next one's first word, so that its end marks belong to it.
            let after = words.iter().find(|word| word.sentence > last.sentence);
            let begin = if first.sentence == 0 { 0 } else { first.span.start };
            let end = after.map_or(text.len(), |word| word.span.start);
            for (pattern, regex) in &self.regexes {
                if let Some(found) = regex.find(&text[begin..end]) {
                    let span = begin + found.start()..begin + found.end();
                    hits.push(Hit { pattern: *pattern, sentence: first.sentence, span });
                }
            }
        }
    }
}

fn id_range(ends: &[usize], word: usize) -> Range<usize> {
    (if word == 0 { 0 } else { ends[word - 1] })..ends[word]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text that a pattern matches first in each sentence.
    fn find<'t>(pattern: &str, text: &'t str) -> Vec<&'t str> {
        let mut engine = Engine::default();
        engine.add(PatternId(0), &Pattern::parse(pattern).unwrap());
        let mut scratch = Scratch::default();
        engine.find(text, &mut scratch).iter().map(|hit| &text[hit.span.clone()]).collect()
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
            ("no * land", "no more land", vec!["no more land"]),
            ("* land", "land", vec![]),
            ("київ*", "У Києві, Київ", vec!["Київ"]),
            ("/swap(ping|s)?/", "Swapping it. No swap", vec!["Swapping", "swap"]),
            ("/no.*\\?/", "No? Yes", vec!["No?"]),
        ] {
            assert_eq!(find(pattern, text), expected, "{pattern} in {text}");
        }
    }

    #[test]
    fn a_long_text_full_of_gaps_is_searched_in_bounded_time() {
        let text = "a ".repeat(2_000);
        assert_eq!(find("a ...50 a ...50 a ...50 a ...50 a ...50 a ...50 b", &text), Vec::<&str>::new());
    }
}

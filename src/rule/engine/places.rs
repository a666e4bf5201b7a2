//! Where words stand in a short stretch of a text, as bits, and where phrases begin.
//!
//! A window is a run of whole sentences with up to 63 words. In a window, the places of one of a set of words are a
//! mask of 64 bits, and a gap is a few shifts. A phrase is followed from its last words back to its first, all places
//! at once. Sentences with more words have no window.

use std::ops::Range;

use crate::rule::engine::{Engine, Reading};
use crate::rule::trie::{KindId, WordId};

/// The number of a set of words. A state takes any one of them.
pub type SetId = u32;

/// How many words a window may have. The bit after the last stands for all that follows the window.
const WIDEST: usize = u64::BITS as usize - 1;

/// One element of a phrase that is followed backwards.
#[derive(Debug)]
pub enum Step {
    /// A word of a set.
    Word(SetId),
    /// Room for so many other words.
    Gap(usize),
    /// One of some single words, or of some longer phrases.
    Either(Option<SetId>, Vec<Choice>),
}

/// A phrase of several words, or of none.
#[derive(Debug)]
pub struct Choice {
    /// Where none of this set stands, the phrase does not either. `None` if there is no such set.
    pub need: Option<SetId>,
    /// The phrase.
    pub steps: Vec<Step>,
}

/// Which kinds of words each set takes.
#[derive(Debug)]
pub struct Sets {
    /// For each set, all bits if it takes any word, otherwise none.
    any: Vec<u64>,
    /// The sets that name each kind, in ascending order, kind after kind.
    naming: Vec<SetId>,
    /// For each kind, where its part of `naming` begins; and the end of the last.
    starts: Vec<usize>,
}

impl Sets {
    /// `sets` has the words of each set, `kinds` the words that each kind satisfies, both in ascending order. `any` is
    /// the word that stands for any.
    pub fn new(sets: &[Vec<WordId>], kinds: &[Vec<WordId>], any: Option<WordId>) -> Sets {
        let words = kinds.iter().chain(sets).flatten().max().map_or(0, |last| *last as usize + 1);
        let mut of_word: Vec<Vec<SetId>> = vec![Vec::new(); words];
        for (set, words) in sets.iter().enumerate() {
            words.iter().for_each(|word| of_word[*word as usize].push(set as SetId));
        }
        let (mut naming, mut starts) = (Vec::new(), vec![0]);
        for satisfied in kinds {
            let mut sets: Vec<SetId> = satisfied.iter().flat_map(|word| &of_word[*word as usize]).copied().collect();
            sets.sort_unstable();
            sets.dedup();
            naming.extend(sets);
            starts.push(naming.len());
        }
        let takes_any = |words: &Vec<WordId>| any.is_some_and(|any| words.contains(&any));
        let any = sets.iter().map(|words| if takes_any(words) { u64::MAX } else { 0 }).collect();
        Sets { any, naming, starts }
    }

    /// The sets that name a kind of word.
    fn naming(&self, kind: KindId) -> &[SetId] {
        &self.naming[self.starts[kind as usize]..self.starts[kind as usize + 1]]
    }

    /// Whether a set names a kind of word.
    pub fn names(&self, set: SetId, kind: KindId) -> bool {
        self.naming(kind).binary_search(&set).is_ok()
    }

    /// Whether a set takes a kind of word: it names it, or it takes any.
    pub fn takes(&self, set: SetId, kind: KindId) -> bool {
        self.any[set as usize] != 0 || self.names(set, kind)
    }
}

/// The places of words in one window. Meant to be used again for the next.
#[derive(Debug, Default)]
pub struct Places {
    /// The words of the window.
    window: Range<usize>,
    /// For each set, the places in the window of the words that it names.
    of_sets: Vec<u64>,
    /// The sets that have such places.
    met: Vec<SetId>,
}

impl Places {
    /// Makes ready for another text, read by an engine with these sets.
    pub fn forget(&mut self, sets: &Sets) {
        self.window = 0..0;
        if self.of_sets.len() != sets.any.len() {
            self.met.clear();
            self.of_sets.clear();
            self.of_sets.resize(sets.any.len(), 0);
        }
    }

    /// Finds where the words of a window stand.
    fn look_at(&mut self, window: Range<usize>, sets: &Sets, kinds: &[KindId], cased: &[KindId]) {
        let Places { of_sets, met, .. } = self;
        met.drain(..).for_each(|set| of_sets[set as usize] = 0);
        for kinds in [kinds, cased].into_iter().filter(|kinds| !kinds.is_empty()) {
            for (place, kind) in kinds[window.clone()].iter().enumerate() {
                let naming = sets.naming(*kind);
                naming.iter().for_each(|set| of_sets[*set as usize] |= 1 << place);
                met.extend_from_slice(naming);
            }
        }
        self.window = window;
    }
}

impl Engine {
    /// The places at which a phrase may begin that stands whole among some words of one sentence, as bits from the start
    /// of a window, with that start. Gaps run across clauses, and a gap before the first word counts. `None` if the
    /// sentence is too long for a window.
    pub(super) fn beginnings(
        &self,
        steps: &[Step],
        among: &Range<usize>,
        reading: &mut Reading,
    ) -> Option<(usize, u64)> {
        let Reading { words, kinds, cased, places, .. } = reading;
        if !(places.window.start <= among.start && among.end <= places.window.end) {
            let mut window = words.sentence_of(among.start);
            while window.end < words.words().len() {
                let end = words.sentence_of(window.end).end;
                if end - window.start > WIDEST {
                    break;
                }
                window.end = end;
            }
            if window.len() > WIDEST {
                return None;
            }
            places.look_at(window, &self.sets, kinds, cased);
        }
        let start = places.window.start;
        let room = ((1 << among.len()) - 1) << (among.start - start);
        Some((start, self.back(steps, u64::MAX, room, &places.of_sets) & room))
    }

    /// Follows some steps backwards: `next` has the places at which what comes after them may begin.
    fn back(&self, steps: &[Step], next: u64, room: u64, of_sets: &[u64]) -> u64 {
        let stands = |set: &SetId| of_sets[*set as usize] | self.sets.any[*set as usize];
        steps.iter().rev().fold(next, |next, step| match step {
            _ if next == 0 => 0,
            Step::Word(set) => stands(set) & room & next >> 1,
            Step::Gap(words) => spread(next, *words),
            Step::Either(words, choices) => {
                let mut all = words.as_ref().map_or(0, |set| stands(set) & room & next >> 1);
                for choice in choices {
                    if choice.need.as_ref().is_none_or(|set| stands(set) & room != 0) {
                        all |= self.back(&choice.steps, next, room, of_sets);
                    }
                }
                all
            }
        })
    }
}

/// Some places, and as many more before each.
fn spread(mut places: u64, more: usize) -> u64 {
    let (mut have, want) = (1, (more + 1).min(WIDEST + 1));
    while have < want {
        let step = have.min(want - have);
        places |= places >> step;
        have += step;
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gap_spreads_places_to_those_before_them() {
        for more in 0..200 {
            for place in [0, 1, 17, 63] {
                let expected = (0..=place).filter(|before| place - before <= more).fold(0, |bits, p| bits | 1_u64 << p);
                assert_eq!(spread(1 << place, more), expected, "{more} before {place}");
            }
        }
    }
}

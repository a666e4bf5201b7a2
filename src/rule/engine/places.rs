//! Where words stand in a short stretch of a text, as bits, and where phrases begin.
//!
//! A window is a run of whole sentences with up to 63 words. In a window, the places of one of a set of words are a
//! mask of 64 bits, and a gap is a few shifts. A phrase is followed from its last words back to its first, all places
//! at once; then forwards from each place at which it may begin, where gaps end with the clause. Sentences with more
//! words have no window.

use std::ops::Range;
use std::sync::Arc;

use crate::rule::engine::bits::ones;
use crate::rule::engine::{Engine, Reading};
use crate::rule::pattern::Gap;
use crate::rule::text::Words;
use crate::rule::trie::{KindId, WordId};

/// The number of a set of words. A state takes any one of them.
pub type SetId = u32;

/// How many words a window may have. The bit after the last stands for all that follows the window.
const WIDEST: usize = u64::BITS as usize - 1;

/// One element of a phrase that is followed backwards.
#[derive(Debug, PartialEq, Eq, Hash)]
pub enum Step {
    /// A word of a set.
    Word(SetId),
    /// Room for other words.
    Gap(Gap),
    /// One of some single words, or of some longer phrases.
    Either(Option<SetId>, Ways),
}

/// Phrases of several words, or of none: blocks of 64 choices of an engine, each with the bits of those that are meant.
pub type Ways = Arc<[(usize, u64)]>;

/// Lists of numbers, one after another.
#[derive(Debug)]
struct Rows {
    numbers: Vec<u32>,
    /// Where each list begins, and the end of the last.
    starts: Vec<usize>,
}

impl Rows {
    fn new(lists: &[Vec<u32>]) -> Rows {
        let mut starts = vec![0];
        starts.extend(lists.iter().scan(0, |end, list| {
            *end += list.len();
            Some(*end)
        }));
        Rows { numbers: lists.concat(), starts }
    }

    fn row(&self, row: u32) -> &[u32] {
        &self.numbers[self.starts[row as usize]..self.starts[row as usize + 1]]
    }
}

/// The words of each set, and which of them each kind of word satisfies.
#[derive(Debug)]
pub struct Sets {
    /// The words of each set, in ascending order.
    words: Rows,
    /// The words that each kind satisfies.
    kinds: Rows,
    /// How many words there are.
    count: usize,
    /// The word that stands for any.
    any: Option<WordId>,
}

impl Sets {
    /// `sets` has the words of each set, `kinds` the words that each kind satisfies, both in ascending order. `any` is
    /// the word that stands for any.
    pub fn new(sets: &[Vec<WordId>], kinds: &[Vec<WordId>], any: Option<WordId>) -> Sets {
        let count = kinds.iter().chain(sets).flatten().max().map_or(0, |last| *last as usize + 1);
        Sets { words: Rows::new(sets), kinds: Rows::new(kinds), count, any }
    }

    /// The words of a set, in ascending order.
    pub fn words(&self, set: SetId) -> &[WordId] {
        self.words.row(set)
    }

    /// The words that a kind satisfies, in ascending order. The word that stands for any is not among them.
    pub fn words_of(&self, kind: KindId) -> &[WordId] {
        self.kinds.row(kind)
    }

    /// Whether a set names a kind of word.
    fn names(&self, set: SetId, kind: KindId) -> bool {
        let words = self.words.row(set);
        self.kinds.row(kind).iter().any(|word| words.binary_search(word).is_ok())
    }

    /// Whether a set takes a kind of word: it names it, or it takes any.
    pub fn takes(&self, set: SetId, kind: KindId) -> bool {
        self.any.is_some_and(|any| self.words.row(set).contains(&any)) || self.names(set, kind)
    }
}

/// The places of words in one window. Meant to be used again for the next.
#[derive(Debug, Default)]
pub struct Places {
    /// The number of the engine.
    engine: u64,
    /// The words of the window.
    window: Range<usize>,
    /// The number of the window, of all that have been looked at.
    round: u64,
    /// For each word of patterns, its places in the window.
    of_words: Vec<u64>,
    /// The kinds of the words of the window.
    met: Vec<KindId>,
    /// For each set, its places in the window with this number.
    of_sets: Vec<(u64, u64)>,
    /// The choices that are possible in the window, as bits.
    choices: Vec<u64>,
    layers: Vec<u64>,
    /// For each clause of a sentence, the places after its words, and those at which a gap after them may end. Empty if
    /// gaps do not end with the clause.
    clauses: Vec<(u64, u64)>,
}

/// How far a phrase has been followed, as places at which its next word may stand.
#[derive(Clone, Copy)]
struct Front {
    /// No word of it has been read.
    fresh: u64,
    /// The last word that was read, or the gap after it, ends before these.
    after: u64,
}

impl Places {
    /// Makes ready for another text, read by the engine with this number.
    pub fn forget(&mut self, engine: u64, sets: &Sets) {
        self.window = 0..0;
        if self.engine != engine {
            self.engine = engine;
            self.met.clear();
            self.of_words.clear();
            self.of_words.resize(sets.count, 0);
            self.of_sets.clear();
            self.of_sets.resize(sets.words.starts.len(), (0, 0));
        }
    }

    /// Finds where the words of a window stand.
    fn look_at(&mut self, window: Range<usize>, engine: &Engine, kinds: &[KindId], cased: &[KindId]) {
        let sets = &engine.sets;
        let Places { of_words, met, choices, layers, .. } = self;
        let of_words = &mut of_words[..];
        choices.clear();
        choices.resize(engine.alive.blocks().end, 0);
        let exact = if cased.is_empty() { &[] } else { &cased[window.clone()] };
        engine.alive.sift(kinds[window.clone()].iter().chain(exact).copied(), layers, choices);
        for kind in met.drain(..) {
            sets.kinds.row(kind).iter().for_each(|word| of_words[*word as usize] = 0);
        }
        for kinds in [&kinds[window.clone()], exact] {
            for (place, kind) in kinds.iter().enumerate().filter(|(_, kind)| **kind != 0) {
                sets.kinds.row(*kind).iter().for_each(|word| of_words[*word as usize] |= 1 << place);
                met.push(*kind);
            }
        }
        if let Some(any) = sets.any {
            of_words[any as usize] = u64::MAX;
        }
        self.round += 1;
        self.window = window;
    }

    /// Whether the window has a word.
    pub fn has(&self, word: usize) -> bool {
        self.window.contains(&word)
    }

    /// Whether a set takes a word of the window.
    pub fn takes(&mut self, set: SetId, word: usize, sets: &Sets) -> bool {
        self.stands(set, sets) >> (word - self.window.start) & 1 == 1
    }

    /// The places at which the next word may stand after a gap.
    fn after_gap(&self, after: u64, gap: Gap) -> u64 {
        if gap.across || self.clauses.is_empty() {
            return spread_on(after, gap.words);
        }
        let within = |(of, until): &(u64, u64)| spread_on(after & of, gap.words) & until;
        self.clauses.iter().map(within).fold(0, |all, places| all | places)
    }

    /// The places in the window of the words that a set takes.
    fn stands(&mut self, set: SetId, sets: &Sets) -> u64 {
        let (round, places) = &mut self.of_sets[set as usize];
        if *round != self.round {
            *round = self.round;
            let of_words = &self.of_words[..];
            *places = sets.words.row(set).iter().fold(0, |places, word| places | of_words[*word as usize]);
        }
        *places
    }
}

/// The whole sentences from a word on that make one window. A sentence that is too long for one comes alone.
fn window_at(start: usize, words: &Words) -> Range<usize> {
    let mut window = words.sentence_of(start);
    while window.end < words.words().len() {
        let end = words.sentence_of(window.end).end;
        if end - window.start > WIDEST {
            break;
        }
        window.end = end;
    }
    window
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
        if !self.look(among, reading) {
            return None;
        }
        let places = &mut reading.places;
        let room = ((1 << among.len()) - 1) << (among.start - places.window.start);
        if !self.may_stand(steps, room, places) {
            return Some((places.window.start, 0));
        }
        let begins = self.back(steps, u64::MAX, room, places) & room;
        Some((places.window.start, begins))
    }

    /// Whether each step finds a word, or a choice that is possible: most phrases lack one.
    fn may_stand(&self, steps: &[Step], room: u64, places: &mut Places) -> bool {
        steps.iter().all(|step| match step {
            Step::Gap(_) => true,
            Step::Word(set) => places.stands(*set, &self.sets) & room != 0,
            Step::Either(words, ways) => {
                ways.iter().any(|(block, among)| places.choices[*block] & among != 0)
                    || words.is_some_and(|set| places.stands(set, &self.sets) & room != 0)
            }
        })
    }

    /// Looks at a window with some words of one sentence. Returns whether there is one.
    fn look(&self, among: &Range<usize>, reading: &mut Reading) -> bool {
        let Reading { words, kinds, cased, places, .. } = reading;
        if !places.has(among.start) {
            let window = window_at(among.start, words);
            if window.len() > WIDEST {
                return false;
            }
            places.look_at(window, self, kinds, cased);
        }
        true
    }

    /// The last word of the shortest place of a phrase that begins with a word of a window, among some words of one
    /// sentence. Gaps end with the clause if the text is `parted`.
    pub(super) fn end(
        &self,
        steps: &[Step],
        start: usize,
        among: &Range<usize>,
        parted: bool,
        reading: &mut Reading,
    ) -> Option<usize> {
        // Looking for clauses may have moved the window.
        if !self.look(among, reading) {
            return None;
        }
        let Reading { places, clauses, .. } = reading;
        let from = places.window.start;
        places.clauses.clear();
        if parted {
            let clause = |(words, end): (Range<usize>, usize)| {
                let after = before(words.end - from) & !before(words.start.max(from) - from);
                (after << 1, before(end - from))
            };
            places.clauses.extend(clauses.among(among).map(clause));
        }
        let room = before(among.end - from) & !before(among.start - from);
        let front = self.forth(steps, Front { fresh: 1 << (start - from), after: 0 }, room, places);
        (front.after != 0).then(|| from + front.after.trailing_zeros() as usize - 1)
    }

    /// Follows some steps forwards.
    fn forth(&self, steps: &[Step], mut front: Front, room: u64, places: &mut Places) -> Front {
        for step in steps {
            let here = (front.fresh | front.after) & room;
            front = match step {
                Step::Word(set) => Front { fresh: 0, after: (here & places.stands(*set, &self.sets)) << 1 },
                // Room before the first word makes no difference.
                Step::Gap(gap) => Front { after: places.after_gap(front.after, *gap), ..front },
                Step::Either(words, ways) => {
                    let after = words.map_or(0, |set| (here & places.stands(set, &self.sets)) << 1);
                    let mut all = Front { fresh: 0, after };
                    for &(block, among) in ways.iter() {
                        for choice in ones(places.choices[block] & among) {
                            let steps = &self.choices[block * 64 + choice];
                            let way = self.forth(steps, front, room, places);
                            all = Front { fresh: all.fresh | way.fresh, after: all.after | way.after };
                        }
                    }
                    all
                }
            };
            if front.fresh | front.after == 0 {
                break;
            }
        }
        front
    }

    /// Follows some steps backwards: `next` has the places at which what comes after them may begin.
    fn back(&self, steps: &[Step], mut next: u64, room: u64, places: &mut Places) -> u64 {
        for step in steps.iter().rev() {
            next = match step {
                Step::Word(set) => places.stands(*set, &self.sets) & room & next >> 1,
                Step::Gap(gap) => spread(next, gap.words),
                Step::Either(words, ways) => {
                    let mut all = words.map_or(0, |set| places.stands(set, &self.sets) & room & next >> 1);
                    for &(block, among) in ways.iter() {
                        for choice in ones(places.choices[block] & among) {
                            let steps = &self.choices[block * 64 + choice];
                            all |= self.back(steps, next, room, places);
                        }
                    }
                    all
                }
            };
            if next == 0 {
                break;
            }
        }
        next
    }
}

/// The numbers of the choices that are meant.
pub fn ways_in(ways: &Ways) -> impl Iterator<Item = usize> {
    ways.iter().flat_map(|(block, among)| ones(*among).map(move |choice| block * 64 + choice))
}

/// Some places, and as many more before each.
fn spread(places: u64, more: usize) -> u64 {
    widen(places, more, |places, step| places >> step)
}

/// Some places, and as many more after each.
fn spread_on(places: u64, more: usize) -> u64 {
    widen(places, more, |places, step| places << step)
}

fn widen(mut places: u64, more: usize, shift: impl Fn(u64, usize) -> u64) -> u64 {
    let (mut have, want) = (1, (more + 1).min(WIDEST + 1));
    while have < want {
        let step = have.min(want - have);
        places |= shift(places, step);
        have += step;
    }
    places
}

/// The places before one of the window.
fn before(place: usize) -> u64 {
    1_u64.checked_shl(place as u32).map_or(u64::MAX, |bit| bit - 1)
}

/// Whether 2 gaps may follow one another because what is between them was left out, or a gap may be the end. Such gaps
/// become one, or none, which is not seen where steps are followed one by one.
pub fn has_loose_gaps(steps: &[Step], choices: &[Arc<[Step]>]) -> bool {
    ends_in_gap(steps, choices, false) != Some(false)
}

/// Whether a way through some steps ends in a gap, if what comes before them does or does not; `None` if gaps join.
fn ends_in_gap(steps: &[Step], choices: &[Arc<[Step]>], mut in_gap: bool) -> Option<bool> {
    for step in steps {
        in_gap = match step {
            Step::Word(_) => false,
            Step::Gap(_) if in_gap => return None,
            Step::Gap(_) => true,
            Step::Either(_, ways) => {
                let ends = ways_in(ways).map(|choice| ends_in_gap(&choices[choice], choices, in_gap));
                ends.collect::<Option<Vec<bool>>>()?.contains(&true)
            }
        };
    }
    Some(in_gap)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gap_spreads_places_to_those_beside_them() {
        for more in 0..200 {
            for place in [0, 1, 17, 63] {
                let expected = (0..=place).filter(|before| place - before <= more).fold(0, |bits, p| bits | 1_u64 << p);
                assert_eq!(spread(1 << place, more), expected, "{more} before {place}");
                let expected = (place..64).filter(|after| after - place <= more).fold(0, |bits, p| bits | 1_u64 << p);
                assert_eq!(spread_on(1 << place, more), expected, "{more} after {place}");
            }
        }
    }
}

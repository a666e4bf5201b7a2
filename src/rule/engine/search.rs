//! Reads a text and finds patterns in it: which patterns are possible, and where they are.

use std::collections::HashSet;
use std::ops::Range;

use crate::rule::engine::automaton::{Automaton, Edge, StateId};
use crate::rule::engine::bits::{blocks, ones};
use crate::rule::engine::places::{SetId, Step, ways_in};
use crate::rule::engine::sieve::Sieve;
use crate::rule::engine::{Engine, Hit, Matcher, PatternId, Reading};
use crate::rule::text::Word;
use crate::rule::trie::WordId;

impl Engine {
    /// Reads a text: its words, the kind of each, and which patterns are possible in each sentence.
    pub fn read(&self, text: &str, reading: &mut Reading) {
        self.read_early(text, reading);
        self.read_rest(reading);
    }

    /// Reads a text, but finds only which of the early patterns are possible. Only these may be looked for before
    /// [`Engine::read_rest`].
    pub fn read_early(&self, text: &str, reading: &mut Reading) {
        let Reading { words, recall, kinds, cased, possible, clauses, places, .. } = reading;
        words.split(text);
        clauses.forget();
        places.forget(self.number, &self.sets);
        kinds.clear();
        cased.clear();
        recall.begin(self.number);
        for word in words.words() {
            let exact = |written: &str| match self.cased.is_empty() {
                true => 0,
                false if written.contains('.') => self.cased.get(&written.replace('.', "")).copied().unwrap_or(0),
                false => self.cased.get(written).copied().unwrap_or(0),
            };
            let (kind, of_letters) = match word.is_plain() {
                true => recall.kinds(text.as_bytes(), &word.span, |letters| {
                    (self.trie.look_up(letters), exact(&text[word.span.clone()]))
                }),
                false => (self.trie.look_up(words.folded_bytes(text, word)), exact(&text[word.span.clone()])),
            };
            kinds.push(kind);
            if !self.cased.is_empty() {
                cased.push(of_letters);
            }
        }
        possible.clear();
        possible.resize(words.sentences() * self.blocks, 0);
        reading.begun.clear();
        self.sift(&self.early, reading);
    }

    /// Finds which of the other patterns are possible in the text that was read.
    pub fn read_rest(&self, reading: &mut Reading) {
        self.read_sections(self.sections.len(), reading);
    }

    /// Finds which of the patterns of the first sections are possible in the text that was read. Patterns of other
    /// sections are not found.
    pub fn read_sections(&self, count: usize, reading: &mut Reading) {
        self.sections.iter().take(count).for_each(|sieve| self.sift(sieve, reading));
    }

    fn sift(&self, sieve: &Sieve, reading: &mut Reading) {
        let Reading { words, kinds, cased, possible, layers, .. } = reading;
        let mut start = 0;
        for row in possible.chunks_exact_mut(self.blocks) {
            let sentence = words.sentence_of(start);
            start = sentence.end;
            let exact = if cased.is_empty() { &[] } else { &cased[sentence.clone()] };
            sieve.sift(kinds[sentence].iter().chain(exact).copied(), layers, row);
        }
    }

    /// Whether a regular expression may begin in the sentence of a word. All are looked for at once, when the first of
    /// them is asked for: few texts need one.
    fn may_begin(&self, regex: PatternId, text: &str, word: usize, reading: &mut Reading) -> bool {
        let Some(beginnings) = self.regex_beginnings.get_or_init(|| self.find_beginnings()) else { return true };
        let (block, bit) = (regex.0 / 64, regex.0 % 64);
        if beginnings.begun[block] >> bit & 1 == 0 {
            return true;
        }
        let Reading { words, begun, .. } = reading;
        if begun.is_empty() {
            begun.resize(words.sentences() * self.blocks, 0);
            let mut start = 0;
            for row in begun.chunks_exact_mut(self.blocks) {
                let sentence = words.sentence_of(start);
                start = sentence.end;
                for found in beginnings.automaton.find_overlapping_iter(&text[stretch(text, words.words(), &sentence)])
                {
                    let owners = &beginnings.owners[found.pattern().as_usize()];
                    owners.iter().for_each(|(block, bits)| row[*block] |= bits);
                }
            }
        }
        begun[words.words()[word].sentence * self.blocks + block] >> bit & 1 == 1
    }

    /// The blocks of the patterns that are possible in the sentence of a word.
    fn possible<'r>(&self, word: usize, reading: &'r Reading) -> &'r [u64] {
        let row = reading.words()[word].sentence * self.blocks;
        &reading.possible[row..row + self.blocks]
    }

    /// Whether a pattern is possible in the sentence of a word: whether it finds what it always needs.
    pub fn is_possible(&self, pattern: PatternId, word: usize, reading: &Reading) -> bool {
        let row = reading.words()[word].sentence * self.blocks;
        reading.possible[row + pattern.0 / 64] >> (pattern.0 % 64) & 1 == 1
    }

    /// Gathers the searched patterns that are possible in the sentence that begins with a word, in ascending order. If
    /// only some are `wanted`, by their bits, these.
    pub fn armed(&self, sentence: usize, wanted: Option<&[u64]>, reading: &Reading, armed: &mut Vec<PatternId>) {
        let blocks = self.possible(sentence, reading).iter().zip(&self.searched);
        for (block, (possible, searched)) in blocks.enumerate() {
            let wanted = wanted.map_or(u64::MAX, |wanted| wanted.get(block).copied().unwrap_or(0));
            armed.extend(ones(possible & searched & wanted).map(|bit| PatternId(block * 64 + bit)));
        }
    }

    /// Whether one of some patterns, numbered in a row, is possible in the sentence of a word.
    pub fn is_one_possible(&self, patterns: &Range<usize>, word: usize, reading: &Reading) -> bool {
        let possible = self.possible(word, reading);
        blocks(patterns).any(|(block, bits)| possible[block] & bits != 0)
    }

    /// Whether one of some patterns, numbered in a row, is a single word that stands in the sentence of a word.
    pub fn is_one_word_there(&self, patterns: &Range<usize>, word: usize, reading: &Reading) -> bool {
        let possible = self.possible(word, reading);
        blocks(patterns).any(|(block, bits)| possible[block] & self.single[block] & bits != 0)
    }

    /// Finds every place of a pattern among some words, by its first word. If several begin with the same word, the
    /// shortest counts. No place runs over the end of a sentence.
    pub fn find(
        &self,
        pattern: PatternId,
        text: &str,
        among: Range<usize>,
        reading: &mut Reading,
        hits: &mut Vec<Hit>,
    ) {
        self.find_each(&(pattern.0..pattern.0 + 1), text, among, reading, hits);
    }

    /// Finds every place of some patterns, numbered in a row: sentence by sentence, pattern by pattern.
    pub fn find_each(
        &self,
        patterns: &Range<usize>,
        text: &str,
        among: Range<usize>,
        reading: &mut Reading,
        hits: &mut Vec<Hit>,
    ) {
        let mut start = among.start;
        while start < among.end {
            let part = start..reading.sentence_of(start).end.min(among.end);
            start = part.end;
            for (block, bits) in blocks(patterns) {
                for bit in ones(self.possible(part.start, reading)[block] & bits) {
                    self.find_possible(PatternId(block * 64 + bit), text, &part, reading, hits);
                }
            }
        }
    }

    /// Finds every place, in one sentence, of a pattern that is possible there.
    pub fn find_possible(
        &self,
        pattern: PatternId,
        text: &str,
        among: &Range<usize>,
        reading: &mut Reading,
        hits: &mut Vec<Hit>,
    ) {
        match &self.matchers[pattern.0] {
            Matcher::Phrase { .. } => self.find_phrase(pattern, text, among, reading, |first, last| {
                hits.push(Hit { pattern, first, last });
                true
            }),
            Matcher::Regex(regex) => {
                if !self.may_begin(pattern, text, among.start, reading) {
                    return;
                }
                let words = reading.words.words();
                let within = stretch(text, words, among);
                for found in regex.find_iter(&text[within.clone()]) {
                    let (begin, end) = (within.start + found.start(), within.start + found.end());
                    let first = among.start + words[among.clone()].partition_point(|word| word.span.end <= begin);
                    let after = among.start + words[among.clone()].partition_point(|word| word.span.start < end);
                    if first < after {
                        hits.push(Hit { pattern, first, last: after - 1 });
                    }
                }
            }
        }
    }

    /// Tells the first and the last word of every place of a phrase among some words of one sentence, until told to
    /// stop.
    fn find_phrase(
        &self,
        pattern: PatternId,
        text: &str,
        among: &Range<usize>,
        reading: &mut Reading,
        mut tell: impl FnMut(usize, usize) -> bool,
    ) {
        let Matcher::Phrase { steps, automaton, has_gap, loose_gaps, .. } = &self.matchers[pattern.0] else { return };
        let is_word = matches!(steps[..], [Step::Word(_)]);
        // The places that are left to be tried: bits from a start, or all.
        let bits = self.beginnings(steps, among, reading);
        let (mut start, mut left) = bits.unwrap_or((among.start, 0));
        loop {
            if bits.is_some() {
                if left == 0 {
                    return;
                }
                start += left.trailing_zeros() as usize;
            } else if start == among.end {
                return;
            }
            let last = if bits.is_some() && is_word {
                Some(start)
            } else if bits.is_some() && !loose_gaps {
                let parted = *has_gap && self.part(text, reading);
                self.end(steps, start, among, parted, reading)
            } else {
                let phrase = automaton.get_or_init(|| Automaton::new(steps, &self.choices));
                let last = self.shortest(phrase, start, among.end, false, reading);
                match *has_gap && last.is_some() && self.part(text, reading) {
                    true => self.shortest(phrase, start, among.end, true, reading),
                    false => last,
                }
            };
            if last.is_some_and(|last| !tell(start, last)) {
                return;
            }
            left = left.checked_shr(left.trailing_zeros() + 1).unwrap_or(0);
            start += 1;
        }
    }

    /// Whether a pattern names a word of the text.
    pub fn names(&self, pattern: PatternId, word: usize, reading: &Reading) -> bool {
        match &self.matchers[pattern.0] {
            Matcher::Phrase { steps, named, .. } => {
                let named = named.get_or_init(|| self.words_of(steps));
                let is_named = |kind| self.sets.words_of(kind).iter().any(|word| named.binary_search(word).is_ok());
                is_named(reading.kinds[word]) || reading.cased.get(word).is_some_and(|exact| is_named(*exact))
            }
            // A regular expression has read everything that it matched.
            Matcher::Regex(_) => true,
        }
    }

    /// The words that some steps name, in ascending order.
    fn words_of(&self, steps: &[Step]) -> Vec<WordId> {
        let (mut words, mut left) = (Vec::new(), vec![steps]);
        let mut seen = HashSet::new();
        while let Some(steps) = left.pop() {
            for step in steps {
                match step {
                    Step::Gap(_) => {}
                    Step::Word(set) => words.extend_from_slice(self.sets.words(*set)),
                    Step::Either(set, ways) => {
                        words.extend(set.iter().flat_map(|set| self.sets.words(*set)));
                        let new = ways_in(ways).filter(|choice| seen.insert(*choice));
                        left.extend(new.map(|choice| &self.choices[choice][..]));
                    }
                }
            }
        }
        words.sort_unstable();
        words.dedup();
        words
    }

    /// Whether a pattern occurs among some words. It does not run over the end of a sentence.
    pub fn is_found(&self, pattern: PatternId, text: &str, among: Range<usize>, reading: &mut Reading) -> bool {
        let (mut found, mut start) = (false, among.start);
        while start < among.end && !found {
            let part = start..reading.sentence_of(start).end.min(among.end);
            start = part.end;
            found = self.is_possible(pattern, part.start, reading)
                && match &self.matchers[pattern.0] {
                    Matcher::Phrase { .. } => {
                        let mut any = false;
                        self.find_phrase(pattern, text, &part, reading, |_, _| {
                            any = true;
                            false
                        });
                        any
                    }
                    Matcher::Regex(regex) => {
                        self.may_begin(pattern, text, part.start, reading)
                            && regex.is_match(&text[stretch(text, reading.words.words(), &part)])
                    }
                };
        }
        found
    }

    /// Whether a set takes a word of the text.
    fn takes(&self, set: SetId, word: usize, reading: &mut Reading) -> bool {
        if reading.places.has(word) {
            return reading.places.takes(set, word, &self.sets);
        }
        self.sets.takes(set, reading.kinds[word])
            || reading.cased.get(word).is_some_and(|kind| self.sets.takes(set, *kind))
    }

    /// The earliest last word of a phrase whose first word is at `start`.
    fn shortest(
        &self,
        phrase: &Automaton,
        start: usize,
        end: usize,
        parted: bool,
        reading: &mut Reading,
    ) -> Option<usize> {
        let mut shortest: Option<usize> = None;
        for &state in phrase.first() {
            if self.takes(phrase.set(state), start, reading) {
                let last = self.follow(phrase, state, start..end, parted, reading);
                shortest = last.into_iter().chain(shortest).min();
            }
        }
        shortest
    }

    /// Follows a phrase from its first word, the first of `among`. The first end that it reaches is the last word. Gaps
    /// end with the clause if the text is `parted`.
    fn follow(
        &self,
        phrase: &Automaton,
        first: StateId,
        among: Range<usize>,
        parted: bool,
        reading: &mut Reading,
    ) -> Option<usize> {
        if phrase.is_last(first) {
            return Some(among.start);
        }
        let (mut waiting, mut next) = (std::mem::take(&mut reading.waiting), std::mem::take(&mut reading.next));
        waiting.clear();
        await_next(phrase.follow(first), among.start, parted, reading, &mut waiting);
        let mut last = None;
        for place in among.start + 1..among.end {
            if waiting.is_empty() || last.is_some() {
                break;
            }
            next.clear();
            for &(state, last_place) in &waiting {
                if last_place < place {
                    continue;
                }
                if last_place > place {
                    next.push((state, last_place));
                }
                if self.takes(phrase.set(state), place, reading) {
                    if phrase.is_last(state) {
                        last = Some(place);
                        break;
                    }
                    await_next(phrase.follow(state), place, parted, reading, &mut next);
                }
            }
            if next.len() > 1 {
                // The state that may wait longest comes first, so it is the one kept.
                next.sort_unstable_by(|a, b| (a.0, b.1).cmp(&(b.0, a.1)));
                next.dedup_by_key(|waiting| waiting.0);
            }
            std::mem::swap(&mut waiting, &mut next);
        }
        (reading.waiting, reading.next) = (waiting, next);
        last
    }
}

/// Adds the states that may follow one at `place`, each with the last place at which it may stand.
fn await_next(edges: &[Edge], place: usize, parted: bool, reading: &Reading, waiting: &mut Vec<(StateId, usize)>) {
    let until = |edge: &Edge| match edge.within && parted {
        true => (place + 1 + edge.room).min(reading.clauses.reach(place) - 1),
        false => place + 1 + edge.room,
    };
    waiting.extend(edges.iter().map(|edge| (edge.state, until(edge))));
}

/// The bytes of some words, up to the words around them, so that the marks before and after are
/// included.
fn stretch(text: &str, words: &[Word], among: &Range<usize>) -> Range<usize> {
    let start = if among.start == 0 { 0 } else { words[among.start].span.start };
    let end = words.get(among.end).map_or(text.len(), |next| next.span.start);
    start..end
}

//! Reads a text and finds patterns in it: which patterns are possible, and where they are.

use std::ops::Range;

use crate::rule::engine::{Edge, Engine, Hit, Matcher, PatternId, Reading, State, StateId, WordId, id_range};
use crate::rule::text::Word;

impl Engine {
    /// Reads a text: splits it into words and looks up which pattern words each one satisfies.
    pub fn read(&self, text: &str, reading: &mut Reading) {
        let Reading { words, ids, ends, armed_in, seen_in, clauses, .. } = reading;
        words.split(text);
        clauses.forget();
        ids.clear();
        ends.clear();
        for word in words.words() {
            let before = ids.len();
            self.trie.look_up(words.folded_bytes(text, word), ids);
            for place in before..ids.len() {
                ids.extend_from_slice(&self.alike[ids[place] as usize]);
            }
            if !self.cased.is_empty() {
                let written = &text[word.span.clone()];
                ids.extend(match written.contains('.') {
                    true => self.cased.get(&written.replace('.', "")),
                    false => self.cased.get(written),
                });
            }
            ends.push(ids.len());
        }
        armed_in.resize(self.matchers.len(), 0);
        seen_in.resize(self.alike.len(), 0);
    }

    /// Gathers the searched patterns that are possible among some words: the patterns that find every
    /// word they always need. Each is gathered once, in no particular order.
    pub fn armed(&self, text: &str, among: Range<usize>, reading: &mut Reading, armed: &mut Vec<PatternId>) {
        reading.search += 1;
        let Reading { words, ids, ends, armed_in, seen_in, search, .. } = reading;
        let ids = &ids[id_range(ends, among.start).start..id_range(ends, among.end - 1).end];
        for &id in ids {
            seen_in[id as usize] = *search;
        }
        let is_seen = |word: &WordId| seen_in[*word as usize] == *search;
        let mut arm = |pattern: PatternId| {
            if armed_in[pattern.0] != *search {
                armed_in[pattern.0] = *search;
                if self.needs[pattern.0].iter().all(|words| words.iter().any(is_seen)) {
                    armed.push(pattern);
                }
            }
        };
        for &id in ids {
            for (pattern, other) in &self.armed_by[id as usize] {
                if other.as_ref().is_none_or(is_seen) {
                    arm(*pattern);
                }
            }
        }
        self.regex_always.iter().for_each(|pattern| arm(*pattern));
        if let Some((beginnings, owners)) = &self.regex_beginnings {
            for found in beginnings.find_overlapping_iter(&text[stretch(text, words.words(), &among)]) {
                arm(owners[found.pattern().as_usize()]);
            }
        }
    }

    /// Finds every place of a pattern among some words of one sentence, by its first word. If several
    /// begin with the same word, the shortest counts. Among no words there is none.
    pub fn find(
        &self,
        pattern: PatternId,
        text: &str,
        among: Range<usize>,
        reading: &mut Reading,
        hits: &mut Vec<Hit>,
    ) {
        if among.is_empty() {
            return;
        }
        match &self.matchers[pattern.0] {
            Matcher::Phrase { first, has_gap, .. } => {
                for start in among.clone() {
                    if self.any.is_none() && reading.ids_of(start).is_empty() {
                        continue;
                    }
                    let mut last = self.shortest(first, start, among.end, false, reading);
                    if *has_gap && last.is_some() && self.part(text, reading) {
                        last = self.shortest(first, start, among.end, true, reading);
                    }
                    hits.extend(last.map(|last| Hit { pattern, first: start, last }));
                }
            }
            Matcher::Regex(regex) => {
                let words = reading.words.words();
                let within = stretch(text, words, &among);
                for found in regex.find_iter(&text[within.clone()]) {
                    let (start, end) = (within.start + found.start(), within.start + found.end());
                    let first = among.start + words[among.clone()].partition_point(|word| word.span.end <= start);
                    let after = among.start + words[among.clone()].partition_point(|word| word.span.start < end);
                    if first < after {
                        hits.push(Hit { pattern, first, last: after - 1 });
                    }
                }
            }
        }
    }

    /// Whether a pattern names a word of the text.
    pub fn names(&self, pattern: PatternId, word: usize, reading: &Reading) -> bool {
        let ids = reading.ids_of(word);
        match &self.matchers[pattern.0] {
            Matcher::Phrase { states, .. } => {
                self.states[states.clone()].iter().any(|state| ids.iter().any(|id| state.words.contains(id)))
            }
            // A regular expression has read everything that it matched.
            Matcher::Regex(_) => true,
        }
    }

    /// Whether a pattern occurs among some words of one sentence. Among no words it does not.
    pub fn is_found(&self, pattern: PatternId, text: &str, among: Range<usize>, reading: &mut Reading) -> bool {
        if among.is_empty() {
            return false;
        }
        match &self.matchers[pattern.0] {
            Matcher::Phrase { first, has_gap, .. } => among.clone().any(|start| {
                let found = |parted, reading: &mut Reading| {
                    first.iter().any(|&state| {
                        self.fits(state, start, reading)
                            && self.follow(state, start, among.end, parted, reading).is_some()
                    })
                };
                found(false, reading) && !(*has_gap && self.part(text, reading) && !found(true, reading))
            }),
            Matcher::Regex(regex) => regex.is_match(&text[stretch(text, reading.words.words(), &among)]),
        }
    }

    fn fits(&self, state: StateId, place: usize, reading: &Reading) -> bool {
        self.satisfies(reading.ids_of(place), &self.states[state as usize].words)
    }

    /// Whether a word of a text, given by the pattern words that it satisfies, is one of `words`.
    fn satisfies(&self, ids: &[WordId], words: &[WordId]) -> bool {
        let is_one = |id: &WordId| match words {
            [word] => word == id,
            words => words.binary_search(id).is_ok(),
        };
        ids.iter().any(is_one) || self.any.is_some_and(|any| words.contains(&any))
    }

    /// The earliest last word of a phrase whose first word is at `start`.
    fn shortest(
        &self,
        first: &[StateId],
        start: usize,
        end: usize,
        parted: bool,
        reading: &mut Reading,
    ) -> Option<usize> {
        let mut shortest: Option<usize> = None;
        for &state in first {
            if self.fits(state, start, reading) {
                let last = self.follow(state, start, end, parted, reading);
                shortest = last.into_iter().chain(shortest).min();
            }
        }
        shortest
    }

    /// Follows a phrase from its first word at `start`. The first end that it reaches is the last word. Gaps end with
    /// the clause if the text is `parted`.
    fn follow(&self, first: StateId, start: usize, end: usize, parted: bool, reading: &mut Reading) -> Option<usize> {
        let Reading { ids, ends, waiting, next, clauses, .. } = reading;
        let State { last, follow, .. } = &self.states[first as usize];
        if *last {
            return Some(start);
        }
        // The last place at which the next word may stand.
        let until = |edge: &Edge, place: usize| match edge.within && parted {
            true => (place + 1 + edge.room).min(clauses.reach(place) - 1),
            false => place + 1 + edge.room,
        };
        waiting.clear();
        waiting.extend(follow.iter().map(|edge| (edge.state, until(edge, start))));
        for place in start + 1..end {
            if waiting.is_empty() {
                return None;
            }
            let here = &ids[id_range(ends, place)];
            next.clear();
            for &(state, last_place) in waiting.iter() {
                if last_place < place {
                    continue;
                }
                if last_place > place {
                    next.push((state, last_place));
                }
                let State { words, last, follow } = &self.states[state as usize];
                if self.satisfies(here, words) {
                    if *last {
                        return Some(place);
                    }
                    next.extend(follow.iter().map(|edge| (edge.state, until(edge, place))));
                }
            }
            if next.len() > 1 {
                // The state that may wait longest comes first, so it is the one kept.
                next.sort_unstable_by(|a, b| (a.0, b.1).cmp(&(b.0, a.1)));
                next.dedup_by_key(|waiting| waiting.0);
            }
            std::mem::swap(waiting, next);
        }
        None
    }
}

/// The bytes of some words, up to the words around them, so that the marks before and after are
/// included.
fn stretch(text: &str, words: &[Word], among: &Range<usize>) -> Range<usize> {
    let start = if among.start == 0 { 0 } else { words[among.start].span.start };
    let end = words.get(among.end).map_or(text.len(), |next| next.span.start);
    start..end
}

//! Compiles the patterns of all rules once and finds them in many texts.
//!
//! The words of all patterns stand in one trie, through which each word of a text goes once. A
//! phrase is a small automaton whose states are its words; an edge says which word may follow and
//! after how many others (Glushkov's construction, with gaps on the edges). It is looked for only
//! in sentences that have one of the words which the phrase cannot do without, and of those words
//! the engine chooses the ones that fewest patterns share. All ways through a phrase are followed
//! side by side, so that no pattern and no text can make the search explode.

use std::collections::HashMap;
use std::ops::Range;

use aho_corasick::AhoCorasick;
use regex_syntax::hir::literal::Extractor;

use crate::rule::pattern::{Pattern, Phrase, PhraseItem, WordPattern};
use crate::rule::text::{ALIKE, Word, Words};
use crate::rule::trie::{Trie, TrieBuilder};

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

/// Patterns while they are being gathered.
#[derive(Debug, Default)]
pub struct EngineBuilder {
    words: HashMap<WordPattern, WordId>,
    matchers: Vec<Matcher>,
    states: Vec<State>,
    phrases: Vec<(PatternId, Phrase)>,
    searched: Vec<bool>,
}

/// The patterns of all rules, ready to be found.
#[derive(Debug)]
pub struct Engine {
    trie: Trie,
    /// For each word of a pattern, others that the same word of a text satisfies.
    alike: Vec<Vec<WordId>>,
    cased: HashMap<String, WordId>,
    any: Option<WordId>,
    matchers: Vec<Matcher>,
    states: Vec<State>,
    /// For each word of a pattern, the patterns that are looked for where it stands, each with
    /// another word that it cannot do without, if there is one such word.
    armed_by: Vec<Vec<(PatternId, Option<WordId>)>>,
    /// For each pattern, what else it cannot do without: one word of each list.
    needs: Vec<Vec<Vec<WordId>>>,
    /// The beginnings that the searched regular expressions need, and whose they are.
    regex_beginnings: Option<(AhoCorasick, Vec<PatternId>)>,
    /// Searched regular expressions without such a beginning.
    regex_always: Vec<PatternId>,
}

/// A text that has been looked at, and what a search needs besides; meant to be used again for the
/// next text, so that nothing is allocated for each.
#[derive(Debug, Default)]
pub struct Reading {
    words: Words,
    /// For each word of the text, the pattern words it satisfies: those up to its end in `ids`.
    ids: Vec<WordId>,
    ends: Vec<usize>,
    waiting: Vec<(StateId, usize)>,
    next: Vec<(StateId, usize)>,
    /// For each pattern, the last search in which it was armed.
    armed_in: Vec<u64>,
    /// For each word of a pattern, the last search in which it stood among the words.
    seen_in: Vec<u64>,
    search: u64,
}

type WordId = u32;
type StateId = u32;

#[derive(Debug)]
enum Matcher {
    /// The states of the phrase, and those with which it may begin.
    Phrase {
        states: Range<usize>,
        first: Vec<StateId>,
    },
    Regex(regex::Regex),
}

/// A word of a phrase, or several of which any will do.
#[derive(Debug)]
struct State {
    /// In ascending order.
    words: Vec<WordId>,
    /// Whether the phrase may end here.
    last: bool,
    /// The words that may follow, each with how many others may stand before it.
    follow: Vec<(StateId, usize)>,
}

/// A way into the next item of a phrase: the word before it, if any, and the room after that.
type Tail = (Option<StateId>, usize);

impl EngineBuilder {
    /// Adds a pattern and returns its number. A pattern that is `searched` can be found by
    /// [`Engine::armed`]; others are only looked for by name.
    pub fn add(&mut self, pattern: &Pattern, searched: bool) -> PatternId {
        let id = PatternId(self.matchers.len());
        self.searched.push(searched);
        match pattern {
            Pattern::Regex(regex) => self.matchers.push(Matcher::Regex(regex.clone())),
            Pattern::Phrase(phrase) => {
                let (mut first, start) = (Vec::new(), self.states.len());
                for (before, _) in self.add_phrase(phrase, vec![(None, 0)], &mut first) {
                    // A pattern that may be empty is refused when it is parsed.
                    if let Some(state) = before {
                        self.states[state as usize].last = true;
                    }
                }
                self.matchers.push(Matcher::Phrase { states: start..self.states.len(), first });
                if searched {
                    self.phrases.push((id, phrase.clone()));
                }
            }
        }
        id
    }

    /// Adds the items of a phrase after what stands before them, and returns the ways out of it.
    fn add_phrase(&mut self, phrase: &Phrase, mut tails: Vec<Tail>, first: &mut Vec<StateId>) -> Vec<Tail> {
        for item in &phrase.0 {
            match item {
                // Room before the first word holds nothing together.
                PhraseItem::Gap(words) => {
                    tails.iter_mut().filter(|tail| tail.0.is_some()).for_each(|tail| tail.1 += words)
                }
                PhraseItem::Word(word) => {
                    let words = vec![self.word_id(word)];
                    tails = self.add_state(words, &tails, first);
                }
                PhraseItem::Either(choices) | PhraseItem::List(_, choices) => {
                    // Choices of one word, which most are, are one state together.
                    let single = |choice: &&Phrase| matches!(choice.0[..], [PhraseItem::Word(_)]);
                    let mut words = Vec::new();
                    for item in choices.iter().filter(single).flat_map(|choice| &choice.0) {
                        if let PhraseItem::Word(word) = item {
                            words.push(self.word_id(word));
                        }
                    }
                    words.sort_unstable();
                    words.dedup();
                    let mut out = if words.is_empty() { Vec::new() } else { self.add_state(words, &tails, first) };
                    for choice in choices.iter().filter(|choice| !single(choice)) {
                        out.extend(self.add_phrase(choice, tails.clone(), first));
                    }
                    // Of two ways out of the same word, the one with more room allows all of the other.
                    out.sort_unstable_by_key(|tail| std::cmp::Reverse(*tail));
                    out.dedup_by_key(|tail| tail.0);
                    tails = out;
                }
            }
        }
        tails
    }

    /// Adds a state after what stands before it, and returns the way out of it.
    fn add_state(&mut self, words: Vec<WordId>, tails: &[Tail], first: &mut Vec<StateId>) -> Vec<Tail> {
        let state = self.states.len() as StateId;
        self.states.push(State { words, last: false, follow: Vec::new() });
        for (before, gap) in tails {
            match before {
                Some(before) => self.states[*before as usize].follow.push((state, *gap)),
                None => first.push(state),
            }
        }
        vec![(Some(state), 0)]
    }

    fn word_id(&mut self, word: &WordPattern) -> WordId {
        let next = self.words.len() as WordId;
        *self.words.entry(word.clone()).or_insert(next)
    }

    /// Compiles what has been gathered.
    pub fn build(self) -> Engine {
        let mut shared: Vec<usize> = vec![0; self.words.len()];
        for (_, phrase) in &self.phrases {
            let mut own = Vec::new();
            self.words_of(phrase, &mut own);
            own.sort_unstable();
            own.dedup();
            own.into_iter().for_each(|word| shared[word as usize] += 1);
        }
        let mut armed_by = vec![Vec::new(); self.words.len()];
        let mut needs = vec![Vec::new(); self.matchers.len()];
        for (id, phrase) in &self.phrases {
            let mut needed = self.needed(phrase, &shared);
            needed.sort_by_key(|words| cost(words, &shared));
            if needed.is_empty() {
                continue;
            }
            let rarest = needed.remove(0);
            let single = needed.iter().position(|words| words.len() == 1).map(|place| needed.remove(place)[0]);
            for word in rarest {
                armed_by[word as usize].push((*id, single));
            }
            needs[id.0] = needed;
        }
        let mut trie = TrieBuilder::default();
        let mut cased = HashMap::new();
        for (word, &id) in &self.words {
            match word {
                WordPattern::Exact(word) => trie.add(word, false, id),
                WordPattern::Prefix(word) => trie.add(word, true, id),
                WordPattern::Cased(word) => {
                    cased.insert(word.clone(), id);
                }
                WordPattern::Any => {}
            }
        }
        // What a contraction may stand for satisfies the patterns of either word.
        let mut alike: Vec<Vec<WordId>> = vec![Vec::new(); self.words.len()];
        for (short, long) in ALIKE {
            let id = |word: &str| self.words.get(&WordPattern::Exact(word.to_owned())).copied();
            let mut node = |word: &str| {
                id(word).unwrap_or_else(|| {
                    alike.push(Vec::new());
                    let new = alike.len() as WordId - 1;
                    let known = trie.find(word);
                    if known.is_none() {
                        trie.add(word, false, new);
                    }
                    known.unwrap_or(new)
                })
            };
            let (short_node, long_node) = (node(short), node(long));
            alike[short_node as usize].extend(id(long));
            alike[long_node as usize].extend(id(short));
        }
        armed_by.resize(alike.len(), Vec::new());
        let (regex_beginnings, regex_always) = self.regex_beginnings();
        Engine {
            trie: trie.build(),
            alike,
            cased,
            any: self.words.get(&WordPattern::Any).copied(),
            matchers: self.matchers,
            states: self.states,
            armed_by,
            needs,
            regex_beginnings,
            regex_always,
        }
    }

    fn words_of(&self, phrase: &Phrase, words: &mut Vec<WordId>) {
        for item in &phrase.0 {
            match item {
                PhraseItem::Word(word) => words.extend(self.words.get(word)),
                PhraseItem::Gap(_) => {}
                PhraseItem::Either(choices) | PhraseItem::List(_, choices) => {
                    choices.iter().for_each(|choice| self.words_of(choice, words));
                }
            }
        }
    }

    /// Lists of words of each of which one stands wherever the phrase does.
    fn needed(&self, phrase: &Phrase, shared: &[usize]) -> Vec<Vec<WordId>> {
        let of_item = |item: &PhraseItem| match item {
            PhraseItem::Word(WordPattern::Any) | PhraseItem::Gap(_) => None,
            PhraseItem::Word(word) => Some(vec![*self.words.get(word)?]),
            PhraseItem::Either(choices) | PhraseItem::List(_, choices) => {
                let rarest = |choice| self.needed(choice, shared).into_iter().min_by_key(|words| cost(words, shared));
                let needed: Option<Vec<Vec<WordId>>> = choices.iter().map(rarest).collect();
                needed.map(|words| words.concat())
            }
        };
        phrase.0.iter().filter_map(of_item).collect()
    }

    fn regex_beginnings(&self) -> (Option<(AhoCorasick, Vec<PatternId>)>, Vec<PatternId>) {
        let (mut beginnings, mut owners, mut always) = (Vec::new(), Vec::new(), Vec::new());
        for (i, matcher) in self.matchers.iter().enumerate().filter(|(i, _)| self.searched[*i]) {
            let Matcher::Regex(regex) = matcher else { continue };
            match literal_beginnings(regex.as_str()) {
                Some(literals) => {
                    owners.extend(std::iter::repeat_n(PatternId(i), literals.len()));
                    beginnings.extend(literals);
                }
                None => always.push(PatternId(i)),
            }
        }
        // Where the literals are too many for one automaton, the expressions are run on every text.
        match AhoCorasick::new(&beginnings) {
            Ok(automaton) if !beginnings.is_empty() => (Some((automaton, owners)), always),
            Ok(_) => (None, always),
            Err(_) => {
                always.extend(owners);
                always.sort_unstable();
                always.dedup();
                (None, always)
            }
        }
    }
}

/// In how many patterns words stand, all together: the fewer, the better they tell a pattern.
fn cost(words: &[WordId], shared: &[usize]) -> usize {
    words.iter().map(|&word| shared[word as usize]).sum()
}

/// The literal texts with one of which every match of a regular expression begins; `None` where
/// there is no such set, so that the expression has to be run on every text.
pub fn literal_beginnings(regex: &str) -> Option<Vec<Vec<u8>>> {
    const SHORTEST: usize = 2;
    let hir = regex_syntax::ParserBuilder::new().case_insensitive(true).build().parse(regex).ok()?;
    let literals = Extractor::new().extract(&hir);
    let literals: Vec<Vec<u8>> = literals.literals()?.iter().map(|literal| literal.as_bytes().to_vec()).collect();
    let useful = !literals.is_empty() && literals.iter().all(|literal| literal.len() >= SHORTEST);
    useful.then_some(literals)
}

impl Engine {
    /// Looks at a text: splits it into words and looks up which pattern words each satisfies.
    pub fn read(&self, text: &str, reading: &mut Reading) {
        let Reading { words, ids, ends, armed_in, seen_in, .. } = reading;
        words.split(text);
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

    /// Gathers the searched patterns that may stand among some words: those which find all words
    /// there that they cannot do without. Each is gathered once, in no particular order.
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

    /// Finds every place of a pattern among some words of one sentence, by its first word; of
    /// several that begin with the same word, the shortest.
    pub fn find(
        &self,
        pattern: PatternId,
        text: &str,
        among: Range<usize>,
        reading: &mut Reading,
        hits: &mut Vec<Hit>,
    ) {
        match &self.matchers[pattern.0] {
            Matcher::Phrase { first, .. } => {
                for start in among.clone() {
                    if self.any.is_none() && reading.ids_of(start).is_empty() {
                        continue;
                    }
                    let mut shortest: Option<usize> = None;
                    for &state in first {
                        if self.stands(state, start, reading) {
                            let last = self.follow(state, start, among.end, reading);
                            shortest = last.into_iter().chain(shortest).min();
                        }
                    }
                    hits.extend(shortest.map(|last| Hit { pattern, first: start, last }));
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
            // What a regular expression has matched, it has read.
            Matcher::Regex(_) => true,
        }
    }

    /// Whether a pattern stands among some words of one sentence.
    pub fn is_found(&self, pattern: PatternId, text: &str, among: Range<usize>, reading: &mut Reading) -> bool {
        match &self.matchers[pattern.0] {
            Matcher::Phrase { first, .. } => among.clone().any(|start| {
                let starts = |&state: &StateId| {
                    self.stands(state, start, reading) && self.follow(state, start, among.end, reading).is_some()
                };
                first.iter().any(starts)
            }),
            Matcher::Regex(regex) => regex.is_match(&text[stretch(text, reading.words.words(), &among)]),
        }
    }

    fn stands(&self, state: StateId, place: usize, reading: &Reading) -> bool {
        self.satisfies(reading.ids_of(place), &self.states[state as usize].words)
    }

    /// Whether a word of a text, by the pattern words that it satisfies, is one of some.
    fn satisfies(&self, ids: &[WordId], words: &[WordId]) -> bool {
        let is_one = |id: &WordId| match words {
            [word] => word == id,
            words => words.binary_search(id).is_ok(),
        };
        ids.iter().any(is_one) || self.any.is_some_and(|any| words.contains(&any))
    }

    /// Follows a phrase from its first word at `start`; the first end that is reached is the last word.
    fn follow(&self, first: StateId, start: usize, end: usize, reading: &mut Reading) -> Option<usize> {
        let Reading { ids, ends, waiting, next, .. } = reading;
        let State { last, follow, .. } = &self.states[first as usize];
        if *last {
            return Some(start);
        }
        waiting.clear();
        waiting.extend(follow.iter().map(|&(state, gap)| (state, start + 1 + gap)));
        for place in start + 1..end {
            if waiting.is_empty() {
                return None;
            }
            let here = &ids[id_range(ends, place)];
            next.clear();
            for &(state, until) in waiting.iter() {
                if until > place {
                    next.push((state, until));
                }
                let State { words, last, follow } = &self.states[state as usize];
                if self.satisfies(here, words) {
                    if *last {
                        return Some(place);
                    }
                    next.extend(follow.iter().map(|&(state, gap)| (state, place + 1 + gap)));
                }
            }
            if next.len() > 1 {
                // The state that may wait longest stands first and stays.
                next.sort_unstable_by(|a, b| (a.0, b.1).cmp(&(b.0, a.1)));
                next.dedup_by_key(|waiting| waiting.0);
            }
            std::mem::swap(waiting, next);
        }
        None
    }
}

impl Reading {
    /// The pattern words that a word of the text satisfies.
    fn ids_of(&self, word: usize) -> &[WordId] {
        &self.ids[id_range(&self.ends, word)]
    }

    /// The words of the text that was read last.
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

/// The bytes among which some words stand: up to the words around them, so that the marks before
/// and after belong to them.
fn stretch(text: &str, words: &[Word], among: &Range<usize>) -> Range<usize> {
    let start = if among.start == 0 { 0 } else { words[among.start].span.start };
    let end = words.get(among.end).map_or(text.len(), |next| next.span.start);
    start..end
}

fn id_range(ends: &[usize], word: usize) -> Range<usize> {
    (if word == 0 { 0 } else { ends[word - 1] })..ends[word]
}

#[cfg(test)]
mod tests {
    use super::*;

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
            engine.armed(text, sentence.clone(), &mut reading, &mut armed);
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
    fn a_long_text_full_of_gaps_is_searched_in_bounded_time() {
        let text = "a ".repeat(2_000);
        assert_eq!(find("a ...50 a ...50 a ...50 a ...50 a ...50 a ...50 b", &text), Vec::<&str>::new());
    }

    #[test]
    fn a_regular_expression_says_how_it_begins_or_has_to_run_everywhere() {
        assert!(literal_beginnings("sanction(s|ed)?").is_some());
        assert!(literal_beginnings("(lift|ease)d? sanctions").is_some());
        assert!(literal_beginnings(".*sanctions").is_none());
        assert!(literal_beginnings(r"\w+ sanctions").is_none());
    }
}

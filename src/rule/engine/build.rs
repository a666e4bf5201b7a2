//! Gathers patterns, and builds one automaton for each and one trie for the words of all.

use std::collections::HashMap;

use aho_corasick::AhoCorasick;
use regex_syntax::hir::literal::Extractor;

use crate::rule::clause::ClauseWords;
use crate::rule::engine::clauses::ClausePatterns;
use crate::rule::engine::places::{Choice, SetId, Sets, Step};
use crate::rule::engine::sieve::Sieve;
use crate::rule::engine::{Edge, Engine, Matcher, PatternId, State, StateId};
use crate::rule::pattern::{Gap, Pattern, Phrase, PhraseItem, WordPattern};
use crate::rule::text::ALIKE;
use crate::rule::trie::{KindId, TrieBuilder, WordId};

/// Patterns that are being gathered.
#[derive(Debug, Default)]
pub struct EngineBuilder {
    words: HashMap<WordPattern, WordId>,
    matchers: Vec<Matcher>,
    states: Vec<Gathered>,
    phrases: Vec<(PatternId, Phrase)>,
    searched: Vec<bool>,
    clauses: Option<ClausePatterns>,
    /// The first of the patterns that are looked for first.
    early: Option<usize>,
}

/// A state that is being gathered.
#[derive(Debug)]
struct Gathered {
    /// In ascending order.
    words: Vec<WordId>,
    last: bool,
    follow: Vec<Edge>,
}

/// A way into the next item of a phrase: the word before it, if there is one, and the room after that
/// word.
type Tail = (Option<StateId>, Room);

/// The room between 2 words that match.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Room {
    /// None: they stand next to one another.
    Next,
    /// Up to so many words of the same clause.
    Within(usize),
    /// Up to so many words of any clause.
    Across(usize),
}

impl Room {
    /// The room with a gap added to it. Of gaps that follow one another, because what is between them was left out,
    /// one that may run across clauses opens the whole.
    fn and(self, gap: Gap) -> Room {
        match (self, gap.across) {
            (Room::Next, false) => Room::Within(gap.words),
            (Room::Next, true) => Room::Across(gap.words),
            (Room::Within(words), false) => Room::Within(words + gap.words),
            (Room::Within(words) | Room::Across(words), _) => Room::Across(words + gap.words),
        }
    }

    fn edge(self, state: StateId) -> Edge {
        let (room, within) = match self {
            Room::Next => (0, false),
            Room::Within(words) => (words, true),
            Room::Across(words) => (words, false),
        };
        Edge { state, room, within }
    }
}

impl EngineBuilder {
    /// Adds a pattern and returns its number. [`Engine::armed`] gathers a pattern that is `searched`;
    /// other patterns are only looked for by number.
    pub fn add(&mut self, pattern: &Pattern, searched: bool) -> PatternId {
        let id = PatternId(self.matchers.len());
        self.searched.push(searched);
        match pattern {
            Pattern::Regex(regex) => self.matchers.push(Matcher::Regex(regex.clone())),
            Pattern::Phrase(phrase) => {
                let (mut first, start) = (Vec::new(), self.states.len());
                for (before, _) in self.add_phrase(phrase, vec![(None, Room::Next)], &mut first) {
                    // The parser rejects a pattern that may be empty.
                    if let Some(state) = before {
                        self.states[state as usize].last = true;
                    }
                }
                let states = start..self.states.len();
                for state in &mut self.states[states.clone()] {
                    state.follow.sort_unstable_by_key(|edge| (edge.room, edge.within, edge.state));
                    state.follow.dedup();
                }
                let has_gap = self.states[states.clone()].iter().any(|s| s.follow.iter().any(|edge| edge.within));
                self.matchers.push(Matcher::Phrase { states, first, steps: Vec::new(), has_gap });
                self.phrases.push((id, phrase.clone()));
            }
        }
        id
    }

    /// Parts sentences into clauses, which end the gaps of phrases. Without this, every sentence is one clause.
    pub fn part_clauses(&mut self, words: &ClauseWords) {
        self.clauses = (!words.is_empty()).then(|| ClausePatterns::new(words, |pattern| self.add(pattern, false)));
    }

    /// Says that the patterns added from now on are looked for first: [`Engine::read_early`] finds which of these are
    /// possible.
    pub fn begin_early(&mut self) {
        self.early = Some(self.matchers.len());
    }

    /// Adds the items of a phrase after what comes before them, and returns the ways out of it.
    fn add_phrase(&mut self, phrase: &Phrase, mut tails: Vec<Tail>, first: &mut Vec<StateId>) -> Vec<Tail> {
        for item in &phrase.0 {
            match item {
                // Room before the first word makes no difference.
                PhraseItem::Gap(gap) => {
                    tails.iter_mut().filter(|tail| tail.0.is_some()).for_each(|tail| tail.1 = tail.1.and(*gap))
                }
                PhraseItem::Word(word) => {
                    let words = vec![self.word_id(word)];
                    tails = self.add_state(words, &tails, first);
                }
                PhraseItem::Either(choices) | PhraseItem::List(_, choices) => {
                    // Most choices have one word. Those share one state.
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
                    tails = out;
                }
            }
            // If two ways of a kind lead out of the same word, the one with more room allows everything that the
            // other allows.
            tails.sort_unstable_by_key(|tail| std::cmp::Reverse(*tail));
            tails.dedup_by_key(|tail| (tail.0, std::mem::discriminant(&tail.1)));
        }
        tails
    }

    /// Adds a state after what comes before it, and returns the way out of it.
    fn add_state(&mut self, words: Vec<WordId>, tails: &[Tail], first: &mut Vec<StateId>) -> Vec<Tail> {
        let state = self.states.len() as StateId;
        self.states.push(Gathered { words, last: false, follow: Vec::new() });
        for (before, room) in tails {
            match before {
                Some(before) => self.states[*before as usize].follow.push(room.edge(state)),
                None => first.push(state),
            }
        }
        vec![(Some(state), Room::Next)]
    }

    fn word_id(&mut self, word: &WordPattern) -> WordId {
        let next = self.words.len() as WordId;
        *self.words.entry(word.clone()).or_insert(next)
    }

    /// Compiles the gathered patterns.
    pub fn build(mut self) -> Engine {
        let mut trie = TrieBuilder::default();
        let mut cased: Vec<(&String, WordId)> = Vec::new();
        for (word, &id) in &self.words {
            match word {
                WordPattern::Exact(word) => trie.add(word, false, id),
                WordPattern::Prefix(word) => trie.add(word, true, id),
                WordPattern::Cased(word) => cased.push((word, id)),
                WordPattern::Any => {}
            }
        }
        // A contraction satisfies the patterns of either word that it may mean.
        for (short, long) in ALIKE {
            for (written, meant) in [(short, long), (long, short)] {
                if let Some(id) = self.words.get(&WordPattern::Exact(meant.to_owned())) {
                    trie.add(written, false, *id);
                }
            }
        }
        let (trie, mut kinds) = trie.build();
        cased.sort_unstable();
        let cased = cased.into_iter().map(|(word, id)| {
            kinds.push(vec![id]);
            (word.clone(), kinds.len() as KindId - 1)
        });
        let cased = cased.collect();
        let (regex_beginnings, begun) = self.regex_beginnings();
        let mut sets = NumberedSets::default();
        let needs = self.needs(&begun);
        let first_early = self.early.unwrap_or(needs.len());
        let rest = Sieve::new(&needs, 0..first_early, &kinds);
        let early = Sieve::new(&needs, first_early..needs.len(), &kinds);
        let blocks = needs.len().div_ceil(64).max(1);
        let mut searched = vec![0; blocks];
        for (pattern, _) in self.searched.iter().enumerate().filter(|(_, searched)| **searched) {
            searched[pattern / 64] |= 1 << (pattern % 64);
        }
        let any = self.words.get(&WordPattern::Any).copied();
        let mut single = vec![0; blocks];
        let shared = self.shared();
        for (id, phrase) in &self.phrases {
            let phrase_steps = self.steps(phrase, &shared, &mut sets);
            if let Matcher::Phrase { steps, .. } = &mut self.matchers[id.0] {
                *steps = phrase_steps;
            }
        }
        let (mut states, mut forks, mut edges) = (Vec::with_capacity(self.states.len()), Vec::new(), Vec::new());
        for (pattern, matcher) in self.matchers.iter().enumerate() {
            let Matcher::Phrase { states: own, .. } = matcher else { continue };
            single[pattern / 64] |= u64::from(own.len() == 1) << (pattern % 64);
            // States that the same may follow share a fork.
            let mut known: HashMap<&[Edge], usize> = HashMap::new();
            for state in self.states[own.clone()].iter().rev() {
                let set = sets.number(state.words.clone());
                let fork = *known.entry(&state.follow).or_insert(forks.len());
                if fork == forks.len() {
                    let start = edges.len();
                    edges.extend_from_slice(&state.follow);
                    forks.push(start..edges.len());
                }
                states.push(State { set, last: state.last, fork });
            }
            states[own.clone()].reverse();
        }
        let sets = Sets::new(&sets.list, &kinds, any);
        Engine {
            trie,
            cased,
            blocks,
            early,
            rest,
            searched,
            single,
            matchers: self.matchers,
            states,
            forks,
            edges,
            sets,
            regex_beginnings,
            clauses: self.clauses,
        }
    }

    /// What each pattern needs, the rarest first; `None` for the regular expressions of `begun`, whose beginnings are
    /// looked for.
    fn needs(&self, begun: &[PatternId]) -> Vec<Option<Vec<Vec<WordId>>>> {
        let shared = self.shared();
        let mut needs = vec![Some(Vec::new()); self.matchers.len()];
        begun.iter().for_each(|pattern| needs[pattern.0] = None);
        for (id, phrase) in &self.phrases {
            let mut needed = self.needed(phrase, &shared);
            needed.sort_by_key(|words| cost(words, &shared));
            needs[id.0] = Some(needed);
        }
        needs
    }

    /// In how many phrases each word occurs.
    fn shared(&self) -> Vec<usize> {
        let mut shared: Vec<usize> = vec![0; self.words.len()];
        for (_, phrase) in &self.phrases {
            let mut phrase_words = Vec::new();
            self.words_of(phrase, &mut phrase_words);
            phrase_words.sort_unstable();
            phrase_words.dedup();
            phrase_words.into_iter().for_each(|word| shared[word as usize] += 1);
        }
        shared
    }

    /// A phrase as steps that are followed backwards.
    fn steps(&self, phrase: &Phrase, shared: &[usize], sets: &mut NumberedSets) -> Vec<Step> {
        let step = |item: &PhraseItem| match item {
            PhraseItem::Word(word) => Step::Word(sets.number(self.words.get(word).copied().into_iter().collect())),
            PhraseItem::Gap(gap) => Step::Gap(gap.words),
            PhraseItem::Either(choices) | PhraseItem::List(_, choices) => {
                let (mut short, mut long) = (Vec::new(), Vec::new());
                self.sort_choices(choices, &mut short, &mut long);
                let words = (!short.is_empty()).then(|| sets.number(short));
                let choice = |choice: &Phrase| {
                    let rarest = self.rarest(choice, shared);
                    Choice { need: rarest.map(|words| sets.number(words)), steps: self.steps(choice, shared, sets) }
                };
                let choices: Vec<Choice> = long.into_iter().map(choice).collect();
                match words {
                    Some(words) if choices.is_empty() => Step::Word(words),
                    words => Step::Either(words, choices),
                }
            }
        };
        phrase.0.iter().map(step).collect()
    }

    /// Parts choices, and those of choices within them, into single words and longer ones.
    fn sort_choices<'p>(&self, choices: &'p [Phrase], short: &mut Vec<WordId>, long: &mut Vec<&'p Phrase>) {
        for choice in choices {
            match &choice.0[..] {
                [PhraseItem::Word(word)] => short.extend(self.words.get(word)),
                [PhraseItem::Either(choices) | PhraseItem::List(_, choices)] => self.sort_choices(choices, short, long),
                _ => long.push(choice),
            }
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

    /// Lists of words: wherever the phrase is found, so is one word of each list.
    fn needed(&self, phrase: &Phrase, shared: &[usize]) -> Vec<Vec<WordId>> {
        let of_item = |item: &PhraseItem| match item {
            PhraseItem::Word(WordPattern::Any) | PhraseItem::Gap(_) => None,
            PhraseItem::Word(word) => Some(vec![*self.words.get(word)?]),
            PhraseItem::Either(choices) | PhraseItem::List(_, choices) => {
                let needed: Option<Vec<Vec<WordId>>> =
                    choices.iter().map(|choice| self.rarest(choice, shared)).collect();
                needed.map(|words| words.concat())
            }
        };
        phrase.0.iter().filter_map(of_item).collect()
    }

    /// The rarest of the lists of words that a phrase needs.
    fn rarest(&self, phrase: &Phrase, shared: &[usize]) -> Option<Vec<WordId>> {
        self.needed(phrase, shared).into_iter().min_by_key(|words| cost(words, shared))
    }

    /// The texts with which regular expressions begin, each with its pattern, and these patterns.
    fn regex_beginnings(&self) -> (Option<(AhoCorasick, Vec<PatternId>)>, Vec<PatternId>) {
        let (mut beginnings, mut owners, mut begun) = (Vec::new(), Vec::new(), Vec::new());
        for (i, matcher) in self.matchers.iter().enumerate() {
            let Matcher::Regex(regex) = matcher else { continue };
            if let Some(literals) = literal_beginnings(regex.as_str()) {
                owners.extend(std::iter::repeat_n(PatternId(i), literals.len()));
                beginnings.extend(literals);
                begun.push(PatternId(i));
            }
        }
        // If there are too many for one automaton, the expressions are run on every text.
        match AhoCorasick::new(&beginnings) {
            Ok(automaton) if !beginnings.is_empty() => (Some((automaton, owners)), begun),
            _ => (None, Vec::new()),
        }
    }
}

/// Sets of words that are being numbered.
#[derive(Default)]
struct NumberedSets {
    numbers: HashMap<Vec<WordId>, SetId>,
    list: Vec<Vec<WordId>>,
}

impl NumberedSets {
    fn number(&mut self, mut words: Vec<WordId>) -> SetId {
        words.sort_unstable();
        words.dedup();
        let next = self.list.len() as SetId;
        let number = *self.numbers.entry(words.clone()).or_insert(next);
        if number == next {
            self.list.push(words);
        }
        number
    }
}

/// In how many patterns the words occur, all together. Fewer is better: rare words identify a pattern.
fn cost(words: &[WordId], shared: &[usize]) -> usize {
    words.iter().map(|&word| shared[word as usize]).sum()
}

/// The literal texts with which every match of a regular expression begins. `None` if there is no such
/// set: then the expression has to be run on every text.
pub fn literal_beginnings(regex: &str) -> Option<Vec<Vec<u8>>> {
    const SHORTEST: usize = 2;
    let hir = regex_syntax::ParserBuilder::new().case_insensitive(true).build().parse(regex).ok()?;
    let literals = Extractor::new().extract(&hir);
    let literals: Vec<Vec<u8>> = literals.literals()?.iter().map(|literal| literal.as_bytes().to_vec()).collect();
    let useful = !literals.is_empty() && literals.iter().all(|literal| literal.len() >= SHORTEST);
    useful.then_some(literals)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_regular_expression_says_how_it_begins_or_has_to_run_everywhere() {
        assert!(literal_beginnings("sanction(s|ed)?").is_some());
        assert!(literal_beginnings("(lift|ease)d? sanctions").is_some());
        assert!(literal_beginnings(".*sanctions").is_none());
        assert!(literal_beginnings(r"\w+ sanctions").is_none());
    }
}

//! Gathers patterns, numbers their words, and builds one trie for the words of all.

use std::collections::{BTreeMap, HashMap};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

use aho_corasick::AhoCorasick;
use regex_syntax::hir::literal::Extractor;
use rustc_hash::FxHashMap;

use crate::rule::clause::ClauseWords;
use crate::rule::engine::bits::gather;
use crate::rule::engine::clauses::ClausePatterns;
use crate::rule::engine::places::{Sets, Step, has_loose_gaps, ways_in};
use crate::rule::engine::sieve::Sieve;
use crate::rule::engine::steps::{Choices, NumberedItem, Stepper};
use crate::rule::engine::{Engine, Matcher, PatternId, RegexBeginnings};
use crate::rule::pattern::{Pattern, Phrase, PhraseItem, WordPattern};
use crate::rule::text::ALIKE;
use crate::rule::trie::{KindId, TrieBuilder, WordId};

/// The number of the next engine.
static ENGINES: AtomicU64 = AtomicU64::new(1);

/// How many needs of a pattern are looked at, to tell whether it is possible. More would part few patterns more.
const LAYERS: usize = 3;

/// How many needs of a choice are.
const LAYERS_OF_CHOICES: usize = 2;

/// Patterns that are being gathered.
#[derive(Debug, Default)]
pub struct EngineBuilder {
    words: HashMap<WordPattern, WordId>,
    /// Lists of phrases whose words are numbered, by their place in memory. Patterns share the lists of a file, so each
    /// is numbered once. The list is kept, so that its place stays its own.
    lists: FxHashMap<*const Phrase, (Arc<[Phrase]>, Choices)>,
    patterns: Vec<Gathered>,
    searched: Vec<bool>,
    clauses: Option<ClausePatterns>,
    /// The first of the patterns that are looked for first.
    early: Option<usize>,
    /// The first pattern of each section of the others, except the first section.
    sections: Vec<usize>,
}

/// A pattern that is being gathered.
#[derive(Debug)]
enum Gathered {
    Phrase(Vec<NumberedItem>),
    Regex(regex::Regex),
}

impl EngineBuilder {
    /// Adds a pattern and returns its number. [`Engine::armed`] gathers a pattern that is `searched`;
    /// other patterns are only looked for by number.
    pub fn add(&mut self, pattern: &Pattern, searched: bool) -> PatternId {
        let id = PatternId(self.patterns.len());
        self.searched.push(searched);
        let gathered = match pattern {
            Pattern::Regex(regex) => Gathered::Regex(regex.clone()),
            Pattern::Phrase(phrase) => Gathered::Phrase(self.items(phrase)),
        };
        self.patterns.push(gathered);
        id
    }

    /// Parts sentences into clauses, which end the gaps of phrases. Without this, every sentence is one clause.
    pub fn part_clauses(&mut self, words: &ClauseWords) {
        self.clauses = (!words.is_empty()).then(|| ClausePatterns::new(words, self));
    }

    /// Says that the patterns added from now on are looked for first: [`Engine::read_early`] finds which of these are
    /// possible.
    pub fn begin_early(&mut self) {
        self.early = Some(self.patterns.len());
    }

    /// Begins another section of patterns: [`Engine::read_sections`] may leave a section out. Sections come before the
    /// patterns that are looked for first.
    pub fn begin_section(&mut self) {
        self.sections.push(self.patterns.len());
    }

    /// Numbers the words of a phrase.
    fn items(&mut self, phrase: &Phrase) -> Vec<NumberedItem> {
        let item = |item: &PhraseItem| match item {
            PhraseItem::Word(WordPattern::Any) => NumberedItem::Any(self.word_id(&WordPattern::Any)),
            PhraseItem::Word(word) => NumberedItem::Word(self.word_id(word)),
            PhraseItem::Gap(gap) => NumberedItem::Gap(*gap),
            PhraseItem::Either(choices) | PhraseItem::List(_, choices) => NumberedItem::Either(self.choices(choices)),
        };
        phrase.0.iter().map(item).collect()
    }

    fn choices(&mut self, phrases: &Arc<[Phrase]>) -> Choices {
        let place = phrases.as_ptr();
        if let Some((_, choices)) = self.lists.get(&place) {
            return choices.clone();
        }
        let choices: Choices = phrases.iter().map(|phrase| self.items(phrase)).collect();
        self.lists.insert(place, (phrases.clone(), choices.clone()));
        choices
    }

    pub(super) fn word_id(&mut self, word: &WordPattern) -> WordId {
        if let Some(id) = self.words.get(word) {
            return *id;
        }
        let id = self.words.len() as WordId;
        self.words.insert(word.clone(), id);
        id
    }

    /// Compiles the gathered patterns.
    pub fn build(self) -> Engine {
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
        let phrases = self.patterns.iter().filter_map(|pattern| match pattern {
            Gathered::Phrase(items) => Some(&items[..]),
            Gathered::Regex(_) => None,
        });
        let mut stepper = Stepper::new(phrases, self.words.len());
        let needs = self.needs(&mut stepper);
        let first_early = self.early.unwrap_or(needs.len());
        let starts = std::iter::once(0).chain(self.sections.iter().copied());
        let ends = self.sections.iter().copied().chain(std::iter::once(first_early));
        let sections = starts.zip(ends).map(|(start, end)| Sieve::new(&needs, start..end, &kinds, LAYERS)).collect();
        let early = Sieve::new(&needs, first_early..needs.len(), &kinds, LAYERS);
        let blocks = needs.len().div_ceil(64).max(1);
        let (mut searched, mut single) = (vec![0; blocks], vec![0; blocks]);
        let mut matchers = Vec::with_capacity(self.patterns.len());
        for (i, (pattern, is_searched)) in self.patterns.into_iter().zip(&self.searched).enumerate() {
            searched[i / 64] |= u64::from(*is_searched) << (i % 64);
            matchers.push(match pattern {
                Gathered::Regex(regex) => Matcher::Regex(regex),
                Gathered::Phrase(items) => {
                    let steps = stepper.steps(&items);
                    single[i / 64] |= u64::from(matches!(steps[..], [Step::Word(_)])) << (i % 64);
                    let (has_gap, loose_gaps) =
                        (has_gap(&steps, stepper.choices()), has_loose_gaps(&steps, stepper.choices()));
                    Matcher::Phrase { steps, automaton: OnceLock::new(), named: OnceLock::new(), has_gap, loose_gaps }
                }
            });
        }
        let any = self.words.get(&WordPattern::Any).copied();
        let sets = Sets::new(stepper.sets(), &kinds, any);
        let needed = stepper.needs_of_choices();
        let alive = Sieve::new(needed, 0..needed.len(), &kinds, LAYERS_OF_CHOICES);
        let mut clauses = self.clauses;
        if let Some(clauses) = &mut clauses {
            clauses.find_roles_of_kinds(&kinds);
        }
        Engine {
            number: ENGINES.fetch_add(1, Ordering::Relaxed),
            trie,
            cased,
            blocks,
            early,
            sections,
            alive,
            choices: stepper.choices().to_vec(),
            searched,
            single,
            matchers,
            sets,
            regex_beginnings: OnceLock::new(),
            clauses,
        }
    }

    /// What each pattern needs, the rarest first. A regular expression needs no word.
    fn needs(&self, stepper: &mut Stepper) -> Vec<Option<Vec<Arc<[WordId]>>>> {
        let needs = |pattern: &Gathered| match pattern {
            Gathered::Phrase(items) => Some(stepper.needed(items)),
            Gathered::Regex(_) => Some(Vec::new()),
        };
        self.patterns.iter().map(needs).collect()
    }
}

impl Engine {
    /// The texts with which regular expressions begin.
    pub(super) fn find_beginnings(&self) -> Option<RegexBeginnings> {
        let mut alike: BTreeMap<&str, Vec<(usize, u64)>> = BTreeMap::new();
        for (number, matcher) in self.matchers.iter().enumerate() {
            if let Matcher::Regex(regex) = matcher {
                alike.entry(regex.as_str()).or_default().push((number / 64, 1 << (number % 64)));
            }
        }
        let (mut beginnings, mut owners, mut begun) = (Vec::new(), Vec::new(), vec![0; self.blocks]);
        for (regex, mut patterns) in alike {
            let Some(literals) = literal_beginnings(regex) else { continue };
            gather(&mut patterns);
            patterns.iter().for_each(|(block, bits)| begun[*block] |= bits);
            let patterns: Arc<[(usize, u64)]> = patterns.into();
            owners.extend(std::iter::repeat_n(patterns, literals.len()));
            beginnings.extend(literals);
        }
        // If there are too many for one automaton, the expressions are run on every text.
        let automaton = AhoCorasick::new(&beginnings).ok().filter(|_| !beginnings.is_empty())?;
        Some(RegexBeginnings { automaton, owners, begun })
    }
}

/// Whether a phrase has a gap that ends with the clause.
fn has_gap(steps: &[Step], choices: &[Arc<[Step]>]) -> bool {
    steps.iter().any(|step| match step {
        Step::Word(_) => false,
        Step::Gap(gap) => !gap.across,
        Step::Either(_, ways) => ways_in(ways).any(|choice| has_gap(&choices[choice], choices)),
    })
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

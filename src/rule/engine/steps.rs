//! Phrases with numbered words, and as steps that are followed backwards.
//!
//! Patterns share the lists of a file, and a list may stand in hundreds of them. What a list needs and its steps are
//! found once, and shared as the list is.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::rule::engine::bits::gather;
use crate::rule::engine::places::{SetId, Step, Ways};
use crate::rule::pattern::Gap;
use crate::rule::trie::WordId;

/// One element of a phrase, with numbered words.
#[derive(Debug)]
pub enum NumberedItem {
    /// A word.
    Word(WordId),
    /// The word that stands for any.
    Any(WordId),
    /// Room for other words.
    Gap(Gap),
    /// One of several phrases.
    Either(Choices),
}

/// Phrases. One of them must stand.
pub type Choices = Arc<[Vec<NumberedItem>]>;

/// Turns phrases into steps.
#[derive(Debug, Default)]
pub struct Stepper {
    /// In how many phrases each word occurs.
    shared: Vec<usize>,
    sets: NumberedSets,
    /// The choices of several words, by number.
    choices: Vec<Arc<[Step]>>,
    /// What each of these needs.
    needs: Vec<Option<Vec<Arc<[WordId]>>>>,
    /// The numbers of these choices.
    numbers: FxHashMap<Arc<[Step]>, usize>,
    /// What is known of choices, by their place in memory.
    known: FxHashMap<*const Vec<NumberedItem>, Known>,
}

/// What is known of some choices.
#[derive(Debug, Clone)]
struct Known {
    /// What each of them needs. `None` if one needs nothing.
    needed: Option<Need>,
    /// The choices of a single word, those of choices within them included.
    short: Arc<[WordId]>,
    /// The other choices.
    long: Ways,
}

/// Words. One of them must stand.
#[derive(Debug, Clone)]
struct Need {
    /// In ascending order.
    words: Arc<[WordId]>,
    /// In how many phrases they occur, all together. Fewer is better: rare words identify a phrase.
    cost: usize,
}

impl Stepper {
    /// For some phrases, in which up to `count` words occur.
    pub fn new<'i>(phrases: impl Iterator<Item = &'i [NumberedItem]>, count: usize) -> Stepper {
        let mut counter = Counter { shared: vec![0; count], last: vec![0; count], lists: FxHashMap::default() };
        for (i, phrase) in phrases.enumerate() {
            counter.count(phrase, i + 1);
        }
        Stepper { shared: counter.shared, ..Stepper::default() }
    }

    /// The sets of words that the steps name, by number.
    pub fn sets(&self) -> &[Vec<WordId>] {
        &self.sets.list
    }

    /// The choices of several words, by number.
    pub fn choices(&self) -> &[Arc<[Step]>] {
        &self.choices
    }

    /// What each of them needs, as [`Stepper::needed`] says it.
    pub fn needs_of_choices(&self) -> &[Option<Vec<Arc<[WordId]>>>] {
        &self.needs
    }

    /// Lists of words, the rarest first: wherever the phrase is found, so is one word of each list.
    pub fn needed(&mut self, phrase: &[NumberedItem]) -> Vec<Arc<[WordId]>> {
        let mut needed: Vec<Need> = phrase.iter().filter_map(|item| self.needed_by(item)).collect();
        needed.sort_by_key(|need| need.cost);
        needed.into_iter().map(|need| need.words).collect()
    }

    fn needed_by(&mut self, item: &NumberedItem) -> Option<Need> {
        match item {
            NumberedItem::Word(word) => Some(self.need([*word].into())),
            NumberedItem::Any(_) | NumberedItem::Gap(_) => None,
            NumberedItem::Either(choices) => self.know(choices).needed,
        }
    }

    /// The rarest of the lists of words that a phrase needs.
    fn rarest(&mut self, phrase: &[NumberedItem]) -> Option<Need> {
        phrase.iter().filter_map(|item| self.needed_by(item)).min_by_key(|need| need.cost)
    }

    fn need(&self, words: Arc<[WordId]>) -> Need {
        Need { cost: words.iter().map(|&word| self.shared[word as usize]).sum(), words }
    }

    /// A phrase as steps that are followed backwards.
    pub fn steps(&mut self, phrase: &[NumberedItem]) -> Arc<[Step]> {
        let step = |item: &NumberedItem| match item {
            NumberedItem::Word(word) | NumberedItem::Any(word) => Step::Word(self.sets.number(&[*word])),
            NumberedItem::Gap(gap) => Step::Gap(*gap),
            NumberedItem::Either(choices) => {
                let Known { short, long, .. } = self.know(choices);
                let words = (!short.is_empty()).then(|| self.sets.number(&short));
                match words {
                    Some(words) if long.is_empty() => Step::Word(words),
                    words => Step::Either(words, long),
                }
            }
        };
        phrase.iter().map(step).collect()
    }

    /// The number of a choice of several words. Those that are alike have the same.
    fn number(&mut self, choice: &[NumberedItem]) -> usize {
        let steps = self.steps(choice);
        if let Some(number) = self.numbers.get(&steps) {
            return *number;
        }
        let needed = self.needed(choice);
        self.needs.push(Some(needed));
        self.choices.push(steps.clone());
        self.numbers.insert(steps, self.needs.len() - 1);
        self.needs.len() - 1
    }

    fn know(&mut self, choices: &Choices) -> Known {
        if let Some(known) = self.known.get(&choices.as_ptr()) {
            return known.clone();
        }
        let rarest: Vec<Option<Need>> = choices.iter().map(|choice| self.rarest(choice)).collect();
        let (mut short, mut long) = (Vec::new(), Vec::new());
        for choice in choices.iter() {
            match &choice[..] {
                [NumberedItem::Word(word) | NumberedItem::Any(word)] => short.push(*word),
                [NumberedItem::Either(choices)] => {
                    let inner = self.know(choices);
                    short.extend(&*inner.short);
                    long.extend_from_slice(&inner.long);
                }
                _ => {
                    let number = self.number(choice);
                    long.push((number / 64, 1 << (number % 64)));
                }
            }
        }
        gather(&mut long);
        let needed: Option<Vec<Need>> = rarest.into_iter().collect();
        let words = needed.map(|needs| needs.iter().flat_map(|need| need.words.iter().copied()).collect());
        let needed = words.map(|words| self.need(sorted(words).into()));
        let known = Known { needed, short: sorted(short).into(), long: long.into() };
        self.known.insert(choices.as_ptr(), known.clone());
        known
    }
}

/// Counts in how many phrases words occur.
struct Counter {
    shared: Vec<usize>,
    /// The number of the last phrase in which each word was counted.
    last: Vec<usize>,
    /// The words of choices, by their place in memory.
    lists: FxHashMap<*const Vec<NumberedItem>, Arc<[WordId]>>,
}

impl Counter {
    fn count(&mut self, phrase: &[NumberedItem], number: usize) {
        for word in self.words(phrase) {
            if std::mem::replace(&mut self.last[word as usize], number) != number {
                self.shared[word as usize] += 1;
            }
        }
    }

    fn words(&mut self, phrase: &[NumberedItem]) -> Vec<WordId> {
        let mut words = Vec::new();
        for item in phrase {
            match item {
                NumberedItem::Word(word) | NumberedItem::Any(word) => words.push(*word),
                NumberedItem::Gap(_) => {}
                NumberedItem::Either(choices) => {
                    let known = match self.lists.get(&choices.as_ptr()) {
                        Some(known) => known.clone(),
                        None => {
                            let all = choices.iter().flat_map(|choice| self.words(choice)).collect();
                            let all: Arc<[WordId]> = sorted(all).into();
                            self.lists.insert(choices.as_ptr(), all.clone());
                            all
                        }
                    };
                    words.extend(&*known);
                }
            }
        }
        words
    }
}

fn sorted(mut words: Vec<WordId>) -> Vec<WordId> {
    words.sort_unstable();
    words.dedup();
    words
}

/// Sets of words that are being numbered.
#[derive(Debug, Default)]
struct NumberedSets {
    numbers: FxHashMap<Vec<WordId>, SetId>,
    list: Vec<Vec<WordId>>,
}

impl NumberedSets {
    /// The number of a set of words in ascending order.
    fn number(&mut self, words: &[WordId]) -> SetId {
        if let Some(number) = self.numbers.get(words) {
            return *number;
        }
        let number = self.list.len() as SetId;
        self.numbers.insert(words.to_vec(), number);
        self.list.push(words.to_vec());
        number
    }
}

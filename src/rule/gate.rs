//! What a text must have if a rule is to fire on it at all, whatever its sentences say.
//!
//! Many rules share such a condition: that the topic of their issue is named. It is asked once for each text, and closes
//! all of their patterns at once.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::rule::Rule;
use crate::rule::engine::blocks;
use crate::rule::topic::{Subject, Topic, TopicPlace};

/// A condition, and the patterns that are not looked for without it.
#[derive(Debug)]
pub struct Gate {
    /// What must hold.
    pub condition: Condition,
    /// Blocks of 64 patterns, each with their bits.
    pub patterns: Vec<(usize, u64)>,
}

/// What a text must have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Condition {
    /// Something that stands beside it. It comes first, because most texts of a stream have nothing.
    AnythingBeside,
    /// No more words than these.
    Longest(usize),
    /// A topic that is named, in a place of this kind.
    Named(Subject, TopicPlace),
}

/// What a text must have if a rule, by its index, is to fire.
pub fn conditions(index: usize, rule: &Rule, topics: &[Option<Topic>]) -> Vec<Condition> {
    let longest = rule.longest.map(Condition::Longest);
    let has_topic = topics.get(rule.issue.0).is_some_and(Option::is_some);
    let topic = place_of(rule.topic).filter(|_| has_topic);
    let topic = topic.map(|place| Condition::Named(Subject::Issue(rule.issue), place));
    let asked = (!rule.asked.is_empty()).then_some(Condition::Named(Subject::Asked(index), TopicPlace::Context));
    let beside = asked.map(|_| Condition::AnythingBeside);
    [beside, topic, longest, asked].into_iter().flatten().collect()
}

impl Condition {
    /// Whether it never holds where nothing stands beside the text.
    pub fn is_beside(&self) -> bool {
        matches!(self, Condition::AnythingBeside | Condition::Named(_, TopicPlace::Context))
    }
}

/// The gates before some rules, given the conditions of each and the numbers of its patterns.
pub fn gates(rules: impl Iterator<Item = (Vec<Condition>, Range<usize>)>) -> Vec<Gate> {
    let mut gates: BTreeMap<Condition, Vec<(usize, u64)>> = BTreeMap::new();
    for (conditions, patterns) in rules {
        for condition in conditions {
            gates.entry(condition).or_default().extend(blocks(&patterns));
        }
    }
    gates.into_iter().map(|(condition, patterns)| Gate { condition, patterns }).collect()
}

/// A place of the same kind, seen from the whole text; `None` if nothing must be named.
fn place_of(place: TopicPlace) -> Option<TopicPlace> {
    match place {
        TopicPlace::Nowhere => None,
        TopicPlace::Context => Some(TopicPlace::Context),
        place if place.has_beside() => Some(TopicPlace::Anywhere),
        _ => Some(TopicPlace::Statement),
    }
}

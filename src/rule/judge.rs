//! Which rules fire on a text, and what happened to the rules that nearly did.

use std::ops::Range;

use crate::codebook::Position;
use crate::rule::engine::{Hit, PatternId, Reading};
use crate::rule::{Parts, Rules, Scope};

/// A rule that fired, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Firing {
    /// The rule's index in [`Rules::rules`].
    pub rule: usize,
    /// The position it gives, after the effect of contexts.
    pub position: Position,
    /// The bytes of the statement's text that made it fire.
    pub evidence: Range<usize>,
    /// The contexts of the evidence, by their index in [`Rules::contexts`], each with the bytes of its
    /// cue.
    pub contexts: Vec<(usize, Range<usize>)>,
}

/// What happened to a rule if some of its patterns occur in a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RuleOutcome {
    /// It fires.
    Fires(Firing),
    /// One of `all` is missing, or all of `any`: the number of the first missing pattern.
    Incomplete(PatternId),
    /// One of `none` was found: its number, and the bytes where it is.
    Blocked(PatternId, Range<usize>),
    /// A context drops its evidence: the bytes of the evidence, the context, and the bytes of the cue.
    Dropped(Range<usize>, usize, Range<usize>),
}

/// The buffers that matching needs. Meant to be used again for the next text, so that nothing is
/// allocated for each one.
#[derive(Debug, Default)]
pub struct Scratch {
    reading: Reading,
    armed: Vec<PatternId>,
    hits: Vec<Hit>,
    /// Hits of rules that look at the whole statement.
    statement_hits: Vec<Hit>,
}

impl Rules {
    /// Finds every rule that fires on a text, for any speaker and date, in the order of the file.
    pub fn firings(&self, text: &str, scratch: &mut Scratch) -> Vec<Firing> {
        let mut firings: Vec<Firing> = Vec::new();
        self.judge(text, scratch, |_, verdict| {
            if let RuleOutcome::Fires(firing) = verdict {
                firings.push(firing);
            }
        });
        if firings.len() > 1 {
            // If a rule gives the same position on several sentences, the first is the evidence.
            // Contexts can also give it different positions: those stay, and are a conflict.
            firings.sort_by_key(|firing| (firing.rule, firing.position, firing.evidence.start));
            firings.dedup_by_key(|firing| (firing.rule, firing.position));
            firings.sort_by_key(|firing| (firing.rule, firing.evidence.start));
        }
        firings
    }

    /// Reports the outcome of every rule that matches at least in part, rule by rule and sentence by
    /// sentence, for any speaker and date.
    pub fn judge(&self, text: &str, scratch: &mut Scratch, mut tell: impl FnMut(usize, RuleOutcome)) {
        self.engine.read(text, &mut scratch.reading);
        scratch.statement_hits.clear();
        let mut start = 0;
        while start < scratch.reading.words().len() {
            let sentence = scratch.reading.sentence_of(start);
            start = sentence.end;
            self.judge_sentence(text, sentence, scratch, &mut tell);
        }
        let mut hits = std::mem::take(&mut scratch.statement_hits);
        if !hits.is_empty() {
            hits.sort_unstable();
            let whole = 0..scratch.reading.words().len();
            for hits in hits.chunk_by(|a, b| self.owner(a) == self.owner(b)) {
                self.tell_of(text, hits, &whole, &mut scratch.reading, &mut tell);
            }
        }
        scratch.statement_hits = hits;
    }

    fn judge_sentence(
        &self,
        text: &str,
        sentence: Range<usize>,
        scratch: &mut Scratch,
        tell: &mut impl FnMut(usize, RuleOutcome),
    ) {
        let Scratch { reading, armed, hits, statement_hits } = scratch;
        armed.clear();
        self.engine.armed(text, sentence.clone(), reading, armed);
        if armed.is_empty() {
            return;
        }
        hits.clear();
        for &pattern in armed.iter() {
            let before = hits.len();
            self.engine.find(pattern, text, sentence.clone(), reading, hits);
            let rule = self.owners[pattern.0].map(|rule| &self.rules[rule]);
            if rule.is_some_and(|rule| rule.scope == Scope::Statement) {
                statement_hits.extend(hits.drain(before..));
            }
        }
        hits.sort_unstable();
        for hits in hits.chunk_by(|a, b| self.owner(a) == self.owner(b)) {
            self.tell_of(text, hits, &sentence, reading, tell);
        }
    }

    fn owner(&self, hit: &Hit) -> Option<usize> {
        self.owners[hit.pattern.0]
    }

    fn tell_of(
        &self,
        text: &str,
        hits: &[Hit],
        among: &Range<usize>,
        reading: &mut Reading,
        tell: &mut impl FnMut(usize, RuleOutcome),
    ) {
        if let Some(rule) = hits.first().and_then(|hit| self.owner(hit)) {
            tell(rule, self.verdict(rule, text, hits, among, reading));
        }
    }

    /// Judges a rule by its own hits in a sentence or in the whole statement.
    fn verdict(
        &self,
        rule: usize,
        text: &str,
        hits: &[Hit],
        among: &Range<usize>,
        reading: &mut Reading,
    ) -> RuleOutcome {
        let Parts { any, all, none } = &self.parts[rule];
        let first_of = |pattern: usize| hits.iter().find(move |hit| hit.pattern.0 == pattern);
        if let Some(missing) = all.clone().find(|&pattern| first_of(pattern).is_none()) {
            return RuleOutcome::Incomplete(PatternId(missing));
        }
        let candidates = hits.iter().filter(|hit| any.contains(&hit.pattern.0));
        if !any.is_empty() && candidates.clone().next().is_none() {
            return RuleOutcome::Incomplete(PatternId(any.start));
        }
        if let Some((pattern, place)) = self.first_of_none(none, text, among, reading) {
            return RuleOutcome::Blocked(pattern, place);
        }
        let needed: Vec<&Hit> = all.clone().filter_map(first_of).collect();
        let mut candidates: Vec<Option<&Hit>> = candidates.map(Some).collect();
        candidates.sort_unstable_by_key(|hit| hit.map(|hit| (hit.first, hit.last)));
        if candidates.is_empty() {
            candidates.push(None);
        }
        let mut dropped = None;
        for candidate in candidates {
            let hits = || needed.iter().copied().chain(candidate);
            let (Some(first), Some(last)) = (hits().map(|hit| hit.first).min(), hits().map(|hit| hit.last).max())
            else {
                continue;
            };
            let patterns: Vec<PatternId> = hits().map(|hit| hit.pattern).collect();
            match self.in_context(rule, text, &(first..last + 1), &patterns, reading) {
                RuleOutcome::Fires(firing) => return RuleOutcome::Fires(firing),
                verdict => dropped = dropped.or(Some(verdict)),
            }
        }
        // There were candidates, but none fired.
        dropped.unwrap_or(RuleOutcome::Incomplete(PatternId(any.start)))
    }

    /// Finds the first pattern of `none` that occurs among some words, sentence by sentence.
    fn first_of_none(
        &self,
        none: &Range<usize>,
        text: &str,
        among: &Range<usize>,
        reading: &mut Reading,
    ) -> Option<(PatternId, Range<usize>)> {
        let mut hits = Vec::new();
        let mut start = among.start;
        while start < among.end && !none.is_empty() {
            let sentence = reading.sentence_of(start);
            start = sentence.end;
            for pattern in none.clone() {
                self.engine.find(PatternId(pattern), text, sentence.clone(), reading, &mut hits);
                if let Some(hit) = hits.first() {
                    return Some((hit.pattern, reading.span(hit.first, hit.last)));
                }
            }
        }
        None
    }

    /// Applies the contexts of some evidence to the rule's position.
    fn in_context(
        &self,
        rule: usize,
        text: &str,
        evidence: &Range<usize>,
        patterns: &[PatternId],
        reading: &mut Reading,
    ) -> RuleOutcome {
        let sentence = reading.sentence_of(evidence.start);
        let scale = &self.scales[self.rules[rule].issue.0];
        let span = reading.span(evidence.start, evidence.end - 1);
        let mut position = self.rules[rule].position;
        let mut contexts = Vec::new();
        for (index, context) in self.contexts.iter().enumerate() {
            let is_named = |reading: &Reading, word| patterns.iter().any(|p| self.engine.names(*p, word, reading));
            let Some(cue) = context.cue(&self.engine, text, evidence, &sentence, is_named, reading) else { continue };
            let place = reading.span(cue.first, cue.last);
            let effect = self.rules[rule].effects.get(&index).copied().unwrap_or(context.effect);
            match effect.apply(position, scale) {
                Some(moved) => position = moved,
                None => return RuleOutcome::Dropped(span, index, place),
            }
            contexts.push((index, place));
        }
        RuleOutcome::Fires(Firing { rule, position, evidence: span, contexts })
    }
}

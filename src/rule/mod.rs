//! Rules: patterns that give a position on an issue, and how several of them are resolved.

use std::collections::BTreeMap;
use std::ops::Range;

use chrono::NaiveDate;
use rayon::prelude::*;

use crate::codebook::{Codebook, IssueIndex, Position};
use crate::file::document::Document;
use crate::rule::context::{Context, Effect};
use crate::rule::engine::{Engine, EngineBuilder, Hit, PatternId, Reading};
use crate::rule::pattern::Pattern;
use crate::statement::Statement;
use crate::words;

pub mod text;
pub mod pattern;
mod trie;
pub mod engine;
pub mod context;
pub mod file;
pub mod test;
pub mod explain;
pub mod lint;

/// One entry of `rules.toml`.
#[derive(Debug)]
pub struct Rule {
    /// The rule's name: what it catches.
    pub id: String,
    /// Where the name stands in the file, in bytes.
    pub id_span: Range<usize>,
    /// The issue it speaks of.
    pub issue: IssueIndex,
    /// The position it gives; a level of the issue's scale.
    pub position: Position,
    /// At least one of these must be found, where there are any.
    pub any: Vec<Written>,
    /// Every one of these must be found.
    pub all: Vec<Written>,
    /// None of these may be found.
    pub none: Vec<Written>,
    /// Where all of it must stand together.
    pub scope: Scope,
    /// What contexts do to it where that differs from what they do to others, by context.
    pub effects: BTreeMap<usize, Effect>,
    /// The speakers it is for; empty for all.
    pub speakers: Vec<String>,
    /// The first day it is for.
    pub since: Option<NaiveDate>,
    /// The last day it is for.
    pub until: Option<NaiveDate>,
    /// Of several rules that fire on a statement and issue, those of the highest priority decide.
    pub priority: i32,
    /// Why the rule gives this position.
    pub note: String,
    /// The tests that stand in the rule.
    pub tests: Vec<InlineTest>,
}

/// A pattern and where it stands in the file.
#[derive(Debug, Clone)]
pub struct Written {
    /// The pattern.
    pub pattern: Pattern,
    /// Its place, in bytes.
    pub span: Range<usize>,
}

/// Where the patterns of a rule must stand together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Scope {
    /// In one sentence.
    #[default]
    Sentence,
    /// Anywhere in the statement.
    Statement,
}

/// A sentence in `rules.toml` that says what its rule should do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InlineTest {
    /// What is expected.
    pub kind: TestKind,
    /// The sentence.
    pub text: String,
    /// Where it stands in the file, in bytes.
    pub span: Range<usize>,
}

/// What an inline test expects of its rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TestKind {
    /// The rule fires on the sentence.
    Match,
    /// It does not.
    Reject,
    /// It should fire one day; that it does not yet is known.
    Todo,
}

/// The rules of a corpus, ready to label.
#[derive(Debug)]
pub struct Rules {
    /// The file they were read from.
    pub document: Document,
    /// The rules, in the order of the file.
    pub rules: Vec<Rule>,
    /// The contexts, in the order of the file.
    pub contexts: Vec<Context>,
    /// The levels of each issue's scale, lowest first.
    scales: Vec<Vec<Position>>,
    engine: Engine,
    /// The patterns of each rule.
    parts: Vec<Parts>,
    /// For each pattern its rule; those of contexts belong to none.
    owners: Vec<Option<usize>>,
}

/// The patterns of one rule: the numbers of each list follow one another.
#[derive(Debug, Clone)]
struct Parts {
    any: Range<usize>,
    all: Range<usize>,
    none: Range<usize>,
}

/// A rule that fired, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Firing {
    /// The rule's place in [`Rules::rules`].
    pub rule: usize,
    /// The position that it gives, after what contexts do to it.
    pub position: Position,
    /// The bytes of the statement's text that made it fire.
    pub evidence: Range<usize>,
    /// The contexts that the evidence stands in, by their place in [`Rules::contexts`], each with
    /// the bytes of its cue.
    pub contexts: Vec<(usize, Range<usize>)>,
}

/// What came of a rule whose patterns stand, at least in part, in a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RuleOutcome {
    /// It fires.
    Fires(Firing),
    /// It lacks one of `all`, or all of `any`: the number of the first pattern that is missing.
    Incomplete(PatternId),
    /// One of `none` stands there: which, and the bytes of its place.
    Blocked(PatternId, Range<usize>),
    /// A context drops its evidence: the bytes of the evidence, which context, and the bytes of the cue.
    Dropped(Range<usize>, usize, Range<usize>),
}

/// What the rules together say of a statement on one issue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RuleDecision {
    /// They give a position; of several that agree, the first in the file is named.
    Position(Position, Firing),
    /// Rules of the same priority give different positions: no position.
    Conflict(Vec<Firing>),
}

/// What the rules say of each statement, by its place: a decision for each issue on which one fires.
pub type RuleDecisions = Vec<Vec<(IssueIndex, RuleDecision)>>;

/// What matching needs besides the text; meant to be used again for the next text, so that nothing
/// is allocated for each.
#[derive(Debug, Default)]
pub struct Scratch {
    reading: Reading,
    armed: Vec<PatternId>,
    hits: Vec<Hit>,
    /// Hits of rules that look at the statement as a whole.
    statement_hits: Vec<Hit>,
}

/// Gathers rules and contexts, whose patterns share one engine.
#[derive(Debug, Default)]
pub struct RulesBuilder {
    engine: EngineBuilder,
    owners: Vec<Option<usize>>,
    rules: Vec<Rule>,
    parts: Vec<Parts>,
    contexts: Vec<Context>,
}

impl RulesBuilder {
    /// Adds a rule.
    pub fn add_rule(&mut self, rule: Rule) {
        let mut add = |patterns: &[Written], searched| {
            let start = self.owners.len();
            for written in patterns {
                self.engine.add(&written.pattern, searched);
                self.owners.push(Some(self.rules.len()));
            }
            start..self.owners.len()
        };
        // What must not be there is looked for only once the rest is.
        let parts = Parts { any: add(&rule.any, true), all: add(&rule.all, true), none: add(&rule.none, false) };
        self.parts.push(parts);
        self.rules.push(rule);
    }

    /// Adds patterns of a context.
    pub fn add_cues(&mut self, cues: &[Written]) -> Vec<PatternId> {
        let mut add = |cue: &Written| {
            self.owners.push(None);
            self.engine.add(&cue.pattern, false)
        };
        cues.iter().map(&mut add).collect()
    }

    /// Adds a context.
    pub fn add_context(&mut self, context: Context) {
        self.contexts.push(context);
    }

    /// Compiles everything for matching.
    pub fn build(self, document: Document, codebook: &Codebook) -> Rules {
        let scale = |issue| codebook.issue(issue).levels.iter().map(|level| level.position).collect();
        Rules {
            document,
            rules: self.rules,
            contexts: self.contexts,
            scales: codebook.indices().map(scale).collect(),
            engine: self.engine.build(),
            parts: self.parts,
            owners: self.owners,
        }
    }
}

impl Rules {
    /// Eight digits that change with the rules.
    pub fn fingerprint(&self) -> String {
        words::fingerprint(std::iter::once(self.document.text.as_str()))
    }

    /// Finds every rule that fires on a text, whoever spoke and whenever, in the order of the file.
    pub fn firings(&self, text: &str, scratch: &mut Scratch) -> Vec<Firing> {
        let mut firings: Vec<Firing> = Vec::new();
        self.judge(text, scratch, |_, verdict| {
            if let RuleOutcome::Fires(firing) = verdict {
                firings.push(firing);
            }
        });
        if firings.len() > 1 {
            // Of several sentences on which a rule gives the same position, the first is the evidence;
            // different positions, which contexts can give, stay and are a conflict.
            firings.sort_by_key(|firing| (firing.rule, firing.position, firing.evidence.start));
            firings.dedup_by_key(|firing| (firing.rule, firing.position));
            firings.sort_by_key(|firing| (firing.rule, firing.evidence.start));
        }
        firings
    }

    /// Tells what came of every rule whose patterns stand, at least in part, in a text: rule by
    /// rule and sentence by sentence, whoever spoke and whenever.
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

    /// Judges a rule by its own hits among some words: those of a sentence, or of the statement.
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
        // There is a candidate, and none fired.
        dropped.unwrap_or(RuleOutcome::Incomplete(PatternId(any.start)))
    }

    /// Finds the first pattern of `none` that stands among some words, sentence by sentence.
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

    /// Lets the contexts of some evidence act on the rule's position.
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

    /// The contexts that some evidence stands in and what they did, such as `negated: flip`.
    pub fn contexts_of(&self, firing: &Firing) -> String {
        let told = firing.contexts.iter().map(|(context, _)| {
            let Context { id, effect, .. } = &self.contexts[*context];
            let effect = self.rules[firing.rule].effects.get(context).unwrap_or(effect);
            format!("{id}: {}", effect.word())
        });
        told.collect::<Vec<_>>().join("; ")
    }

    /// The patterns of a rule that stand in the evidence of its firing.
    pub fn patterns_at(&self, text: &str, firing: &Firing) -> Vec<&Pattern> {
        let parts = &self.parts[firing.rule];
        let mut reading = Reading::default();
        self.engine.read(text, &mut reading);
        let inside = |word: &usize| firing.evidence.contains(&reading.words()[*word].span.start);
        let words: Vec<usize> = (0..reading.words().len()).filter(inside).collect();
        let (Some(&first), Some(&last)) = (words.first(), words.last()) else { return Vec::new() };
        let mut ids: Vec<usize> = parts.any.clone().chain(parts.all.clone()).collect();
        ids.retain(|id| self.engine.is_found(PatternId(*id), text, first..last + 1, &mut reading));
        ids.into_iter().filter_map(|id| self.pattern(PatternId(id))).map(|written| &written.pattern).collect()
    }

    /// What stopped a rule that stands at least in part, in words; `None` where nothing did.
    pub fn stopped(&self, verdict: &RuleOutcome, text: &str) -> Option<String> {
        let pattern = |id: &PatternId| self.pattern(*id).map_or(String::new(), |written| written.pattern.to_string());
        match verdict {
            RuleOutcome::Fires(_) => None,
            RuleOutcome::Incomplete(id) => Some(format!("the rest stands there, but not `{}`", pattern(id))),
            RuleOutcome::Blocked(id, place) => {
                Some(format!("`{}` of its `none` stands there: “{}”", pattern(id), &text[place.clone()]))
            }
            RuleOutcome::Dropped(evidence, context, cue) => {
                let (context, evidence) = (&self.contexts[*context].id, &text[evidence.clone()]);
                Some(format!("its evidence “{evidence}” is dropped as {context}, by “{}”", &text[cue.clone()]))
            }
        }
    }

    /// A pattern of a rule, by its number; `None` for those of contexts.
    pub fn pattern(&self, id: PatternId) -> Option<&Written> {
        let rule = self.owners[id.0]?;
        let (rule, Parts { any, all, none }) = (&self.rules[rule], &self.parts[rule]);
        let lists = [(any, &rule.any), (all, &rule.all), (none, &rule.none)];
        lists.into_iter().find(|(ids, _)| ids.contains(&id.0)).map(|(ids, list)| &list[id.0 - ids.start])
    }

    /// Decides what the rules say of a statement, issue by issue in the codebook's order.
    pub fn decide(&self, statement: &Statement, scratch: &mut Scratch) -> Vec<(IssueIndex, RuleDecision)> {
        let mut firings = self.firings(&statement.text, scratch);
        firings.retain(|firing| self.rules[firing.rule].is_for(statement));
        firings.sort_by_key(|firing| {
            let rule = &self.rules[firing.rule];
            (rule.issue, std::cmp::Reverse(rule.priority), firing.rule)
        });
        let by_issue = firings.chunk_by(|a, b| self.rules[a.rule].issue == self.rules[b.rule].issue);
        by_issue.map(|firings| (self.rules[firings[0].rule].issue, self.resolve(firings))).collect()
    }

    /// Decides what the rules say of every statement, spread over the cores; `done` is told of
    /// each statement as it is decided.
    pub fn decide_all(&self, statements: &[Statement], done: impl Fn() + Sync) -> RuleDecisions {
        let decide = |scratch: &mut Scratch, statement| {
            let decisions = self.decide(statement, scratch);
            done();
            decisions
        };
        statements.par_iter().map_init(Scratch::default, decide).collect()
    }

    /// Lets the rules of the highest priority decide; `firings` are of one issue, highest first.
    pub fn resolve(&self, firings: &[Firing]) -> RuleDecision {
        let first = &firings[0];
        let priority = self.rules[first.rule].priority;
        let top: Vec<&Firing> =
            firings.iter().take_while(|firing| self.rules[firing.rule].priority == priority).collect();
        if top.iter().all(|firing| firing.position == first.position) {
            RuleDecision::Position(first.position, first.clone())
        } else {
            RuleDecision::Conflict(top.into_iter().cloned().collect())
        }
    }
}

impl Rule {
    /// Whether the rule is for the statement's speaker and date. A statement whose day is not
    /// known counts as said on any day of its month.
    pub fn is_for(&self, statement: &Statement) -> bool {
        (self.speakers.is_empty() || self.speakers.contains(&statement.speaker))
            && statement.date.overlaps(self.since, self.until)
    }
}

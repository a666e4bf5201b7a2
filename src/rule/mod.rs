//! Rules: patterns that give a position on an issue, and how several of them are resolved.

use std::ops::Range;

use chrono::NaiveDate;
use rayon::prelude::*;

use crate::codebook::{IssueIndex, Position};
use crate::document::Document;
use crate::rule::engine::{Engine, Hit, PatternId, Scratch};
use crate::rule::pattern::Pattern;
use crate::statement::Statement;

pub mod text;
pub mod pattern;
pub mod engine;
pub mod file;
pub mod test;

/// One entry of `rules.toml`.
#[derive(Debug)]
pub struct Rule {
    /// The rule's name: what it catches.
    pub id: String,
    /// The issue it speaks of.
    pub issue: IssueIndex,
    /// The position it gives; a level of the issue's scale.
    pub position: Position,
    /// At least one of these must be found, where there are any.
    pub any: Vec<Pattern>,
    /// Every one of these must be found.
    pub all: Vec<Pattern>,
    /// None of these may be found.
    pub none: Vec<Pattern>,
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
    engine: Engine,
    /// For each pattern of the engine, its rule and its part in it.
    owners: Vec<(usize, Part)>,
}

/// A rule that fired, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Firing {
    /// The rule's place in [`Rules::rules`].
    pub rule: usize,
    /// The bytes of the statement's text that made it fire.
    pub evidence: Range<usize>,
}

/// What the rules together say of a statement on one issue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RuleDecision {
    /// They give a position; of several that agree, the first in the file is named.
    Position(Position, Firing),
    /// Rules of the same priority give different positions: no position.
    Conflict(Vec<Firing>),
}

/// Which list of a rule a pattern stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Any,
    All,
    None,
}

impl Rules {
    /// Compiles rules for matching.
    pub fn new(document: Document, rules: Vec<Rule>) -> Rules {
        let (mut engine, mut owners) = (Engine::default(), Vec::new());
        for (index, rule) in rules.iter().enumerate() {
            for (part, patterns) in [(Part::Any, &rule.any), (Part::All, &rule.all), (Part::None, &rule.none)] {
                for pattern in patterns {
                    engine.add(PatternId(owners.len()), pattern);
                    owners.push((index, part));
                }
            }
        }
        Rules { document, rules, engine, owners }
    }

    /// Finds every rule that fires on a text, whoever spoke and whenever, in the order of the file.
    pub fn firings(&self, text: &str, scratch: &mut Scratch) -> Vec<Firing> {
        let hits = self.engine.find(text, scratch);
        let by_rule = hits.chunk_by(|a, b| self.owner(a).0 == self.owner(b).0);
        by_rule.filter_map(|hits| self.firing(self.owner(&hits[0]).0, hits)).collect()
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
    pub fn decide_all(&self, statements: &[Statement], done: impl Fn() + Sync) -> Vec<Vec<(IssueIndex, RuleDecision)>> {
        let decide = |scratch: &mut Scratch, statement| {
            let decisions = self.decide(statement, scratch);
            done();
            decisions
        };
        statements.par_iter().map_init(Scratch::default, decide).collect()
    }

    fn owner(&self, hit: &Hit) -> (usize, Part) {
        self.owners[hit.pattern.0]
    }

    /// Looks for the first sentence in which a rule has all it asks for; `hits` are the rule's own.
    fn firing(&self, rule: usize, hits: &[Hit]) -> Option<Firing> {
        let (any, all) = (&self.rules[rule].any, &self.rules[rule].all);
        let mut sentences: Vec<usize> = hits.iter().map(|hit| hit.sentence).collect();
        sentences.sort_unstable();
        sentences.dedup();
        sentences.into_iter().find_map(|sentence| {
            let of = |part| hits.iter().filter(move |hit| hit.sentence == sentence && self.owner(hit).1 == part);
            let found_any = of(Part::Any).min_by_key(|hit| (hit.span.start, hit.span.end));
            let complete = of(Part::All).count() == all.len() && (any.is_empty() || found_any.is_some());
            if !complete || of(Part::None).next().is_some() {
                return None;
            }
            let needed = || of(Part::All).chain(found_any);
            let start = needed().map(|hit| hit.span.start).min()?;
            let end = needed().map(|hit| hit.span.end).max()?;
            Some(Firing { rule, evidence: start..end })
        })
    }

    /// Lets the rules of the highest priority decide; `firings` are of one issue, highest first.
    fn resolve(&self, firings: &[Firing]) -> RuleDecision {
        let first = &self.rules[firings[0].rule];
        let top: Vec<&Firing> =
            firings.iter().take_while(|firing| self.rules[firing.rule].priority == first.priority).collect();
        if top.iter().all(|firing| self.rules[firing.rule].position == first.position) {
            RuleDecision::Position(first.position, firings[0].clone())
        } else {
            RuleDecision::Conflict(top.into_iter().cloned().collect())
        }
    }
}

impl Rule {
    /// Whether the rule is for the statement's speaker and date. A statement whose day is not
    /// known counts as said on any day of its month.
    fn is_for(&self, statement: &Statement) -> bool {
        (self.speakers.is_empty() || self.speakers.contains(&statement.speaker))
            && statement.date.overlaps(self.since, self.until)
    }
}

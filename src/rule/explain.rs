//! Why a statement has its label, or why it has none.

use std::cmp::Reverse;
use std::ops::Range;

use crate::codebook::IssueIndex;
use crate::rule::engine::{EngineBuilder, PatternId, Reading};
use crate::rule::pattern::Pattern;
use crate::rule::{Firing, RuleDecision, RuleOutcome, Rules, Scratch};
use crate::statement::Statement;

/// What the rules say about a statement on one issue, and which rules came close.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// The issue.
    pub issue: IssueIndex,
    /// Every rule that fires, the highest priority first.
    pub fired: Vec<Firing>,
    /// What the rules together decide.
    pub decision: Option<RuleDecision>,
    /// The rules that came close, the closest first.
    pub near: Vec<NearMiss>,
}

/// A rule that came close, and what stopped it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NearMiss {
    /// The rule's index in [`Rules::rules`].
    pub rule: usize,
    /// What stopped it.
    pub why: Obstacle,
}

/// What stops a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Obstacle {
    /// The rule is for other speakers.
    Speaker,
    /// The rule is for another time.
    Date,
    /// Some of its patterns match, but it does not fire: never [`RuleOutcome::Fires`].
    Stopped(RuleOutcome),
    /// A gap of a pattern is this many words too narrow for these bytes of the text.
    Gap(PatternId, Range<usize>, usize),
}

impl Obstacle {
    /// How far the rule was from firing; less is closer.
    fn distance(&self) -> usize {
        match self {
            Obstacle::Speaker => 0,
            Obstacle::Date => 1,
            Obstacle::Stopped(RuleOutcome::Fires(_) | RuleOutcome::Dropped(..)) => 2,
            Obstacle::Stopped(RuleOutcome::Blocked(..)) => 3,
            Obstacle::Gap(..) => 4,
            Obstacle::Stopped(RuleOutcome::Incomplete(_)) => 5,
        }
    }
}

/// By how many words a gap may be too narrow if the rule still counts as close.
const NEAR: usize = 3;

impl Rules {
    /// Explains what the rules say about a statement on every issue that has rules.
    pub fn explain(&self, statement: &Statement, issues: impl Iterator<Item = IssueIndex>) -> Vec<Explanation> {
        let mut verdicts: Vec<(usize, RuleOutcome)> = Vec::new();
        self.judge(&statement.text, &mut Scratch::default(), |rule, verdict| verdicts.push((rule, verdict)));
        let firings = self.firings(&statement.text, &mut Scratch::default());
        let fires = |rule: usize| firings.iter().any(|firing| firing.rule == rule);
        let mut near: Vec<NearMiss> = verdicts
            .into_iter()
            .filter(|(rule, _)| !fires(*rule))
            .map(|(rule, verdict)| NearMiss { rule, why: Obstacle::Stopped(verdict) })
            .collect();
        near.extend(firings.iter().filter_map(|firing| {
            let rule = &self.rules[firing.rule];
            let is_for_speaker = rule.speakers.is_empty() || rule.speakers.contains(&statement.speaker);
            let why = if is_for_speaker { Obstacle::Date } else { Obstacle::Speaker };
            (!rule.is_for(statement)).then_some(NearMiss { rule: firing.rule, why })
        }));
        near.extend(self.too_narrow(&statement.text).into_iter().filter(|miss| !fires(miss.rule)));
        near.sort_by_key(|miss| (miss.rule, miss.why.distance()));
        near.dedup_by_key(|miss| miss.rule);
        near.sort_by_key(|miss| miss.why.distance());
        issues
            .map(|issue| {
                let mut fired: Vec<Firing> = firings.clone();
                fired.retain(|f| self.rules[f.rule].issue == issue && self.rules[f.rule].is_for(statement));
                fired.sort_by_key(|firing| (Reverse(self.rules[firing.rule].priority), firing.rule));
                let decision = (!fired.is_empty()).then(|| self.resolve(&fired));
                let near = near.iter().filter(|miss| self.rules[miss.rule].issue == issue).cloned().collect();
                Explanation { issue, fired, decision, near }
            })
            .collect()
    }

    /// Finds patterns of `any` that would match if their gaps were slightly wider.
    fn too_narrow(&self, text: &str) -> Vec<NearMiss> {
        let phrases = self.rules.iter().zip(&self.parts).enumerate().flat_map(|(rule, (written, parts))| {
            parts.any.clone().zip(&written.any).filter_map(move |(id, written)| match &written.pattern {
                Pattern::Phrase(phrase) if phrase.widened(1) != *phrase => Some((rule, PatternId(id), phrase)),
                _ => None,
            })
        });
        let mut builder = EngineBuilder::default();
        let mut wider = Vec::new();
        for (rule, id, phrase) in phrases {
            let ids =
                (1..=NEAR).map(|more| builder.add(&Pattern::Phrase(phrase.widened(more)), true)).collect::<Vec<_>>();
            wider.push((rule, id, ids));
        }
        let (engine, mut reading) = (builder.build(), Reading::default());
        engine.read(text, &mut reading);
        let mut as_written = Reading::default();
        self.engine.read(text, &mut as_written);
        let (mut misses, mut hits, mut start) = (Vec::new(), Vec::new(), 0);
        while start < reading.words().len() {
            let sentence = reading.sentence_of(start);
            start = sentence.end;
            for (rule, id, ids) in &wider {
                for (more, wider) in ids.iter().enumerate() {
                    // If another part of the rule is missing too, the gap is not what stopped it.
                    let mut others = self.parts[*rule].all.clone();
                    if !others
                        .all(|other| self.engine.is_found(PatternId(other), text, sentence.clone(), &mut as_written))
                        || self.engine.is_found(*id, text, sentence.clone(), &mut as_written)
                    {
                        break;
                    }
                    engine.find(*wider, text, sentence.clone(), &mut reading, &mut hits);
                    if let Some(hit) = hits.drain(..).next() {
                        let span = reading.span(hit.first, hit.last);
                        misses.push(NearMiss { rule: *rule, why: Obstacle::Gap(*id, span, more + 1) });
                        break;
                    }
                }
            }
        }
        misses
    }
}

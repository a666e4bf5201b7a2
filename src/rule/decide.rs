//! What the rules together say about a statement, and how several that fire are resolved.

use rayon::prelude::*;

use crate::codebook::{IssueIndex, Position};
use crate::rule::judge::{Firing, Scratch, Turn};
use crate::rule::topic::Said;
use crate::rule::{Rule, Rules};
use crate::statement::Statement;

/// What the rules together say about a statement on one issue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RuleDecision {
    /// They give a position. If several rules agree, the first in the file is named.
    Position(Position, Firing),
    /// Rules with the same priority give different positions, so there is no position.
    Conflict(Vec<Firing>),
}

/// What the rules say about each statement, in order: a decision for each issue on which a rule fires.
pub type RuleDecisions = Vec<Vec<(IssueIndex, RuleDecision)>>;

impl Firing {
    /// Whether its clause decides over another, which was said before it.
    pub fn overrules(&self, other: &Firing) -> bool {
        let Some(turn) = &self.turn else { return false };
        turn.over.contains(&other.evidence.start) && other.evidence.end <= turn.over.end
    }
}

impl Rules {
    /// Decides what the rules say about a statement, issue by issue in the codebook's order.
    pub fn decide(&self, statement: &Statement, scratch: &mut Scratch) -> Vec<(IssueIndex, RuleDecision)> {
        self.decide_by(&Said::statement(statement), |rule| rule.is_for(statement), scratch)
    }

    /// Decides what those rules say about a text that are for it: a row of a table may have no speaker and no date.
    pub fn decide_by(
        &self,
        said: &Said<'_>,
        is_for: impl Fn(&Rule) -> bool,
        scratch: &mut Scratch,
    ) -> Vec<(IssueIndex, RuleDecision)> {
        let mut firings = self.firings(said, scratch);
        firings.retain(|firing| is_for(&self.rules[firing.rule]));
        firings.sort_by_key(|firing| {
            let rule = &self.rules[firing.rule];
            (rule.issue, std::cmp::Reverse(rule.priority), firing.rule)
        });
        let by_issue = firings.chunk_by(|a, b| self.rules[a.rule].issue == self.rules[b.rule].issue);
        by_issue.map(|firings| (self.rules[firings[0].rule].issue, self.resolve(firings))).collect()
    }

    /// Decides what the rules say about every statement, spread over the cores. Calls `done` after each
    /// statement.
    pub fn decide_all(&self, statements: &[Statement], done: impl Fn() + Sync) -> RuleDecisions {
        let decide = |scratch: &mut Scratch, statement| {
            let decisions = self.decide(statement, scratch);
            done();
            decisions
        };
        statements.par_iter().map_init(Scratch::default, decide).collect()
    }

    /// Lets the rules with the highest priority decide. Of those, a clause that begins with a word of `last_wins`
    /// decides over what was said before it. `firings` are all on one issue, highest priority first.
    pub fn resolve(&self, firings: &[Firing]) -> RuleDecision {
        let first = &firings[0];
        let priority = self.rules[first.rule].priority;
        let top: Vec<&Firing> =
            firings.iter().take_while(|firing| self.rules[firing.rule].priority == priority).collect();
        let mut turns: Vec<&Turn> = top.iter().filter_map(|firing| firing.turn.as_ref()).collect();
        turns.sort_unstable_by_key(|turn| turn.over.end);
        // Of the turns that follow, the next reaches farthest back.
        let overruled = |firing: &&Firing| {
            let next = turns.partition_point(|turn| turn.over.end < firing.evidence.end);
            turns.get(next).is_some_and(|turn| turn.over.start <= firing.evidence.start)
        };
        let mut top: Vec<&Firing> = top.into_iter().filter(|firing| !overruled(firing)).collect();
        top.dedup_by_key(|firing| (firing.rule, firing.position));
        // What overrules stands later in the text than what it overrules, so one is left.
        let first = top.first().copied().unwrap_or(first);
        if top.iter().all(|firing| firing.position == first.position) {
            RuleDecision::Position(first.position, first.clone())
        } else {
            RuleDecision::Conflict(top.into_iter().cloned().collect())
        }
    }
}

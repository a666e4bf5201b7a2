//! What the rules together say about a statement, and how several that fire are resolved.

use rayon::prelude::*;

use crate::codebook::{IssueIndex, Position};
use crate::rule::Rules;
use crate::rule::judge::{Firing, Scratch};
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

impl Rules {
    /// Decides what the rules say about a statement, issue by issue in the codebook's order.
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

    /// Lets the rules with the highest priority decide. `firings` are all on one issue, highest priority
    /// first.
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

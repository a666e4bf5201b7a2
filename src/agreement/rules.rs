//! How well the rules do: compared with labels by hand, with each other, and with other rules.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::codebook::{IssueIndex, Position};
use crate::corpus::Corpus;
use crate::label::HandDecision;
use crate::rule::{Firing, RuleDecision, RuleDecisions, Scratch};
use crate::statement::Verified;

/// How well one rule does. The columns are those of Snorkel's label-function analysis: A. Ratner et al.,
/// "Snorkel: rapid training data creation with weak supervision", VLDB 11 (2017).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RuleRow {
    /// The rule.
    pub rule: String,
    /// Its issue.
    pub issue: String,
    /// The position that it gives.
    pub position: i32,
    /// On how many statements it fires.
    pub fires: usize,
    /// On what share of all statements it fires, 0 to 1.
    pub coverage: f64,
    /// On what share of all statements it fires together with another rule on the issue, 0 to 1.
    pub overlaps: f64,
    /// On what share of all statements another rule on the issue gives another position, 0 to 1.
    pub conflicts: f64,
    /// On how many statements coders settled on its position.
    pub correct: usize,
    /// On how many statements coders settled on another position, or on none.
    pub incorrect: usize,
    /// Share of the correct among both, 0 to 1. `None` if no coder has read a statement on which it fires.
    pub empirical_accuracy: Option<f64>,
    /// Share of those at most one level away, 0 to 1. A statement without a position never counts as near.
    pub within_one_level: Option<f64>,
}

/// How well all rules on an issue do together, after conflicts are resolved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct IssueRow {
    /// The issue.
    pub issue: String,
    /// Statements with a position settled by hand.
    pub hand: usize,
    /// Statements among these to which the rules give a position.
    pub found: usize,
    /// Statements among these with the same position by hand and by rules.
    pub exact: usize,
    /// Statements among the found with positions at most one level apart.
    pub within_one: usize,
    /// Statements that coders read and found without a position on the issue.
    pub none: usize,
    /// Statements among these to which the rules give one.
    pub false_alarms: usize,
    /// Statements on which rules conflict.
    pub conflicts: usize,
}

/// A statement on which coders and rules differ.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// The statement.
    pub statement_id: String,
    /// The issue.
    pub issue: String,
    /// The settled position by hand. `None` for "takes none".
    pub hand: Option<i32>,
    /// The position by rules. `None` if no rule fires or rules conflict.
    pub rules: Option<i32>,
    /// The deciding rules.
    pub rule: String,
    /// The words that made the first of them fire, or the text if none fires.
    pub text: String,
}

/// Two rules that give one statement different positions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Conflict {
    /// The first rule, its position, and its evidence.
    pub rule: String,
    /// The other rule.
    pub other: String,
    /// The statement.
    pub statement_id: String,
    /// The words that made the first fire.
    pub evidence: String,
    /// The words that made the other fire.
    pub other_evidence: String,
    /// Whether the conflict is unresolved, because both have the highest priority.
    pub unresolved: bool,
}

/// Everything that is reported about the rules of a corpus.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Assessment {
    /// A row per rule, in the order of the file.
    pub rules: Vec<RuleRow>,
    /// A row per issue, in the codebook's order.
    pub issues: Vec<IssueRow>,
    /// Rules that fire on no statement.
    pub never_fire: Vec<String>,
    /// Pairs of rules that differ on a statement, the unresolved ones first.
    pub conflicts: Vec<Conflict>,
    /// Statements on which coders and rules differ: the farthest apart first, then what rules missed, then what only
    /// rules gave.
    pub differences: Vec<Difference>,
}

/// Assesses every rule on every statement.
pub fn assess(corpus: &Corpus, decisions: &RuleDecisions) -> Assessment {
    let (rules, statements) = (&corpus.rules.rules, &corpus.statements.rows);
    let mut scratch = Scratch::default();
    let mut tallies: Vec<Tally> = vec![Tally::default(); rules.len()];
    let mut conflicts = Vec::new();
    for (index, statement) in statements.iter().enumerate().filter(|(_, row)| row.verified != Verified::Rejected) {
        let mut firings = corpus.rules.firings(&statement.text, &mut scratch);
        firings.retain(|firing| rules[firing.rule].is_for(statement));
        for (place, firing) in firings.iter().enumerate() {
            // A rule that contexts turn two ways has two firings on one statement. The first counts as the rule's
            // own.
            if firings[..place].iter().any(|before| before.rule == firing.rule) {
                continue;
            }
            let issue = rules[firing.rule].issue;
            let others = || firings.iter().filter(|o| o.rule != firing.rule && rules[o.rule].issue == issue);
            let tally = &mut tallies[firing.rule];
            tally.fires += 1;
            tally.overlaps += usize::from(others().next().is_some());
            tally.conflicts += usize::from(others().any(|other| other.position != firing.position));
            if let Some(HandDecision::Settled { position, .. }) = corpus.hands.get(&(index, issue)) {
                tally.judge(corpus, issue, firing.position, *position);
            }
            for other in others().filter(|other| other.rule > firing.rule && other.position != firing.position) {
                conflicts.push(conflict(corpus, index, firing, other));
            }
        }
    }
    let order = |conflict: &Conflict| {
        let Conflict { rule, other, statement_id, unresolved, .. } = conflict.clone();
        (!unresolved, rule, other, statement_id)
    };
    conflicts.sort_by_cached_key(order);
    let share = |count: usize| count as f64 / statements.len().max(1) as f64;
    let rows: Vec<RuleRow> = rules
        .iter()
        .zip(&tallies)
        .map(|(rule, tally)| {
            let judged = tally.correct + tally.incorrect;
            let of_judged = |count: usize| (judged > 0).then(|| count as f64 / judged as f64);
            RuleRow {
                rule: rule.id.clone(),
                issue: corpus.codebook.issue(rule.issue).id.clone(),
                position: rule.position.0,
                fires: tally.fires,
                coverage: share(tally.fires),
                overlaps: share(tally.overlaps),
                conflicts: share(tally.conflicts),
                correct: tally.correct,
                incorrect: tally.incorrect,
                empirical_accuracy: of_judged(tally.correct),
                within_one_level: of_judged(tally.near),
            }
        })
        .collect();
    Assessment {
        never_fire: rows.iter().filter(|row| row.fires == 0).map(|row| row.rule.clone()).collect(),
        rules: rows,
        issues: corpus.codebook.indices().map(|issue| issue_row(corpus, decisions, issue)).collect(),
        conflicts,
        differences: differences(corpus, decisions),
    }
}

#[derive(Debug, Clone, Default)]
struct Tally {
    fires: usize,
    overlaps: usize,
    conflicts: usize,
    correct: usize,
    incorrect: usize,
    near: usize,
}

impl Tally {
    fn judge(&mut self, corpus: &Corpus, issue: IssueIndex, given: Position, hand: Option<Position>) {
        if hand == Some(given) {
            self.correct += 1;
        } else {
            self.incorrect += 1;
        }
        self.near += usize::from(hand.is_some_and(|hand| levels_apart(corpus, issue, given, hand) <= 1));
    }
}

/// How many levels of the issue's scale lie between two positions.
fn levels_apart(corpus: &Corpus, issue: IssueIndex, a: Position, b: Position) -> usize {
    let levels = &corpus.codebook.issue(issue).levels;
    let rank = |position| levels.iter().position(|level| level.position == position).unwrap_or(0);
    rank(a).abs_diff(rank(b))
}

fn conflict(corpus: &Corpus, statement: usize, a: &Firing, b: &Firing) -> Conflict {
    let (rules, statement) = (&corpus.rules.rules, &corpus.statements.rows[statement]);
    Conflict {
        rule: rules[a.rule].id.clone(),
        other: rules[b.rule].id.clone(),
        statement_id: statement.id.clone(),
        evidence: statement.text[a.evidence.clone()].to_owned(),
        other_evidence: statement.text[b.evidence.clone()].to_owned(),
        unresolved: rules[a.rule].priority == rules[b.rule].priority,
    }
}

fn issue_row(corpus: &Corpus, decisions: &RuleDecisions, issue: IssueIndex) -> IssueRow {
    let id = corpus.codebook.issue(issue).id.clone();
    let mut row =
        IssueRow { issue: id, hand: 0, found: 0, exact: 0, within_one: 0, none: 0, false_alarms: 0, conflicts: 0 };
    let rows = corpus.statements.rows.iter().enumerate();
    for (statement, _) in rows.filter(|(_, row)| row.verified != Verified::Rejected) {
        let decision = corpus.decision(decisions, statement, issue);
        let given = decision.rule_position();
        row.conflicts += usize::from(matches!(decision.rules, Some(RuleDecision::Conflict(_))));
        match (decision.hand, decision.hand_position()) {
            (Some(HandDecision::Settled { .. }), Some(hand)) => {
                row.hand += 1;
                row.found += usize::from(given.is_some());
                row.exact += usize::from(given == Some(hand));
                row.within_one += usize::from(given.is_some_and(|given| levels_apart(corpus, issue, given, hand) <= 1));
            }
            (Some(HandDecision::Settled { .. }), None) => {
                row.none += 1;
                row.false_alarms += usize::from(given.is_some());
            }
            _ => {}
        }
    }
    row
}

fn differences(corpus: &Corpus, decisions: &RuleDecisions) -> Vec<Difference> {
    let mut differences: Vec<(usize, Difference)> = Vec::new();
    let rows = corpus.statements.rows.iter().enumerate();
    for (index, statement) in rows.filter(|(_, row)| row.verified != Verified::Rejected) {
        for issue in corpus.codebook.indices() {
            let decision = corpus.decision(decisions, index, issue);
            if !matches!(decision.hand, Some(HandDecision::Settled { .. })) {
                continue;
            }
            let (hand, given) = (decision.hand_position(), decision.rule_position());
            if hand == given {
                continue;
            }
            // The farther apart, the worse. Then what rules missed, then what only rules gave.
            let order = match (hand, given) {
                (Some(hand), Some(given)) => 1_000 - levels_apart(corpus, issue, hand, given).min(1_000),
                (Some(_), None) => 1_001,
                _ => 1_002,
            };
            let firings: &[Firing] = match decision.rules {
                Some(RuleDecision::Position(_, firing)) => std::slice::from_ref(firing),
                Some(RuleDecision::Conflict(firings)) => firings,
                None => &[],
            };
            let ids: Vec<&str> = firings.iter().map(|firing| corpus.rules.rules[firing.rule].id.as_str()).collect();
            let words = firings.first().map_or(statement.text.as_str(), |f| &statement.text[f.evidence.clone()]);
            differences.push((
                order,
                Difference {
                    statement_id: statement.id.clone(),
                    issue: corpus.codebook.issue(issue).id.clone(),
                    hand: hand.map(|hand| hand.0),
                    rules: given.map(|given| given.0),
                    rule: ids.join("; "),
                    text: words.to_owned(),
                },
            ));
        }
    }
    differences.sort_by(|a, b| (a.0, &a.1.statement_id).cmp(&(b.0, &b.1.statement_id)));
    differences.into_iter().map(|(_, difference)| difference).collect()
}

/// How a label differs between two sets of rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// The statement's place in the corpus.
    pub statement: usize,
    /// The issue.
    pub issue: IssueIndex,
    /// The position that the other rules give.
    pub before: Option<Position>,
    /// The position that these rules give.
    pub after: Option<Position>,
}

/// The labels by which two sets of rules differ, in the order of the statements.
pub fn moved(before: &RuleDecisions, after: &RuleDecisions) -> Vec<Moved> {
    let positions = |decisions: &[(IssueIndex, RuleDecision)]| -> BTreeMap<IssueIndex, Position> {
        let position = |(issue, decision): &(IssueIndex, RuleDecision)| match decision {
            RuleDecision::Position(position, _) => Some((*issue, *position)),
            RuleDecision::Conflict(_) => None,
        };
        decisions.iter().filter_map(position).collect()
    };
    let mut moved = Vec::new();
    for (statement, (before, after)) in before.iter().zip(after).enumerate() {
        let (before, after) = (positions(before), positions(after));
        let mut issues: Vec<IssueIndex> = before.keys().chain(after.keys()).copied().collect();
        issues.sort_unstable();
        issues.dedup();
        for issue in issues {
            let (before, after) = (before.get(&issue).copied(), after.get(&issue).copied());
            if before != after {
                moved.push(Moved { statement, issue, before, after });
            }
        }
    }
    moved
}

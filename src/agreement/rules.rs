//! How well the rules do: compared with labels by hand, with each other, and with other rules.
//!
//! What is reported here about single statements, and every figure except those of [`on_unseen`], is only of statements
//! that whoever writes the rules may see.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::agreement::share::Share;
use crate::codebook::{IssueIndex, Position};
use crate::corpus::Corpus;
use crate::label::HandDecision;
use crate::rule::topic::Said;
use crate::rule::{Firing, RuleDecision, RuleDecisions, Scratch};
use crate::statement::{Statement, Verified};
use crate::unseen::looks::{self, Found, History};

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
    /// On how many of both the settled position is at most one level away.
    pub near: usize,
    /// The 95 % interval of the share of the correct, see [`Share::interval`].
    pub accuracy_low: Option<f64>,
    /// Its upper end.
    pub accuracy_high: Option<f64>,
    /// Share of those at most one level away, 0 to 1. A statement without a position never counts as near.
    pub within_one_level: Option<f64>,
}

/// How well all rules on an issue do together, after conflicts are resolved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct IssueRow {
    /// The issue.
    pub issue: String,
    /// What the rules found.
    #[serde(flatten)]
    pub counts: Found,
    /// Statements on which rules conflict.
    pub conflicts: usize,
}

/// How the rules do on one issue of the unseen statements.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UnseenRow {
    /// The statements that no look has counted so far.
    pub first: IssueRow,
    /// All that are set aside.
    pub all: IssueRow,
    /// The statements of `first` that coders have read, see [`looks::mark`].
    #[serde(skip)]
    pub marks: Vec<String>,
}

/// What is known about how the rules do on statements that their author has not seen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UnseenReport {
    /// How many statements are set aside.
    pub set_aside: usize,
    /// How often somebody has looked. `None` if nobody has.
    pub history: Option<History>,
    /// For each issue, what the rules of the last look found that met statements for the first time.
    pub first_contact: Vec<FirstContact>,
}

/// What the rules found among statements that their author had not seen, and that no earlier look counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FirstContact {
    /// The issue.
    pub issue: String,
    /// The number of the look, the last if there are several.
    pub look: usize,
    /// How many looks with the same rules met statements on the issue for the first time. The counts are their sum.
    pub looks: usize,
    /// The fingerprint of the rules at these looks.
    pub rules: String,
    /// Whether the rules are still the same.
    pub same_rules: bool,
    /// What they found.
    #[serde(flatten)]
    pub counts: Found,
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
    /// What is known about statements that the author of the rules has not seen. All the rest is about the others.
    pub unseen: UnseenReport,
    /// A row per rule, in the order of the file.
    pub rules: Vec<RuleRow>,
    /// A row per issue, in the codebook's order.
    pub issues: Vec<IssueRow>,
    /// Rules that fire on no statement.
    pub never_fire: Vec<String>,
    /// Pairs of rules that differ on a statement, the unresolved ones first.
    pub conflicts: Vec<Conflict>,
    /// How many statements all this is about.
    pub statements: usize,
    /// Statements on which coders and rules differ: the farthest apart first, then what rules missed, then what only
    /// rules gave.
    pub differences: Vec<Difference>,
}

/// Whether whoever writes the rules may see a statement, and it counts.
fn is_seen(statement: &Statement) -> bool {
    statement.verified != Verified::Rejected && !statement.unseen
}

/// Assesses every rule on every statement that is not set aside.
pub fn assess(corpus: &Corpus, decisions: &RuleDecisions) -> Assessment {
    let (rules, statements) = (&corpus.rules.rules, &corpus.statements.rows);
    let mut scratch = Scratch::default();
    let mut tallies: Vec<Tally> = vec![Tally::default(); rules.len()];
    let mut conflicts = Vec::new();
    for (index, statement) in statements.iter().enumerate().filter(|(_, row)| is_seen(row)) {
        let mut firings = corpus.rules.firings(&Said::statement(statement), &mut scratch);
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
    let all = statements.iter().filter(|row| is_seen(row)).count();
    let share = |count: usize| count as f64 / all.max(1) as f64;
    let rows: Vec<RuleRow> = rules
        .iter()
        .zip(&tallies)
        .map(|(rule, tally)| {
            let judged = tally.correct + tally.incorrect;
            let of_judged = |count: usize| (judged > 0).then(|| count as f64 / judged as f64);
            let interval = Share { part: tally.correct, whole: judged }.interval();
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
                near: tally.near,
                accuracy_low: interval.map(|(low, _)| low),
                accuracy_high: interval.map(|(_, high)| high),
                within_one_level: of_judged(tally.near),
            }
        })
        .collect();
    Assessment {
        unseen: unseen(corpus),
        never_fire: rows.iter().filter(|row| row.fires == 0).map(|row| row.rule.clone()).collect(),
        rules: rows,
        issues: found(corpus, decisions),
        statements: all,
        conflicts,
        differences: differences(corpus, decisions),
    }
}

/// How rules that gave these decisions do on each issue, on every statement that is not set aside.
pub fn found(corpus: &Corpus, decisions: &RuleDecisions) -> Vec<IssueRow> {
    corpus.codebook.indices().map(|issue| issue_row(corpus, decisions, issue, is_seen)).collect()
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

/// What is known about how the rules do on statements that their author has not seen.
pub fn unseen(corpus: &Corpus) -> UnseenReport {
    let rules = corpus.rules.fingerprint();
    let drawn = corpus.codebook.unseen.as_ref().map_or(String::new(), |how| how.get_ref().words());
    let contact = |issue: IssueIndex| {
        let (row, looks, counts) = corpus.looks.first_contact(&corpus.codebook, issue)?;
        Some(FirstContact {
            issue: corpus.codebook.issue(issue).id.clone(),
            look: row.look,
            looks,
            same_rules: row.rules == rules,
            rules: row.rules.clone(),
            counts,
        })
    };
    UnseenReport {
        set_aside: corpus.unseen(),
        history: corpus.looks.history(&rules, &drawn),
        first_contact: corpus.codebook.indices().filter_map(contact).collect(),
    }
}

/// How the rules do on the statements that are set aside, by issue in the codebook's order.
pub fn on_unseen(corpus: &Corpus, decisions: &RuleDecisions) -> Vec<UnseenRow> {
    let is_unseen = |statement: &Statement| statement.verified != Verified::Rejected && statement.unseen;
    let row = |issue: IssueIndex| {
        let used = corpus.looks.used(&corpus.codebook.issue(issue).id);
        let is_new = |row: &Statement| is_unseen(row) && !looks::is_among(&used, &row.id);
        let rows = corpus.statements.rows.iter().enumerate();
        let settled = |place| matches!(corpus.hands.get(&(place, issue)), Some(HandDecision::Settled { .. }));
        let read = rows.filter(|(place, row)| is_new(row) && settled(*place));
        UnseenRow {
            first: issue_row(corpus, decisions, issue, is_new),
            all: issue_row(corpus, decisions, issue, is_unseen),
            marks: read.map(|(_, row)| looks::mark(&row.id)).collect(),
        }
    };
    corpus.codebook.indices().map(row).collect()
}

/// How all rules on an issue do together on some statements.
fn issue_row(
    corpus: &Corpus,
    decisions: &RuleDecisions,
    issue: IssueIndex,
    counts: impl Fn(&Statement) -> bool,
) -> IssueRow {
    let mut found = Found::default();
    let mut conflicts = 0;
    let rows = corpus.statements.rows.iter().enumerate();
    for (statement, _) in rows.filter(|(_, row)| counts(row)) {
        let decision = corpus.decision(decisions, statement, issue);
        let given = decision.rule_position();
        conflicts += usize::from(matches!(decision.rules, Some(RuleDecision::Conflict(_))));
        match (decision.hand, decision.hand_position()) {
            (Some(HandDecision::Settled { .. }), Some(hand)) => {
                let near = given.is_some_and(|given| levels_apart(corpus, issue, given, hand) <= 1);
                found.hand += 1;
                found.found += usize::from(given.is_some());
                found.exact += usize::from(given == Some(hand));
                found.within_one += usize::from(near);
            }
            (Some(HandDecision::Settled { .. }), None) => {
                found.none += 1;
                found.false_alarms += usize::from(given.is_some());
            }
            _ => {}
        }
    }
    IssueRow { issue: corpus.codebook.issue(issue).id.clone(), counts: found, conflicts }
}

fn differences(corpus: &Corpus, decisions: &RuleDecisions) -> Vec<Difference> {
    let mut differences: Vec<(usize, Difference)> = Vec::new();
    let rows = corpus.statements.rows.iter().enumerate();
    for (index, statement) in rows.filter(|(_, row)| is_seen(row)) {
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

//! Statements with a position that a study leaves out, and why, so that whatever shows the study can say it.

use crate::codebook::IssueIndex;
use crate::corpus::{Corpus, Selection};
use crate::label::Whose;
use crate::rule::RuleDecisions;
use crate::statement::Verified;

/// Why a statement is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum WhyLeft {
    /// It is outside the dates that were asked for.
    Dates,
    /// It is not verified yet.
    Unverified,
    /// Only the day of its publication is known.
    Published,
}

/// A position that is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LeftLabel {
    /// The place of the statement in the corpus.
    pub place: usize,
    /// The issue.
    pub issue: IssueIndex,
    /// Why.
    pub why: WhyLeft,
}

/// The positions that a selection leaves out because of dates, verification or an unsure day.
pub fn left(corpus: &Corpus, decisions: &RuleDecisions, family: &Selection, whose: Whose) -> Vec<LeftLabel> {
    let wider = Selection { unverified: true, sure_days: false, from: None, to: None, ..family.clone() };
    let mut found = Vec::new();
    for (place, statement) in corpus.statements.rows.iter().enumerate() {
        if family.takes(statement) || !wider.takes(statement) {
            continue;
        }
        let why = match statement.verified {
            _ if !statement.date.overlaps(family.from, family.to) => WhyLeft::Dates,
            Verified::No if !family.unverified => WhyLeft::Unverified,
            _ => WhyLeft::Published,
        };
        for issue in corpus.codebook.indices().filter(|issue| family.takes_issue(*issue)) {
            if corpus.decision(decisions, place, issue).position_by(whose).is_some() {
                found.push(LeftLabel { place, issue, why });
            }
        }
    }
    found
}

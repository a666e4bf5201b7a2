//! The positions of each speaker on each issue, statement by statement.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::codebook::{Codebook, IssueIndex};
use crate::corpus::{Corpus, Selection};
use crate::date::Grain;
use crate::label::{Labelled, Origin, Whose};
use crate::rule::RuleDecisions;
use crate::series::{Counted, Series};
use crate::shift::verdict::Quotation;
use crate::statement::{Kind, Statement};
use crate::study::groups::Groups;

/// The input from which the verdicts were computed.
pub struct Grounds<'c, 'g> {
    /// The corpus.
    pub corpus: &'c Corpus,
    /// The labels by its rules.
    pub decisions: &'c RuleDecisions,
    /// The statements that the pairs were made from.
    pub selection: &'g Selection,
    /// Which positions: by hand, by rules, or both.
    pub whose: Whose,
    /// Who counts as a speaker.
    pub groups: &'g Groups<'c>,
    /// What counts as a day.
    pub grain: Grain,
}

impl<'c> Grounds<'c, '_> {
    /// The positions that labels give, by speaker or group, then by the order of issues in the codebook. Labels come by
    /// date, then id.
    pub fn positions(&self, labels: &[Labelled<'c>]) -> Vec<Positions<'c>> {
        all(labels, &self.corpus.codebook, self.whose, self.groups, self.grain)
    }
}

/// The positions that one speaker takes on one issue.
#[derive(Debug, Clone)]
pub struct Positions<'c> {
    /// The speaker, or the group that counts as one.
    pub speaker: &'c str,
    /// The issue.
    pub issue: IssueIndex,
    /// What counts as a day.
    pub grain: Grain,
    /// The statements with a position, by date, then id.
    pub taken: Vec<Taken<'c>>,
    /// How many more statements have no position because coders or rules differ on them.
    pub conflicts: usize,
}

/// A statement with the position that it takes.
#[derive(Debug, Clone, Copy)]
pub struct Taken<'c> {
    /// The statement, with its labels by hand and by rules.
    pub label: Labelled<'c>,
    /// The rank of the position: how many levels of the scale are below it.
    pub rank: usize,
    /// Whether only rules gave the position.
    pub by_rules: bool,
}

impl<'c> Taken<'c> {
    /// The statement.
    pub fn statement(&self) -> &'c Statement {
        self.label.statement
    }

    /// The first day on which the words may have been said.
    pub fn from(&self) -> NaiveDate {
        self.statement().date.first()
    }

    /// Whether the day is not known, but only the month, say.
    pub fn by_month(&self) -> bool {
        !self.statement().date.is_day()
    }
}

/// Sorts labels by speaker or group, then by the order of issues in the codebook. Labels come by date, then id. A
/// statement without a group is left out.
pub fn all<'c>(
    labels: &[Labelled<'c>],
    codebook: &Codebook,
    whose: Whose,
    groups: &Groups<'c>,
    grain: Grain,
) -> Vec<Positions<'c>> {
    let mut all: BTreeMap<(&'c str, IssueIndex), Positions<'c>> = BTreeMap::new();
    for label in labels {
        let Some(speaker) = groups.of(label.statement) else { continue };
        let issue = label.issue;
        let origin = label.decision.origin();
        let conflict = label.decision.conflict_by(whose);
        let position = label.decision.position_by(whose);
        if position.is_none() && !conflict {
            continue;
        }
        let new = || Positions { speaker, issue, grain, taken: Vec::new(), conflicts: 0 };
        let positions = all.entry((speaker, issue)).or_insert_with(new);
        positions.conflicts += usize::from(conflict);
        let Some(position) = position else { continue };
        let levels = &codebook.issue(issue).levels;
        let rank = levels.iter().position(|level| level.position == position).unwrap_or(0);
        let by_rules = whose == Whose::Rules || origin == Some(Origin::Rules);
        positions.taken.push(Taken { label: *label, rank, by_rules });
    }
    all.into_values().collect()
}

impl<'c> Positions<'c> {
    /// The positions, counted by day.
    pub fn series(&self, codebook: &Codebook) -> Series<'c> {
        let levels = codebook.issue(self.issue).levels.len();
        let mut series =
            Series { conflicts: self.conflicts, grain: self.grain, ..Series::new(self.speaker, self.issue) };
        for taken in &self.taken {
            let counted = Counted { statements: 1, by_rules: taken.by_rules.into() };
            series.add(taken.statement().date, taken.rank, levels, counted);
        }
        series
    }

    /// The day of the test on which a statement counts: the first day of its unit. `None` if its date is not that exact.
    pub fn day(&self, taken: &Taken<'_>) -> Option<NaiveDate> {
        self.grain.of(taken.statement().date)
    }

    /// The first statement of a day at a rank. It shows the finding.
    pub fn quotation(&self, date: NaiveDate, rank: usize) -> Option<Quotation> {
        let is_meant = |taken: &&Taken<'_>| self.day(taken) == Some(date) && taken.rank == rank;
        let statement = self.taken.iter().find(is_meant)?.statement();
        Some(Quotation {
            statement_id: statement.id.clone(),
            text: statement.text.clone(),
            indirect: statement.kind == Kind::Indirect,
        })
    }
}

//! What coders differ on, the worst first, and how far they agree.

use std::collections::HashMap;

use crate::agreement::{Disagreement, disputes};
use crate::codebook::Position;
use crate::corpus::{Corpus, Selection};
use crate::label::settle::settle;
use crate::label::{self, ADJUDICATED, Unit};

/// A statement and issue on which coders differ.
#[derive(Debug, Clone)]
pub struct Dispute {
    /// The statement and issue.
    pub unit: Unit,
    /// What each coder gave, and why.
    pub given: Vec<CoderGave>,
    /// Whether the codebook's rule settles it, and with which answer.
    pub by_rule: Option<Option<Position>>,
}

/// What one coder gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CoderGave {
    /// The coder.
    pub coder: String,
    /// The position, or none. `None` if the coder is not sure.
    pub answer: Option<Option<Position>>,
    /// Why.
    pub rationale: String,
}

/// Every dispute of a corpus: the farthest apart first, then those on which one found no position.
#[derive(Debug, Clone, Default)]
pub struct Disputes {
    /// The disputes.
    pub all: Vec<Dispute>,
    /// How many statements and issues 2 or more coders have read.
    pub shared: usize,
    /// On how many of these they gave the same answer.
    pub same: usize,
    /// Each coder, and what the coder gave on each statement and issue that others have read, too.
    answers: Vec<(String, Given)>,
}

/// What a coder gave on statements and issues.
type Given = Vec<(Unit, Option<Position>)>;

impl Disputes {
    /// Finds them.
    pub fn of(corpus: &Corpus) -> Disputes {
        let selection = Selection { unverified: true, ..Selection::default() };
        let answers = label::answers(&corpus.coders);
        let of = |found: Disagreement| {
            let unit = (found.statement, corpus.codebook.find(&found.issue)?);
            let given = answers.get(&unit)?.iter().filter(|answer| answer.coder != ADJUDICATED);
            let given = given.map(|answer| CoderGave {
                coder: answer.coder.to_owned(),
                answer: answer.given,
                rationale: answer.rationale.to_owned(),
            });
            // Not as the corpus has it, where an adjudication hides it.
            let given: Vec<CoderGave> = given.collect();
            let sure: Vec<Option<Position>> = given.iter().filter_map(|gave| gave.answer).collect();
            let by_rule = settle(corpus.codebook.settle, &sure).map(|(position, _)| position);
            Some(Dispute { unit, given, by_rule })
        };
        let all: Vec<Dispute> = disputes(corpus, &selection).into_iter().filter_map(of).collect();
        let mut read: HashMap<Unit, usize> = HashMap::new();
        let coders = || corpus.coders.iter().filter(|file| file.coder != ADJUDICATED);
        for label in coders().flat_map(|file| &file.labels) {
            *read.entry(label.unit).or_default() += 1;
        }
        let taken = |unit: &Unit| {
            read.get(unit).is_some_and(|coders| *coders > 1) && selection.takes(&corpus.statements.rows[unit.0])
        };
        let shared = read.keys().filter(|unit| taken(unit)).count();
        let of_coder = |file: &label::CoderLabels| {
            let labels = file.labels.iter().filter(|label| taken(&label.unit));
            (file.coder.clone(), labels.map(|label| (label.unit, label.position)).collect())
        };
        Disputes { same: shared - all.len().min(shared), shared, answers: coders().map(of_coder).collect(), all }
    }

    /// For each coder: in how many disputes that are settled, and with which the coder agreed. `settled` gives what a
    /// dispute was settled with.
    pub fn agreeing(&self, settled: impl Fn(&Dispute) -> Option<Option<Position>>) -> Vec<(String, usize, usize)> {
        let decided: HashMap<Unit, Option<Position>> =
            self.all.iter().filter_map(|dispute| Some((dispute.unit, settled(dispute)?))).collect();
        let of_coder = |(coder, answers): &(String, Given)| {
            let compared = answers.iter().filter_map(|(unit, answer)| Some((decided.get(unit)?, answer)));
            let (all, same) =
                compared.fold((0, 0), |(all, same), (one, other)| (all + 1, same + usize::from(one == other)));
            (coder.clone(), same, all)
        };
        self.answers.iter().map(of_coder).filter(|(_, _, all)| *all > 0).collect()
    }
}

//! What coders differ on, the worst first, and how far they agree.

use std::collections::HashMap;

use crate::agreement::{Disagreement, disputes};
use crate::codebook::Position;
use crate::corpus::{Corpus, Selection};
use crate::desk::coding::{CoderChoice, Coding};
use crate::label::settle::settle;
use crate::label::sheet::CoderSheet;
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

/// A statement and issue that whoever settles has sent back to the coders.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentBack {
    /// The statement and issue.
    pub unit: Unit,
    /// What whoever settles wrote about it.
    pub note: String,
    /// Whether the coder has answered it again in this session.
    pub answered: bool,
}

/// What was sent back to a coder and is still in dispute. `others` are the files of the other coders: they are only
/// compared, and nothing of them is returned.
pub fn sent_back(corpus: &Corpus, settling: &Coding, own: &Coding, others: &[&CoderSheet]) -> Vec<SentBack> {
    let is_sure = |choice: &CoderChoice| *choice != CoderChoice::Unsure;
    let differs = |unit: Unit, choice: CoderChoice| {
        let (statement, issue) = (&corpus.statements.rows[unit.0].id, &corpus.codebook.issue(unit.1).id);
        let cells = others.iter().filter_map(|sheet| sheet.position(statement, issue));
        let mut given = cells.filter_map(|cell| CoderChoice::of(cell, &corpus.codebook, unit.1)).filter(is_sure);
        given.any(|other| other != choice)
    };
    let back = settling.unsure().filter_map(|unit| {
        // Whoever is not sure has the question before them anyway.
        let choice = own.choice(corpus, unit).filter(is_sure)?;
        let note = settling.row(corpus, unit)?.rationale;
        differs(unit, choice).then(|| SentBack { unit, note, answered: own.was_answered(corpus, unit) })
    });
    back.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codebook::IssueIndex;
    use crate::desk::sample;

    #[test]
    fn what_is_sent_back_waits_with_its_note_until_coders_agree() {
        let (folder, corpus) = sample::corpus(&[
            ("statements.csv", "id,date,speaker,text\na,2025-01-01,Al,One\nb,2025-01-02,Al,Two\n"),
            ("labels/anna.csv", "statement_id,issue,position\na,tram,1\nb,tram,1\n"),
            ("labels/ben.csv", "statement_id,issue,position\na,tram,-1\nb,tram,-1\n"),
            ("labels/adjudicated.csv", "statement_id,issue,position,rationale\na,tram,?,read the end again\n"),
        ]);
        let (settling, mut anna) = (Coding::adjudication(&corpus).unwrap(), Coding::open(&corpus, "anna").unwrap());
        let ben = CoderSheet::open(&folder.path().join("labels/ben.csv")).unwrap();
        let back = |anna: &Coding| sent_back(&corpus, &settling, anna, &[&ben]);
        let unit = (0, IssueIndex(0));
        let waiting = SentBack { unit, note: "read the end again".to_owned(), answered: false };
        assert_eq!(back(&anna), std::slice::from_ref(&waiting));
        // The same answer again is an answer, and still in dispute.
        let up = CoderChoice::Level(Position(1));
        anna.answer(&corpus, unit, anna.row(&corpus, unit), up, "").unwrap();
        assert_eq!(back(&anna), [SentBack { answered: true, ..waiting.clone() }]);
        // If it is sent back now, that answer came before the question.
        anna.ask_again(&corpus, unit);
        assert_eq!(back(&anna), [waiting]);
        let down = CoderChoice::Level(Position(-1));
        anna.answer(&corpus, unit, anna.row(&corpus, unit), down, "").unwrap();
        assert_eq!(back(&anna), []);
    }
}

//! Which answers are missing, kept up with each answer: to look at all statements again takes longer than a key may.

use std::collections::BTreeSet;

use crate::codebook::IssueIndex;
use crate::label::Unit;

/// What a coder's file has about a statement and issue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AnswerState {
    /// No row.
    Open,
    /// A row that says that the coder is not sure.
    Unsure,
    /// Any other row.
    Yes,
}

/// What is missing of one statement.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Missing {
    /// Issues without a row.
    open: usize,
    /// Issues without a row, or with one that is not sure.
    unanswered: usize,
}

/// What is missing in a queue.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Backlog {
    /// The statements, by their places in the corpus, in the order of the queue.
    queue: Vec<usize>,
    /// The number in the queue of each statement of the corpus, from 0.
    numbers: Vec<Option<usize>>,
    /// What is missing of each statement of the queue.
    missing: Vec<Missing>,
    /// How many statements lack nothing.
    done: usize,
    /// What is not sure, by its number in the queue.
    unsure: BTreeSet<(usize, IssueIndex)>,
}

impl Backlog {
    /// Counts a queue of a corpus with so many statements.
    pub fn of(
        queue: Vec<usize>,
        statements: usize,
        issues: &[IssueIndex],
        answered: impl Fn(Unit) -> AnswerState,
    ) -> Backlog {
        let mut numbers = vec![None; statements];
        for (number, place) in queue.iter().enumerate() {
            numbers[*place] = Some(number);
        }
        let all = Missing { open: issues.len(), unanswered: issues.len() };
        let mut backlog = Backlog { missing: vec![all; queue.len()], numbers, done: 0, unsure: BTreeSet::new(), queue };
        if issues.is_empty() {
            backlog.done = backlog.queue.len();
        }
        for number in 0..backlog.queue.len() {
            backlog.count(number, issues, &answered);
        }
        backlog
    }

    /// Counts one statement again.
    pub fn recount(&mut self, place: usize, issues: &[IssueIndex], answered: impl Fn(Unit) -> AnswerState) {
        if let Some(number) = self.number(place) {
            self.count(number, issues, &answered);
        }
    }

    fn count(&mut self, number: usize, issues: &[IssueIndex], answered: &impl Fn(Unit) -> AnswerState) {
        let place = self.queue[number];
        let mut now = Missing::default();
        for issue in issues {
            let answer = answered((place, *issue));
            now.open += usize::from(answer == AnswerState::Open);
            now.unanswered += usize::from(answer != AnswerState::Yes);
            if answer == AnswerState::Unsure {
                self.unsure.insert((number, *issue));
            } else {
                self.unsure.remove(&(number, *issue));
            }
        }
        let before = std::mem::replace(&mut self.missing[number], now);
        self.done += usize::from(now.unanswered == 0);
        self.done -= usize::from(before.unanswered == 0);
    }

    /// The statements in order.
    pub fn queue(&self) -> &[usize] {
        &self.queue
    }

    /// The number of a statement in the queue, from 0. `None` if it is not in it.
    pub fn number(&self, place: usize) -> Option<usize> {
        self.numbers.get(place).copied().flatten()
    }

    /// How many statements have an answer on every issue.
    pub fn done(&self) -> usize {
        self.done
    }

    /// What is not sure, in the order of the queue.
    pub fn unsure(&self) -> impl ExactSizeIterator<Item = Unit> {
        self.unsure.iter().map(|(number, issue)| (self.queue[*number], *issue))
    }

    /// The statements that lack a row, from a number in the queue on, and then from its beginning.
    pub fn open_from(&self, number: usize) -> impl Iterator<Item = usize> {
        let numbers = (number..self.queue.len()).chain(0..number.min(self.queue.len()));
        numbers.filter(|number| self.missing[*number].open > 0).map(|number| self.queue[number])
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    const ISSUES: [IssueIndex; 2] = [IssueIndex(0), IssueIndex(1)];

    fn answered(answers: &BTreeMap<Unit, AnswerState>) -> impl Fn(Unit) -> AnswerState {
        |unit| answers.get(&unit).copied().unwrap_or(AnswerState::Open)
    }

    #[test]
    fn a_recount_of_one_statement_is_as_a_count_of_all() {
        let queue = vec![3, 0, 2];
        let mut answers = BTreeMap::new();
        let mut backlog = Backlog::of(queue.clone(), 5, &ISSUES, answered(&answers));
        let steps = [
            (3, 0, AnswerState::Yes),
            (3, 1, AnswerState::Unsure),
            (1, 0, AnswerState::Yes),
            (2, 1, AnswerState::Unsure),
            (3, 1, AnswerState::Yes),
            (2, 1, AnswerState::Open),
            (0, 1, AnswerState::Unsure),
        ];
        for (place, issue, answer) in steps {
            answers.insert((place, IssueIndex(issue)), answer);
            backlog.recount(place, &ISSUES, answered(&answers));
            assert_eq!(backlog, Backlog::of(queue.clone(), 5, &ISSUES, answered(&answers)));
        }
        assert_eq!((backlog.done(), backlog.number(2), backlog.number(1)), (1, Some(2), None));
        assert_eq!(backlog.unsure().collect::<Vec<_>>(), [(0, IssueIndex(1))]);
        assert_eq!(backlog.open_from(2).collect::<Vec<_>>(), [2, 0]);
        assert_eq!(backlog.open_from(9).collect::<Vec<_>>(), [0, 2]);
    }

    #[test]
    fn without_issues_nothing_is_missing() {
        let backlog = Backlog::of(vec![1, 0], 2, &[], |_| AnswerState::Open);
        assert_eq!((backlog.done(), backlog.open_from(0).count()), (2, 0));
    }
}

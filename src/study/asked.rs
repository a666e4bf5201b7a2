//! A question with its plan: the planned pairs are answered first, and what was explored beside them stands apart.

use serde::Serialize;

use crate::corpus::Corpus;
use crate::program::Program;
use crate::rule::RuleDecisions;
use crate::study::answer::StudyAnswer;
use crate::study::design::Design;
use crate::study::kept::PlanKept;
use crate::study::{Ask, Study};

/// What is asked, and what was planned.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// The question; with a plan, about its pairs.
    pub ask: Ask,
    /// With a plan: the question about other pairs, if one is asked.
    pub explored: Option<Ask>,
    /// The plan.
    pub design: Option<Design>,
}

/// The answer to a question with its plan.
#[derive(Debug)]
pub struct Answered<'c> {
    /// The study of what was asked; with a plan, of its pairs.
    pub study: Study<'c>,
    /// The study of other pairs, if it shows any.
    pub explored: Option<Study<'c>>,
    /// Whether the plan was kept.
    pub kept: Option<PlanKept>,
}

impl Asked {
    /// Asks a corpus. `study` makes a study of a question.
    pub fn answer<'c>(
        &self,
        corpus: &'c Corpus,
        decisions: &'c RuleDecisions,
        study: impl Fn(&'c Corpus, &'c RuleDecisions, Ask) -> Study<'c>,
    ) -> Answered<'c> {
        let planned = study(corpus, decisions, self.ask.clone());
        let explored = self.explored.as_ref().map(|ask| study(corpus, decisions, ask.clone()));
        let explored = explored.filter(|study| study.shown().next().is_some());
        let kept = self.design.as_ref().map(|design| design.kept(&planned, explored.as_ref()));
        Answered { study: planned, explored, kept }
    }
}

/// The answer as JSON.
#[derive(Debug, Serialize)]
pub struct FullAnswer<'s> {
    #[serde(flatten)]
    answer: StudyAnswer<'s>,
    #[serde(skip_serializing_if = "Option::is_none")]
    plan: Option<&'s PlanKept>,
    #[serde(skip_serializing_if = "Option::is_none")]
    explored: Option<StudyAnswer<'s>>,
}

impl Answered<'_> {
    /// The answer with all that it takes to compute it again, signed by a program.
    pub fn in_full(&self, program: &Program) -> FullAnswer<'_> {
        fn answer<'s>(study: &'s Study<'_>, program: &Program) -> StudyAnswer<'s> {
            StudyAnswer::new(study.view(), study.mark()).by_program(program)
        }
        FullAnswer {
            answer: answer(&self.study, program),
            plan: self.kept.as_ref(),
            explored: self.explored.as_ref().map(|study| answer(study, program)),
        }
    }
}

//! Labels statements piece by piece: by the rules of a corpus, and by its coders where they have read the same words.

use std::collections::HashMap;

use crate::codebook::IssueIndex;
use crate::corpus::{Corpus, Selection};
use crate::error::{Problem, Result};
use crate::frame::pieces::{FrameFormat, FramePiece};
use crate::frame::{CarriedColumns, LabelFrame, StreamLabel};
use crate::label::{self, CoderAnswer, Decision, Unit};
use crate::rule::topic::Said;
use crate::rule::{RuleDecision, Scratch};
use crate::statement::{Statement, StatementFields, carried_in};
use crate::stream::StreamPiece;
use crate::stream::rows;
use crate::stream::source::{RowLayout, RowSource};

/// The columns without which there are no statements.
pub const REQUIRED: [&str; 3] = ["speaker", "date", "text"];

/// What labels statements of a stream.
pub struct StreamLabeller<'c> {
    corpus: &'c Corpus,
    selection: Selection,
    answers: HashMap<Unit, Vec<CoderAnswer<'c>>>,
}

/// A statement of a stream, labelled.
pub struct LabelledStatement<'c> {
    /// The statement.
    pub statement: Statement,
    /// What rules say about it.
    decisions: Vec<(IssueIndex, RuleDecision)>,
    /// Its place in the corpus, if it is there with the same words.
    place: Option<usize>,
    corpus: &'c Corpus,
}

/// What was read, so far or of one piece.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct StreamCounts {
    /// The statements that were read and selected.
    pub statements: usize,
    /// The positions that they take. A statement may take one on each issue.
    pub positions: usize,
    /// How many of the statements have a label by hand.
    pub by_hand: usize,
    /// The statements with the id of a statement of the corpus and other words. Its labels by hand are not theirs.
    pub other_words: usize,
    /// The statements that are left out because they are not verified.
    pub unverified: usize,
    /// The faults of rows that are left out.
    pub faults: usize,
}

/// How the rows of a file become statements.
pub struct StatementLayout {
    fields: StatementFields,
    /// The columns that a frame of their labels has beside its own.
    pub carried: CarriedColumns,
}

/// A piece, labelled and ready to be written.
pub struct LabelledPiece {
    /// Its rows.
    pub frame: FramePiece,
    /// What was read.
    pub counts: StreamCounts,
    /// The faults of rows that are not in it.
    pub problems: Vec<Problem>,
}

impl StatementLayout {
    /// How the rows of a file become statements that the rules of a corpus can read.
    pub fn new(layout: &RowLayout, corpus: &Corpus) -> StatementLayout {
        let cells = layout.cells();
        // Rules find the columns of the corpus by their places.
        let mut own = corpus.statements.carried.clone();
        own.extend(carried_in(&cells).into_iter().filter(|name| !corpus.statements.carried.contains(name)));
        let fields = StatementFields::carrying(&cells, &own);
        StatementLayout { fields, carried: CarriedColumns::of(&cells, &own) }
    }
}

impl<'c> StreamLabeller<'c> {
    /// Labels the statements in a selection by the rules and coders of a corpus.
    pub fn new(corpus: &'c Corpus, selection: Selection) -> StreamLabeller<'c> {
        StreamLabeller { corpus, selection, answers: label::answers(&corpus.coders) }
    }

    /// The corpus whose rules and coders label.
    pub fn corpus(&self) -> &'c Corpus {
        self.corpus
    }

    /// Which statements and issues are taken.
    pub fn selection(&self) -> &Selection {
        &self.selection
    }

    /// Reads and labels the statements of a piece. The faults of its rows are added to `problems`. Statements on which
    /// neither rules nor coders say anything are returned if `unlabelled` is set.
    pub fn label(
        &self,
        piece: StreamPiece,
        (layout, statements): (&RowLayout, &StatementLayout),
        scratch: &mut Scratch,
        unlabelled: bool,
        problems: &mut Vec<Problem>,
    ) -> (Vec<LabelledStatement<'c>>, StreamCounts) {
        let (mut labelled, mut counts) = (Vec::new(), StreamCounts::default());
        let with_unverified = Selection { unverified: true, ..self.selection.clone() };
        let mut read = None;
        rows::for_each(piece, layout, problems, |row, problems| {
            statements.fields.read(&layout.path, row, problems, &mut read);
            let Some(statement) = &read else { return };
            if !self.selection.takes(statement) {
                counts.unverified += usize::from(with_unverified.takes(statement));
                return;
            }
            let found = self.corpus.statements.find(&statement.id).filter(|_| !layout.header.numbered);
            let place = found.filter(|place| self.corpus.statements.rows[*place].text == statement.text);
            let said = if place.is_some() { Said::statement(statement) } else { Said::stray(statement) };
            let mut decisions = self.corpus.rules.decide_by(&said, |rule| rule.is_for(statement), scratch);
            decisions.retain(|(issue, _)| self.selection.takes_issue(*issue));
            counts.other_words += usize::from(found.is_some() && place.is_none());
            counts.statements += 1;
            if (unlabelled || place.is_some() || !decisions.is_empty())
                && let Some(statement) = read.take()
            {
                labelled.push(LabelledStatement { statement, decisions, place, corpus: self.corpus });
            }
        });
        counts.faults = problems.len();
        (labelled, counts)
    }

    /// The labels of a statement, in the order of issues in the codebook.
    fn labels<'s>(&'s self, labelled: &'s LabelledStatement<'c>) -> Vec<StreamLabel<'s>> {
        let given = |issue| match labelled.place {
            Some(place) => self.answers.get(&(place, issue)).map_or(&[][..], Vec::as_slice),
            None => &[],
        };
        let label = |(issue, decision)| StreamLabel { issue, decision, given: given(issue) };
        labelled.decisions_on(&self.selection).map(label).collect()
    }

    /// Reads and labels the statements of a piece, and makes their labels ready to be written. Unlabelled statements have
    /// a row if `unlabelled` is set.
    ///
    /// # Errors
    /// The error of polars.
    pub fn piece(
        &self,
        piece: StreamPiece,
        layouts: (&RowLayout, &StatementLayout),
        scratch: &mut Scratch,
        unlabelled: bool,
        format: FrameFormat,
    ) -> Result<LabelledPiece> {
        let mut problems = Vec::new();
        let (labelled, mut counts) = self.label(piece, layouts, scratch, unlabelled, &mut problems);
        let labels: Vec<Vec<StreamLabel<'_>>> = labelled.iter().map(|labelled| self.labels(labelled)).collect();
        counts.by_hand = labels.iter().filter(|of| of.iter().any(|label| label.decision.hand.is_some())).count();
        counts.positions = labels.iter().flatten().filter(|label| label.decision.position().is_some()).count();
        let statements: Vec<&Statement> = labelled.iter().map(|labelled| &labelled.statement).collect();
        let frame = LabelFrame::of_stream(self.corpus, &layouts.1.carried, &statements, &labels, unlabelled)?;
        Ok(LabelledPiece { frame: FramePiece::of(frame.into_data(), format)?, counts, problems })
    }

    /// A frame with the columns of the labels, and no row.
    ///
    /// # Errors
    /// The error of polars.
    pub fn empty(&self, statements: &StatementLayout) -> Result<LabelFrame> {
        LabelFrame::of_stream(self.corpus, &statements.carried, &[], &[], false)
    }
}

impl LabelledStatement<'_> {
    /// What rules and coders decide, issue by issue in the codebook's order.
    pub fn decisions_on<'s>(&'s self, selection: &'s Selection) -> impl Iterator<Item = (IssueIndex, Decision<'s>)> {
        let by_hand = self.place.map(|place| {
            let issues = self.corpus.codebook.indices().filter(|issue| selection.takes_issue(*issue));
            let decision = move |issue| {
                let hand = self.corpus.hands.get(&(place, issue));
                let rules = self.decisions.iter().find(|(other, _)| *other == issue).map(|(_, decision)| decision);
                (issue, Decision { hand, rules })
            };
            issues.map(decision).filter(|(_, decision)| decision.origin().is_some())
        });
        let by_rules = self.decisions.iter().filter(|_| self.place.is_none());
        let by_rules = by_rules.map(|(issue, decision)| (*issue, Decision { hand: None, rules: Some(decision) }));
        by_hand.into_iter().flatten().chain(by_rules)
    }
}

impl StreamCounts {
    /// Adds those of another piece.
    pub fn add(&mut self, other: StreamCounts) {
        self.statements += other.statements;
        self.positions += other.positions;
        self.by_hand += other.by_hand;
        self.other_words += other.other_words;
        self.unverified += other.unverified;
        self.faults += other.faults;
    }
}

/// Gives the pieces of several files, one after another, each with the place of its file.
pub fn pieces(sources: Vec<RowSource>) -> impl FnMut() -> Result<Option<(usize, StreamPiece)>> + Send {
    let mut sources = sources.into_iter().enumerate();
    let mut current = sources.next();
    move || {
        while let Some((place, source)) = &mut current {
            if let Some(piece) = source.piece()? {
                return Ok(Some((*place, piece)));
            }
            current = sources.next();
        }
        Ok(None)
    }
}

//! The labels as a polars frame: a row for each statement and issue that has a label.

use std::ops::Range;

use polars::prelude::*;

use crate::codebook::{Codebook, IssueIndex, Position};
use crate::corpus::{Corpus, Selection};
use crate::error::{Error, Result};
use crate::label::{self, CoderAnswer, Decision, HandDecision, Labelled, Origin, RULES};
use crate::rule::{RuleDecisions, Rules};
use crate::statement::Statement;

pub mod arrow;
pub mod pieces;
pub mod export;
mod curves;
mod counts;

pub use counts::counts;
pub use curves::curves;

/// The first columns of a [`LabelFrame`], in order. The carried columns of the corpus follow, then [`HAND_COLUMNS`].
pub const COLUMNS: [&str; 23] = [
    "statement_id",
    "date",
    "date_precision",
    "speaker",
    "role",
    "venue",
    "kind",
    "issue",
    "position",
    "level",
    "origin",
    "coder",
    "rule_id",
    "evidence",
    "evidence_start",
    "evidence_end",
    "contexts",
    "hand_position",
    "rule_position",
    "text",
    "source_publisher",
    "source_title",
    "source_url",
];

/// The last columns of a [`LabelFrame`]: how the label by hand was settled, what each coder gave, and why. They are
/// last because older versions did not have them.
pub const HAND_COLUMNS: [&str; 3] = ["settled_by", "hand_labels", "rationales"];

/// What [`HAND_COLUMNS`] say if coders differ and nothing settled it.
const OPEN: &str = "open";

/// Reads the cell of a statement in a column.
type Cell = fn(&Statement) -> &str;

/// Columns of a statements file that no label needs. They are carried if the file has them.
const CARRIED: [(&str, Cell); 3] = [
    ("source_date", |statement| &statement.source_date),
    ("notes", |statement| &statement.notes),
    ("verified", |statement| statement.verified.word()),
];

/// A frame with [`COLUMNS`], the carried columns and [`HAND_COLUMNS`], sorted by date, statement id and the order of
/// issues in the codebook.
#[derive(Debug, Clone)]
pub struct LabelFrame(DataFrame);

/// One row, before it is split into columns.
struct LabelRow<'c> {
    statement: &'c Statement,
    /// `None` in the row of a statement without a label.
    label: Option<RowLabel>,
}

struct RowLabel {
    /// `None` if coders found no position on any issue.
    issue: Option<IssueIndex>,
    origin: Option<Origin>,
    coder: String,
    position: Option<Position>,
    hand_position: Option<Position>,
    rule_position: Option<Position>,
    rules: String,
    contexts: String,
    /// Bytes of the statement's text.
    evidence: Option<Range<usize>>,
    settled_by: String,
    hand_labels: String,
    rationales: String,
}

impl LabelFrame {
    /// Puts the labels of a corpus into a frame.
    ///
    /// A statement without a label has no row. If `unlabelled` is set, it has one row with an empty issue, and its
    /// origin is `hand` if a coder has read it and found no position. A coder's label "takes no position" gives a row
    /// only if the rules give a position or another coder gave one, because that is a difference to see.
    ///
    /// # Errors
    /// The error of polars.
    pub fn new(
        corpus: &Corpus,
        decisions: &RuleDecisions,
        selection: &Selection,
        unlabelled: bool,
    ) -> Result<LabelFrame> {
        let labels = corpus.labelled(decisions, selection);
        let (places, answers) = (&corpus.statements, label::answers(&corpus.coders));
        let given = |label: &Labelled<'_>| -> &[CoderAnswer<'_>] {
            let unit = places.find(&label.statement.id).map(|place| (place, label.issue));
            unit.and_then(|unit| answers.get(&unit)).map_or(&[][..], Vec::as_slice)
        };
        let seen = |label: &&Labelled<'_>| {
            !label.decision.is_plain_none() || given(label).iter().any(|answer| matches!(answer.given, Some(Some(_))))
        };
        let row = |label: &Labelled<'_>| Some(RowLabel::new(&corpus.rules, label.issue, &label.decision, given(label)));
        let mut rows: Vec<LabelRow<'_>> = Vec::with_capacity(labels.len());
        if unlabelled {
            let mut rest = labels.as_slice();
            for place in corpus.places(selection) {
                let statement = &corpus.statements.rows[place];
                let count = rest.iter().take_while(|label| label.statement.id == statement.id).count();
                let (of_statement, others) = rest.split_at(count);
                rest = others;
                let before = rows.len();
                rows.extend(of_statement.iter().filter(seen).map(|label| LabelRow { statement, label: row(label) }));
                if rows.len() == before {
                    let read = of_statement.iter().find_map(|label| label.decision.hand);
                    rows.push(LabelRow { statement, label: read.map(RowLabel::none) });
                }
            }
        } else {
            rows.extend(
                labels.iter().filter(seen).map(|label| LabelRow { statement: label.statement, label: row(label) }),
            );
        }
        let carried = CarriedColumns::of(&corpus.statements.header, &corpus.statements.carried);
        let frame = DataFrame::new(rows.len(), columns(&rows, &corpus.codebook, &carried))?;
        Ok(LabelFrame(frame))
    }

    /// Puts the labels of statements that are not a corpus into a frame, in their order, as [`LabelFrame::new`] does it
    /// with those of a corpus. `labels` has those of each statement, in the order of issues in the codebook.
    ///
    /// # Errors
    /// The error of polars.
    pub fn of_stream(
        corpus: &Corpus,
        carried: &CarriedColumns,
        statements: &[&Statement],
        labels: &[Vec<StreamLabel<'_>>],
        unlabelled: bool,
    ) -> Result<LabelFrame> {
        let mut rows: Vec<LabelRow<'_>> = Vec::with_capacity(labels.len());
        for (&statement, labels) in statements.iter().zip(labels) {
            let before = rows.len();
            let seen = |label: &&StreamLabel<'_>| {
                let gave = |answer: &CoderAnswer<'_>| matches!(answer.given, Some(Some(_)));
                !label.decision.is_plain_none() || label.given.iter().any(gave)
            };
            let row = |label: &StreamLabel<'_>| LabelRow {
                statement,
                label: Some(RowLabel::new(&corpus.rules, label.issue, &label.decision, label.given)),
            };
            rows.extend(labels.iter().filter(seen).map(row));
            if unlabelled && rows.len() == before {
                let read = labels.iter().find_map(|label| label.decision.hand);
                rows.push(LabelRow { statement, label: read.map(RowLabel::none) });
            }
        }
        let frame = DataFrame::new(rows.len(), columns(&rows, &corpus.codebook, carried))?;
        Ok(LabelFrame(frame))
    }

    /// The frame itself, without its type.
    pub fn into_data(self) -> DataFrame {
        self.0
    }

    /// The frame itself.
    pub fn data(&self) -> &DataFrame {
        &self.0
    }
}

/// A label of a statement that is not in a corpus.
#[derive(Debug, Clone, Copy)]
pub struct StreamLabel<'c> {
    /// The issue.
    pub issue: IssueIndex,
    /// What rules give, and coders if they have read a statement of the same id and words.
    pub decision: Decision<'c>,
    /// What each of these coders gave.
    pub given: &'c [CoderAnswer<'c>],
}

/// The columns of the statements that no label needs, in the order in which a frame has them.
#[derive(Debug, Clone)]
pub struct CarriedColumns {
    known: Vec<(&'static str, Cell)>,
    own: Vec<(usize, String)>,
}

impl CarriedColumns {
    /// Those of a file with this header. `own` are its columns without a meaning, as [`Statement::carried`] has them. One
    /// that the header does not have is left out.
    pub fn of(header: &[String], own: &[String]) -> CarriedColumns {
        let is_there = |name: &str| header.iter().any(|column| column == name);
        CarriedColumns {
            known: CARRIED.into_iter().filter(|(name, _)| is_there(name)).collect(),
            own: own.iter().cloned().enumerate().filter(|(_, name)| is_there(name)).collect(),
        }
    }
}

impl RowLabel {
    /// Adds what coders and rules give.
    fn new(rules: &Rules, issue: IssueIndex, decision: &Decision<'_>, given: &[CoderAnswer<'_>]) -> RowLabel {
        let answers: Vec<String> = given.iter().map(CoderAnswer::to_string).collect();
        let rationales = given.iter().filter(|answer| !answer.rationale.is_empty());
        let rationales: Vec<String> = rationales.map(|a| format!("{}: {}", a.coder, a.rationale)).collect();

        let firings = decision.firings();
        let mut ids: Vec<&str> = firings.iter().map(|firing| rules.rules[firing.rule].id.as_str()).collect();
        ids.dedup();
        RowLabel {
            issue: Some(issue),
            origin: decision.origin(),
            coder: decision.hand.map_or(RULES.to_owned(), coders),
            position: decision.position(),
            hand_position: decision.hand_position(),
            rule_position: decision.rule_position(),
            rules: ids.join("; "),
            contexts: firings.first().map_or(String::new(), |firing| rules.contexts_of(firing)),
            evidence: firings.first().map(|firing| firing.evidence.clone()),
            settled_by: match decision.hand {
                Some(HandDecision::Settled { by, .. }) => by.to_string(),
                Some(HandDecision::Disputed(_)) => OPEN.to_owned(),
                None => String::new(),
            },
            hand_labels: answers.join("; "),
            rationales: rationales.join("; "),
        }
    }

    /// The row of a statement that coders have read and that takes no position on any issue.
    fn none(hand: &HandDecision) -> RowLabel {
        RowLabel {
            issue: None,
            origin: Some(Origin::Hand),
            coder: coders(hand),
            position: None,
            hand_position: None,
            rule_position: None,
            rules: String::new(),
            contexts: String::new(),
            evidence: None,
            // Several decisions share this row.
            settled_by: String::new(),
            hand_labels: String::new(),
            rationales: String::new(),
        }
    }
}

/// The coders of a decision, as a list.
fn coders(hand: &HandDecision) -> String {
    match hand {
        HandDecision::Settled { coders, .. } => coders.join("; "),
        HandDecision::Disputed(codes) => codes.iter().map(|(coder, _)| coder.as_str()).collect::<Vec<_>>().join("; "),
    }
}

/// The word in the column `origin`.
fn word(origin: Option<Origin>) -> &'static str {
    match origin {
        Some(Origin::Hand) => "hand",
        Some(Origin::Rules) => "rules",
        Some(Origin::Conflict) => "conflict",
        None => "",
    }
}

impl<'c> LabelRow<'c> {
    /// The words that made the first of the rules fire.
    fn evidence(&self) -> Option<&'c str> {
        self.statement.text.get(self.label.as_ref()?.evidence.clone()?)
    }

    /// The number of characters from the start of the text to the start and to the end of the evidence.
    fn evidence_characters(&self) -> Option<(u32, u32)> {
        let span = self.label.as_ref()?.evidence.clone()?;
        let characters = |end: usize| self.statement.text.get(..end).map_or(0, |text| text.chars().count() as u32);
        Some((characters(span.start), characters(span.end)))
    }
}

fn columns(rows: &[LabelRow<'_>], codebook: &Codebook, carried: &CarriedColumns) -> Vec<Column> {
    let statement = |name: &str, cell: fn(&Statement) -> &str| -> Column {
        strings(name, rows.iter().map(|row| filled(cell(row.statement))))
    };
    let label = |name: &str, cell: fn(&RowLabel) -> &str| -> Column {
        strings(name, rows.iter().map(|row| row.label.as_ref().and_then(|label| filled(cell(label)))))
    };
    let position = |name: &str, cell: fn(&RowLabel) -> Option<Position>| -> Column {
        let cells = rows.iter().map(|row| row.label.as_ref().and_then(cell).map(|position| position.0));
        cells.collect::<Int32Chunked>().with_name(name.into()).into_column()
    };
    let issue = |row: &LabelRow<'_>| Some(codebook.issue(row.label.as_ref()?.issue?));
    let characters: Vec<Option<(u32, u32)>> = rows.iter().map(LabelRow::evidence_characters).collect();
    let offset = |name: &str, pick: fn((u32, u32)) -> u32| -> Column {
        let cells = characters.iter().map(|span| span.map(pick));
        cells.collect::<UInt32Chunked>().with_name(name.into()).into_column()
    };
    let [
        id,
        date,
        precision,
        speaker,
        role,
        venue,
        kind,
        issue_id,
        value,
        level,
        origin,
        coder,
        rule,
        evidence,
        start,
        end,
        contexts,
        hand,
        rules,
        text,
        publisher,
        title,
        url,
    ] = COLUMNS;
    let mut columns = vec![
        statement(id, |statement| &statement.id),
        DateChunked::from_naive_date(date.into(), rows.iter().map(|row| row.statement.date.written)).into_column(),
        statement(precision, |statement| statement.date.precision.word()),
        statement(speaker, |statement| &statement.speaker),
        statement(role, |statement| &statement.role),
        statement(venue, |statement| &statement.venue),
        statement(kind, |statement| statement.kind.word()),
        strings(issue_id, rows.iter().map(|row| issue(row).map(|issue| issue.id.as_str()))),
        position(value, |label| label.position),
        strings(
            level,
            rows.iter().map(|row| {
                let position = row.label.as_ref()?.position?;
                issue(row)?.level(position).map(|level| level.words.as_str())
            }),
        ),
        label(origin, |label| word(label.origin)),
        label(coder, |label| &label.coder),
        label(rule, |label| &label.rules),
        strings(evidence, rows.iter().map(LabelRow::evidence)),
        offset(start, |span| span.0),
        offset(end, |span| span.1),
        label(contexts, |label| &label.contexts),
        position(hand, |label| label.hand_position),
        position(rules, |label| label.rule_position),
        statement(text, |statement| &statement.text),
        statement(publisher, |statement| &statement.source_publisher),
        statement(title, |statement| &statement.source_title),
        statement(url, |statement| &statement.source_url),
    ];
    // Other columns of the file are carried along, after Stance's own.
    for (name, cell) in &carried.known {
        columns.push(statement(name, *cell));
    }
    for (place, name) in &carried.own {
        let name = unused(name, &columns);
        columns.push(strings(&name, rows.iter().map(|row| row.statement.carried.get(*place).and_then(|c| filled(c)))));
    }
    let [settled_by, hand_labels, rationales] = HAND_COLUMNS;
    columns.push(label(settled_by, |label| &label.settled_by));
    columns.push(label(hand_labels, |label| &label.hand_labels));
    columns.push(label(rationales, |label| &label.rationales));
    columns
}

/// The name of a carried column, with a prefix if Stance has a column of that name.
fn unused(name: &str, columns: &[Column]) -> String {
    let mut name = name.to_owned();
    while columns.iter().any(|column| column.name().as_str() == name) || HAND_COLUMNS.contains(&name.as_str()) {
        name = format!("carried_{name}");
    }
    name
}

fn strings<'a>(name: &str, cells: impl Iterator<Item = Option<&'a str>>) -> Column {
    cells.collect::<StringChunked>().with_name(name.into()).into_column()
}

/// An empty cell is a missing value, not an empty text.
fn filled(cell: &str) -> Option<&str> {
    Some(cell).filter(|cell| !cell.is_empty())
}

impl From<PolarsError> for Error {
    fn from(source: PolarsError) -> Error {
        Error::Frame(Box::new(source))
    }
}

//! Counts from a file of any kind: statements, which are labelled for it; labels, as `stance label` writes them; or
//! counts.

use std::path::Path;
use std::sync::Arc;

use crate::codebook::Codebook;
use crate::count::Tally;
use crate::count::row::{self, CountReader, GivenRow, GivenValue, GivenWords, RowFault, WordsKept};
use crate::error::{Problem, Result};
use crate::file::table::CellRow;
use crate::label::Whose;
use crate::rule::Scratch;
use crate::stream::fault::FaultList;
use crate::stream::label::{self, StatementLayout, StreamCounts, StreamLabeller, pieces};
use crate::stream::pipeline;
use crate::stream::rows::{self, StreamRow};
use crate::stream::source::{ColumnsAsked, RowLayout, RowSource};
use crate::stream::{StreamPiece, source};

/// The columns of labels that are counted.
const LABEL_COLUMNS: [&str; 6] = ["speaker", "date", "date_precision", "issue", "position", "origin"];

/// The same, with those of the statements that are kept in words.
const LABEL_COLUMNS_WITH_WORDS: [&str; 13] = [
    "speaker",
    "date",
    "date_precision",
    "issue",
    "position",
    "origin",
    "statement_id",
    "id",
    "text",
    "kind",
    "source_publisher",
    "source_title",
    "source_url",
];

/// The columns of labels that must be there.
const LABELS_REQUIRED: [&str; 4] = ["speaker", "date", "issue", "position"];

/// What the rows of a file are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowKind {
    /// Statements, to be labelled.
    Statements,
    /// Labels: a row for each statement and issue.
    Labels,
    /// Counts.
    Counts,
}

impl RowKind {
    /// What the rows of a file with these columns are.
    pub fn of(names: &[String]) -> RowKind {
        let has = |name: &str| names.iter().any(|other| other == name);
        match has("issue") && has("position") {
            true if has("n") => RowKind::Counts,
            true => RowKind::Labels,
            false => RowKind::Statements,
        }
    }

    /// The columns that are read, and those that must be there, if statements are kept in words.
    pub fn columns_with_words(self) -> ColumnsAsked {
        match self {
            RowKind::Labels => ColumnsAsked { required: &LABELS_REQUIRED, only: Some(&LABEL_COLUMNS_WITH_WORDS) },
            RowKind::Statements | RowKind::Counts => self.columns(),
        }
    }

    /// The columns that are read, and those that must be there.
    pub fn columns(self) -> ColumnsAsked {
        let (required, only): (&'static [&'static str], Option<&'static [&'static str]>) = match self {
            RowKind::Statements => (&label::REQUIRED, None),
            RowKind::Labels => (&LABELS_REQUIRED, Some(&LABEL_COLUMNS)),
            RowKind::Counts => (&row::REQUIRED, Some(&row::COLUMNS)),
        };
        ColumnsAsked { required, only }
    }
}

/// The place of each column that counts are made of.
pub(super) struct CountFields {
    kind: RowKind,
    speaker: Option<usize>,
    issue: Option<usize>,
    day: Option<usize>,
    date_precision: Option<usize>,
    position: Option<usize>,
    n: Option<usize>,
    by_rules: Option<usize>,
    in_conflict: Option<usize>,
    origin: Option<usize>,
    words: [Option<usize>; 6],
}

impl CountFields {
    pub fn of(names: &[String], kind: RowKind) -> CountFields {
        let place = |name: &str| names.iter().position(|other| other == name);
        CountFields {
            kind,
            speaker: place("speaker"),
            issue: place("issue"),
            day: place(if kind == RowKind::Labels { "date" } else { "day" }),
            date_precision: place("date_precision"),
            position: place("position"),
            n: place("n"),
            by_rules: place("by_rules"),
            in_conflict: place("in_conflict"),
            origin: place("origin"),
            words: match kind {
                RowKind::Labels => [
                    place("statement_id").or(place("id")),
                    place("text"),
                    place("kind"),
                    place("source_publisher"),
                    place("source_title"),
                    place("source_url"),
                ],
                RowKind::Statements | RowKind::Counts => [None; 6],
            },
        }
    }

    /// The column of the file that a fault is in.
    fn place(&self, column: &str) -> Option<usize> {
        match column {
            "speaker" => self.speaker,
            "issue" => self.issue,
            "day" => self.day,
            "date_precision" => self.date_precision,
            "position" => self.position,
            "n" => self.n,
            "by_rules" => self.by_rules,
            "in_conflict" => self.in_conflict,
            "origin" => self.origin,
            _ => None,
        }
    }

    /// Counts a row. Returns its faults, each with its place.
    pub fn faults(&self, row: &StreamRow<'_>, reader: &mut CountReader<'_>, path: &Path) -> Vec<Problem> {
        let fault = |RowFault { column, what, hint }| row.fault(path, self.place(column), what, &hint);
        self.count(row, reader).into_iter().map(fault).collect()
    }

    /// Counts a row. Returns its faults.
    fn count(&self, row: &StreamRow<'_>, reader: &mut CountReader<'_>) -> Vec<RowFault> {
        let cell = |column| GivenValue::cell(row.cell(column));
        let mut given = GivenRow {
            speaker: cell(self.speaker),
            issue: cell(self.issue),
            day: cell(self.day),
            date_precision: cell(self.date_precision),
            position: cell(self.position),
            n: cell(self.n),
            by_rules: cell(self.by_rules),
            in_conflict: cell(self.in_conflict),
            words: None,
        };
        if self.kind == RowKind::Labels {
            let origin = row.cell(self.origin);
            // `label --all` has a row for statements without a label, and coders may give none.
            if given.issue == GivenValue::Missing || (given.position == GivenValue::Missing && origin == "hand") {
                return Vec::new();
            }
            let [id, text, kind, publisher, title, url] = self.words.map(|column| row.cell(column));
            given.words = Some(GivenWords { id, text, kind, publisher, title, url });
            let conflict = origin == "conflict" && given.position == GivenValue::Missing;
            given.n = GivenValue::Whole(i64::from(!conflict));
            given.by_rules = GivenValue::Whole(i64::from(!conflict && origin == "rules"));
            given.in_conflict = GivenValue::Whole(i64::from(conflict));
            if !matches!(origin, "" | "hand" | "rules" | "conflict") {
                let what = format!("`{origin}` is not an origin of a label");
                let hint = "write hand, rules or conflict, or leave the column out".to_owned();
                return vec![RowFault { column: "origin", what, hint }];
            }
        }
        reader.row(&given)
    }
}

/// Counts the rows of a piece that has labels or counts.
fn count_rows(
    piece: StreamPiece,
    layout: &RowLayout,
    fields: &CountFields,
    codebook: &Codebook,
    kept: Option<WordsKept>,
) -> Result<(Tally, StreamCounts, Vec<Problem>)> {
    let mut reader = CountReader::new(codebook).keeping(kept);
    let (mut problems, mut counts) = (Vec::new(), StreamCounts::default());
    rows::for_each(piece, layout, &mut problems, |row, problems| {
        counts.statements += 1;
        problems.extend(fields.faults(row, &mut reader, &layout.path));
    });
    counts.faults = problems.len();
    Ok((reader.finish()?, counts, problems))
}

/// Counts the rows of files. Statements are labelled by `labeller`. Of labels with words, a few of each pair are `kept`. `done` is called with what was read so far.
///
/// # Errors
/// [`Error::Read`](crate::error::Error::Read) if the system refuses, [`Error::Invalid`](crate::error::Error::Invalid) with
/// faults of rows unless they are skipped.
pub fn count(
    sources: Vec<RowSource>,
    codebook: &Codebook,
    labeller: Option<(&StreamLabeller<'_>, Whose)>,
    kept: Option<WordsKept>,
    faults: &mut FaultList<'_>,
    mut done: impl FnMut(StreamCounts),
) -> Result<(Tally, StreamCounts)> {
    source::alike(&sources)?;
    let Some(first) = sources.first() else { return Ok(Default::default()) };
    let kind = RowKind::of(&first.layout.header.names);
    let layouts: Vec<Arc<RowLayout>> = sources.iter().map(|source| source.layout.clone()).collect();
    let fields = CountFields::of(&layouts[0].header.names, kind);
    let (mut tally, mut counts) = (Tally::default(), StreamCounts::default());
    let worker = || {
        let mut scratch = Scratch::default();
        let (layouts, fields) = (&layouts, &fields);
        move |(place, piece): (usize, StreamPiece)| {
            let layout = &layouts[place];
            match labeller {
                Some((labeller, whose)) if kind == RowKind::Statements => {
                    Ok(count_statements(piece, layout, labeller, whose, &mut scratch))
                }
                _ => count_rows(piece, layout, fields, codebook, kept),
            }
        }
    };
    pipeline::run(rayon::current_num_threads(), pieces(sources), worker, |(of_piece, more, problems)| {
        tally.merge(&of_piece);
        faults.take(problems)?;
        counts.add(more);
        done(counts);
        Ok(())
    })?;
    tally.check(codebook)?;
    Ok((tally, counts))
}

/// Labels the statements of a piece and counts what they give.
fn count_statements(
    piece: StreamPiece,
    layout: &RowLayout,
    labeller: &StreamLabeller<'_>,
    whose: Whose,
    scratch: &mut Scratch,
) -> (Tally, StreamCounts, Vec<Problem>) {
    let statements = StatementLayout::new(layout, labeller.corpus());
    let (mut tally, mut problems) = (Tally::default(), Vec::new());
    let (labelled, mut counts) = labeller.label(piece, (layout, &statements), scratch, false, &mut problems);
    for labelled in &labelled {
        let (statement, mut by_hand) = (&labelled.statement, false);
        for (issue, decision) in labelled.decisions_on(labeller.selection()) {
            by_hand |= decision.hand.is_some();
            counts.positions += usize::from(decision.position_by(whose).is_some());
            tally.add_decision(&statement.speaker, issue, statement.date, &decision, whose);
        }
        counts.by_hand += usize::from(by_hand);
    }
    (tally, counts, problems)
}

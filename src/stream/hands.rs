//! What coders answered, in a file of labels as `stance label` writes it: a corpus again, but only of the statements that
//! somebody has read.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::codebook::{Codebook, Position};
use crate::corpus::{CODEBOOK, Corpus, LABELS, STATEMENTS};
use crate::count::row::CountReader;
use crate::error::{Error, Result};
use crate::file::table::{self, CellRow, Dialect};
use crate::label::{UNDECIDED, answers_in};
use crate::rule::{Firing, RuleDecision, RuleDecisions};
use crate::stream::counting::{CountFields, RowKind};
use crate::stream::label::pieces;
use crate::stream::rows::{self, StreamRow};
use crate::stream::source::{ColumnsAsked, RowSource};

/// The columns that say who answered what.
const REQUIRED: [&str; 9] =
    ["statement_id", "date", "speaker", "issue", "position", "text", "rule_id", "rule_position", "hand_labels"];

/// Those that are read.
const COLUMNS: [&str; 12] = [
    "statement_id",
    "date",
    "date_precision",
    "speaker",
    "kind",
    "issue",
    "position",
    "origin",
    "text",
    "rule_id",
    "rule_position",
    "hand_labels",
];

/// The columns of the statements that are made of the rows.
const OF_STATEMENT: [&str; 6] = ["id", "date", "date_precision", "speaker", "kind", "text"];

/// What is asked of the columns of a file of labels by hand.
pub const ASKED: ColumnsAsked = ColumnsAsked { required: &REQUIRED, only: Some(&COLUMNS) };

/// Labels by hand of a file, with those by rules beside them.
#[derive(Debug)]
pub struct HandLabels {
    /// The statements that coders have read, with their answers. It has no rules.
    pub corpus: Corpus,
    /// What the rules gave to them.
    pub decisions: RuleDecisions,
}

/// What the rows say.
#[derive(Default)]
struct HandRows {
    /// The statement, by its id, as [`OF_STATEMENT`].
    statements: BTreeMap<String, [String; 6]>,
    /// The rows of each coder's file.
    coders: BTreeMap<String, Vec<[String; 3]>>,
    /// What the rules gave, by statement and issue: a position, or none if they differ.
    rules: BTreeMap<(String, String), Option<Position>>,
}

/// Reads the labels by hand of a file. Rows without are passed over, so memory depends on what people have coded. `book` is
/// the text of the codebook.
///
/// # Errors
/// [`Error::Invalid`] with the faults of rows, [`Error::Read`] if the system refuses, [`Error::Request`] if nobody has
/// coded anything.
pub fn read(source: RowSource, codebook: &Codebook, book: &str) -> Result<HandLabels> {
    let layout = source.layout.clone();
    let names = &layout.header.names;
    let fields = CountFields::of(names, RowKind::Labels);
    let place = |name: &str| names.iter().position(|other| other == name);
    let (by_hand, issue, rule, rule_position) =
        (place("hand_labels"), place("issue"), place("rule_id"), place("rule_position"));
    let id = place("statement_id");
    let of_statement = OF_STATEMENT.map(|name| if name == "id" { id } else { place(name) });
    let (mut read, mut problems) = (HandRows::default(), Vec::new());
    let mut reader = CountReader::new(codebook);
    let mut next = pieces(vec![source]);
    while let Some((_, piece)) = next()? {
        rows::for_each(piece, &layout, &mut problems, |row: &StreamRow<'_>, problems| {
            let cell = |column: Option<usize>| row.cell(column).trim();
            if cell(by_hand).is_empty() {
                return;
            }
            let before = problems.len();
            problems.extend(fields.faults(row, &mut reader, &layout.path));
            let fault = |column, what: String, hint: &str| row.fault(&layout.path, column, what, hint);
            if cell(id).is_empty() {
                problems.push(fault(id, "the id of the statement is missing".to_owned(), "fill it in"));
            }
            let levels = codebook.find(cell(issue)).map(|index| codebook.issue(index));
            let given = answers_in(cell(by_hand));
            for (coder, answer) in &given {
                let known = matches!(answer.as_str(), "none" | UNDECIDED);
                if !known && levels.is_some_and(|issue| issue.read(answer).is_none()) {
                    let what = format!("`{answer}` of {coder} is not a level of `{}`", cell(issue));
                    problems.push(fault(by_hand, what, "write the number of a level, none or ?"));
                }
                if coder.contains(['/', '\\']) {
                    problems.push(fault(
                        by_hand,
                        format!("`{coder}` is not the name of a coder"),
                        "write it without a slash",
                    ));
                }
            }
            if given.is_empty() {
                let what = format!("`{}` has no answer of a coder", cell(by_hand));
                problems.push(fault(by_hand, what, "write it as `anna +1; ben none`"));
            }
            if problems.len() == before {
                let statement = of_statement.map(|column| row.cell(column).to_owned());
                let known = read.statements.entry(statement[0].clone()).or_insert_with(|| statement.clone());
                if *known != statement {
                    let what =
                        format!("`{}` has other words, another date or speaker than in a row before", statement[0]);
                    problems.push(fault(id, what, "give each statement an id of its own"));
                }
                let (id, issue) = (cell(id).to_owned(), cell(issue).to_owned());
                for (coder, answer) in given {
                    let position = if answer == "none" { String::new() } else { answer };
                    read.coders.entry(coder).or_default().push([id.clone(), issue.clone(), position]);
                }
                let position = levels.and_then(|issue| issue.read(cell(rule_position)));
                if position.is_some() || !cell(rule).is_empty() {
                    read.rules.insert((id, issue), position);
                }
            }
        });
        if !problems.is_empty() {
            return Err(Error::Invalid(problems));
        }
    }
    if read.coders.is_empty() {
        let what = format!("{} has no labels by hand", layout.path.display());
        return Err(Error::request(
            what,
            "name a file that `stance label` has written from statements with labels by hand",
        ));
    }
    read.corpus(&layout.path, book)
}

impl HandRows {
    fn corpus(self, path: &Path, book: &str) -> Result<HandLabels> {
        let statements = table::write(Dialect::default(), &OF_STATEMENT, self.statements.values());
        let mut texts =
            BTreeMap::from([(PathBuf::from(STATEMENTS), statements), (PathBuf::from(CODEBOOK), book.to_owned())]);
        for (coder, rows) in &self.coders {
            let text = table::write(Dialect::default(), &["statement_id", "issue", "position"], rows.iter());
            texts.insert(Path::new(LABELS).join(format!("{coder}.csv")), text);
        }
        let corpus = Corpus::of_texts(&path.display().to_string(), &texts)?;
        let mut decisions: RuleDecisions = vec![Vec::new(); corpus.statements.rows.len()];
        for ((id, issue), position) in self.rules {
            let (Some(statement), Some(issue)) = (corpus.statements.find(&id), corpus.codebook.find(&issue)) else {
                continue;
            };
            decisions[statement].push((issue, position.map_or(RuleDecision::Conflict(Vec::new()), by_rules)));
        }
        Ok(HandLabels { corpus, decisions })
    }
}

/// A position by rules, without the rule.
fn by_rules(position: Position) -> RuleDecision {
    RuleDecision::Position(position, Firing::unknown(position))
}

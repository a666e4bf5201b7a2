//! Labels by hand: who gave which position, and what follows if coders differ.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::path::{Path, PathBuf};

use crate::codebook::{Codebook, IssueIndex, Position};
use crate::error::{Place, Problem};
use crate::file::table::{self, Columns, Dialect, Table};
use crate::rule::{Firing, RuleDecision, RuleDecisions};
use crate::statement::{Statement, Statements};
use crate::words::{guess_before, is_missing, many, meant};

pub mod settle;
pub mod sheet;

use settle::{Settlement, settle};

/// The name of the file whose decisions count before those of any coder. It is not a coder.
pub const ADJUDICATED: &str = "adjudicated";
/// What stands for a position that is not decided.
pub const UNDECIDED: &str = "?";
/// The name for labels by rules. It is not a person.
pub const RULES: &str = "rules";

/// The statement and the issue that a label decides, by their places.
pub type Unit = (usize, IssueIndex);

/// One decision of one coder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// The statement and issue it decides.
    pub unit: Unit,
    /// The position. `None` if the coder read the statement and found that it takes none.
    pub position: Option<Position>,
    /// Its place in its file.
    pub place: Place,
    /// The row in [`CoderLabels::rows`].
    row: usize,
}

/// A row with [`UNDECIDED`]: someone has read the statement and not decided on the issue. It gives no answer, as if
/// the row were not there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undecided {
    /// The statement and issue it leaves open.
    pub unit: Unit,
    /// Its place in its file.
    pub place: Place,
    /// The row in [`CoderLabels::rows`].
    row: usize,
}

/// The labels of one coder, in the order of their file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CoderLabels {
    /// The coder's name, which is the name of the file, or [`ADJUDICATED`].
    pub coder: String,
    /// The file, as the user would name it.
    pub path: PathBuf,
    dialect: Dialect,
    header: Vec<String>,
    /// The labels.
    pub labels: Vec<Label>,
    /// What the file leaves undecided.
    pub undecided: Vec<Undecided>,
    /// The cells of all labels and of what is undecided, in the file's order of rows, so that saving the file changes
    /// nothing.
    rows: Vec<Vec<String>>,
}

/// What all coders together decide on one statement and issue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HandDecision {
    /// All coders agree, or an adjudication or the codebook's rule settles it.
    Settled {
        /// The position. `None` if the statement takes none.
        position: Option<Position>,
        /// The coders who gave it, or [`ADJUDICATED`].
        coders: Vec<String>,
        /// How it was settled.
        by: Settlement,
    },
    /// Coders differ, and nothing has settled it.
    Disputed(Vec<(String, Option<Position>)>),
}

/// The decisions of all coders, by statement and issue.
pub type HandDecisions = HashMap<Unit, HandDecision>;

const RATIONALE: &str = "rationale";

const COLUMNS: Columns = Columns {
    known: &["statement_id", "issue", "position", RATIONALE],
    required: &["statement_id", "issue", "position"],
};

/// How many unknown ids and issues get a suggestion.
const MOST_GUESSES: usize = 20;

impl CoderLabels {
    /// Reads the text of a coder's file. Faults are added to `problems`, and rows with a fault are left out.
    ///
    /// If the codebook or the statements could not be read, only what does not need them is checked.
    pub fn parse(
        path: &Path,
        text: &str,
        coder: &str,
        codebook: Option<&Codebook>,
        statements: Option<&Statements>,
        problems: &mut Vec<Problem>,
    ) -> Option<CoderLabels> {
        let table = Table::open(path, text, COLUMNS, problems)?;
        let columns = COLUMNS.known.iter().map(|name| table.column(name)).collect::<Vec<_>>();
        let [id_column, issue_column, position_column, _] = columns[..] else { return None };
        let (mut labels, mut undecided, mut rows) = (Vec::new(), Vec::new(), Vec::new());
        let mut seen: HashMap<Unit, usize> = HashMap::new();
        let (mut unknown, mut strange) = (0, 0);
        table.for_each_row(problems, |row, problems| {
            let before = problems.len();
            let mut fault = |column, what: String, hint: String| {
                problems.push(row.fault(path, column, what, hint));
            };
            let id = row.cell(id_column);
            let statement = statements.and_then(|statements| statements.find(id));
            if let Some(statements) = statements.filter(|s| statement.is_none() && !s.may_have(id)) {
                unknown += 1;
                // Searching all ids takes time, and if many ids are unknown, they are not misspelled.
                let hint = match Some(id).filter(|_| unknown <= MOST_GUESSES).and_then(|id| mistyped(id, statements)) {
                    Some(near) => meant(near),
                    None => "see the column id of statements.csv, which has no similar id".to_owned(),
                };
                fault(id_column, format!("there is no statement with the id `{id}`"), hint);
            }
            let issue = codebook.and_then(|codebook| codebook.find(row.cell(issue_column)));
            if let Some(codebook) = codebook.filter(|_| issue.is_none()) {
                let written = row.cell(issue_column);
                strange += 1;
                let ids = codebook.issues.iter().map(|issue| issue.id.as_str());
                let hint = format!("the codebook has: {}", codebook.issue_list());
                let hint = guess_before(&hint, written, ids.filter(|_| strange <= MOST_GUESSES));
                fault(issue_column, format!("there is no issue `{written}`"), hint);
            }
            let written = row.cell(position_column).trim();
            let place_in_codebook = issue.zip(codebook).map(|(issue, codebook)| codebook.issue(issue));
            let position = place_in_codebook.and_then(|issue| issue.read(written));
            // R and pandas write so what they read as an empty cell.
            let written = if position.is_none() && is_missing(written) && written != "-" { "" } else { written };
            if let Some(issue) = place_in_codebook
                && !written.is_empty()
                && written != UNDECIDED
                && position.is_none()
            {
                let hint = format!(
                    "write the number or the words of a level ({}), leave the cell empty if the statement takes no position, \
                     or write {UNDECIDED} if it is not decided",
                    issue.level_list()
                );
                fault(position_column, format!("`{written}` is not a level of `{}`", issue.id), hint);
            }
            let (Some(statement), Some(issue)) = (statement, issue) else { return };
            if problems.len() > before {
                return;
            }
            let (unit, place) = ((statement, issue), row.place(id_column));
            match seen.entry(unit) {
                Entry::Occupied(first) => {
                    let issue = row.cell(issue_column);
                    let what = format!("`{id}` has a second label on `{issue}`: the first is on line {}", first.get());
                    let hint = "remove one of the 2 rows; a coder gives a statement one position on an issue";
                    problems.push(Problem::fault(path, Some(place), what, hint));
                    return;
                }
                Entry::Vacant(free) => drop(free.insert(place.line)),
            }
            let at = rows.len();
            rows.push(row.cells());
            if written == UNDECIDED {
                undecided.push(Undecided { unit, place, row: at });
            } else {
                labels.push(Label { unit, position, place, row: at });
            }
        });
        Some(CoderLabels {
            coder: coder.to_owned(),
            path: path.to_owned(),
            dialect: table.dialect,
            header: table.header,
            labels,
            undecided,
            rows,
        })
    }

    /// The cells of each row, in the file's order of rows, each with the name of its column.
    pub fn records(&self) -> impl Iterator<Item = Vec<String>> {
        self.rows.iter().map(|cells| table::named(&self.header, cells.clone()))
    }

    /// The same file as if it had only its first rows.
    #[must_use]
    pub fn first_rows(&self, count: usize) -> CoderLabels {
        let mut first = self.clone();
        first.labels.retain(|label| label.row < count);
        first.undecided.retain(|open| open.row < count);
        first.rows.truncate(count);
        first
    }

    /// The text of the file that holds these labels.
    pub fn to_text(&self) -> String {
        table::write(self.dialect, &self.header, self.rows.iter())
    }

    /// What the file says about each statement and issue in it.
    fn answers(&self) -> impl Iterator<Item = (Unit, CoderAnswer<'_>)> {
        let rationale_column = self.header.iter().position(|name| name == RATIONALE);
        let answer = move |row: usize, given: Option<Option<Position>>| {
            let rationale =
                rationale_column.and_then(|column| self.rows[row].get(column)).map_or("", |cell| cell.trim());
            CoderAnswer { coder: &self.coder, given, rationale }
        };
        let labels = self.labels.iter().map(move |label| (label.unit, answer(label.row, Some(label.position))));
        labels.chain(self.undecided.iter().map(move |open| (open.unit, answer(open.row, None))))
    }
}

/// What one coder or the adjudication wrote about a statement and issue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CoderAnswer<'c> {
    /// The coder, or [`ADJUDICATED`].
    pub coder: &'c str,
    /// A position, or none. `None` if it is [`UNDECIDED`].
    pub given: Option<Option<Position>>,
    /// Why; may be empty.
    pub rationale: &'c str,
}

/// The coder and the answer: `anna +1`, `anna none`, `anna ?`.
impl fmt::Display for CoderAnswer<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.given {
            Some(Some(position)) => write!(f, "{} {position}", self.coder),
            Some(None) => write!(f, "{} none", self.coder),
            None => write!(f, "{} {UNDECIDED}", self.coder),
        }
    }
}

/// The answers of a cell `anna +1; ben none`, as exports write them: each coder with what they gave.
pub fn answers_in(cell: &str) -> Vec<(String, String)> {
    let parts = cell.split("; ").filter_map(|part| part.trim().rsplit_once(' '));
    parts.map(|(coder, answer)| (coder.to_owned(), answer.to_owned())).collect()
}

/// What every coder wrote about each statement and issue, in the order of their files, and the adjudication last.
pub fn answers(coders: &[CoderLabels]) -> HashMap<Unit, Vec<CoderAnswer<'_>>> {
    let mut answers: HashMap<Unit, Vec<CoderAnswer<'_>>> = HashMap::new();
    let (adjudicated, coders): (Vec<_>, Vec<_>) = coders.iter().partition(|file| file.coder == ADJUDICATED);
    for (unit, answer) in coders.into_iter().chain(adjudicated).flat_map(CoderLabels::answers) {
        answers.entry(unit).or_default().push(answer);
    }
    answers
}

/// The id that an unknown one was probably meant to be: at most 2 edits away.
fn mistyped<'s>(id: &str, statements: &'s Statements) -> Option<&'s str> {
    const SLIPS: usize = 2;
    let ids = statements.rows.iter().map(|statement| statement.id.as_str());
    let alike = ids.filter(|other| other.len().abs_diff(id.len()) <= SLIPS);
    alike
        .map(|other| (strsim::osa_distance(id, other), other))
        .filter(|(slips, _)| *slips <= SLIPS)
        .min()
        .map(|(_, id)| id)
}

/// Decides, for every statement and issue with labels by hand, what all coders together give.
///
/// An adjudication decides, whatever coders gave. Otherwise coders who differ dispute the statement and issue, if the
/// codebook's rule does not settle it; "takes no position" differs from every position. A warning for each dispute is
/// added to `problems`.
pub fn decide(
    coders: &[&CoderLabels],
    codebook: &Codebook,
    statements: &Statements,
    problems: &mut Vec<Problem>,
) -> HandDecisions {
    let mut codes: BTreeMap<Unit, Vec<(&CoderLabels, &Label)>> = BTreeMap::new();
    let (adjudicated, coders): (Vec<&CoderLabels>, Vec<&CoderLabels>) =
        coders.iter().copied().partition(|file| file.coder == ADJUDICATED);
    for file in coders {
        for label in &file.labels {
            codes.entry(label.unit).or_default().push((file, label));
        }
    }
    let mut decisions: HandDecisions = HandDecisions::new();
    for label in adjudicated.iter().flat_map(|file| &file.labels) {
        let (position, coders) = (label.position, vec![ADJUDICATED.to_owned()]);
        decisions.insert(label.unit, HandDecision::Settled { position, coders, by: Settlement::Adjudicated });
    }
    codes.retain(|unit, _| !decisions.contains_key(unit));
    let undecided: HashMap<Unit, Place> =
        adjudicated.iter().flat_map(|file| &file.undecided).map(|open| (open.unit, open.place)).collect();
    let mut hidden: Vec<&CoderLabels> = Vec::new();
    for (unit, codes) in &codes {
        let answers: Vec<Option<Position>> = codes.iter().map(|(_, label)| label.position).collect();
        let decision = match settle(codebook.settle, &answers) {
            Some((position, by)) => {
                let gave = codes.iter().filter(|(_, label)| label.position == position);
                HandDecision::Settled { position, coders: gave.map(|(file, _)| file.coder.clone()).collect(), by }
            }
            None => {
                if statements.rows[unit.0].unseen {
                    // Whoever writes rules may not know these labels.
                    hidden.extend(codes.last().map(|(file, _)| *file));
                } else {
                    problems.extend(disputed(codes, undecided.get(unit), codebook, statements));
                }
                HandDecision::Disputed(codes.iter().map(|(file, label)| (file.coder.clone(), label.position)).collect())
            }
        };
        decisions.insert(*unit, decision);
    }
    if let Some(file) = hidden.first() {
        let labels = many(hidden.len(), "label");
        let what = format!("coders differ on {labels} of statements that are set aside, so these have no position");
        let hint = format!("let someone who does not write the rules settle them with rows in {ADJUDICATED}.csv");
        problems.push(Problem::warning(&file.path, None, what, hint));
    }
    decisions
}

/// Warns of a dispute, at the label of the last coder. `undecided` is its place in the adjudication, if it is there.
fn disputed(
    codes: &[(&CoderLabels, &Label)],
    undecided: Option<&Place>,
    codebook: &Codebook,
    statements: &Statements,
) -> Option<Problem> {
    let (file, label) = codes.last()?;
    let (id, issue) = (&statements.rows[label.unit.0].id, &codebook.issue(label.unit.1).id);
    let gives = |(file, label): &(&CoderLabels, &Label)| match label.position {
        Some(position) => format!("{} gives {position}", file.coder),
        None => format!("{} gives none", file.coder),
    };
    let positions: Vec<String> = codes.iter().map(gives).collect();
    let what = format!("coders differ on `{issue}` of `{id}`, so it has no position: `{}`", positions.join(", "));
    let hint = match undecided {
        Some(place) => format!("settle it on line {} of {ADJUDICATED}.csv, which has {UNDECIDED}", place.line),
        None => format!("settle it with a row in {ADJUDICATED}.csv: `{id},{issue},…`"),
    };
    Some(Problem::warning(&file.path, Some(label.place), what, hint))
}

/// Which positions to use.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Whose {
    /// Positions by hand.
    Hand,
    /// Those given by rules.
    Rules,
    /// Positions by hand, and by rules if no coder has read the statement.
    #[default]
    Both,
}

/// A statement and an issue that coders have read or rules fire on.
#[derive(Debug, Clone, Copy)]
pub struct Labelled<'c> {
    /// The statement.
    pub statement: &'c Statement,
    /// The issue.
    pub issue: IssueIndex,
    /// The labels by hand and by rules.
    pub decision: Decision<'c>,
    /// How many statements it is about: 1, except where statements were only counted.
    pub stands_for: usize,
}

/// What some coders and the rules give to a statement, by its place, on an issue.
pub fn decision_of<'c>(
    hands: &'c HandDecisions,
    decisions: &'c RuleDecisions,
    statement: usize,
    issue: IssueIndex,
) -> Decision<'c> {
    let rules = decisions[statement].iter().find(|(other, _)| *other == issue).map(|(_, decision)| decision);
    Decision { hand: hands.get(&(statement, issue)), rules }
}

/// Where a label comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Origin {
    /// What coders settled. Labels by hand override labels by rules.
    Hand,
    /// Only the rules.
    Rules,
    /// Coders differ, or rules differ: no position.
    Conflict,
}

/// The labels by hand and by rules for one statement and issue.
#[derive(Debug, Clone, Copy)]
pub struct Decision<'c> {
    /// What the coders give, if any has read it.
    pub hand: Option<&'c HandDecision>,
    /// What the rules give, if any fires.
    pub rules: Option<&'c RuleDecision>,
}

impl<'c> Decision<'c> {
    /// Where the label comes from. `None` if there is none.
    pub fn origin(&self) -> Option<Origin> {
        match (self.hand, self.rules) {
            (Some(HandDecision::Settled { .. }), _) => Some(Origin::Hand),
            (Some(HandDecision::Disputed(_)), _) | (None, Some(RuleDecision::Conflict(_))) => Some(Origin::Conflict),
            (None, Some(RuleDecision::Position(..))) => Some(Origin::Rules),
            (None, None) => None,
        }
    }

    /// Whether coders give "takes no position" and no rule contradicts them, so that there is nothing to show.
    pub fn is_plain_none(&self) -> bool {
        self.origin() == Some(Origin::Hand) && self.position().is_none() && self.rules.is_none()
    }

    /// How the label by hand was settled. `None` if coders are in dispute, or none has read the statement.
    pub fn settlement(&self) -> Option<Settlement> {
        match self.hand {
            Some(HandDecision::Settled { by, .. }) => Some(*by),
            _ => None,
        }
    }

    /// Whether the position by the chosen source is one that coders did not agree on, and their answers were counted
    /// to settle it.
    pub fn is_counted_by(&self, whose: Whose) -> bool {
        whose != Whose::Rules
            && self.position_by(whose).is_some()
            && self.settlement().is_some_and(Settlement::is_counted)
    }

    /// The position that coders settled on.
    pub fn hand_position(&self) -> Option<Position> {
        match self.hand {
            Some(HandDecision::Settled { position, .. }) => *position,
            _ => None,
        }
    }

    /// The position that the rules give.
    pub fn rule_position(&self) -> Option<Position> {
        match self.rules {
            Some(RuleDecision::Position(position, _)) => Some(*position),
            _ => None,
        }
    }

    /// The firings of rules behind the label: one if rules agree, several if they differ, none without rules.
    pub fn firings(&self) -> &'c [Firing] {
        match self.rules {
            Some(RuleDecision::Position(_, firing)) => std::slice::from_ref(firing),
            Some(RuleDecision::Conflict(firings)) => firings,
            None => &[],
        }
    }

    /// The position by the chosen source: by hand, by rules, or whichever decides.
    pub fn position_by(&self, whose: Whose) -> Option<Position> {
        match whose {
            Whose::Hand => self.hand_position(),
            Whose::Rules => self.rule_position(),
            Whose::Both => self.position(),
        }
    }

    /// Whether those whose positions are taken differ, so that there is no position.
    pub fn conflict_by(&self, whose: Whose) -> bool {
        match whose {
            Whose::Hand => matches!(self.hand, Some(HandDecision::Disputed(_))),
            Whose::Rules => matches!(self.rules, Some(RuleDecision::Conflict(_))),
            Whose::Both => self.origin() == Some(Origin::Conflict),
        }
    }

    /// The position that counts: by hand, otherwise by rules, otherwise none.
    pub fn position(&self) -> Option<Position> {
        match self.origin()? {
            Origin::Hand => self.hand_position(),
            Origin::Rules => self.rule_position(),
            Origin::Conflict => None,
        }
    }
}
